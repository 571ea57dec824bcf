"""How well one preset learns the 20,000 pictures of the notebook's split, and how long it takes.

`python -m benchmarks accuracy PRESET` trains it with everything still to compute, which takes as
long as it takes. The test pictures are looked at only when `--test` asks for it, once a run.
"""

import argparse
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.pictures import DATASET, forget_computed, kaggle_home
from benchmarks.report import RESULTS, read_result, write_result
from training.cancellation import CancelToken
from training.config import TrainingConfig
from training.dataset.catalog import Split
from training.dataset.library import open_dataset
from training.errors import RunError, UserError
from training.events import EpochEnded, Event, RunStarted
from training.home import Home
from training.inference.evaluation import evaluate
from training.learning.devices import load_tensorflow
from training.learning.presets import training_config
from training.learning.trainer import train
from training.progress import duration_words
from training.runs.history import read_history
from training.runs.interval import wilson
from training.runs.lab_book import open_run, require_finished
from training.runs.run_folder import KERAS_FILE, read_record, record_metrics

WALL_CLOCK, EPOCHS_ALONE = "wall", "epochs"
"""What a curve's seconds count: all since `train` was called, or what the run's history has."""

Figures = Mapping[str, float]

_HEADER = (
    "| preset | parameters | input | time | validation accuracy | test accuracy | log loss | AUC "
    "| ECE | Brier | neither |\n" + "| --- " * 11 + "|"
)

_COLUMNS = (
    ("log_loss", ".3f"),
    ("auc", ".4f"),
    ("ece", ".3f"),
    ("brier", ".4f"),
    ("neither_rate", ".1%"),
)


@dataclass(frozen=True)
class Point:
    """What a network came to at the end of an epoch.

    Attributes:
        epoch: 0-based.
        seconds: Since the training began.
        val_accuracy: In [0, 1].
    """

    epoch: int
    seconds: float
    val_accuracy: float


@dataclass(frozen=True)
class Course:
    """A finished run and how it came about.

    Attributes:
        folder: The run's.
        curve: A point an epoch.
        clock: `WALL_CLOCK` or `EPOCHS_ALONE`.
        seconds: From the call of `train` to its return; None where nobody looked at a clock.
        device: What it computed on, in words; likewise.
    """

    folder: Path
    curve: tuple[Point, ...]
    clock: str
    seconds: float | None = None
    device: str | None = None


@dataclass(frozen=True)
class Request:
    """What is to be reported.

    Attributes:
        config: The run's settings; of a run that there is, only the preset and the dataset count.
        run: A finished run's name, or its folder; None to train one.
        test: Whether the test pictures are looked at, if they were not before.
    """

    config: TrainingConfig
    run: str | None = None
    test: bool = False


