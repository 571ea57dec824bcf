"""The Kaggle panel's lower part: what to download, and the button that does."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from catdog_gui import theme
from catdog_gui.dataset_tab import kaggle_words as words
from catdog_gui.dataset_tab.kaggle_controls import Found, KaggleControls
from training.config import DownloadConfig
from training.dataset.kaggle.places import ABOUT_TRAIN_BYTES, ABOUT_WHOLE_BYTES, TRAIN_FILE

_TRAIN = f"{TRAIN_FILE}: all pictures with a class ({words.size_words(ABOUT_TRAIN_BYTES)})"
_WHOLE = f"Everything, also test1.zip ({words.size_words(ABOUT_WHOLE_BYTES)})"


class DownloadForm(QWidget):
    """Name, extent, what it needs, and Download or Go on.

    Signals:
        download_requested: The user wants what `config` says.
        throw_away_requested: The user wants what has come of a stopped download deleted.
    """

    download_requested = Signal()
    throw_away_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = QLineEdit()
        self.train, self.whole = QRadioButton(_TRAIN), QRadioButton(_WHOLE)
        self.space, self.part = QLabel(wordWrap=True), QLabel()
        self.button = QPushButton()
        self.throw_away = QPushButton(theme.icon("trash"), "Throw away")
        self._found = Found()
        self._is_emphasised: bool | None = None
        self._dress()
        self._lay_out()
        self._connect()

    def config(self) -> DownloadConfig:
        """What the form says."""
        return DownloadConfig(name=self.name.text().strip(), whole=self.whole.isChecked())

    def set_name(self, name: str) -> None:
        """Propose a name for the dataset."""
        self.name.setText(name)

    def set_controls(self, controls: KaggleControls) -> None:
        """Switch what is live; Download stands out once it is the next thing to do."""
        self.button.setText("Go on" if controls.goes_on else "Download")
        self.button.setEnabled(controls.can_download)
        if controls.can_download != self._is_emphasised:
            self._emphasise(is_next=controls.can_download)
        self.throw_away.setVisible(controls.goes_on)
        self.throw_away.setEnabled(controls.can_throw_away)

    def show_found(self, found: Found) -> None:
        """Show what has come already, and what the disk has."""
        begun = found.begun
        if begun is not None and begun != self._found.begun:
            (self.whole if begun.whole else self.train).setChecked(True)
        self._found = found
        self.part.setText(words.part_words(begun.part) if begun else "")
        self._settle()

    def _settle(self) -> None:
        found, whole = self._found, self.whole.isChecked()
        self.space.setText(words.space_words(found.free_bytes, whole=whole, begun=found.begun))

    def _emphasise(self, *, is_next: bool) -> None:
        self._is_emphasised = is_next
        if is_next:
            theme.emphasise(self.button, icon_name="download")
        else:
            self.button.setStyleSheet("")
            self.button.setIcon(theme.icon("download"))

    def _dress(self) -> None:
        self.train.setChecked(True)
        self.name.setAccessibleName("Name of the dataset")
        self.whole.setToolTip("The pictures of test1.zip state no class and are not imported")
        self.throw_away.setToolTip("Delete what has come of the download")
        theme.caption(self.space)
        theme.caption(self.part)

    def _lay_out(self) -> None:
        name = QLabel("Name")
        name.setBuddy(self.name)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.SPACE_8)
        for button in (self.button, self.throw_away):
            buttons.addWidget(button)
        buttons.addWidget(self.part, 1)
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.SPACE_12)
        grid.setVerticalSpacing(theme.SPACE_8)
        grid.addWidget(name, 0, 0)
        grid.addWidget(self.name, 0, 1)
        for row, widget in enumerate((self.train, self.whole, self.space), start=1):
            grid.addWidget(widget, row, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE_16)
        column.addLayout(grid)
        column.addLayout(buttons)

    def _connect(self) -> None:
        self.whole.toggled.connect(lambda _: self._settle())
        self.button.clicked.connect(lambda *_: self.download_requested.emit())
        self.throw_away.clicked.connect(lambda *_: self.throw_away_requested.emit())
