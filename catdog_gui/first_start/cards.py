"""Three cards above the tabs: three ways to begin, and a cross for who needs none."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from catdog_gui import theme
from catdog_gui.widgets.image_drop import ImageDrop

_RADIUS_PX = 8.0
_EDGE_PX, _ACTIVE_EDGE_PX = 1.0, 2.0
_ICON_SIZE = QSize(36, 36)
_QUESTION = "Welcome. Where do you want to begin?"
_CLOSE = "Close, and do not ask again"


@dataclass(frozen=True)
class Words:
    """What a card says.

    Attributes:
        title: What a click does.
        sentence: What comes of it.
        icon: One of our icons.
    """

    title: str
    sentence: str
    icon: str


TRY = Words(
    "Try it now",
    "Drop pictures and read the verdicts: a model that knows cats and dogs is here already.",
    "prediction",
)
LEARN = Words(
    "Learn how it works",
    "The guide walks with you from no pictures to a verdict. Five minutes, no download.",
    "guide",
)
TRAIN = Words(
    "Train on real pictures",
    "Bring them from Kaggle, a zip or a folder. Your files stay as they are.",
    "training",
)


class BeginningCard(QAbstractButton):
    """A sheet with an icon, a title and a sentence; all of it is the button."""

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon_name = words.icon
        self._icon = QLabel()
        self._title = QLabel(words.title)
        self._sentence = QLabel(words.sentence, wordWrap=True)
        self.setText(words.title)
        self.setAccessibleDescription(words.sentence)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        theme.strong(self._title)
        theme.caption(self._sentence)
        self._lay_out()
        self._draw_icon()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the icon in the new colours between light and dark."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._draw_icon()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Return does what Space does."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802 - Qt's form
        """A sheet with an edge, in the accent where a click or a key would choose it."""
        palette = self.palette()
        is_active = self.underMouse() or self.hasFocus()
        width = _ACTIVE_EDGE_PX if is_active else _EDGE_PX
        inset = width / 2
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(palette.highlight() if is_active else palette.mid(), width))
        painter.setBrush(palette.alternateBase() if self.isDown() else palette.base())
        sheet = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(sheet, _RADIUS_PX, _RADIUS_PX)
        painter.end()

    def _draw_icon(self) -> None:
        icon = theme.icon(self._icon_name)
        self._icon.setPixmap(icon.pixmap(_ICON_SIZE, self.devicePixelRatio()))

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(theme.SPACE_4)
        words.addWidget(self._title)
        words.addWidget(self._sentence)
        words.addStretch()
        row = QHBoxLayout(self)
        row.setContentsMargins(*[theme.SPACE_12] * 4)
        row.setSpacing(theme.SPACE_12)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        for label in (self._icon, self._title, self._sentence):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)


class BeginningCards(ImageDrop):
    """The question, the cards side by side, and the cross; pictures can be dropped on it, too.

    Signals:
        try_requested, learn_requested, train_requested: The user chose that card.
        closed: The user wants to be rid of it.
    """

    try_requested = Signal()
    learn_requested = Signal()
    train_requested = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._question = QLabel(_QUESTION)
        self.try_card = BeginningCard(TRY)
        self.learn_card = BeginningCard(LEARN)
        self.train_card = BeginningCard(TRAIN)
        self.close_button = QToolButton()
        self.close_button.setIcon(theme.icon("close"))
        self.close_button.setAutoRaise(True)
        self.close_button.setToolTip(_CLOSE)
        self.close_button.setAccessibleName(_CLOSE)
        theme.heading(self._question)
        self.setAccessibleName(_QUESTION)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._lay_out([self.try_card, self.learn_card, self.train_card])
        self.try_card.clicked.connect(lambda *_: self.try_requested.emit())
        self.learn_card.clicked.connect(lambda *_: self.learn_requested.emit())
        self.train_card.clicked.connect(lambda *_: self.train_requested.emit())
        self.close_button.clicked.connect(lambda *_: self.closed.emit())

    def _lay_out(self, cards: Sequence[BeginningCard]) -> None:
        top = QHBoxLayout()
        top.addWidget(self._question, 1)
        top.addWidget(self.close_button)
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE_12)
        for card in cards:
            row.addWidget(card, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.SPACE_16, theme.SPACE_12, theme.SPACE_16, theme.SPACE_12)
        column.setSpacing(theme.SPACE_8)
        column.addLayout(top)
        column.addLayout(row)
