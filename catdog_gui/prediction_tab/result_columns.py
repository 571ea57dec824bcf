"""What the table says of a picture, column by column."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from catdog_gui.prediction_tab.result import Result
from catdog_gui.prediction_tab.words import share_words, text_words, verdict_words
from training.inference.results_file import plain_cell

SortKey = str | float | None


@dataclass(frozen=True)
class ResultColumn:
    """One column.

    Attributes:
        title: Its heading.
        help_text: What it means.
        words_of: A row's cell.
        key_of: What rows are sorted by; rows where it is None come last in either order. All
            others of a column are of one type.
        is_number: Whether its cells stand in the middle.
    """

    title: str
    help_text: str
    words_of: Callable[[Result], str]
    key_of: Callable[[Result], SortKey]
    is_number: bool = False


def _verdict(result: Result) -> str:
    return verdict_words(result.verdict, is_reading=result.is_reading)


def _confidence(result: Result) -> float | None:
    return result.verdict.confidence if result.verdict else None


def _p_dog(result: Result) -> float | None:
    return result.verdict.p_dog if result.verdict else None


def _share(share: float | None) -> str:
    return "" if share is None else share_words(share)


def _place(result: Result) -> str:
    error = result.verdict.error if result.verdict else None
    return error or text_words(str(result.path.parent))


COLUMNS = (
    ResultColumn(
        "File",
        "The file's name",
        lambda result: result.name,
        lambda result: result.path.name.casefold(),
    ),
    ResultColumn("Verdict", "What the picture shows", _verdict, _verdict),
    ResultColumn(
        "Confidence",
        "How likely the verdict is right, from 0 to 1",
        lambda result: _share(_confidence(result)),
        _confidence,
        is_number=True,
    ),
    ResultColumn(
        "p(dog)",
        "The probability of dog, from 0 to 1; that of cat is the rest",
        lambda result: _share(_p_dog(result)),
        _p_dog,
        is_number=True,
    ),
    ResultColumn(
        "Folder or reason",
        "Where the file is; of one that cannot be read, why",
        _place,
        _place,
    ),
)
"""From left to right."""

FILE, VERDICT, CONFIDENCE, P_DOG, PLACE = range(len(COLUMNS))


def rows_text(results: Iterable[Result]) -> str:
    """Rows as a spreadsheet takes them from the clipboard: tabs between cells, no headings."""
    return "\n".join("\t".join(_cells(result)) for result in results)


def _cells(result: Result) -> list[str]:
    return [plain_cell(" ".join(column.words_of(result).split())) for column in COLUMNS]
