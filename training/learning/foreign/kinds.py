"""What a file is, by its first bytes; its name says nothing."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from training.errors import ModelFileError

ZIP_SIGNATURE = b"PK\x03\x04"
HDF5_SIGNATURE = b"\x89HDF\r\n\x1a\n"

_HEAD_BYTES = 512
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n", b"GIF8", b"II*\x00", b"MM\x00*")
_NAME_LENGTH, _NAME = slice(26, 28), 30  # in the header of a zip's first member
_ASK = "Ask for the model as a .keras or an .h5 file."
_CONVERT = "Save it with Keras as model.keras, and import that file."


class Kind(StrEnum):
    """The two forms in which Keras saves a model as one file."""

    KERAS = "keras"
    HDF5 = "hdf5"


@dataclass(frozen=True)
class _Other:
    """A file that is often taken for a Keras model, and what to do instead."""

    is_one: Callable[[bytes], bool]
    message: str
    hint: str


def _is_picture(head: bytes) -> bool:
    return head.startswith(_PICTURES) or (head[:4] == b"RIFF" and head[8:12] == b"WEBP")


def _is_other_archive(head: bytes) -> bool:
    """Whether the first member of a zip lies in a folder, or is a picture: Keras has neither."""
    length = int.from_bytes(head[_NAME_LENGTH], "little")
    name = head[_NAME : _NAME + length].lower()
    return head.startswith(ZIP_SIGNATURE) and (
        b"/" in name or name.endswith((b".jpg", b".jpeg", b".png", b".zip", b".csv"))
    )


_OTHERS = (
    _Other(
        _is_picture,
        "{name} is a picture, where a model is needed.",
        "Drop it on the Prediction tab to see what a model says of it, or choose a model's file.",
    ),
    _Other(
        _is_other_archive,
        "{name} is an archive of folders or pictures, not a model.",
        "Import pictures on the Dataset tab; of a model's archive, unpack the model's own file.",
    ),
    _Other(lambda head: not head, "{name} is empty.", "Copy or download the file again."),
    _Other(
        lambda head: head[4:8] == b"TFL3",
        "{name} is a TensorFlow Lite model, which only answers and cannot be adapted.",
        _ASK,
    ),
    _Other(
        lambda head: head[:1] == b"\x08" and head[2:3] in (b"\x12", b":"),
        "{name} looks like an ONNX model, which is not what Keras saves.",
        _ASK,
    ),
    _Other(
        lambda head: head[:1] == b"\x80" and head[1:2] in b"\x02\x03\x04\x05",
        "{name} is a pickle, a form that can run any program when it is opened: it is not opened.",
        _CONVERT,
    ),
    _Other(
        lambda head: head.lstrip().lower().startswith((b"<!doctype", b"<html")),
        "{name} is a web page, not a model.",
        "Download the file itself; the page may ask you to sign in first.",
    ),
    _Other(
        lambda head: head.startswith(b"version https://git-lfs"),
        "{name} only says where the model lies (Git LFS).",
        "Fetch the file itself, with git lfs pull for example.",
    ),
    _Other(
        lambda head: head.lstrip().startswith(b"{"),
        "{name} is text: the architecture of a network, perhaps, without its weights.",
        _ASK,
    ),
)


def kind_of(file: Path, name: str = "") -> Kind:
    """Look at the first bytes of a file.

    Args:
        file: What the user named; an address such as hf://a/b is a file's name like any other.
        name: What to call it in sentences; its own name unless given.

    Raises:
        ModelFileError: It is no file of Keras', with a sentence about what it is.
    """
    name = name or file.name
    if file.is_dir():
        raise _folder(file)
    if not file.is_file():
        raise ModelFileError(
            f"There is no file {file}.",
            "Choose a file on this computer; nothing is downloaded from an address.",
        )
    with file.open("rb") as opened:
        head = opened.read(_HEAD_BYTES)
    for other in _OTHERS:
        if other.is_one(head):
            raise ModelFileError(other.message.format(name=name), other.hint)
    if head.startswith(ZIP_SIGNATURE):
        return Kind.KERAS
    if head.startswith(HDF5_SIGNATURE):
        return Kind.HDF5
    raise ModelFileError(
        f"{name} is no Keras model: its first bytes are those of no file that Keras saves.",
        "Choose a .keras or an .h5 file, or copy the file again if it was one.",
    )


def _folder(folder: Path) -> ModelFileError:
    if (folder / "run.json").is_file():
        return ModelFileError(
            f"{folder.name} is the folder of a run.", "Take it in with: catdog runs import FOLDER"
        )
    if (folder / "saved_model.pb").is_file():
        return ModelFileError(
            f"{folder.name} is a SavedModel, whose graph can read and write files: it is not "
            "opened.",
            _CONVERT,
        )
    return ModelFileError(f"{folder.name} is a folder, where a file is needed.", _ASK)
