"""Verdicts on many pictures, one after another as they come."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from training.cancellation import CancelToken
from training.dataset.chunks import in_chunks
from training.dataset.decode import SUFFIXES
from training.errors import DatasetError
from training.events import EventSink, Stage, StageStarted, Verdict, VerdictReached
from training.inference.classifier import Classifier
from training.inference.judge import THRESHOLD
from training.progress import Ticker

_BATCH_PICTURES = 4
"""More are no faster, and a cancel waits for them: a 12-megapixel picture decodes in 0.25 s."""


def classify_files(
    paths: Sequence[Path],
    folder: Path,
    *,
    threshold: float = THRESHOLD,
    emit: EventSink,
    token: CancelToken,
) -> list[Verdict]:
    """Classify files with a finished run.

    Args:
        paths: The pictures.
        folder: The run's folder.
        threshold: From this p_dog on it is a dog rather than a cat, in [0, 1].
        emit: Told each verdict as it is reached.
        token: Checked between batches.

    Returns:
        A verdict for each file, in the same order.

    Raises:
        Cancelled: The user cancelled.
        RunError: The run cannot be used.
    """
    emit(StageStarted(Stage.LOADING_MODEL))
    classifier = Classifier.load(folder)
    return classify_with(classifier, paths, threshold=threshold, emit=emit, token=token)


def classify_with(
    classifier: Classifier,
    paths: Sequence[Path],
    *,
    threshold: float = THRESHOLD,
    emit: EventSink,
    token: CancelToken,
) -> list[Verdict]:
    """Classify files with a classifier that is loaded; see `classify_files`."""
    ticker = Ticker(emit, StageStarted(Stage.CLASSIFYING, total=len(paths), unit="pictures"))
    verdicts: list[Verdict] = []
    for chunk in _first_alone(paths):
        token.raise_if_cancelled()
        for verdict in classifier.classify(chunk, threshold=threshold):
            verdicts.append(verdict)
            emit(VerdictReached(verdict))
        ticker.advance(len(chunk))
    return verdicts


def _first_alone(paths: Sequence[Path]) -> Iterator[Sequence[Path]]:
    """Batches, of which the first is one picture: its verdict shows at once."""
    yield paths[:1]
    yield from in_chunks(paths[1:], _BATCH_PICTURES)


def gather_pictures(sources: Iterable[Path], *, recursive: bool) -> list[Path]:
    """The pictures that some files and folders stand for.

    Args:
        sources: Files are taken as they are, there or not, so that each gets its verdict or its
            error; of folders the pictures in them, by name.
        recursive: Whether folders inside folders count.

    Raises:
        DatasetError: There is no picture at all.
    """
    found: list[Path] = []
    for source in sources:
        if source.is_dir():
            found += _pictures_in(source, recursive=recursive)
        else:
            found.append(source)
    if not found:
        hint = "" if recursive else ", or look into its folders too with --recursive"
        raise DatasetError(
            "There are no pictures there.", f"Choose a folder with pictures in it{hint}."
        )
    return found


def _pictures_in(folder: Path, *, recursive: bool) -> list[Path]:
    paths = folder.rglob("*") if recursive else folder.glob("*")
    return sorted(path for path in paths if path.suffix.lower() in SUFFIXES and path.is_file())
