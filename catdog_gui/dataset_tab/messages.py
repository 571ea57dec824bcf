"""What the tab has to say, and the next step behind its button."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject

from catdog_gui import errors
from catdog_gui.dataset_tab.page import DatasetPage
from catdog_gui.web_pages import PAGES, open_page
from catdog_gui.widgets.banner import BannerKind
from training.errors import UserError


class Messages(QObject):
    """Says things in the page's banner, and takes the step that the last one offers.

    Args:
        page: Has the banner.
    """

    def __init__(self, page: DatasetPage, *, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._banner = page.banner
        self._next_step: Callable[[], None] = lambda: None
        page.banner_action_requested.connect(self.take_next_step)

    def say(
        self,
        kind: BannerKind,
        message: str,
        *,
        hint: str = "",
        details: str = "",
        action: str = "",
        do: Callable[[], None] = lambda: None,
        other: str = "",
        do_other: Callable[[], None] | None = None,
        for_ms: int = 0,
    ) -> None:
        """Show a message; see `Banner.show_message`.

        Args:
            kind: How serious it is.
            message: What happened.
            hint: What to do next.
            details: More for whoever wants it.
            action: The word on its button.
            do: What the button does.
            other: The word on a second button.
            do_other: What that one does.
            for_ms: After how long it closes itself; 0 for never.
        """
        self._next_step = do
        self._banner.show_message(
            kind,
            message,
            hint=hint,
            details=details,
            action=action,
            other=other,
            do_other=do_other,
            for_ms=for_ms,
        )

    def say_error(self, error: BaseException, *, doing: str) -> None:
        """Log an error and say it; see `errors.show_error`.

        The button opens the page on which the next step is done, where the error names one.
        """
        page = error.page if isinstance(error, UserError) else ""
        self._next_step = partial(self.open_page, page)
        errors.show_error(self._banner, error, doing=doing, action=PAGES.get(page, ""))

    def open_page(self, page: str) -> None:
        """Open a web page in the user's browser, or say where it is."""
        if not open_page(page):
            message = "No browser could be opened."
            self.say(BannerKind.INFO, message, hint=f"Open this page yourself: {page}")

    def dismiss(self) -> None:
        """Close what is said."""
        self._banner.dismiss()

    def take_next_step(self) -> None:
        """Do what the message offers, and close it."""
        self._banner.dismiss()
        self._next_step()
