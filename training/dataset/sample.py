"""The drawn sample set: cats and dogs made by code, to try everything without a download.

Every picture is drawn from a seed of its own, so that neither order nor count changes it.
"""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from random import Random

from PIL import Image

from training.cancellation import CancelToken
from training.dataset.picture import CLASSES
from training.dataset.sample_cats import draw_cat
from training.dataset.sample_dogs import draw_dog
from training.dataset.sample_looks import (
    ACCENTS,
    CAT_COATS,
    DOG_COATS,
    ROOMS,
    Coat,
    Look,
    Neckwear,
    Pose,
)
from training.dataset.sample_pen import Pen, oval
from training.dataset.sample_scenes import draw_scene, draw_thing
from training.events import EventSink, Stage, StageStarted
from training.progress import Ticker

_SUPERSAMPLING = 3  # drawn so much larger, then reduced: smooth edges
_QUALITY = 90
_SHAPES: Sequence[tuple[float, float]] = ((1, 1), (1, 1), (1, 0.8), (1, 0.9), (0.9, 1), (0.85, 1))
_POSES: Mapping[Pose, int] = {
    Pose.SITTING: 5,
    Pose.PORTRAIT: 4,
    Pose.WALKING: 1,
    Pose.LYING: 1,
}  # how often each is drawn
_COATS: Mapping[str, Sequence[Coat]] = {"cat": CAT_COATS, "dog": DOG_COATS}
_DRAW: Mapping[str, Callable[[Pen, Look], None]] = {"cat": draw_cat, "dog": draw_dog}


def draw_sample(
    folder: Path, *, count: int = 300, seed: int = 1, emit: EventSink, token: CancelToken
) -> None:
    """Draw the sample set into a folder: `cat.0.jpg`, `dog.0.jpg`, `cat.1.jpg` and so on.

    The same seed writes the same bytes, as long as Pillow stays the same.

    Args:
        folder: It exists; files of these names in it are replaced.
        count: Pictures of both classes together; half of it, rounded down, of each.
        seed: Of the whole set.
        emit: Where the progress goes.
        token: Stops the drawing before the next picture.

    Raises:
        Cancelled: The token was cancelled; pictures that were drawn stay in the folder.
        OSError: The folder cannot be written to.
    """
    each = count // len(CLASSES)
    total = each * len(CLASSES)
    ticker = Ticker(emit, StageStarted(Stage.DRAWING, total=total, unit="pictures"))
    for number in range(each):
        for label in CLASSES:
            token.raise_if_cancelled()
            picture = draw_picture(label, number, seed=seed)
            picture.save(folder / f"{label}.{number}.jpg", quality=_QUALITY)
            ticker.advance()


def draw_picture(label: str, number: int, *, seed: int, size_px: int = 200) -> Image.Image:
    """Draw one picture of the sample set.

    Args:
        label: "cat" or "dog".
        number: Which of that class, from 0.
        seed: Of the whole set.
        size_px: The picture's longer side.

    Returns:
        An RGB picture; its shorter side is at least 0.8 of the longer.
    """
    chance = Random(f"{seed} {label} {number}")  # noqa: S311 - it draws; it guards nothing
    across, down = chance.choice(_SHAPES)
    size = (round(size_px * across), round(size_px * down))
    sheet = Image.new("RGB", (size[0] * _SUPERSAMPLING, size[1] * _SUPERSAMPLING))
    draw_scene(sheet, chance)
    _draw_animal(sheet, label, chance=chance)
    return sheet.reduce(_SUPERSAMPLING)


def _draw_animal(sheet: Image.Image, label: str, *, chance: Random) -> None:
    look = _choose_look(label, chance)
    pen = _placed_pen(sheet, look)
    if look.pose is not Pose.PORTRAIT:
        _draw_shadow(pen, look.pose)
    if chance.random() < 0.6:
        side = chance.choice((-1, 1))
        draw_thing(pen.at(side * chance.uniform(30, 40), chance.uniform(-4, 0), scale=1.15), chance)
    _DRAW[label](pen, look)


def _choose_look(label: str, chance: Random) -> Look:
    return Look(
        coat=chance.choice(_COATS[label]),
        pose=chance.choices(tuple(_POSES), tuple(_POSES.values()))[0],
        neckwear=chance.choice(tuple(Neckwear)),
        accent=chance.choice(ACCENTS),
        chance=chance,
    )


def _placed_pen(sheet: Image.Image, look: Look) -> Pen:
    """A pen whose origin is the ground below the animal, mirrored or not, a little turned."""
    chance, room = look.chance, ROOMS[look.pose]
    fits = min(sheet.width / room.across, sheet.height / room.up)
    scale = fits * chance.uniform(0.88, 1.0)
    side = chance.choice((-1, 1))
    aside = (sheet.width - scale * room.across) * chance.uniform(-0.2, 0.2)
    above = (sheet.height - scale * room.up) * chance.uniform(0.2, 0.6)
    x = sheet.width / 2 + aside - scale * room.middle * side
    y = sheet.height - (0 if look.pose is Pose.PORTRAIT else above)
    pen = Pen.on(sheet, look.coat.ink)
    return pen.at(x, y, scale=scale, turn=chance.uniform(-4, 4), mirrored=side < 0)


def _draw_shadow(pen: Pen, pose: Pose) -> None:
    half = ROOMS[pose].across * 0.42
    pen.fill(oval(0, -1, rx=half, ry=6), (40, 30, 60), opacity=0.2)
