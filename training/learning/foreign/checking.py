"""A stranger's file, checked before Keras is imported: nothing in it is made yet.

Keras refuses to run code out of a file since 3.15.1, but builds whatever a file describes: one of
15 KB took 15 GB of memory. So this comes first, with a list of what a network may consist of.
"""

import contextlib
from dataclasses import dataclass
from pathlib import Path

from training.errors import ModelFileError
from training.learning.foreign.architecture import Facts, check_architecture, read_json
from training.learning.foreign.hdf5 import check_weights, opened, text_attribute
from training.learning.foreign.keras_zip import CONFIG, METADATA, WEIGHTS, take_apart
from training.learning.foreign.kinds import Kind, kind_of

_VERSION_LENGTH = 30


@dataclass(frozen=True)
class Checked:
    """A file that Keras may be given.

    Attributes:
        kind: Its form.
        keras_version: Of the Keras that saved it; empty where the file does not say so.
    """

    kind: Kind
    keras_version: str


def check_file(file: Path, folder: Path, *, name: str = "") -> Checked:
    """Look through a model's file.

    Args:
        file: A private copy.
        folder: An empty one, for what is unpacked.
        name: What the user's file is called.

    Raises:
        ModelFileError: It is refused, with the reason.
    """
    kind = kind_of(file, name)
    return _check_zip(file, folder) if kind is Kind.KERAS else _check_hdf5(file)


def newer_keras(version: str) -> str:
    """The words for a file whose Keras is newer than this one; empty where it is not."""
    from training.version import library_version

    own = library_version("keras")
    if _numbers(version) <= _numbers(own):
        return ""
    return f"it was made with Keras {version}, and this program has {own}"


def _check_zip(file: Path, folder: Path) -> Checked:
    members = take_apart(file, folder)
    metadata = read_json(members[METADATA].read_bytes(), METADATA)
    version = _version(metadata.get("keras_version"))
    _check_architecture(read_json(members[CONFIG].read_bytes(), CONFIG), version)
    with opened(members[WEIGHTS]) as weights:
        check_weights(weights)
    return Checked(Kind.KERAS, version)


def _check_hdf5(file: Path) -> Checked:
    with opened(file) as model:
        text = text_attribute(model, "model_config")
        if text is None:
            raise ModelFileError(
                "The file holds weights without the network that they belong to.",
                "Ask for the whole model, as model.save writes it.",
            )
        version = _version(text_attribute(model, "keras_version"))
        _check_architecture(read_json(text, "model_config"), version)
        check_weights(model)
    return Checked(Kind.HDF5, version)


def _check_architecture(architecture: Facts, version: str) -> None:
    try:
        check_architecture(architecture)
    except ModelFileError as error:
        newer = newer_keras(version)
        if not newer:
            raise
        raise ModelFileError(
            f"{error.message} The reason may be that {newer}.",
            "Update this program, or save the model again with an older Keras.",
        ) from error


def _version(found: object) -> str:
    """A version as text; a stranger's words of any length are none."""
    text = found.decode("ascii", "replace") if isinstance(found, bytes) else found
    return text if isinstance(text, str) and len(text) <= _VERSION_LENGTH else ""


def _numbers(version: str) -> tuple[int, ...]:
    """Major and minor number; nothing where there are none."""
    with contextlib.suppress(ValueError):
        return tuple(int(part) for part in version.split(".")[:2])
    return ()
