"""Near copies are found whatever was done to them, and pictures of other things are none."""

import io
from collections.abc import Callable

import numpy as np
import pytest
from PIL import Image, ImageEnhance

from training.cancellation import Cancelled, CancelToken
from training.dataset.looks import OUTLINE_SIDE, look_at
from training.dataset.near_copies import LEAST_LIKENESS, find_near_copies
from training.dataset.registration import likeness
from training.dataset.sample import draw_picture

SIDE = 120


def scene(seed: int) -> Image.Image:
    """Soft patches of light, as photographs have them; no two seeds are alike."""
    dice = np.random.default_rng(seed)
    patches = Image.fromarray(dice.integers(0, 256, (6, 6, 3), dtype=np.uint8))
    return patches.resize((SIDE, SIDE), Image.Resampling.BICUBIC)


def outline(picture: Image.Image, quality: int = 90) -> np.ndarray:
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=quality)
    flat = np.frombuffer(look_at(file.getvalue()).outline, dtype=np.uint8)
    return flat.reshape(OUTLINE_SIDE, OUTLINE_SIDE)


def groups(outlines: list[np.ndarray]) -> list[tuple[int, ...]]:
    return [group.members for group in find_near_copies(np.stack(outlines), CancelToken())]


def cropped(picture: Image.Image) -> Image.Image:
    width, height = picture.size
    return picture.crop((width // 25, 0, width, height - height // 20))


CHANGES: dict[str, Callable[[Image.Image], Image.Image]] = {
    "smaller": lambda picture: picture.resize((70, 60)),
    "larger": lambda picture: picture.resize((300, 300)),
    "brighter": lambda picture: ImageEnhance.Brightness(picture).enhance(1.2),
    "flatter": lambda picture: ImageEnhance.Contrast(picture).enhance(0.7),
    "cropped": cropped,
    "all": lambda picture: ImageEnhance.Brightness(cropped(picture).resize((90, 90))).enhance(1.15),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_changed_copy_belongs_to_its_picture(change: str) -> None:
    scenes = [scene(seed) for seed in range(40)]
    copies = [outline(CHANGES[change](picture), quality=50) for picture in scenes]
    found = groups([outline(picture) for picture in scenes] + copies)
    assert found == [(place, place + 40) for place in range(40)]


def test_other_pictures_are_no_copies() -> None:
    drawn = [draw_picture(label, n, seed=3) for label in ("cat", "dog") for n in range(20)]
    assert groups([outline(picture) for picture in drawn]) == []
    assert groups([outline(scene(seed)) for seed in range(100)]) == []


def test_another_picture_of_the_same_light_is_no_copy() -> None:
    """Its lowest frequencies make it a candidate; laid over one another they differ."""
    first, other = scene(1), scene(1)
    other.paste(scene(2).resize((SIDE // 2, SIDE // 3)), (SIDE // 4, SIDE // 4))
    both = np.stack([outline(first), outline(other)])
    (alike,) = likeness(both[:1], both[1:])
    assert 0.85 < alike < LEAST_LIKENESS
    assert groups(list(both)) == []


def test_flat_pictures_have_nothing_to_be_compared_by() -> None:
    plain = [Image.new("RGB", (40, 40), (level, level, level)) for level in (0, 80, 160, 255)]
    assert groups([outline(picture) for picture in plain]) == []


def test_copies_of_a_copy_are_one_group() -> None:
    first = scene(1)
    copies = [first, CHANGES["cropped"](first), CHANGES["brighter"](first)]
    assert groups([outline(p) for p in [scene(9), *copies, scene(8)]]) == [(1, 2, 3)]


def test_a_pair_is_as_like_whatever_its_light_and_a_shift_is_found_back() -> None:
    levels = np.asarray(scene(4).convert("L").resize((40, 40)), dtype=np.uint8)
    one, shifted, dimmed = levels[2:34, 2:34], levels[3:35, 1:33], levels[2:34, 2:34] // 2
    same, moved, darker, other = likeness(
        np.stack([one] * 4),
        np.stack([one, shifted, dimmed, np.asarray(scene(5).convert("L").resize((32, 32)))]),
    )
    assert same == pytest.approx(1.0, abs=1e-5)
    assert moved > 0.98
    assert darker > 0.99
    assert other < 0.9


def test_a_comparison_can_be_cancelled() -> None:
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        find_near_copies(np.stack([outline(scene(1)), outline(scene(2))]), token)
