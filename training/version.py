"""Which version this is, and of which commit."""

import subprocess
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from training.resources import resource

_COMMIT_FILE = "commit.txt"


def version_words() -> str:
    """The version and the commit, such as "catdog 0.1.0 (1a2b3c4)"."""
    try:
        number = version("catdog")
    except PackageNotFoundError:
        number = "0"
    return f"catdog {number} ({_commit()})"


def _commit() -> str:
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
