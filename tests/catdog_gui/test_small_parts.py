"""The parts that stand around the window: closing question, about, log, signals."""

import faulthandler
import logging
import os
import signal
import sys
import threading
from logging.handlers import RotatingFileHandler
from pathlib import Path

import pytest
from PySide6.QtCore import QEventLoop, QTimer, QtMsgType

from catdog_gui import app, log
from catdog_gui.about import ABOUT_CATDOG, ABOUT_VIEWER, show_about, version_lines
from catdog_gui.closing import question_words
from catdog_gui.signals import ended_by_signals
from training.home import Home

FULL_DISK = Path("/dev/full")


def test_the_closing_question_names_what_runs():
    assert question_words(["Training"]) == "“Training” is still running."
    assert question_words(["Training", "Importing"]) == "“Training” and 1 more are still running."


def test_about_says_versions_and_blocks_nothing(qtbot):
    lines = version_lines(ABOUT_CATDOG)
    assert lines[0].startswith("catdog ")
    assert any(line.startswith("TensorFlow 2.") for line in lines)
    box = show_about(None, ABOUT_CATDOG)
    assert box.isVisible()
    box.close()


def test_the_viewer_speaks_of_itself_and_not_of_what_it_lacks():
    assert not any(line.startswith(("Keras", "TensorFlow")) for line in version_lines(ABOUT_VIEWER))
    assert "model that you were given" in ABOUT_VIEWER.sentence


@pytest.fixture
def logged(home):
    was_on = faulthandler.is_enabled()
    with log.kept_log(home):
        yield home
    if was_on:
        faulthandler.enable(sys.__stderr__)


def test_what_happens_is_in_the_log(logged):
    logging.getLogger("catdog_gui.test").info("an import begins")
    logging.getLogger("urllib3").info("a secret")
    text = log.log_file(logged).read_text()
    assert "an import begins" in text
    assert "a secret" not in text


def test_what_qt_says_is_in_the_log(logged):
    class Context:
        category = "qt.svg"

    log.log_qt_message(QtMsgType.QtWarningMsg, Context(), "the drawing is odd")
    assert "WARNING MainThread qt: qt.svg: the drawing is odd" in log.log_file(logged).read_text()


def test_a_crash_would_be_reported(logged):
    assert faulthandler.is_enabled()
    assert log.crash_file(logged).is_file()


@pytest.mark.fault(88)
def test_what_was_reported_of_a_program_that_then_ended_by_itself_is_no_crash(home):
    """Windows reports exceptions that a library catches a moment later."""
    with log.kept_log(home) as report:
        assert report == ""
        log.crash_file(home).write_text("Windows fatal exception: code 0x8001010d")
    with log.kept_log(home) as report:
        assert report == ""


@pytest.mark.fault(101)
def test_a_log_folder_that_cannot_be_made_costs_the_log_only(tmp_path, caplog):
    blocked = tmp_path / "file"
    blocked.write_text("a file where a folder is needed")
    with log.kept_log(Home(blocked)):
        assert "there is no log" in caplog.text


@pytest.mark.fault(101)
@pytest.mark.skipif(not FULL_DISK.exists(), reason="only some systems have a disk that is full")
def test_a_full_disk_costs_the_log_alone(home, capsys):
    home.logs.mkdir(parents=True)
    log.log_file(home).symlink_to(FULL_DISK)
    with log.kept_log(home):
        logging.getLogger("catdog_gui.test").info("an import begins")
        logging.getLogger("catdog_gui.test").info("it goes on")
    assert capsys.readouterr() == ("", "")


@pytest.mark.fault(101)
@pytest.mark.skipif(not FULL_DISK.exists(), reason="only some systems have a disk that is full")
def test_the_window_opens_and_closes_where_the_log_finds_no_space(home, when_open, capsys):
    home.logs.mkdir(parents=True)
    log.log_file(home).symlink_to(FULL_DISK)
    seen = []
    when_open(lambda window: seen.append(window.isVisible()))
    assert app.main(home.root) == 0
    assert seen == [True]
    assert "Traceback" not in capsys.readouterr().err
    assert home.settings_file.is_file()


def test_a_line_that_cannot_be_put_into_words_is_told_as_python_does(logged, capsys):
    (kept,) = (one for one in logging.getLogger().handlers if isinstance(one, RotatingFileHandler))
    kept.handle(logging.LogRecord("us", logging.INFO, "here", 1, "%d pictures", ("many",), None))
    assert "Logging error" in capsys.readouterr().err


@pytest.mark.fault(101)
def test_a_bundle_whose_log_folder_cannot_be_made_prints_to_nowhere(tmp_path, monkeypatch):
    blocked = tmp_path / "file"
    blocked.write_text("a file where a folder is needed")
    monkeypatch.setattr(sys, "stdout", None)
    log.give_streams(Home(blocked))
    print("a progress bar")  # noqa: T201 - as Keras does
    sys.stdout.close()


def test_a_bundle_without_streams_gets_a_file_to_print_to(home, monkeypatch):
    monkeypatch.setattr(sys, "stdout", None)
    log.give_streams(home)
    print("a progress bar")  # noqa: T201 - as Keras does
    sys.stdout.close()
    assert (home.logs / log.OUTPUT_FILE).read_text() == "a progress bar\n"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGTERM to send to itself")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_the_program_while_qt_idles(qapp, number):
    """No Python runs in the loop here, as in a window that nobody touches."""
    before = signal.getsignal(number)
    loop, patience = QEventLoop(), QTimer(singleShot=True, interval=5000)
    patience.timeout.connect(loop.quit)
    patience.start()
    sender = threading.Timer(0.05, os.kill, (os.getpid(), number))
    with ended_by_signals(loop.quit):
        sender.start()
        loop.exec()
    assert patience.isActive(), "the signal was not seen"
    assert signal.getsignal(number) is before
