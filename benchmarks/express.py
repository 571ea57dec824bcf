"""The `express` preset, all caches cold, against the notebook's 100 epochs, in one run.

It takes as long as the notebook does, so it runs only when it is named. `KERAS_HOME` must have
the ImageNet weights of MobileNetV2, or the network must be there to download them. Each run stays
in the benchmark's home, and is written down as `python -m benchmarks accuracy` would.
"""

from collections.abc import Sequence
from typing import Any

from benchmarks.accuracy import Request, report
from benchmarks.pictures import DATASET, kaggle_home
from benchmarks.report import at_least, at_most, publish
from training.learning.devices import load_tensorflow
from training.learning.presets import training_config

SOUGHT_ACCURACY = 0.80


def main() -> int:
    home = kaggle_home()
    load_tensorflow(lambda _: None)  # both would pay for it; neither does
    express, notebook = (
        report(Request(training_config(preset, DATASET)), home)
        for preset in ("express", "notebook")
    )
    ratio = float(str(express["seconds"])) / float(str(notebook["seconds"]))
    return publish(
        "express",
        [
            at_most("time of express / notebook's 100 epochs", ratio, 1 / 7),
            at_least("validation accuracy of express", _accuracy(express), 0.983),
        ],
        express_seconds=express["seconds"],
        notebook_seconds=notebook["seconds"],
        notebook_validation_accuracy=_accuracy(notebook),
        seconds_to_reach_080={
            "express": reached(express["curve"]),
            "notebook": reached(notebook["curve"]),
        },
    )


def reached(curve: Any) -> float | None:  # noqa: ANN401 - points as they were written down
    """When a curve first came to `SOUGHT_ACCURACY`, in seconds; None for never."""
    points: Sequence[dict[str, float]] = curve
    return next((at["seconds"] for at in points if at["val_accuracy"] >= SOUGHT_ACCURACY), None)


def _accuracy(result: dict[str, Any]) -> float:
    return float(result["validation"]["accuracy"])


if __name__ == "__main__":
    raise SystemExit(main())
