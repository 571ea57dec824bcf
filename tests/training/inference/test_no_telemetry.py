"""A verdict reports to nobody and writes nothing."""

import os
import subprocess
import sys
from pathlib import Path

LOAD = """
from training.inference.classifier import Classifier
from training.runs.lab_book import default_run
Classifier.load(default_run().folder)
"""


def test_loading_a_model_leaves_nothing_in_the_temporary_folder(tmp_path: Path) -> None:
    quiet = {name: value for name, value in os.environ.items() if name != "ORT_DISABLE_TELEMETRY"}
    places = dict.fromkeys(("HOME", "TMPDIR", "TEMP", "TMP"), str(tmp_path))
    subprocess.run([sys.executable, "-c", LOAD], check=True, timeout=60, env=quiet | places)
    assert list(tmp_path.iterdir()) == []
