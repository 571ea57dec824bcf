"""`catdog classify` and `evaluate`: a finished run at work."""

import dataclasses
from pathlib import Path
from typing import Annotated

import typer

from training.cli.labelled import DataOption, FolderOption, SplitOption, pictures_of, source_of
from training.cli.options import Command, HomeOption, JsonOption, RunOption
from training.dataset.catalog import Split
from training.dataset.library import open_dataset
from training.errors import ConfigError
from training.events import Event, Noticed, Verdict, VerdictReached
from training.inference.batch import classify_files, gather_pictures
from training.inference.evaluation import Metrics, evaluate
from training.inference.judge import THRESHOLD, check_threshold
from training.inference.sorting import Sorted, sort_into
from training.runs.lab_book import RunInfo, find_finished
from training.runs.run_folder import read_record, record_metrics


def classify_command(
    paths: Annotated[list[Path], typer.Argument(metavar="FILE… | DIR", help="Pictures.")],
    run: RunOption = None,
    recursive: Annotated[
        bool, typer.Option("--recursive", help="Look into folders inside folders.")
    ] = False,
    threshold: Annotated[
        float, typer.Option(help="From this probability of dog on it is a dog, not a cat.")
    ] = THRESHOLD,
    sort_into_folder: Annotated[
        Path | None,
        typer.Option("--sort-into", metavar="DIR", help="Copy into DIR/cat, DIR/dog, DIR/neither."),
    ] = None,
    link: Annotated[
        bool, typer.Option("--link", help="With --sort-into: links instead of copies.")
    ] = False,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Say of each picture whether it shows a cat, a dog or neither."""
    check_threshold(threshold)
    if link and sort_into_folder is None:
        raise ConfigError("link", "There is no folder for the links.", "Add --sort-into DIR.")
    command = Command(home, as_json=json)

    def emit(event: Event) -> None:
        if isinstance(event, VerdictReached):
            _tell_verdict(command, event.verdict)
        else:
            command.output.emit(event)

    command.emit = emit
    folder = find_finished(command.home, run).folder
    pictures = gather_pictures(paths, recursive=recursive)
    verdicts = command.run(classify_files, pictures, folder, threshold=threshold)
    if sort_into_folder is not None:
        _tell_sorted(command, command.run(sort_into, verdicts, sort_into_folder, link=link))


def evaluate_command(
    data: DataOption = None,
    split: SplitOption = Split.TEST,
    folder: FolderOption = None,
    run: RunOption = None,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Measure a run on pictures whose labels are known."""
    command = Command(home, as_json=json)
    info = find_finished(command.home, run)
    pictures = pictures_of(command, source_of(data, split, folder))
    metrics = command.run(evaluate, info.folder, pictures)
    command.output.result(
        {"run": info.run, **dataclasses.asdict(metrics)},
        f"{info.run}: accuracy {metrics.accuracy:.4f}, log loss {metrics.log_loss:.4f}, "
        f"Brier {metrics.brier:.4f}, AUC {metrics.auc:.4f}, ECE {metrics.ece:.4f}, "
        f"neither {metrics.neither_rate:.4f} on {metrics.pictures:,} pictures.",
    )
    if data == info.dataset:
        _keep_figures(command, info, split, metrics)


def _keep_figures(command: Command, info: RunInfo, split: Split, metrics: Metrics) -> None:
    with open_dataset(command.home, info.dataset) as catalog:
        is_the_same = catalog.split_fingerprint() == read_record(info.folder).fingerprint
    if is_the_same:
        record_metrics(info.folder, split, metrics.figures())
        return
    command.output.emit(
        Noticed(
            f"“{info.dataset}” is split otherwise than when {info.run} learned from it: the "
            "figures may count pictures that it has seen, and are not kept with the run."
        )
    )


def _tell_sorted(command: Command, done: Sorted) -> None:
    command.output.result(
        {
            "folder": str(done.folder),
            **done.counts,
            "left_out": done.left_out,
            "gone": done.gone,
        },
        f"{done.folder}: "
        + ", ".join(f"{count:,} in {kind}" for kind, count in done.counts.items())
        + f"; {done.left_out:,} without a verdict left out, {done.gone:,} gone meanwhile.",
    )


def _tell_verdict(command: Command, verdict: Verdict) -> None:
    if verdict.error is not None:
        words = f"{verdict.path}: {verdict.error}"
    else:
        words = f"{verdict.path}: {verdict.verdict} ({verdict.confidence:.3f})"
    command.output.result(dataclasses.asdict(verdict), words)
