"""Which labelled pictures a command is about."""

from pathlib import Path
from typing import Annotated

import typer

from training.cli.options import Command
from training.dataset.catalog import Split
from training.dataset.library import open_dataset
from training.dataset.scan import Watch, scan_folder
from training.errors import ConfigError, DatasetError

DataOption = Annotated[str | None, typer.Option("--data", help="The dataset's name.")]
SplitOption = Annotated[Split, typer.Option("--split", help="Which split.")]
FolderOption = Annotated[
    Path | None, typer.Option("--folder", help="A folder with class folders, instead.")
]


def labelled_pictures(
    command: Command, data: str | None, split: Split, folder: Path | None
) -> list[tuple[Path, str]]:
    """The files and labels that a command is about: a dataset's split, or a folder.

    Raises:
        ConfigError: Neither is given, or both.
        DatasetError: There is no such dataset or folder, or the split is empty.
    """
    if (data is None) == (folder is None):
        raise ConfigError("data", "Pictures are missing.", "Give either --data or --folder.")
    if folder is not None:
        return _pictures_in(folder, command)
    with open_dataset(command.home, str(data)) as catalog:
        pictures = catalog.pictures(split=split)
    if not pictures:
        raise DatasetError(f"The {split} split of “{data}” is empty.", "Split the dataset first.")
    return [(picture.path, picture.label) for picture in pictures]


def _pictures_in(folder: Path, command: Command) -> list[tuple[Path, str]]:
    if not folder.is_dir():
        raise DatasetError(f"There is no folder {folder}.", "Check its name.")
    watch = Watch(
        on_listed=command.token.raise_if_cancelled,
        on_space_needed=lambda _: None,
        on_bytes=lambda _: None,
    )
    scan = scan_folder(folder, never_enter=command.home.datasets, watch=watch)
    return [(candidate.place, candidate.label) for candidate in scan.candidates]
