"""Heat-maps: they point at what the verdict hangs on, and are painted in the classes' colours."""

import zipfile
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from training.dataset.decode import load_pixels
from training.errors import PictureError
from training.inference.heat import (
    CLASS_ACTIVATION,
    HeatMap,
    class_activation,
    layer_of_paint,
    paint,
)
from training.inference.session import open_session
from training.runs.lab_book import default_run
from training.runs.run_folder import ONNX_FILE

STEPS = (5, 10, 15, 20, 25)
"""Of the 49 places of the model that ships."""


def covered(pixels: np.ndarray, places: np.ndarray, rows: int) -> np.ndarray:
    """A picture of which some places are painted over with its mean colour."""
    side = pixels.shape[0]
    edges = np.linspace(0, side, rows + 1).astype(int)
    painted, colour = pixels.copy(), pixels.mean(axis=(0, 1)).astype(np.uint8)
    for place in places:
        row, column = divmod(int(place), rows)
        painted[edges[row] : edges[row + 1], edges[column] : edges[column + 1]] = colour
    return painted


def curve(pixels: np.ndarray, order: np.ndarray, rows: int, *, deleting: bool) -> list[np.ndarray]:
    gone = [order[:step] if deleting else order[step:] for step in STEPS]
    return [covered(pixels, places, rows) for places in gone]


def advantage(pictures: list[bytes]) -> tuple[float, float]:
    """By how much the map's order beats a random one: deletion, insertion (Petsiuk, 2018)."""
    session = open_session(default_run().folder / ONNX_FILE)
    generator = np.random.default_rng(1)
    found: list[tuple[float, float]] = []
    for picture in pictures:
        pixels = load_pixels(picture, session.image_size)
        p_dog, heat = session.with_heat(pixels[np.newaxis])
        sign = 1 if p_dog[0] >= 0.5 else -1
        best = np.argsort(-sign * heat[0].ravel())
        orders = (best, generator.permutation(best))
        means = []
        for deleting in (True, False):
            batch = [
                each
                for order in orders
                for each in curve(pixels, order, heat.shape[1], deleting=deleting)
            ]
            answers = session.p_dog(np.stack(batch))
            sure = answers if sign > 0 else 1 - answers
            means.append(sure.reshape(2, -1).mean(axis=1))
        found.append((means[0][1] - means[0][0], means[1][0] - means[1][1]))
    deletion, insertion = np.mean(found, axis=0)
    return float(deletion), float(insertion)


def photographs(shared_data: Path, count: int) -> list[bytes]:
    with zipfile.ZipFile(shared_data / "dogs-vs-cats" / "train.zip") as archive:
        return [
            archive.read(f"train/{('cat', 'dog')[number % 2]}.{10_000 + number}.jpg")
            for number in range(count)
        ]


def test_painting_over_what_the_map_points_at_costs_more_than_chance(shared_data: Path) -> None:
    deletion, insertion = advantage(photographs(shared_data, 12))
    assert deletion > 0
    assert insertion > 0


@pytest.mark.slow
def test_deletion_and_insertion_beat_random_order_on_a_hundred_pictures(shared_data: Path) -> None:
    deletion, insertion = advantage(photographs(shared_data, 100))
    assert deletion > 0.05
    assert insertion > 0.05


def test_the_map_of_the_model_that_ships_adds_up_to_its_answer(tmp_path: Path) -> None:
    file = tmp_path / "a.png"
    Image.effect_noise((90, 60), 40).convert("RGB").save(file)
    heat = class_activation(file, default_run().folder)
    assert heat is not None
    assert heat.method == CLASS_ACTIVATION
    session = open_session(default_run().folder / ONNX_FILE)
    (p_dog,) = session.p_dog(load_pixels(file, session.image_size)[np.newaxis])
    assert 1 / (1 + np.exp(-heat.values.mean())) == pytest.approx(p_dog, abs=1e-5)
    file.write_bytes(b"none")
    with pytest.raises(PictureError):
        class_activation(file, default_run().folder)


def test_cat_is_blue_dog_orange_and_what_says_nothing_stays_as_it_is() -> None:
    grey = Image.new("RGB", (60, 60), (128, 128, 128))
    heat = HeatMap(np.array([[4.0, 0.0, -4.0]], np.float32), CLASS_ACTIVATION)
    painted = np.asarray(paint(grey, heat, 1.0)).astype(int)
    left, middle, right = painted[30, 3], painted[30, 30], painted[30, 56]
    assert tuple(left) == (230, 159, 0)
    assert tuple(right) == (0, 114, 178)
    assert np.abs(middle - 128).max() < 12
    assert np.array_equal(np.asarray(paint(grey, heat, 0.0)), np.asarray(grey))


def test_a_map_of_nothing_paints_nothing() -> None:
    grey = Image.new("RGB", (7, 300), (10, 20, 30))
    nothing = HeatMap(np.zeros((3, 3), np.float32), CLASS_ACTIVATION)
    assert np.array_equal(np.asarray(paint(grey, nothing)), np.asarray(grey))


def test_the_layer_of_paint_laid_over_a_picture_gives_what_paint_gives() -> None:
    picture = Image.effect_noise((90, 60), 40).convert("RGB")
    heat = HeatMap(np.array([[3.0, -1.0], [0.5, -2.0]], np.float32), CLASS_ACTIVATION)
    layer = layer_of_paint(heat, picture.size)
    assert layer.shape == (60, 90, 4)
    strength = layer[..., 3:].astype(float) / 255 * 0.6
    laid = np.asarray(picture) * (1 - strength) + layer[..., :3] * strength
    assert np.abs(laid - np.asarray(paint(picture, heat, 0.6))).max() <= 1
