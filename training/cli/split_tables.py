"""`catdog data split-export` and `split-import`: a split for other programs, and from them."""

from pathlib import Path
from typing import Annotated

import typer

from training.cli.options import Command, HomeOption, JsonOption
from training.dataset.leaks import SplitResult
from training.dataset.split_files import export_folders, export_table, import_table
from training.errors import ConfigError

_NameArgument = Annotated[str, typer.Argument(metavar="N", help="The dataset's name.")]


def export_command(
    name: _NameArgument,
    csv: Annotated[
        Path | None, typer.Option("--csv", help="Write a table to this file.", metavar="F")
    ] = None,
    folder: Annotated[
        Path | None,
        typer.Option("--folder", help="Make this folder, with links to the files.", metavar="D"),
    ] = None,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Write the split down for other programs, as a table or as folders of links."""
    command = Command(home, as_json=json)
    if (csv is None) == (folder is None):
        raise ConfigError("csv", "One of --csv and --folder is needed.", "Name a file or a folder.")
    if csv is not None:
        result = command.run(export_table, name, csv, command.home)
    else:
        result = command.run(export_folders, name, folder, command.home)
    command.output.result(
        {"path": str(result.place), "pictures": result.pictures},
        f"The split of {result.pictures:,} pictures is in {result.place}.",
    )


def import_command(
    name: _NameArgument,
    file: Annotated[Path, typer.Argument(help="A table as split-export writes it.", metavar="F")],
    exclude_copies: Annotated[
        bool, typer.Option("--exclude-copies", help="Exclude the copies that leak.")
    ] = False,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Split a dataset as a table says."""
    command = Command(home, as_json=json)
    result = command.run(import_table, name, file, command.home, exclude_copies=exclude_copies)
    tell_split(command, result)


def tell_split(command: Command, result: SplitResult) -> None:
    """Say how many pictures went where, and name the leaks."""
    facts = {
        "train": result.train,
        "validation": result.validation,
        "test": result.test,
        "leaks": len(result.leaks),
        "leaked": [dict(zip(leak.pictures, leak.splits, strict=True)) for leak in result.leaks],
    }
    command.output.result(
        facts,
        f"Training {result.train:,}, validation {result.validation:,}, test {result.test:,}; "
        f"{len(result.leaks)} leaks.",
    )
