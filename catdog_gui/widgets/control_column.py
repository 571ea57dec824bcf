"""The column on the left of a tab: it scrolls where the window is low."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from catdog_gui import theme


def build_control_column(*parts: QWidget) -> QScrollArea:
    """A scrolling column of fixed width.

    Args:
        *parts: One below the other, at the top.
    """
    inside = QWidget()
    column = QVBoxLayout(inside)
    column.setContentsMargins(0, 0, theme.SPACE_8, 0)
    column.setSpacing(theme.SPACE_16)
    for part in parts:
        column.addWidget(part)
    column.addStretch()
    area = QScrollArea()
    area.setWidget(inside)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFixedWidth(theme.CONTROL_COLUMN_WIDTH)
    return area
