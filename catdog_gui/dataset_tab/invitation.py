"""What the tab shows while there is no dataset."""

from PySide6.QtCore import QSize, Qt, Signal, SignalInstance
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from catdog_gui import theme
from catdog_gui.dataset_tab.controls import Controls

_TITLE, _COMING = "No pictures yet.", "The first pictures are on their way."
_ICON_SIZE = QSize(64, 64)
_BUTTON_ICON_SIZE = QSize(20, 20)
_BUTTON_SIZE = QSize(196, 48)


class Invitation(QWidget):
    """A sentence and the four ways to bring pictures.

    Signals:
        kaggle_requested, import_zip_requested, import_folder_requested, sample_requested: The user
            chose a way.
    """

    kaggle_requested = Signal()
    import_zip_requested = Signal()
    import_folder_requested = Signal()
    sample_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self._title = QLabel(_TITLE, alignment=Qt.AlignmentFlag.AlignCenter)
        self._sentence = QLabel(
            "Bring pictures of cats and dogs, or start with drawn ones.",
            alignment=Qt.AlignmentFlag.AlignCenter,
        )
        self._hint = QLabel(
            "You can also drop a zip or a folder here. Your files stay as they are.",
            alignment=Qt.AlignmentFlag.AlignCenter,
        )
        self.kaggle_button = _big_button("From Kaggle…", "download", self.kaggle_requested)
        self.zip_button = _big_button("A zip…", "archive", self.import_zip_requested)
        self.folder_button = _big_button("A folder…", "folder", self.import_folder_requested)
        self.sample_button = _big_button("Drawn sample (5 s)", "draw", self.sample_requested)
        self._ways = QWidget()
        self._icon.setPixmap(theme.icon("image").pixmap(_ICON_SIZE, self.devicePixelRatio()))
        theme.emphasise(self.sample_button, icon_name="draw")
        theme.heading(self._title)
        theme.caption(self._hint)
        self._lay_out()

    def set_controls(self, controls: Controls) -> None:
        """Invite, or say that the first pictures are coming already."""
        self._title.setText(_TITLE if controls.can_add else _COMING)
        for widget in (self._sentence, self._ways, self._hint):
            widget.setVisible(controls.can_add)

    def _lay_out(self) -> None:
        buttons = QHBoxLayout(self._ways)
        buttons.setSpacing(theme.SPACE_16)
        buttons.addStretch()
        for button in (
            self.kaggle_button,
            self.zip_button,
            self.folder_button,
            self.sample_button,
        ):
            buttons.addWidget(button)
        buttons.addStretch()
        column = QVBoxLayout(self)
        column.setSpacing(theme.SPACE_8)
        column.addStretch()
        for label in (self._icon, self._title, self._sentence):
            column.addWidget(label)
        column.addSpacing(theme.SPACE_16)
        column.addWidget(self._ways)
        column.addSpacing(theme.SPACE_16)
        column.addWidget(self._hint)
        column.addStretch()


def _big_button(words: str, icon: str, asked: SignalInstance) -> QPushButton:
    button = QPushButton(theme.icon(icon), words)
    button.setIconSize(_BUTTON_ICON_SIZE)
    button.setFixedSize(_BUTTON_SIZE)
    button.clicked.connect(lambda *_: asked.emit())
    return button
