"""A checked and split catalogue becomes batches, the same ones for the same seed and step."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt

from training.config import TrainingConfig
from training.dataset.cache import RowReader, Rows, StoredRows, pixel_rows
from training.dataset.catalog import CLASSES, Catalog, Picture, Split
from training.dataset.decode import Pixels
from training.dataset.presence import pixels_or_none, require_folder
from training.errors import DatasetError
from training.learning.augmenting import augment, blend
from training.learning.methods import NOT_VARIED, Augmentation

Labels = npt.NDArray[np.float32]
Batch = tuple[Rows, Labels]

COMPARED_PICTURES = 64

_TRAINING_STREAM, _VALIDATION_STREAM = 0, 1
_AUGMENTING = 1  # sets what varies the pictures of a step apart from what orders them


@dataclass(frozen=True)
class SplitPictures:
    """The pictures that a run learns from and is judged on while it learns.

    Attributes:
        train: Pictures of the training split.
        validation: Pictures of the validation split.
        fingerprint: The catalogue's, for the run's record.
    """

    train: tuple[Picture, ...]
    validation: tuple[Picture, ...]
    fingerprint: str

    @classmethod
    def of(cls, catalog: Catalog, config: TrainingConfig) -> Self:
        """Take the training and validation pictures; the test split is never looked at.

        Raises:
            DatasetError: A split is missing, lacks a class, or is smaller than one batch.
        """
        train = tuple(catalog.pictures(split=Split.TRAIN))
        validation = tuple(catalog.pictures(split=Split.VALIDATION))
        for pictures, words in ((train, "training"), (validation, "validation")):
            _require_classes(pictures, words, config.dataset)
        _require_batch(train, config)
        return cls(train, validation, catalog.split_fingerprint())


class Batches:
    """Batches of rows and labels in an order that the seed decides.

    A batch depends on the seed and its step alone: a resumed run gets the batches that the run
    would have got, whatever was read ahead before. Each pass over the pictures has its own order;
    steps beyond the data go round again, as the notebook's generators do.

    Args:
        source: The cache of the pictures' rows: pixels, or features.
        pictures: The pictures; those without a row in the cache are left out.
        batch_size: Pictures in a batch.
        seed: Decides the order.
        stream: Sets the orders of two streams of the same seed apart.
        passes: How many orders there are before they repeat; 0 for a new one each pass.
        augmentation: How pixels are varied, each time anew.
    """

    def __init__(
        self,
        source: StoredRows,
        pictures: Sequence[Picture],
        *,
        batch_size: int,
        seed: int,
        stream: int = _TRAINING_STREAM,
        passes: int = 0,
        augmentation: Augmentation = NOT_VARIED,
    ) -> None:
        present = [picture for picture in pictures if picture.sha256 in source.rows]
        self._pictures = present
        self._rows = np.array([source.rows[picture.sha256] for picture in present], dtype=np.intp)
        self._labels = np.array(
            [CLASSES.index(picture.label) for picture in present], dtype=np.float32
        )
        self._reader = RowReader(source)
        self.row_shape = source.kind.shape
        self.row_dtype = source.kind.dtype
        self.batch_size = batch_size
        self._seed = (seed, stream)
        self._passes = passes
        self._augmentation = augmentation
        self._orders: dict[int, npt.NDArray[np.intp]] = {}

    def close(self) -> None:
        """Close the cache's file."""
        self._reader.close()

    def __len__(self) -> int:
        """How many pictures there are."""
        return len(self._rows)

    @property
    def has_both_classes(self) -> bool:
        """Whether there are cats and dogs among the pictures."""
        return len(np.unique(self._labels)) == len(CLASSES)

    def batch(self, step: int) -> Batch:
        """The batch of one step.

        Args:
            step: 0-based, counted from the run's first step.

        Returns:
            Rows (batch_size, *shape of a row), such as pixels, uint8 in [0, 255]; and labels,
            float32 (batch_size,), 0 for cat and 1 for dog, between them for blended pictures.
        """
        chosen = self._chosen(step)
        rows, labels = self._reader.read(self._rows[chosen]), self._labels[chosen]
        how = self._augmentation
        if how != NOT_VARIED:
            generator = np.random.default_rng((*self._seed, _AUGMENTING, step))
            rows = augment(rows, how, generator)
            if how.mixup:
                rows, labels = blend(rows, labels, how.mixup, generator)
        return rows, labels

    @property
    def are_blended(self) -> bool:
        """Whether pictures are blended with each other, and their labels by as much."""
        return self._augmentation.mixup > 0

    @property
    def balancing_weights(self) -> tuple[float, float]:
        """What a cat and a dog count for so that both classes count alike, 1 on average.

        The weight of a class is the number of pictures over twice its own (King and Zeng, "Logistic
        Regression in Rare Events Data", 2001). Both classes must be there.
        """
        dogs = float(np.mean(self._labels))
        return 1 / (2 * (1 - dogs)), 1 / (2 * dogs)

    def some(self, count: int) -> tuple[tuple[Picture, ...], Rows]:
        """Some pictures, spread over all of them, and their rows as they are stored.

        Args:
            count: How many; fewer where there are not as many.
        """
        places = np.unique(np.linspace(0, len(self._rows) - 1, count, dtype=np.intp))
        return (
            tuple(self._pictures[place] for place in places),
            self._reader.read(self._rows[places]),
        )

    def once(self, batch_size: int) -> Iterator[Batch]:
        """Each picture once, in the order of the first pass.

        Args:
            batch_size: Pictures in a batch; the last may be smaller.
        """
        order = self._order(0)
        for start in range(0, len(order), batch_size):
            chosen = order[start : start + batch_size]
            yield self._reader.read(self._rows[chosen]), self._labels[chosen]

    def _chosen(self, step: int) -> npt.NDArray[np.intp]:
        number, start = divmod(step * self.batch_size, len(self._rows))
        chosen = self._order(number)[start : start + self.batch_size]
        while len(chosen) < self.batch_size:  # the batch goes on with the next pass
            number += 1
            rest = self._order(number)[: self.batch_size - len(chosen)]
            chosen = np.concatenate([chosen, rest])
        return chosen

    def _order(self, number: int) -> npt.NDArray[np.intp]:
        number = number % self._passes if self._passes else number
        if number not in self._orders:
            if len(self._orders) > 1:  # a batch touches two passes at the most, or tiny ones
                self._orders.pop(min(self._orders))
            generator = np.random.default_rng((*self._seed, number))
            self._orders[number] = generator.permutation(len(self._rows))
        return self._orders[number]


