"""A file, shown where it lies, in the system's own file manager."""

import sys
from pathlib import Path

from PySide6.QtCore import QProcess, QUrl
from PySide6.QtGui import QDesktopServices


def reveal(path: Path) -> bool:
    """Show the folder of a file, with the file selected where that is simple.

    On Windows and on a Mac the file is selected; elsewhere, or where the file is gone, its folder
    is opened.

    Returns:
        Whether there was a folder to show, and a program to show it.
    """
    if path.exists() and sys.platform == "win32":
        return _start("explorer", f"/select,{path}")
    if path.exists() and sys.platform == "darwin":
        return _start("open", "-R", str(path))
    return path.parent.is_dir() and QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))


def _start(program: str, *words: str) -> bool:
    is_started, _ = QProcess.startDetached(program, list(words))
    return bool(is_started)
