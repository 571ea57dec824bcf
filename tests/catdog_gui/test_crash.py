"""A program that crashed says so at its next start, and offers to go on with what it stopped."""

import os
import shutil
import signal
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton

from catdog_gui import app
from catdog_gui.log import kept_log, log_file
from catdog_gui.main_window import MainWindow
from catdog_gui.settings import CURRENT_TAB, NOT_ASKED_FOR, Setting, Settings, T
from catdog_gui.viewer_window import VIEWER, ViewerWindow
from catdog_gui.widgets.banner import Banner
from catdog_gui.wiring import TabName
from tests.catdog_gui.launched import launch
from tests.training.runs.making import record
from training.home import Home
from training.runs.run_folder import CHECKPOINT_FOLDER, STATE_FILE, UNFINISHED, write_record

pytestmark = [
    pytest.mark.fault(88),
    pytest.mark.skipif(os.name == "nt", reason="Windows says in another way that it crashed"),
]

SEGFAULT = (
    "import ctypes, resource; resource.setrlimit(resource.RLIMIT_CORE, (0, 0)); "
    "self.jobs.start(BackgroundJob('Training', lambda emit, token: ctypes.string_at(0)))"
)
RUN = "20260102-100000_notebook"
QUESTION = "Run “notebook · 2026-01-02 10:00” stopped in epoch 1 of 100. Continue?"


@dataclass(frozen=True)
class Said:
    """A tab's banner when the window has settled."""

    message: str
    details: str
    can_resume: bool = False

    @classmethod
    def by(cls, banner: Banner) -> "Said":
        if banner.isHidden():
            return cls("", "")
        buttons = banner.findChildren(QPushButton)
        shown = {button.text() for button in buttons if not button.isHidden()}
        return cls(banner.message(), banner.details(), "Resume" in shown)


@pytest.fixture(scope="module")
def crashed_source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose window ended by a segfault in a job's thread."""
    home = Home(tmp_path_factory.mktemp("crashed"))
    with launch(home, SEGFAULT) as program:
        program.communicate(timeout=60)
    assert program.returncode == -signal.SIGSEGV
    return home.root


@pytest.fixture
def crashed(crashed_source: Path, home: Home) -> Home:
    shutil.copytree(crashed_source, home.root)
    return home


@pytest.fixture
def start(home: Home, when_open: Callable[..., None], qtbot) -> Callable[[TabName], Said]:
    """Starts the program with a tab in front, and closes it."""

    def start_on(tab: TabName) -> Said:
        remember(home, CURRENT_TAB, list(TabName).index(tab))
        said: list[Said] = []

        def look(window: MainWindow) -> None:
            qtbot.waitUntil(lambda: not window.jobs.running)
            said.append(Said.by(window.current_banner()))

        when_open(look)
        assert app.main(home.root) == 0
        return said[0]

    return start_on


def remember(home: Home, setting: Setting[T], value: T) -> None:
    settings = Settings(home.settings_file)
    settings.set(setting, value)
    settings.save()


def leave_a_stopped_run(home: Home) -> None:
    checkpoint = home.runs / RUN / CHECKPOINT_FOLDER
    checkpoint.mkdir(parents=True)
    stopped = record(state=UNFINISHED, created="2026-01-02T10:00:00+00:00")
    write_record(checkpoint.parent, stopped)
    (checkpoint / STATE_FILE).touch()


def test_the_next_start_says_so_with_the_report_and_the_one_after_it_says_nothing(
    crashed: Home, start: Callable[[TabName], Said]
) -> None:
    said = start(TabName.DATASET)
    assert said.message == "CatDog crashed the last time it ran."
    assert "Fatal Python error: Segmentation fault" in said.details
    assert "string_at" in said.details
    assert "Fatal Python error" in log_file(crashed).read_text()
    assert start(TabName.DATASET) == Said("", "")


@pytest.mark.parametrize("was_refused", [False, True])
def test_a_training_that_the_crash_stopped_is_offered_with_the_report(
    crashed: Home, start: Callable[[TabName], Said], was_refused: bool
) -> None:
    leave_a_stopped_run(crashed)
    if was_refused:
        remember(crashed, NOT_ASKED_FOR, f"{RUN}@0")
    said = start(TabName.TRAINING)
    assert said.message == f"The program crashed. {QUESTION}"
    assert "Fatal Python error: Segmentation fault" in said.details
    assert said.can_resume


def test_a_program_that_was_ended_from_outside_has_not_crashed(
    home: Home, start: Callable[[TabName], Said]
) -> None:
    with launch(home, "print('open', flush=True)") as program:
        assert program.stdout is not None
        program.stdout.readline()
        program.kill()
    leave_a_stopped_run(home)
    assert start(TabName.TRAINING) == Said(QUESTION, "", can_resume=True)


def test_each_program_reports_its_own_crash(crashed: Home, qtbot) -> None:
    """The Viewer may be open while the other program crashes."""
    with kept_log(crashed, VIEWER.key) as report:
        assert report == ""
    window = ViewerWindow(crashed)
    qtbot.addWidget(window)
    window.show_crash("Fatal Python error")
    said = Said.by(window.page.banner)
    assert said == Said("CatDog Viewer crashed the last time it ran.", "Fatal Python error")
    assert "train" not in window.page.banner.hint()
