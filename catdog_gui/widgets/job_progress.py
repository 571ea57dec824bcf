"""Where a running job stands, in the tab that started it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from catdog_gui import theme
from catdog_gui.widgets.elided_label import ElidedLabel
from training.progress import StageState, progress_words
from training.rate import Reading

__all__ = ["JobProgress", "progress_words", "show_reading", "stopping_words"]

_BAR_STEPS = 1000  # finer than any bar is wide, and far from Qt's limit of 2^31
_BAR_HEIGHT_PX = 8


class JobProgress(QWidget):
    """Title, stage with rate and time left, bar, and Cancel; hidden while nothing runs.

    Signals:
        cancel_requested: The user wants the job to stop.
    """

    cancel_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = QLabel()
        self._words = ElidedLabel()
        self._bar = build_bar()
        self._cancel = QPushButton("Cancel")
        theme.strong(self._title)
        theme.caption(self._words)
        self._words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._lay_out()
        self._cancel.clicked.connect(self.cancel_requested)
        self.clear()

    def words(self) -> str:
        """The line that says where the job stands."""
        return self._words.text()

    def title(self) -> str:
        """The job's title."""
        return self._title.text()

    def show_state(self, title: str, state: StageState) -> None:
        """Show where a job stands.

        Args:
            title: The job's title.
            state: Its stage and where the stage stands.
        """
        self._title.setText(title)
        self._say(progress_words(state))
        show_reading(self._bar, state.reading)
        self._cancel.setEnabled(True)
        self.show()

    def show_stopping(self, waits_for: str = "") -> None:
        """Show at once that the job is being stopped.

        Args:
            waits_for: The stage that cannot be interrupted; empty where it can.
        """
        self._say(stopping_words(waits_for))
        self._bar.setRange(0, 0)
        self._cancel.setEnabled(False)
        self.show()

    def clear(self) -> None:
        """Nothing runs."""
        self.hide()
        self._cancel.setEnabled(True)
        self._title.clear()
        self._words.clear()

    def set_cancellable(self, is_cancellable: bool) -> None:  # noqa: FBT001 - a setter's one value
        """Show Cancel, or leave it to buttons of the tab's own."""
        self._cancel.setVisible(is_cancellable)

    def _say(self, words: str) -> None:
        self._words.setText(words)
        self._bar.setAccessibleName(words)

    def _lay_out(self) -> None:
        text = QHBoxLayout()
        text.setSpacing(theme.SPACE_8)
        text.addWidget(self._title)
        text.addWidget(self._words, 1)
        column = QVBoxLayout()
        column.setSpacing(theme.SPACE_8)
        column.addLayout(text)
        column.addWidget(self._bar)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE_16)
        row.addLayout(column, 1)
        row.addWidget(self._cancel)


def build_bar() -> QProgressBar:
    """A thin bar without a number: the words beside it say more."""
    bar = QProgressBar()
    bar.setTextVisible(False)
    bar.setFixedHeight(_BAR_HEIGHT_PX)
    return bar


def show_reading(bar: QProgressBar, reading: Reading) -> None:
    """Fill a bar up to a stage's share; it is busy where the total is not known."""
    if reading.total:
        bar.setRange(0, _BAR_STEPS)
        bar.setValue(round(reading.share * _BAR_STEPS))
    else:
        bar.setRange(0, 0)


def stopping_words(waits_for: str = "") -> str:
    """What is said between a cancel and the job's end.

    Args:
        waits_for: The stage that cannot be interrupted; empty where it can.
    """
    if not waits_for:
        return "Stopping…"
    return f"Stopping after “{waits_for}”, which cannot be interrupted"
