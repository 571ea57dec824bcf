"""What takes the place of the list for a look: a title, a way back, and what is awaited."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from catdog_gui import theme

_BAR_WIDTH_PX = 180
_EMPTY, _FILLED = 0, 1


class WideView(QWidget):
    """Shows its body, or in place of it what is awaited or why there is nothing.

    Args:
        title: Above all.
        beside: Stands between the title and the way back, if anything does.

    Signals:
        closed: The user wants the list of pictures back.
    """

    closed = Signal()

    def __init__(
        self, title: str, parent: QWidget | None = None, *, beside: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._title = QLabel(title)
        self._words = QLabel(wordWrap=True, alignment=Qt.AlignmentFlag.AlignCenter)
        self._busy = QProgressBar(minimum=0, maximum=0, textVisible=False)
        self._busy.setFixedWidth(_BAR_WIDTH_PX)
        self._back = QPushButton("Back to the pictures")
        self._stack = QStackedWidget()
        self._stack.addWidget(self._laid_out_words())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE_8)
        column.addLayout(self._laid_out_head(beside))
        column.addWidget(self._stack, stretch=1)
        self._back.clicked.connect(self.closed)

    def set_head(self, title: str, back: str) -> None:
        """Call the view and the way back otherwise, as in another language."""
        self._title.setText(title)
        self._back.setText(back)

    def set_body(self, body: QWidget) -> None:
        """Say what is shown once it is there."""
        self._stack.insertWidget(_FILLED, body)

    def show_body(self) -> None:
        """Show the body."""
        self._stack.setCurrentIndex(_FILLED)

    def show_waiting(self, words: str) -> None:
        """Say what is awaited."""
        self.show_failure(words)
        self._busy.show()

    def show_failure(self, words: str) -> None:
        """Say why there is nothing."""
        self._words.setText(words)
        self._busy.hide()
        self._stack.setCurrentIndex(_EMPTY)

    def words(self) -> str:
        """What is said in place of the body."""
        return self._words.text()

    def _laid_out_head(self, beside: QWidget | None) -> QHBoxLayout:
        theme.heading(self._title)
        head = QHBoxLayout()
        head.setSpacing(theme.SPACE_12)
        head.addWidget(self._title, stretch=1)
        if beside is not None:
            head.addWidget(beside)
        head.addWidget(self._back)
        return head

    def _laid_out_words(self) -> QWidget:
        empty = QWidget()
        column = QVBoxLayout(empty)
        column.setSpacing(theme.SPACE_8)
        column.addStretch()
        column.addWidget(self._words)
        column.addWidget(self._busy, alignment=Qt.AlignmentFlag.AlignHCenter)
        column.addStretch()
        return empty
