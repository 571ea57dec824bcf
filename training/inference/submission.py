"""A submission to Kaggle: how probable a dog is, for each numbered picture."""

import csv
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from training import atomic
from training.cancellation import CancelToken
from training.dataset.numbered import NumberedPicture, numbered_pictures
from training.errors import DatasetError, PictureError
from training.events import EventSink, Noticed, Stage, StageStarted, Verdict
from training.home import Home
from training.inference.batch import verdicts_on
from training.inference.classifier import Classifier
from training.progress import Ticker
from training.ranges import Range

HEADER = ("id", "label")
"""As in the competition's sampleSubmission.csv."""
CLIP = Range(0, 0.49, "The clip")
_UNKNOWN = 0.5


@dataclass(frozen=True)
class Submission:
    """A file that Kaggle takes.

    Attributes:
        path: The file.
        rows: How many pictures it speaks of.
        unreadable: How many of them cannot be read; their row says 0.5.
    """

    path: Path
    rows: int
    unreadable: int


def submit(
    source: Path,
    output: Path,
    folder: Path,
    home: Home,
    *,
    clip: float,
    emit: EventSink,
    token: CancelToken,
) -> Submission:
    """Write a submission in Kaggle's form, by number.

    The competition judges by log loss, in which one picture that is surely wrong costs as much as
    dozens that are a little unsure: hence the clip.

    Args:
        source: See `numbered_pictures`.
        output: The file to write; one that is there is replaced once all rows are known.
        folder: The run's folder.
        home: Where inner zips are unpacked for the time being.
        clip: No probability is below it or above 1 minus it; in [0, 0.49].
        emit: Told how far it is.
        token: Checked between batches.

    Raises:
        Cancelled: The user cancelled; nothing is written.
        ConfigError: The clip is outside its range.
        UserError: Pictures or run cannot be used, or the file cannot be written.
    """
    CLIP.check("clip", clip)
    if not output.parent.is_dir():
        raise DatasetError(f"There is no folder {output.parent}.", "Choose one that is there.")
    emit(StageStarted(Stage.LOADING_MODEL))
    classifier = Classifier.load(folder)
    emit(StageStarted(Stage.LISTING))
    home.cache.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=home.cache) as unpack_to:
        pictures = numbered_pictures(source, Path(unpack_to), token)
        answers = list(_answers(classifier, pictures, emit, token))
    _write(output, pictures, answers, clip)
    unreadable = answers.count(None)
    if unreadable:
        emit(Noticed(f"{unreadable:,} pictures cannot be read; their rows say {_UNKNOWN}."))
    return Submission(output, len(answers), unreadable)


def _answers(
    classifier: Classifier,
    pictures: Sequence[NumberedPicture],
    emit: EventSink,
    token: CancelToken,
) -> Iterator[float | None]:
    """p_dog of each picture; None where it cannot be read."""
    ticker = Ticker(emit, StageStarted(Stage.CLASSIFYING, total=len(pictures), unit="pictures"))

    def classify(some: Sequence[NumberedPicture]) -> Sequence[Verdict]:
        return classifier.classify([_content(picture) for picture in some])

    for verdicts in verdicts_on(pictures, classify, token):
        yield from (verdict.p_dog for verdict in verdicts)
        ticker.advance(len(verdicts))


def _content(picture: NumberedPicture) -> bytes:
    """A picture's bytes; none where there are none to be had, which is no picture either."""
    try:
        return picture.content()
    except PictureError:
        return b""


def _write(
    output: Path,
    pictures: Sequence[NumberedPicture],
    answers: Sequence[float | None],
    clip: float,
) -> None:
    with (
        atomic.replacing(output) as temporary,
        temporary.open("w", encoding="ascii", newline="") as file,
    ):
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(HEADER)
        for picture, answer in zip(pictures, answers, strict=True):
            p_dog = _UNKNOWN if answer is None else min(max(answer, clip), 1 - clip)
            rows.writerow((picture.number, f"{p_dog:.9g}"))
