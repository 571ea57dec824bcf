"""The Kaggle panel with a real page, real jobs, and a server that answers as Kaggle does."""

import os
import stat
from functools import partial

import pytest
from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices

from catdog_gui.background import Jobs
from catdog_gui.dataset_tab import kaggle_jobs
from catdog_gui.dataset_tab.controller import DatasetController
from catdog_gui.dataset_tab.page import DatasetPage
from catdog_gui.settings import Settings
from catdog_gui.widgets.banner import BannerKind
from catdog_gui.widgets.image_drop import Dropped
from tests.training.dataset.kaggle_server import KEY, TOKEN, USER
from tests.training.dataset.making import pets, zipped
from training.dataset.download import Patience
from training.dataset.kaggle.places import DATA_PAGE, RULES_PAGE, TOKEN_PAGE
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


@pytest.fixture
def browser(qapp):
    browser = Browser()
    yield browser
    QDesktopServices.unsetUrlHandler("https")


class Tab:
    """The tab, and the user's hands."""

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


@pytest.fixture
def open_tab(qtbot, home, kaggle, monkeypatch):
    """Starts the tab as the program's start does; the same home each time."""
    kaggle.content = zipped(pets(3))
    monkeypatch.setattr(kaggle_jobs, "download", partial(kaggle_jobs.download, patience=QUICK))
    opened = []

    def open_one():
        opened.append(Tab(qtbot, home))
        return opened[-1]

    yield open_one
    assert all(tab.jobs.cancel_all_and_wait(limit_ms=10_000) for tab in opened)


@pytest.fixture
def tab(open_tab):
    tab = open_tab()
    tab.open()
    return tab


@pytest.fixture
def given(tab):
    """A tab whose user has pasted a token."""
    tab.paste(TOKEN)
    return tab


def write_kaggle_json(user, mode=0o600, text=KAGGLE_JSON):
    file = user / ".kaggle" / "kaggle.json"
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, encoding="utf-8")
    file.chmod(mode)
    return file


def test_a_pasted_token_is_tried_and_says_who_the_user_is(given):
    assert given.token.token.text() == "Your token for this session, …CRET"
    assert given.token.line.text() == ""
    given.click(given.token.test)
    assert (given.page.banner.kind, given.said) == (BannerKind.SUCCESS, "You are catlover.")


def test_the_download_becomes_the_chosen_dataset_and_the_panel_goes(given):
    given.click(given.get.button)
    assert given.controller.chosen == "kaggle"
    assert given.said.startswith("6 pictures imported: 3 cats and 3 dogs.")
    assert given.action == "Split…"
    assert not given.panel.isVisible()
    given.open()
    assert given.get.name.text() == "kaggle 2"


def test_another_dataset_chosen_puts_the_panel_away(given):
    given.click(given.get.button)
    given.open()
    given.page.dataset_chosen.emit("kaggle")
    assert not given.panel.isVisible()


def test_what_kaggles_own_command_uses_is_found_and_left_alone(tab, no_token):
    file = write_kaggle_json(no_token)
    tab.open()
    assert tab.token.token.text() == "Your token from ~/.kaggle/kaggle.json, …cdef"
    assert tab.token.owner.text() == (
        "It is that of catlover. CatDog reads it there and leaves it as it is."
    )
    assert not tab.token.forget.isVisible()
    tab.click(tab.get.button)
    assert file.read_text(encoding="utf-8") == KAGGLE_JSON


def test_a_dropped_kaggle_json_opens_the_panel_and_is_used(open_tab, tmp_path):
    tab = open_tab()
    file = tmp_path / "kaggle (1).json"
    file.write_text(KAGGLE_JSON, encoding="utf-8")
    tab.drop(file)
    assert tab.panel.isVisible()
    assert tab.token.token.text() == "Your token for this session, …cdef"


def test_a_dropped_zip_is_imported_also_while_the_panel_is_open(given, tmp_path):
    source = tmp_path / "pets.zip"
    source.write_bytes(zipped(pets(2)))
    given.drop(source)
    assert given.controller.chosen == "pets"


