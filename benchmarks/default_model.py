"""How soon the model that ships is ready, and that it brings no TensorFlow along."""

import json
import statistics
import subprocess
import sys

from benchmarks.report import at_most, publish
from training.runs.lab_book import default_run
from training.runs.run_folder import ONNX_FILE

ROUNDS = 9
HEAVY = ("keras", "tensorflow", "sklearn", "scipy", "matplotlib")

_PROGRAM = """
import json, os, sys, time
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
from training.inference.classifier import Classifier
from training.runs.lab_book import default_run
import onnxruntime
began = time.perf_counter()
Classifier.load(default_run().folder)
seconds = time.perf_counter() - began
print(json.dumps([seconds, [name for name in sys.argv[1:] if name in sys.modules]]))
"""


def main() -> int:
    loads = [_load() for _ in range(ROUNDS)]
    seconds = [load[0] for load in loads]
    heavy = sorted({name for load in loads for name in load[1]})
    megabytes = (default_run().folder / ONNX_FILE).stat().st_size / 1e6
    return publish(
        "default_model",
        [
            at_most("loading the model that ships, s", statistics.median(seconds), 0.3),
            at_most("heavy modules imported by then", len(heavy), 0),
            at_most("its size as ONNX, MB", megabytes, 16),
        ],
        seconds=[round(each, 3) for each in seconds],
        heavy_modules=heavy,
    )


def _load() -> tuple[float, list[str]]:
    said = subprocess.run(
        [sys.executable, "-c", _PROGRAM, *HEAVY], check=True, capture_output=True, text=True
    ).stdout
    seconds, heavy = json.loads(said)
    return float(seconds), list(heavy)


if __name__ == "__main__":
    raise SystemExit(main())
