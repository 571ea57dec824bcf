"""What is taken for a model by its name, and what is found to be a run by its content."""

from pathlib import Path

import pytest

from tests.training.learning.foreign.crafting import write_keras
from tests.training.runs.making import make_run
from training.cancellation import CancelToken
from training.home import Home
from training.resources import resource
from training.runs.given import looks_like_model, model_place
from training.runs.run_folder import DEFAULT_RUN, RECORD_FILE
from training.runs.sharing import is_run, share_run


@pytest.mark.parametrize(
    ("name", "is_one"),
    [
        *[("a.catdog", True), ("a.KERAS", True), ("a.h5", True), ("a.hdf5", True)],
        *[("run.json", True), ("saved_model.pb", True)],
        *[("cat.jpg", False), ("train.zip", False), ("kaggle.json", False), ("folder", False)],
    ],
)
def test_a_model_is_known_by_its_name(tmp_path: Path, name: str, is_one: bool) -> None:
    assert looks_like_model(tmp_path / name) is is_one


@pytest.mark.parametrize("inside", ["run.json", "saved_model.pb"])
def test_a_folder_is_known_by_the_file_that_only_such_a_folder_has(
    tmp_path: Path, inside: str
) -> None:
    assert not looks_like_model(tmp_path)
    (tmp_path / inside).touch()
    assert looks_like_model(tmp_path)
    assert model_place(tmp_path / inside) == model_place(tmp_path) == tmp_path


def test_a_run_is_known_by_what_it_holds(home: Home, tmp_path: Path) -> None:
    shared = tmp_path / "mine.catdog"
    share_run(resource(DEFAULT_RUN), shared, emit=lambda _: None, token=CancelToken())
    renamed = shared.rename(tmp_path / "mine.zip")
    assert is_run(renamed)
    assert is_run(make_run(home))
    assert not is_run(tmp_path)
    assert not is_run(write_keras(tmp_path / "m.keras"))
    assert not is_run(tmp_path / "gone")
    many = [(f"train/{number}.jpg", b"") for number in range(101)]
    assert not is_run(write_keras(tmp_path / "train.zip", [*many, (RECORD_FILE, b"")]))