def test_a_chosen_file_is_used(tab, tmp_path, monkeypatch):
    file = tmp_path / "access_token"
    file.write_text(TOKEN, encoding="utf-8")
    monkeypatch.setattr(tab.panel, "ask_for_token_file", lambda: file)
    tab.click(tab.token.file)
    assert tab.token.token.text().endswith("…CRET")
    monkeypatch.setattr(tab.panel, "ask_for_token_file", lambda: None)
    tab.token.another.click()
    tab.click(tab.token.file)


def test_the_keyring_keeps_a_token_over_a_restart_until_it_is_forgotten(open_tab, ring):
    tab = open_tab()
    tab.open()
    assert tab.panel.place is Place.KEYRING
    tab.paste(TOKEN, Place.KEYRING)
    again = open_tab()
    again.open()
    assert again.token.token.text() == "Your token from the keyring, …CRET"
    again.click(again.token.forget)
    assert again.said == "CatDog keeps no token for Kaggle any more."
    assert ring.held == {}
    assert again.token.line.isVisible()
    assert not again.get.button.isEnabled()


@pytest.mark.fault(98)
def test_a_keyring_that_does_not_open_costs_no_second_paste(open_tab, ring):
    tab = open_tab()
    tab.open()
    ring.is_locked = True
    tab.paste(TOKEN, Place.KEYRING)
    assert tab.said == "The keyring does not open."
    tab.token.places[1].click()
    tab.click(tab.token.keep)
    assert tab.token.token.text() == "Your token for this session, …CRET"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_a_file_is_kept_only_when_it_is_ticked_and_then_for_the_user_alone(given, home):
    file = home.root / "kaggle-token"
    assert not file.exists()
    given.token.another.click()
    given.paste(TOKEN, Place.FILE)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    given.click(given.token.forget)
    assert not file.exists()


@pytest.mark.fault(96)
@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_a_kaggle_json_that_others_can_read_is_made_private_at_a_press(tab, no_token):
    file = write_kaggle_json(no_token, mode=0o644)
    tab.open()
    assert (tab.page.banner.kind, tab.action) == (BannerKind.WARNING, "Make it private")
    assert "~/.kaggle/kaggle.json" in tab.said
    assert stat.S_IMODE(file.stat().st_mode) == 0o644
    tab.press_banner_action()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert tab.said == "Only you can read ~/.kaggle/kaggle.json now."


@pytest.mark.fault(96)
@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"username": "catlover"', "“kaggle.json” is broken"),
        ('{"username": "catlover"}', "“kaggle.json” has no field “key”"),
        ("", "“kaggle.json” is empty"),
    ],
)
def test_a_broken_kaggle_json_is_said_and_another_token_can_be_given(tab, no_token, text, said):
    write_kaggle_json(no_token, text=text)
    tab.open()
    assert said in tab.said
    tab.paste(TOKEN)
    assert tab.get.button.isEnabled()
    assert tab.said == ""


@pytest.mark.fault(96)
def test_a_kaggle_json_with_a_byte_order_mark_is_read(tab, no_token):
    write_kaggle_json(no_token, text="\ufeff" + KAGGLE_JSON)
    tab.open()
    tab.click(tab.token.test)
    assert tab.said == "You are catlover."


@pytest.mark.fault(97)
def test_a_wrong_token_is_refused_once_and_leads_to_kaggles_settings(tab, kaggle, browser):
    tab.paste("KGAT_wrong0123456789")
    for button in (tab.token.test, tab.get.button):
        kaggle.calls.clear()
        tab.click(button)
        assert tab.said == "Kaggle refused the token."
        assert len(kaggle.calls) == 1
    assert tab.action == "Open Kaggle's settings"
    tab.press_banner_action()
    assert browser.pages == [TOKEN_PAGE]


@pytest.mark.fault(46)
def test_rules_that_are_not_accepted_lead_to_their_page(given, kaggle, browser):
    kaggle.refuse(403)
    given.click(given.get.button)
    assert "accepted the rules" in given.said
    assert given.action == "Open the rules"
    given.press_banner_action()
    assert browser.pages == [RULES_PAGE]
    given.click(given.get.button)
    assert given.controller.chosen == "kaggle"


