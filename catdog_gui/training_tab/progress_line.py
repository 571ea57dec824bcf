"""Where the training stands, and the three ways to end it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from catdog_gui import theme
from catdog_gui.training_tab.controls import Controls
from catdog_gui.widgets.elided_label import ElidedLabel
from catdog_gui.widgets.job_progress import build_bar, show_reading
from training.rate import Reading


class ProgressLine(QWidget):
    """Words, a bar, Pause, Finish now and Discard, and below them the best epoch so far.

    Signals:
        pause_requested: The user wants to end the training so that it can be resumed.
        finish_requested: The user wants to end the training with its best epoch.
        discard_requested: The user wants to end it and delete the run.
    """

    pause_requested = Signal()
    finish_requested = Signal()
    discard_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pause_button = QPushButton(theme.icon("pause"), "Pause")
        self.finish_button = QPushButton(theme.icon("finish"), "Finish now")
        self.discard_button = QPushButton(theme.icon("discard"), "Discard")
        self._words = ElidedLabel()
        self._bar = build_bar()
        self._best = self._sleep = ""
        self._notes = ElidedLabel()
        theme.caption(self._notes)
        self.pause_button.setToolTip("End the training here, to be resumed from this very step")
        self.finish_button.setToolTip("End the training here and keep its best epoch")
        self.discard_button.setToolTip("End the training and delete the run")
        theme.strong(self._words)
        self._lay_out()
        self.pause_button.clicked.connect(lambda *_: self.pause_requested.emit())
        self.finish_button.clicked.connect(lambda *_: self.finish_requested.emit())
        self.discard_button.clicked.connect(lambda *_: self.discard_requested.emit())

    def words(self) -> str:
        """The line that says where the training stands."""
        return self._words.text()

    def show_progress(self, words: str, reading: Reading | None) -> None:
        """Say where the training stands.

        Args:
            words: One line.
            reading: Fills the bar; None keeps it busy.
        """
        self._words.setText(words)
        self._bar.setAccessibleName(words)
        if reading is None:
            self._bar.setRange(0, 0)
        else:
            show_reading(self._bar, reading)

    def notes(self) -> str:
        """What stands below the bar."""
        return self._notes.text()

    def show_best(self, best: str) -> None:
        """Say which epoch is the best so far; empty for none."""
        self._best = best
        self._fill_notes()

    def show_sleep(self, sentence: str) -> None:
        """Say what becomes of the training if the computer goes to sleep; empty if it cannot."""
        self._sleep = sentence
        self._fill_notes()

    def set_controls(self, controls: Controls) -> None:
        """Switch what is live."""
        self.pause_button.setEnabled(controls.can_pause)
        self.finish_button.setEnabled(controls.can_finish)
        self.discard_button.setEnabled(controls.can_discard)
        self.setVisible(controls.shows_progress)

    def _fill_notes(self) -> None:
        self._notes.setText(" · ".join(filter(None, (self._best, self._sleep))))
        self._notes.setVisible(bool(self._notes.text()))

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE_8)
        row.addWidget(self._bar, 1)
        row.addWidget(self.pause_button)
        row.addWidget(self.finish_button)
        row.addWidget(self.discard_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE_4)
        column.addWidget(self._words)  # on its own, else the time left is what … swallows
        column.addLayout(row)
        column.addWidget(self._notes)
        self._fill_notes()
