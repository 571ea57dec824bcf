"""Which version this is, and of which commit."""

import contextlib
import subprocess
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from training.resources import resource

_COMMIT_FILE = "commit.txt"
_OTHER_WHEELS = {"tensorflow": ("tensorflow-cpu",)}
"""Names under which the same library is installed, too."""


def version_words() -> str:
    """The version and the commit, such as "catdog 0.1.0 (1a2b3c4)"."""
    return f"catdog {library_version('catdog') or '0'} ({commit()})"


def library_version(name: str) -> str:
    """The version of an installed library, which is not imported; empty where it is missing.

    Args:
        name: Its distribution's; a bundle may hold the same library from another one.
    """
    for wheel in (name, *_OTHER_WHEELS.get(name, ())):
        with contextlib.suppress(PackageNotFoundError):
            return version(wheel)
    return ""


def commit() -> str:
    """The commit that this was made of, or "commit unknown"."""
    written = resource(_COMMIT_FILE)  # a bundle and a wheel carry it; a source tree asks git
    if written.is_file():
        return written.read_text(encoding="utf-8").strip()
    tree = Path(__file__).resolve().parent.parent
    if not (tree / ".git").exists():
        return "commit unknown"
    command = ["git", "-C", str(tree), "rev-parse", "--short", "HEAD"]
    try:
        found = subprocess.run(  # noqa: S603 - a fixed command
            command, capture_output=True, text=True, check=True, timeout=5
        )
    except (OSError, subprocess.SubprocessError):
        return "commit unknown"
    return found.stdout.strip()
