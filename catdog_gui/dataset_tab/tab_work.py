"""What the kinds of work of this tab have in common: wishes that become one job at a time."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject

from catdog_gui.dataset_tab.messages import Messages
from catdog_gui.dataset_tab.page import DatasetPage
from catdog_gui.dataset_tab.work import Work
from catdog_gui.settings import IMPORT_FOLDER, Settings
from training.home import Home


class TabWork(QObject):
    """Asks the user, and has jobs run when none is in the way.

    Args:
        page: Asks.
        work: Runs the jobs.
        messages: Say how they came out.
        home: Where the datasets live.
        settings: Remember what the user chose last.

    Attributes:
        dataset: The name of the dataset that is shown; empty without one.
    """

    def __init__(
        self,
        page: DatasetPage,
        work: Work,
        messages: Messages,
        *,
        home: Home,
        settings: Settings,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.dataset = ""
        self._page = page
        self._work = work
        self._messages = messages
        self._home = home
        self._settings = settings

    def _begin(
        self, title: str, job: Callable[..., Any], *, then: Callable[[Any], None], changes: str = ""
    ) -> None:
        """Run a job, unless another one, or a training on what it changes, is in the way."""
        if not self._work.is_occupied(changes=changes):
            self._work.start(title, job, then=then)

    def _asked(self, ask: Callable[[str], Path | None], *, changes: str = "") -> Path | None:
        """What the user chooses, beginning where the last source was; None where a job runs."""
        if self._work.is_occupied(changes=changes):
            return None
        return ask(self._settings.get(IMPORT_FOLDER))
