"""The web pages that the tab opens in a browser: these, and no others."""

from collections.abc import Mapping

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from training.dataset.kaggle.places import DATA_PAGE, FREE_COPY_PAGE, RULES_PAGE, TOKEN_PAGE

PAGES: Mapping[str, str] = {
    RULES_PAGE: "Open the rules",
    TOKEN_PAGE: "Open Kaggle's settings",
    DATA_PAGE: "Open Kaggle's page",
    FREE_COPY_PAGE: "Open Microsoft's page",
}
"""The words of a button for each."""


def open_page(page: str) -> bool:
    """Open one of the pages in the user's browser.

    Returns:
        Whether that worked; never for a page that is not in the table.
    """
    return page in PAGES and QDesktopServices.openUrl(QUrl(page))
