"""From launch of the window to the verdict of one dropped picture, and what was imported for it."""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.report import at_most, publish
from training.dataset.sample import draw_picture
from training.home import HOME_VARIABLE

ROUNDS = 7
HEAVY = ("keras", "tensorflow", "sklearn", "scipy", "kagglesdk", "matplotlib")

_PROGRAM = """
import sys
from pathlib import Path
from catdog_gui.app import build_application
from catdog_gui.main_window import MainWindow
from catdog_gui.widgets.image_drop import Dropped

def show(result):
    if result is not None and result.verdict is not None:
        said = result.verdict.verdict or "unread"
        print(said, *[name for name in sys.argv[2:] if name in sys.modules], flush=True)
        window.leave()

app = build_application()
window = MainWindow()
window.show()
page = window.tabs.prediction_page
page.result_shown.connect(show)
page.pictures_dropped.emit(Dropped((Path(sys.argv[1]),)))
app.exec()
"""


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        picture = Path(folder, "cat.png")
        draw_picture("cat", 1, seed=1).save(picture)
        launches = [_launch(picture) for _ in range(ROUNDS)]
    seconds = [launch[0] for launch in launches]
    heavy = sorted({name for launch in launches for name in launch[1]})
    return publish(
        "launch_to_verdict",
        [
            at_most("launch to the verdict of a dropped picture, s", statistics.median(seconds), 2),
            at_most("heavy modules imported by then", len(heavy), 0),
        ],
        seconds=[round(each, 2) for each in seconds],
        heavy_modules=heavy,
        load=os.getloadavg()[0],
    )


def _launch(picture: Path) -> tuple[float, list[str]]:
    with tempfile.TemporaryDirectory() as home:
        surroundings = os.environ | {HOME_VARIABLE: home}
        surroundings.setdefault("QT_QPA_PLATFORM", "offscreen")
        began = time.perf_counter()
        with subprocess.Popen(
            [sys.executable, "-c", _PROGRAM, str(picture), *HEAVY],
            stdout=subprocess.PIPE,
            text=True,
            env=surroundings,
        ) as program:
            assert program.stdout is not None
            verdict, *heavy = program.stdout.readline().split() or ["none"]
            seconds = time.perf_counter() - began
            program.stdout.read()
        if program.returncode != 0 or verdict not in ("cat", "dog", "neither"):
            raise SystemExit(f"The verdict was {verdict}; the window ended {program.returncode}.")
    return seconds, heavy


if __name__ == "__main__":
    raise SystemExit(main())
