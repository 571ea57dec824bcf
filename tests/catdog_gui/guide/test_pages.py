"""The list of pages is that of the guide, and each link in them leads somewhere."""

import re

import pytest

from catdog_gui.guide.pages import PAGES, VIEWER_PAGES, linked_page, text_of, title_of
from catdog_gui.web_pages import PAGES as WEB_PAGES
from training.resources import guide_folder

LINK = re.compile(r"\]\(([^)]*)\)")


def test_every_page_of_the_guide_is_listed():
    assert sorted(PAGES) == sorted(path.stem for path in guide_folder().glob("*.md"))
    assert set(VIEWER_PAGES) <= set(PAGES)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_begins_with_what_it_is_called(page):
    assert 1 < len(title_of(page)) < 50
    assert text_of(page, PAGES).startswith(f"# {title_of(page)}\n")


@pytest.mark.parametrize("listed", [PAGES, VIEWER_PAGES], ids=["CatDog", "CatDog Viewer"])
@pytest.mark.parametrize("page", PAGES)
def test_each_link_of_a_shown_page_can_be_followed(page, listed):
    targets = LINK.findall(text_of(page, listed))
    assert [one for one in targets if not linked_page(one, listed) and one not in WEB_PAGES] == []


@pytest.mark.parametrize("page", PAGES)
def test_a_page_of_the_web_that_the_guide_names_is_one_that_the_program_opens(page):
    source = (guide_folder() / f"{page}.md").read_text(encoding="utf-8")
    named = {target for target in LINK.findall(source) if "://" in target}
    assert named - WEB_PAGES.keys() == set()


def test_a_link_out_of_the_guide_says_where_the_file_lies_instead():
    text = text_of("first-steps", PAGES)
    assert "The house (`docs/house.md` in the source code) lists what is in it." in text
    assert "on the command line (`README.md` in the source code)" in text
    assert "[The settings](settings.md)" in text


@pytest.mark.parametrize("target", ["", "why", "house.md", "../guide/why.md", "why.md#alike"])
def test_what_is_no_listed_page_is_none(target):
    assert linked_page(target, PAGES) == ""
