"""Answers what the user looks for in a dataset."""

from functools import partial

from PySide6.QtCore import QObject

from catdog_gui.background import Jobs
from catdog_gui.dataset_tab import look_jobs
from catdog_gui.dataset_tab.detail_words import detail_lines
from catdog_gui.dataset_tab.look_jobs import Details
from catdog_gui.dataset_tab.page import DatasetPage
from catdog_gui.dataset_tab.picture_filter import Look
from catdog_gui.reading import Reading
from training.dataset.pages import PicturePages
from training.dataset.picture import Picture
from training.dataset.picture_filter import Figures
from training.home import Home


class Looking(QObject):
    """Has pictures chosen, counted and told of beside the window; the newest wish is answered.

    Args:
        page: Has the gallery.
        jobs: Where it runs.
        home: Where the datasets live.

    Attributes:
        dataset: The name of the dataset that is shown.
    """

    def __init__(
        self, page: DatasetPage, jobs: Jobs, *, home: Home, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.dataset = ""
        self._gallery = page.gallery
        self._home = home
        self._choosing = Reading(page.banner, jobs, parent=self)
        self._counting = Reading(page.banner, jobs, parent=self)
        self._telling = Reading(page.banner, jobs, parent=self)
        self._gallery.look_requested.connect(self.look)
        self._gallery.figures_requested.connect(self.count)
        self._gallery.details_requested.connect(self.tell)

    def look(self) -> None:
        """Choose the pictures that the gallery asks for."""
        if self.dataset:
            look, leaking = self._gallery.look(), tuple(self._gallery.leaks)
            job = partial(look_jobs.choose, self.dataset, look, leaking, self._home)
            then = partial(self._on_chosen, self.dataset, look)
            self._choosing.start(f"Reading {self.dataset}", job, then=then)

    def count(self) -> None:
        """Count them."""
        if self.dataset:
            (wanted, _), leaking = self._gallery.look(), tuple(self._gallery.leaks)
            job = partial(look_jobs.count, self.dataset, wanted, leaking, self._home)
            then = partial(self._on_counted, self.dataset)
            self._counting.start(f"Counting {self.dataset}", job, then=then)

    def tell(self, picture: Picture) -> None:
        """Tell more of one."""
        job = partial(look_jobs.tell, self.dataset, picture, self._home)
        self._telling.start(f"Reading {picture.name}", job, then=self._on_told)

    def _on_chosen(self, dataset: str, look: Look, pictures: PicturePages) -> None:
        if dataset == self.dataset:
            self._gallery.show_pictures(pictures, look)

    def _on_counted(self, dataset: str, figures: Figures) -> None:
        if dataset == self.dataset:
            self._gallery.charts.show_figures(figures)

    def _on_told(self, details: Details) -> None:
        self._gallery.preview.show_details(details.picture.id, detail_lines(details))
