"""The web pages that the program opens in a browser: these, and no others."""

from collections.abc import Mapping

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from training.dataset.kaggle.places import COMPETITIONS, DATA_PAGE, FREE_COPY_PAGE, TOKEN_PAGE

PAGES: Mapping[str, str] = {
    **{competition.page: "Open Kaggle's page" for competition in COMPETITIONS},
    **{competition.rules_page: "Open the rules" for competition in COMPETITIONS},
    **{competition.submissions_page: "Open Kaggle's page" for competition in COMPETITIONS},
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
