"""A planted token goes through the whole window, in success and in trouble: it shows nowhere."""

import logging

import pytest
from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAction, QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from catdog_gui.log import kept_log, log_file
from catdog_gui.main_window import MainWindow
from tests.training.dataset.kaggle_server import KEY, TOKEN, USER
from tests.training.dataset.making import pets, zipped
from training.dataset.kaggle.client import Kaggle as Client

KAGGLE_JSON = f'{{"username": "{USER}", "key": "{KEY}"}}'
WRONG = "KGAT_wrong0123456789abcdefSECRET"


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


def words_of(thing: QObject) -> list[str]:
    """Every text that an object has, whatever it is for."""
    about = thing.metaObject()
    names = [about.property(place).name() for place in range(about.propertyCount())]
    return [value for value in map(thing.property, names) if isinstance(value, str)]


def spoken_of(widget: QWidget) -> list[str]:
    """What a screen reader says of it."""
    spoken = QAccessible.queryAccessibleInterface(widget)
    return [spoken.text(kind) for kind in QAccessible.Text] if spoken is not None else []


def all_words(window) -> str:
    window.remember()
    window.settings.save()
    for handler in logging.getLogger().handlers:
        handler.flush()
    tops = QApplication.topLevelWidgets()
    # not all QObjects: a text's frames are made anew, and deleted, when its properties are read
    kinds = (QWidget, QAction)
    things = [*tops, *(each for top in tops for kind in kinds for each in top.findChildren(kind))]
    words = [word for thing in things for word in words_of(thing)]
    words += [word for widget in QApplication.allWidgets() for word in spoken_of(widget)]
    files = [path for path in window.home.root.rglob("*") if path.is_file()]
    words += [path.read_bytes().decode("latin-1") for path in files]
    return "\n".join([*words, QGuiApplication.clipboard().text()])


@pytest.mark.fault(99)
@pytest.mark.parametrize(
    ("text", "secret"),
    [(TOKEN, TOKEN), (KAGGLE_JSON, KEY), (WRONG, WRONG)],
    ids=["token", "key", "wrong"],
)
@pytest.mark.parametrize("trouble", ["none", "403", "404", "page", "crash", "damaged"])
def test_a_planted_token_is_found_nowhere(
    qtbot, window, kaggle, monkeypatch, text, secret, trouble
):
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
