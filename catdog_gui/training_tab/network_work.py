"""Builds a network only to show what it is made of."""

from functools import partial

from PySide6.QtCore import QObject

from catdog_gui import errors
from catdog_gui.background import BackgroundJob, Jobs, as_job
from catdog_gui.training_tab import jobs as training_jobs
from catdog_gui.training_tab.page import TrainingPage
from training.config import TrainingConfig
from training.events import NetworkBuilt
from training.home import Home


class NetworkWork(QObject):
    """Runs that job and shows what it finds.

    Args:
        page: Where it shows.
        jobs: Where it runs.
        home: Where the cache lives.
    """

    def __init__(
        self, page: TrainingPage, jobs: Jobs, home: Home, *, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._home = home
        self._page = page
        self._jobs = jobs

    def show(self, config: TrainingConfig) -> None:
        """Build the network of these settings and show it."""
        self._page.show_network_loading()
        describe = as_job(partial(training_jobs.describe, config, self._home))
        job = BackgroundJob("Showing the network", describe, is_quiet=True)  # its tab says it
        job.succeeded.connect(self._on_job_succeeded)
        job.failed.connect(self._on_job_failed)
        job.cancelled.connect(self._page.show_network_invitation)
        self._jobs.start(job)

    def _on_job_succeeded(self, network: NetworkBuilt) -> None:
        self._page.show_network(network)

    def _on_job_failed(self, error: BaseException) -> None:
        self._page.show_network_invitation()
        errors.show_error(self._page.banner, error, doing="Showing the network")
