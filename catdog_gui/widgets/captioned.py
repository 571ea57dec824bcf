"""A caption and what it stands beside."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QBoxLayout, QLabel, QWidget

from catdog_gui import theme


class Captioned(QWidget):
    """A caption on the left of a widget, or above it where the line is too short for both.

    Args:
        caption: It has the whole line there, and may be cut only where that is too short, too.
        widget: It keeps to the right.
    """

    def __init__(self, caption: QLabel, widget: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._caption = caption
        self._widget = widget
        self._layout = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(theme.SPACE_8)
        self._layout.addWidget(caption, 1)
        self._layout.addWidget(widget, 0, Qt.AlignmentFlag.AlignRight)

    def event(self, event: QEvent) -> bool:
        """Follow the width, and the caption's words."""
        if event.type() in {QEvent.Type.Resize, QEvent.Type.LayoutRequest}:
            self._fit()
        return super().event(event)

    def _fit(self) -> None:
        parts = (self._caption, self._widget)
        wanted = sum(part.sizeHint().width() for part in parts) + theme.SPACE_8
        direction = QBoxLayout.Direction
        fits = wanted <= self.width() or not self._caption.text()
        self._layout.setDirection(direction.LeftToRight if fits else direction.TopToBottom)
