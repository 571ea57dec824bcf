"""Batches: the same ones for the same seed and step, whatever was read before."""

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from training.cancellation import Cancelled, CancelToken
from training.dataset.cache import RowKind, StoredRows, pixel_rows, prepare_rows
from training.dataset.catalog import Picture, Split
from training.dataset.decode import load_pixels
from training.dataset.library import open_dataset
from training.errors import DatasetError
from training.events import Event, Noticed
from training.home import Home
from training.learning.pipeline import Batches, SplitPictures
from training.learning.presets import training_config

SIZE = 32


@pytest.fixture
def pictures(sample_home: Home) -> list[Picture]:
    with open_dataset(sample_home, "sample") as catalog:
        return catalog.pictures(split=Split.TRAIN)[:25]


@pytest.fixture
def rows(pictures: list[Picture], sample_home: Home) -> StoredRows:
    return prepared(pictures, sample_home)


@pytest.fixture
def laid_out(rows: StoredRows, pictures: list[Picture]) -> Iterator[Callable[..., Batches]]:
    """Makes batches of those pictures, and closes them at the end."""
    made: list[Batches] = []

    def make(**settings: int) -> Batches:
        made.append(Batches(rows, pictures, **{"seed": 1} | settings))
        return made[-1]

    yield make
    for batches in made:
        batches.close()


def prepared(
    pictures: list[Picture], home: Home, *, events: list[Event] | None = None
) -> StoredRows:
    emit = (events if events is not None else []).append
    return prepare_rows(
        pictures, pixel_rows(SIZE), home, dataset="sample", emit=emit, token=CancelToken()
    )


def test_a_batch_holds_what_the_one_decode_gives(
    laid_out: Callable[..., Batches], pictures: list[Picture]
) -> None:
    batches = laid_out(batch_size=25, seed=1)
    pixels, labels = batches.batch(0)
    expected = {
        load_pixels(picture.path, SIZE).tobytes(): float(picture.label == "dog")
        for picture in pictures
    }
    assert {one.tobytes(): label for one, label in zip(pixels, labels, strict=True)} == expected


def test_each_pass_has_every_picture_once_in_an_order_of_its_own(
    laid_out: Callable[..., Batches],
) -> None:
    batches = laid_out(batch_size=5, seed=1)
    passes = [
        [hashlib.sha256(one).hexdigest() for step in steps for one in batches.batch(step)[0]]
        for steps in (range(5), range(5, 10))
    ]
    assert sorted(passes[0]) == sorted(passes[1])
    assert passes[0] != passes[1]


def test_a_batch_depends_on_seed_and_step_alone(laid_out: Callable[..., Batches]) -> None:
    straight = laid_out(batch_size=10)
    wanted = [straight.batch(step)[0] for step in range(8)][7]
    assert np.array_equal(wanted, laid_out(batch_size=10).batch(7)[0])
    assert not np.array_equal(wanted, laid_out(batch_size=10, seed=2).batch(7)[0])


def test_tensorflow_is_fed_the_batches_of_the_steps_in_their_order(
    laid_out: Callable[..., Batches],
) -> None:
    from training.learning.feeding import feed

    batches = laid_out(batch_size=10)
    fed = list(feed(batches, first_step=3).take(4).as_numpy_iterator())
    for step, (rows, labels) in enumerate(fed, start=3):
        expected_rows, expected_labels = batches.batch(step)
        assert np.array_equal(rows, expected_rows)
        assert np.array_equal(labels, expected_labels)


def test_batches_of_half_the_size_show_the_same_pictures_in_the_same_order(
    laid_out: Callable[..., Batches],
) -> None:
    whole, half = laid_out(batch_size=10), laid_out(batch_size=5)
    for step in range(7):  # over the end of the 25 pictures, and over it again
        halves = [half.batch(2 * step + place) for place in (0, 1)]
        for one, others in zip(whole.batch(step), zip(*halves, strict=True), strict=True):
            assert np.array_equal(one, np.concatenate(others))


