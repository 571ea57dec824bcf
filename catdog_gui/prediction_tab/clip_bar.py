"""The clip of a submission, as a slider and a number, with what it does in words."""

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QDoubleSpinBox, QHBoxLayout, QLabel, QSlider, QVBoxLayout, QWidget

from catdog_gui import theme
from training.inference.clipping import CLIPS, GOOD_CLIP

_STEPS = 1000  # in 1: a step is 0.001
_DECIMALS = 3
_PAGE_STEPS = 5
_SLIDER_WIDTH_PX = 220
_HELP = (
    "No probability is below the clip, or above 1 minus it. In the log loss one picture that is "
    "surely wrong costs as much as dozens that are a little unsure."
)


def usable_clip(clip: float) -> float:
    """A clip that the bar can show: to 0.001, and the usual one for what lies outside."""
    return round(clip, _DECIMALS) if CLIPS[0] <= clip <= CLIPS[-1] else GOOD_CLIP


class ClipBar(QWidget):
    """Slider and number, which follow each other, and words below.

    Signals:
        clip_chosen: The user moved the clip to this.
    """

    clip_chosen = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, round(CLIPS[-1] * _STEPS))
        self.slider.setPageStep(_PAGE_STEPS)
        self.slider.setFixedWidth(_SLIDER_WIDTH_PX)
        self.slider.setAccessibleName("Clip in thousandths")
        self.number = QDoubleSpinBox()
        self.number.setDecimals(_DECIMALS)
        self.number.setRange(CLIPS[0], CLIPS[-1])
        self.number.setSingleStep(1 / _STEPS)
        self.number.setAccessibleName("Clip")
        self._words = QLabel(wordWrap=True)
        theme.caption(self._words)
        for widget in (self.slider, self.number):
            widget.setToolTip(_HELP)
        self._lay_out()
        self.slider.valueChanged.connect(self._on_slider_value_changed)
        self.number.valueChanged.connect(self._on_number_value_changed)
        self.set_clip(GOOD_CLIP)

    def clip(self) -> float:
        """The clip that is shown."""
        return self.slider.value() / _STEPS

    def set_clip(self, clip: float) -> None:
        """Show a clip of `CLIPS`, without telling."""
        with QSignalBlocker(self.slider), QSignalBlocker(self.number):
            self.slider.setValue(round(clip * _STEPS))
            self.number.setValue(clip)

    def set_words(self, words: str) -> None:
        """Say what the clip does."""
        self._words.setText(words)

    def words(self) -> str:
        """What is said of the clip."""
        return self._words.text()

    def _on_slider_value_changed(self, thousandths: int) -> None:
        clip = thousandths / _STEPS
        self.set_clip(clip)
        self.clip_chosen.emit(clip)

    def _on_number_value_changed(self, clip: float) -> None:
        self.slider.setValue(round(clip * _STEPS))

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE_8)
        row.addWidget(self.slider)
        row.addWidget(self.number)
        row.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE_8)
        column.addLayout(row)
        column.addWidget(self._words)
