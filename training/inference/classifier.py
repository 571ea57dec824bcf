"""A finished run gives verdicts on pictures."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from training import atomic
from training.dataset.decode import PREPROCESSING_ID, Pixels, load_pixels
from training.errors import PictureError, RunError
from training.events import Verdict
from training.inference.familiarity import CENTRES_FILE, Familiarity, read_centres
from training.inference.judge import THRESHOLD, judge
from training.inference.session import OnnxSession, open_session
from training.runs.lab_book import require_finished, run_info
from training.runs.run_folder import ONNX_FILE, RunRecord, read_record


class Classifier:
    """A run's network with all that a verdict needs; no TensorFlow. Threads may share it.

    Args:
        session: The exported network.
        record: The run's record.
        familiarity: Says what is neither; None for a run that cannot.
    """

    def __init__(
        self, session: OnnxSession, record: RunRecord, familiarity: Familiarity | None = None
    ) -> None:
        self._session = session
        self._record = record
        self._familiarity = familiarity

    @property
    def says_neither(self) -> bool:
        """Whether the third verdict can be had from this run."""
        return self._familiarity is not None

    @classmethod
    def load(cls, folder: Path) -> "Classifier":
        """Load a finished run.

        Args:
            folder: The run's folder.

        Raises:
            RunError: It is unfinished or damaged, or its pictures were decoded otherwise than
                this version of the program decodes them.
        """
        require_finished(run_info(folder))
        record = read_record(folder)
        if record.preprocessing != PREPROCESSING_ID:
            raise RunError(
                f"The run {folder.name} was trained on pictures that were prepared otherwise.",
                "Train a new run with this version of the program.",
            )
        _require_unchanged(folder / ONNX_FILE, record, "model")
        if record.judgement is not None and record.judgement.neither is not None:
            _require_unchanged(folder / CENTRES_FILE, record, "memory of familiar pictures")
        session = open_session(folder / ONNX_FILE, threads=1)  # `batch` asks from several at once
        return cls(session, record, _familiarity_of(folder, record))

    def classify(
        self, sources: Sequence[Path | bytes], *, threshold: float = THRESHOLD
    ) -> list[Verdict]:
        """Give a verdict on each picture; one that cannot be read has an error instead.

        Args:
            sources: Files, or files' bytes; the memory needed grows with their number.
            threshold: From this p_dog on it is a dog rather than a cat, in [0, 1].

        Returns:
            A verdict for each, in the same order.
        """
        read = [self._read(source) for source in sources]
        pixels = [one for one in read if not isinstance(one, PictureError)]
        answers = iter(self._answers(np.stack(pixels)) if pixels else [])
        return [
            _failure(source, one)
            if isinstance(one, PictureError)
            else self._verdict(source, next(answers), threshold)
            for source, one in zip(sources, read, strict=True)
        ]

    def _answers(self, pixels: Pixels) -> list[tuple[float, float | None]]:
        """p_dog and p_neither of each picture."""
        if self._familiarity is None:
            return [(p_dog, None) for p_dog in self._session.p_dog(pixels).tolist()]
        p_dog, features = self._session.with_features(pixels)
        p_neither = self._familiarity.p_neither(features, p_dog)
        return list(zip(p_dog.tolist(), p_neither.tolist(), strict=True))

    def _read(self, source: Path | bytes) -> Pixels | PictureError:
        try:
            return load_pixels(source, self._session.image_size)
        except PictureError as error:
            return error

    def _verdict(
        self, source: Path | bytes, answer: tuple[float, float | None], threshold: float
    ) -> Verdict:
        p_dog, p_neither = answer
        verdict, confidence = judge(p_dog, p_neither, threshold, self._record.class_names)
        return Verdict(_name(source), verdict, p_dog, confidence, p_neither=p_neither)


def _require_unchanged(file: Path, record: RunRecord, words: str) -> None:
    if not file.is_file() or atomic.sha256_of(file) != record.files.get(file.name):
        raise RunError(
            f"The {words} of the run {file.parent.name} is not the one that was saved "
            "(its checksum differs).",
            "Choose another run.",
        )


def _familiarity_of(folder: Path, record: RunRecord) -> Familiarity | None:
    if record.judgement is None or record.judgement.neither is None:
        return None
    return Familiarity(read_centres(folder / CENTRES_FILE), record.judgement.neither)


def _failure(source: Path | bytes, error: PictureError) -> Verdict:
    return Verdict(path=_name(source), verdict=None, p_dog=None, confidence=None, error=str(error))


def _name(source: Path | bytes) -> str:
    return "" if isinstance(source, bytes) else str(source)
