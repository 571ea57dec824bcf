"""A titled part that opens and closes."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QToolButton, QVBoxLayout, QWidget

from catdog_gui import theme


class Fold(QWidget):
    """A heading with an arrow; its `body` shows while it is open.

    Args:
        title: The heading.

    Signals:
        toggled: The user opened it, or closed it.
    """

    toggled = Signal(bool)

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.body = QWidget()
        self._button = QToolButton()
        self._button.setCheckable(True)
        self._button.setAutoRaise(True)
        self._button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.strong(self._button)
        self.set_title(title)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE_4)
        column.addWidget(self._button)
        column.addWidget(self.body)
        self._button.clicked.connect(self._on_button_clicked)
        self.set_open(is_open=False)

    @property
    def title(self) -> str:
        """The heading."""
        return self._button.text()

    def set_title(self, title: str) -> None:
        """Show another heading."""
        self._button.setText(title)

    @property
    def is_open(self) -> bool:
        """Whether the body shows."""
        return self._button.isChecked()

    def set_open(self, *, is_open: bool) -> None:
        """Open or close it, without telling."""
        self._button.setChecked(is_open)
        arrow = Qt.ArrowType.DownArrow if is_open else Qt.ArrowType.RightArrow
        self._button.setArrowType(arrow)
        self.body.setVisible(is_open)

    def _on_button_clicked(self, is_open: bool) -> None:  # noqa: FBT001 - Qt's signal
        self.set_open(is_open=is_open)
        self.toggled.emit(is_open)
