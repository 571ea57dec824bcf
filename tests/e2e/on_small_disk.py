"""A window whose disk fills up in the middle of a training, and has space again.

    python on_small_disk.py DISK

It prints what the banner says of the full disk, then of the resumed training, and the run's state.
"""

# ruff: noqa: T201 - what it prints is what it is for
import contextlib
import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).parents[2]))

import pytest

from catdog_gui.app import build_application
from catdog_gui.main_window import MainWindow
from tests.e2e.played_window import PlayedWindow, WatchedTraining, at_step
from tests.training.learning.growing import GROWING, settings, shrink
from training.cancellation import CancelToken
from training.dataset.importing import make_sample
from training.home import Home
from training.runs.lab_book import list_runs

_CHUNK = bytes(1 << 16)


def main(disk: Path) -> None:
    home = Home(disk / "home")
    make_sample("sample", home, emit=lambda _: None, token=CancelToken())
    filler = disk / "filler"

    def fill() -> None:
        with contextlib.suppress(OSError), filler.open("wb", buffering=0) as file:
            while file.write(_CHUNK):
                pass

    app = build_application()
    played = PlayedWindow(MainWindow(home))
    with pytest.MonkeyPatch.context() as patched:
        shrink(patched, GROWING)
        played.train(WatchedTraining(settings(epochs=2), at_step(1, 0), fill))
        played.until(played.is_over)
        print(played.message, flush=True)
        filler.unlink()
        played.press("Resume")
        played.until(played.is_over)
    print(played.message, flush=True)
    (run,) = list_runs(home)
    print(run.state, run.epochs, flush=True)
    played.window.leave()
    app.processEvents()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
