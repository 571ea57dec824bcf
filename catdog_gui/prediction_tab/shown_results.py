"""Which pictures of the list are shown, and in which order: the same for grid and table."""

from collections.abc import Iterable, Sequence
from enum import Enum

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from catdog_gui.prediction_tab.result import Result
from catdog_gui.prediction_tab.result_columns import COLUMNS, SortKey
from catdog_gui.prediction_tab.results_model import ResultsModel, stretches
from training.inference.judge import NEITHER

_Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()
_NO_COLUMN = -1


class Kind(Enum):
    """What is shown: all pictures, or those of one verdict. Its value is its words."""

    ALL = "All"
    CATS = "Cats"
    DOGS = "Dogs"
    NEITHER = "Neither"
    UNREADABLE = "Unreadable"


_VERDICTS = {Kind.CATS: "cat", Kind.DOGS: "dog", Kind.NEITHER: NEITHER, Kind.UNREADABLE: None}


class ShownResults(QAbstractTableModel):
    """The pictures of one kind whose names have the words, in the order of a column.

    Without a column they stand in the order in which they came. The order is a list of the rows of
    a `ResultsModel`, sorted by keys of which each is made once: a `QSortFilterProxyModel` comes
    back to Python for each of the 60,000 comparisons that 5,000 pictures need.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._results = ResultsModel(self)
        self._kind = Kind.ALL
        self._words = ""
        self._column = _NO_COLUMN
        self._falls = False
        self._keys: list[SortKey] = []  # of the column, by rows of the list
        self._rows: list[int] = []  # of the list, in the order in which they are shown
        self._places: dict[int, int] = {}  # where each of those is shown
        self.set_results(self._results)

    def set_results(self, results: ResultsModel) -> None:
        """Choose among these from now on."""
        self._results.disconnect(self)
        self._results = results
        results.dataChanged.connect(self._on_results_data_changed)
        results.rowsInserted.connect(self._on_results_rows_inserted)
        results.modelReset.connect(self._on_results_model_reset)
        self._on_results_model_reset()

    @property
    def is_narrowed(self) -> bool:
        """Whether some pictures may be left out."""
        return self._kind is not Kind.ALL or bool(self._words)

    @property
    def pictures(self) -> int:
        """How many there are, shown or not."""
        return self._results.rowCount()

    def narrow(self, kind: Kind, words: str) -> None:
        """Show pictures of a kind, whose names have the words, in any case.

        Args:
            kind: The kind.
            words: A part of the name; empty for any name.
        """
        self._kind, self._words = kind, words.strip().casefold()
        self._show(self._wanted())

    def result_at(self, index: _Index) -> Result | None:
        """The picture of a row of this order; None for no row."""
        return self._results.result(self._rows[index.row()]) if index.isValid() else None

    def index_of(self, row: int) -> QModelIndex:
        """Where a row of the whole list is shown; an invalid index where it is not."""
        place = self._places.get(row)
        return QModelIndex() if place is None else self.index(place, 0)

    def rowCount(self, parent: _Index = _NO_PARENT) -> int:  # noqa: N802 - Qt's name
        """How many pictures are shown."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = _NO_PARENT) -> int:  # noqa: N802 - Qt's name
        """How much is said of each picture."""
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(  # noqa: N802 - Qt's name
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """See `ResultsModel`."""
        return self._results.headerData(section, orientation, role)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """See `ResultsModel`."""
        if not index.isValid():
            return None
        return self._results.data(
            self._results.index(self._rows[index.row()], index.column()), role
        )

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column's figures, not by their words; by none for -1."""
        if column != self._column:
            self._column = column
            self._make_keys(range(self.pictures))
        self._falls = order == Qt.SortOrder.DescendingOrder
        self._show(self._wanted())

    def _on_results_data_changed(self, first: QModelIndex, last: QModelIndex) -> None:
        rows = range(first.row(), last.row() + 1)
        self._make_keys(rows)
        self._show(self._wanted())
        shown = (self._places[row] for row in rows if row in self._places)
        for top, bottom in stretches(shown):
            self.dataChanged.emit(self.index(top, 0), self.index(bottom, len(COLUMNS) - 1))

    def _on_results_rows_inserted(self, _parent: QModelIndex, first: int, last: int) -> None:
        self._make_keys(range(first, last + 1))
        self._show(self._wanted())

    def _on_results_model_reset(self) -> None:
        self.beginResetModel()
        self._keys.clear()
        self._make_keys(range(self.pictures))
        self._put(self._wanted())
        self.endResetModel()

    def _make_keys(self, rows: range) -> None:
        """Make the keys of some rows anew; of those behind the last one too."""
        if self._column == _NO_COLUMN:
            self._keys.clear()
            return
        key_of, result = COLUMNS[self._column].key_of, self._results.result
        self._keys[rows.start : rows.stop] = [key_of(result(row)) for row in rows]

    def _wanted(self) -> list[int]:
        """The rows that fit, in their order; those without a key come last, as they came."""
        rows = list(range(self.pictures))
        if self.is_narrowed:
            rows = list(filter(self._fits, rows))
        if self._column == _NO_COLUMN:
            return rows
        keyed = [row for row in rows if self._keys[row] is not None]
        others = [row for row in rows if self._keys[row] is None]
        # keys of a column are of one type
        return sorted(keyed, key=self._keys.__getitem__, reverse=self._falls) + others  # type: ignore[arg-type]

    def _show(self, wanted: list[int]) -> None:
        """Show these rows; whatever came and went is told in one removal and one insertion."""
        if wanted == self._rows:
            return
        coming, here = set(wanted), self._places
        self._take_away([row for row in self._rows if row not in coming])
        self._append([row for row in wanted if row not in here])
        self._rearrange(wanted)

    def _take_away(self, gone: Sequence[int]) -> None:
        """What lies apart is put first, so that it can go at once, and the view to the first."""
        if not gone:
            return
        lost = set(gone)
        kept = [row for row in self._rows if row not in lost]
        first = self._places[gone[0]]
        if self._places[gone[-1]] - first != len(gone) - 1:
            self._rearrange([*gone, *kept])
            first = 0
        self.beginRemoveRows(_NO_PARENT, first, first + len(gone) - 1)
        self._put(kept)
        self.endRemoveRows()

    def _append(self, new: Sequence[int]) -> None:
        if new:
            self.beginInsertRows(_NO_PARENT, len(self._rows), len(self._rows) + len(new) - 1)
            self._put([*self._rows, *new])
            self.endInsertRows()

    def _rearrange(self, rows: list[int]) -> None:
        """The same rows in another order; what is selected goes with its picture."""
        if rows == self._rows:
            return
        self.layoutAboutToBeChanged.emit()
        before, old = self._rows, self.persistentIndexList()
        self._put(rows)
        new = [self.index(self._places[before[each.row()]], each.column()) for each in old]
        self.changePersistentIndexList(old, new)
        self.layoutChanged.emit()

    def _put(self, rows: Iterable[int]) -> None:
        self._rows = list(rows)
        self._places = {row: place for place, row in enumerate(self._rows)}

    def _fits(self, row: int) -> bool:
        """Whether the picture is of the kind, and its name has the words."""
        result = self._results.result(row)
        return self._is_of_kind(result) and self._words in result.path.name.casefold()

    def _is_of_kind(self, result: Result) -> bool:
        if self._kind is Kind.ALL:
            return True
        return result.verdict is not None and result.verdict.verdict == _VERDICTS[self._kind]
