"""Which labelled pictures a command is about."""

from pathlib import Path
from typing import Annotated

import typer

from training.cli.options import Command
from training.dataset.catalog import Split
from training.errors import ConfigError
from training.inference.labelled import FolderSource, Source, SplitSource, labelled_pictures

DataOption = Annotated[str | None, typer.Option("--data", help="The dataset's name.")]
SplitOption = Annotated[Split, typer.Option("--split", help="Which split.")]
FolderOption = Annotated[
    Path | None, typer.Option("--folder", help="A folder with class folders, instead.")
]


def source_of(data: str | None, split: Split, folder: Path | None) -> Source:
    """The dataset's split or the folder that a command is about.

    Raises:
        ConfigError: Neither is given, or both.
    """
    if data is not None and folder is None:
        return SplitSource(data, split)
    if folder is not None and data is None:
        return FolderSource(folder)
    raise ConfigError("data", "Pictures are missing.", "Give either --data or --folder.")


def pictures_of(command: Command, source: Source) -> list[tuple[Path, str]]:
    """The files and labels of a source; see `labelled_pictures`.

    Raises:
        DatasetError: There is no such dataset or folder, or nothing is in it.
    """
    pictures = labelled_pictures(source, command.home, token=command.token)
    return [(picture.path, picture.label) for picture in pictures]
