"""A unit sees its receptive field and nothing else."""

from pathlib import Path

import keras
import numpy as np
import pytest
from keras import layers

from tests.training.learning.looked_into import build_mobile_net, build_motley
from training.learning.inside import Inside
from training.learning.models import build_notebook, build_notebook_described, build_scratch


def see_as_far_as_their_field(network: keras.Model, picture: np.ndarray, name: str) -> None:
    """What lies outside a unit's field does not change it; its outermost pixels do."""
    before = Inside(network, picture)
    row, column = (each // 2 for each in before.maps(name).shape[:2])
    field = before.unit(name, row, column, 0).field
    outside = picture.copy()
    outside[: field.top], outside[field.bottom + 1 :] = 255, 255
    outside[:, : field.left], outside[:, field.right + 1 :] = 255, 255
    after = Inside(network, outside).maps(name)
    assert np.allclose(after[row, column], before.maps(name)[row, column], atol=1e-5)
    smaller = picture.copy()
    smaller[field.top, field.left : field.right + 1] ^= 255
    smaller[field.top : field.bottom + 1, field.left] ^= 255
    changed = Inside(network, smaller).maps(name)
    assert not np.array_equal(changed[row, column], before.maps(name)[row, column])


@pytest.mark.parametrize(
    ("build", "side"), [(build_notebook, 64), (build_notebook_described, 80), (build_scratch, 64)]
)
def test_a_unit_sees_its_field_and_nothing_else(build: object, side: int) -> None:
    keras.utils.set_random_seed(1)
    network = build(side)  # type: ignore[operator]
    picture = np.random.default_rng(3).integers(0, 256, (side, side, 3), dtype=np.uint8)
    see_as_far_as_their_field(
        network,
        picture,
        [each.name for each in network.layers if isinstance(each, layers.Conv2D)][-3],
    )


@pytest.mark.slow
def test_mobilenets_fields_follow_its_strides_and_edges(shared_data: Path) -> None:
    network = build_mobile_net(shared_data, 72)
    picture = np.random.default_rng(8).integers(0, 256, (72, 72, 3), dtype=np.uint8)
    inside = Inside(network, picture)
    # each: what a unit of row 1 sees, from the strides, kernels and edges of zeros before it
    expected = {
        "Conv1": (2, 4),  # rows 2 * 1 to 2 * 1 + 2, zeros after the last row alone
        "expanded_conv_depthwise": (0, 6),  # three of those, from row 0 on
        "block_1_depthwise": (2, 12),  # rows 2 to 4 of them, each of -2 + 2 * row to + 6
    }
    for name, (top, bottom) in expected.items():
        field = inside.unit(name, 1, 1, 0).field
        assert (field.top, field.bottom, field.left, field.right) == (top, bottom, top, bottom)
    whole = next(each for each in inside.facts if each.name == "out_relu")
    steps = [1, 2, 2, 4, *(4, 8, 8), 8, *6 * [16], 16, *3 * [32]]  # between neighbours, in pixels
    assert whole.receptive_field == 1 + 2 * sum(steps) == 491  # each kernel of 3 adds two steps
    see_as_far_as_their_field(network, picture, "block_5_expand")


def test_a_field_is_laid_over_edges_of_zeros() -> None:
    picture = np.random.default_rng(9).integers(0, 256, (20, 20, 3), dtype=np.uint8)
    see_as_far_as_their_field(build_motley(), picture, "alone_in_steps")


def test_where_roads_meet_the_field_is_that_of_all() -> None:
    keras.utils.set_random_seed(5)
    pictures = keras.Input((20, 20, 3), dtype="uint8")
    maps = layers.Rescaling(1 / 255)(pictures)
    wide = layers.Conv2D(3, 5, padding="same")(maps)
    narrow = layers.Conv2D(3, 1)(layers.Conv2D(3, 1)(maps))
    network = keras.Model(pictures, layers.Add(name="sum")([narrow, wide]))
    picture = np.random.default_rng(9).integers(0, 256, (20, 20, 3), dtype=np.uint8)
    see_as_far_as_their_field(network, picture, "sum")
