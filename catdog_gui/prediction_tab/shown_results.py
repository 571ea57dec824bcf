"""Which pictures of the list are shown, and in which order: the same for grid and table."""

from enum import Enum

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QSortFilterProxyModel, Qt

from catdog_gui.prediction_tab.result import Result
from catdog_gui.prediction_tab.result_columns import COLUMNS, SortKey
from catdog_gui.prediction_tab.results_model import ResultsModel
from training.inference.judge import NEITHER

_Index = QModelIndex | QPersistentModelIndex


class Kind(Enum):
    """What is shown: all pictures, or those of one verdict. Its value is its words."""

    ALL = "All"
    CATS = "Cats"
    DOGS = "Dogs"
    NEITHER = "Neither"
    UNREADABLE = "Unreadable"


_VERDICTS = {Kind.CATS: "cat", Kind.DOGS: "dog", Kind.NEITHER: NEITHER, Kind.UNREADABLE: None}


class ShownResults(QSortFilterProxyModel):
    """The pictures of one kind whose names have the words, in the order of a column.

    Without a column they stand in the order in which they came.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._results = ResultsModel(self)
        self._kind = Kind.ALL
        self._words = ""
        self._keys: dict[tuple[int, int], SortKey] = {}
        self.set_results(self._results)

    def set_results(self, results: ResultsModel) -> None:
        """Choose among these from now on."""
        self._results = results
        for changed in (results.dataChanged, results.modelReset):
            changed.connect(self._forget_keys)  # before the proxy's own, which asks for them
        self.setSourceModel(results)

    @property
    def is_narrowed(self) -> bool:
        """Whether some pictures may be left out."""
        return self._kind is not Kind.ALL or bool(self._words)

    def narrow(self, kind: Kind, words: str) -> None:
        """Show pictures of a kind, whose names have the words, in any case.

        Args:
            kind: The kind.
            words: A part of the name; empty for any name.
        """
        self._kind, self._words = kind, words.strip().casefold()
        self.invalidate()  # what would only filter is deprecated, its heir is new in Qt 6.10

    def result_at(self, index: _Index) -> Result | None:
        """The picture of a row of this order; None for no row."""
        return self._results.result(self.mapToSource(index).row()) if index.isValid() else None

    def index_of(self, row: int) -> QModelIndex:
        """Where a row of the whole list is shown; an invalid index where it is not."""
        return self.mapFromSource(self._results.index(row, 0))

    def filterAcceptsRow(self, row: int, parent: _Index) -> bool:  # noqa: ARG002, N802 - Qt's form
        """Whether the picture is of the kind, and its name has the words."""
        if not self.is_narrowed:
            return True
        result = self._results.result(row)
        return self._is_of_kind(result) and self._words in result.path.name.casefold()

    def lessThan(self, left: _Index, right: _Index) -> bool:  # noqa: N802 - Qt's name
        """By figures, not by their words."""
        one, other = self._key_of(left), self._key_of(right)
        if one is None or other is None:
            is_rising = self.sortOrder() == Qt.SortOrder.AscendingOrder
            return (one is None) != (other is None) and (other is None) == is_rising
        return bool(one < other)  # type: ignore[operator]  # keys of a column are of one type

    def _key_of(self, index: _Index) -> SortKey:
        """Kept: a sort asks for each of them a dozen times."""
        place = (index.row(), index.column())
        if place not in self._keys:
            self._keys[place] = COLUMNS[place[1]].key_of(self._results.result(place[0]))
        return self._keys[place]

    def _forget_keys(self) -> None:
        self._keys.clear()

    def _is_of_kind(self, result: Result) -> bool:
        if self._kind is Kind.ALL:
            return True
        return result.verdict is not None and result.verdict.verdict == _VERDICTS[self._kind]
