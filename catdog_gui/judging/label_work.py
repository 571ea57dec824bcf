"""Puts pictures right where a run's answers are looked at, by the Dataset tab's own means."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal

from catdog_gui import errors
from catdog_gui.dataset_tab.correcting import Asker, Correcting
from catdog_gui.dataset_tab.found import Corrected, Decision
from catdog_gui.dataset_tab.put_right_work import UNDO_MS
from catdog_gui.judging.page import JudgingPage
from catdog_gui.widgets.banner import BannerKind

WhyOccupied = Callable[[str], tuple[str, str] | None]
"""Why a dataset of that name cannot be changed now, and what to do; None where it can."""


class LabelWork(QObject):
    """Hands on what the user decides of pictures.

    Args:
        page: Shows the pictures.
        correcting: Writes the corrections.
        why_occupied: Says what stands in the way.

    Attributes:
        dataset: The name of the dataset that the pictures are of; empty for none.

    Signals:
        corrected: The `Corrected` of that dataset, whichever window it came from.
    """

    corrected = Signal(object)

    def __init__(
        self,
        page: JudgingPage,
        correcting: Correcting,
        why_occupied: WhyOccupied,
        *,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.dataset = ""
        self._page = page
        self._correcting = correcting
        self._why_occupied = why_occupied
        self._offers_undo = False
        page.decided.connect(self.correct)
        page.undo_requested.connect(self.undo)
        page.redo_requested.connect(self.redo)
        correcting.wished.connect(self._on_correcting_wished)
        correcting.corrected.connect(self._on_correcting_corrected)

    def correct(self, decision: Decision, ids: Sequence[int]) -> None:
        """Do with pictures what the user decided, and go on to the next one."""
        if ids and self._can_begin():
            asker = Asker(self._offer_undo, self._say_error)
            self._correcting.correct(self.dataset, decision, ids, asker)
            self._page.pictures.desk.go_on()

    def undo(self) -> None:
        """Take the last step back."""
        if self._can_begin():
            self._correcting.undo(self.dataset, Asker(self._look_at, self._say_error))

    def redo(self) -> None:
        """Do the step again that was taken back last."""
        if self._can_begin():
            self._correcting.redo(self.dataset, Asker(self._look_at, self._say_error))

    def _can_begin(self) -> bool:
        """Whether it will be done; else the user is told why not."""
        why = self._why_occupied(self.dataset) if self.dataset else None
        if why is not None:
            message, hint = why
            self._page.banner.show_message(BannerKind.INFO, message, hint=hint)
        return bool(self.dataset) and why is None

    def _on_correcting_wished(self) -> None:
        if self._offers_undo:  # it would take back something else from now on
            self._page.banner.dismiss()
            self._offers_undo = False

    def _on_correcting_corrected(self, dataset: str, corrected: Corrected) -> None:
        if dataset == self.dataset:
            self.corrected.emit(corrected)

    def _offer_undo(self, corrected: Corrected) -> None:
        if len(corrected.pictures) == 1:
            return
        self._page.banner.show_message(
            BannerKind.INFO,
            f"{corrected.words}.",
            hint="Your files are unchanged.",
            action="Undo",
            do=self.undo,
            for_ms=UNDO_MS,
        )
        self._offers_undo = True

    def _look_at(self, moved: Corrected) -> None:
        """Go to what was moved; what is not in sight is told of."""
        if not self._page.pictures.look_at(moved.pictures):
            self._page.banner.show_message(
                BannerKind.INFO, f"Taken back or done again: {moved.words}.", for_ms=UNDO_MS
            )

    def _say_error(self, error: BaseException, doing: str) -> None:
        errors.show_error(self._page.banner, error, doing=doing)
