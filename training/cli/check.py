"""`catdog data check …`, and what takes corrections back."""

from collections import Counter
from collections.abc import Mapping
from typing import Annotated

import typer

from training.cli.options import Command, HomeOption, JsonOption
from training.dataset.catalog import Picture
from training.dataset.finding import Finding
from training.dataset.journal import Step
from training.dataset.library import open_dataset
from training.dataset.standing import read_standing

NameArgument = Annotated[str, typer.Argument(metavar="N", help="The dataset's name.")]


def check_command(
    name: NameArgument,
    no_labels: Annotated[
        bool, typer.Option("--no-labels", help="Leave out what takes a network's features.")
    ] = False,
    exclude_copies: Annotated[
        bool, typer.Option("--exclude-copies", help="Keep one of each group of copies.")
    ] = False,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Look for damaged pictures, copies, poor pictures and suspicious labels, the worst first."""
    from training.learning.check import check_dataset

    command = Command(home, as_json=json)
    result = command.run(check_dataset, name, command.home, labels=not no_labels)
    with open_dataset(command.home, name) as catalog:
        standing = read_standing(catalog)
        step = catalog.journal.exclude(standing.spare if exclude_copies else ())
    for finding in result.findings:
        _tell_finding(command, finding, standing.pictures)
    excluded = step.pictures if step is not None else 0
    kinds = Counter(str(finding.kind) for finding in result.findings)
    command.output.result(
        {
            "findings": len(result.findings),
            "kinds": dict(kinds),
            "dismissed": result.dismissed,
            "excluded": excluded,
            "seconds": round(result.seconds, 3),
        },
        f"{_kinds_words(kinds)} {result.dismissed:,} dismissed before. "
        f"{excluded:,} copies excluded, in {result.seconds:.1f} s.",
    )


def undo_command(name: NameArgument, home: HomeOption = None, json: JsonOption = False) -> None:
    """Take back the last correction of a dataset."""
    command = Command(home, as_json=json)
    with open_dataset(command.home, name) as catalog:
        _tell_step(command, "undone", catalog.journal.undo())


def redo_command(name: NameArgument, home: HomeOption = None, json: JsonOption = False) -> None:
    """Make the correction again that was taken back last."""
    command = Command(home, as_json=json)
    with open_dataset(command.home, name) as catalog:
        _tell_step(command, "redone", catalog.journal.redo())


def _tell_finding(command: Command, finding: Finding, pictures: Mapping[int, Picture]) -> None:
    picture = pictures[finding.picture] if finding.picture is not None else None
    facts = {
        "path": str(picture.path) if picture is not None else None,
        "name": picture.name if picture is not None else None,
        "kind": finding.kind,
        "score": round(finding.score, 4),
        "group": finding.group or None,
        "reason": finding.reason,
    }
    place = f" {picture.name}" if picture is not None else ""
    command.output.result(facts, f"{finding.kind}{place}: {finding.reason}")


def _kinds_words(kinds: Counter[str]) -> str:
    if not kinds:
        return "Nothing was found."
    return f"Found: {', '.join(f'{kind} {count:,}' for kind, count in kinds.items())}."


def _tell_step(command: Command, done: str, step: Step | None) -> None:
    if step is None:
        command.output.result({"step": None, "pictures": 0}, f"Nothing can be {done}.")
    else:
        command.output.result(
            {"step": step.words, "pictures": step.pictures},
            f"{done.capitalize()}: {step.words}, {step.pictures:,} pictures.",
        )