def test_validation_goes_over_the_same_pictures_each_time(
    laid_out: Callable[..., Batches],
) -> None:
    from training.learning.feeding import feed

    fed = feed(laid_out(batch_size=4, passes=1), period=3).take(6).as_numpy_iterator()
    rows = [batch for batch, _ in fed]
    assert np.array_equal(rows[:3], rows[3:])


def test_tensorflow_tunes_no_feed(laid_out: Callable[..., Batches]) -> None:
    """Who drops a tuned one may wait a minute for it, with the interpreter's lock held."""
    from training.learning.feeding import feed

    assert feed(laid_out(batch_size=10)).options().autotune.enabled is False


def test_the_pixels_are_decoded_once(pictures: list[Picture], sample_home: Home) -> None:
    first, second = [], []
    prepared(pictures, sample_home, events=first)
    prepared(pictures, sample_home, events=second)
    assert first
    assert not second


def test_a_damaged_cache_is_made_again(pictures: list[Picture], sample_home: Home) -> None:
    file = prepared(pictures, sample_home).file
    whole = file.read_bytes()
    file.write_bytes(whole[:-1])
    assert prepared(pictures, sample_home).file.read_bytes() == whole


@pytest.mark.fault(80)
def test_a_picture_that_changed_since_its_import_is_left_out_and_named(
    pictures: list[Picture], sample_home: Home
) -> None:
    pictures[3].path.write_bytes(pictures[4].path.read_bytes() + b"x")
    events: list[Event] = []
    rows = prepared(pictures, sample_home, events=events)
    assert pictures[3].sha256 not in rows.rows
    batches = Batches(rows, pictures, batch_size=4, seed=1)
    batches.close()
    assert len(batches) == len(pictures) - 1
    assert any(isinstance(event, Noticed) and pictures[3].name in event.message for event in events)


def test_cancelling_leaves_no_cache_behind(pictures: list[Picture], sample_home: Home) -> None:
    token = CancelToken()
    with pytest.raises(Cancelled):
        prepare_rows(
            pictures,
            pixel_rows(SIZE),
            sample_home,
            dataset="sample",
            emit=lambda _: token.cancel(),
            token=token,
        )
    assert list(sample_home.cache.iterdir()) == []


@pytest.mark.fault(93)
def test_a_batch_larger_than_the_training_split_is_refused(sample_home: Home) -> None:
    config = training_config("notebook", "sample", batch_size=1000)
    with open_dataset(sample_home, "sample") as catalog, pytest.raises(DatasetError, match="1000"):
        SplitPictures.of(catalog, config)


@pytest.mark.fault(92)
def test_a_split_without_one_class_is_refused(sample_home: Home) -> None:
    with open_dataset(sample_home, "sample") as catalog:
        dogs = catalog.pictures(split=Split.VALIDATION, label="dog")
        catalog.assign_splits({picture.id: None for picture in dogs})
        with pytest.raises(DatasetError, match="no dogs"):
            SplitPictures.of(catalog, training_config("notebook", "sample"))


def test_rows_of_another_kind_are_computed_from_the_pixels_and_kept_apart(
    pictures: list[Picture], sample_home: Home
) -> None:
    kind = RowKind("means", SIZE, (3,), "float32")
    stored = prepare_rows(
        pictures,
        kind,
        sample_home,
        dataset="sample",
        emit=lambda _: None,
        token=CancelToken(),
        transform=lambda: lambda pixels: pixels.mean(axis=(1, 2)),
    )
    batches = Batches(stored, pictures, batch_size=25, seed=1)
    means = next(batches.once(25))[0]
    batches.close()
    expected = [load_pixels(picture.path, SIZE).mean(axis=(0, 1)) for picture in pictures]
    assert means.dtype == np.float32
    assert np.allclose(sorted(means.tolist()), sorted(np.array(expected).tolist()), atol=1e-3)
    assert stored.file != prepared(pictures, sample_home).file


def test_pictures_of_the_home_stay_readable_when_it_moves(
    sample_home: Home, tmp_path: Path
) -> None:
    moved = Home(sample_home.root.rename(tmp_path / "moved"))
    with open_dataset(moved, "sample") as catalog:
        assert all(picture.path.is_file() for picture in catalog.pictures())
