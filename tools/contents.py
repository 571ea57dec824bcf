"""Whose work lies in a bundle: its files by the distribution or system package that they are from.

`build.spec` writes it down while it builds; sizes, licences and the list of materials come from it.
"""

import json
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from importlib.metadata import Distribution, distributions
from pathlib import Path

from bundling import REPOSITORY, Entry

from training.learning.weights import MOBILENET_V2

PROJECT, PYTHON, WHEEL, SYSTEM, WEIGHTS = "project", "python", "wheel", "system", "weights"
"""Kinds of origins: ourselves, the interpreter with its library, a wheel, a Debian package, and a
network that others trained."""


@dataclass(frozen=True, order=True)
class Origin:
    """Where a file of a bundle is from.

    Attributes:
        name: Of the distribution or package.
        version: Of the same; empty where it is not known.
        kind: `PROJECT`, `PYTHON`, `WHEEL`, `SYSTEM` or `WEIGHTS`.
    """

    name: str
    version: str
    kind: str


OURSELVES = Origin("catdog", "", PROJECT)
BACKBONE = Origin("MobileNetV2", "1.0", WEIGHTS)
INTERPRETER = Origin("CPython", ".".join(str(part) for part in sys.version_info[:3]), PYTHON)


@dataclass(frozen=True)
class Item:
    """A file of a bundle, or a module in its archive of modules.

    Attributes:
        place: Its path inside the bundle, or the module's dotted name.
        is_module: Whether it is the latter.
        origin: Where it is from.
    """

    place: str
    is_module: bool
    origin: Origin


def items_of(modules: Iterable[Entry], files: Iterable[Entry]) -> list[Item]:
    """What PyInstaller's tables hold, with where each is from."""
    owners = wheel_owners()
    rows = [(row, True) for row in modules] + [(row, False) for row in files]
    return [
        Item(place, is_module, origin_of(Path(source), owners))
        for (place, source, kind), is_module in rows
        if kind != "SYMLINK" and source not in ("", "-")
    ]


def wheel_owners() -> Mapping[Path, Origin]:
    """The wheel that each installed file belongs to."""
    owners: dict[Path, Origin] = {}
    for distribution in distributions():
        name = distribution.metadata["Name"]
        origin = OURSELVES if name == "catdog" else Origin(name, distribution.version, WHEEL)
        for file in distribution.files or ():
            owners[Path(str(distribution.locate_file(file))).resolve()] = origin
    return owners


def origin_of(source: Path, owners: Mapping[Path, Origin]) -> Origin:
    """Where a file of the build machine is from."""
    path = source.resolve()
    if path in owners:
        return owners[path]
    if path.name == MOBILENET_V2.name:
        return BACKBONE
    if path.is_relative_to(REPOSITORY):
        return OURSELVES
    if path.is_relative_to(Path(sys.base_prefix).resolve()) and sys.base_prefix != "/usr":
        return INTERPRETER
    return _system_package(path) or INTERPRETER  # what other systems bring comes with Python


@cache
def _system_package(path: Path) -> Origin | None:
    """The Debian package of a file; None where there is none, or no Debian."""
    owner = _said(["dpkg-query", "-S", str(path)]) or _said(
        ["dpkg-query", "-S", str(path).removeprefix("/usr")]  # before /lib became /usr/lib
    )
    name = owner.split(": ")[0].split(":")[0].split(",")[0]
    if not name:
        return None
    return Origin(name, _said(["dpkg-query", "-W", "-f", "${Version}", name]), SYSTEM)


def _said(command: Sequence[str]) -> str:
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError:
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""


def write_items(items: Sequence[Item], file: Path) -> None:
    """Keep what a bundle holds."""
    file.write_text(json.dumps([asdict(item) for item in items], indent=0), encoding="utf-8")


def read_items(file: Path) -> list[Item]:
    """Read what `write_items` wrote."""
    rows = json.loads(file.read_text(encoding="utf-8"))
    return [Item(**{**row, "origin": Origin(**row["origin"])}) for row in rows]


def origins(items: Iterable[Item]) -> list[Origin]:
    """Each origin once, in alphabetical order."""
    return sorted({item.origin for item in items}, key=lambda origin: origin.name.lower())


def wheel(origin: Origin) -> Distribution:
    """The installed distribution that an origin names."""
    return Distribution.from_name(origin.name)


def bytes_by_origin(items: Sequence[Item], folder: Path) -> dict[str, int]:
    """How much of a finished bundle is from where; modules in the archive are not counted apart.

    Args:
        items: What it holds.
        folder: The bundle's folder of libraries.
    """
    sizes: dict[str, int] = {}
    for item in items:
        file = folder / item.place
        if not item.is_module and file.is_file():
            sizes[item.origin.name] = sizes.get(item.origin.name, 0) + file.stat().st_size
    return dict(sorted(sizes.items(), key=lambda row: -row[1]))


def bytes_in(folder: Path) -> int:
    """How much lies in a folder; what links lead to is counted once."""
    return sum(path.lstat().st_size for path in folder.rglob("*") if not path.is_dir())
