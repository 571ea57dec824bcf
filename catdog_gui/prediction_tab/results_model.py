"""The pictures of the list with their verdicts, for any view."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from catdog_gui.prediction_tab.result import Result
from catdog_gui.prediction_tab.result_columns import COLUMNS, ResultColumn
from catdog_gui.prediction_tab.words import Tally
from training.events import Verdict
from training.inference.judge import THRESHOLD, judged_again

RESULT_ROLE = int(Qt.ItemDataRole.UserRole)
"""The row's `Result`."""

_FAILED = "failed"
_IN_THE_MIDDLE = int(Qt.AlignmentFlag.AlignCenter)
_Role = Qt.ItemDataRole
_Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()


_TOLD: Mapping[int, Callable[[Result, ResultColumn], object]] = {
    int(_Role.DisplayRole): lambda result, column: column.words_of(result),
    int(_Role.TextAlignmentRole): lambda _, column: _IN_THE_MIDDLE if column.is_number else None,
    int(_Role.AccessibleTextRole): lambda result, _: result.words,
    int(_Role.ToolTipRole): lambda result, _: result.verdict.error if result.verdict else None,
    RESULT_ROLE: lambda result, _: result,
}


class ResultsModel(QAbstractTableModel):
    """One row a picture, in the order in which they came; a picture has one row only.

    Signals:
        came_again: The row of a picture that was there already, when it comes again alone.
    """

    came_again = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._paths: list[Path] = []
        self._verdicts: list[Verdict | None] = []
        self._rows: dict[str, int] = {}
        self._counts: Counter[str] = Counter()
        self._is_reading = False
        self._threshold = THRESHOLD

    def rowCount(self, parent: _Index = _NO_PARENT) -> int:  # noqa: N802 - Qt's name
        """How many pictures there are."""
        return 0 if parent.isValid() else len(self._paths)

    def columnCount(self, parent: _Index = _NO_PARENT) -> int:  # noqa: N802 - Qt's name
        """How much is said of each picture."""
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(  # noqa: N802 - Qt's name
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """A column's title, and what it means."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return COLUMNS[section].title
            case Qt.ItemDataRole.ToolTipRole:
                return COLUMNS[section].help_text
            case Qt.ItemDataRole.TextAlignmentRole if COLUMNS[section].is_number:
                return _IN_THE_MIDDLE
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The column's words, the row's sentence for a screen reader, or the `Result`."""
        told = _TOLD.get(int(role))  # asked some hundred times for each frame
        if told is None or not index.isValid():
            return None
        return told(self.result(index.row()), COLUMNS[index.column()])

    def result(self, row: int) -> Result:
        """The row's facts."""
        return Result(self._paths[row], self._verdicts[row], self._is_reading)

    def results(self) -> list[Result]:
        """All rows."""
        return [self.result(row) for row in range(len(self._paths))]

    def tally(self) -> Tally:
        """How many pictures there are, by what became of them."""
        return Tally(
            pictures=len(self._paths),
            cats=self._counts["cat"],
            dogs=self._counts["dog"],
            neither=self._counts["neither"],
            failed=self._counts[_FAILED],
        )

    def add(self, paths: Iterable[Path]) -> None:
        """Append pictures that are not there yet; one that is there will be read again."""
        new, came = [], list(paths)
        for path in came:
            row = self._rows.get(str(path))
            if row is None:
                new.append(path)
            else:
                self._keep_verdict(row, None)
                self._tell_changed(row, row)
        if len(came) == 1 and not new:
            self.came_again.emit(self._rows[str(came[0])])
        if not new:
            return
        first = len(self._paths)
        self.beginInsertRows(_NO_PARENT, first, first + len(new) - 1)
        self._rows.update({str(path): first + number for number, path in enumerate(new)})
        self._paths += new
        self._verdicts += [None] * len(new)
        self.endInsertRows()

    def set_verdict(self, verdict: Verdict) -> None:
        """Fill in a picture's verdict; one of a picture that is not in the list is dropped."""
        self.set_verdicts((verdict,))

    def set_verdicts(self, verdicts: Iterable[Verdict]) -> None:
        """Fill in verdicts, and tell of rows that lie together at once."""
        changed = []
        for verdict in verdicts:
            row = self._rows.get(verdict.path)
            if row is not None:
                self._keep_verdict(row, judged_again(verdict, self._threshold))
                changed.append(row)
        for first, last in stretches(changed):
            self._tell_changed(first, last)

    def set_threshold(self, threshold: float) -> None:
        """Judge all that was read again, and what will be read, without reading a picture."""
        self._threshold = threshold
        self._verdicts = [each and judged_again(each, threshold) for each in self._verdicts]
        self._count()
        self._tell_changed(0, len(self._paths) - 1)

    def set_reading(self, is_reading: bool) -> None:  # noqa: FBT001 - a setter's one value
        """Say whether the pictures without a verdict are being read."""
        if is_reading != self._is_reading:
            self._is_reading = is_reading
            self._tell_changed(0, len(self._paths) - 1)

    def forget_verdicts(self) -> None:
        """Keep the pictures, to be read again."""
        self._verdicts = [None] * len(self._paths)
        self._counts.clear()
        self._tell_changed(0, len(self._paths) - 1)

    def clear(self) -> None:
        """Empty the list."""
        self.restore(())

    def restore(self, results: Iterable[Result]) -> None:
        """Show rows that were here before, in place of those that are; see `results`."""
        self.beginResetModel()
        rows = list(results)
        self._paths = [row.path for row in rows]
        self._verdicts = [
            row.verdict and judged_again(row.verdict, self._threshold) for row in rows
        ]
        self._rows = {str(path): number for number, path in enumerate(self._paths)}
        self._count()
        self.endResetModel()

    def _count(self) -> None:
        self._counts = Counter(each.verdict or _FAILED for each in self._verdicts if each)

    def _keep_verdict(self, row: int, verdict: Verdict | None) -> None:
        old = self._verdicts[row]
        if old is not None:
            self._counts[old.verdict or _FAILED] -= 1
        if verdict is not None:
            self._counts[verdict.verdict or _FAILED] += 1
        self._verdicts[row] = verdict

    def _tell_changed(self, first: int, last: int) -> None:
        if last >= first:
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(COLUMNS) - 1))


def stretches(rows: Iterable[int]) -> list[tuple[int, int]]:
    """First and last of rows without a gap between them."""
    stretches: list[tuple[int, int]] = []
    for row in sorted(set(rows)):
        if stretches and stretches[-1][1] == row - 1:
            stretches[-1] = (stretches[-1][0], row)
        else:
            stretches.append((row, row))
    return stretches
