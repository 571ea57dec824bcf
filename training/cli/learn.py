"""`catdog train`, `presets`, `runs`: runs on the command line."""

import dataclasses
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer

from training.cli.options import Command, HomeOption, JsonOption
from training.cli.run_words import advice_facts, advice_words, record_lines
from training.cli.settings import (
    BackboneOption,
    BatchSizeOption,
    DataOption,
    DeterministicOption,
    DeviceOption,
    EpochsOption,
    ImageSizeOption,
    LearningRateOption,
    PresetOption,
    ResumeOption,
    SeedOption,
    StartFromOption,
    StepsOption,
    ValidationStepsOption,
    WeightsOption,
)
from training.cli.stopping import paused_by_signals
from training.errors import ConfigError
from training.events import EpochEnded, Event, Noticed, RunStarted
from training.learning.coaching import coach_run
from training.learning.presets import PRESETS, training_config
from training.learning.trainer import TrainingResult, resume, train
from training.runs.lab_book import RunInfo, delete_run, list_runs, open_run
from training.runs.model_card import read_model_card
from training.runs.run_folder import has_checkpoint, read_record
from training.runs.taking_in import TakenIn, take_in_run

RunArgument = Annotated[
    str, typer.Argument(metavar="RUN", help="The run's name; “default” is the one that ships.")
]

runs_app = typer.Typer(help="The lab book: list, show, compare, import, delete runs.")


def train_command(
    context: typer.Context,
    data: DataOption = None,
    preset: PresetOption = None,
    epochs: EpochsOption = None,
    steps_per_epoch: StepsOption = None,
    validation_steps: ValidationStepsOption = None,
    batch_size: BatchSizeOption = None,
    image_size: ImageSizeOption = None,
    learning_rate: LearningRateOption = None,
    seed: SeedOption = None,
    deterministic: DeterministicOption = False,
    device: DeviceOption = None,
    backbone: BackboneOption = None,
    weights: WeightsOption = None,
    start_from: StartFromOption = None,
    resume_run: ResumeOption = None,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Train a network on a dataset, or go on with a run. The test split is never looked at."""
    command = Command(home, as_json=json)
    teller = _Teller(command)
    command.emit = teller
    job: Callable[..., TrainingResult]
    if resume_run is not None:
        _refuse_settings(context)
        job = partial(resume, resume_run, epochs=epochs)
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
            backbone=backbone,
            weights_file=weights,
            start_from=start_from,
        )
        job = partial(train, config)
    try:
        with paused_by_signals(command.token, last_words=teller.say_how_to_go_on):
            result = command.run(job, command.home)
    except KeyboardInterrupt:
        teller.say_how_to_go_on()
        raise
    _tell_result(command, result)


def presets_command(home: HomeOption = None, json: JsonOption = False) -> None:
    """List the presets, each with a sentence that says for whom it is."""
    command = Command(home, as_json=json)
    for row in PRESETS.values():
        facts = dataclasses.asdict(row)
        command.output.result({"preset": facts.pop("key"), **facts}, f"{row.key}: {row.sentence}")


@runs_app.callback(invoke_without_command=True)
def runs_command(context: typer.Context, home: HomeOption = None, json: JsonOption = False) -> None:
    """List the runs, newest first, unfinished ones too."""
    if context.invoked_subcommand is None:
        runs_list(home, json)
    elif home is not None or json:  # the command would not hear of them
        raise ConfigError(
            "home",
            f"--home and --json stand before “{context.invoked_subcommand}”.",
            f"Write them after it: catdog runs {context.invoked_subcommand} … --json",
        )


@runs_app.command("list")
def runs_list(home: HomeOption = None, json: JsonOption = False) -> None:
    """List the runs, newest first, unfinished ones too."""
    command = Command(home, as_json=json)
    for info in list_runs(command.home):
        _tell_run(command, info)


@runs_app.command("show")
def runs_show(run: RunArgument, home: HomeOption = None, json: JsonOption = False) -> None:
    """Say all that a run's record holds."""
    command = Command(home, as_json=json)
    info = open_run(command.home, run)
    record, found = read_record(info.folder), coach_run(info.folder)
    coach = {} if found is None else advice_facts(found)
    lines = [] if found is None else [f"  coach: {advice_words(found)}"]
    facts = dataclasses.asdict(record) | {"coach": coach}
    _tell_run(command, info, facts, [*record_lines(record), *lines])


@runs_app.command("card")
def runs_card(run: RunArgument, home: HomeOption = None, json: JsonOption = False) -> None:
    """Print a run's model card, a page in Markdown."""
    command = Command(home, as_json=json)
    info = open_run(command.home, run)
    card = read_model_card(info.folder)
    command.output.result({"run": info.run, "card": card}, card.rstrip())


@runs_app.command("compare")
def runs_compare(
    runs: Annotated[list[str], typer.Argument(metavar="RUN…", help="The runs' names.")],
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Put runs side by side: their settings and their figures."""
    command = Command(home, as_json=json)
    for info in [open_run(command.home, run) for run in runs]:
        record = read_record(info.folder)
        extra = {"config": dataclasses.asdict(record.config), "metrics": record.metrics}
        _tell_run(command, info, extra)


@runs_app.command("import")
def runs_import(
    folder: Annotated[
        Path, typer.Argument(metavar="FOLDER", help="The folder of a run that you were given.")
    ],
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Check a run that somebody gave you and copy it to yours; the folder stays as it is."""
    command = Command(home, as_json=json)
    taken: TakenIn = command.run(take_in_run, folder, command.home)
    verb = "was there already" if taken.was_there else "is added"
    command.output.result(
        {"run": taken.info.run, "was_there": taken.was_there}, f"The run {taken.info.run} {verb}."
    )


@runs_app.command("delete")
def runs_delete(run: RunArgument, home: HomeOption = None, json: JsonOption = False) -> None:
    """Delete a run and its files."""
    command = Command(home, as_json=json)
    delete_run(command.home, run)
    command.output.result({"run": run, "deleted": True}, f"The run {run} is deleted.")


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


def _refuse_settings(context: typer.Context) -> None:
    """A resumed run keeps its settings; taking others without a word would mislead."""
    given = [name for name, value in context.params.items() if value not in (None, False)]
    settings = sorted(set(given) - {"resume_run", "epochs", "home", "json"})
    if settings:
        option = settings[0].replace("_", "-")
        raise ConfigError(
            settings[0],
            f"--{option} cannot be changed in a run that goes on.",
            f"Leave --{option} out, or start a new run without --resume.",
        )


def _needed(option: str, value: str | None) -> str:
    if value is not None:
        return value
    raise ConfigError(
        option, f"The option --{option} is missing.", "Give --data and --preset, or --resume."
    )


def _tell_result(command: Command, result: TrainingResult) -> None:
    found = coach_run(result.folder)
    if found is not None:
        command.output.emit(Noticed(f"Coach: {advice_words(found)}"))
    best = None if result.best_epoch is None else result.best_epoch + 1
    command.output.result(
        {"run": result.run, "best_epoch": best, "val_accuracy": result.val_accuracy},
        f"Run {result.run}: validation accuracy {result.val_accuracy:.4f}, best epoch {best}.",
    )


def _tell_run(
    command: Command,
    info: RunInfo,
    extra: dict[str, Any] | None = None,
    lines: Sequence[str] = (),
) -> None:
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
    command.output.result(facts | (extra or {}), "\n".join((words, *lines)))
