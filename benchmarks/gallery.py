"""The Dataset tab with a catalogue of 1,000,000 pictures: how soon it shows, and how it scrolls.

The rows are made up and their files are not there, so that no decoding is measured.
"""

import os
import tempfile
import time
from pathlib import Path

import numpy as np
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from benchmarks.catalogue import ROWS, fill
from benchmarks.heartbeat import Heartbeat
from benchmarks.report import at_most, publish
from catdog_gui.app import build_application
from catdog_gui.garbage import collected_in_gui_thread
from catdog_gui.main_window import MainWindow
from training.home import Home, find_home

DATASET = "million"
SCROLL_MS = 30
SCROLL_PX = 240
JUMP_EVERY = 20
SCROLLS = 600
LIMIT_S = 120


class Visitor:
    """Waits for the pictures, scrolls through them with a leap now and then, and leaves."""

    def __init__(self, window: MainWindow) -> None:
        self.heart = Heartbeat()
        self.seconds_to_pictures = 0.0
        self._window = window
        self._view = window.tabs.dataset_page.gallery.view
        self._began = time.perf_counter()
        self._scrolls = 0
        self._scrolling = QTimer(interval=SCROLL_MS)
        self._scrolling.timeout.connect(self._scroll)
        self._watching = QTimer(interval=5)
        self._watching.timeout.connect(self._watch)
        self._watching.start()

    def _watch(self) -> None:
        if time.perf_counter() - self._began > LIMIT_S:
            raise SystemExit("The pictures did not come in time.")
        if self._view.count() > ROWS // 2:
            self._watching.stop()
            self.seconds_to_pictures = time.perf_counter() - self._began
            QTimer.singleShot(3000, self._begin)  # what else is read at first is done by then

    def _begin(self) -> None:
        self.heart.stage = "scrolling"
        self._scrolling.start()

    def _scroll(self) -> None:
        self._scrolls += 1
        bar = self._view.verticalScrollBar()
        step = bar.maximum() // 17 if self._scrolls % JUMP_EVERY == 0 else SCROLL_PX
        bar.setValue((bar.value() + step) % max(1, bar.maximum()))
        if self._scrolls == SCROLLS:
            self._scrolling.stop()
            self._window.leave()


def main() -> int:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as folder:
        home = find_home(Path(folder))
        dataset = home.datasets / DATASET
        dataset.mkdir(parents=True)
        fill(dataset)
        return visit(home)


def visit(home: Home) -> int:
    """Open the window on a home that has the dataset, look around, and report."""
    app = build_application()
    window = MainWindow(home)
    window.show()
    visitor = Visitor(window)
    with collected_in_gui_thread():
        QApplication.exec()
    assert app is not None
    gaps = visitor.heart.gaps_ms
    scrolling = gaps["scrolling"]
    opening = max(gaps["before"])
    return publish(
        "gallery",
        [
            at_most("pictures of 1,000,000 in sight, s", visitor.seconds_to_pictures, 1.0),
            at_most("scrolling: 99th percentile of gaps, ms", np.percentile(scrolling, 99), 50),
        ],
        scrolling=f"{len(scrolling)} beats, median {np.median(scrolling):.1f}, "
        f"worst {max(scrolling):.0f} ms",
        worst_gap_while_opening_ms=round(opening),
        load=os.getloadavg()[0],
    )


if __name__ == "__main__":
    raise SystemExit(main())
