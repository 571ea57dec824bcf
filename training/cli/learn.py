"""`catdog train`, `presets`, `runs`, `export`: runs on the command line."""

import dataclasses
from pathlib import Path
from typing import Annotated, Any

import typer

from training.cli.options import Command, HomeOption, JsonOption, RunOption
from training.config import DEVICES
from training.errors import ConfigError
from training.events import EpochEnded, Event, EventSink
from training.learning.export import FORMATS, export_run
from training.learning.presets import PRESETS, training_config
from training.learning.trainer import TrainingResult, resume, train
from training.runs.run_folder import (
    RunInfo,
    delete_run,
    find_finished,
    list_runs,
    open_run,
    read_record,
)

runs_app = typer.Typer(help="The lab book: list, show, compare, delete runs.")


def train_command(
    data: Annotated[str | None, typer.Option("--data", help="The dataset's name.")] = None,
    preset: Annotated[str | None, typer.Option(help=f"One of: {', '.join(PRESETS)}.")] = None,
    epochs: Annotated[int | None, typer.Option(help="How many epochs.")] = None,
    steps_per_epoch: Annotated[int | None, typer.Option(help="Batches in an epoch.")] = None,
    validation_steps: Annotated[int | None, typer.Option(help="Batches of validation.")] = None,
    batch_size: Annotated[int | None, typer.Option(help="Pictures in a batch.")] = None,
    image_size: Annotated[int | None, typer.Option(help="Side of the input in pixels.")] = None,
    learning_rate: Annotated[float | None, typer.Option(help="The optimizer's.")] = None,
    seed: Annotated[int | None, typer.Option(help="Decides weights and order.")] = None,
    deterministic: Annotated[
        bool, typer.Option("--deterministic", help="Bit for bit the same, and slower.")
    ] = False,
    device: Annotated[str | None, typer.Option(help=f"One of: {', '.join(DEVICES)}.")] = None,
    resume_run: Annotated[
        str | None, typer.Option("--resume", help="Go on with this run instead.", metavar="RUN")
    ] = None,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Train a network on a dataset, or go on with a run. The test split is never looked at."""
    command = Command(home, as_json=json)
    command.emit = _epochs_to(command)
    if resume_run is not None:
        result: TrainingResult = command.run(resume, resume_run, command.home, epochs=epochs)
    else:
        config = training_config(
            _needed("preset", preset),
            _needed("data", data),
            epochs=epochs,
            steps_per_epoch=steps_per_epoch,
            validation_steps=validation_steps,
            batch_size=batch_size,
            image_size=image_size,
            learning_rate=learning_rate,
            seed=seed,
            deterministic=deterministic,
            device=device,
        )
        result = command.run(train, config, command.home)
    _tell_result(command, result)


def presets_command(home: HomeOption = None, json: JsonOption = False) -> None:
    """List the presets, each with a sentence that says for whom it is."""
    command = Command(home, as_json=json)
    for row in PRESETS.values():
        facts = dataclasses.asdict(row)
        command.output.result({"preset": facts.pop("key"), **facts}, f"{row.key}: {row.sentence}")


def export_command(
    format: Annotated[  # noqa: A002 - the option's name is the contract
        str, typer.Option("--format", help=f"One of: {', '.join(FORMATS)}.")
    ],
    output: Annotated[Path, typer.Option("--output", help="The file to write.")],
    run: RunOption = None,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Write a run's model for another program, checked to answer as the run does."""
    command = Command(home, as_json=json)
    folder = find_finished(command.home, run).folder
    result = command.run(export_run, folder, format, output)
    command.output.result(
        {**dataclasses.asdict(result), "path": str(result.path)},
        f"{result.path}: {result.bytes / 1e6:.1f} MB; its answers differ by "
        f"{result.max_difference:.1g} at most.",
    )


@runs_app.callback(invoke_without_command=True)
def runs_command(context: typer.Context, home: HomeOption = None, json: JsonOption = False) -> None:
    """List the runs, newest first, unfinished ones too."""
    if context.invoked_subcommand is None:
        runs_list(home, json)


@runs_app.command("list")
def runs_list(home: HomeOption = None, json: JsonOption = False) -> None:
    """List the runs, newest first, unfinished ones too."""
    command = Command(home, as_json=json)
    for info in list_runs(command.home):
        _tell_run(command, info)


@runs_app.command("show")
def runs_show(run: str, home: HomeOption = None, json: JsonOption = False) -> None:
    """Say all that a run's record holds."""
    command = Command(home, as_json=json)
    info = open_run(command.home, run)
    _tell_run(command, info, dataclasses.asdict(read_record(info.folder)))


@runs_app.command("compare")
def runs_compare(runs: list[str], home: HomeOption = None, json: JsonOption = False) -> None:
    """Put runs side by side: their settings and their figures."""
    command = Command(home, as_json=json)
    for info in [open_run(command.home, run) for run in runs]:
        record = read_record(info.folder)
        extra = {"config": dataclasses.asdict(record.config), "metrics": record.metrics}
        _tell_run(command, info, extra)


@runs_app.command("delete")
def runs_delete(run: str, home: HomeOption = None, json: JsonOption = False) -> None:
    """Delete a run and its files."""
    command = Command(home, as_json=json)
    delete_run(command.home, run)
    command.output.result({"run": run, "deleted": True}, f"The run {run} is deleted.")


def _epochs_to(command: Command) -> EventSink:
    def emit(event: Event) -> None:
        if isinstance(event, EpochEnded):
            command.output.epoch(event)
        else:
            command.output.emit(event)

    return emit


def _needed(option: str, value: str | None) -> str:
    if value is not None:
        return value
    raise ConfigError(
        option, f"The option --{option} is missing.", "Give --data and --preset, or --resume."
    )


def _tell_result(command: Command, result: TrainingResult) -> None:
    best = None if result.best_epoch is None else result.best_epoch + 1
    command.output.result(
        {"run": result.run, "best_epoch": best, "val_accuracy": result.val_accuracy},
        f"Run {result.run}: validation accuracy {result.val_accuracy:.4f}, best epoch {best}.",
    )


def _tell_run(command: Command, info: RunInfo, extra: dict[str, Any] | None = None) -> None:
    facts: dict[str, Any] = {
        "run": info.run,
        "preset": info.preset,
        "dataset": info.dataset,
        "state": info.state,
        "epochs": info.epochs,
        "val_accuracy": info.val_accuracy,
    }
    if info.test_accuracy is not None:
        facts["test_accuracy"] = info.test_accuracy
    words = ", ".join(f"{name} {value}" for name, value in facts.items() if value is not None)
    command.output.result(facts | (extra or {}), words)
