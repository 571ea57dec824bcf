"""Wires the cards of the first start: what each leads to, and what ends them for ever."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from catdog_gui.first_start.cards import BeginningCards
from catdog_gui.settings import FIRST_START_SEEN, Settings
from catdog_gui.widgets.image_drop import Dropped
from catdog_gui.wiring import TabName, Tabs
from training.home import Home

FIRST_PAGE = "first-steps"
"""The page of the guide that *Learn how it works* opens."""


def is_first_start(home: Home, settings: Settings) -> bool:
    """Whether nothing was done yet: no dataset, no run, and the cards were never ended."""
    is_seen = settings.get(FIRST_START_SEEN)
    return not is_seen and not any(_holds_something(each) for each in (home.datasets, home.runs))


class FirstStart(QObject):
    """Leads from the cards to where one begins; they go with the first thing that is done.

    Args:
        tabs: Where they lead.
        settings: Remember that they were seen.
        open_guide: Opens a page of the guide.
        parent: The window.

    Attributes:
        cards: Its view; whoever makes it finds a place for it.
    """

    def __init__(
        self,
        tabs: Tabs,
        settings: Settings,
        *,
        open_guide: Callable[[str], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.cards = BeginningCards(parent)
        self._tabs = tabs
        self._settings = settings
        self._open_guide = open_guide
        self._connect()

    def end(self) -> None:
        """Never show the cards again."""
        self._settings.set(FIRST_START_SEEN, value=True)
        self.cards.hide()

    def _connect(self) -> None:
        cards, tabs = self.cards, self._tabs
        cards.try_requested.connect(self._on_cards_try_requested)
        cards.learn_requested.connect(self._on_cards_learn_requested)
        cards.train_requested.connect(self._on_cards_train_requested)
        cards.pictures_dropped.connect(self._on_cards_pictures_dropped)
        cards.closed.connect(self.end)
        for begun in (
            tabs.dataset_page.dropped,
            tabs.dataset.datasets_changed,
            tabs.prediction.bringing.brought,
            tabs.prediction.run_added,
        ):
            begun.connect(lambda *_: self.end())

    def _on_cards_try_requested(self) -> None:
        self.end()
        self._tabs.show(TabName.PREDICTION)

    def _on_cards_learn_requested(self) -> None:
        """The walk begins on the Dataset tab, with the guide beside it."""
        self.end()
        self._tabs.show(TabName.DATASET)
        self._open_guide(FIRST_PAGE)

    def _on_cards_train_requested(self) -> None:
        self.end()
        self._tabs.show(TabName.DATASET)
        self._tabs.dataset_page.show_invitation()

    def _on_cards_pictures_dropped(self, dropped: Dropped) -> None:
        self._tabs.show(TabName.PREDICTION)
        self._tabs.prediction_page.pictures_dropped.emit(dropped)


def _holds_something(folder: Path) -> bool:
    try:
        return folder.is_dir() and any(folder.iterdir())
    except OSError:
        return True  # nobody can say, so nobody is greeted
