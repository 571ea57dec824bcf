"""The tab's job: find the pictures in what the user gave, then classify them with a run."""

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, Protocol

from training.cancellation import CancelToken
from training.events import Event, EventSink, Noticed, Stage, StageStarted

_CHUNK_PICTURES = 500


@dataclass(frozen=True)
class PicturesFound(Event):
    """Pictures that will be classified, in the order in which they will be."""

    paths: tuple[Path, ...]


class ClassifyFiles(Protocol):
    """Classifies files with the run in a folder; see `training.inference.batch`."""

    def __call__(
        self, paths: Sequence[Path], folder: Path, *, emit: EventSink, token: CancelToken
    ) -> object:
        """Report a `VerdictReached` for each of `paths`."""


class KeptClassifier:
    """Classifies files and keeps the run that it loaded, so that the next drop need not wait.

    It is called in one job at a time. ONNX Runtime is imported at the first call, in the job.
    """

    def __init__(self) -> None:
        self._folder: Path | None = None
        self._classifier: Any = None

    def __call__(
        self, paths: Sequence[Path], folder: Path, *, emit: EventSink, token: CancelToken
    ) -> None:
        """Classify the files; see `training.inference.batch.classify_files`.

        Raises:
            Cancelled: The user cancelled.
            RunError: The run cannot be used.
        """
        from training.inference.batch import classify_with
        from training.inference.classifier import Classifier

        if folder != self._folder:
            emit(StageStarted(Stage.LOADING_MODEL))
            self._classifier = Classifier.load(folder)
            self._folder = folder
        classify_with(self._classifier, paths, emit=emit, token=token)


def classify_sources(
    sources: Sequence[Path],
    folder: Path,
    *,
    classify: ClassifyFiles,
    emit: EventSink,
    token: CancelToken,
) -> int:
    """Classify files, and the pictures in folders and in the folders inside them.

    Args:
        sources: Files are taken as they are, whatever their names; one that is no picture gets
            an error of its own. Of folders only what is named like a picture is taken.
        folder: The run's folder.
        classify: Gives the verdicts.
        emit: Told of `PicturesFound` while folders are listed, then of each verdict.
        token: Checked in each folder and between pictures.

    Returns:
        How many pictures there were.

    Raises:
        Cancelled: The user cancelled.
        RunError: The run cannot be used.
    """
    emit(StageStarted(Stage.LISTING))
    found: list[Path] = []
    listed = _distinct(_pictures_of(sources, emit=emit, token=token))
    while chunk := tuple(islice(listed, _CHUNK_PICTURES)):
        emit(PicturesFound(chunk))
        found += chunk
    if found:
        classify(found, folder, emit=emit, token=token)
    return len(found)


def _distinct(paths: Iterable[Path]) -> Iterator[Path]:
    seen: set[Path] = set()
    for path in paths:
        if path not in seen:
            seen.add(path)
            yield path


def _pictures_of(sources: Sequence[Path], *, emit: EventSink, token: CancelToken) -> Iterator[Path]:
    for source in sources:
        token.raise_if_cancelled()
        if not source.is_dir():
            yield source
            continue
        pictures = _pictures_in(source, emit=emit, token=token)
        first = next(pictures, None)
        if first is None:
            emit(Noticed(f"There are no pictures in the folder {source.name}."))
            continue
        yield first
        yield from pictures


def _pictures_in(folder: Path, *, emit: EventSink, token: CancelToken) -> Iterator[Path]:
    from training.dataset.decode import SUFFIXES

    def tell(error: OSError) -> None:
        emit(Noticed(f"The folder {Path(error.filename).name} cannot be opened."))

    for inside, folders, names in os.walk(folder, onerror=tell):
        token.raise_if_cancelled()
        folders.sort()
        for name in sorted(names):
            if Path(name).suffix.lower() in SUFFIXES and not name.startswith("."):
                yield Path(inside, name)
