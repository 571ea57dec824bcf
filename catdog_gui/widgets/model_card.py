"""A run's model card in a window of its own."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QTextCursor
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QTextBrowser, QVBoxLayout, QWidget

from catdog_gui import theme
from catdog_gui.widgets.markdown_dress import dress

_SIZE_PX = (680, 640)


def show_model_card(parent: QWidget, card: str) -> "ModelCardDialog":
    """Show a model card; the window behind it waits until it is closed.

    Args:
        parent: Whose window it belongs to.
        card: Markdown; see `training.runs.model_card`.
    """
    dialog = ModelCardDialog(card, parent.window())
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    return dialog


class ModelCardDialog(QDialog):
    """A page that can be read, selected and copied.

    Args:
        card: Markdown.
    """

    def __init__(self, card: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._card = card
        self.setWindowTitle("Model card")
        self.resize(*_SIZE_PX)
        self._page = QTextBrowser()
        self._page.setAccessibleName("Model card")
        self._page.setMarkdown(card)
        self._page.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextBrowserInteraction
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        dress(self._page.document(), self.palette())
        self._page.moveCursor(QTextCursor.MoveOperation.Start)
        self._copy = QPushButton(theme.icon("paste"), "Copy")
        self._copy.setToolTip("Copy the whole card as Markdown")
        self._copy.setAutoDefault(False)
        self._copy.clicked.connect(self._on_copy_clicked)
        self._close = QPushButton("Close")
        self._close.setDefault(True)
        self._close.clicked.connect(self.accept)
        self._lay_out()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self._copy)
        row.addStretch()
        row.addWidget(self._close)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.SPACE_12] * 4)
        column.setSpacing(theme.SPACE_12)
        column.addWidget(self._page, 1)
        column.addLayout(row)

    def _on_copy_clicked(self) -> None:
        QGuiApplication.clipboard().setText(self._card)
        self._copy.setText("Copied")
