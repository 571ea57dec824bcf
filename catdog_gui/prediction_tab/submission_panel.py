"""A submission to Kaggle in the tab: which pictures, the clip, the file, and its way there."""

from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from catdog_gui import theme
from catdog_gui.prediction_tab import dialogs
from catdog_gui.prediction_tab import submission_words as words
from catdog_gui.prediction_tab.clip_bar import ClipBar
from catdog_gui.prediction_tab.send_form import SendForm
from catdog_gui.prediction_tab.submission_controls import SubmissionControls
from catdog_gui.widgets.elided_label import ElidedLabel
from catdog_gui.widgets.image_drop import ImageDrop
from catdog_gui.widgets.job_progress import JobProgress

_WIDTH_PX = 720
_ICON_SIZE = QSize(16, 16)
_WHAT = (
    "Kaggle's competitions about cats and dogs ask how probable a dog is in each of their numbered "
    "pictures. The model that is chosen above answers."
)
_WHICH = (
    "The competition's zip, or a folder of pictures named 1.jpg, 2.jpg and so on. Or drop it here."
)


class SubmissionPanel(QWidget):
    """A form in the middle of the tab, and how far a job is below it.

    Signals:
        closed: The user wants back.
        zip_requested, folder_requested: The user wants to choose a zip, a folder of pictures.
        dropped: The user dropped a `Dropped`.
        write_requested: The user wants the file written.
    """

    closed = Signal()
    zip_requested = Signal()
    folder_requested = Signal()
    dropped = Signal(object)
    write_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.back = QToolButton()
        self.zip = QPushButton(theme.icon("archive"), "Choose a zip…")
        self.folder = QPushButton(theme.icon("folder"), "Choose a folder…")
        self.pictures = ElidedLabel(words.NOTHING_CHOSEN)
        self.clip_bar = ClipBar()
        self.write = QPushButton(theme.icon("save"), "Write…")
        self.form = SendForm()
        self.progress = JobProgress()
        self._what, self._which = QLabel(_WHAT), QLabel(_WHICH)
        self._sends_next: bool | None = None
        self._lay_out()
        self._connect()

    def set_pictures(self, source: Path | None) -> None:
        """Say which pictures are chosen."""
        self.pictures.setText(words.pictures_words(source))

    def set_controls(self, controls: SubmissionControls) -> None:
        """Switch what is live; the next thing to do stands out."""
        for part in (self.zip, self.folder, self.clip_bar):
            part.setEnabled(controls.can_choose)
        self.write.setEnabled(controls.can_write)
        self.form.set_controls(controls)
        if controls.sends_next != self._sends_next:
            self._sends_next = controls.sends_next
            _emphasise(self.write, "save", is_next=not controls.sends_next)
            _emphasise(self.form.send, "upload", is_next=controls.sends_next)

    def ask_for_zip(self, folder: Path) -> Path | None:
        """Let the user choose a zip; see `dialogs`."""
        return dialogs.ask_for_zip(self, folder)

    def ask_for_folder(self, folder: Path) -> Path | None:
        """Let the user choose a folder; see `dialogs`."""
        return dialogs.ask_for_folder(self, folder)

    def ask_for_output(self, folder: Path) -> Path | None:
        """Let the user choose a file to write; see `dialogs`."""
        return dialogs.ask_for_submission_file(self, folder)

    def _lay_out(self) -> None:
        inside = ImageDrop()
        inside.pictures_dropped.connect(self.dropped)
        inside.setMaximumWidth(_WIDTH_PX)
        self._fill(inside)
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidgetResizable(True)
        scroll.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        scroll.setWidget(inside)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE_12)
        column.addWidget(scroll, 1)
        column.addWidget(self.progress)

    def _fill(self, inside: QWidget) -> None:
        column = QVBoxLayout(inside)
        column.setContentsMargins(*[theme.SPACE_16] * 4)
        column.setSpacing(theme.SPACE_8)
        column.addLayout(self._top())
        column.addWidget(self._what)
        _add_part(column, "Pictures")
        column.addLayout(_row(self.zip, self.folder, self.pictures))
        column.addWidget(self._which)
        _add_part(column, "Clip")
        column.addWidget(self.clip_bar)
        column.addSpacing(theme.SPACE_8)
        column.addLayout(_row(self.write))
        _add_part(column, "Kaggle")
        column.addWidget(self.form)
        column.addStretch()
        for label in (self._what, self._which):
            label.setWordWrap(True)
            theme.caption(label)

    def _top(self) -> QHBoxLayout:
        title = QLabel("Submission to Kaggle")
        theme.heading(title)
        self.back.setIcon(theme.icon("close"))
        self.back.setIconSize(_ICON_SIZE)
        self.back.setAutoRaise(True)
        self.back.setToolTip("Close; what runs goes on")
        self.back.setAccessibleName("Close")
        top = QHBoxLayout()
        top.addWidget(title, 1)
        top.addWidget(self.back)
        return top

    def _connect(self) -> None:
        self.back.clicked.connect(lambda *_: self.closed.emit())
        self.zip.clicked.connect(lambda *_: self.zip_requested.emit())
        self.folder.clicked.connect(lambda *_: self.folder_requested.emit())
        self.write.clicked.connect(lambda *_: self.write_requested.emit())


def _add_part(column: QVBoxLayout, title: str) -> None:
    heading = QLabel(title)
    theme.strong(heading)
    column.addSpacing(theme.SPACE_16)
    column.addWidget(heading)


def _row(*parts: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(theme.SPACE_8)
    for part in parts:
        row.addWidget(part)
    row.addStretch()
    return row


def _emphasise(button: QPushButton, icon_name: str, *, is_next: bool) -> None:
    if is_next:
        theme.emphasise(button, icon_name=icon_name)
    else:
        button.setStyleSheet("")
        button.setIcon(theme.icon(icon_name))
