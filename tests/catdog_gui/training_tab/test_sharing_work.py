"""A run is written into one file, which another home takes in; and the file can be shown."""

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QPushButton

from catdog_gui.main_window import MainWindow
from catdog_gui.settings import SHARED_FOLDER
from catdog_gui.training_tab.lab_book_words import shared_name
from catdog_gui.widgets.banner import BannerKind
from catdog_gui.wiring import TabName
from tests.training.runs.making import info
from training.cancellation import CancelToken
from training.home import Home
from training.resources import resource
from training.runs.notes import change_notes
from training.runs.run_folder import DEFAULT_RUN, RECORD_FILE
from training.runs.sharing import take_in_shared

NAME = "20260101-100000_express"


@pytest.fixture
def window(qtbot, home):
    folder = shutil.copytree(resource(DEFAULT_RUN), home.runs / NAME)
    text = (folder / RECORD_FILE).read_text(encoding="utf-8")  # else it is the one that ships
    (folder / RECORD_FILE).write_text(text.replace('"limit": 0.', '"limit": 0.9'), encoding="utf-8")
    change_notes(folder, title="Grey cats")
    window = MainWindow(home, ask=lambda *_: True)
    qtbot.addWidget(window)
    window.show()
    window.tabs.show(TabName.TRAINING)
    at_rest(qtbot, window)
    yield window
    assert window.jobs.cancel_all_and_wait(limit_ms=30_000)


def at_rest(qtbot, window):
    qtbot.waitUntil(lambda: not window.jobs.running, timeout=30_000)


def share(qtbot, window, monkeypatch, output: Path | None) -> list[str]:
    """Share the chosen run; the dialog's own suggestion comes back."""
    suggested = []

    def answer(self: QFileDialog) -> bool:
        suggested.extend(self.selectedFiles())
        if output is not None:
            self.selectFile(str(output))
        return output is not None

    monkeypatch.setattr(QFileDialog, "exec", answer)
    window.tabs.training_page._lab_book.actions_by_key["share"].trigger()
    at_rest(qtbot, window)
    return suggested


def test_a_shared_run_is_the_same_in_another_home_and_its_folder_can_be_shown(
    qtbot, window, tmp_path, monkeypatch
):
    output = tmp_path / "given" / "mine.catdog"
    output.parent.mkdir()
    (suggested,) = share(qtbot, window, monkeypatch, output)
    assert Path(suggested).name == "Grey cats.catdog"
    banner = window.tabs.training_page.banner
    assert banner.kind is BannerKind.SUCCESS
    assert banner.message().startswith(f"mine.catdog is written ({output.stat().st_size / 1e6:.1f}")
    assert "Add a model…" in banner.hint()
    assert window.settings.get(SHARED_FOLDER) == str(output.parent)
    told = {"emit": lambda _: None, "token": CancelToken()}
    taken = take_in_shared(output, Home(tmp_path / "other"), **told)
    assert (taken.info.run, taken.info.title) == (NAME, "Grey cats")
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url) or True)
    (show,) = [b for b in banner.findChildren(QPushButton) if b.text() == "Show it"]
    qtbot.mouseClick(show, Qt.MouseButton.LeftButton)
    assert opened == [QUrl.fromLocalFile(str(output.parent))]


def test_a_place_that_cannot_be_written_to_is_a_sentence(qtbot, window, tmp_path, monkeypatch):
    share(qtbot, window, monkeypatch, tmp_path / "mine.zip")
    banner = window.tabs.training_page.banner
    assert banner.kind is BannerKind.ERROR
    assert banner.message() == "“mine.zip” does not end in .catdog."
    assert not list(tmp_path.glob("mine*"))


def test_thinking_better_of_it_writes_nothing(qtbot, window, monkeypatch):
    share(qtbot, window, monkeypatch, None)
    assert not window.tabs.training_page.banner.message()


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Grey cats", "Grey cats.catdog"),
        ('a/b\\c: "d"?', "a-b-c- -d--.catdog"),
        ("..", "run.catdog"),
        ("", "run.catdog"),
    ],
)
def test_a_title_becomes_a_name_that_any_system_takes(title, name):
    assert shared_name(info("run", title=title)) == name
