"""Which run gives the verdicts: the one that ships, unless the user chose or trained another."""

import contextlib
from collections.abc import Sequence

from training.errors import RunError
from training.home import Home
from training.runs.judgement import Judgement
from training.runs.lab_book import RunInfo, default_run, list_runs
from training.runs.run_folder import FINISHED, read_record

UNCHOSEN = ""
"""No run was ever chosen: the first one counts, which is the one that ships."""


def runs_to_choose_from(home: Home) -> list[RunInfo]:
    """The run that ships, then the user's own, newest first.

    Raises:
        OSError: The user's runs cannot be listed.
    """
    runs = list_runs(home)
    with contextlib.suppress(RunError):  # an installation without it: one's own runs go on
        runs.insert(0, default_run())
    return runs


def judgement_of(run: RunInfo) -> Judgement | None:
    """What a run knows of its answers; None also where its record cannot be read by now."""
    with contextlib.suppress(RunError):  # reading pictures with it will say so
        return read_record(run.folder).judgement
    return None


class RunChoice:
    """The finished runs, and the one that is chosen.

    Args:
        wanted: The name of the run that was chosen last time, or `UNCHOSEN`.
    """

    def __init__(self, wanted: str = UNCHOSEN) -> None:
        self._wanted = wanted
        self._runs: tuple[RunInfo, ...] = ()

    @property
    def runs(self) -> tuple[RunInfo, ...]:
        """The finished runs: the one that ships, then the user's, newest first."""
        return self._runs

    @property
    def wanted(self) -> str:
        """What to remember: a run's name, or `UNCHOSEN`."""
        return self._wanted

    @property
    def chosen(self) -> RunInfo | None:
        """The run that gives the verdicts; None where no run is finished."""
        named = (info for info in self._runs if info.run == self._wanted)
        return next(named, self._runs[0] if self._runs else None)

    def update(self, runs: Sequence[RunInfo], *, keeps_chosen: bool) -> None:
        """Take in the runs that there are now.

        Args:
            runs: See `runs_to_choose_from`; those that are not finished are not offered.
            keeps_chosen: Whether the chosen run stays chosen when a new one is there. If not, the
                newest run that was finished since the last update is chosen.
        """
        known, chosen = {info.run for info in self._runs}, self.chosen
        self._runs = tuple(info for info in runs if info.state == FINISHED)
        new = [info.run for info in self._runs if info.run not in known]
        if chosen is not None and new:
            self._wanted = chosen.run if keeps_chosen else new[0]

    def choose_run(self, run: str) -> None:
        """Choose the run of that name; one that is not offered leaves the choice as it is."""
        if any(info.run == run for info in self._runs):
            self._wanted = run

    def choose(self, row: int) -> None:
        """The user chose the run in that row of `runs`."""
        self._wanted = self._runs[row].run
