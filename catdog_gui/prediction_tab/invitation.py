"""What the tab shows while it has no pictures."""

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from catdog_gui import theme
from catdog_gui.prediction_tab.controls import Body
from catdog_gui.prediction_tab.first_model import TRAIN_ONE, FirstModel

_ICON_SIZE = QSize(56, 56)
_WIDEST_PX = 420


@dataclass(frozen=True)
class _Words:
    title: str
    sentence: str
    button: str
    icon: str


_DROP = _Words(
    "Drop pictures here",
    "One or many, or whole folders. Your files stay as they are.",
    "Open pictures…",
    "prediction",
)


class Invitation(QWidget):
    """An icon, a sentence, and the one thing to do next.

    Signals:
        first_model_requested: The user wants to go where a first model comes from.
        open_requested: The user wants to choose pictures.
    """

    first_model_requested = Signal()
    open_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._body = Body.NO_RUN
        self._first_model = TRAIN_ONE
        self._icon = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self._title = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self._sentence = QLabel(alignment=Qt.AlignmentFlag.AlignCenter, wordWrap=True)
        self._button = QPushButton()
        self._button.clicked.connect(self._on_button_clicked)
        theme.heading(self._title)
        self._sentence.setFixedWidth(_WIDEST_PX)
        self._lay_out()
        self.set_body(Body.NO_RUN)

    def set_first_model(self, words: FirstModel) -> None:
        """Say how a person comes to a first model."""
        self._first_model = words
        self.set_body(self._body)

    def set_body(self, body: Body) -> None:
        """Invite to get a model, or to drop pictures; another body says nothing new."""
        if body is Body.RESULTS:
            return
        self._body = body
        words = self._first_model if body is Body.NO_RUN else _DROP
        self._title.setText(words.title)
        self._sentence.setText(words.sentence)
        self._button.setText(words.button)
        theme.emphasise(self._button)
        self._icon.setPixmap(theme.icon(words.icon).pixmap(_ICON_SIZE, self.devicePixelRatio()))

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the icon and the button in the new colours between light and dark."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.set_body(self._body)

    def _lay_out(self) -> None:
        centre = Qt.AlignmentFlag.AlignHCenter
        column = QVBoxLayout()
        column.setSpacing(theme.SPACE_12)
        column.addStretch()
        column.addWidget(self._icon)
        column.addWidget(self._title)
        column.addWidget(self._sentence)
        column.addWidget(self._button, alignment=centre)
        column.addStretch()
        row = QHBoxLayout(self)
        row.addStretch()
        row.addLayout(column)
        row.addStretch()

    def _on_button_clicked(self) -> None:
        if self._body is Body.NO_RUN:
            self.first_model_requested.emit()
        else:
            self.open_requested.emit()
