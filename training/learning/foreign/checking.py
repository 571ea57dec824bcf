"""A stranger's file, checked before Keras is imported: nothing in it is made yet.

Keras refuses to run code out of a file since 3.15.1, but builds whatever a file describes: one of
15 KB took 15 GB of memory. So this comes first, with a list of what a network may consist of.
"""

import contextlib
import json
import shutil
from dataclasses import dataclass
from pathlib import Path

from training.errors import ModelFileError
from training.learning.foreign.architecture import (
    Facts,
    check_architecture,
    read_json,
    without_training,
)
from training.learning.foreign.hdf5 import (
    ARCHITECTURE,
    check_weights,
    opened,
    replace_architecture,
    text_attribute,
)
from training.learning.foreign.keras_zip import (
    CONFIG,
    METADATA,
    WEIGHTS,
    put_together,
    take_apart,
)
from training.learning.foreign.kinds import Kind, kind_of

_VERSION_LENGTH = 30


@dataclass(frozen=True)
class Checked:
    """A file that Keras may be given.

    Attributes:
        file: What was checked, written anew: there are no two ways to read it.
        kind: Its form.
        keras_version: Of the Keras that saved it; empty where the file does not say so.
    """

    file: Path
    kind: Kind
    keras_version: str


def check_file(file: Path, folder: Path, *, name: str = "") -> Checked:
    """Look through a model's file.

    Args:
        file: A private copy.
        folder: An empty one, for what is unpacked and written anew.
        name: What the user's file is called.

    Raises:
        ModelFileError: It is refused, with the reason.
    """
    kind = kind_of(file, name)
    return (_check_zip if kind is Kind.KERAS else _check_hdf5)(file, folder)


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
    architecture = _checked(read_json(members[CONFIG].read_bytes(), CONFIG), version)
    with opened(members[WEIGHTS]) as weights:
        check_weights(weights)
    checked = folder / "checked.keras"
    put_together(checked, architecture, version, members[WEIGHTS])
    return Checked(checked, Kind.KERAS, version)


def _check_hdf5(file: Path, folder: Path) -> Checked:
    checked = folder / "checked.h5"
    shutil.copyfile(file, checked)
    with opened(checked, writable=True) as model:
        check_weights(model)
        text = text_attribute(model, ARCHITECTURE)
        if text is None:
            raise ModelFileError(
                "The file holds weights without the network that they belong to.",
                "Ask for the whole model, as model.save writes it.",
            )
        version = _version(text_attribute(model, "keras_version"))
        architecture = _checked(read_json(text, ARCHITECTURE), version)
        replace_architecture(model, json.dumps(architecture))
    return Checked(checked, Kind.HDF5, version)


def _checked(stated: Facts, version: str) -> Facts:
    """The architecture that Keras will be given."""
    architecture: Facts = without_training(stated)
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
    return architecture


def _version(found: object) -> str:
    """A version as text; a stranger's words of any length are none."""
    text = found.decode("ascii", "replace") if isinstance(found, bytes) else found
    return text if isinstance(text, str) and len(text) <= _VERSION_LENGTH else ""


def _numbers(version: str) -> tuple[int, ...]:
    """Major and minor number; nothing where there are none."""
    with contextlib.suppress(ValueError):
        return tuple(int(part) for part in version.split(".")[:2])
    return ()
