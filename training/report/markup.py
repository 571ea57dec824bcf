"""Pieces of HTML: words that cannot be mistaken for tags, tables, and Markdown's few forms."""

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

_STRONG = re.compile(r"\*\*(.+?)\*\*")
_CODE = re.compile(r"`(.+?)`")
_HEADING = re.compile(r"(#+) (.*)")


def escaped(words: str) -> str:
    """Words as text of a page or of an attribute.

    A file's name may hold bytes that are no text on this system: each of them becomes "?".
    """
    return html.escape(words.encode("utf-8", "replace").decode("utf-8"))


def element(tag: str, *parts: str, css_class: str = "") -> str:
    """An element around parts that are HTML already."""
    attribute = f' class="{css_class}"' if css_class else ""
    return f"<{tag}{attribute}>{''.join(parts)}</{tag}>"


def paragraph(words: str, *, css_class: str = "") -> str:
    """A paragraph of plain words."""
    return element("p", escaped(words), css_class=css_class)


def bullets(rows: Iterable[str]) -> str:
    """A list of plain words."""
    return element("ul", *(element("li", escaped(row)) for row in rows))


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of plain words, whose first column names its rows.

    Args:
        heads: One word or more a column.
        rows: As many cells each.
    """
    return _table(
        [escaped(head) for head in heads], [[escaped(one) for one in row] for row in rows]
    )


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    head = "".join(f'<th scope="col">{one}</th>' for one in heads)
    body = (
        element("tr", f'<th scope="row">{row[0]}</th>', *(element("td", one) for one in row[1:]))
        for row in rows
    )
    whole = element("thead", element("tr", head)) + element("tbody", *body)
    return element("div", element("table", whole), css_class="wide")


def from_markdown(text: str, *, below: int = 1) -> str:
    """Markdown as a model card uses it: headings, lists, tables, paragraphs, bold, code.

    Args:
        text: What is no such form stays the text that it is; no HTML in it counts as such.
        below: How many levels deeper its headings stand in the page, at least 0.
    """
    blocks = groupby(text.splitlines(), key=_kind_of)
    return "\n".join(
        piece for kind, lines in blocks for piece in _block(kind, list(lines), below=below)
    )


def _kind_of(line: str) -> str:
    if not line.strip():
        return "gap"
    if _HEADING.fullmatch(line):
        return "heading"
    return {"- ": "list", "| ": "table"}.get(line[:2], "words")


def _block(kind: str, lines: Sequence[str], *, below: int) -> Iterator[str]:
    match kind:
        case "heading":
            yield from (_heading(line, below) for line in lines)
        case "list":
            yield element("ul", *(element("li", _inline(line[2:])) for line in lines))
        case "table":
            head, _, *rows = (_cells(line) for line in lines)
            yield _table(head, rows)
        case "words":
            yield element("p", _inline(" ".join(lines)))


def _heading(line: str, below: int) -> str:
    signs, words = line.split(" ", 1)
    return element(f"h{min(len(signs) + below, 6)}", _inline(words))


def _cells(line: str) -> list[str]:
    return [_inline(cell.strip()) for cell in line.strip().strip("|").split("|")]


def _inline(words: str) -> str:
    return _STRONG.sub(r"<strong>\1</strong>", _CODE.sub(r"<code>\1</code>", escaped(words)))
