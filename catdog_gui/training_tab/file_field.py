"""A line for a file's path, with a button that lets the user choose it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QWidget

from catdog_gui import theme


class FileField(QWidget):
    """The line and the button.

    Args:
        placeholder: What an empty line means.

    Signals:
        changed: The user changed the path.
        choice_requested: The user wants to choose a file.
    """

    changed = Signal()
    choice_requested = Signal()

    def __init__(self, placeholder: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = QLineEdit(placeholderText=placeholder)
        self.button = QPushButton(theme.icon("folder"), "")
        self.button.setToolTip("Choose a file…")
        self.button.setAccessibleName("Choose a file")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE_4)
        row.addWidget(self.line, 1)
        row.addWidget(self.button)
        self.setFocusProxy(self.line)
        self.line.textEdited.connect(lambda _: self.changed.emit())
        self.button.clicked.connect(lambda *_: self.choice_requested.emit())

    @property
    def path(self) -> str:
        """What the line says."""
        return self.line.text().strip()

    def set_path(self, path: str) -> None:
        """Fill the line, without telling."""
        self.line.setText(path)
