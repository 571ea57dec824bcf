"""The results, or a look that takes their place; beside them the picture that is looked at."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QWidget

from catdog_gui import theme
from catdog_gui.prediction_tab.alike_view import AlikeView
from catdog_gui.prediction_tab.detail_panel import DetailPanel
from catdog_gui.prediction_tab.inside_view import InsideView
from catdog_gui.prediction_tab.look import Look
from catdog_gui.prediction_tab.results_area import ResultsArea
from catdog_gui.widgets.tile_painting import PixmapOf


class ResultsBody(QWidget):
    """All of the tab below its header, once there are pictures.

    Args:
        pixmap_of: Gives thumbnails; see `CardDelegate`.
        panel: The picture that is looked at.

    Attributes:
        area: The results.
        inside: The network from inside, which takes the place of the results for that look.
        alike: The most similar training pictures, likewise.
    """

    def __init__(
        self, pixmap_of: PixmapOf, panel: DetailPanel, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.area = ResultsArea(pixmap_of)
        self.inside = InsideView()
        self.alike = AlikeView()
        self._panel = panel
        self._wide = QStackedWidget()
        self._lay_out()
        self.area.result_shown.connect(panel.show_result)
        panel.look_chosen.connect(self._on_panel_look_chosen)
        self.inside.closed.connect(self._on_wide_closed)
        self.alike.closed.connect(self._on_wide_closed)

    def _on_panel_look_chosen(self, look: Look) -> None:
        wide: dict[Look, QWidget] = {Look.INSIDE: self.inside, Look.ALIKE: self.alike}
        self._wide.setCurrentWidget(wide.get(look, self.area))

    def _on_wide_closed(self) -> None:
        self._panel.choose_look(Look.PICTURE)

    def _lay_out(self) -> None:
        for view in (self.area, self.inside, self.alike):
            self._wide.addWidget(view)
        beside = QSplitter(Qt.Orientation.Horizontal)
        beside.addWidget(self._wide)
        beside.addWidget(self._panel)
        beside.setStretchFactor(0, 1)
        beside.setChildrenCollapsible(False)
        beside.setSizes([2 * theme.CONTROL_COLUMN_WIDTH, theme.CONTROL_COLUMN_WIDTH])
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(beside)
