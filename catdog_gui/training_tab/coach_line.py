"""What the coach says of the run that is shown: an icon, a sentence, and the next step."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from catdog_gui import theme
from training.runs.coach import Advice
from training.runs.coach_rules import Tone

_ICON_PX = 16


@dataclass(frozen=True)
class _Look:
    icon: str
    meaning: str


_LOOKS: Mapping[Tone, _Look] = {
    Tone.GOOD: _Look("check", "good"),
    Tone.NEUTRAL: _Look("info", ""),
    Tone.WARNING: _Look("warning", "warning"),
}


class CoachLine(QWidget):
    """Hidden while there is nothing to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tone = Tone.NEUTRAL
        self._icon = QLabel()
        self._sentence = _wrapping_label()
        self._next_step = _wrapping_label()
        theme.caption(self._next_step)
        self.setToolTip("What the curves tell, and what to do next")
        self._lay_out()
        self.hide()

    def sentence(self) -> str:
        """What is said; empty while there is nothing."""
        return "" if self.isHidden() else self._sentence.text()

    def next_step(self) -> str:
        """The next step that is named; empty where there is none."""
        return "" if self._next_step.isHidden() else self._next_step.text()

    def show_advice(self, advice: Advice | None) -> None:
        """Say something else; None for nothing."""
        self.setVisible(advice is not None)
        if advice is None:
            return
        self._tone = advice.tone
        self._sentence.setText(f"Coach: {advice.sentence}")
        self._next_step.setText(advice.next_step)
        self._next_step.setVisible(bool(advice.next_step))
        self.setAccessibleName(f"Coach: {advice.sentence} {advice.next_step}".rstrip())
        self._tint()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Follow a change between light and dark."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._tint()

    def _tint(self) -> None:
        look = _LOOKS[self._tone]
        self._icon.setPixmap(theme.icon(look.icon, meaning=look.meaning).pixmap(_ICON_PX))

    def _lay_out(self) -> None:
        text = QVBoxLayout()
        text.setSpacing(theme.SPACE_4)
        text.addWidget(self._sentence)
        text.addWidget(self._next_step)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, theme.SPACE_4)
        row.setSpacing(theme.SPACE_8)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(text, 1)


def _wrapping_label() -> QLabel:
    label = QLabel()
    label.setWordWrap(True)  # a long sentence takes lines, and never widens the window
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
