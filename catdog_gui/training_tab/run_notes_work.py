"""Writes down what the user says of runs: titles, notes, stars."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from catdog_gui import errors
from catdog_gui.training_tab.page import TrainingPage
from training.errors import UserError
from training.runs.lab_book import RunInfo
from training.runs.notes import RunNotes, change_notes


class RunNotesWork(QObject):
    """Keeps the words on each run in its folder.

    Args:
        page: Where the user says them, and where they show.
        info_of: A run of the lab book by its name; None where there is none.

    Signals:
        noted: A run's name, and the `RunNotes` that it has now.
    """

    noted = Signal(str, object)

    def __init__(
        self,
        page: TrainingPage,
        info_of: Callable[[str], RunInfo | None],
        *,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._page = page
        self._info_of = info_of
        page.title_given.connect(lambda run, title: self._change(run, title=title))
        page.notes_given.connect(lambda run, notes: self._change(run, notes=notes))
        page.star_requested.connect(self._on_page_star_requested)

    def _on_page_star_requested(self, run: str) -> None:
        info = self._info_of(run)
        if info is not None:
            self._change(run, starred=not info.starred)

    def _change(
        self,
        run: str,
        *,
        title: str | None = None,
        notes: str | None = None,
        starred: bool | None = None,
    ) -> None:
        info = self._info_of(run)
        if info is None:
            return  # it was deleted while its notes were written
        try:
            said: RunNotes = change_notes(info.folder, title=title, notes=notes, starred=starred)
        except (UserError, OSError) as error:
            errors.show_error(self._page.banner, error, doing="Writing down what is said of a run")
            return
        self.noted.emit(run, said)