@pytest.mark.fault(46)
@pytest.mark.parametrize(
    ("status", "said", "action"),
    [
        (404, "Kaggle has no such file.", "Open Kaggle's page"),
        (429, "Kaggle has had too many requests from this account for now.", ""),
        (500, "Kaggle has trouble of its own (500).", ""),
    ],
)
def test_each_refusal_has_a_sentence_and_a_next_step(given, kaggle, status, said, action):
    kaggle.refuse(status, times=9, Retry_After="0")
    given.click(given.get.button)
    assert (given.page.banner.kind, given.said, given.action) == (BannerKind.ERROR, said, action)
    assert given.page.banner.hint()
    assert given.get.button.isEnabled()


@pytest.mark.fault(46)
def test_a_wait_that_kaggle_asks_for_is_shown_and_kept(given, kaggle):
    kaggle.refuse(429, Retry_After="1")
    waits = []
    given.jobs.started.connect(
        lambda job: job.progressed.connect(lambda event: waits.append(str(event)))
    )
    given.click(given.get.button)
    assert given.controller.chosen == "kaggle"
    assert any("Waiting to try again" in each for each in waits)


def test_a_page_that_no_browser_opens_is_named(given, monkeypatch):
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: False)
    given.panel.page_requested.emit(DATA_PAGE)
    assert given.said == "No browser could be opened."
    assert DATA_PAGE in given.page.banner.hint()


def stop_half_way(tab, kaggle):
    kaggle.content, kaggle.stall_at = zipped(pets(200)), 1 << 17
    tab.get.button.click()
    downloads = tab.home.cache / "downloads" / "dogs-vs-cats-train.zip.partial"
    tab.qtbot.waitUntil(lambda: downloads.is_file() and downloads.stat().st_size >= 1 << 17)
    tab.page.cancel_requested.emit()
    tab.settle()
    kaggle.stall_at = None


def test_a_cancelled_download_is_kept_and_gone_on_with(given, kaggle):
    stop_half_way(given, kaggle)
    assert given.said == "The download is stopped. What has come is kept."
    assert given.get.button.text() == "Go on"
    assert given.get.part.text() == "0.1 of 0.3 MB have come."
    given.click(given.get.button)
    assert given.controller.chosen == "kaggle"
    assert kaggle.asked[-1]["range"] == f"bytes={1 << 17}-"


def test_the_next_start_offers_to_go_on(given, kaggle, open_tab, monkeypatch):
    stop_half_way(given, kaggle)
    monkeypatch.setenv("KAGGLE_API_TOKEN", TOKEN)
    again = open_tab()
    assert again.said == "The download from Kaggle is not finished. 0.1 of 0.3 MB have come."
    assert again.action == "Go on"
    again.press_banner_action()
    assert again.controller.chosen == "kaggle"
    assert open_tab().said == ""


def test_going_on_without_a_token_shows_where_to_give_one(given, kaggle, open_tab):
    stop_half_way(given, kaggle)
    again = open_tab()
    again.press_banner_action()
    assert again.said == "There is no token for Kaggle on this computer."
    assert again.action == "Open Kaggle's settings"
    assert again.token.line.isVisible()
    assert again.token.line.isEnabled()


def test_what_has_come_can_be_thrown_away(given, kaggle, open_tab):
    stop_half_way(given, kaggle)
    given.click(given.get.throw_away)
    assert given.said == "What had come of the download is deleted."
    assert given.get.button.text() == "Download"
    assert open_tab().said == ""


def test_a_running_download_lets_the_panel_be_closed_and_nothing_else_begin(given, kaggle):
    kaggle.stall_at = 0
    given.get.button.click()
    given.qtbot.waitUntil(lambda: kaggle.asked != [])
    assert not given.token.test.isEnabled()
    given.panel.back.click()
    assert not given.panel.isVisible()
    assert given.jobs.running
    given.page.sample_requested.emit()
    assert given.said == "Getting Kaggle's pictures is not finished."
    given.page.cancel_requested.emit()
    given.settle()


def test_a_bad_name_is_said_before_kaggle_is_asked(given, kaggle):
    given.get.name.setText("a/b")
    kaggle.calls.clear()
    given.click(given.get.button)
    assert "cannot be the name of a dataset" in given.said
    assert kaggle.calls == []
