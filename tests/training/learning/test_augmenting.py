"""Training pictures are varied within what was asked, the same way for the same seed."""

import dataclasses

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.learning import augmenting
from training.learning.augmenting import augment, blend
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


def test_what_is_not_asked_for_draws_nothing(pictures: npt.NDArray[np.uint8]) -> None:
    """Older runs go on with the pictures that they would have had."""
    generator = rng()
    augment(pictures, Augmentation(flip=False), generator)
    assert generator.random() == rng().random()


def test_a_right_angle_turns_a_picture_exactly(pictures: npt.NDArray[np.uint8]) -> None:
    for quarter in (1, -1):
        turned = np.asarray(augmenting._turned(pictures[0], 90, Always(quarter)))
        assert np.array_equal(turned, np.rot90(pictures[0], -quarter))


def test_a_turned_picture_has_no_empty_corner() -> None:
    white = np.full((60, 40, 40, 3), 255, np.uint8)
    assert (augment(white, Augmentation(flip=False, rotate=180), rng()) == 255).all()


def test_a_small_turn_keeps_the_middle_and_moves_the_edge(
    pictures: npt.NDArray[np.uint8],
) -> None:
    varied = augment(pictures, Augmentation(flip=False, rotate=10), rng()).astype(int)
    off = np.abs(varied - pictures).max(axis=-1)
    assert off[:, 15:17, 15:17].max() <= 8  # a step of the ramp
    assert off[:, 0, :].max() > 16


@given(st.floats(0.01, 0.5), st.integers(0, 2**31))
def test_no_more_is_painted_over_than_was_asked(most: float, seed: int) -> None:
    white = np.full((12, 24, 24, 3), 255, np.uint8)
    varied = augment(white, Augmentation(flip=False, erase=most), rng(seed))
    painted = (varied != 255).any(axis=-1)
    assert (painted.mean(axis=(1, 2)) <= most).all()
    for one in painted:  # one rectangle: as large as the rows and columns that it touches
        assert one.sum() >= 0.9 * one.any(axis=0).sum() * one.any(axis=1).sum()


def test_about_half_of_the_pictures_are_painted_over() -> None:
    white = np.full((400, 24, 24, 3), 255, np.uint8)
    varied = augment(white, Augmentation(flip=False, erase=0.4), rng())
    assert 150 < (varied != 255).any(axis=(1, 2, 3)).sum() < 250


@given(st.integers(0, 2**31), st.sampled_from([0.1, 0.4, 1.0, 2.0]))
def test_pictures_are_blended_by_as_much_as_their_labels(seed: int, strength: float) -> None:
    labels = np.array([0, 1, 0, 1, 1, 0], np.float32)
    pictures = np.zeros((6, 4, 4, 3), np.uint8)
    pictures[labels == 1] = 255  # the brightness of a picture says its label
    mixed, shares = blend(pictures, labels, strength, rng(seed))
    assert np.allclose(mixed / 255, shares[:, None, None, None], atol=0.5 / 255 + 1e-6)
    assert ((shares >= 0) & (shares <= 1)).all()
    assert sum(shares) == pytest.approx(sum(labels))  # each is blended into one other
    assert (mixed.dtype, shares.dtype) == (np.uint8, np.float32)


def test_blending_a_picture_with_itself_changes_nothing(
    pictures: npt.NDArray[np.uint8],
) -> None:
    labels = np.ones(len(pictures), np.float32)
    mixed, shares = blend(pictures, labels, 1.0, rng())
    assert np.array_equal(mixed, pictures)
    assert np.array_equal(shares, labels)


@given(st.integers(0, 2**31))
def test_everything_at_once_depends_on_the_generator_alone(seed: int) -> None:
    pictures = rng(seed).integers(0, 256, (4, 16, 16, 3), dtype=np.uint8)
    everything = dataclasses.replace(EVERYTHING, rotate=30, erase=0.3)
    first, second = (augment(pictures, everything, rng(seed)) for _ in range(2))
    assert np.array_equal(first, second)
    assert (first.shape, first.dtype) == (pictures.shape, np.uint8)


class Always:
    """A generator whose every draw is one end of its range."""

    def __init__(self, sign: int) -> None:
        self._sign = sign

    def uniform(self, low: float, high: float) -> float:
        return high if self._sign > 0 else low
