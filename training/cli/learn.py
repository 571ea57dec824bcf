"""`catdog train`, `rate`, `presets`: runs are begun on the command line."""

import dataclasses
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer

from training.cli.options import Command, HomeOption, JsonOption
from training.cli.run_words import advice_words
from training.cli.settings import (
    ConfigOption,
    asked_config,
    refuse_settings,
    with_settings,
)
from training.cli.stopping import paused_by_signals
from training.events import EpochEnded, Event, Noticed, RunStarted
from training.learning.coaching import coach_run
from training.learning.presets import PRESETS
from training.learning.rate_finder import find_rate
from training.learning.trainer import TrainingResult, resume, train
from training.runs.run_folder import has_checkpoint

ResumeOption = Annotated[
    str | None,
    typer.Option(
        "--resume",
        help="Go on with this run from its last checkpoint; only --epochs may be given.",
        metavar="RUN",
    ),
]


@with_settings
def train_command(
    config: ConfigOption = None,
    resume_run: ResumeOption = None,
    home: HomeOption = None,
    json: JsonOption = False,
    **settings: Any,  # noqa: ANN401 - an option of each its own type
) -> None:
    """Train a network on a dataset, or go on with a run. The test split is never looked at."""
    command = Command(home, as_json=json)
    teller = _Teller(command)
    command.emit = teller
    job: Callable[..., TrainingResult]
    if resume_run is not None:
        refuse_settings({**settings, "config": config})
        job = partial(resume, resume_run, epochs=settings["epochs"])
    else:
        job = partial(train, asked_config(settings, config))
    try:
        with paused_by_signals(command.token, last_words=teller.say_how_to_go_on):
            result = command.run(job, command.home)
    except KeyboardInterrupt:
        teller.say_how_to_go_on()
        raise
    _tell_result(command, result)


@with_settings
def rate_command(
    config: ConfigOption = None,
    home: HomeOption = None,
    json: JsonOption = False,
    **settings: Any,  # noqa: ANN401 - an option of each its own type
) -> None:
    """Try learning rates out, a batch at each, and suggest one; nothing is kept."""
    command = Command(home, as_json=json)
    found = command.run(find_rate, asked_config(settings, config), command.home)
    words = (
        "No rate lowered the loss in so few steps; keep the preset's."
        if found.suggestion is None
        else f"Suggested learning rate: {found.suggestion:g}."
    )
    command.output.result(dataclasses.asdict(found), words)


def presets_command(home: HomeOption = None, json: JsonOption = False) -> None:
    """List the presets, each with a sentence that says for whom it is."""
    command = Command(home, as_json=json)
    for row in PRESETS.values():
        facts = dataclasses.asdict(row)
        command.output.result({"preset": facts.pop("key"), **facts}, f"{row.key}: {row.sentence}")


class _Teller:
    """A training's event sink, which knows the run that an interrupt leaves behind."""

    def __init__(self, command: Command) -> None:
        self._output = command.output
        self._folder: Path | None = None

    def __call__(self, event: Event) -> None:
        if isinstance(event, RunStarted):
            self._folder = event.folder
        if isinstance(event, EpochEnded):
            self._output.epoch(event)
        else:
            self._output.emit(event)

    def say_how_to_go_on(self) -> None:
        if self._folder is not None and has_checkpoint(self._folder):
            words = (
                f"It is kept up to its last checkpoint; go on with: --resume {self._folder.name}"
            )
        else:
            words = "Nothing was learned yet; nothing is kept."
        self._output.emit(Noticed(f"The training is stopped. {words}"))


def _tell_result(command: Command, result: TrainingResult) -> None:
    found = coach_run(result.folder)
    if found is not None:
        command.output.emit(Noticed(f"Coach: {advice_words(found)}"))
    best = None if result.best_epoch is None else result.best_epoch + 1
    command.output.result(
        {"run": result.run, "best_epoch": best, "val_accuracy": result.val_accuracy},
        f"Run {result.run}: validation accuracy {result.val_accuracy:.4f}, best epoch {best}.",
    )
