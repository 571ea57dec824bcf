"""The Viewer: a window for verdicts alone, and nothing behind it that could train."""

import subprocess
import sys
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from catdog_gui import viewer
from catdog_gui.actions import VIEWER_MENUS, ActionRow
from catdog_gui.background import BackgroundJob
from catdog_gui.guide.pages import VIEWER_PAGES
from catdog_gui.log import log_file
from catdog_gui.model_adding.adding import ModelAdding
from catdog_gui.prediction_tab import run_choice
from catdog_gui.viewer_window import ViewerWindow
from catdog_gui.widgets.job_status import JobStatus
from tests.catdog_gui.test_startup import modules_after
from training.dataset.sample import draw_picture
from training.errors import RunError
from training.resources import resource

ROWS = [row for rows in VIEWER_MENUS.values() for row in rows if isinstance(row, ActionRow)]
TRAINS = (
    "catdog_gui.dataset_tab",
    "catdog_gui.main_window",
    "catdog_gui.training_tab",
    "keras",
    "matplotlib",
    "scipy",
    "sklearn",
    "tensorflow",
    "training.cli",
    "training.learning",
    "training.plots",
)

CLASSIFY = """
import sys
from PySide6.QtCore import Qt, QTimer
from catdog_gui import viewer, viewer_window
from catdog_gui.prediction_tab.look import Look

class Reading(viewer_window.ViewerWindow):
    def __init__(self, home):
        super().__init__(home)
        self.left = [self.leave, self.ask_why]
        self.jobs.ended.connect(lambda job: QTimer.singleShot(0, self.left.pop()))

    def ask_why(self):
        self.page.panel.choose_look(Look.WHY)

viewer_window.ViewerWindow = Reading
assert viewer.main(sys.argv[1:]) == 0
print(*sorted(sys.modules), sep="\\n")
"""


@pytest.fixture
def picture(tmp_path):
    path = tmp_path / "cat.jpg"
    draw_picture("cat", 1, seed=1).save(path)
    return path


@pytest.fixture
def open_window(qtbot, home):
    def open_one(ask=lambda *_: True):
        window = ViewerWindow(home, ask=ask)
        qtbot.addWidget(window)
        window.show()
        return window

    return open_one


@pytest.fixture
def window(open_window):
    return open_window()


@pytest.fixture
def asked(monkeypatch):
    """How often the user is asked for a model's folder."""
    times = []
    monkeypatch.setattr(ModelAdding, "ask", lambda self: times.append("asked"))
    return times


def test_it_classifies_and_loads_nothing_that_trains(home, picture):
    loaded = modules_after(CLASSIFY.replace("sys.argv[1:]", f"[{str(picture)!r}]"), home)
    assert "onnxruntime" in loaded, "the picture was read"
    assert "training.inference.heat" in loaded, "its heat-map was made"
    assert not {name for name in loaded if name.startswith(TRAINS)}


def test_it_has_its_own_title_menus_log_and_settings(window, home):
    assert window.windowTitle() == "CatDog Viewer"
    assert [action.text() for action in window.menuBar().actions()] == ["&File", "&Help"]
    assert list(window.actions_by_key) == [row.key for row in ROWS]
    window.close()
    assert (home.root / "viewer.ini").is_file()
    assert not home.settings_file.exists()


def test_each_icon_of_its_menus_is_drawn():
    asked_for = {row.icon for row in ROWS} - {""}
    assert {name for name in asked_for if not resource("icons", f"{name}.svg").is_file()} == set()


def test_its_guide_has_only_the_pages_that_concern_it(qtbot, window):
    qtbot.keyClick(window, Qt.Key.Key_F1)
    assert window.guide.isVisible()
    assert window.guide.view.page == "verdicts"
    assert window.guide.contents.count() == len(VIEWER_PAGES)


@pytest.mark.parametrize("place", ViewerWindow.help_places, ids=lambda place: place.kind.__name__)
def test_each_row_of_its_table_names_one_of_them(place):
    assert place.page in VIEWER_PAGES


def test_nothing_in_it_speaks_of_training(qtbot, open_window, monkeypatch):
    def missing():
        raise RunError("It is not there.", "Install the program again.")

    monkeypatch.setattr(run_choice, "default_run", missing)
    window = open_window()
    window.open_files([Path("cat.jpg")])
    qtbot.waitUntil(lambda: not window.jobs.running)
    said = [label.text() for label in window.findChildren(QLabel)]
    said += [button.text() for button in window.findChildren(QPushButton)]
    assert "Add a model…" in said
    assert not [words for words in said if "train a model" in words.lower() or "Training" in words]


def test_without_a_model_each_way_leads_to_adding_one(open_window, asked, monkeypatch):
    window = open_window()
    window.actions_by_key["prediction.add_model"].trigger()
    window.page.add_model_requested.emit()
    window.page.first_model_requested.emit()
    assert len(asked) == 3


def test_its_least_size_is_enough_for_what_it_shows(window):
    window.resize(100, 100)
    needed, has = window.page.minimumSizeHint(), window.page.size()
    assert needed.width() <= has.width()
    assert needed.height() <= has.height()


def test_the_status_bars_cross_ends_a_job(qtbot, window):
    entered = threading.Event()

    def work(emit, token):
        entered.set()
        while True:
            token.raise_if_cancelled()

    job = BackgroundJob("Adding a model", work)
    window.jobs.start(job)
    assert entered.wait(5)
    status = window.statusBar().findChild(JobStatus)
    assert status.isVisible()
    with qtbot.waitSignal(job.cancelled):
        status.cancel_requested.emit()


def test_main_opens_it_with_files_and_ends_with_it(home, qapp, tmp_path, picture, monkeypatch):
    asked = []
    monkeypatch.setattr(ViewerWindow, "open_files", lambda self, paths: asked.append(paths))

    def close():
        rows = [row for row in QApplication.topLevelWidgets() if isinstance(row, ViewerWindow)]
        shown = [row for row in rows if row.isVisible()]
        if shown and asked:
            shown[0].close()
        else:
            QTimer.singleShot(10, close)

    QTimer.singleShot(0, close)
    chosen = type(home)(tmp_path / "other")
    assert viewer.main(["--home", str(chosen.root), str(picture)]) == 0
    assert asked == [[picture]]
    assert "starts" in log_file(chosen, "catdog-viewer").read_text()
    assert not home.root.exists()


def test_it_says_its_version(capsys):
    assert viewer.main(["--version"]) == 0
    assert capsys.readouterr().out.startswith("catdog ")


def test_a_file_that_is_not_there_is_a_sentence(capsys):
    with pytest.raises(SystemExit, match="2"):
        viewer.main(["none.jpg"])
    assert "There is no file or folder none.jpg." in capsys.readouterr().err


def test_it_can_be_run_as_a_module():
    done = subprocess.run(
        [sys.executable, "-m", "catdog_gui.viewer", "--version"],
        check=True,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.stdout.startswith("catdog ")
