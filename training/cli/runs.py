"""`catdog runs`: the lab book on the command line."""

import dataclasses
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from training.cli.options import Command, HomeOption, JsonOption
from training.cli.run_words import (
    advice_facts,
    advice_words,
    comparison_facts,
    comparison_lines,
    record_lines,
    run_facts,
    run_line,
)
from training.errors import ConfigError
from training.learning.coaching import coach_run
from training.learning.event_files import EventFile, write_event_file
from training.runs.comparing import compare_runs
from training.runs.finding import COLUMNS, matches, sorted_runs
from training.runs.lab_book import RunInfo, list_all_runs, open_run, own_folder
from training.runs.model_card import read_model_card
from training.runs.notes import change_notes
from training.runs.run_folder import read_record
from training.runs.sharing import take_in_shared
from training.runs.taking_in import TakenIn
from training.runs.trash import KEPT_DAYS, delete_run, empty_trash, list_trash, restore_run

RunArgument = Annotated[
    str, typer.Argument(metavar="RUN", help="The run's name; “default” is the one that ships.")
]

runs_app = typer.Typer(
    help="The lab book: list, show, note, compare, import, delete and restore runs."
)


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
def runs_list(
    home: HomeOption = None,
    json: JsonOption = False,
    search: Annotated[
        str, typer.Option("--search", help="Words of title, preset, dataset, notes or name.")
    ] = "",
    sort: Annotated[
        str, typer.Option("--sort", help=f"Best or newest first, by: {', '.join(COLUMNS)}.")
    ] = "created",
) -> None:
    """List the runs, newest first, unfinished ones too."""
    command = Command(home, as_json=json)
    found = [info for info in list_all_runs(command.home) if matches(info, search)]
    for info in sorted_runs(found, sort):
        _tell_run(command, info)


@runs_app.command("show")
def runs_show(run: RunArgument, home: HomeOption = None, json: JsonOption = False) -> None:
    """Say all that a run's record holds."""
    command = Command(home, as_json=json)
    info = open_run(command.home, run)
    record, found = read_record(info.folder), coach_run(info.folder)
    coach = {} if found is None else advice_facts(found)
    lines = [] if found is None else [f"  coach: {advice_words(found)}"]
    facts = run_facts(info) | dataclasses.asdict(record) | {"coach": coach}
    notes = [f"  notes: {info.notes}"] if info.notes else []
    words = "\n".join([run_line(info), *notes, *record_lines(record), *lines])
    command.output.result(facts, words)


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
    """Put runs side by side: the settings in which they differ, and their figures."""
    command = Command(home, as_json=json)
    infos = [open_run(command.home, run) for run in runs]
    comparison = compare_runs(infos)
    for info in infos:
        record = read_record(info.folder)
        extra = {"config": dataclasses.asdict(record.config), "metrics": record.metrics}
        command.output.result(run_facts(info) | extra, run_line(info))
    command.output.result(comparison_facts(comparison), "\n".join(comparison_lines(comparison)))


@runs_app.command("note")
def runs_note(
    run: RunArgument,
    title: Annotated[
        str | None, typer.Option("--title", help="What lists call it; the folder keeps its name.")
    ] = None,
    notes: Annotated[str | None, typer.Option("--notes", help="Any text.")] = None,
    star: Annotated[
        bool | None, typer.Option("--star/--no-star", help="Mark the run, or no longer.")
    ] = None,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Give a run a title, notes, a star; what is not named stays as it is."""
    command = Command(home, as_json=json)
    folder = own_folder(command.home, run)
    change_notes(folder, title=title, notes=notes, starred=star)
    _tell_run(command, open_run(command.home, folder.name))


@runs_app.command("import")
def runs_import(
    source: Annotated[
        Path, typer.Argument(metavar="FOLDER", help="A run's folder, or the file of a shared one.")
    ],
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Check a run that somebody gave you and copy it to yours; what you were given stays."""
    command = Command(home, as_json=json)
    taken: TakenIn = command.run(take_in_shared, source, command.home)
    verb = "was there already" if taken.was_there else "is added"
    command.output.result(
        {"run": taken.info.run, "was_there": taken.was_there}, f"The run {taken.info.run} {verb}."
    )


@runs_app.command("tensorboard")
def runs_tensorboard(
    run: RunArgument,
    output: Annotated[
        Path, typer.Option("--output", help="The folder that TensorBoard is given.", metavar="DIR")
    ],
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Write a run's curves as an event file, for tensorboard --logdir DIR."""
    command = Command(home, as_json=json)
    folder = open_run(command.home, run).folder
    written: EventFile = command.run(write_event_file, folder, output)
    command.output.result(
        {"run": folder.name, "path": str(written.path), "epochs": written.epochs},
        f"{written.path}: {written.epochs:,} epochs. Look at them with: "
        f"tensorboard --logdir {output}",
    )


@runs_app.command("delete")
def runs_delete(run: RunArgument, home: HomeOption = None, json: JsonOption = False) -> None:
    """Move a run to the trash, from where it can be restored for 30 days."""
    command = Command(home, as_json=json)
    trashed = delete_run(command.home, run)
    command.output.result(
        {"run": run, "deleted": True, "trashed_as": trashed.run, "folder": str(trashed.folder)},
        f"The run {run} is in the trash for {KEPT_DAYS} days ({trashed.folder}). "
        f"It comes back with: catdog runs restore {trashed.run}",
    )


@runs_app.command("restore")
def runs_restore(run: RunArgument, home: HomeOption = None, json: JsonOption = False) -> None:
    """Put a run of the trash back among the others."""
    command = Command(home, as_json=json)
    info = restore_run(command.home, run)
    command.output.result({"run": info.run, "restored": True}, f"The run {info.run} is back.")


@runs_app.command("trash")
def runs_trash(
    empty: Annotated[
        bool, typer.Option("--empty", help="Remove all that lies there, for good.")
    ] = False,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """List the deleted runs, deleted last first; or remove them for good."""
    command = Command(home, as_json=json)
    if empty:
        count = empty_trash(command.home)
        command.output.result({"removed": count}, f"Runs that are removed for good: {count:,}.")
        return
    for each in list_trash(command.home):
        deleted = datetime.fromtimestamp(each.deleted_at).astimezone().isoformat(timespec="seconds")
        command.output.result(
            {"run": each.run, "deleted_at": deleted}, f"{each.run}, deleted {deleted}"
        )


def _tell_run(command: Command, info: RunInfo) -> None:
    command.output.result(run_facts(info), run_line(info))
