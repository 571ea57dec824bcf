"""The most similar training pictures, with their labels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from catdog_gui import theme
from catdog_gui.prediction_tab.wide_view import WideView
from catdog_gui.prediction_tab.words import alike_words
from catdog_gui.widgets.thumbnail_view import ThumbnailView
from training.dataset.pages import PicturePages

if TYPE_CHECKING:
    from training.inference.alike import Alike


class AlikeView(WideView):
    """Cards like those of the Dataset tab, and what they tell in words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("The most similar training pictures", parent)
        self._told = QLabel(wordWrap=True)
        self._pictures = ThumbnailView()
        self._pictures.setAccessibleName("The most similar training pictures")
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE_8)
        column.addWidget(self._told)
        column.addWidget(self._pictures, stretch=1)
        self.set_body(body)
        self.clear()

    def clear(self) -> None:
        """Show nothing."""
        self._pictures.set_pictures(PicturePages())
        self.show_failure("")

    def show_alike(self, alike: Alike) -> None:
        """Show pictures, the most similar first."""
        labels = [picture.label for picture in alike.pictures]
        self._told.setText(alike_words(labels, alike.likeness, is_changed=alike.is_changed))
        self._pictures.set_pictures(PicturePages.of(alike.pictures))
        self.show_body()
