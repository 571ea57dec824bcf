"""Only known pages are opened."""

from urllib.parse import urlsplit

import pytest
from PySide6.QtGui import QDesktopServices

from catdog_gui.web_pages import PAGES, open_page


@pytest.fixture
def opened(monkeypatch):
    pages = []
    monkeypatch.setattr(
        QDesktopServices, "openUrl", lambda url: pages.append(url.toString()) or True
    )
    return pages


@pytest.mark.parametrize("page", PAGES)
def test_a_page_of_the_table_is_opened_as_it_stands_there(opened, page):
    assert open_page(page)
    assert opened == [page]
    assert urlsplit(page).scheme == "https"
    assert urlsplit(page).hostname in {"www.kaggle.com", "www.microsoft.com"}


@pytest.mark.parametrize("page", ["", "https://www.kaggle.com", "file:///etc/passwd"])
def test_no_other_page_is_opened(opened, page):
    assert not open_page(page)
    assert opened == []
