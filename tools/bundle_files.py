"""The files that a bundle gets beside its code, and what is done to it when it lies there.

`build.spec` asks here.
"""

import sys
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from bundling import CATDOG, METADATA, METADATA_OF_LEARNING, REPOSITORY, Entry, Program, is_dropped
from contents import items_of, read_items, write_items
from identity import write_menu_files
from licences import collect_licences
from trimming import forget_prefix, python_folders, strip_symbols

from training.learning.weights import MOBILENET_V2, is_whole, keras_folder
from training.version import commit

LIBRARIES = "_internal"
"""The folder of a bundle that holds everything but the executables."""

MATERIALS_FILE = "materials.cdx.json"
"""Which works, in which versions and under which licences, a bundle is made of."""


def resources(program: Program, work: Path) -> list[tuple[str, str]]:
    """PyInstaller's rows for `resources/`: drawings, the run that ships, guide, commit, weights.

    Args:
        program: Which of them.
        work: Where files may be made.
    """
    rows = [
        (str(path), str(path.parent.relative_to(REPOSITORY)))
        for path in sorted((REPOSITORY / "resources").rglob("*"))
        if path.is_file() and not is_dropped(str(path.relative_to(REPOSITORY)), program.drops)
    ]
    pages = sorted((REPOSITORY / "docs" / "guide").glob("*.md"))
    rows += [(str(page), "resources/guide") for page in pages]
    work.mkdir(parents=True, exist_ok=True)
    (work / "commit.txt").write_text(commit(), encoding="utf-8")
    rows.append((str(work / "commit.txt"), "resources"))
    weights = weights_to_bundle()
    if program.has_weights and weights is not None:
        rows.append((str(weights), "resources/weights"))
    return rows


def weights_to_bundle() -> Path | None:
    """MobileNetV2's, if this machine has them: *Express* then works offline from the start."""
    places = (keras_folder(), REPOSITORY.parent / "shared" / "keras-cache" / "models")
    files = (place / MOBILENET_V2.name for place in places)
    return next((file for file in files if is_whole(file, MOBILENET_V2)), None)


def metadata(program: Program) -> list[str]:
    """The distributions whose versions the program asks for, as far as they are installed."""
    names = METADATA + (METADATA_OF_LEARNING if program is CATDOG else ())
    return [name for name in names if _is_installed(name)]


def contents_file(program: Program, work: Path) -> Path:
    """Where the list of what a bundle holds lies after its build."""
    return work / f"{program.key}-contents.json"


def write_contents(
    program: Program, modules: Sequence[Entry], files: Sequence[Entry], work: Path
) -> None:
    """Keep the list of what a bundle holds, and whose it is."""
    write_items(items_of(modules, files), contents_file(program, work))


def finish(program: Program, bundle: Path, work: Path) -> None:
    """Trim a bundle that has just been collected, and add what lies beside its executables.

    Args:
        program: Which.
        bundle: Its folder.
        work: Where its list of contents is.

    Raises:
        LookupError: A licence cannot be found.
    """
    if sys.platform == "linux":
        strip_symbols(bundle / LIBRARIES)
        for folder in python_folders():
            forget_prefix(bundle / LIBRARIES, folder)
        write_menu_files(program, bundle)
    from sbom import write_sbom  # what it stands on is installed for building alone

    items = read_items(contents_file(program, work))
    collect_licences(items, bundle / "licences")
    write_sbom(program, items, bundle / MATERIALS_FILE)


def beside(bundle: Path) -> list[Entry]:
    """PyInstaller's rows for what `finish` added: a Mac's .app is not made of the folder's files.

    Args:
        bundle: The folder, after `finish`.
    """
    files = [bundle / MATERIALS_FILE, *sorted((bundle / "licences").rglob("*"))]
    return [(str(path.relative_to(bundle)), str(path), "DATA") for path in files if path.is_file()]


def _is_installed(name: str) -> bool:
    try:
        version(name)
    except PackageNotFoundError:
        return False
    return True
