"""The results as a table."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QIcon, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from catdog_gui.prediction_tab.marks import Mark, mark_of
from catdog_gui.prediction_tab.result import Result
from catdog_gui.prediction_tab.result_columns import CONFIDENCE, FILE, P_DOG, PLACE, VERDICT
from catdog_gui.prediction_tab.results_model import RESULT_ROLE
from catdog_gui.prediction_tab.shown_results import ShownResults

_ICON_SIZE = QSize(16, 16)
_ROW_EDGE_PX = 8
_WIDTHS_PX = {FILE: 160, VERDICT: 98, CONFIDENCE: 96, P_DOG: 62}
_NO_ORDER = -1


class ResultsTable(QTableView):
    """A row a picture; a click on a heading sorts, a third one takes the order away again."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setItemDelegateForColumn(VERDICT, _VerdictDelegate(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setTabKeyNavigation(False)  # Tab leaves the table
        self.setIconSize(_ICON_SIZE)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName("Table of pictures with their verdicts")
        self._dress_headings()

    def show_results(self, shown: ShownResults) -> None:
        """Show these from now on, in the order in which they came until the user sorts them."""
        self.setModel(shown)
        self.horizontalHeader().setSortIndicator(_NO_ORDER, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)
        for column, width in _WIDTHS_PX.items():
            self.setColumnWidth(column, width)
        self.horizontalHeader().setSectionResizeMode(PLACE, QHeaderView.ResizeMode.Stretch)

    def _dress_headings(self) -> None:
        rows, headings = self.verticalHeader(), self.horizontalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(self.fontMetrics().height() + _ROW_EDGE_PX)
        headings.setSortIndicatorClearable(True)
        headings.setHighlightSections(False)
        headings.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


class _VerdictDelegate(QStyledItemDelegate):
    """Gives a verdict its icon and its colour."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._icons: dict[tuple[str, str, float], QIcon] = {}

    def initStyleOption(  # noqa: N802 - Qt's name
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().initStyleOption(option, index)
        result: Result = index.data(RESULT_ROLE)
        mark = mark_of(result)
        option.palette.setColor(QPalette.ColorRole.Text, mark.text_colour())
        if mark.meaning:
            option.icon = self._icon_of(mark, option.widget.devicePixelRatioF())
            option.features |= QStyleOptionViewItem.ViewItemFeature.HasDecoration
            option.decorationSize = _ICON_SIZE

    def _icon_of(self, mark: Mark, ratio: float) -> QIcon:
        """Kept as pixels: rendering its lines for each cell would take most of a frame."""
        key = (mark.meaning, mark.text_colour().name(), ratio)
        if key not in self._icons:
            selected = QIcon.Mode.Selected
            kept = QIcon(mark.icon().pixmap(_ICON_SIZE, ratio))
            kept.addPixmap(mark.plain_icon().pixmap(_ICON_SIZE, ratio, selected), selected)
            self._icons[key] = kept
        return self._icons[key]
