"""The picture that is looked at: large, with its verdict in words."""

from pathlib import Path

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from catdog_gui import theme
from catdog_gui.prediction_tab.card import paint_picture
from catdog_gui.prediction_tab.marks import mark_of
from catdog_gui.prediction_tab.result import Result
from catdog_gui.prediction_tab.words import sentences_for, share_words, size_words
from catdog_gui.widgets.confidence_bar import ConfidenceBar
from catdog_gui.widgets.elided_label import ElidedLabel
from catdog_gui.widgets.tile_painting import PixmapOf

_ICON_SIZE = QSize(24, 24)
_LEAST_PICTURE = QSize(200, 160)
_MOST_SCALE = 2.0


class DetailPanel(QWidget):
    """Shows one `Result`: picture, verdict, confidence, what the model says, name and size.

    Args:
        pixmap_of: Gives the large picture, or None until it is loaded.
    """

    def __init__(self, pixmap_of: PixmapOf, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._result: Result | None = None
        self._picture = _Picture(pixmap_of)
        self._icon = QLabel()
        self._verdict = QLabel()
        self._bar = ConfidenceBar()
        self._sentence = QLabel(wordWrap=True)
        self._aside = QLabel(wordWrap=True)
        self._name = ElidedLabel()
        self._size = QLabel()
        theme.heading(self._verdict)
        theme.caption(self._aside)
        theme.caption(self._size)
        self._lay_out()
        self.show_result(None)

    def show_result(self, result: Result | None) -> None:
        """Show a row; nothing where there is none."""
        self._result = result
        for widget in (
            self._icon,
            self._verdict,
            self._bar,
            self._sentence,
            self._aside,
            self._name,
            self._size,
        ):
            widget.setVisible(result is not None)
        self._picture.show_path(result.path if result else None)
        if result is not None:
            self._show_words(result)

    def refresh_picture(self) -> None:
        """The picture may be loaded now."""
        self._picture.update()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Show the verdict in the new colours between light and dark."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.show_result(self._result)

    def _show_words(self, result: Result) -> None:
        mark = mark_of(result)
        self._icon.setPixmap(mark.icon().pixmap(_ICON_SIZE, self.devicePixelRatio()))
        self._icon.setVisible(bool(mark.meaning))
        self._verdict.setText(mark.words)
        palette = QPalette(self.palette())
        palette.setColor(QPalette.ColorRole.WindowText, mark.text_colour())
        self._verdict.setPalette(palette)
        sentence, aside = sentences_for(result.verdict) if result.verdict else ("", "")
        self._sentence.setText(sentence)
        self._aside.setText(aside)
        self._aside.setVisible(bool(aside))
        self._name.setText(result.name)
        self._name.setToolTip(f"{result.name}\n{result.path.parent}")
        self._size.setText(_size_of(result.path))
        self._show_confidence(result)

    def _show_confidence(self, result: Result) -> None:
        verdict = result.verdict
        if verdict is None or verdict.verdict is None or verdict.confidence is None:
            self._bar.clear()
            self._bar.hide()
            return
        self._bar.set_confidence(
            verdict.verdict, verdict.confidence, number=share_words(verdict.confidence)
        )

    def _lay_out(self) -> None:
        verdict = QHBoxLayout()
        verdict.setSpacing(theme.SPACE_8)
        verdict.addWidget(self._icon)
        verdict.addWidget(self._verdict, stretch=1)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.SPACE_12, theme.SPACE_4, 0, theme.SPACE_4)
        column.setSpacing(theme.SPACE_8)
        column.addWidget(self._picture)
        column.addLayout(verdict)
        column.addWidget(self._bar)
        column.addWidget(self._sentence)
        column.addWidget(self._aside)
        column.addSpacing(theme.SPACE_8)
        column.addWidget(self._name)
        column.addWidget(self._size)
        column.addStretch()


class _Picture(QWidget):
    """Paints the picture whole, in a square that gives way where there is no room for it."""

    def __init__(self, pixmap_of: PixmapOf) -> None:
        super().__init__()
        self._pixmap_of = pixmap_of
        self._path: Path | None = None
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMinimumSize(_LEAST_PICTURE)

    def show_path(self, path: Path | None) -> None:
        self._path = path
        self.update()

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's name
        return width

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802 - Qt's form
        if self._path is None:
            return
        painter = QPainter(self)
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
        )
        pixmap = _enlarged(self._pixmap_of(self._path), self.size())
        paint_picture(painter, self.rect(), pixmap, palette=self.palette())
        painter.end()


def _enlarged(pixmap: QPixmap | None, room: QSize) -> QPixmap | None:
    """A small picture at most doubled: larger it would only be a blur."""
    if pixmap is None or pixmap.isNull():
        return pixmap
    shown = pixmap.deviceIndependentSize()
    scale = min(room.width() / shown.width(), room.height() / shown.height(), _MOST_SCALE)
    if scale <= 1:
        return pixmap
    larger = QPixmap(pixmap)
    larger.setDevicePixelRatio(pixmap.devicePixelRatio() / scale)
    return larger


def _size_of(path: Path) -> str:
    try:
        return size_words(path.stat().st_size)
    except OSError:
        return ""  # its error row says what is wrong
