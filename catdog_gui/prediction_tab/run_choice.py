"""Which run gives the verdicts: the newest finished one, unless the user chose another."""

from collections.abc import Sequence

from training.runs.run_folder import FINISHED, RunInfo

NEWEST = ""
"""The choice that follows the newest run."""


class RunChoice:
    """The finished runs, newest first, and the one that is chosen.

    Args:
        wanted: The name of the run that the user chose last time, or `NEWEST`.
    """

    def __init__(self, wanted: str = NEWEST) -> None:
        self._wanted = wanted
        self._runs: tuple[RunInfo, ...] = ()

    @property
    def runs(self) -> tuple[RunInfo, ...]:
        """The finished runs, newest first."""
        return self._runs

    @property
    def wanted(self) -> str:
        """What to remember: a run's name, or `NEWEST`."""
        return self._wanted

    @property
    def chosen(self) -> RunInfo | None:
        """The run that gives the verdicts; None where no run is finished."""
        named = (info for info in self._runs if info.run == self._wanted)
        return next(named, self._runs[0] if self._runs else None)

    def update(self, runs: Sequence[RunInfo], *, keeps_chosen: bool) -> None:
        """Take in the runs that there are now.

        Args:
            runs: All runs, newest first; those that are not finished are not offered.
            keeps_chosen: Whether the chosen run stays chosen when a newer one is there. If not,
                a run that was finished since the last update is chosen.
        """
        known, chosen = {info.run for info in self._runs}, self.chosen
        self._runs = tuple(info for info in runs if info.state == FINISHED)
        if not known or not self._runs or self._runs[0].run in known:
            return
        self._wanted = chosen.run if keeps_chosen and chosen else NEWEST

    def choose(self, row: int) -> None:
        """The user chose the run in that row of `runs`."""
        self._wanted = NEWEST if row == 0 else self._runs[row].run
