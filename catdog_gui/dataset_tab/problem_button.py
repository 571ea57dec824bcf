"""A line that counts what is wrong, and shows it when it is clicked."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton, QWidget

from catdog_gui import theme


class ProblemButton(QToolButton):
    """Says how much there is of a problem; hidden where there is none.

    Args:
        icon: One of our icons.
        meaning: The colour with meaning that it has; none for that of the text.
    """

    def __init__(
        self, *, icon: str = "warning", meaning: str = "warning", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAutoRaise(True)
        self.setIcon(theme.icon(icon, meaning=meaning))
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)

    def show_count(self, count: int, words: str) -> None:
        """Show how much there is.

        Args:
            count: How many pictures.
            words: The number with its noun.
        """
        self.setText(f"{words} ▸")
        self.setAccessibleName(f"{words}: show them")
        self.setVisible(count > 0)
