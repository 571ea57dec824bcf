"""One page of the guide, as it is read."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QUrl, Signal
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QTextBrowser, QWidget

from catdog_gui.guide.pages import SUFFIX, linked_page, text_of, title_of
from catdog_gui.widgets.markdown_dress import dress


class PageView(QTextBrowser):
    """Shows pages, remembers the way between them, and leads along their links.

    Args:
        listed: The pages that it can show.

    Attributes:
        page: The page that is shown; empty while there is none.

    Signals:
        page_shown: Another page is shown: its name.
        web_page_requested: The user wants to see that page of the web.
    """

    page_shown = Signal(str)
    web_page_requested = Signal(str)

    def __init__(self, listed: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.page = ""
        self._listed = listed
        self.setOpenLinks(False)
        self.sourceChanged.connect(self._on_source_changed)
        self.anchorClicked.connect(self._on_anchor_clicked)

    def show_page(self, page: str) -> None:
        """Go to a page, from its beginning."""
        self.setSource(QUrl(f"{page}{SUFFIX}"), QTextDocument.ResourceType.MarkdownResource)

    def loadResource(self, kind: int, name: QUrl | str) -> object:  # noqa: N802 - Qt's name
        """The text of a page; Qt asks for nothing else here."""
        page = linked_page(QUrl(name).path(), self._listed)
        return text_of(page, self._listed) if page else super().loadResource(kind, name)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Take the new colours between light and dark."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            dress(self.document(), self.palette())

    def _on_source_changed(self, source: QUrl) -> None:
        """`source()` is still the page before."""
        self.page = linked_page(source.path(), self._listed)
        dress(self.document(), self.palette())
        self.setAccessibleName(title_of(self.page))
        self.page_shown.emit(self.page)

    def _on_anchor_clicked(self, link: QUrl) -> None:
        page = linked_page(link.path(), self._listed)
        if page:
            self.show_page(page)
        else:
            self.web_page_requested.emit(link.toString())
