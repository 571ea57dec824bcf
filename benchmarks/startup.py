"""(d) From launch to the window's first paint, and what was imported by then."""

import os
import statistics
import subprocess
import sys
import tempfile
import time

from benchmarks.report import at_most, publish
from training.home import HOME_VARIABLE

ROUNDS = 7
HEAVY = ("keras", "tensorflow", "onnxruntime", "sklearn", "kaggle", "matplotlib")

_PROGRAM = """
import sys
from PySide6.QtCore import QEvent, QObject
from training.imports import imports_set_aside
with imports_set_aside():
    from catdog_gui.app import build_application
    from catdog_gui.main_window import MainWindow

class FirstPaint(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            window.removeEventFilter(self)
            print(*[name for name in HEAVY if name in sys.modules], flush=True)
            window.leave()
        return False

HEAVY = sys.argv[1:]
app = build_application()
window, watcher = MainWindow(), FirstPaint()
window.installEventFilter(watcher)
window.show()
app.exec()
"""


def main() -> int:
    launches = [_launch() for _ in range(ROUNDS)]
    seconds = [launch[0] for launch in launches]
    heavy = sorted({name for launch in launches for name in launch[1]})
    return publish(
        "startup",
        [
            at_most("launch to first paint, s", statistics.median(seconds), 1.5),
            at_most("heavy modules imported by then", len(heavy), 0),
        ],
        seconds=[round(each, 2) for each in seconds],
        heavy_modules=heavy,
    )


def _launch() -> tuple[float, list[str]]:
    with tempfile.TemporaryDirectory() as home:
        surroundings = os.environ | {HOME_VARIABLE: home}
        surroundings.setdefault("QT_QPA_PLATFORM", "offscreen")
        began = time.perf_counter()
        with subprocess.Popen(
            [sys.executable, "-c", _PROGRAM, *HEAVY],
            stdout=subprocess.PIPE,
            text=True,
            env=surroundings,
        ) as program:
            assert program.stdout is not None
            line = program.stdout.readline()
            seconds = time.perf_counter() - began
            program.stdout.read()
        if program.returncode != 0:
            raise SystemExit(f"The window ended with status {program.returncode}.")
    return seconds, line.split()


if __name__ == "__main__":
    raise SystemExit(main())
