"""What is shown beside the form: one of several views, chosen by a row of buttons."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from catdog_gui import theme
from catdog_gui.widgets.segments import Segments


class Views(QWidget):
    """One view at a time.

    Args:
        views: Their titles and their widgets; the first is shown.
    """

    def __init__(
        self, views: Sequence[tuple[str, QWidget]], *, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.buttons = Segments([title for title, _ in views], "Shown")
        self._stack = QStackedWidget()
        for _, view in views:
            self._stack.addWidget(view)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE_8)
        column.addWidget(self.buttons, alignment=Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._stack, 1)
        self.buttons.chosen.connect(self._stack.setCurrentIndex)

    def show_view(self, view: QWidget) -> None:
        """Bring one of the views to the front."""
        self._stack.setCurrentWidget(view)
        self.buttons.choose(self._stack.currentIndex())
