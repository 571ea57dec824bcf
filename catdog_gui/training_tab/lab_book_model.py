"""The runs as rows and columns, for any view, in any order."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
    Signal,
)

from catdog_gui import theme
from catdog_gui.training_tab import lab_book_words as words
from catdog_gui.training_tab.words import percent, when
from training.runs.finding import COLUMNS, LARGEST_FIRST, matches
from training.runs.lab_book import RunInfo

Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()
_ItemRole, _Flag = Qt.ItemDataRole, Qt.ItemFlag
_TO_THE_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_IN_THE_MIDDLE = int(Qt.AlignmentFlag.AlignCenter)  # at the right the arrow of the order hides it
_TO_THE_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


@dataclass(frozen=True)
class RunColumn:
    """A column.

    Attributes:
        key: A key of `training.runs.finding.COLUMNS`, by which it is sorted.
        title: Above it.
        help_text: What it means.
        words: A run's cell.
        is_number: Whether it stands to the right.
    """

    key: str
    title: str
    help_text: str
    words: Callable[[RunInfo], str]
    is_number: bool = False


RUN_COLUMNS = (
    RunColumn("starred", "", "Runs that you marked; click, or press Space", lambda _: ""),
    RunColumn("title", "Run", "Title and preset; F2 renames", words.title_words),
    RunColumn("dataset", "Dataset", "What it learned from", lambda info: info.dataset),
    RunColumn("device", "Device", "What it computed on", lambda info: info.device or "—"),
    RunColumn("epochs", "Epochs", "Epochs done", words.epochs_words, is_number=True),
    RunColumn(
        "validation",
        "Validation",
        "Accuracy of the model on the validation pictures",
        words.validation_words,
        is_number=True,
    ),
    RunColumn(
        "log_loss",
        "Log loss",
        "Of the model on the validation pictures; what is sure and wrong costs most",
        lambda info: words.loss_words(info.val_log_loss),
        is_number=True,
    ),
    RunColumn(
        "test",
        "Test",
        "Accuracy on the test pictures, once it is measured: catdog evaluate",
        lambda info: percent(info.test_accuracy),
        is_number=True,
    ),
    RunColumn(
        "duration", "Duration", "Of its epochs together", words.duration_or_dash, is_number=True
    ),
    RunColumn(
        "created", "Begun", "When the run began", lambda info: when(info.created), is_number=True
    ),
)
STAR, TITLE = 0, 1
CREATED = len(RUN_COLUMNS) - 1
_VALUE_OF = tuple(COLUMNS[column.key] for column in RUN_COLUMNS)


class RunsModel(QAbstractTableModel):
    """One row a run; the order is the view's.

    Signals:
        title_given: A run's name, and the title that the user gave it.
    """

    title_given = Signal(str, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runs: list[RunInfo] = []

    @property
    def runs(self) -> Sequence[RunInfo]:
        """The rows."""
        return self._runs

    def set_runs(self, runs: Sequence[RunInfo]) -> None:
        """Show these runs; a row whose run stays keeps its place, its selection and its editor."""
        wanted = {info.run: info for info in runs}
        for row in reversed(range(len(self._runs))):
            if self._runs[row].run not in wanted:
                self.beginRemoveRows(_NO_PARENT, row, row)
                del self._runs[row]
                self.endRemoveRows()
        for info in [wanted.pop(each.run) for each in self._runs]:
            self.show_run(info)
        if wanted:
            first = len(self._runs)
            self.beginInsertRows(_NO_PARENT, first, first + len(wanted) - 1)
            self._runs += wanted.values()
            self.endInsertRows()

    def show_run(self, info: RunInfo) -> None:
        """Show the new facts of one of the runs; nothing where it is not among them."""
        row = self.row_of(info.run)
        if row is not None and self._runs[row] != info:
            self._runs[row] = info
            self.dataChanged.emit(self.index(row, 0), self.index(row, CREATED))

    def row_of(self, run: str) -> int | None:
        """The row of the run of that name; None where there is none."""
        return next((row for row, info in enumerate(self._runs) if info.run == run), None)

    def rowCount(self, parent: Index = _NO_PARENT) -> int:  # noqa: N802 - Qt's name
        """How many runs there are."""
        return 0 if parent.isValid() else len(self._runs)

    def columnCount(self, parent: Index = _NO_PARENT) -> int:  # noqa: N802 - Qt's name
        """How many columns there are."""
        return 0 if parent.isValid() else len(RUN_COLUMNS)

    def data(self, index: Index, role: int = _ItemRole.DisplayRole) -> object:
        """A cell's words, star, tool tip, or the title that is edited."""
        if not index.isValid():
            return None
        info, column = self._runs[index.row()], RUN_COLUMNS[index.column()]
        match role:
            case _ItemRole.DisplayRole:
                return column.words(info)
            case _ItemRole.EditRole:
                return info.title
            case _ItemRole.ToolTipRole:
                return words.help_words(info)
            case _ItemRole.TextAlignmentRole if column.is_number:
                return _TO_THE_RIGHT
            case _ItemRole.DecorationRole if index.column() == STAR:
                return theme.icon("starred" if info.starred else "star")
            case _ItemRole.AccessibleTextRole if index.column() == STAR:
                return "marked" if info.starred else "not marked"
        return None

    def setData(  # noqa: N802 - Qt's name
        self, index: Index, value: object, role: int = _ItemRole.EditRole
    ) -> bool:
        """Tell the title that the user gave; it shows once it is written."""
        if role != _ItemRole.EditRole or index.column() != TITLE:
            return False
        info = self._runs[index.row()]
        if str(value) != info.title:
            self.title_given.emit(info.run, str(value))
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Titles can be edited."""
        flags = super().flags(index)
        return flags | _Flag.ItemIsEditable if index.column() == TITLE else flags

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = _ItemRole.DisplayRole
    ) -> object:
        """A column's title, what it means, and which end comes first."""
        if orientation == Qt.Orientation.Vertical:
            return None
        column = RUN_COLUMNS[section]
        match role:
            case _ItemRole.DisplayRole:
                return column.title
            case _ItemRole.ToolTipRole | _ItemRole.AccessibleDescriptionRole:
                return column.help_text
            case _ItemRole.AccessibleTextRole:
                return column.title or "Marked"
            case _ItemRole.DecorationRole if section == STAR:
                return theme.icon("star")
            case _ItemRole.TextAlignmentRole:
                return _IN_THE_MIDDLE if column.is_number else _TO_THE_LEFT
            case _ItemRole.InitialSortOrderRole:
                is_falling = column.key in LARGEST_FIRST
                return Qt.SortOrder.DescendingOrder if is_falling else Qt.SortOrder.AscendingOrder
        return None


