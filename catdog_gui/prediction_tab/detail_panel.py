"""The picture that is looked at: large, with its verdict in words."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QRectF, QSize, Signal
from PySide6.QtGui import QImage, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from catdog_gui import theme
from catdog_gui.prediction_tab.look import Look
from catdog_gui.prediction_tab.look_bar import LookBar
from catdog_gui.prediction_tab.marks import mark_of
from catdog_gui.prediction_tab.picture_view import PictureView
from catdog_gui.prediction_tab.result import Result
from catdog_gui.prediction_tab.words import sentences_for, share_words, size_words
from catdog_gui.widgets.confidence_bar import ConfidenceBar
from catdog_gui.widgets.elided_label import ElidedLabel
from catdog_gui.widgets.tile_painting import PixmapOf

_ICON_SIZE = QSize(24, 24)


class DetailPanel(QWidget):
    """Shows one `Result`: picture, verdict, confidence, what the model says, name and size.

    Args:
        pixmap_of: Gives the large picture, or None until it is loaded.
        looks: The ways to look at it that are offered.

    Signals:
        look_chosen: The `Look` that the user chose.
    """

    look_chosen = Signal(object)

    def __init__(
        self, pixmap_of: PixmapOf, looks: Sequence[Look], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._result: Result | None = None
        self._picture = PictureView(pixmap_of)
        self._looks = LookBar(looks)
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
        self._looks.chosen.connect(self.look_chosen)
        self._looks.opacity_chosen.connect(self._picture.set_opacity)
        self._picture.set_opacity(self._looks.opacity)
        self.show_result(None)

    @property
    def look(self) -> Look:
        """The way to look that is chosen."""
        return self._looks.look

    def choose_look(self, look: Look) -> None:
        """Choose a way to look as the user would."""
        self._looks.choose(look)

    def clear_look(self) -> None:
        """Show the picture as it is, and say nothing about the look."""
        self._picture.set_heat(None)
        self._picture.set_field(None)
        self._looks.set_words("")

    def show_heat(self, paint: QImage, words: str) -> None:
        """Lay a heat-map over the picture, and say what it means."""
        self._picture.set_heat(paint)
        self._looks.set_words(words)

    def show_look_words(self, words: str) -> None:
        """Say how far the look is, or why there is none."""
        self._looks.set_words(words)

    def show_field(self, field: QRectF | None) -> None:
        """Frame a part of the picture, in shares of its sides."""
        self._picture.set_field(field)

    def show_result(self, result: Result | None) -> None:
        """Show a row; nothing where there is none."""
        self._result = result
        for widget in (
            self._looks,
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
        column.addWidget(self._looks)
        column.addLayout(verdict)
        column.addWidget(self._bar)
        column.addWidget(self._sentence)
        column.addWidget(self._aside)
        column.addSpacing(theme.SPACE_8)
        column.addWidget(self._name)
        column.addWidget(self._size)
        column.addStretch()


def _size_of(path: Path) -> str:
    try:
        return size_words(path.stat().st_size)
    except OSError:
        return ""  # its error row says what is wrong
