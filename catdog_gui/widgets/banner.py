"""A message inside a tab: icon, sentence, next step, details, and a cross to close it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum, auto

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from catdog_gui import theme

_ICON_PX = 20
_RADIUS_PX = 8.0
_STRIPE_PX = 4.0
_FILL_ALPHA = 26
_EDGE_ALPHA = 90
_DETAILS_HEIGHT_PX = 150


class BannerKind(Enum):
    """How serious a message is."""

    INFO = auto()
    SUCCESS = auto()
    WARNING = auto()
    ERROR = auto()


@dataclass(frozen=True)
class _Look:
    icon: str
    meaning: str
    word: str


_LOOKS: Mapping[BannerKind, _Look] = {
    BannerKind.INFO: _Look("info", "", "Note"),
    BannerKind.SUCCESS: _Look("check", "good", "Done"),
    BannerKind.WARNING: _Look("warning", "warning", "Warning"),
    BannerKind.ERROR: _Look("error", "warning", "Error"),
}


class Banner(QFrame):
    """Shows one message at a time; hidden while there is none.

    Signals:
        action_requested: The user pressed the button with the next step, and the message did not
            say itself what that is.
        closed: The user closed the message that this string is.
        dismissed: The message is gone, whoever closed it.
    """

    action_requested = Signal()
    closed = Signal(str)
    dismissed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kind = BannerKind.INFO
        self._icon = QLabel()
        self._message = _wrapping_label()
        self._hint = _wrapping_label()
        self._other = QPushButton()
        self._action = QPushButton()
        self._details_button = QToolButton()
        self._close = QToolButton()
        self._details = QPlainTextEdit()
        self._do: Callable[[], None] | None = None
        self._do_other: Callable[[], None] | None = None
        self._timer = QTimer(self, singleShot=True)
        self._dress()
        self._lay_out()
        self._connect()
        self.hide()

    def message(self) -> str:
        """The sentence that is shown; empty while there is none."""
        return self._message.text() if not self.isHidden() else ""

    def hint(self) -> str:
        """The next step that is shown."""
        return self._hint.text()

    def details(self) -> str:
        """What is behind Details."""
        return self._details.toPlainText()

    def show_message(
        self,
        kind: BannerKind,
        message: str,
        *,
        hint: str = "",
        details: str = "",
        action: str = "",
        do: Callable[[], None] | None = None,
        other: str = "",
        do_other: Callable[[], None] | None = None,
        for_ms: int = 0,
    ) -> None:
        """Show a message in place of the last one.

        Args:
            kind: How serious it is.
            message: A sentence, present tense: what happened.
            hint: A sentence: what to do next.
            details: More for whoever wants it, such as a traceback.
            action: The word on the button that takes the next step; no button without it.
            do: What the button does once the message is closed; without it, `action_requested`
                tells that it was pressed.
            other: The word on a second button, before that one; none without it.
            do_other: What it does once the message is closed.
            for_ms: After how long the message closes itself; 0 for never.
        """
        self.kind = kind
        self._do, self._do_other = do, do_other
        self._timer.stop()
        if for_ms:
            self._timer.start(for_ms)
        look = _LOOKS[kind]
        self._icon.setPixmap(theme.icon(look.icon, meaning=look.meaning).pixmap(_ICON_PX))
        self._message.setText(message)
        _fill(self._hint, hint)
        for button, word in ((self._other, other), (self._action, action)):
            button.setText(word)
            button.setVisible(bool(word))
        self._fill_details(details)
        self.setAccessibleName(f"{look.word}: {message} {hint}".strip())
        self.show()
        self.update()

    def dismiss(self) -> None:
        """Close the message; nothing happens where there is none."""
        if self.isHidden():
            return
        self._timer.stop()
        self._do = self._do_other = None
        self.hide()
        self.dismissed.emit()

    def close_by_user(self) -> None:
        """Close the message because the user has seen it."""
        if not self.isHidden():
            self.closed.emit(self.message())
        self.dismiss()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Esc closes the message."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_by_user()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802 - Qt's form
        """Paint a quiet tint with a stripe in the message's colour."""
        area = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        shade = self._shade()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(_with_alpha(shade, _EDGE_ALPHA))
        painter.setBrush(_with_alpha(shade, _FILL_ALPHA))
        painter.drawRoundedRect(area, _RADIUS_PX, _RADIUS_PX)
        painter.setClipRect(QRectF(0, 0, _STRIPE_PX, self.height()))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(shade)
        painter.drawRoundedRect(area, _RADIUS_PX, _RADIUS_PX)
        painter.end()

    def _shade(self) -> QColor:
        meaning = _LOOKS[self.kind].meaning
        return (
            theme.colour(meaning) if meaning else self.palette().color(QPalette.ColorRole.Highlight)
        )

    def _fill_details(self, details: str) -> None:
        self._details.setPlainText(details)
        self._details_button.setVisible(bool(details))
        self._details_button.setChecked(False)
        self._details.hide()

    def _on_action_clicked(self) -> None:
        if self._do is None:
            self.action_requested.emit()
            return
        do = self._do
        self.dismiss()
        do()

    def _on_other_clicked(self) -> None:
        do = self._do_other
        self.dismiss()
        if do is not None:
            do()

    def _on_details_toggled(self, is_open: bool) -> None:  # noqa: FBT001 - Qt's signal
        self._details_button.setArrowType(
            Qt.ArrowType.DownArrow if is_open else Qt.ArrowType.RightArrow
        )
        self._details.setVisible(is_open)

    def _dress(self) -> None:
        theme.strong(self._message)
        self._details_button.setText("Details")
        self._details_button.setCheckable(True)
        self._details_button.setArrowType(Qt.ArrowType.RightArrow)
        self._details_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._close.setIcon(theme.icon("close"))
        self._close.setIconSize(QSize(16, 16))
        self._close.setToolTip("Close this message")
        self._close.setAccessibleName("Close this message")
        for button in (self._details_button, self._close):
            button.setAutoRaise(True)
        self._details.setReadOnly(True)
        self._details.setFont(theme.fixed_font())
        self._details.setFixedHeight(_DETAILS_HEIGHT_PX)
        self._details.setAccessibleName("Details")

    def _lay_out(self) -> None:
        text = QVBoxLayout()
        text.setSpacing(theme.SPACE_4)
        text.addWidget(self._message)
        text.addWidget(self._hint)
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE_12)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(text, 1)
        for button in (self._other, self._action, self._details_button, self._close):
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.SPACE_16, theme.SPACE_12, theme.SPACE_12, theme.SPACE_12)
        column.setSpacing(theme.SPACE_8)
        column.addLayout(row)
        column.addWidget(self._details)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def _connect(self) -> None:
        self._action.clicked.connect(self._on_action_clicked)
        self._other.clicked.connect(self._on_other_clicked)
        self._timer.timeout.connect(self.dismiss)
        self._close.clicked.connect(self.close_by_user)
        self._details_button.toggled.connect(self._on_details_toggled)


def _wrapping_label() -> QLabel:
    label = QLabel()
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


def _fill(label: QLabel, text: str) -> None:
    label.setText(text)
    label.setVisible(bool(text))


def _with_alpha(shade: QColor, alpha: int) -> QColor:
    faint = QColor(shade)
    faint.setAlpha(alpha)
    return faint
