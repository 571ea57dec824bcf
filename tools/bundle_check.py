"""What a bundle must not hold: tests, headers, compilers, pictures of others, secrets, paths."""

import marshal
import re
import sys
from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase
from pathlib import Path

from bundle_files import contents_file
from bundling import REPOSITORY, Program
from contents import read_items
from trimming import python_folders

_FOREIGN: Iterable[tuple[str, str]] = (
    ("*.h", "a header"),
    ("*.hpp", "a header"),
    ("*.pyx", "a source for compilers"),
    ("*/tests/*", "a test"),
    ("*/test_*.py*", "a test"),
    ("*.jpg", "a picture"),
    ("*.jpeg", "a picture"),
    ("*.webp", "a picture"),
    ("*/clang*", "a compiler"),
    ("*/gcc*", "a compiler"),
    ("*/nvcc*", "a compiler"),
    ("*/ptxas*", "a compiler"),
    ("*kaggle.json", "a secret"),
    ("*access_token", "a secret"),
    ("*.netrc", "a secret"),
    ("*.pypirc", "a secret"),
)
_TEST_MODULE = re.compile(r"(^|\.)(tests|test_\w+|conftest)(\.|$)")
_LIBRARIES_OF_TENSORFLOW = ("tensorflow.", "keras.")
"""Their modules named test_… are parts that other modules of theirs import."""
_SECRET = re.compile(rb"-----BEGIN (?:RSA |EC |OPENSSH )?PRIVATE KEY-----\n[A-Za-z0-9+/=]{40}")
_CHUNK_BYTES = 1 << 24
_HOSTED = ("runner", "runneradmin")
"""Users of GitHub's machines: the wheels of others, which were built there, name their homes."""


def faults_of(program: Program, dist: Path, work: Path) -> list[str]:
    """A line for each thing in a bundle that must not be there.

    Args:
        program: Which.
        dist: The folder that bundles lie in.
        work: Where the list of its contents lies.
    """
    bundle = dist / program.key
    files = [path for path in sorted(bundle.rglob("*")) if path.is_file()]
    names = [path.relative_to(bundle).as_posix() for path in files]
    modules = [row.place for row in read_items(contents_file(program, work)) if row.is_module]
    return [
        *foreign_files(names),
        *test_modules(modules),
        *(
            f"{name} tells {told}"
            for name, path in zip(names, files, strict=True)
            if not path.is_symlink()
            for told in told_by(path, build_folders())
        ),
        *told_by_modules(bundle / executable_name(program), build_folders()),
    ]


def executable_name(program: Program) -> str:
    """The executable's file name on this system."""
    return f"{program.key}.exe" if sys.platform == "win32" else program.key


def told_by_modules(executable: Path, folders: Iterable[bytes]) -> list[str]:
    """The same for the modules in an executable's archive, which is packed."""
    from PyInstaller.archive.readers import CArchiveReader

    modules = CArchiveReader(str(executable)).open_embedded_archive("PYZ.pyz")
    codes = ((name, modules.extract(name)) for name in modules.toc)
    return [
        f"the module {name} tells {folder.decode()}"
        for name, code in codes
        if code is not None
        for folder in folders
        if folder in marshal.dumps(code)
    ]


def foreign_files(names: Iterable[str]) -> list[str]:
    """Those that no bundle should hold, with what they are.

    Args:
        names: Paths inside the bundle, with slashes.
    """
    return [
        f"{name} is {what}"
        for name in names
        for pattern, what in _FOREIGN
        if fnmatchcase(name, pattern)
    ]


def test_modules(modules: Iterable[str]) -> list[str]:
    """Those modules that are tests."""
    return [
        f"the module {name} is a test"
        for name in modules
        if _TEST_MODULE.search(name) and not name.startswith(_LIBRARIES_OF_TENSORFLOW)
    ]


test_modules.__test__ = False  # type: ignore[attr-defined] # its name looks like one of pytest's


def build_folders() -> list[bytes]:
    """Folders of the build machine that nobody else should read."""
    folders = {str(REPOSITORY), sys.prefix}
    if Path.home().name not in _HOSTED:
        folders.add(str(Path.home()))
    if sys.platform != "darwin":  # where Python's libraries are signed, so that they keep telling
        folders |= set(python_folders())
    longest = {each for each in folders if len(Path(each).parts) > 2}  # "/root" is anybody's
    return sorted(each.encode() for each in longest)


def told_by(path: Path, folders: Iterable[bytes]) -> list[str]:
    """What a file tells that it should not: a folder of the build machine, or a private key."""
    found = set()
    for chunk in _chunks(path):
        found |= {folder.decode() for folder in folders if folder in chunk}
        if _SECRET.search(chunk):
            found.add("a private key")
    return sorted(found)


def _chunks(path: Path) -> Iterator[bytes]:
    """A file in pieces that overlap, so that nothing is cut in two unseen."""
    overlap = 1024
    before = b""
    with path.open("rb") as source:
        while chunk := source.read(_CHUNK_BYTES):
            yield before + chunk
            before = chunk[-overlap:]
