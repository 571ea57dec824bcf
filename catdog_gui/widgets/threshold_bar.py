"""The threshold, as a slider and a number, with what it costs in words."""

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QDoubleSpinBox, QHBoxLayout, QLabel, QSlider, QToolButton, QWidget

from catdog_gui import theme
from training.inference.judge import THRESHOLD

LEAST, MOST = 0.01, 0.99
_STEPS = 100  # in 1: a step is 0.01
_PAGE_STEPS = 10
_SLIDER_WIDTH_PX = 180
_HELP = (
    "From this probability of dog on, a picture is called a dog. Higher: fewer cats are called "
    "dogs, and more dogs cats."
)


def usable_threshold(threshold: float) -> float:
    """A threshold that the bar can show: to 0.01, and the usual one for what lies outside."""
    return round(threshold, 2) if LEAST <= threshold <= MOST else THRESHOLD


class ThresholdBar(QWidget):
    """Slider and number, which follow each other, and a way back.

    Signals:
        threshold_chosen: The user moved the threshold to this.
    """

    threshold_chosen = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._slider = QSlider(Qt.Orientation.Horizontal)
        self._slider.setRange(round(LEAST * _STEPS), round(MOST * _STEPS))
        self._slider.setPageStep(_PAGE_STEPS)
        self._slider.setFixedWidth(_SLIDER_WIDTH_PX)
        self._slider.setAccessibleName("Threshold in hundredths")
        self._number = QDoubleSpinBox()
        self._number.setRange(LEAST, MOST)
        self._number.setSingleStep(1 / _STEPS)
        self._number.setAccessibleName("Threshold")
        self._reset = QToolButton()
        self._reset.setText("Reset")
        self._reset.setToolTip(f"Back to {THRESHOLD:.2f}")
        self._reset.setAccessibleName("Reset the threshold")
        self._words = QLabel(wordWrap=True)
        theme.caption(self._words)
        for widget in (self._slider, self._number):
            widget.setToolTip(_HELP)
        self._lay_out()
        self._slider.valueChanged.connect(self._on_slider_value_changed)
        self._number.valueChanged.connect(self._on_number_value_changed)
        self._reset.clicked.connect(self._on_reset_clicked)
        self.set_threshold(THRESHOLD)

    def set_threshold(self, threshold: float) -> None:
        """Show a threshold, without telling.

        Args:
            threshold: From `LEAST` to `MOST`.
        """
        with QSignalBlocker(self._slider), QSignalBlocker(self._number):
            self._slider.setValue(round(threshold * _STEPS))
            self._number.setValue(threshold)
        self._reset.setEnabled(self._slider.value() != round(THRESHOLD * _STEPS))

    def set_words(self, words: str) -> None:
        """Say what the threshold costs, and what else there is to say of the model."""
        self._words.setText(words)

    def _on_slider_value_changed(self, hundredths: int) -> None:
        threshold = hundredths / _STEPS
        self.set_threshold(threshold)
        self.threshold_chosen.emit(threshold)

    def _on_number_value_changed(self, threshold: float) -> None:
        self._slider.setValue(round(threshold * _STEPS))

    def _on_reset_clicked(self) -> None:
        self._slider.setValue(round(THRESHOLD * _STEPS))

    def _lay_out(self) -> None:
        label = QLabel("Threshold")
        label.setBuddy(self._number)
        label.setToolTip(_HELP)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE_8)
        for widget in (label, self._slider, self._number, self._reset):
            row.addWidget(widget)
        row.addSpacing(theme.SPACE_8)
        row.addWidget(self._words, 1)
