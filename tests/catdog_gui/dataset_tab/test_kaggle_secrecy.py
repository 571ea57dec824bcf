"""A planted token goes through the whole window, in success and in trouble: it shows nowhere."""

import pytest

from catdog_gui.log import kept_log, log_file
from catdog_gui.main_window import MainWindow
from tests.catdog_gui.every_word import all_words, spoken_of
from tests.slow_rows import crossed
from tests.training.dataset.kaggle_server import TOKEN
from tests.training.dataset.making import pets, zipped
from tests.training.dataset.planted import FORMS
from training.dataset.kaggle.client import Kaggle as Client


@pytest.fixture
def window(qtbot, home, kaggle):
    kaggle.content = zipped(pets(3))
    with kept_log(home):
        window = MainWindow(home)
        qtbot.addWidget(window)
        window.show()
        yield window
        window.leave()


def settle(qtbot, window):
    qtbot.waitUntil(lambda: not window.jobs.running, timeout=20_000)


def give(qtbot, window, text):
    window.tabs.dataset.kaggle.open()
    settle(qtbot, window)
    form = window.tabs.dataset_page.kaggle.token_form
    if not form.line.isVisible():
        form.another.click()
    form.line.setText(text)
    form.places[1].click()  # for this session
    form.keep.click()
    settle(qtbot, window)


@pytest.mark.fault(99)
@crossed(list(FORMS), ["none", "403", "404", "page", "crash", "damaged"], quick={"crash"})
def test_a_planted_token_is_found_nowhere(qtbot, window, kaggle, monkeypatch, form, trouble):
    text, secret = FORMS[form]
    give(qtbot, window, text)
    window.tabs.dataset_page.kaggle.token_form.test.click()
    settle(qtbot, window)
    cause(trouble, kaggle, monkeypatch)
    window.tabs.dataset_page.kaggle.download_form.button.click()
    settle(qtbot, window)
    assert secret not in all_words(window)
    assert log_file(window.home).is_file()


def cause(trouble, kaggle, monkeypatch):
    if trouble.isdecimal():
        kaggle.refuse(int(trouble))
    elif trouble == "page":
        kaggle.refusals = [(200, {"Content-Type": "text/html"}, b"<html>Sign in")]
    elif trouble == "damaged":
        kaggle.content = b"no zip"
    elif trouble == "crash":

        def crash(client, *_):
            raise RuntimeError(f"a fault that tells all: {client._credential.secret.reveal()}")

        monkeypatch.setattr(Client, "open_file", crash)


@pytest.mark.fault(99)
def test_a_token_that_is_being_typed_is_not_told_either(qtbot, window):
    window.tabs.dataset.kaggle.open()
    settle(qtbot, window)
    line = window.tabs.dataset_page.kaggle.token_form.line
    line.setText(TOKEN)
    assert TOKEN not in "".join(spoken_of(line))
    assert TOKEN not in line.displayText()
    window.tabs.dataset.kaggle.close()
    assert TOKEN not in all_words(window)


@pytest.mark.fault(99)
def test_a_crash_still_tells_where_it_was(qtbot, window, kaggle, monkeypatch):
    give(qtbot, window, TOKEN)
    cause("crash", kaggle, monkeypatch)
    window.tabs.dataset_page.kaggle.download_form.button.click()
    settle(qtbot, window)
    assert "in crash" in log_file(window.home).read_text(encoding="utf-8")
    assert window.current_banner().message().startswith("Something unexpected happened")
