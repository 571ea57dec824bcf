"""A shared run that is opened with the program: double-clicked, or named on the command line."""

import sys

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from catdog_gui import __main__ as entry
from catdog_gui import viewer
from catdog_gui.main_window import MainWindow
from catdog_gui.viewer_window import ViewerWindow
from catdog_gui.widgets.banner import BannerKind
from tests.catdog_gui.launched import TELLING, running
from tests.catdog_gui.model_adding.dropping import PATIENCE_MS, at_rest
from training.runs.lab_book import list_runs

ADDED = "The model is added and chosen."

SAY_WHAT_IS_ADDED = """
import sys
from catdog_gui import __main__, app
from catdog_gui.main_window import MainWindow
from catdog_gui.one_instance import OneInstance

class Telling(MainWindow):
    def __init__(self, home):
        super().__init__(home)
        self.tabs.prediction.models.adding.added.connect(self.tell)

    def tell(self, run):
        print("added", run, flush=True)
"""


@pytest.fixture
def opened(qtbot, qapp, home, monkeypatch):
    """Launches a program with files; says what the window's banner says once all is done."""

    def launch(kind, main, files):
        said = []

        def look():
            rows = [row for row in QApplication.topLevelWidgets() if isinstance(row, kind)]
            window = next((row for row in rows if row.isVisible()), None)
            if window is None:
                QTimer.singleShot(10, look)
                return
            at_rest(qtbot, window)
            said.append(window.current_banner().message())
            window.close()

        QTimer.singleShot(0, look)
        words = ["--home", str(home.root), *map(str, files)]
        monkeypatch.setattr(sys, "argv", ["catdog", *words])
        assert main() == 0
        return said[0]

    return launch


@pytest.mark.parametrize(
    ("kind", "main"), [(MainWindow, entry.main), (ViewerWindow, viewer.main)], ids=["all", "viewer"]
)
def test_a_models_file_after_the_programs_name_is_added(opened, home, shared, kind, main):
    assert opened(kind, main, [shared]) == ADDED
    assert [info.title for info in list_runs(home)] == ["From a friend"]


def test_a_relative_name_and_pictures_beside_it_are_no_obstacle(
    opened, home, shared, picture, monkeypatch
):
    monkeypatch.chdir(shared.parent)
    assert opened(MainWindow, entry.main, [shared.name, picture.name]) == ADDED
    assert [info.title for info in list_runs(home)] == ["From a friend"]


def test_two_models_at_once_are_a_sentence_that_the_pictures_beside_them_leave(
    opened, home, shared, picture
):
    other = shared.with_name("other.catdog")
    other.write_bytes(shared.read_bytes())
    said = opened(MainWindow, entry.main, [shared, other, picture])
    assert said == "2 files come at once."
    assert list_runs(home) == []


def test_the_sentence_of_an_added_model_outlives_the_reading_of_pictures_by_it(
    qtbot, window, shared, picture
):
    window.open_files([picture])
    at_rest(qtbot, window)
    window.open_files([shared])
    at_rest(qtbot, window)
    banner = window.tabs.prediction_page.banner
    assert banner.isVisible()
    assert (banner.message(), banner.kind) == (ADDED, BannerKind.SUCCESS)


def launched(home, *words):
    return running(home, SAY_WHAT_IS_ADDED + TELLING, *words)


def test_a_second_launch_hands_a_models_file_over_to_the_window_that_is_open(home, shared):
    with launched(home) as first:
        assert first.stdout.readline() == "open\n"
        with launched(home, shared) as second:
            said, errors = second.communicate(timeout=PATIENCE_MS / 1000)
        assert (second.returncode, said, errors) == (0, "", "")
        (added,) = (first.stdout.readline().split()[1:],)
        assert [info.run for info in list_runs(home)] == added
        first.terminate()
        assert first.wait(20) == 0
