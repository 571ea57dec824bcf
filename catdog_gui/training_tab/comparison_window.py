"""Runs side by side, in a window of its own: curves, settings that differ, figures."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from catdog_gui import theme
from catdog_gui.training_tab import lab_book_words as words
from catdog_gui.training_tab.lab_book_jobs import ComparedRuns
from catdog_gui.widgets.facts_table import Column, FactsTable
from catdog_gui.widgets.overlay_plot import OverlayPlot

_SIZE_PX = (940, 640)
_PLOT_SHARE, _TABLE_SHARE = 5, 4
_ROW_EDGE_PX = 8
_LEAST_COLUMN_PX = 130


class ComparisonWindow(QDialog):
    """Stays beside the window until it is closed; `load_plots` must have run.

    Args:
        compared: The runs with their histories.
    """

    def __init__(self, compared: ComparedRuns, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        from training.plots.overlay import LOOKS, RunCurve

        runs = compared.comparison.runs
        labels = words.curve_labels(runs)
        curves = [
            RunCurve(label, epochs)
            for label, epochs in zip(labels, compared.histories, strict=True)
        ]
        self.plot = OverlayPlot(curves)
        self.caption = QLabel(words.same_settings_words(compared.comparison))
        self.table = FactsTable(
            [
                Column("", "Setting or figure"),
                *(
                    Column(f"{look.sign} {label}", words.help_words(info))
                    for look, label, info in zip(LOOKS, labels, runs, strict=False)
                ),
            ]
        )
        self.close_button = QPushButton("Close")
        self.setWindowTitle(f"Compare {len(runs)} runs")
        self.resize(*_SIZE_PX)
        self._fill(compared)
        self._lay_out()
        self.close_button.clicked.connect(self.accept)

    def _fill(self, compared: ComparedRuns) -> None:
        rows = (*compared.comparison.settings, *compared.comparison.figures)
        self.table.setRowCount(len(rows))
        for place, row in enumerate(rows):
            self.table.fill_row(place, [words.row_name(row), *words.row_cells(row)])
        height = self.table.fontMetrics().height() + _ROW_EDGE_PX
        self.table.verticalHeader().setDefaultSectionSize(height)
        header = self.table.horizontalHeader()
        header.setMinimumSectionSize(_LEAST_COLUMN_PX)
        header.setTextElideMode(Qt.TextElideMode.ElideRight)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.table.setAccessibleName("Settings that differ, and figures")

    def _lay_out(self) -> None:
        theme.strong(self.caption)
        self.close_button.setDefault(True)
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.SPACE_16] * 4)
        column.setSpacing(theme.SPACE_8)
        column.addWidget(self.plot, _PLOT_SHARE)
        column.addWidget(self.caption)
        column.addWidget(self.table, _TABLE_SHARE)
        column.addLayout(row)
