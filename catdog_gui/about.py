"""What Help, About says: a program's version and those of what it stands on."""

import platform
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QMessageBox, QWidget

from training.resources import resource
from training.version import library_version, version_words

_ICON_PX = 96
_QT = ("Qt", "PySide6-Essentials")
_VERDICTS = (("ONNX Runtime", "onnxruntime"), ("Pillow", "pillow"))


@dataclass(frozen=True)
class About:
    """What a program says of itself.

    Attributes:
        title: Its name.
        icon: A file of `resources/icons/` without its suffix.
        sentence: What it does.
        stands_on: The libraries whose versions matter: a name for people, and the distribution's.
    """

    title: str
    icon: str
    sentence: str
    stands_on: tuple[tuple[str, str], ...]


ABOUT_CATDOG = About(
    title="CatDog",
    icon="app",
    sentence="CatDog learns to tell cats from dogs and shows its reasons.",
    stands_on=(
        _QT,
        ("Keras", "keras"),
        ("TensorFlow", "tensorflow"),
        *_VERDICTS,
        ("matplotlib", "matplotlib"),
    ),
)
ABOUT_VIEWER = About(
    title="CatDog Viewer",
    icon="viewer",
    sentence="CatDog Viewer tells cats from dogs with a model that you were given.",
    stands_on=(_QT, *_VERDICTS),
)


def show_about(parent: QWidget | None, about: About) -> QMessageBox:
    """Show the versions in a small window that blocks nothing."""
    box = QMessageBox(parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setWindowTitle(f"About {about.title}")
    box.setIconPixmap(QIcon(str(resource("icons", f"{about.icon}.svg"))).pixmap(_ICON_PX))
    box.setText(about.sentence)
    box.setInformativeText("\n".join(version_lines(about)))
    box.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    box.open()
    return box


def version_lines(about: About) -> list[str]:
    """A line for the program, one for Python, and one for each library; none is imported."""
    libraries = [
        f"{name} {library_version(wheel) or 'not installed'}" for name, wheel in about.stands_on
    ]
    return [version_words(), f"Python {platform.python_version()}", *libraries]
