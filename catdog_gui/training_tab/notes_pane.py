"""What the user writes of a run, beside the lab book."""

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from catdog_gui import theme
from catdog_gui.training_tab.lab_book_words import title_words
from catdog_gui.widgets.elided_label import ElidedLabel
from training.runs.lab_book import RunInfo

_WIDTH_PX = 260
_TELL_AFTER_MS = 800  # a pause in typing


class NotesPane(QWidget):
    """The notes of one run; they are told after a pause, and whenever the user goes elsewhere.

    Signals:
        notes_given: A run's name, and its notes as they are now.
    """

    notes_given = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._run = ""
        self._told = ""
        self._title = ElidedLabel()
        self.text = QPlainTextEdit()
        self._timer = QTimer(self, singleShot=True, interval=_TELL_AFTER_MS)
        self._lay_out()
        self.text.textChanged.connect(self._timer.start)
        self.text.installEventFilter(self)
        self._timer.timeout.connect(self.tell)
        self.show_run(None)

    def show_run(self, info: RunInfo | None) -> None:
        """Show the notes of a run; what the user writes of it now stays."""
        if info is not None and info.run == self._run:
            self._title.setText(title_words(info))
            return
        self.tell()
        self._run = info.run if info is not None else ""
        self._told = info.notes if info is not None else ""
        self._title.setText(title_words(info) if info is not None else "")
        self.text.setPlainText(self._told)
        self._timer.stop()
        self.text.setEnabled(info is not None)
        self.text.setPlaceholderText("Notes on this run" if info is not None else "Choose a run")

    def tell(self) -> None:
        """Tell what was written, if that was not told yet."""
        self._timer.stop()
        written = self.text.toPlainText()
        if self._run and written != self._told:
            self._told = written
            self.notes_given.emit(self._run, written)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """The user goes elsewhere."""
        if event.type() == QEvent.Type.FocusOut:
            self.tell()
        return super().eventFilter(watched, event)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Nothing that was written waits out of sight."""
        self.tell()
        super().hideEvent(event)

    def _lay_out(self) -> None:
        theme.strong(self._title)
        self.text.setAccessibleName("Notes")
        self.text.setTabChangesFocus(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE_4)
        column.addWidget(self._title)
        column.addWidget(self.text, 1)
        self.setFixedWidth(_WIDTH_PX)
