"""`catdog data …`: datasets on the command line."""

import dataclasses
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from training.cli import check, split_tables
from training.cli.options import Command, HomeOption, JsonOption
from training.config import SHARES_SCHEME, ImportConfig, SplitConfig
from training.dataset.adding import add_pictures
from training.dataset.catalog import DatasetInfo, Origin
from training.dataset.class_folders import mapping_words
from training.dataset.importing import import_pictures, make_sample
from training.dataset.leaks import SplitResult
from training.dataset.library import delete_dataset, list_datasets, open_dataset
from training.dataset.outcome import ImportResult
from training.dataset.split import split_dataset
from training.errors import ConfigError

app = typer.Typer(help="Datasets: import, download, split, look at, delete.", no_args_is_help=True)

NameOption = Annotated[str, typer.Option("--name", help="The dataset's name.", metavar="N")]
NameArgument = Annotated[str, typer.Argument(metavar="N", help="The dataset's name.")]
SourcesArgument = Annotated[
    list[Path], typer.Argument(help="Zips and folders.", metavar="SOURCE...")
]
ClassesOption = Annotated[
    list[str] | None,
    typer.Option(
        "--class",
        help="What a folder shows, such as “felix=cat”; or dog, neither, leave-out. Repeatable.",
        metavar="FOLDER=CLASS",
    ),
]

_SPLIT_DEFAULT = SplitConfig()


@app.command("import")
def import_(
    sources: SourcesArgument,
    name: NameOption,
    classes: ClassesOption = None,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Import pictures from zips and folders; your files stay as they are."""
    command = Command(home, as_json=json)
    config = _import_config(sources, name, classes)
    tell_import(command, command.run(import_pictures, config, command.home))


@app.command()
def add(
    name: NameArgument,
    sources: SourcesArgument,
    classes: ClassesOption = None,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Add pictures from further zips and folders to a dataset; what it has stays as it is."""
    command = Command(home, as_json=json)
    config = _import_config(sources, name, classes)
    _tell_addition(command, command.run(add_pictures, config, command.home))


@app.command()
def sample(name: NameOption, home: HomeOption = None, json: JsonOption = False) -> None:
    """Draw the sample set: cats and dogs made by code, already split."""
    command = Command(home, as_json=json)
    tell_import(command, command.run(make_sample, name, command.home))


@app.command()
def split(
    name: NameArgument,
    scheme: Annotated[
        str,
        typer.Option(
            help="“notebook” goes by number, “shares” by the shares, “folders” by the folders."
        ),
    ] = SHARES_SCHEME,
    train: Annotated[float, typer.Option(help="Share of training.")] = _SPLIT_DEFAULT.train,
    validation: Annotated[
        float, typer.Option(help="Share of validation; the test split gets the rest.")
    ] = _SPLIT_DEFAULT.validation,
    seed: Annotated[int, typer.Option(help="Chooses the pictures.")] = _SPLIT_DEFAULT.seed,
    exclude_copies: Annotated[
        bool, typer.Option("--exclude-copies", help="Exclude the copies that leak.")
    ] = False,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Say which pictures go to training, validation and test."""
    command = Command(home, as_json=json)
    config = SplitConfig(scheme=scheme, train=train, validation=validation, seed=seed)
    result: SplitResult = command.run(
        split_dataset, name, config, command.home, exclude_copies=exclude_copies
    )
    split_tables.tell_split(command, result)


app.command("split-export")(split_tables.export_command)
app.command("split-import")(split_tables.import_command)
app.command("check")(check.check_command)
app.command("undo")(check.undo_command)
app.command("redo")(check.redo_command)


@app.command()
def info(name: NameArgument, home: HomeOption = None, json: JsonOption = False) -> None:
    """Say what a dataset holds."""
    command = Command(home, as_json=json)
    with open_dataset(command.home, name) as catalog:
        _tell_info(command, catalog.info(), catalog.sources.all())


@app.command("list")
def list_(home: HomeOption = None, json: JsonOption = False) -> None:
    """Say what each dataset holds."""
    command = Command(home, as_json=json)
    for each in list_datasets(command.home):
        _tell_info(command, each)


@app.command()
def delete(name: NameArgument, home: HomeOption = None, json: JsonOption = False) -> None:
    """Delete a dataset; pictures in a folder of yours stay where they are."""
    command = Command(home, as_json=json)
    command.run(delete_dataset, command.home, name)
    command.output.result({"name": name, "deleted": True}, f"The dataset “{name}” is deleted.")


def tell_import(command: Command, result: ImportResult, **further: object) -> None:
    """Say what an import brought, with further facts for programs."""
    info = result.info
    facts = {
        "name": info.name,
        "pictures": info.pictures,
        "cats": info.cats,
        "dogs": info.dogs,
        "quarantined": info.quarantined,
        "duplicates": info.duplicates,
        "ignored": result.ignored,
        "classes": _classes(result),
        "seconds": round(result.seconds, 3),
        **further,
    }
    command.output.result(
        facts,
        f"{info.pictures:,} pictures imported into “{info.name}” in {result.seconds:.1f} s: "
        f"{info.cats:,} cats and {info.dogs:,} dogs. {info.duplicates} are copies, "
        f"{info.quarantined} could not be read, {result.ignored} files were no pictures. "
        f"{mapping_words(result.folders)}.",
    )


def _import_config(sources: list[Path], name: str, classes: list[str] | None) -> ImportConfig:
    answers: dict[str, str] = {}
    for words in classes or []:
        folder, sign, shown = words.rpartition("=")
        if not (folder and sign):
            raise ConfigError(
                "classes", f"“{words}” says no class.", "Say it so: --class “felix=cat”."
            )
        answers[folder] = shown
    return ImportConfig(sources[0], name, tuple(sources[1:]), answers)


def _tell_addition(command: Command, result: ImportResult) -> None:
    info, tally = result.info, result.tally
    split = ""
    if tally.added and info.train + info.validation + info.test:
        split = " The split is as it was: new pictures are in none until you split again."
    contrary = (
        f", {tally.contrary:,} of them said to show the other class" if tally.contrary else ""
    )
    command.output.result(
        {
            "name": info.name,
            "pictures": info.pictures,
            **dataclasses.asdict(tally),
            "ignored": result.ignored,
            "classes": _classes(result),
            "seconds": round(result.seconds, 3),
        },
        f"{tally.added:,} pictures added to “{info.name}” in {result.seconds:.1f} s: "
        f"{tally.cats:,} cats and {tally.dogs:,} dogs. {tally.copies:,} are copies of pictures "
        f"that it has{contrary}; {tally.quarantined:,} could not be read. "
        f"{mapping_words(result.folders)}.{split}",
    )


def _classes(result: ImportResult) -> dict[str, str]:
    return {folder.key: folder.shown for folder in result.folders}


def _tell_info(command: Command, info: DatasetInfo, origins: Sequence[Origin] = ()) -> None:
    sources = {"sources": [dataclasses.asdict(each) for each in origins]} if origins else {}
    lines = [f"\n  {each.pictures:,} pictures from {each.source}" for each in origins]
    command.output.result(
        dataclasses.asdict(info) | sources,
        f"{info.name}: {info.pictures:,} pictures ({info.cats:,} cats, {info.dogs:,} dogs); "
        f"training {info.train:,}, validation {info.validation:,}, test {info.test:,}; "
        f"{info.leaks} leaks, {info.quarantined} quarantined, {info.excluded} excluded."
        + "".join(lines),
    )
