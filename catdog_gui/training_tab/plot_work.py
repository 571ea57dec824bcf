"""Makes the plot ready beside the window, and says what became of it."""

from pathlib import Path

from PySide6.QtCore import QObject

from catdog_gui import errors
from catdog_gui.background import BackgroundJob, Jobs
from catdog_gui.training_tab.page import TrainingPage
from catdog_gui.widgets.banner import BannerKind
from catdog_gui.widgets.history_plot import load_plots


class PlotWork(QObject):
    """Loads what draws the curves, once.

    Args:
        page: Where the plot is.
        jobs: Where it is loaded.
    """

    def __init__(self, page: TrainingPage, jobs: Jobs, *, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._page = page
        self._jobs = jobs
        self._is_prepared = False
        page.plot.failed.connect(self._on_failed)
        page.plot.saved.connect(self._on_plot_saved)

    def prepare(self) -> None:
        """Load it, if that was not begun yet."""
        if self._is_prepared:
            return
        self._is_prepared = True
        job = BackgroundJob("Preparing the plot", load_plots, is_quiet=True)
        job.succeeded.connect(lambda _: self._page.plot.build())
        job.failed.connect(self._on_failed)
        self._jobs.start(job)

    def _on_failed(self, error: BaseException) -> None:
        errors.show_error(self._page.banner, error, doing="Preparing the plot")

    def _on_plot_saved(self, path: Path) -> None:
        self._page.banner.show_message(BannerKind.SUCCESS, f"{path} is written.")
