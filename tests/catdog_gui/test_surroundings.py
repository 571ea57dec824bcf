"""The program opens whatever stands around it: odd homes, large screens, other languages."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QLocale
from PySide6.QtWidgets import QApplication

from catdog_gui import app
from catdog_gui.log import log_file
from catdog_gui.main_window import MainWindow
from tests.catdog_gui.launched import launch, outcome
from training.home import Home

LONGEST = 250
"""Characters: Windows takes paths of 260 and no longer ones, unless it is told otherwise."""

LOOK = """
from PySide6.QtCore import QLocale
from catdog_gui.wiring import TabName
for name in TabName:
    self.tabs.show(name)
    seen = self.grab().toImage()
    colours = {seen.pixel(x, y) for x in range(0, seen.width(), 7) for y in range(0, 999, 7)}
    print(f"{seen.width()}x{seen.height()}", len(colours) > 9)
print(QLocale().name(), self.layoutDirection().name, flush=True)
self.close()
"""
DRAW = """
def told():
    print(self.current_banner().message(), self.current_banner().hint(), flush=True)
    self.close()
self.tabs.dataset_page.sample_requested.emit()
self.jobs.ended.connect(lambda job: job.is_quiet or QTimer.singleShot(0, told))
"""
READ_ONLY = 'mount -t tmpfs -o ro tmpfs "$0" && exec "$@"'


def odd_home(folder: Path) -> Home:
    """A home whose path has spaces, Cyrillic, and as many characters as a path may have."""
    root = folder / "мои кошки и собаки"
    while (left := LONGEST - len(str(root)) - 1) > 0:
        root /= "ж" * min(left, 100)
    return Home(root)


@pytest.mark.fault(95)
def test_a_home_with_spaces_cyrillic_and_a_long_path_keeps_what_is_done_in_it(
    tmp_path: Path, when_open: Callable[..., None], qtbot
) -> None:
    home = odd_home(tmp_path)

    def draw(window: MainWindow) -> None:
        window.tabs.dataset_page.sample_requested.emit()
        qtbot.waitUntil(lambda: window.tabs.dataset.chosen == "sample", timeout=60_000)

    when_open(draw)
    assert app.main(home.root) == 0
    assert (home.datasets / "sample").is_dir()
    assert home.settings_file.is_file()
    assert "Traceback" not in log_file(home).read_text("utf-8")


@pytest.mark.fault(95, 101)
def test_a_home_that_is_read_only_opens_and_says_why_nothing_comes_into_it(home: Home) -> None:
    if not shutil.which("unshare"):
        pytest.skip("a read-only disk can only be made with unshare, which is not here")
    home.root.mkdir()
    within = ["unshare", "-rm", "sh", "-c", READ_ONLY, str(home.root)]
    said = outcome(launch(home, DRAW, within=within))
    assert said.startswith(f"This place is read-only ({home.datasets}). Choose another place")


@pytest.mark.fault(102)
@pytest.mark.parametrize(
    ("variables", "size", "language", "direction"),
    [
        ({"QT_SCALE_FACTOR": "2", "LC_ALL": "pt_BR.UTF-8"}, "2360x1520", "pt_BR", "LeftToRight"),
        pytest.param(
            {"LC_ALL": "ar_EG.UTF-8"}, "1180x760", "ar_EG", "LeftToRight", marks=pytest.mark.slow
        ),
        ({"LC_ALL": "nowhere"}, "1180x760", "C", "LeftToRight"),
    ],
    ids=["200 %, Portuguese", "Arabic", "a language that is none"],
)
def test_all_tabs_are_painted_on_any_screen_and_in_any_language(
    home: Home, variables: dict[str, str], size: str, language: str, direction: str
) -> None:
    said = outcome(launch(home, LOOK, **variables))
    assert said.splitlines() == [f"{size} True"] * 3 + [f"{language} {direction}"]


@pytest.mark.fault(102)
def test_a_language_that_changes_under_an_open_window_leaves_it_as_it_is(
    home: Home, when_open: Callable[..., None]
) -> None:
    before, seen = QLocale(), []

    def change(window: MainWindow) -> None:
        QLocale.setDefault(QLocale("ar_EG"))
        for kind in (QEvent.Type.LocaleChange, QEvent.Type.LanguageChange):
            QApplication.sendEvent(QApplication.instance(), QEvent(kind))
        QApplication.processEvents()
        seen.append((window.isVisible(), window.current_banner().message()))

    when_open(change)
    assert app.main(home.root) == 0
    QLocale.setDefault(before)
    assert seen == [(True, "")]
    assert "Traceback" not in log_file(home).read_text()
