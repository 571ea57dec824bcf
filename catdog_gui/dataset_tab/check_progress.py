"""Where a check stands, in the narrow column beside the pictures."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from catdog_gui import theme
from catdog_gui.widgets.job_progress import build_bar, progress_words, show_reading, stopping_words
from training.progress import StageState

_WORD_JOINER = "\u2060"  # keeps "pictures/s" on one line


class CheckProgress(QWidget):
    """Stage, rate and time left, a bar, and a cross; hidden while no check runs.

    Signals:
        cancel_requested: The user wants the check to stop.
    """

    cancel_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = QLabel(wordWrap=True)
        self._bar = build_bar()
        self._cancel = QToolButton()
        self._dress()
        self._lay_out()
        self.clear()

    def words(self) -> str:
        """The lines that say where the check stands."""
        return self._words.text()

    def show_state(self, title: str, state: StageState) -> None:
        """Show where the check stands.

        Args:
            title: Such as "Checking kaggle".
            state: Its stage and where the stage stands.
        """
        words = progress_words(state).replace("/", f"/{_WORD_JOINER}")
        self._words.setText(f"{title}\n{words}")
        show_reading(self._bar, state.reading)
        self._bar.setAccessibleName(self._words.text())
        self._cancel.setEnabled(True)
        self.show()

    def show_stopping(self, waits_for: str) -> None:
        """Show at once that the check is being stopped; see `JobProgress.show_stopping`."""
        self._words.setText(stopping_words(waits_for))
        self._bar.setRange(0, 0)
        self._cancel.setEnabled(False)

    def clear(self) -> None:
        """No check runs."""
        self.hide()
        self._words.clear()

    def _dress(self) -> None:
        theme.caption(self._words)
        self._cancel.setAutoRaise(True)
        self._cancel.setIcon(theme.icon("close"))
        self._cancel.setToolTip("Stop the check; what whole stages found stays")
        self._cancel.setAccessibleName("Stop the check")
        self._cancel.clicked.connect(lambda *_: self.cancel_requested.emit())

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(theme.SPACE_8)
        line.addWidget(self._bar, 1)
        line.addWidget(self._cancel)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE_4)
        column.addWidget(self._words)
        column.addLayout(line)
