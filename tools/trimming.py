"""What is taken off a finished Linux bundle: debugging symbols, and the build machine's folders."""

import subprocess
import sys
import sysconfig
from collections.abc import Iterator, MutableSequence
from importlib.util import find_spec
from pathlib import Path

from bundling import Entry, is_stripped

_ELF = b"\x7fELF"
_NEUTRAL = "/python"
_STANDARD_PREFIXES = ("/usr", "/usr/local")
_STRIPPED_AT_ONCE = 50


def strip_symbols(libraries: Path) -> None:
    """Take the debugging symbols out of what may be stripped.

    Raises:
        subprocess.CalledProcessError: binutils cannot do it; the bundle is not to be used.
    """
    files = [
        str(path)
        for path in _files(libraries)
        if is_stripped(path.relative_to(libraries).as_posix()) and _is_elf(path)
    ]
    for first in range(0, len(files), _STRIPPED_AT_ONCE):
        some = files[first : first + _STRIPPED_AT_ONCE]
        subprocess.run(["strip", "--strip-unneeded", *some], check=True)


def python_folders() -> list[str]:
    """Where the build machine's Python lies, and where it was compiled; less what is standard."""
    folders = (sys.base_prefix, sysconfig.get_config_var("abs_builddir"))
    return [folder for folder in folders if folder and folder not in _STANDARD_PREFIXES]


def forget_prefix(libraries: Path, prefix: str) -> int:
    """Write a neutral path over one of the build machine's Python, which its libraries tell.

    The path is of use on that machine alone: a bundle finds everything beside itself. It is
    replaced by one of the same length, so that nothing in a file moves, and with the same last
    part: linkers let a string that ends another one share its bytes, as "3.11.7" may.

    Args:
        libraries: The bundle's folder of libraries.
        prefix: One of `python_folders`.

    Returns:
        How many files told it.
    """
    told, neutral = prefix.encode(), neutral_prefix(prefix).encode()
    found = 0
    for path in _files(libraries):
        content = path.read_bytes()
        if told in content:
            path.write_bytes(content.replace(told, neutral))
            found += 1
    return found


def neutral_prefix(prefix: str) -> str:
    """A path of the same length and with the same last part that tells nothing else."""
    last = prefix[prefix.rindex("/") :]
    return _NEUTRAL.ljust(len(prefix), "/")[: len(prefix) - len(last)] + last


def move_build_settings(
    modules: MutableSequence[Entry], data: MutableSequence[Entry], work: Path
) -> None:
    """Take Python's build settings, which tell its folders, out of the archive of modules.

    As a file of its own the module can be read, and cleaned by `forget_prefix`, like any other.

    Args:
        modules: PyInstaller's table of modules; rows leave it.
        data: PyInstaller's table of data; rows are added.
        work: Where the file is made.
    """
    for row in [row for row in modules if row[0].startswith("_sysconfigdata")]:
        modules.remove(row)
        spec = find_spec(row[0])
        assert spec is not None, "PyInstaller has just found it"
        assert spec.origin is not None
        copy = work / f"{row[0]}.py"
        copy.write_text(Path(spec.origin).read_text(encoding="utf-8"), encoding="utf-8")
        data.append((copy.name, str(copy), "DATA"))


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file() and not path.is_symlink())


def _is_elf(path: Path) -> bool:
    with path.open("rb") as source:
        return source.read(len(_ELF)) == _ELF
