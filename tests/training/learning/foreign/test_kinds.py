"""What a file is, by its first bytes."""

from pathlib import Path

import pytest

from tests.training.learning.foreign.crafting import members, write_h5, write_keras
from training.errors import ModelFileError
from training.learning.foreign.kinds import Kind, kind_of


@pytest.mark.fault(19)
def test_a_file_is_what_it_holds_whatever_its_name(tmp_path: Path) -> None:
    assert kind_of(write_h5(tmp_path / "model.keras")) is Kind.HDF5
    assert kind_of(write_keras(tmp_path / "model.h5")) is Kind.KERAS


@pytest.mark.parametrize(
    ("head", "said"),
    [
        (b"", "is empty"),
        (b"\x1c\x00\x00\x00TFL3", "TensorFlow Lite"),
        (b"\x08\x07\x12\x07pytorch", "ONNX"),
        (b"\x80\x04\x95\x10", "pickle"),
        (b"\n<!DOCTYPE html><html>", "web page"),
        (b"version https://git-lfs.github.com/spec/v1", "Git LFS"),
        (b'{"class_name": "Sequential"}', "without its weights"),
        (b"\x00\x01 random", "is no Keras model"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "is a picture"),
        (b"\x89PNG\r\n\x1a\n", "is a picture"),
        (b"RIFF\x10\x00\x00\x00WEBPVP8 ", "is a picture"),
    ],
)
def test_what_is_often_taken_for_a_model_is_called_by_its_name(
    tmp_path: Path, head: bytes, said: str
) -> None:
    file = tmp_path / "model.h5"
    file.write_bytes(head)
    with pytest.raises(ModelFileError, match=said):
        kind_of(file)


@pytest.mark.parametrize("first", ["train/", "model/saved_model.pb", "cat.0.jpg", "train.zip"])
def test_an_archive_of_pictures_or_folders_is_no_model(tmp_path: Path, first: str) -> None:
    file = write_keras(tmp_path / "given.zip", [(first, b"x"), *members().items()])
    with pytest.raises(ModelFileError, match="archive of folders or pictures"):
        kind_of(file)


@pytest.mark.parametrize(
    ("inside", "said"), [("saved_model.pb", "SavedModel"), ("run.json", "run"), ("x", "folder")]
)
def test_a_folder_is_called_by_what_it_holds(tmp_path: Path, inside: str, said: str) -> None:
    (tmp_path / inside).touch()
    with pytest.raises(ModelFileError, match=said):
        kind_of(tmp_path)


@pytest.mark.fault(26)
def test_an_address_is_the_name_of_a_file_that_is_not_there() -> None:
    with pytest.raises(ModelFileError, match="There is no file hf:/") as caught:
        kind_of(Path("hf://a/b"))
    assert "nothing is downloaded" in caught.value.hint
