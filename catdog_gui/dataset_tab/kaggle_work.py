"""Wires the Kaggle panel: tokens are kept and tried, and pictures are downloaded."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from catdog_gui.background import Jobs
from catdog_gui.dataset_tab import kaggle_jobs
from catdog_gui.dataset_tab import kaggle_words as words
from catdog_gui.dataset_tab.kaggle_controls import Found, controls_for
from catdog_gui.dataset_tab.messages import Messages
from catdog_gui.dataset_tab.page import DatasetPage
from catdog_gui.dataset_tab.source_name import taken_names, unique_name
from catdog_gui.dataset_tab.work import Work
from catdog_gui.reading import Reading
from catdog_gui.settings import KAGGLE_NAME, Settings
from catdog_gui.widgets.banner import BannerKind
from catdog_gui.widgets.image_drop import Dropped
from training.config import DownloadConfig
from training.dataset.kaggle.begun import Begun, throw_away
from training.dataset.kaggle.credential import Secret
from training.dataset.kaggle.sources import make_private
from training.dataset.kaggle.store import CredentialStore, Place
from training.dataset.picture import DatasetInfo
from training.home import Home

_TOKEN_SUFFIX = ".json"  # noqa: S105 - of a file's name
_LOOKING = "Looking for a token"
_GETTING = "Getting Kaggle's pictures"
_MAKE_PRIVATE, _GO_ON = "Make it private", "Go on"


class KaggleWork(QObject):
    """Keeps the panel in step with tokens and downloads.

    Args:
        page: Has the panel.
        work: Runs what talks to Kaggle, one job at a time.
        messages: Say what comes of it.
        jobs: Runs what only looks.
        home: Gets the dataset; may keep a token.
        settings: Remembers the dataset's name.

    Attributes:
        is_open: Whether the panel is shown.
        store: Finds the token that is used.

    Signals:
        changed: The panel was opened or closed.
        imported: The `DatasetInfo` of the new dataset.
    """

    changed = Signal()
    imported = Signal(object)

    def __init__(
        self,
        page: DatasetPage,
        work: Work,
        messages: Messages,
        jobs: Jobs,
        *,
        home: Home,
        settings: Settings,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.is_open = False
        self._panel = page.kaggle
        self._work = work
        self._messages = messages
        self._home = home
        self._settings = settings
        self.store = CredentialStore(home)
        self._reading = Reading(page.banner, jobs, parent=self)
        self._found: Found | None = None
        self._connect(page)
        self._settle()
        job = partial(kaggle_jobs.find_stopped, home)
        self._reading.start("Looking for a stopped download", job, then=self._on_stopped_found)

    def open(self) -> None:
        """Show the panel, with what there is."""
        self._show_panel()
        self._look(then=self._on_looked)

    def close(self) -> None:
        """Put the panel away; a download goes on."""
        self._panel.clear_token()
        if self.is_open:
            self.is_open = False
            self.changed.emit()

    def takes(self, dropped: Dropped) -> bool:
        """Whether what was dropped is a file with a token: it looks like one, or is given here."""
        if len(dropped.paths) != 1 or not dropped.paths[0].is_file():
            return False
        suffix = dropped.paths[0].suffix.lower()
        return suffix == _TOKEN_SUFFIX or (self.is_open and suffix in {"", ".txt"})

    def keep(self, given: Secret | Path, place: Place) -> None:
        """Keep a token; see `kaggle_jobs.keep`."""
        self._show_panel()
        wish = partial(kaggle_jobs.keep, given, place, self.store)
        self._look(wish, then=self._on_kept)

    def keep_dropped(self, dropped: Dropped) -> None:
        """Keep the token of a file that `takes` has accepted."""
        self.keep(dropped.paths[0], self._panel.place)

    def _on_panel_file_requested(self) -> None:
        file = self._panel.ask_for_token_file()
        if file is not None:
            self.keep(file, self._panel.place)

    def _on_panel_test_requested(self) -> None:
        if not self._work.is_occupied():
            job = partial(kaggle_jobs.ask_who, self.store)
            self._work.start("Asking Kaggle who you are", job, then=self._on_told_who)

    def _on_panel_forget_requested(self) -> None:
        self._look(self.store.forget, then=partial(self._on_granted, words.FORGOTTEN))

    def _on_panel_throw_away_requested(self) -> None:
        if not self._work.is_occupied():
            wish = partial(throw_away, self._home)
            self._look(wish, then=partial(self._on_granted, words.THROWN_AWAY))

    def _download(self, config: DownloadConfig) -> None:
        if self._work.is_occupied():
            return
        self._settings.set(KAGGLE_NAME, config.name)
        job = partial(kaggle_jobs.download, config, self._home, self.store)
        self._work.start(
            _GETTING, job, then=self._on_downloaded, or_cancelled=self._on_download_cancelled
        )

    def _make_private(self, file: Path) -> None:
        then = partial(self._on_granted, words.private_words(file))
        self._look(partial(make_private, file), then=then)

    def _go_on(self, begun: Begun) -> None:
        self._show_panel()
        self._download(DownloadConfig(self._free_name(), whole=begun.whole))

    def _on_stopped_found(self, begun: Begun | None) -> None:
        if begun is not None:
            message = words.unfinished_words(begun.part)
            do = partial(self._go_on, begun)
            self._messages.say(BannerKind.INFO, message, action=_GO_ON, do=do)

    def _on_looked(self, found: Found) -> None:
        self._show(found)
        self._warn(found)

    def _on_kept(self, found: Found) -> None:
        if found.trouble is None:
            self._panel.clear_token()
            self._messages.dismiss()
        self._on_looked(found)

    def _on_granted(self, message: str, found: Found) -> None:
        self._show(found)
        if not self._warn(found):
            self._messages.say(BannerKind.SUCCESS, message)

    def _on_told_who(self, username: str) -> None:
        self._messages.say(BannerKind.SUCCESS, words.who_words(username))

    def _on_downloaded(self, info: DatasetInfo) -> None:
        self.close()
        self.imported.emit(info)

    def _on_download_cancelled(self) -> None:
        self._messages.say(BannerKind.INFO, words.STOPPED, hint=words.GO_ON_LATER)

    def _on_work_changed(self) -> None:
        self._settle()
        if self.is_open and not self._work.is_running:
            self._look(then=self._show)

    def _show_panel(self) -> None:
        if not self.is_open:
            self.is_open = True
            self._panel.set_name(self._free_name())
            self.changed.emit()

    def _look(
        self, wish: Callable[[], None] = lambda: None, *, then: Callable[[Found], None]
    ) -> None:
        """Grant a wish beside the window, and look what there is then."""
        job = partial(kaggle_jobs.look, self.store, self._home, wish=wish)
        self._reading.start(_LOOKING, job, then=then)

    def _show(self, found: Found) -> None:
        self._found = found
        self._panel.show_found(found)
        self._settle()

    def _warn(self, found: Found) -> bool:
        """Say what is wrong with a token, if anything is."""
        file = found.credential.file if found.credential is not None else None
        if found.trouble is not None:
            self._messages.say_error(found.trouble, doing=_LOOKING)
        elif file is not None and found.is_open:
            do = partial(self._make_private, file)
            message = words.open_words(file)
            self._messages.say(BannerKind.WARNING, message, action=_MAKE_PRIVATE, do=do)
        else:
            return False
        return True

    def _free_name(self) -> str:
        return unique_name(self._settings.get(KAGGLE_NAME), taken_names(self._home))

    def _settle(self) -> None:
        self._panel.set_controls(controls_for(self._found, is_working=self._work.is_running))

    def _connect(self, page: DatasetPage) -> None:
        panel = self._panel
        page.kaggle_requested.connect(self.open)
        panel.closed.connect(self.close)
        panel.keep_requested.connect(self.keep)
        panel.file_requested.connect(self._on_panel_file_requested)
        panel.test_requested.connect(self._on_panel_test_requested)
        panel.forget_requested.connect(self._on_panel_forget_requested)
        panel.download_requested.connect(self._download)
        panel.throw_away_requested.connect(self._on_panel_throw_away_requested)
        panel.page_requested.connect(self._messages.open_page)
        self._work.changed.connect(self._on_work_changed)
