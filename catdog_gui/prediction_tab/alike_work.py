"""Finds the training pictures that are most like the picture that is looked at."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from catdog_gui.prediction_tab.latest_job import LatestJob, Question
from catdog_gui.prediction_tab.page import PredictionPage
from training.cancellation import CancelToken
from training.events import EventSink
from training.home import Home

if TYPE_CHECKING:
    from training.inference.alike import Alike

_TITLE = "Finding similar pictures"


def find_by_features(
    picture: Path, folder: Path, home: Home, *, emit: EventSink, token: CancelToken
) -> Alike:
    """See `training.inference.alike`, which is imported here, in the job's thread."""
    from training.inference.alike import find_alike

    return find_alike(picture, folder, home, emit=emit, token=token)


class AlikeWork:
    """Fills the view of similar pictures.

    Args:
        page: Has the view.
        latest: Runs the job.
        home: Where the training pictures are.
        find: Finds them; tests give their own.
    """

    def __init__(
        self,
        page: PredictionPage,
        latest: LatestJob,
        home: Home,
        find: Callable[..., Alike] = find_by_features,
    ) -> None:
        self._page = page
        self._latest = latest
        self._home = home
        self._find = find

    def show(self, picture: Path, folder: Path) -> None:
        """Show what a run's network finds most like a picture."""
        view = self._page.alike
        self._page.panel.clear_look()
        view.show_waiting(f"{_TITLE} …")
        job = partial(self._find, picture, folder, self._home)
        self._latest.ask(
            Question(
                _TITLE,
                job,
                view.show_alike,
                wait=view.show_waiting,
                fail=view.show_failure,
                is_quiet=False,  # of a large dataset it takes a minute, once
            )
        )

    def clear(self) -> None:
        """Forget the picture."""
        self._page.alike.clear()
