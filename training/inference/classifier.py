"""A finished run gives verdicts on pictures."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from training import atomic
from training.dataset.decode import PREPROCESSING_ID, Pixels, load_pixels
from training.errors import PictureError, RunError
from training.events import Verdict
from training.inference.session import OnnxSession, open_session
from training.runs.run_folder import ONNX_FILE, RunRecord, read_record, require_finished, run_info

THRESHOLD = 0.5
"""From this p_dog on the verdict is dog."""


class Classifier:
    """A run's network with all that a verdict needs; no TensorFlow.

    Args:
        session: The exported network.
        record: The run's record.
    """

    def __init__(self, session: OnnxSession, record: RunRecord) -> None:
        self._session = session
        self._record = record

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
        if atomic.sha256_of(folder / ONNX_FILE) != record.files.get(ONNX_FILE):
            raise RunError(
                f"The model of the run {folder.name} is not the one that was saved "
                "(its checksum differs).",
                "Choose another run.",
            )
        return cls(open_session(folder / ONNX_FILE), record)

    def classify(self, sources: Sequence[Path | bytes]) -> list[Verdict]:
        """Give a verdict on each picture; one that cannot be read has an error instead.

        Args:
            sources: Files, or files' bytes; the memory needed grows with their number.

        Returns:
            A verdict for each, in the same order.
        """
        read = [self._read(source) for source in sources]
        pixels = [one for one in read if not isinstance(one, PictureError)]
        answers = iter(self._session.p_dog(np.stack(pixels)).tolist() if pixels else [])
        return [
            _failure(source, one)
            if isinstance(one, PictureError)
            else self._verdict(source, next(answers))
            for source, one in zip(sources, read, strict=True)
        ]

    def _read(self, source: Path | bytes) -> Pixels | PictureError:
        try:
            return load_pixels(source, self._session.image_size)
        except PictureError as error:
            return error

    def _verdict(self, source: Path | bytes, p_dog: float) -> Verdict:
        is_dog = p_dog >= THRESHOLD
        return Verdict(
            path=_name(source),
            verdict=self._record.class_names[int(is_dog)],
            p_dog=p_dog,
            confidence=p_dog if is_dog else 1 - p_dog,
        )


def _failure(source: Path | bytes, error: PictureError) -> Verdict:
    return Verdict(path=_name(source), verdict=None, p_dog=None, confidence=None, error=str(error))


def _name(source: Path | bytes) -> str:
    return "" if isinstance(source, bytes) else str(source)
