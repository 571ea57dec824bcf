"""The tab with a real page, a user who has Kaggle on their mind, and their browser."""

from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices

from catdog_gui.background import Jobs
from catdog_gui.dataset_tab.controller import DatasetController
from catdog_gui.dataset_tab.page import DatasetPage
from catdog_gui.settings import Settings
from catdog_gui.widgets.image_drop import Dropped
from tests.training.dataset.kaggle_server import KEY, USER
from tests.training.dataset.making import pets, zipped
from training.dataset.download import Patience
from training.dataset.kaggle.store import Place

QUICK = Patience(connect_s=5, stall_s=1, tries=2, first_wait_s=0.01, longest_wait_s=5)
PLACES = [Place.KEYRING, Place.SESSION, Place.FILE]  # as they stand in the form
KAGGLE_JSON = f'{{"username": "{USER}", "key": "{KEY}"}}'


class Browser(QObject):
    """Stands in for the user's browser; takes what the window opens."""

    def __init__(self):
        super().__init__()
        self.pages = []
        QDesktopServices.setUrlHandler("https", self, "take")

    @Slot(QUrl)
    def take(self, url):
        self.pages.append(url.toString())


class KaggleTab:
    """The tab with a real page, and the user's hands."""

    def __init__(self, qtbot, home):
        self.qtbot, self.home = qtbot, home
        self.page, self.jobs = DatasetPage(), Jobs()
        qtbot.addWidget(self.page)
        self.page.show()
        self.controller = DatasetController(
            self.page, home=home, jobs=self.jobs, settings=Settings(home.settings_file)
        )
        self.panel = self.page.kaggle
        self.token, self.get = self.panel.token_form, self.panel.download_form
        self.settle()

    def settle(self):
        self.qtbot.waitUntil(lambda: not self.jobs.running, timeout=20_000)

    def click(self, button):
        assert button.isEnabled()
        button.click()
        self.settle()

    def open(self):
        self.page.kaggle_requested.emit()
        self.settle()

    def paste(self, text, place=Place.SESSION):
        self.token.line.setText(text)
        self.token.places[PLACES.index(place)].click()
        self.click(self.token.keep)

    def drop(self, *paths):
        self.page.dropped.emit(Dropped(tuple(paths)))
        self.settle()

    def press_banner_action(self):
        self.page.banner_action_requested.emit()
        self.settle()

    @property
    def said(self):
        return self.page.banner.message()

    @property
    def action(self):
        action = self.page.banner._action
        return action.text() if action.isVisible() else ""


def write_kaggle_json(user, mode=0o600, text=KAGGLE_JSON):
    file = user / ".kaggle" / "kaggle.json"
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, encoding="utf-8")
    file.chmod(mode)
    return file


def stop_half_way(tab, kaggle):
    kaggle.content, kaggle.stall_at = zipped(pets(200)), 1 << 17
    tab.get.button.click()
    downloads = tab.home.cache / "downloads" / "dogs-vs-cats-train.zip.partial"
    tab.qtbot.waitUntil(lambda: downloads.is_file() and downloads.stat().st_size >= 1 << 17)
    tab.page.cancel_requested.emit()
    tab.settle()
    kaggle.stall_at = None