class FoundRuns(QSortFilterProxyModel):
    """The runs that have the words, in the order of a column; those without a figure come last."""

    def __init__(self, runs: RunsModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runs = runs
        self._words = ""
        self.setSourceModel(runs)
        self.sort(CREATED, Qt.SortOrder.DescendingOrder)

    @property
    def words(self) -> str:
        """What is searched for."""
        return self._words

    def set_words(self, words: str) -> None:
        """Search for words."""
        self._words = words
        self.invalidate()  # what would only filter is deprecated, its heir is new in Qt 6.10

    def run_at(self, index: Index) -> RunInfo:
        """The run of a row of this order."""
        return self._runs.runs[self.mapToSource(index).row()]

    def filterAcceptsRow(self, row: int, parent: Index) -> bool:  # noqa: ARG002, N802 - Qt's form
        """Whether the run has the words."""
        return matches(self._runs.runs[row], self._words)

    def lessThan(self, left: Index, right: Index) -> bool:  # noqa: N802 - Qt's name
        """By figures, not by their words."""
        value_of, runs = _VALUE_OF[left.column()], self._runs.runs
        one, other = value_of(runs[left.row()]), value_of(runs[right.row()])
        if one is None or other is None:
            is_rising = self.sortOrder() == Qt.SortOrder.AscendingOrder
            return (one is None) != (other is None) and (other is None) == is_rising
        return bool(one < other)
