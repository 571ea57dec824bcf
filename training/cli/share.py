"""`catdog export` and `share`: a finished run for other programs, and for other computers."""

import dataclasses
from pathlib import Path
from typing import Annotated

import typer

from training.cli.options import Command, HomeOption, JsonOption, RunOption
from training.learning.export import ExportResult, export_run
from training.learning.export_formats import FORMATS
from training.learning.package import export_package
from training.runs.given import SHARED_SUFFIX
from training.runs.lab_book import find_finished
from training.runs.sharing import share_run


def export_command(
    format: Annotated[  # noqa: A002 - the option's name is the contract
        str, typer.Option("--format", help=f"One of: {', '.join(FORMATS)}.")
    ],
    output: Annotated[
        Path,
        typer.Option(
            "--output", help="The file to write, with the format's suffix; or a new folder."
        ),
    ],
    run: RunOption = None,
    data: Annotated[
        str,
        typer.Option(
            "--data", help="The dataset that it is checked on; the run's own unless given."
        ),
    ] = "",
    package: Annotated[
        bool,
        typer.Option("--package", help="A zip, with a model card and a script that uses it."),
    ] = False,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Write a run's model for another program, checked to answer as the run does."""
    command = Command(home, as_json=json)
    folder = find_finished(command.home, run).folder
    job = export_package if package else export_run
    result: ExportResult = command.run(job, folder, format, output, command.home, dataset=data)
    command.output.result(
        {**dataclasses.asdict(result), "path": str(result.path)}, _export_words(result)
    )


def share_command(
    output: Annotated[
        Path, typer.Option("--output", help=f"The file to write, with {SHARED_SUFFIX}.")
    ],
    run: RunOption = None,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Write a run into one file that another installation opens: catdog runs import FILE."""
    command = Command(home, as_json=json)
    info = find_finished(command.home, run)
    file: Path = command.run(share_run, info.folder, output)
    size = file.stat().st_size
    command.output.result(
        {"run": info.run, "path": str(file), "bytes": size}, f"{file}: {size / 1e6:.1f} MB."
    )


def _export_words(result: ExportResult) -> str:
    words = (
        f"{result.path}: {result.bytes / 1e6:.1f} MB; on {result.pictures} pictures its answers "
        f"differ by {result.max_difference:.1g} at most."
    )
    if result.accuracy is None or result.accuracy_before is None:
        return words
    return f"{words} Accuracy {result.accuracy:.4f}, before {result.accuracy_before:.4f}."
