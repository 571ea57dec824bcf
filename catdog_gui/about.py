"""What Help, About says: the program's version and those of what it stands on."""

import platform
from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QMessageBox, QWidget

from training.resources import resource
from training.version import library_version, version_words

_STANDS_ON: Mapping[str, str] = {
    "Qt": "PySide6-Essentials",
    "Keras": "keras",
    "TensorFlow": "tensorflow",
    "ONNX Runtime": "onnxruntime",
    "Pillow": "pillow",
    "matplotlib": "matplotlib",
}
_ICON_PX = 96


def show_about(parent: QWidget) -> QMessageBox:
    """Show the versions in a small window that blocks nothing."""
    box = QMessageBox(parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setWindowTitle("About CatDog")
    box.setIconPixmap(QIcon(str(resource("icons", "app.svg"))).pixmap(_ICON_PX))
    box.setText("CatDog learns to tell cats from dogs and shows its reasons.")
    box.setInformativeText("\n".join(version_lines()))
    box.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    box.open()
    return box


def version_lines() -> list[str]:
    """A line for the program, one for Python, and one for each library; none is imported."""
    libraries = [
        f"{name} {library_version(wheel) or 'not installed'}" for name, wheel in _STANDS_ON.items()
    ]
    return [version_words(), f"Python {platform.python_version()}", *libraries]
