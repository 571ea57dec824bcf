"""The learning-rate finder: why, how far it is, and what it found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from catdog_gui import theme
from catdog_gui.widgets.job_progress import JobProgress
from catdog_gui.widgets.rate_plot import RatePlot
from training.progress import StageState

if TYPE_CHECKING:
    from training.learning.rate_finder import RateFound

_INVITATION = (
    "A short training tries out a learning rate after each step, from tiny to much too large, and "
    "watches the loss. It takes a minute or so and leaves nothing behind."
)
_NONE_FOUND = (
    "no learning rate lowered the loss, so there is none to suggest. More pictures, or a larger "
    "batch, may show one."
)


class RateView(QWidget):
    """A sentence, the buttons, the progress, and the plot.

    Signals:
        find_requested: The user wants to begin.
        cancel_requested: The user wants it to stop.
        rate_chosen: The learning rate that the user wants in the form.
    """

    find_requested = Signal()
    cancel_requested = Signal()
    rate_chosen = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sentence = QLabel(_INVITATION, wordWrap=True)
        self.find_button = QPushButton("Find a learning rate")
        self.use_button = QPushButton()
        self.progress = JobProgress()
        self.plot = RatePlot()
        self._suggestion: float | None = None
        self._can_find, self._can_change = True, True
        self._is_running = False
        self._dress()
        self._lay_out()
        self._connect()

    def set_live(self, *, can_find: bool, can_change: bool) -> None:
        """Say whether the finder can begin, and whether the form takes what it found."""
        self._can_find, self._can_change = can_find, can_change
        self._settle()

    def show_progress(self, title: str, state: StageState) -> None:
        """Show how far the finder is."""
        self.progress.show_state(title, state)

    def show_stopping(self, waits_for: str = "") -> None:
        """Show at once that the finder is being stopped; see `JobProgress`."""
        self.progress.show_stopping(waits_for)

    def show_running(self) -> None:
        """The finder began."""
        self._is_running = True
        self._settle()

    def show_ended(self) -> None:
        """The finder is over, however that came."""
        self._is_running = False
        self.progress.clear()
        self._settle()

    def show_found(self, found: RateFound, *, of: str) -> None:
        """Show the losses that were found, and the rate to use.

        Args:
            found: The losses.
            of: What it was found for, such as "Express on pets".
        """
        self._suggestion = found.suggestion
        self.sentence.setText(_found_words(found, of))
        self.use_button.setText(f"Use {found.suggestion:g}" if found.suggestion else "")
        self.plot.show_rates(found)
        self._settle()

    def _settle(self) -> None:
        self.find_button.setEnabled(self._can_find and not self._is_running)
        self.use_button.setVisible(self._suggestion is not None)
        self.use_button.setEnabled(self._can_change)

    def _on_use_clicked(self) -> None:
        if self._suggestion is not None:
            self.rate_chosen.emit(self._suggestion)

    def _dress(self) -> None:
        theme.caption(self.sentence)
        self.find_button.setToolTip("Not while a training runs")
        self.use_button.setToolTip("Put this learning rate into the form")

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.SPACE_8)
        buttons.addWidget(self.find_button)
        buttons.addWidget(self.use_button)
        buttons.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE_8)
        column.addLayout(buttons)
        column.addWidget(self.sentence)
        column.addWidget(self.progress)
        column.addWidget(self.plot, 1)

    def _connect(self) -> None:
        self.find_button.clicked.connect(lambda *_: self.find_requested.emit())
        self.use_button.clicked.connect(self._on_use_clicked)
        self.progress.cancel_requested.connect(self.cancel_requested)
        self._settle()


def _found_words(found: RateFound, of: str) -> str:
    if found.suggestion is None:
        return f"{of}: {_NONE_FOUND}"
    return (
        f"{of}: {found.suggestion:g}, where the loss falls fast and is still far from its lowest "
        "point. Beyond that, steps are too large to learn from."
    )
