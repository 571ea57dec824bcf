"""Kaggle in the tab: who asks, what is downloaded, and where it comes from without an account."""

from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from catdog_gui import theme
from catdog_gui.dataset_tab import dialogs
from catdog_gui.dataset_tab import kaggle_words as words
from catdog_gui.dataset_tab.kaggle_controls import Found, KaggleControls
from catdog_gui.dataset_tab.kaggle_download_form import DownloadForm
from catdog_gui.dataset_tab.kaggle_token_form import TokenForm
from training.dataset.kaggle.places import FREE_COPY_PAGE, RULES_PAGE
from training.dataset.kaggle.store import Place

_WIDTH_PX = 720
_ICON_SIZE = QSize(16, 16)
_WHAT = (
    "25,000 photographs of the competition “Dogs vs. Cats”. Kaggle asks for a free account, and "
    f"for {words.link(RULES_PAGE, 'the rules of the competition')} to be accepted once."
)
_WITHOUT = (
    "No account at Kaggle? Microsoft gives the same pictures as a zip, “Kaggle Cats and Dogs "
    f"Dataset”: {words.link(FREE_COPY_PAGE, 'download it in a browser')}, and drop it here."
)


class KagglePanel(QScrollArea):
    """A form in the middle of the tab.

    Signals:
        closed: The user wants back.
        keep_requested: The user gives a token, as a `Secret`, to be kept in a `Place`.
        file_requested: The user wants to choose a file that holds one.
        test_requested, forget_requested: The user wants to know whose it is; to have it forgotten.
        download_requested: The user wants what a `DownloadConfig` says.
        throw_away_requested: The user wants what has come of a stopped download deleted.
        page_requested: The user wants to see a web page.
    """

    closed = Signal()
    keep_requested = Signal(object, object)
    file_requested = Signal()
    test_requested = Signal()
    forget_requested = Signal()
    download_requested = Signal(object)
    throw_away_requested = Signal()
    page_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.token_form = TokenForm()
        self.download_form = DownloadForm()
        self.back = QToolButton()
        self._what, self._without = QLabel(_WHAT), QLabel(_WITHOUT)
        self._lay_out()
        self._connect()

    @property
    def place(self) -> Place:
        """Where a token is to be kept."""
        return self.token_form.place

    def set_controls(self, controls: KaggleControls) -> None:
        """Show what the state calls for."""
        self.token_form.set_controls(controls)
        self.download_form.set_controls(controls)

    def set_name(self, name: str) -> None:
        """Propose a name for the dataset."""
        self.download_form.set_name(name)

    def show_found(self, found: Found) -> None:
        """Show what there is."""
        self.token_form.show_found(found)
        self.download_form.show_found(found)

    def clear_token(self) -> None:
        """Empty the line for a token."""
        self.token_form.clear()

    def ask_for_token_file(self) -> Path | None:
        """Let the user choose a file that holds a token; see `dialogs`."""
        return dialogs.ask_for_token_file(self)

    def _lay_out(self) -> None:
        inside = QWidget()
        inside.setMaximumWidth(_WIDTH_PX)
        column = QVBoxLayout(inside)
        column.setContentsMargins(theme.SPACE_8, theme.SPACE_8, theme.SPACE_8, theme.SPACE_8)
        column.setSpacing(theme.SPACE_8)
        column.addLayout(self._top())
        column.addWidget(self._what)
        for title, form in (("Token", self.token_form), ("Pictures", self.download_form)):
            heading = QLabel(title)
            theme.strong(heading)
            column.addSpacing(theme.SPACE_16)
            column.addWidget(heading)
            column.addWidget(form)
        column.addSpacing(theme.SPACE_16)
        column.addWidget(self._without)
        column.addStretch()
        for label in (self._what, self._without):
            label.setWordWrap(True)
            theme.caption(label)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidgetResizable(True)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.setWidget(inside)

    def _top(self) -> QHBoxLayout:
        title = QLabel("Kaggle's cats and dogs")
        theme.heading(title)
        self.back.setIcon(theme.icon("close"))
        self.back.setIconSize(_ICON_SIZE)
        self.back.setAutoRaise(True)
        self.back.setToolTip("Close; a download goes on")
        self.back.setAccessibleName("Close")
        top = QHBoxLayout()
        top.addWidget(title, 1)
        top.addWidget(self.back)
        return top

    def _on_download_requested(self) -> None:
        self.download_requested.emit(self.download_form.config())

    def _connect(self) -> None:
        token, download = self.token_form, self.download_form
        self.back.clicked.connect(lambda *_: self.closed.emit())
        token.keep_requested.connect(self.keep_requested)
        token.file_requested.connect(self.file_requested)
        token.test_requested.connect(self.test_requested)
        token.forget_requested.connect(self.forget_requested)
        download.download_requested.connect(self._on_download_requested)
        download.throw_away_requested.connect(self.throw_away_requested)
        for label in (self._what, self._without):
            label.linkActivated.connect(self.page_requested)
        token.page_requested.connect(self.page_requested)
