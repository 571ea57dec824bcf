"""Which model gives the verdicts: the runs that there are, the user's choice, and a new one."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from catdog_gui.background import Jobs
from catdog_gui.model_adding.adding import ModelAdding
from catdog_gui.model_adding.questions import Strangers
from catdog_gui.prediction_tab.model_cards import show_card
from catdog_gui.prediction_tab.page import PredictionPage
from catdog_gui.prediction_tab.run_choice import RunChoice, judgement_of, runs_to_choose_from
from catdog_gui.prediction_tab.words import run_words
from catdog_gui.reading import Reading
from catdog_gui.settings import PREDICTION_RUN, Settings
from training.cancellation import CancelToken
from training.events import EventSink
from training.home import Home
from training.runs.given import may_hold_model
from training.runs.judgement import Judgement
from training.runs.lab_book import RunInfo


class ModelChoosing(QObject):
    """Keeps the runs to choose from, which are listed in a job, and the one that is chosen.

    Args:
        page: Offers them.
        home: Where they are.
        jobs: Where they are listed.
        settings: Remembers the choice.
        has_pictures: Whether there are pictures that the chosen run has read, or reads.
        strangers: See `ModelAdding`.

    Attributes:
        adding: Adds a model that the user was given.
        judgement: What the chosen run knows of its answers; None where it knows nothing.

    Signals:
        settled: The runs were listed, or the user chose.
        changed: Another run than before gives the verdicts; `settled` follows.
        run_added: The home has a run more.
    """

    settled = Signal()
    changed = Signal()
    run_added = Signal()

    def __init__(
        self,
        page: PredictionPage,
        *,
        home: Home,
        jobs: Jobs,
        settings: Settings,
        has_pictures: Callable[[], bool],
        strangers: Strangers | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._page = page
        self._home = home
        self._settings = settings
        self._has_pictures = has_pictures
        self._choice = RunChoice(settings.get(PREDICTION_RUN))
        self._reading = Reading(page.banner, jobs, parent=self)
        self._is_listed = False
        self._wanted = ""  # to be chosen once it is listed
        self._run = ""
        self.judgement: Judgement | None = None
        self.adding = ModelAdding(
            page.adding,
            page.banner,
            home=home,
            jobs=jobs,
            settings=settings,
            strangers=strangers,
            parent=self,
        )
        self.adding.added.connect(self._on_adding_added)
        page.run_chosen.connect(self._on_page_run_chosen)
        page.card_requested.connect(self._on_page_card_requested)
        page.add_model_requested.connect(self.adding.ask)

    @property
    def chosen(self) -> RunInfo | None:
        """The run that gives the verdicts; None where there is none, or none is listed yet."""
        return self._choice.chosen

    @property
    def run(self) -> str:
        """Its name; empty without one."""
        return self._run

    @property
    def count(self) -> int | None:
        """How many runs there are to choose from; None while that is not known."""
        return len(self._choice.runs) if self._is_listed else None

    def folder(self) -> Path | None:
        """The chosen run's folder."""
        return self.chosen.folder if self.chosen else None

    def refresh(self) -> None:
        """Look which runs there are; verdicts on the screen keep theirs while it is there."""
        self._reading.start("Listing the runs", partial(_list, self._home), then=self._on_listed)

    def take(self, given: Sequence[Path]) -> list[Path]:
        """Add a model that is among files which the user gave.

        Returns:
            The other files.
        """
        models = [path for path in given if may_hold_model(path)]
        if models:
            self.adding.add(models)
        return [path for path in given if path not in models]

    def _on_listed(self, runs: Sequence[RunInfo]) -> None:
        self._is_listed = True
        self._choice.update(runs, keeps_chosen=self._has_pictures())
        self._choice.choose_run(self._wanted)
        self._wanted = ""
        self._settle()

    def _on_page_run_chosen(self, row: int) -> None:
        self._page.banner.dismiss()
        self._choice.choose(row)
        self._settle()

    def _on_page_card_requested(self) -> None:
        show_card(self._page, self.chosen)

    def _on_adding_added(self, run: str) -> None:
        self._wanted = run
        self.refresh()
        self.run_added.emit()

    def _settle(self) -> None:
        chosen, run_before = self.chosen, self._run
        self._run = chosen.run if chosen else ""
        self._settings.set(PREDICTION_RUN, self._choice.wanted)
        names = [info.run for info in self._choice.runs]
        words = [run_words(info) for info in self._choice.runs]
        self._page.set_runs(words, names.index(chosen.run) if chosen else 0)
        self.judgement = judgement_of(chosen) if chosen else None
        if chosen and self._run != run_before:
            self.changed.emit()
        self.settled.emit()


def _list(
    home: Home,
    *,
    emit: EventSink,  # noqa: ARG001 - a job's form
    token: CancelToken,  # noqa: ARG001 - likewise
) -> list[RunInfo]:
    return runs_to_choose_from(home)
