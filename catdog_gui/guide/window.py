"""The guide's window: its pages on the left, the one that is read on the right."""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from catdog_gui import theme
from catdog_gui.guide.page_view import PageView
from catdog_gui.guide.pages import title_of
from catdog_gui.web_pages import open_page
from catdog_gui.widgets.banner import Banner, BannerKind
from catdog_gui.widgets.front import bring_to_front

_SIZE_PX = (980, 700)
_LEAST_SIZE_PX = (640, 420)
_LIST_WIDTH_PX = 232
_ROW_EDGE_PX = 5
_NATIVE = QKeySequence.SequenceFormat.NativeText


class GuideWindow(QWidget):
    """Stands beside the program's window and blocks nothing.

    The pages need no network; a link to a page of the web opens it in the user's browser.

    Args:
        pages: Those that it has, in their order.
        parent: The program's window.
    """

    def __init__(self, pages: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self._pages = pages
        self.contents = QListWidget()
        self.view = PageView(pages)
        self.banner = Banner()
        self.back = self._action("Back", "back", QKeySequence.StandardKey.Back)
        self.forward = self._action("Forward", "forward", QKeySequence.StandardKey.Forward)
        self.setWindowTitle("Guide")
        self.resize(*_SIZE_PX)
        self.setMinimumSize(*_LEAST_SIZE_PX)
        self._fill_contents()
        self._lay_out()
        self._connect()

    def open(self, page: str = "") -> None:
        """Come to the front.

        Args:
            page: The page to show; unless given, the one that was read last, or the first.
        """
        wanted = page or self.view.page or self._pages[0]
        if wanted != self.view.page:
            self.view.show_page(wanted)
        if self.isVisible():
            bring_to_front(self)
        self.show()
        self.view.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Esc closes the window."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def _on_contents_current_row_changed(self, row: int) -> None:
        self.view.show_page(self._pages[row])

    def _on_view_page_shown(self, page: str) -> None:
        with QSignalBlocker(self.contents):
            self.contents.setCurrentRow(self._pages.index(page))

    def _on_view_web_page_requested(self, page: str) -> None:
        if not open_page(page):
            hint = f"Open this page yourself: {page}"
            self.banner.show_message(BannerKind.INFO, "No browser could be opened.", hint=hint)

    def _action(self, words: str, icon: str, keys: QKeySequence.StandardKey) -> QAction:
        action = QAction(theme.icon(icon), words, self)
        action.setShortcuts(keys)
        action.setToolTip(f"{words} ({action.shortcut().toString(_NATIVE)})")
        action.setEnabled(False)
        self.addAction(action)
        return action

    def _fill_contents(self) -> None:
        self.contents.setAccessibleName("Pages")
        self.contents.setWordWrap(True)
        self.contents.setFixedWidth(_LIST_WIDTH_PX)
        self.contents.setStyleSheet(f"QListView::item {{ padding: {_ROW_EDGE_PX}px; }}")
        self.contents.addItems([title_of(page) for page in self._pages])

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.SPACE_4)
        for action in (self.back, self.forward):
            button = QToolButton()
            button.setDefaultAction(action)
            button.setAutoRaise(True)
            buttons.addWidget(button)
        buttons.addStretch()
        left = QVBoxLayout()
        left.setSpacing(theme.SPACE_8)
        left.addLayout(buttons)
        left.addWidget(self.contents, 1)
        right = QVBoxLayout()
        right.setSpacing(theme.SPACE_8)
        right.addWidget(self.banner)
        right.addWidget(self.view, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(*[theme.SPACE_12] * 4)
        row.setSpacing(theme.SPACE_12)
        row.addLayout(left)
        row.addLayout(right, 1)

    def _connect(self) -> None:
        self.contents.currentRowChanged.connect(self._on_contents_current_row_changed)
        self.view.page_shown.connect(self._on_view_page_shown)
        self.view.web_page_requested.connect(self._on_view_web_page_requested)
        self.view.backwardAvailable.connect(self.back.setEnabled)
        self.view.forwardAvailable.connect(self.forward.setEnabled)
        self.back.triggered.connect(self.view.backward)
        self.forward.triggered.connect(self.view.forward)
