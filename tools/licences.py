"""Collects the licences of everything that a bundle holds."""

import re
import shutil
import sys
import sysconfig
from collections.abc import Mapping, Sequence
from pathlib import Path

from bundling import REPOSITORY
from contents import PROJECT, PYTHON, SYSTEM, WEIGHTS, Item, Origin, origins, wheel

_TEXTS = REPOSITORY / "resources" / "licences"
_NAMED = re.compile(
    r"(licen[cs]e|copying|notice|authors|third.?party.?notices?|copyright)", re.IGNORECASE
)
_WITHOUT_TEXT: Mapping[str, tuple[str, ...]] = {
    "PySide6_Essentials": ("LGPL-3.0.txt", "GPL-3.0.txt"),
    "shiboken6": ("LGPL-3.0.txt", "GPL-3.0.txt"),
    "flatbuffers": ("Apache-2.0.txt",),
    "tensorflow_cpu": ("Apache-2.0.txt",),
    "tensorflow": ("Apache-2.0.txt",),
}
"""Wheels that name their licence and do not bring its text."""

_COMMON = Path("/usr/share/common-licenses")
_DOCUMENTS = Path("/usr/share/doc")


def collect_licences(items: Sequence[Item], target: Path) -> None:
    """Write the licence texts of a bundle's contents, a folder an origin.

    Args:
        items: What the bundle holds.
        target: The folder to fill; it is made.

    Raises:
        LookupError: Something in the bundle has no licence that could be found: it must not ship.
    """
    without = []
    for origin in origins(items):
        texts = licence_files(origin)
        if not texts:
            without.append(f"{origin.name} {origin.version}".strip())
        for text in texts:
            _copy(text, target / _folder_of(origin))
    if without:
        raise LookupError(f"No licence was found for: {', '.join(without)}.")
    for text in sorted(_TEXTS.glob("*.txt")):
        _copy(text, target)
    for text in _common_licences(target):
        _copy(text, target / "common")


def licence_files(origin: Origin) -> list[Path]:
    """The files with the licence of an origin; empty where there are none."""
    if origin.kind == PROJECT:
        return [REPOSITORY / "LICENSE"]
    if origin.kind == PYTHON:
        return [path for path in _python_licences() if path.is_file()][:1]
    if origin.kind == WEIGHTS:
        return [_TEXTS / f"{origin.name}.txt", _TEXTS / "Apache-2.0.txt"]
    if origin.kind == SYSTEM:
        path = _DOCUMENTS / origin.name / "copyright"
        return [path] if path.is_file() else []
    return _wheel_licences(origin)


def _wheel_licences(origin: Origin) -> list[Path]:
    distribution = wheel(origin)
    own = [
        Path(str(distribution.locate_file(file)))
        for file in distribution.files or ()
        if _NAMED.match(file.name) and file.suffix not in {".py", ".pyc", ".pyi"}
    ]
    fallback = _WITHOUT_TEXT.get(origin.name.replace("-", "_"), ())
    return [path for path in own if path.is_file()] + [_TEXTS / name for name in fallback]


def _python_licences() -> list[Path]:
    library = Path(sysconfig.get_path("stdlib"))
    debian = _DOCUMENTS / f"python3.{sys.version_info.minor}" / "copyright"
    return [library / "LICENSE.txt", Path(sys.base_prefix) / "LICENSE.txt", debian]


def _common_licences(target: Path) -> list[Path]:
    """Texts that the copyright files of system packages only point to."""
    said = "".join(
        path.read_text(encoding="utf-8", errors="replace") for path in target.glob("*/copyright")
    )
    named = {name.rstrip(".") for name in re.findall(rf"{_COMMON.as_posix()}/([\w.+-]+)", said)}
    return [_COMMON / name for name in sorted(named) if (_COMMON / name).is_file()]


def _folder_of(origin: Origin) -> str:
    name = origin.name if origin.kind == PROJECT else f"{origin.name}-{origin.version}"
    return name.replace(":", "_")  # which Windows cannot have in a file's name


def _copy(text: Path, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / text.name
    number = 2
    while target.exists() and target.read_bytes() != text.read_bytes():
        target = folder / f"{text.stem}-{number}{text.suffix}"
        number += 1
    shutil.copyfile(text, target)
