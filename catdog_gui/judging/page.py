"""The judging window as a view: it only shows, and only says what the user wants."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from catdog_gui import theme
from catdog_gui.dataset_tab.found import Corrected
from catdog_gui.judging import dialogs
from catdog_gui.judging.chart_view import ChartView
from catdog_gui.judging.charts import confusion_of
from catdog_gui.judging.controls import Controls
from catdog_gui.judging.facts import Behind, Judged
from catdog_gui.judging.figures_view import FiguresView
from catdog_gui.judging.header import Header
from catdog_gui.judging.pictures_view import PicturesView
from catdog_gui.judging.words import threshold_words
from catdog_gui.widgets.banner import Banner
from catdog_gui.widgets.job_progress import JobProgress
from catdog_gui.widgets.threshold_bar import ThresholdBar
from training.inference.figures import at_threshold
from training.progress import StageState

_SIZE_PX = (1180, 760)
_LEAST_SIZE_PX = (900, 600)
_LEFT_PX = 452
_INVITATION = (
    "How good is a run? Choose it and pictures whose labels are known, and press Judge.\n"
    "Every figure that appears here opens the pictures behind it."
)


class JudgingPage(QWidget):
    """A window of its own: header, banner, progress; figures and a chart left, pictures right.

    Signals:
        chosen, rival_chosen, folder_requested, judge_requested, report_requested: See `Header`.
        threshold_chosen: The user moved the threshold to this, by slider or on a curve.
        group_chosen: The user wants to see the pictures behind a figure: a `Behind`.
        decided, undo_requested, redo_requested: See `PicturesView`.
        cancel_requested: The user wants to end the running job.
        closed: The user closed the window.
    """

    chosen = Signal()
    rival_chosen = Signal()
    folder_requested = Signal()
    judge_requested = Signal()
    report_requested = Signal(bool)
    threshold_chosen = Signal(float)
    group_chosen = Signal(object)
    decided = Signal(object, object)
    undo_requested = Signal()
    redo_requested = Signal()
    cancel_requested = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.header = Header()
        self.banner = Banner()
        self.progress = JobProgress()
        self.threshold = ThresholdBar()
        self.figures = FiguresView()
        self.chart = ChartView()
        self._inside = QWidget(self)
        self.pictures = PicturesView(self._inside)
        self._body = QStackedWidget()
        self.setWindowTitle("Judge a run")
        self.resize(*_SIZE_PX)
        self.setMinimumSize(*_LEAST_SIZE_PX)
        self._lay_out()
        self._connect()

    @property
    def run_row(self) -> int:
        """The row of the run that is to be judged."""
        return self.header.runs.currentIndex()

    @property
    def source_row(self) -> int:
        """The row of the pictures that it is to be judged on."""
        return self.header.sources.currentIndex()

    @property
    def rival_row(self) -> int:
        """The row of the run that is to be compared with; -1 for none."""
        return self.header.rivals.currentIndex() - 1

    def set_runs(self, words: Sequence[str], chosen: int) -> None:
        """Offer runs; see `Header.set_runs`."""
        self.header.set_runs(words, chosen)

    def set_sources(self, words: Sequence[str], chosen: int) -> None:
        """Offer pictures; see `Header.set_sources`."""
        self.header.set_sources(words, chosen)

    def set_rival(self, row: int) -> None:
        """Mark the run to compare with; see `Header.set_rival`."""
        self.header.set_rival(row)

    def set_hint(self, words: str) -> None:
        """Say what to know before; empty for nothing."""
        self.header.set_hint(words)

    def set_controls(self, controls: Controls) -> None:
        """Show what the state calls for."""
        self.header.set_controls(controls)
        self._body.setCurrentIndex(controls.body)
        self.pictures.set_changeable(controls.can_put_right)

    def show_judged(self, judged: Judged, threshold: float, chosen: Behind) -> None:
        """Show all there is to see of a judged run, and the pictures of a group."""
        self.figures.show_judged(judged, threshold)
        self.show_threshold(judged, threshold, chosen)

    def show_threshold(self, judged: Judged, threshold: float, chosen: Behind) -> None:
        """Show what a threshold changes, and the pictures of a group."""
        self.threshold.set_threshold(threshold)
        self._say_cost(judged, threshold)
        self.figures.show_threshold(judged, threshold)
        self.chart.show_judged(judged, threshold)
        self.show_group(judged, threshold, chosen)

    def show_group(self, judged: Judged, threshold: float, chosen: Behind) -> None:
        """Show the pictures behind a figure."""
        self.pictures.set_groups(judged, threshold, chosen)
        self.pictures.show_pictures(judged, threshold, chosen)

    def show_corrected(
        self, judged: Judged, threshold: float, chosen: Behind, corrected: Corrected
    ) -> None:
        """Show figures under new labels, and what pictures are now, each where it is."""
        self._say_cost(judged, threshold)
        self.figures.show_judged(judged, threshold)
        self.chart.show_judged(judged, threshold)
        self.pictures.set_groups(judged, threshold, chosen)
        self.pictures.show_corrected(judged, threshold, corrected)

    def show_progress(self, title: str, state: StageState) -> None:
        """Show where the job stands."""
        self.progress.show_state(title, state)

    def show_stopping(self) -> None:
        """Show at once that the job is being stopped."""
        self.progress.show_stopping()

    def clear_progress(self) -> None:
        """Nothing runs."""
        self.progress.clear()

    def ask_for_folder(self, folder: Path) -> Path | None:
        """Let the user choose a folder of pictures; see `dialogs`."""
        return dialogs.ask_for_folder(self, folder)

    def ask_for_report(self, folder: Path, name: str) -> Path | None:
        """Let the user choose where a report is written; see `dialogs`."""
        return dialogs.ask_for_report(self, folder, name)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Esc closes the banner; it never stops a job."""
        if event.key() == Qt.Key.Key_Escape:
            self.banner.close_by_user()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Tell that the window is closed."""
        super().closeEvent(event)
        self.closed.emit()

    def _on_group_requested(self, behind: Behind) -> None:
        self.group_chosen.emit(behind)
        self.pictures.desk.view.setFocus()  # so that the keys that put right hold at once

    def _say_cost(self, judged: Judged, threshold: float) -> None:
        confusion = confusion_of(at_threshold(judged.answers, threshold))
        self.threshold.set_words(threshold_words(confusion, threshold))

    def _lay_out(self) -> None:
        invitation = QLabel(_INVITATION, alignment=Qt.AlignmentFlag.AlignCenter, wordWrap=True)
        self._body.addWidget(invitation)
        self._body.addWidget(self._judged_body())
        inside = QVBoxLayout(self._inside)
        inside.setContentsMargins(*[theme.SPACE_16] * 4)
        inside.setSpacing(theme.SPACE_12)
        inside.addWidget(self.header)
        inside.addWidget(self.banner)
        inside.addWidget(self.progress)
        inside.addWidget(self._body, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._inside)

    def _judged_body(self) -> QWidget:
        left = QWidget()
        figures = QVBoxLayout(left)
        figures.setContentsMargins(0, 0, theme.SPACE_8, 0)
        figures.setSpacing(theme.SPACE_12)
        figures.addWidget(self.figures)
        figures.addWidget(self.chart, 1)
        area = QScrollArea()
        area.setWidget(left)
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFixedWidth(_LEFT_PX)
        right = QVBoxLayout()
        right.setSpacing(theme.SPACE_12)
        right.addWidget(self.threshold)
        right.addWidget(self.pictures, 1)
        body = QWidget()
        row = QHBoxLayout(body)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE_16)
        row.addWidget(area)
        row.addLayout(right, 1)
        return body

    def _connect(self) -> None:
        header, pictures = self.header, self.pictures
        header.chosen.connect(self.chosen)
        header.rival_chosen.connect(self.rival_chosen)
        header.folder_requested.connect(self.folder_requested)
        header.judge_requested.connect(self.judge_requested)
        header.report_requested.connect(self.report_requested)
        self.threshold.threshold_chosen.connect(self.threshold_chosen)
        self.chart.threshold_requested.connect(self.threshold_chosen)
        self.chart.group_requested.connect(self._on_group_requested)
        self.figures.group_requested.connect(self._on_group_requested)
        pictures.group_chosen.connect(self.group_chosen)
        pictures.decided.connect(self.decided)
        pictures.undo_requested.connect(self.undo_requested)
        pictures.redo_requested.connect(self.redo_requested)
        self.progress.cancel_requested.connect(self.cancel_requested)
