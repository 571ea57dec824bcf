"""Small sets of drawn pictures, and the tab: with a page that only notes, and with a real one."""

import shutil
from functools import partial
from unittest.mock import MagicMock

import pytest
from PySide6.QtGui import QDesktopServices

from catdog_gui.background import Jobs
from catdog_gui.dataset_tab import kaggle_jobs
from catdog_gui.dataset_tab.controller import DatasetController
from catdog_gui.dataset_tab.controls import DatasetState, controls_for
from catdog_gui.dataset_tab.page import DatasetPage
from catdog_gui.dataset_tab.picture_filter import Order, PictureFilter, find_leaks
from catdog_gui.settings import Settings
from catdog_gui.widgets.image_drop import Dropped
from tests.catdog_gui.dataset_tab.check_tab import CheckTab, plant
from tests.catdog_gui.dataset_tab.kaggle_tab import QUICK, Browser, KaggleTab
from tests.catdog_gui.dataset_tab.shelf import PICTURES, Shelf, info
from tests.training.dataset.kaggle_server import TOKEN
from tests.training.dataset.making import Import, pets, zipped
from training.cancellation import CancelToken
from training.dataset.sample import draw_sample


@pytest.fixture(scope="session")
def drawn_once(tmp_path_factory):
    folder = tmp_path_factory.mktemp("drawn")
    draw_sample(folder, count=20, seed=3, emit=lambda _: None, token=CancelToken())
    return folder


@pytest.fixture
def pictures(drawn_once, tmp_path):
    """A folder of ten drawn cats and ten drawn dogs, numbered 0 to 9."""
    return shutil.copytree(drawn_once, tmp_path / "my pictures")


@pytest.fixture
def leaking(drawn_once, tmp_path):
    """A folder whose split as in the notebook has one leak: cat.0 and cat.10000 are the same."""
    folder = tmp_path / "leaking"
    folder.mkdir()
    for label in ("cat", "dog"):
        for place, number in enumerate((0, 10_000, 11_000)):
            drawn = 0 if label == "cat" and number == 10_000 else place
            shutil.copy(drawn_once / f"{label}.{drawn}.jpg", folder / f"{label}.{number}.jpg")
    return folder


class Tab:
    """A controller, its page's notes, and the user's hands."""

    def __init__(self, qtbot, home):
        self.qtbot = qtbot
        self.home = home
        self.page = MagicMock(spec=DatasetPage)
        self.page.gallery.look.return_value = (PictureFilter(), Order.USUAL)
        self.settings = Settings(home.settings_file)
        self.jobs = Jobs()
        self.controller = DatasetController(
            self.page, home=home, jobs=self.jobs, settings=self.settings
        )
        self.news = []
        self.controller.datasets_changed.connect(lambda: self.news.append("datasets_changed"))
        self.controller.training_requested.connect(lambda: self.news.append("training_requested"))
        self.settle()

    def settle(self):
        self.qtbot.waitUntil(lambda: not self.jobs.running, timeout=20_000)

    def drop(self, *paths):
        self.controller.imports.take(Dropped(tuple(paths)))
        self.settle()

    def split(self, config):
        self.controller.splits.make(config)
        self.settle()

    def press_banner_action(self):
        self.controller._messages.take_next_step()
        self.settle()

    @property
    def controls(self):
        return self.page.set_controls.call_args.args[0]

    @property
    def shown(self):
        return self.page.gallery.show_pictures.call_args.args[0]

    @property
    def info(self):
        return self.page.show_info.call_args.args[0]

    @property
    def told(self):
        """The kind, the sentence and the button of the last message."""
        call = self.page.banner.show_message.call_args
        return (*call.args, call.kwargs.get("action", ""))

    @property
    def names(self):
        return [info.name for info in self.page.set_datasets.call_args.args[0]]


@pytest.fixture
def open_tab(qtbot, home):
    """Starts the tab as the program's start does; the same home each time."""
    opened = []

    def open_one():
        opened.append(Tab(qtbot, home))
        return opened[-1]

    yield open_one
    assert all(tab.jobs.cancel_all_and_wait(limit_ms=10_000) for tab in opened)


@pytest.fixture
def tab(open_tab):
    return open_tab()


@pytest.fixture
def open_check_tab(qtbot, home):
    """Starts the tab as the program's start does; the same home each time."""
    opened = []

    def open_one():
        opened.append(CheckTab(qtbot, home))
        return opened[-1]

    yield open_one
    assert all(tab.jobs.cancel_all_and_wait(limit_ms=10_000) for tab in opened)


@pytest.fixture
def check_tab(open_check_tab, home, drawn_few):
    """The tab with three cats and three dogs, of which three cats have suspicious labels."""
    Import(drawn_few, home)
    plant(home, "pets", "It is a dog.", "It is a dog, too.", "Perhaps a dog.")
    return open_check_tab()


@pytest.fixture
def drawn_few(drawn_once, tmp_path):
    """A folder of three drawn cats and three drawn dogs."""
    folder = tmp_path / "few"
    folder.mkdir()
    for label in ("cat", "dog"):
        for number in range(3):
            shutil.copy(drawn_once / f"{label}.{number}.jpg", folder)
    return folder


@pytest.fixture
def browser(qapp):
    browser = Browser()
    yield browser
    QDesktopServices.unsetUrlHandler("https")


@pytest.fixture
def open_kaggle_tab(qtbot, home, kaggle, monkeypatch):
    """Starts the tab as the program's start does; the same home each time."""
    kaggle.content = zipped(pets(3))
    monkeypatch.setattr(kaggle_jobs, "download", partial(kaggle_jobs.download, patience=QUICK))
    opened = []

    def open_one():
        opened.append(KaggleTab(qtbot, home))
        return opened[-1]

    yield open_one
    assert all(tab.jobs.cancel_all_and_wait(limit_ms=10_000) for tab in opened)


@pytest.fixture
def kaggle_tab(open_kaggle_tab):
    tab = open_kaggle_tab()
    tab.open()
    return tab


@pytest.fixture
def given(kaggle_tab):
    """A tab whose user has pasted a token."""
    kaggle_tab.paste(TOKEN)
    return kaggle_tab


@pytest.fixture
def page(qtbot):
    page = DatasetPage()
    qtbot.addWidget(page)
    page.resize(1024, 640)
    page.show()
    return page


@pytest.fixture
def shelf(page, tmp_path):
    shelf = Shelf(page.gallery, tmp_path, PICTURES)
    yield shelf
    shelf.close()


@pytest.fixture
def full_page(page, shelf):
    page.set_datasets([info()], "kaggle")
    page.set_controls(controls_for(DatasetState(1, is_read=True, is_split=True, leaks=1)))
    page.show_info(info(train=2, validation=1, test=1, quarantined=1, leaks=1))
    page.gallery.set_leaks(find_leaks(PICTURES))
    shelf.look()
    return page
