"""The running job in the status bar: the same on every tab, so that none disappears."""

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolButton, QWidget

from catdog_gui import theme
from catdog_gui.widgets.elided_label import ElidedLabel
from catdog_gui.widgets.job_progress import build_bar, show_reading, stopping_words
from training.progress import StageState, progress_words

_BAR_WIDTH_PX = 160
_ICON_PX = 12


class JobStatus(QWidget):
    """Title, stage, bar and a cross; hidden while nothing runs.

    Signals:
        cancel_requested: The user wants the job to stop.
    """

    cancel_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = ElidedLabel()
        self._bar = build_bar()
        self._cancel = QToolButton()
        self._bar.setFixedWidth(_BAR_WIDTH_PX)
        self._cancel.setIcon(theme.icon("close"))
        self._cancel.setIconSize(QSize(_ICON_PX, _ICON_PX))
        self._cancel.setAutoRaise(True)
        self._cancel.clicked.connect(self.cancel_requested)
        self._lay_out()
        self.clear()

    def words(self) -> str:
        """The line that says where the job stands."""
        return self._words.text()

    def show_state(self, title: str, state: StageState | None, *, others: int) -> None:
        """Show where a job stands.

        Args:
            title: The job's title.
            state: Its stage and where the stage stands; None until it has one.
            others: How many more jobs are running.
        """
        more = f" (and {others} more)" if others else ""
        stage = progress_words(state) if state is not None else "Starting"
        self._say(f"{title}{more} · {stage}")
        if state is None:
            self._bar.setRange(0, 0)
        else:
            show_reading(self._bar, state.reading)
        self._offer_cancel(title)

    def show_stopping(self, title: str, waits_for: str = "") -> None:
        """Show at once that the job is being stopped; see `stopping_words`."""
        self._say(f"{title} · {stopping_words(waits_for)}")
        self._bar.setRange(0, 0)
        self._cancel.setEnabled(False)
        self.show()

    def clear(self) -> None:
        """Nothing runs."""
        self._words.clear()
        self.hide()

    def _offer_cancel(self, title: str) -> None:
        self._cancel.setEnabled(True)
        self._cancel.setToolTip(f"Cancel: {title}")
        self._cancel.setAccessibleName(f"Cancel: {title}")
        self.show()

    def _say(self, words: str) -> None:
        self._words.setText(words)
        self._bar.setAccessibleName(words)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.SPACE_8, 0, 0, 0)
        row.setSpacing(theme.SPACE_8)
        row.addWidget(self._bar)
        row.addWidget(self._cancel)
        row.addWidget(self._words, 1)
        self._words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
