"""The jobs of a submission. What talks to Kaggle is imported in them, not before."""

from pathlib import Path
from typing import TYPE_CHECKING

from training.cancellation import CancelToken
from training.dataset.kaggle.discretion import discreet
from training.dataset.kaggle.places import Competition
from training.dataset.kaggle.store import CredentialStore
from training.events import EventSink
from training.home import Home

if TYPE_CHECKING:
    from training.dataset.kaggle.submitting import ScorePatience, Sent
    from training.inference.clipping import ClipCurve
    from training.inference.submission import Submission


def measure(folder: Path, home: Home, *, emit: EventSink, token: CancelToken) -> "ClipCurve":
    """What each clip does to a run; see `training.inference.clipping.measure_clips`."""
    from training.inference.clipping import measure_clips

    return measure_clips(folder, home, emit=emit, token=token)


def write(
    source: Path,
    output: Path,
    folder: Path,
    home: Home,
    *,
    clip: float,
    emit: EventSink,
    token: CancelToken,
) -> "Submission":
    """Write the file; see `training.inference.submission.submit`."""
    from training.inference.submission import submit

    return submit(source, output, folder, home, clip=clip, emit=emit, token=token)


def check(
    file: Path,
    competition: Competition,
    *,
    emit: EventSink,  # noqa: ARG001 - a job's form
    token: CancelToken,  # noqa: ARG001 - likewise
) -> "Submission":
    """Check a file that lies there; see `training.inference.submission_file.read_submission`."""
    from training.inference.submission_file import read_submission

    return read_submission(file, competition)


def send(
    file: Path,
    competition: Competition,
    message: str,
    store: CredentialStore,
    *,
    emit: EventSink,
    token: CancelToken,
    patience: "ScorePatience | None" = None,
) -> "Sent":
    """Send the file; see `training.dataset.kaggle.submitting.send_submission`."""
    from training.dataset.kaggle.submitting import PATIENCE, SubmissionConfig, send_submission

    config = SubmissionConfig(file, competition, message)
    return discreet(
        lambda: send_submission(
            config, store, emit=emit, token=token, patience=patience or PATIENCE
        )
    )
