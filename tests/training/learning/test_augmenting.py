"""Training pictures are varied within what was asked, the same way for the same seed."""

import numpy as np
import numpy.typing as npt
import pytest

from training.learning.augmenting import augment
from training.learning.methods import Augmentation

EVERYTHING = Augmentation(flip=True, least_area=0.4, stretch=1.5, colour=0.3)


@pytest.fixture
def pictures() -> npt.NDArray[np.uint8]:
    """Eight pictures whose left and right, top and bottom differ; shape (8, 32, 32, 3)."""
    across, down = np.meshgrid(np.arange(32), np.arange(32))
    one = np.stack([across * 8, down * 8, (across + down) * 4], axis=-1)
    return np.repeat(one[np.newaxis], 8, axis=0).astype(np.uint8)


def rng(seed: int = 1) -> np.random.Generator:
    return np.random.default_rng(seed)


def test_the_same_seed_gives_the_same_pictures(pictures: npt.NDArray[np.uint8]) -> None:
    assert np.array_equal(
        augment(pictures, EVERYTHING, rng()), augment(pictures, EVERYTHING, rng())
    )
    assert not np.array_equal(
        augment(pictures, EVERYTHING, rng()), augment(pictures, EVERYTHING, rng(2))
    )


def test_each_picture_of_a_batch_is_varied_in_its_own_way(
    pictures: npt.NDArray[np.uint8],
) -> None:
    varied = augment(pictures, EVERYTHING, rng())
    assert varied.shape == pictures.shape
    assert varied.dtype == np.uint8
    assert len({picture.tobytes() for picture in varied}) == len(pictures)


def test_the_pictures_that_it_is_given_stay_as_they_are(pictures: npt.NDArray[np.uint8]) -> None:
    before = pictures.copy()
    augment(pictures, EVERYTHING, rng())
    assert np.array_equal(pictures, before)


def test_nothing_asked_for_changes_nothing(pictures: npt.NDArray[np.uint8]) -> None:
    assert np.array_equal(augment(pictures, Augmentation(flip=False), rng()), pictures)


def test_about_half_of_the_pictures_are_mirrored(pictures: npt.NDArray[np.uint8]) -> None:
    many = np.repeat(pictures[:1], 400, axis=0)
    varied = augment(many, Augmentation(flip=True), rng())
    mirrored = sum(np.array_equal(one, many[0][:, ::-1]) for one in varied)
    as_they_were = sum(np.array_equal(one, many[0]) for one in varied)
    assert mirrored + as_they_were == 400
    assert 150 < mirrored < 250


def test_a_crop_shows_a_part_of_the_picture_and_nothing_else(
    pictures: npt.NDArray[np.uint8],
) -> None:
    varied = augment(pictures, Augmentation(flip=False, least_area=0.3), rng())
    red = varied[..., 0].astype(int)
    assert (np.diff(red, axis=2) >= 0).all()  # the ramp still rises from left to right
    assert ((red.max(axis=(1, 2)) - red.min(axis=(1, 2))) < 8 * 31).any()  # and is cut


def test_colours_keep_black_dark_and_white_light() -> None:
    pictures = np.zeros((50, 8, 8, 3), np.uint8)
    pictures[:, :, 4:] = 255
    varied = augment(pictures, Augmentation(flip=False, colour=0.3), rng()).astype(int)
    assert (varied[:, :, 4:].min(axis=(1, 2, 3)) > varied[:, :, :4].max(axis=(1, 2, 3))).all()
    assert len(np.unique(varied[:, 0, 7, 0])) > 10
