"""What is said of a submission: plain functions of plain facts."""

from pathlib import Path
from typing import TYPE_CHECKING

from training.events import Stage

if TYPE_CHECKING:
    from training.dataset.kaggle.submitting import Sent
    from training.inference.clipping import ClipCurve
    from training.inference.submission import Submission

NOTHING_CHOSEN = "Nothing chosen yet"
NO_FILE = "Nothing written or chosen yet"
NO_RUN = "There is no model yet that could answer."
STOPPED_MEASURING = "Stopped. Close the form and open it again to go on."
STOPPED_CHECKING = "Stopped. The file is not looked at."
STOPPED_WRITING = "Stopped. Nothing was written."
STOPPED_SENDING = "Stopped. Kaggle has no submission."
STOPPED_WAITING = "Kaggle has the submission; its score is no longer waited for."


def pictures_words(source: Path | None) -> str:
    """Which pictures are chosen."""
    if source is None:
        return NOTHING_CHOSEN
    return f"The folder {source.name}" if source.is_dir() else source.name


def clip_words(curve: "ClipCurve", clip: float) -> str:
    """What a clip makes of the log loss: "Validation log loss 0.041 (0.043 without a clip)."."""
    best_clip, best = curve.best
    without = "" if clip == 0 else f" ({curve.without:.4f} without a clip)"
    rest = (
        "No clip is better."
        if curve.at(clip) == best
        else f"The best clip is {best_clip:.3f}, with {best:.4f}."
    )
    return (
        f"Log loss {curve.at(clip):.4f}{without} on {curve.pictures:,} validation pictures. {rest}"
    )


def written_words(done: "Submission") -> str:
    """What was written: "12,500 rows are written to submission.csv."."""
    return f"{_rows(done)} written to {done.path.name}."


def checked_words(done: "Submission") -> str:
    """That a chosen file can be sent: "submission.csv has a row for each of 12,500 pictures."."""
    return f"{done.path.name} has a row for each of {done.rows:,} pictures."


def unreadable_words(done: "Submission") -> str:
    """That some pictures cannot be read; empty where all can."""
    if not done.unreadable:
        return ""
    if done.unreadable == 1:
        return "1 picture cannot be read; its row says 0.5."
    return f"{done.unreadable:,} pictures cannot be read; their rows say 0.5."


def file_words(done: "Submission | None") -> str:
    """The file that can be sent."""
    return f"{done.path.name}: {done.rows:,} rows" if done is not None else NO_FILE


def sent_words(sent: "Sent") -> tuple[str, str]:
    """What Kaggle made of a submission: a sentence, and what else there is to say."""
    title = sent.competition.title
    said = f"Kaggle says: “{sent.said}”" if sent.said else ""
    if not sent.is_scored:
        return f"Kaggle has the submission to {title}; its score is still pending.", said
    if not sent.public_score:
        return f"Kaggle has scored the submission to {title} and does not show how.", said
    private = f"Private score {sent.private_score}." if sent.private_score else ""
    return (
        f"Public score {sent.public_score} in {title}.",
        " ".join(filter(None, (private, said))),
    )


def stopped_words(stage: Stage | None) -> str:
    """What a cancel of sending left, by the stage that it came in."""
    return STOPPED_WAITING if stage is Stage.SCORING else STOPPED_SENDING


def _rows(done: "Submission") -> str:
    return "1 row is" if done.rows == 1 else f"{done.rows:,} rows are"
