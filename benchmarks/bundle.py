"""The bundles: their sizes, how long they took to build, and how soon they are there.

It needs what `make dist` leaves in dist/ and build/. What starts is measured against the same
program as source, against itself with TensorFlow imported at its start, and against TensorFlow.
"""

import datetime as dt
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.report import Figure, alternate, at_most, publish
from training.dataset.sample import draw_picture
from training.home import HOME_VARIABLE, Home
from training.runs.lab_book import default_run
from training.runs.run_folder import KERAS_FILE

ROUNDS = 7
REPOSITORY = Path(__file__).resolve().parent.parent
DIST = REPOSITORY / "dist"
FROZEN = (str(DIST / "catdog" / "catdog"),)
SOURCE = (sys.executable, "-m", "catdog_gui")
EARLY = {"CATDOG_IMPORT_FIRST": "tensorflow,keras"}

PAINTED, READ = "first paint", "read 1 pictures"
_PATIENCE_S = 120.0
_GLANCE_S = 0.002
_SIZES = {"catdog": (1250, 350), "catdog-viewer": (380, 140)}
_PROTOTYPE_MB = 931
"""What a bundle without ONNX Runtime, scikit-learn and the model that ships came to."""

_TENSORFLOW_ALONE = """
import sys
import numpy as np
import keras
from training.dataset.decode import load_pixels
from pathlib import Path
network = keras.models.load_model(sys.argv[1], compile=False)
network.predict(load_pixels(Path(sys.argv[2]), network.input_shape[1])[np.newaxis], verbose=0)
"""


def main() -> int:
    if not Path(FROZEN[0]).is_file():
        print("There is no bundle in dist/; make dist builds it.")
        return 2
    if set(built()["bytes"]) != set(_SIZES):
        print("The last build was of one program; make dist builds both.")
        return 2
    with tempfile.TemporaryDirectory() as folder:
        picture = Path(folder, "cat.png")
        draw_picture("cat", 1, seed=1).save(picture)
        paints = first_paints()
        verdicts = first_verdicts(picture)
    return publish(
        "bundle",
        [*sizes(), *paints[0], *verdicts[0], build_time()],
        **paints[1],
        **verdicts[1],
        beyond_the_prototype_MB=_PROTOTYPE_MB,
        megabytes_by_package=by_package(),
    )


Found = tuple[list[Figure], dict[str, object]]


def sizes() -> list[Figure]:
    """How large the bundles are, unpacked and packed."""
    figures = []
    for key, (unpacked, packed) in _SIZES.items():
        files = (path for path in (DIST / key).rglob("*") if not path.is_dir())
        megabytes = sum(path.lstat().st_size for path in files) / 1e6
        figures.append(at_most(f"{key} unpacked, MB", megabytes, unpacked))
        (archive,) = DIST.glob(f"{key}-[0-9]*.tar.zst")
        figures.append(at_most(f"{key} packed, MB", archive.stat().st_size / 1e6, packed))
    return figures


def built() -> dict[str, Any]:
    """What the last build noted about itself."""
    report: dict[str, Any] = json.loads(
        (REPOSITORY / "build" / "bundle" / "report.json").read_text("utf-8")
    )
    return report


def build_time() -> Figure:
    """What the last build of both took, as it noted itself."""
    return at_most("building both bundles, s", built()["seconds"], 300)


def by_package() -> dict[str, float]:
    """How much of CatDog's bundle is from where, in MB, largest first."""
    rows = built()["bytes"]["catdog"]
    return {name: round(size / 1e6, 1) for name, size in rows.items() if size > 1e5}


def first_paints() -> Found:
    """Launch to first paint: the bundle, the same with an early TensorFlow, and the source."""
    launch(FROZEN, PAINTED)  # the disk's cache is warm for all of them
    launch(SOURCE, PAINTED)
    early = alternate(
        ROUNDS, lambda: launch(FROZEN, PAINTED), lambda: launch(FROZEN, PAINTED, EARLY)
    )
    source = alternate(ROUNDS, lambda: launch(FROZEN, PAINTED), lambda: launch(SOURCE, PAINTED))
    return [
        at_most("first paint, bundle / bundle with TensorFlow at its start", _ratio(early), 0.7),
        at_most("first paint, bundle / source", _ratio(source), 1.2),
    ], {
        "first_paint_s": _median(early[0]),
        "first_paint_early_tensorflow_s": _median(early[1]),
        "first_paint_source_s": _median(source[1]),
    }


def first_verdicts(picture: Path) -> Found:
    """Launch with a picture to its verdict, against TensorFlow's import and one prediction."""
    model = str(default_run().folder / KERAS_FILE)
    alone = (sys.executable, "-c", _TENSORFLOW_ALONE, model, str(picture))
    with_picture = (*FROZEN, str(picture))
    pairs = alternate(ROUNDS, lambda: launch(with_picture, READ), lambda: _whole(alone))
    return [
        at_most("first verdict, bundle / TensorFlow's import and prediction", _ratio(pairs), 0.5)
    ], {"first_verdict_s": _median(pairs[0]), "tensorflow_alone_s": _median(pairs[1])}


def launch(command: Sequence[str], line: str, around: Mapping[str, str] | None = None) -> float:
    """Seconds from a launch until the program's log has a line; then the program is ended.

    Args:
        command: Opens the window.
        line: What the log's line says.
        around: Variables beside those that are there.
    """
    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder, "home"))
        surroundings = {**os.environ, HOME_VARIABLE: str(home.root), **(around or {})}
        surroundings["QT_QPA_PLATFORM"] = "offscreen"
        surroundings["TF_CPP_MIN_LOG_LEVEL"] = "3"
        began = time.time()
        with subprocess.Popen(command, env=surroundings, stderr=subprocess.DEVNULL) as program:
            written = _wait_for(line, home.logs / "catdog.log", program)
            program.terminate()
    return written - began


def _wait_for(line: str, log: Path, program: "subprocess.Popen[bytes]") -> float:
    """When the log's line was written, in seconds since the epoch."""
    deadline = time.monotonic() + _PATIENCE_S
    while time.monotonic() < deadline and program.poll() is None:
        text = log.read_text(encoding="utf-8") if log.is_file() else ""
        found = re.search(rf"^([\d-]+ [\d:]+),(\d+) .*{line}", text, re.MULTILINE)
        if found:
            stamp = dt.datetime.strptime(found[1], "%Y-%m-%d %H:%M:%S").astimezone()
            return stamp.timestamp() + int(found[2]) / 1000
        time.sleep(_GLANCE_S)
    program.kill()
    raise SystemExit(f"The log never said “{line}”.")


def _whole(command: Sequence[str]) -> float:
    began = time.perf_counter()
    surroundings = os.environ | {"TF_CPP_MIN_LOG_LEVEL": "3"}
    subprocess.run(command, check=True, env=surroundings, cwd=REPOSITORY, stderr=subprocess.DEVNULL)
    return time.perf_counter() - began


def _ratio(pairs: tuple[list[float], list[float]]) -> float:
    return statistics.median(first / second for first, second in zip(*pairs, strict=True))


def _median(seconds: Sequence[float]) -> float:
    return round(statistics.median(seconds), 3)


if __name__ == "__main__":
    raise SystemExit(main())
