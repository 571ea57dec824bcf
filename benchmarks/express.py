"""The `express` preset, all caches cold, against the notebook's 100 epochs, in one run.

It takes as long as the notebook does, so it runs only when it is named. `KERAS_HOME` must have
the ImageNet weights of MobileNetV2, or the network must be there to download them.
"""

import time

from benchmarks.pictures import DATASET, forget_computed, kaggle_home
from benchmarks.report import at_least, at_most, publish
from training.cancellation import CancelToken
from training.events import EpochEnded, Event
from training.home import Home
from training.learning.devices import load_tensorflow
from training.learning.presets import training_config
from training.learning.trainer import train
from training.runs.run_folder import delete_run

SOUGHT_ACCURACY = 0.80


def main() -> int:
    home = kaggle_home()
    load_tensorflow(lambda _: None)  # both would pay for it; neither does
    express_s, express_accuracy, express_reaches_s = _train("express", home)
    notebook_s, notebook_accuracy, notebook_reaches_s = _train("notebook", home)
    return publish(
        "express",
        [
            at_most("time of express / notebook's 100 epochs", express_s / notebook_s, 1 / 7),
            at_least("validation accuracy of express", express_accuracy, 0.983),
        ],
        express_seconds=round(express_s, 1),
        notebook_seconds=round(notebook_s, 1),
        notebook_validation_accuracy=notebook_accuracy,
        seconds_to_reach_080={"express": express_reaches_s, "notebook": notebook_reaches_s},
    )


def _train(preset: str, home: Home) -> tuple[float, float, float | None]:
    """Train; returns its seconds, its validation accuracy, and when it first reached 0.80."""
    forget_computed(home, DATASET)
    reached: list[float] = []
    began = time.perf_counter()

    def watch(event: Event) -> None:
        if isinstance(event, EpochEnded) and event.val_accuracy >= SOUGHT_ACCURACY:
            reached.append(round(time.perf_counter() - began, 1))

    result = train(training_config(preset, DATASET), home, emit=watch, token=CancelToken())
    seconds = time.perf_counter() - began
    delete_run(home, result.run)
    return seconds, result.val_accuracy, reached[0] if reached else None


if __name__ == "__main__":
    raise SystemExit(main())
