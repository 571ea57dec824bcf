"""`catdog report`: how good a run is, as a page to read and to pass on."""

import dataclasses
from pathlib import Path
from typing import Annotated, Any

import typer

from training.cli.labelled import DataOption, FolderOption, SplitOption, labelled_pictures
from training.cli.options import Command, HomeOption, JsonOption, RunOption
from training.dataset.catalog import Split
from training.dataset.library import open_dataset
from training.errors import ConfigError
from training.report import Report, write_report
from training.runs.interval import wilson
from training.runs.lab_book import RunInfo, find_finished
from training.runs.run_folder import read_record


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
    pictures = labelled_pictures(command, data, split, folder)
    runs = [info] if rival is None else [info, rival]
    report: Report = command.run(
        write_report,
        info.folder,
        pictures,
        output,
        source=_source_words(data, split, folder),
        cautions=_cautions(command, runs, data, split),
        other=rival.folder if rival else None,
        with_pictures=with_pictures,
    )
    command.output.result(_facts(report, rival), _words(report, rival))


def _source_words(data: str | None, split: Split, folder: Path | None) -> str:
    return f"the {split} split of “{data}”" if folder is None else f"the folder “{folder.name}”"


def _cautions(command: Command, runs: list[RunInfo], data: str | None, split: Split) -> list[str]:
    """What makes figures on the pictures of a run's own dataset look better than they are."""
    if data is None:
        return []
    with open_dataset(command.home, data) as catalog:
        fingerprint = catalog.fingerprint()
    cautions = []
    for info in runs:
        if info.dataset == data and read_record(info.folder).fingerprint != fingerprint:
            cautions.append(
                f"“{data}” is split otherwise than when {info.run} learned from it: these may be "
                "pictures that it has seen."
            )
        elif info.dataset == data and split in _FLATTERING:
            cautions.append(_FLATTERING[split].format(run=info.run))
    return cautions


_FLATTERING = {
    Split.TRAIN: "{run} has learned from these pictures: elsewhere it is right less often.",
    Split.VALIDATION: "These pictures also chose the epoch and the temperature of {run}, so they "
    "flatter a little.",
}


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
