"""The presets as cards of which one is chosen."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QLabel,
    QRadioButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from catdog_gui import theme
from catdog_gui.widgets.elided_label import ElidedLabel
from training.learning.presets import Preset

_RADIUS_PX = 6.0


class PresetCard(QFrame):
    """One preset: its name, and for whom it is; a click anywhere chooses it.

    Its sentence is one line until the preset is chosen, so that what follows the cards is near.
    """

    def __init__(self, preset: Preset) -> None:
        super().__init__()
        self.button = QRadioButton(preset.title)
        self.button.setAccessibleDescription(preset.sentence)
        theme.strong(self.button)
        self._line = ElidedLabel(preset.sentence)
        self._line.setToolTip(preset.sentence)
        self._line.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._sentence = QLabel(preset.sentence, wordWrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.SPACE_12, theme.SPACE_8, theme.SPACE_12, theme.SPACE_8)
        column.setSpacing(theme.SPACE_4)
        column.addWidget(self.button)
        for label in (self._line, self._sentence):
            theme.caption(label)
            column.addWidget(label)
        self._sentence.hide()
        self.button.toggled.connect(self._on_button_toggled)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """The sentence belongs to the button."""
        if event.button() == Qt.MouseButton.LeftButton and self.isEnabled():
            self.button.click()
        super().mouseReleaseEvent(event)

    def _on_button_toggled(self, is_chosen: bool) -> None:  # noqa: FBT001 - Qt's signal
        self._line.setVisible(not is_chosen)
        self._sentence.setVisible(is_chosen)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802 - Qt's form
        """A sheet with an edge, in the accent where the preset is chosen."""
        palette, is_chosen = self.palette(), self.button.isChecked()
        edge = palette.highlight() if is_chosen else palette.mid()
        width = 2.0 if is_chosen else 1.0
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(edge, width))
        painter.setBrush(palette.button())  # on the base, Fusion paints a radio nobody sees
        inset = width / 2
        sheet = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(sheet, _RADIUS_PX, _RADIUS_PX)
        painter.end()


class PresetCards(QWidget):
    """All presets, one below the other.

    Signals:
        chosen: The key of the preset that the user chose.
    """

    chosen = Signal(str)

    def __init__(self, presets: Sequence[Preset], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cards = {preset.key: PresetCard(preset) for preset in presets}
        self._group = QButtonGroup(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE_8)
        for key, card in self._cards.items():
            self._group.addButton(card.button)
            card.button.clicked.connect(lambda _checked, key=key: self.chosen.emit(key))
            column.addWidget(card)

    def choose(self, key: str) -> None:
        """Mark a preset as chosen, without telling."""
        self._cards[key].button.setChecked(True)

    def card(self, key: str) -> PresetCard:
        """One of the cards."""
        return self._cards[key]
