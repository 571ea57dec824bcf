"""Draw each tab of the window to a PNG file, without a screen.

    python tools/render_tabs.py --home DIR --output demo --theme dark

The window shows what the home holds: its dataset, its latest run, and some classified pictures.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from catdog_gui.main_window import MainWindow
    from training.home import Home

THEMES = ("light", "dark")
SIZE = "1180x760"
PICTURES = 6
LONGEST_WAIT_MS = 20_000
"""For jobs, such as verdicts; what is not there by then is drawn as it is."""
QUIET_MS = 700
"""For what loads without a job, such as thumbnails."""
_NEWEST = 1  # the row of the newest finished run, after the model that ships


def main(words: Sequence[str] | None = None) -> int:
    """Draw the tabs.

    Returns:
        0, or 1 where a picture cannot be written.
    """
    options = _parse(words)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ["CATDOG_THEME"] = options.theme
    from catdog_gui.app import build_application
    from catdog_gui.main_window import MainWindow
    from training.home import find_home

    app, home = build_application(), find_home(options.home)
    window = MainWindow(home)
    window.resize(*options.size)
    window.show()
    classify_some(app, window, home)
    written = render(app, window, output=options.output, theme=options.theme)
    window.leave()
    return 0 if written else 1


def render(app: "QApplication", window: "MainWindow", *, output: Path, theme: str) -> bool:
    """Write `dataset-light.png` and so on, and say each.

    Returns:
        Whether all of them were written.
    """
    from catdog_gui.wiring import TabName

    output.mkdir(parents=True, exist_ok=True)
    is_written = True
    for name in TabName:
        window.tabs.show(name)
        settle(app, window)
        target = output / f"{name}-{theme}.png"
        is_written = window.grab().save(str(target)) and is_written
        print(target, flush=True)
    return is_written


def classify_some(app: "QApplication", window: "MainWindow", home: "Home") -> None:
    """Drop some pictures of the dataset's test split on the Prediction tab.

    The home's newest finished run gives the verdicts, or else the model that ships.
    """
    from catdog_gui.widgets.image_drop import Dropped
    from training.runs.lab_book import list_runs

    settle(app, window)  # until the runs are listed there is none to choose
    pictures = _test_pictures(home)
    if any(run.state == "finished" for run in list_runs(home)):
        window.tabs.prediction_page.run_chosen.emit(_NEWEST)
    if pictures:
        window.tabs.prediction_page.pictures_dropped.emit(Dropped(tuple(pictures)))
        settle(app, window)


def settle(app: "QApplication", window: "MainWindow") -> None:
    """Let the window work until no job runs and all that is due is painted."""
    from PySide6.QtCore import QDeadlineTimer, QEventLoop, QTimer

    deadline = QDeadlineTimer(LONGEST_WAIT_MS)
    while window.jobs.running and not deadline.hasExpired():
        app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    loop = QEventLoop()
    QTimer.singleShot(QUIET_MS, loop.quit)
    loop.exec()


def _test_pictures(home: "Home") -> list[Path]:
    from training.dataset.catalog import CLASSES, Split
    from training.dataset.library import list_datasets, open_dataset

    for info in list_datasets(home):
        with open_dataset(home, info.name) as catalog:
            rows = [catalog.pictures(split=Split.TEST, label=label) for label in CLASSES]
        return [row.path for pair in zip(*rows, strict=False) for row in pair][:PICTURES]
    return []


def _parse(words: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Draw each tab to a PNG file.")
    parser.add_argument("--home", type=Path, help="the home folder that is shown")
    parser.add_argument("--output", type=Path, default=Path("demo"), help="where to write")
    parser.add_argument("--theme", choices=THEMES, default=THEMES[0])
    parser.add_argument("--size", type=_size, default=SIZE, metavar="WxH")
    return parser.parse_args(words)


def _size(words: str) -> tuple[int, int]:
    width, height = (int(part) for part in words.split("x"))
    return width, height


if __name__ == "__main__":
    sys.exit(main())
