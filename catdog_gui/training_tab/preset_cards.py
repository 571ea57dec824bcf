"""The presets as cards of which one is chosen."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QLabel, QRadioButton, QVBoxLayout, QWidget

from catdog_gui import theme
from training.learning.presets import Preset

_STYLE = """
PresetCard { border: 1px solid palette(mid); border-radius: 6px; background: palette(base); }
PresetCard[chosen="true"] { border: 1px solid palette(highlight); }
"""


class PresetCard(QFrame):
    """One preset: its name, and for whom it is; a click anywhere chooses it."""

    def __init__(self, preset: Preset) -> None:
        super().__init__()
        self.button = QRadioButton(preset.title)
        self.button.setAccessibleDescription(preset.sentence)
        theme.strong(self.button)
        sentence = QLabel(preset.sentence, wordWrap=True)
        theme.caption(sentence)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.SPACE_12, theme.SPACE_8, theme.SPACE_12, theme.SPACE_8)
        column.setSpacing(theme.SPACE_4)
        column.addWidget(self.button)
        column.addWidget(sentence)
        self.setStyleSheet(_STYLE)
        self.button.toggled.connect(self._on_button_toggled)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """The sentence belongs to the button."""
        if event.button() == Qt.MouseButton.LeftButton and self.isEnabled():
            self.button.click()
        super().mouseReleaseEvent(event)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Take the palette's new colours into the style sheet."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.style().polish(self)

    def _on_button_toggled(self, is_chosen: bool) -> None:  # noqa: FBT001 - Qt's signal
        self.setProperty("chosen", is_chosen)
        self.style().unpolish(self)
        self.style().polish(self)


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