def main(words: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks accuracy")
    parser.add_argument("preset")
    parser.add_argument("--epochs", type=int, help="fewer or more than the preset has")
    parser.add_argument("--run", help="report this finished run, by name or folder; train none")
    parser.add_argument("--test", action="store_true", help="look at the test pictures, once")
    given = parser.parse_args(words)
    try:
        config = training_config(given.preset, DATASET, epochs=given.epochs)
        report(Request(config, given.run, given.test), kaggle_home())
    except UserError as error:
        print(error)
        return 2
    return 0


def report(request: Request, home: Home, *, results: Path = RESULTS) -> dict[str, object]:
    """Train a preset, or take a run that there is; measure it, print its row, and write it down.

    Args:
        request: What is to be reported.
        home: Where the dataset is.
        results: The folder that gets `accuracy-<preset>.json`.

    Returns:
        What was written.

    Raises:
        UserError: The preset or the run cannot be used.
    """
    name = f"accuracy-{request.config.preset}"
    if request.run is None:
        course = train_cold(request.config, home)
    else:
        course = course_of(request.run, request.config.preset, home, read_result(name, results))
    _require_same_pictures(course.folder, request.config.dataset, home)
    validation = _measure(course.folder, request.config.dataset, home, Split.VALIDATION)
    test = _test_figures(course.folder, request, home)
    record = read_record(course.folder)
    result: dict[str, object] = {
        "preset": request.config.preset,
        "run": course.folder.name,
        "device": course.device,
        "parameters": _parameters(course.folder),
        "image_size": record.config.image_size,
        "epochs": record.epochs_done,
        "best_epoch": record.best_epoch,
        "seconds": course.seconds,
        "seconds_of_epochs": sum(epoch.seconds for epoch in read_history(course.folder)),
        "validation": validation,
        "test": test,
        "clock": course.clock,
        "curve": [asdict(point) for point in course.curve],
    }
    write_result(name, result, results)
    print(f"{_HEADER}\n{table_row(result, validation, test)}")
    if test is None:
        print("Log loss and what follows are of the validation pictures.")
    return result


def train_cold(config: TrainingConfig, home: Home) -> Course:
    """Train with everything still to compute, by the clock on the wall."""
    forget_computed(home, config.dataset)
    curve: list[Point] = []
    devices: list[str] = []
    began = time.perf_counter()

    def watch(event: Event) -> None:
        if isinstance(event, RunStarted):
            devices.append(event.device)
        if isinstance(event, EpochEnded):
            seconds = round(time.perf_counter() - began, 2)
            curve.append(Point(event.epoch, seconds, event.val_accuracy))
            print(f"epoch {event.epoch + 1}: {event.val_accuracy:.4f}, {seconds:.0f} s", flush=True)

    folder = train(config, home, emit=watch, token=CancelToken()).folder
    seconds = round(time.perf_counter() - began, 2)
    return Course(folder, tuple(curve), WALL_CLOCK, seconds, devices[0])


def course_of(run: str, preset: str, home: Home, known: Mapping[str, object] | None) -> Course:
    """A run that there is; its curve by the wall clock where a benchmark wrote that down before.

    Args:
        run: Its name, or its folder.
        preset: The preset that it must be of.
        home: Where runs are looked for by name.
        known: What was written down of this preset before.

    Raises:
        RunError: There is none, it is not finished, or it is of another preset.
    """
    info = require_finished(open_run(home, run))
    if info.preset != preset:
        raise RunError(
            f"The run {info.run} is of the preset “{info.preset}”.",
            f"Choose that preset, or a run of “{preset}”.",
        )
    if known is not None and known["run"] == info.run and known["clock"] == WALL_CLOCK:
        curve = tuple(Point(**point) for point in known["curve"])  # type: ignore[attr-defined]
        return Course(info.folder, curve, WALL_CLOCK, known["seconds"], known["device"])  # type: ignore[arg-type]
    points, seconds = [], 0.0
    for epoch in read_history(info.folder):
        seconds += epoch.seconds
        points.append(Point(epoch.epoch, round(seconds, 2), epoch.val_accuracy))
    return Course(info.folder, tuple(points), EPOCHS_ALONE)


def table_row(result: Mapping[str, object], validation: Figures, test: Figures | None) -> str:
    """The run's row of the README's table, in Markdown."""
    figures = validation if test is None else test
    cells = (
        f"`{result['preset']}`",
        f"{result['parameters']:,}",
        f"{result['image_size']} x {result['image_size']}",
        _time_words(result),
        _share_words(validation),
        "" if test is None else _share_words(test),
        *(format(figures[name], form) if name in figures else "" for name, form in _COLUMNS),
    )
    return f"| {' | '.join(cells)} |"


def _time_words(result: Mapping[str, object]) -> str:
    if result["seconds"] is None:
        return f"{duration_words(float(str(result['seconds_of_epochs'])))} (epochs alone)"
    return duration_words(float(str(result["seconds"])))


def _share_words(figures: Figures) -> str:
    return f"{figures['accuracy']:.4f} ({figures['low']:.4f} to {figures['high']:.4f})"


def _require_same_pictures(folder: Path, dataset: str, home: Home) -> None:
    with open_dataset(home, dataset) as catalog:
        if catalog.split_fingerprint() == read_record(folder).fingerprint:
            return
    raise RunError(
        f"The run {folder.name} did not learn from “{dataset}” as it is split here.",
        "Its figures would count pictures that it has seen; choose a run of the same split.",
    )


def _measure(folder: Path, dataset: str, home: Home, split: Split) -> Figures:
    with open_dataset(home, dataset) as catalog:
        pictures = [(picture.path, picture.label) for picture in catalog.pictures(split=split)]
    metrics = evaluate(folder, pictures, emit=lambda _: None, token=CancelToken())
    return _with_interval(metrics.figures())


def _test_figures(folder: Path, request: Request, home: Home) -> Figures | None:
    """The figures that the run's record has already; else they are measured, if that is asked."""
    known = read_record(folder).metrics.get(str(Split.TEST))
    if known is not None:
        return _with_interval(known)
    if not request.test:
        return None
    figures = _measure(folder, request.config.dataset, home, Split.TEST)
    record_metrics(folder, Split.TEST, {k: v for k, v in figures.items() if k not in _ENDS})
    return figures


_ENDS = ("low", "high")


def _with_interval(figures: Figures) -> Figures:
    pictures = int(figures["pictures"])
    interval = wilson(round(figures["accuracy"] * pictures), pictures)
    return {**figures, "low": interval.low, "high": interval.high}


def _parameters(folder: Path) -> int:
    load_tensorflow(lambda _: None)
    import keras

    return int(keras.models.load_model(folder / KERAS_FILE, compile=False).count_params())


if __name__ == "__main__":
    raise SystemExit(main())