@dataclass(frozen=True)
class TrainingData:
    """What a run feeds its network.

    Attributes:
        train: Batches of the training pictures.
        validation: Batches of the validation pictures, one order for all epochs, so that epochs
            are compared on the same pictures.
    """

    train: Batches
    validation: Batches

    def compared_pixels(self, image_size: int) -> Pixels:
        """Validation pictures that Keras and the exported model are both asked about.

        The pictures may have gone since: they are read anew only where the batches hold features.

        Args:
            image_size: The network's.

        Returns:
            uint8 (n, image_size, image_size, 3).

        Raises:
            DatasetError: None of them can be read any more.
        """
        pictures, rows = self.validation.some(COMPARED_PICTURES)
        if self.validation.row_shape == pixel_rows(image_size).shape:
            return rows
        read = [pixels_or_none(picture, image_size) for picture in pictures]
        whole = [pixels for pixels in read if pixels is not None]
        if not whole:
            require_folder(pictures)
            raise DatasetError(
                "The validation pictures cannot be read any more.",
                "Put them back where they were, and resume.",
            )
        return np.stack(whole)

    def close(self) -> None:
        """Close the cache's file."""
        self.train.close()
        self.validation.close()


def build_data(
    pictures: SplitPictures,
    config: TrainingConfig,
    source: StoredRows,
    augmentation: Augmentation = NOT_VARIED,
) -> TrainingData:
    """Lay out the batches of a run.

    Args:
        pictures: The pictures.
        config: The run's settings.
        source: The rows of these pictures.
        augmentation: How training pictures are varied.

    Raises:
        DatasetError: Too many pictures cannot be read any more.
    """
    train = Batches(
        source,
        pictures.train,
        batch_size=config.batch_size,
        seed=config.seed,
        augmentation=augmentation,
    )
    validation = Batches(
        source,
        pictures.validation,
        batch_size=config.batch_size,
        seed=config.seed,
        stream=_VALIDATION_STREAM,
        passes=1,
    )
    data = TrainingData(train, validation)
    both_split = train.has_both_classes and validation.has_both_classes
    if len(train) < config.batch_size or not both_split:
        data.close()
        raise DatasetError(
            f"Too many pictures of “{config.dataset}” cannot be read any more.",
            "Put the folder back where it was, or import the pictures again.",
        )
    return data


def _require_classes(pictures: Sequence[Picture], words: str, dataset: str) -> None:
    labels = {picture.label for picture in pictures}
    missing = [label for label in CLASSES if label not in labels]
    if missing:
        what = "no pictures" if len(missing) == len(CLASSES) else f"no {missing[0]}s"
        raise DatasetError(
            f"The {words} split of “{dataset}” has {what}.",
            "Split the dataset first, with both classes on each side.",
        )


def _require_batch(train: Sequence[Picture], config: TrainingConfig) -> None:
    if config.batch_size > len(train):
        raise DatasetError(
            f"The batch size is {config.batch_size}, more than the {len(train)} training pictures "
            f"of “{config.dataset}”.",
            f"Choose a batch size of {len(train)} or less.",
        )
