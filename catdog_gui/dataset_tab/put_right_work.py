"""Puts pictures of the dataset that is shown right, and shows it, whoever did so."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from catdog_gui.background import Jobs
from catdog_gui.dataset_tab import check_jobs
from catdog_gui.dataset_tab.correcting import Asker, Correcting
from catdog_gui.dataset_tab.found import Corrected, Decision, Found
from catdog_gui.dataset_tab.messages import Messages
from catdog_gui.dataset_tab.page import DatasetPage
from catdog_gui.dataset_tab.picture_filter import Leaks
from catdog_gui.dataset_tab.work import Work
from catdog_gui.reading import Reading
from catdog_gui.widgets.banner import BannerKind
from training.dataset.picture import DatasetInfo
from training.home import Home

if TYPE_CHECKING:
    from training.dataset.class_folders import ClassFolder

UNDO_MS = 10_000
"""How long an undo is offered."""


class PutRightWork(QObject):
    """Corrects pictures of the dataset that is shown.

    Args:
        page: Shows the pictures.
        work: Says whether the dataset can be changed now.
        messages: Offer an undo.
        jobs: Where it runs.
        home: Where the dataset lives.

    Attributes:
        dataset: The name of the dataset that is shown.
        correcting: Writes the corrections, those of other windows too.

    Signals:
        corrected: Pictures are other than before.
        corrected_elsewhere: Pictures of a dataset that is not shown are.
        counted: After that, once the user rests: the `DatasetInfo`, what is `Found`, and the
            `Leaks`.
    """

    corrected = Signal()
    corrected_elsewhere = Signal()
    counted = Signal(object, object, object)

    def __init__(
        self,
        page: DatasetPage,
        work: Work,
        messages: Messages,
        jobs: Jobs,
        *,
        home: Home,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.dataset = ""
        self.correcting = Correcting(jobs, home, parent=self)
        self._gallery = page.gallery
        self._work = work
        self._messages = messages
        self._home = home
        self._counting = Reading(page.banner, jobs, parent=self)
        self._offers_undo = False
        self._gallery.decided.connect(self.correct)
        self._gallery.undo_requested.connect(self.undo)
        self._gallery.redo_requested.connect(self.redo)
        page.problems.keep_one_requested.connect(self.keep_one)
        self.correcting.wished.connect(self._on_correcting_wished)
        self.correcting.corrected.connect(self._on_correcting_corrected)

    def correct(self, decision: Decision, ids: Sequence[int]) -> None:
        """Do with pictures what the user decided, and go on to the next one."""
        if ids and self._can_begin():
            asker = self._asker(self._offer_undo)
            self.correcting.correct(self.dataset, decision, ids, asker, kind=self._gallery.kind)
            self._gallery.go_on()

    def correct_folders(self, folders: "Sequence[ClassFolder]", answers: Mapping[str, str]) -> None:
        """Change what folders of the dataset were taken for."""
        if self._can_begin():
            asker = self._asker(self._offer_undo)
            self.correcting.correct_folders(self.dataset, folders, answers, asker)

    def keep_one(self) -> None:
        """Exclude all but one of each group of copies."""
        if self._can_begin():
            self.correcting.keep_one(self.dataset, self._asker(self._offer_undo))

    def undo(self) -> None:
        """Take the last step back."""
        if self._can_begin():
            self.correcting.undo(self.dataset, self._asker(self._look_at))

    def redo(self) -> None:
        """Do the step again that was taken back last."""
        if self._can_begin():
            self.correcting.redo(self.dataset, self._asker(self._look_at))

    def _can_begin(self) -> bool:
        """Whether it will be done; else the user is told why not."""
        return bool(self.dataset) and not self._work.is_occupied(changes=self.dataset)

    def _asker(self, then: Callable[[Corrected], None]) -> Asker:
        then_there = partial(self._do_in, self.dataset, then)
        return Asker(then_there, lambda error, doing: self._messages.say_error(error, doing=doing))

    def _do_in(self, dataset: str, then: Callable[[Corrected], None], corrected: Corrected) -> None:
        if dataset == self.dataset:
            then(corrected)

    def _on_correcting_wished(self) -> None:
        if self._offers_undo:  # it would take back something else from now on
            self._messages.dismiss()
            self._offers_undo = False

    def _on_correcting_corrected(self, dataset: str, corrected: Corrected) -> None:
        if dataset == self.dataset:
            self._gallery.show_corrected(corrected)
            self.corrected.emit()
            self._count()
        else:
            self.corrected_elsewhere.emit()

    def _look_at(self, moved: Corrected) -> None:
        self._gallery.look_at_first_of(moved.pictures)

    def _count(self) -> None:
        """Of quick corrections only the last is counted: a newer answer is wanted each time."""
        job = partial(check_jobs.read_figures, self.dataset, self._home)
        self._counting.start(f"Counting {self.dataset}", job, then=self._on_counted)

    def _on_counted(self, figures: tuple[DatasetInfo, Found, Leaks]) -> None:
        info, found, leaks = figures
        if info.name == self.dataset:
            self.counted.emit(info, found, leaks)

    def _offer_undo(self, corrected: Corrected) -> None:
        if len(corrected.pictures) == 1:
            return
        self._messages.say(
            BannerKind.INFO,
            f"{corrected.words}.",
            hint="Your files are unchanged.",
            action="Undo",
            do=self.undo,
            for_ms=UNDO_MS,
        )
        self._offers_undo = True
