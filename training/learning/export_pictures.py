"""The pictures that an exported model and the program are both asked about."""

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from training.cancellation import CancelToken
from training.dataset.catalog import CLASSES, Split
from training.dataset.decode import Pixels, load_pixels, pixels_of
from training.dataset.library import open_dataset
from training.dataset.sample import draw_picture
from training.errors import PictureError, UserError
from training.events import EventSink, Stage, StageStarted
from training.home import Home
from training.progress import Ticker

COMPARED_PICTURES = 200
_MEASURED_PICTURES = 1000
_CALIBRATING_PICTURES = 200
_LEAST_CALIBRATING = 20
_DRAWN_SEED = 20120


@dataclass(frozen=True)
class Labelled:
    """Pictures and what they show.

    Attributes:
        pixels: uint8 (n, image_size, image_size, 3), values in [0, 255].
        labels: 0 for cat, 1 for dog; shape (n,).
    """

    pixels: Pixels
    labels: npt.NDArray[np.intp]


@dataclass(frozen=True)
class ExportPictures:
    """Pictures for one export.

    Attributes:
        compared: `COMPARED_PICTURES` of them: what the two must agree on.
        measured: Validation pictures that the loss of accuracy is measured on; empty without a
            dataset.
        calibrating: Training pictures by which a quantised model's ranges are set; likewise.
    """

    compared: Pixels
    measured: Labelled
    calibrating: Pixels

    @property
    def is_enough_to_quantise(self) -> bool:
        """Whether there are pictures to set ranges by, and both classes to measure on."""
        both = len(np.unique(self.measured.labels)) == len(CLASSES)
        return both and len(self.calibrating) >= _LEAST_CALIBRATING


def gather_pictures(
    home: Home,
    dataset: str,
    image_size: int,
    *,
    all_kinds: bool,
    emit: EventSink,
    token: CancelToken,
) -> ExportPictures:
    """Read the pictures of a dataset, and draw those that it lacks.

    Args:
        home: Where the dataset is.
        dataset: Its name; one that is not there, or is damaged, counts as empty.
        image_size: Side of the network's input, in pixels.
        all_kinds: Whether pictures to measure on and to calibrate by are wanted, too.
        emit: Told how far it is.
        token: Checked for each picture.

    Raises:
        Cancelled: The user cancelled.
    """
    wanted = _MEASURED_PICTURES if all_kinds else COMPARED_PICTURES
    checked = _some(home, dataset, Split.VALIDATION, wanted)
    learned = _some(home, dataset, Split.TRAIN, _CALIBRATING_PICTURES) if all_kinds else []
    total = len(checked) + len(learned)
    ticker = Ticker(emit, StageStarted(Stage.READING_PICTURES, total=total, unit="pictures"))
    measured = _read(checked, image_size, ticker, token)
    calibrating = _read(learned, image_size, ticker, token)
    drawn = COMPARED_PICTURES - len(measured.pixels)
    compared = np.concatenate([measured.pixels[:COMPARED_PICTURES], _drawn(drawn, image_size)])
    return ExportPictures(compared, measured, calibrating.pixels)


def gather_labelled(
    home: Home, dataset: str, image_size: int, most: int, *, emit: EventSink, token: CancelToken
) -> Labelled:
    """Read some validation pictures of a dataset, those of each class spread over it.

    Args:
        home: Where the dataset is.
        dataset: Its name; one that is not there, or is damaged, counts as empty.
        image_size: Side of the network's input, in pixels.
        most: How many, at most.
        emit: Told how far it is.
        token: Checked for each picture.

    Raises:
        Cancelled: The user cancelled.
    """
    some = _some(home, dataset, Split.VALIDATION, most)
    stage = StageStarted(Stage.READING_PICTURES, total=len(some), unit="pictures")
    return _read(some, image_size, Ticker(emit, stage), token)


def _some(home: Home, dataset: str, split: Split, most: int) -> list[tuple[Path, str]]:
    """Some pictures of a split, spread over all of it."""
    with contextlib.suppress(UserError), open_dataset(home, dataset) as catalog:
        pictures = catalog.pictures(split=split)
        places = np.unique(np.linspace(0, len(pictures) - 1, min(most, len(pictures)), dtype=int))
        return [(pictures[place].path, pictures[place].label) for place in places]
    return []


def _read(
    pictures: Sequence[tuple[Path, str]], image_size: int, ticker: Ticker, token: CancelToken
) -> Labelled:
    """Those of the pictures that can be read."""
    pixels, labels = [], []
    for path, label in pictures:
        token.raise_if_cancelled()
        with contextlib.suppress(PictureError):
            pixels.append(load_pixels(path, image_size))
            labels.append(CLASSES.index(label))
        ticker.advance(1)
    return Labelled(_stacked(pixels, image_size), np.asarray(labels, dtype=np.intp))


def _drawn(count: int, image_size: int) -> Pixels:
    pictures = (
        draw_picture(CLASSES[number % 2], number, seed=_DRAWN_SEED, size_px=image_size)
        for number in range(max(0, count))
    )
    return _stacked([pixels_of(picture, image_size) for picture in pictures], image_size)


def _stacked(pixels: Sequence[Pixels], image_size: int) -> Pixels:
    return np.stack(pixels) if pixels else np.empty((0, image_size, image_size, 3), np.uint8)
