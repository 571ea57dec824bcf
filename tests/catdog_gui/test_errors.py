import sys
import threading

import pytest
from PySide6.QtCore import QTimer

from catdog_gui.errors import ErrorDoor, show_error
from catdog_gui.widgets.banner import Banner, BannerKind
from training.errors import DatasetError


@pytest.fixture
def banner(qtbot):
    made = Banner()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def door(banner):
    interrupts = []
    with ErrorDoor(lambda: banner, lambda: interrupts.append("interrupt")) as opened:
        opened.interrupts = interrupts
        yield opened


def test_an_error_of_ours_says_its_sentence_and_its_next_step(banner, caplog):
    show_error(banner, DatasetError("There is no dataset.", "Import one."), doing="Training")
    assert banner.kind is BannerKind.ERROR
    assert (banner.message(), banner.hint()) == ("There is no dataset.", "Import one.")
    assert banner.details() == ""
    assert "Training" in caplog.text


def test_an_unexpected_error_has_its_traceback_behind_details_and_in_the_log(banner, caplog):
    with pytest.raises(ZeroDivisionError) as raised:
        1 / 0  # noqa: B018
    show_error(banner, raised.value, doing="Importing pictures")
    assert banner.message() == "Something unexpected happened (ZeroDivisionError)."
    assert banner.details().startswith("Importing pictures")
    assert "Traceback" in banner.details()
    assert "Traceback" in caplog.text


def test_what_a_user_can_cause_is_one_line_in_the_log(banner, caplog):
    error = DatasetError("This file is not a zip.", "Choose another.")
    error.__cause__ = OSError("no end record")
    show_error(banner, error, doing="Importing")
    assert "Importing: This file is not a zip." in caplog.text
    assert "no end record" in caplog.text
    assert "Traceback" not in caplog.text
    assert [record.exc_info for record in caplog.records] == [None]


def test_what_lies_beneath_our_sentence_is_behind_details(banner):
    error = DatasetError("The catalogue is damaged.", "Import again.")
    error.__cause__ = OSError("bad sector")
    show_error(banner, error, doing="Opening")
    assert "bad sector" in banner.details()


def test_an_exception_in_a_slot_becomes_a_banner_and_the_program_lives(qtbot, banner, door):
    def slot():
        raise RuntimeError("a slot")

    QTimer.singleShot(0, slot)
    qtbot.waitUntil(lambda: "RuntimeError" in banner.message())
    heard = []
    QTimer.singleShot(0, lambda: heard.append("alive"))
    qtbot.waitUntil(lambda: heard == ["alive"])


def test_an_exception_in_a_thread_reaches_the_banner(qtbot, banner, door):
    def work():
        raise RuntimeError("a thread")

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: "RuntimeError" in banner.message())


def test_ctrl_c_is_no_error(banner, door):
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert door.interrupts == ["interrupt"]
    assert banner.message() == ""


def test_the_door_leaves_the_hooks_as_they_were(banner):
    before = sys.excepthook, threading.excepthook
    with ErrorDoor(lambda: banner, lambda: None):
        assert sys.excepthook is not before[0]
    assert (sys.excepthook, threading.excepthook) == before
