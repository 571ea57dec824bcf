"""Files that are put to the check, in either form, and what it says of them."""

import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.training.learning.foreign.crafting import members, write_h5, write_keras
from training.errors import ModelFileError
from training.learning.foreign.checking import Checked, check_file

LONGEST_S = 5.0
"""Five times what a refusal may take."""

Writer = Callable[[Path, Any], Path]


def in_zip(path: Path, architecture: Any) -> Path:
    return write_keras(path / "model.keras", members(architecture))


def in_hdf5(path: Path, architecture: Any) -> Path:
    return write_h5(path / "model.h5", architecture)


both_forms = pytest.mark.parametrize("write", [in_zip, in_hdf5])


def check(file: Path) -> Checked:
    return check_file(file, Path(tempfile.mkdtemp(prefix="unpacked-", dir=file.parent)))


def refusal(file: Path) -> str:
    started = time.monotonic()
    with pytest.raises(ModelFileError) as caught:
        check(file)
    assert time.monotonic() - started < LONGEST_S
    assert caught.value.hint
    return caught.value.message
