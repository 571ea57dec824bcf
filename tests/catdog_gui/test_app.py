import os
import signal
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget

from catdog_gui import app
from catdog_gui.background import BackgroundJob
from catdog_gui.log import log_file
from catdog_gui.one_instance import OneInstance
from catdog_gui.prediction_tab.controller import PredictionController
from catdog_gui.settings import CURRENT_TAB, Settings
from tests.catdog_gui.launched import launch
from training.errors import UserError


def test_main_opens_the_window_and_ends_with_it(home, when_open):
    seen = []
    when_open(lambda window: seen.append(window.windowTitle()))
    assert app.main() == 0
    assert seen == ["CatDog"]
    assert "starts" in log_file(home).read_text()


def test_main_uses_the_home_that_was_chosen(home, tmp_path, when_open):
    seen = []
    when_open(lambda window: seen.append(window.home.root))
    app.main(tmp_path / "other")
    assert seen == [tmp_path / "other"]
    assert not home.root.exists()


@pytest.mark.fault(89)
def test_an_exception_in_a_slot_is_said_and_the_window_lives(home, when_open):
    seen = []

    def slot():
        raise RuntimeError("a slot")

    def fail_then_look(window):
        QTimer.singleShot(0, slot)
        QTimer.singleShot(0, lambda: seen.append(window.current_banner().message()))

    when_open(fail_then_look)
    assert app.main() == 0
    assert seen == ["Something unexpected happened (RuntimeError)."]
    assert "RuntimeError: a slot" in log_file(home).read_text()


class Torn(QWidget):
    """Cannot be painted."""

    def paintEvent(self, event):  # noqa: N802 - Qt's name
        raise RuntimeError("a paint")


@pytest.mark.fault(89)
def test_an_exception_in_a_paint_is_said_and_the_window_lives(home, when_open, qtbot):
    seen = []

    def tear_and_wait(window):
        Torn(window.current_banner().parentWidget()).show()
        qtbot.waitUntil(window.current_banner().isVisible)
        seen.append(window.current_banner().message())

    when_open(tear_and_wait)
    assert app.main() == 0
    assert seen == ["Something unexpected happened (RuntimeError)."]
    assert "RuntimeError: a paint" in log_file(home).read_text()


@pytest.mark.fault(89)
def test_an_exception_in_a_jobs_thread_is_said_and_the_window_lives(
    home, when_open, qtbot, tmp_path
):
    def classify(paths, folder, *, emit, token):
        raise RuntimeError("a worker")

    seen = []

    def fail_and_wait(window):
        window.tabs.prediction._queue._classify = classify
        window.open_files([tmp_path / "cat.jpg"])
        qtbot.waitUntil(window.current_banner().isVisible)
        seen.append(window.current_banner().message())

    when_open(fail_and_wait)
    assert app.main() == 0
    assert seen == ["Something unexpected happened (RuntimeError)."]
    assert "RuntimeError: a worker" in log_file(home).read_text()


@pytest.mark.fault(102)
def test_without_a_screen_it_says_so_instead_of_aborting(monkeypatch, capsys):
    monkeypatch.setattr(sys, "platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    assert app.main() == 1
    assert "There is no screen here" in capsys.readouterr().err


def test_a_window_that_is_open_and_silent_is_a_sentence_and_no_second_window(
    home, monkeypatch, capsys
):
    def silent(self, files):
        raise UserError("The window is open already and does not answer.", "Try again.")

    first = OneInstance(home, "catdog")
    assert first.claim()
    monkeypatch.setattr(OneInstance, "hand_over", silent)
    assert app.main() == 1
    assert "catdog: The window is open already" in capsys.readouterr().err
    first.release()


def test_files_are_classified_on_the_prediction_tab(home, when_open, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    when_open()
    asked = []
    monkeypatch.setattr(PredictionController, "classify", lambda self, paths: asked.append(paths))
    app.main(None, [Path("cat.jpg")])
    assert [tmp_path / "cat.jpg"] in asked  # what waited for the models is asked for too: nothing
    assert Settings(home.settings_file).get(CURRENT_TAB) == 2


def test_the_first_paint_is_in_the_log(home, when_open):
    when_open(lambda window: QApplication.processEvents())
    app.main()
    assert log_file(home).read_text().count("first paint") == 1


def test_matplotlib_keeps_its_fonts_in_one_place(home, when_open, monkeypatch):
    monkeypatch.setenv("MPLCONFIGDIR", "elsewhere")
    when_open()
    app.main()
    assert os.environ["MPLCONFIGDIR"] == str(home.cache / "matplotlib")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGTERM")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_and_sigterm_end_the_program_cleanly(home, number):
    with launch(home, 'print("open", flush=True)') as program:
        assert program.stdout.readline() == "open\n"
        program.send_signal(number)
        _, errors = program.communicate(timeout=20)
    assert program.returncode == 0, errors
    assert "Traceback" not in errors
    assert home.settings_file.is_file()


def test_a_job_that_was_cancelled_at_closing_is_over_and_the_window_is_gone(home, when_open):
    seen = {}

    def work(emit, token):
        while True:
            token.raise_if_cancelled()

    def start(window):
        job = BackgroundJob("Importing kaggle", work, is_quiet=True)
        window.jobs.start(job)
        seen.update(job=job, window=window)
        job.destroyed.connect(lambda: seen.update(is_gone=True))

    when_open(start)
    assert app.main() == 0
    assert seen["is_gone"]
    with pytest.raises(RuntimeError, match="deleted"):
        seen["window"].isVisible()
