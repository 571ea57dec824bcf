"""Brings pictures to the list: chosen, pasted, or dropped."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from catdog_gui import errors
from catdog_gui.prediction_tab.page import PredictionPage
from catdog_gui.prediction_tab.pasted import PastedPictures
from catdog_gui.settings import PICTURES_FOLDER, Settings
from catdog_gui.widgets.banner import BannerKind
from catdog_gui.widgets.image_drop import Dropped
from training.errors import PictureError


class PictureBringing(QObject):
    """Asks for pictures, and gives those a file that have none.

    Args:
        page: Asks, and says what cannot be taken.
        settings: Remembers where the pictures were.

    Signals:
        brought: A tuple of files and folders.
    """

    brought = Signal(object)

    def __init__(
        self, page: PredictionPage, settings: Settings, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._page = page
        self._settings = settings
        self._pasted = PastedPictures()
        page.open_requested.connect(self.ask_for_pictures)
        page.folder_requested.connect(self._on_page_folder_requested)
        page.paste_requested.connect(self._on_page_paste_requested)
        page.pictures_dropped.connect(self._on_page_pictures_dropped)
        page.address_dropped.connect(self._on_page_address_dropped)

    def ask_for_pictures(self) -> None:
        """Let the user choose pictures."""
        paths = self._page.ask_for_pictures(self._settings.folder(PICTURES_FOLDER))
        if paths:
            self._settings.set(PICTURES_FOLDER, str(paths[0].parent))
            self.brought.emit(tuple(paths))

    def pasted(self) -> frozenset[Path]:
        """The files of pasted pictures, which go when the program ends."""
        return self._pasted.paths

    def set_pasted_aside(self) -> PastedPictures:
        """Begin anew; the pasted pictures so far last as long as what is returned."""
        aside, self._pasted = self._pasted, PastedPictures()
        return aside

    def take_back_pasted(self, aside: PastedPictures) -> None:
        """Go on where `set_pasted_aside` began anew; what was pasted since then goes."""
        self._pasted = aside

    def _on_page_folder_requested(self) -> None:
        folder = self._page.ask_for_folder(self._settings.folder(PICTURES_FOLDER))
        if folder is not None:
            self._settings.set(PICTURES_FOLDER, str(folder))
            self.brought.emit((folder,))

    def _on_page_paste_requested(self) -> None:
        pasted = self._page.clipboard()
        if pasted is None:
            self._page.banner.show_message(
                BannerKind.INFO,
                "There is no picture on the clipboard.",
                hint="Copy a picture, or picture files, and paste again.",
            )
            return
        self._on_page_pictures_dropped(pasted)

    def _on_page_pictures_dropped(self, dropped: Dropped) -> None:
        if dropped.image is None:
            self.brought.emit(tuple(dropped.paths))
        else:
            self._bring_image(dropped.image)

    def _on_page_address_dropped(self) -> None:
        self._page.banner.show_message(
            BannerKind.INFO,
            "That is a web address, and nothing is fetched from the web.",
            hint="Drag the picture itself, or copy it in the browser and paste it here.",
        )

    def _bring_image(self, image: QImage) -> None:
        try:
            path = self._pasted.keep(image)
        except (PictureError, OSError) as error:
            errors.show_error(self._page.banner, error, doing="Pasting a picture")
        else:
            self.brought.emit((path,))
