"""`catdog submit`: a file for Kaggle's competitions, and its way there."""

from pathlib import Path
from typing import Annotated

import typer

from training.cli.options import Command, HomeOption, JsonOption, RunOption
from training.dataset.kaggle.places import COMPETITION, COMPETITIONS
from training.dataset.kaggle.store import CredentialStore
from training.dataset.kaggle.submitting import (
    Sent,
    SubmissionConfig,
    find_competition,
    send_submission,
)
from training.errors import ConfigError
from training.inference.clipping import CLIPS, GOOD_CLIP, ClipCurve, measure_clips
from training.inference.submission import CLIP, Submission, submit
from training.inference.submission_file import read_submission
from training.runs.lab_book import find_finished

_WRITTEN = "submission.csv"
_KEYS = " or ".join(competition.key for competition in COMPETITIONS)


def submit_command(
    pictures: Annotated[
        Path | None,
        typer.Option("--pictures", help="Kaggle's test1.zip, or a folder of 1.jpg, 2.jpg, …"),
    ] = None,
    file: Annotated[
        Path | None,
        typer.Option("--file", help="Instead: a submission that is there; it is only checked."),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", help="The file to write.", show_default=_WRITTEN),
    ] = None,
    run: RunOption = None,
    clip: Annotated[
        float,
        typer.Option(
            help=f"No probability below it, none above 1 minus it; {GOOD_CLIP} is a good one."
        ),
    ] = 0.0,
    measure: Annotated[
        bool,
        typer.Option(
            "--measure", help="Also say what the clip does to the log loss on validation pictures."
        ),
    ] = False,
    upload: Annotated[
        bool, typer.Option("--upload", help="Send the file to Kaggle, with your token.")
    ] = False,
    competition: Annotated[
        str, typer.Option(help=f"With --upload: {_KEYS}.", metavar="C")
    ] = COMPETITION,
    message: Annotated[
        str, typer.Option(help="With --upload: what you say of the submission.", metavar="M")
    ] = "",
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Write what Kaggle's competition asks for: the probability of dog of each numbered picture."""
    CLIP.check("clip", clip)
    if message and not upload:
        raise ConfigError("message", "The message goes nowhere.", "Add --upload.")
    where_to = SubmissionConfig(
        file or output or Path(_WRITTEN), find_competition(competition), message
    )
    command = Command(home, as_json=json)
    if file is not None:
        _refuse_beside_file(pictures, output, run, clip, measure)
        _tell_file(command, read_submission(file, where_to.competition))
    else:
        _write(command, pictures, where_to.file, run=run, clip=clip, measure=measure)
    if upload:
        _tell_sent(command, command.run(send_submission, where_to, CredentialStore(command.home)))


def _refuse_beside_file(*others: object) -> None:
    if any(others):
        raise ConfigError(
            "file",
            "A file that is there is sent as it is.",
            "Leave out --pictures, --output, --run, --clip and --measure, or leave out --file.",
        )


def _write(
    command: Command,
    pictures: Path | None,
    output: Path,
    *,
    run: str | None,
    clip: float,
    measure: bool,
) -> None:
    if pictures is None:
        raise ConfigError(
            "pictures",
            "There is nothing to make a submission of.",
            "Name pictures by --pictures, or by --file a submission that is there.",
        )
    folder = find_finished(command.home, run).folder
    if measure:
        clips = sorted({*CLIPS, clip})
        curve = command.run(measure_clips, folder, command.home, clips=clips)
        _tell_curve(command, curve, clip)
    _tell_file(command, command.run(submit, pictures, output, folder, command.home, clip=clip))


def _tell_file(command: Command, done: Submission) -> None:
    command.output.result(
        {"rows": done.rows, "path": str(done.path), "unreadable": done.unreadable},
        f"{done.path}: {done.rows:,} rows.",
    )


def _tell_curve(command: Command, curve: ClipCurve, clip: float) -> None:
    loss, (best_clip, best) = curve.at(clip), curve.best
    command.output.result(
        {
            "clip": clip,
            "log_loss": loss,
            "log_loss_without": curve.without,
            "best_clip": best_clip,
            "best_log_loss": best,
            "pictures": curve.pictures,
        },
        f"Log loss on {curve.pictures:,} validation pictures: {loss:.4f} with the clip {clip:g}, "
        f"{curve.without:.4f} without one; {best:.4f} with the best one, {best_clip:g}.",
    )


def _tell_sent(command: Command, sent: Sent) -> None:
    if not sent.is_scored:
        answer = f"its score is pending; look at {sent.competition.submissions_page}"
    else:
        answer = f"public score {sent.public_score or '-'}, private {sent.private_score or '-'}"
    said = f" ({sent.said})" if sent.said else ""
    command.output.result(
        {
            "competition": sent.competition.key,
            "ref": sent.ref,
            "status": "scored" if sent.is_scored else "pending",
            "public_score": sent.public_score,
            "private_score": sent.private_score,
            "said": sent.said,
        },
        f"{sent.competition.title}: submission {sent.ref}{said}, {answer}.",
    )
