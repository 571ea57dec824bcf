"""The drawn sample set: the same on every draw, balanced, and with nothing that gives it away."""

from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from PIL import ImageStat

from training.cancellation import Cancelled, CancelToken
from training.dataset.decode import decode, load_pixels
from training.dataset.picture import CLASSES
from training.dataset.sample import draw_picture, draw_sample
from training.dataset.sample_looks import CAT_COATS, DOG_COATS, Pattern
from training.events import Event, Stage, StageProgressed, StageStarted


def drawn(folder: Path, count: int = 12, seed: int = 1) -> dict[str, bytes]:
    folder.mkdir(exist_ok=True)
    draw_sample(folder, count=count, seed=seed, emit=lambda _: None, token=CancelToken())
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_the_same_seed_writes_the_same_bytes(tmp_path: Path) -> None:
    assert drawn(tmp_path / "one") == drawn(tmp_path / "two")


def test_another_seed_draws_other_pictures(tmp_path: Path) -> None:
    one, two = drawn(tmp_path / "one"), drawn(tmp_path / "two", seed=2)
    assert one.keys() == two.keys()
    assert not set(one.values()) & set(two.values())


def test_no_picture_is_drawn_twice(tmp_path: Path) -> None:
    pictures = drawn(tmp_path, count=60)
    assert len(set(pictures.values())) == 60


def test_both_classes_are_numbered_from_zero_and_equal_in_number(tmp_path: Path) -> None:
    names = set(drawn(tmp_path, count=9))
    assert names == {f"{label}.{number}.jpg" for label in CLASSES for number in range(4)}


def test_a_picture_depends_on_neither_order_nor_count(tmp_path: Path) -> None:
    few, more = drawn(tmp_path / "few", count=4), drawn(tmp_path / "more", count=8)
    assert few.items() <= more.items()
    alone = draw_picture("dog", 1, seed=1)
    draw_picture("cat", 0, seed=1)
    assert draw_picture("dog", 1, seed=1).tobytes() == alone.tobytes()


def test_pictures_come_through_the_one_decode_in_several_shapes(tmp_path: Path) -> None:
    drawn(tmp_path, count=40)
    sizes = Counter(decode(path).size for path in tmp_path.iterdir())
    assert len(sizes) >= 4
    assert all(160 <= side <= 200 for size in sizes for side in size)
    assert load_pixels(tmp_path / "cat.0.jpg", 150).shape == (150, 150, 3)


def test_the_longer_side_is_as_asked() -> None:
    assert max(draw_picture("cat", 3, seed=1, size_px=96).size) == 96


def test_progress_counts_every_picture(tmp_path: Path) -> None:
    events: list[Event] = []
    draw_sample(tmp_path, count=6, emit=events.append, token=CancelToken())
    assert events[0] == StageStarted(Stage.DRAWING, total=6, unit="pictures")
    assert events[-1] == StageProgressed(6)


def test_a_cancelled_job_draws_nothing_more(tmp_path: Path) -> None:
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        draw_sample(tmp_path, count=300, emit=lambda _: None, token=token)
    assert not list(tmp_path.iterdir())


def test_a_cancel_during_the_drawing_stops_before_the_next_picture(tmp_path: Path) -> None:
    token = CancelToken()

    def cancel_on_progress(event: Event) -> None:
        if isinstance(event, StageProgressed):
            token.cancel()
            cancelled_after.append(event.done)

    cancelled_after: list[int] = []
    with pytest.raises(Cancelled):
        draw_sample(tmp_path, count=300, emit=cancel_on_progress, token=token)
    assert len(list(tmp_path.iterdir())) == cancelled_after[0] < 300


def test_every_coat_of_a_class_is_unlike_the_others_and_patterns_are_many() -> None:
    for coats in (CAT_COATS, DOG_COATS):
        assert len(set(coats)) == len(coats)
        assert {coat.pattern for coat in coats} == set(Pattern)


@pytest.mark.parametrize("corner", [(0, 0), (1, 0)], ids=["upper left", "upper right"])
def test_the_background_does_not_tell_the_class(corner: tuple[int, int]) -> None:
    means = {label: corner_colours(label, corner) for label in CLASSES}
    cats, dogs = means["cat"], means["dog"]
    spread = np.sqrt((cats.var(axis=0) + dogs.var(axis=0)) / len(cats))
    assert np.all(np.abs(cats.mean(axis=0) - dogs.mean(axis=0)) < 4 * spread)
    assert np.all(np.abs(np.log(cats.std(axis=0) / dogs.std(axis=0))) < 0.5)


def corner_colours(label: str, corner: tuple[int, int]) -> np.ndarray:
    """Mean colours of one upper corner in 100 pictures; shape (100, 3)."""
    rows = []
    for number in range(100):
        picture = draw_picture(label, number, seed=1, size_px=48)
        left = corner[0] * (picture.width - 6)
        rows.append(ImageStat.Stat(picture.crop((left, 0, left + 6, 6))).mean)
    return np.asarray(rows)
