"""What the views beside the form show of it: network, varied pictures, learning rates, text."""

from PySide6.QtCore import QObject, Signal

from catdog_gui import errors
from catdog_gui.background import Jobs
from catdog_gui.settings import Settings
from catdog_gui.training_tab.form_values import NO_DATASET
from catdog_gui.training_tab.form_work import FormWork
from catdog_gui.training_tab.network_work import NetworkWork
from catdog_gui.training_tab.page import TrainingPage
from catdog_gui.training_tab.preview_work import PreviewWork
from catdog_gui.training_tab.rate_work import RateWork
from catdog_gui.training_tab.text_work import TextWork
from training.config import TrainingConfig
from training.dataset.picture import DatasetInfo
from training.errors import UserError
from training.home import Home


class FormViews(QObject):
    """Keeps those views and the form alike.

    Args:
        page: Where they are.
        form: What they show.
        home: Where the cache and the datasets live.
        jobs: Where what takes long runs.
        settings: Remembers folders.

    Signals:
        changed: A search for a learning rate began, or is over.
        dataset_taken: The name of a dataset that stands in settings that the user brought.
    """

    changed = Signal()
    dataset_taken = Signal(str)

    def __init__(
        self,
        page: TrainingPage,
        form: FormWork,
        *,
        home: Home,
        jobs: Jobs,
        settings: Settings,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._page = page
        self._form = form
        self._info: DatasetInfo | None = None
        self._network = NetworkWork(page, jobs, home, parent=self)
        self._preview = PreviewWork(
            page.augmentation, home, jobs=jobs, config=self._config, parent=self
        )
        self._rate = RateWork(
            page.rates, page.banner, home, jobs=jobs, config=self._config, parent=self
        )
        self._text = TextWork(
            page.text, page.banner, config=self._config, settings=settings, parent=self
        )
        page.network_requested.connect(self._on_page_network_requested)
        page.rate_requested.connect(self._rate.start)
        self._rate.changed.connect(self.changed)
        self._text.taken.connect(self._on_text_taken)

    @property
    def is_finding(self) -> bool:
        """Whether a learning rate is being found."""
        return self._rate.is_running

    def show(self, info: DatasetInfo | None) -> None:
        """Show what the form says now.

        Args:
            info: The chosen dataset; None without one.
        """
        self._info = info
        self._preview.show()
        self._text.show()

    def _config(self) -> TrainingConfig:
        """What the form says; a name stands for the dataset where there is none.

        Raises:
            UserError: It cannot be used.
        """
        return self._form.config(self._info.name if self._info is not None else NO_DATASET)

    def _on_page_network_requested(self) -> None:
        try:
            self._network.show(self._config())
        except UserError as error:
            errors.show_error(self._page.banner, error, doing="Showing the network")

    def _on_text_taken(self, config: TrainingConfig) -> None:
        self._form.take(config)
        self.dataset_taken.emit(config.dataset)
