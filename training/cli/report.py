"""`catdog report`: how good a run is, as a page to read and to pass on."""

import dataclasses
from pathlib import Path
from typing import Annotated, Any

import typer

from training.cli.labelled import DataOption, FolderOption, SplitOption, pictures_of, source_of
from training.cli.options import Command, HomeOption, JsonOption, RunOption
from training.dataset.catalog import Split
from training.errors import ConfigError
from training.inference.labelled import cautions
from training.report import Report, write_report
from training.runs.interval import wilson
from training.runs.lab_book import RunInfo, find_finished


def report_command(
    output: Annotated[Path, typer.Option("--output", help="The file to write, with .html.")],
    data: DataOption = None,
    split: SplitOption = Split.VALIDATION,
    folder: FolderOption = None,
    run: RunOption = None,
    compare: Annotated[
        str | None,
        typer.Option("--compare", help="A second run, asked about the same pictures.", metavar="R"),
    ] = None,
    with_pictures: Annotated[
        bool,
        typer.Option("--with-pictures", help="Show the worst mistakes: mind whom you pass it to."),
    ] = False,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Write how good a run is as one HTML file: figures, drawings, mistakes, model card."""
    command = Command(home, as_json=json)
    info = find_finished(command.home, run)
    rival = find_finished(command.home, compare) if compare else None
    if info == rival:
        raise ConfigError("compare", "A run cannot be compared with itself.", "Name another run.")
    source = source_of(data, split, folder)
    pictures = pictures_of(command, source)
    runs = [info] if rival is None else [info, rival]
    report: Report = command.run(
        write_report,
        info.folder,
        pictures,
        output,
        source=source.words,
        cautions=cautions(source, runs, command.home),
        other=rival.folder if rival else None,
        with_pictures=with_pictures,
    )
    command.output.result(_facts(report, rival), _words(report, rival))


def _facts(report: Report, rival: RunInfo | None) -> dict[str, Any]:
    metrics, found = report.metrics, report.agreement
    interval = wilson(metrics.pictures - len(report.mistakes), metrics.pictures)
    facts = {
        "run": report.run,
        "path": str(report.path),
        **dataclasses.asdict(metrics),
        "accuracy_interval": [interval.low, interval.high],
        "mistakes": len(report.mistakes),
    }
    if rival is None or found is None:
        return facts
    return facts | {
        "compared_with": rival.run,
        "both_right": len(found.both),
        "only_this_right": len(found.only_first),
        "only_other_right": len(found.only_second),
        "none_right": len(found.none),
        "p_value": found.p_value,
    }


def _words(report: Report, rival: RunInfo | None) -> str:
    facts = _facts(report, rival)
    low, high = facts["accuracy_interval"]
    words = (
        f"{report.path}: {report.run} is right in {100 * report.metrics.accuracy:.2f} % "
        f"({100 * low:.2f} to {100 * high:.2f}) of {report.metrics.pictures:,} pictures."
    )
    if rival is None:
        return words
    return (
        f"{words} {facts['only_this_right']:,} only it gets right, {facts['only_other_right']:,} "
        f"only {rival.run} (p = {facts['p_value']:.2g})."
    )
