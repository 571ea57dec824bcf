"""Below the large picture: how to look at it, and what the heat-map says."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSlider, QVBoxLayout, QWidget

from catdog_gui import theme
from catdog_gui.prediction_tab.look import Look
from catdog_gui.widgets.segments import Segments

_PERCENT = 100
_USUAL_OPACITY = 60
_WIDEST = "100 %"


class LookBar(QWidget):
    """Buttons for the looks; for *Why* a slider and words as well.

    Args:
        looks: Those that are offered; the first is chosen.

    Signals:
        chosen: The `Look` that the user chose.
        opacity_chosen: The user moved the slider to this, in [0, 1].
    """

    chosen = Signal(object)
    opacity_chosen = Signal(float)

    def __init__(self, looks: Sequence[Look], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._looks = tuple(looks)
        self._segments = Segments([look.value for look in looks], "Look")
        self._slider = QSlider(Qt.Orientation.Horizontal)
        self._slider.setRange(0, _PERCENT)
        self._slider.setValue(_USUAL_OPACITY)
        self._slider.setAccessibleName("Opacity of the heat-map in percent")
        self._slider.setToolTip("How much of the picture the heat-map covers")
        self._number = QLabel()
        self._number.setMinimumWidth(self.fontMetrics().horizontalAdvance(_WIDEST))
        self._opacity = QWidget()
        self._words = QLabel(wordWrap=True)
        theme.caption(self._words)
        self._lay_out()
        self._segments.chosen.connect(self._on_segments_chosen)
        self._slider.valueChanged.connect(self._on_slider_value_changed)
        self._show()

    @property
    def look(self) -> Look:
        """The look that is chosen."""
        return self._looks[self._segments.place]

    @property
    def opacity(self) -> float:
        """What the slider says, in [0, 1]."""
        return self._slider.value() / _PERCENT

    def choose(self, look: Look) -> None:
        """Choose a look as the user would."""
        self._segments.choose(self._looks.index(look))
        self._on_segments_chosen(self._segments.place)

    def set_words(self, words: str) -> None:
        """Say something about the look."""
        self._words.setText(words)
        self._show()

    def _on_segments_chosen(self, place: int) -> None:
        self.set_words("")
        self.chosen.emit(self._looks[place])

    def _on_slider_value_changed(self) -> None:
        self._show()
        self.opacity_chosen.emit(self.opacity)

    def _show(self) -> None:
        self._number.setText(f"{self._slider.value()} %")
        self._opacity.setVisible(self.look is Look.WHY)
        self._words.setVisible(bool(self._words.text()))

    def _lay_out(self) -> None:
        label = QLabel("Heat-map")
        label.setBuddy(self._slider)
        row = QHBoxLayout(self._opacity)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE_8)
        row.addWidget(label)
        row.addWidget(self._slider, stretch=1)
        row.addWidget(self._number)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE_4)
        column.addWidget(self._segments, alignment=Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._opacity)
        column.addWidget(self._words)
