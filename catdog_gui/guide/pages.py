"""The pages of the guide: which there are, what they are called, and where their links lead."""

import posixpath
import re
from collections.abc import Sequence

from catdog_gui import web_pages
from training.resources import guide_folder

PAGES = (
    *("first-steps", "check", "kaggle", "settings", "long-trainings", "lab-book", "gpu"),
    *("verdicts", "why", "judging", "models-from-others"),
)
"""Files of `docs/guide/` without their suffix, in the order in which they are listed."""
VIEWER_PAGES = ("verdicts", "why")
"""Those that CatDog Viewer has."""

SUFFIX = ".md"
_SOURCE_FOLDER = "docs/guide"
_LINK = re.compile(r"\[([^\]]*)\]\(([^)\s]+)\)")
_HEADING_MARK = "# "


def title_of(page: str) -> str:
    """A page's first heading."""
    return _read(page).partition("\n")[0].removeprefix(_HEADING_MARK)


def text_of(page: str, listed: Sequence[str]) -> str:
    """A page in Markdown, without links that would lead nowhere from here.

    Args:
        page: One of `PAGES`.
        listed: The pages that can be shown; a link to another file says where that lies instead.
    """
    return _LINK.sub(lambda link: _link_words(link, listed), _read(page))


def linked_page(target: str, listed: Sequence[str]) -> str:
    """The listed page that a link means; empty where it means none."""
    name = target.removesuffix(SUFFIX)
    return name if target.endswith(SUFFIX) and name in listed else ""


def _link_words(link: re.Match[str], listed: Sequence[str]) -> str:
    words, target = link.groups()
    if target in web_pages.PAGES or linked_page(target, listed):
        return link.group()
    file = posixpath.normpath(posixpath.join(_SOURCE_FOLDER, target.partition("#")[0]))
    return f"{words} (`{file}` in the source code)"


def _read(page: str) -> str:
    return (guide_folder() / f"{page}{SUFFIX}").read_text(encoding="utf-8")
