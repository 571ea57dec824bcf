"""A run's model card in a window of its own."""

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QBrush,
    QGuiApplication,
    QTextBlockFormat,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
    QTextTable,
)
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QTextBrowser, QVBoxLayout, QWidget

from catdog_gui import theme

_SIZE_PX = (680, 640)
_PAGE_EDGE_PX = 20
_CELL_EDGE_PX = 6
_INDENT_PX = 18
_ABOVE_HEADINGS_PX = 14


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
        self._page.document().setDocumentMargin(_PAGE_EDGE_PX)
        self._page.document().setIndentWidth(_INDENT_PX)
        _space_headings(self._page.document())
        _draw_lines(self._page.document(), self.palette().mid())
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


def _space_headings(document: QTextDocument) -> None:
    block = document.begin()
    while block.isValid():
        if block.blockFormat().headingLevel() > 1:
            air = QTextBlockFormat()
            air.setTopMargin(_ABOVE_HEADINGS_PX)
            QTextCursor(block).mergeBlockFormat(air)
        block = block.next()


def _draw_lines(document: QTextDocument, brush: QBrush) -> None:
    for frame in document.rootFrame().childFrames():
        if isinstance(frame, QTextTable):
            form = frame.format().toTableFormat()
            form.setCellPadding(_CELL_EDGE_PX)
            form.setCellSpacing(0)
            form.setBorder(1)
            form.setBorderCollapse(True)
            form.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
            form.setBorderBrush(brush)
            frame.setFormat(form)
