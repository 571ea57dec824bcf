"""`catdog runs`: the lab book on the command line."""

import dataclasses
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from training.cli.options import Command, HomeOption, JsonOption
from training.cli.run_words import advice_facts, advice_words, record_lines
from training.errors import ConfigError
from training.learning.coaching import coach_run
from training.runs.lab_book import RunInfo, delete_run, list_runs, open_run
from training.runs.model_card import read_model_card
from training.runs.run_folder import read_record
from training.runs.taking_in import TakenIn, take_in_run

RunArgument = Annotated[
    str, typer.Argument(metavar="RUN", help="The run's name; “default” is the one that ships.")
]

runs_app = typer.Typer(help="The lab book: list, show, compare, import, delete runs.")


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
