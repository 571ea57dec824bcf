"""What the drawn cats and dogs may look like: tables of coats, poses and neckwear."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from random import Random

from training.dataset.sample_pen import Colour, Mark, Point, Shape, blob, mixed, oval, ribbon

_DARKEST: Colour = (44, 28, 42)
_SPOT_STEP = 8.0


class Pattern(StrEnum):
    """How a coat's second colour lies on it."""

    PLAIN = "plain"
    TABBY = "tabby stripes"
    PATCHES = "patches"
    SPOTS = "spots"
    POINTS = "points"


@dataclass(frozen=True)
class Coat:
    """The colours of an animal.

    Attributes:
        base: Most of it.
        light: Muzzle, chest and paws.
        mark: Stripes, patches, spots or points.
        pattern: Where `mark` lies.
        second: Every other patch; None where all patches are `mark`.
    """

    base: Colour
    light: Colour
    mark: Colour
    pattern: Pattern = Pattern.PLAIN
    second: Colour | None = None

    @property
    def ink(self) -> Colour:
        """The colour of its outlines."""
        return mixed(self.base, _DARKEST, share=0.78)

    @property
    def far(self) -> Colour:
        """The colour of legs and ears on its far side."""
        return mixed(self.base, self.ink, share=0.2)

    @property
    def ends(self) -> Colour:
        """The colour of ears, tail and feet."""
        return self.mark if self.pattern is Pattern.POINTS else self.base

    @property
    def has_blaze(self) -> bool:
        """Whether its light colour runs up between the eyes."""
        return self.pattern is Pattern.PLAIN and sum(self.light) > sum(self.base) + 150

    @property
    def is_dark(self) -> bool:
        """Whether eyes need a rim to be seen on it."""
        return sum(self.base) < 330


class Pose(StrEnum):
    """How an animal holds itself."""

    SITTING = "sitting"
    PORTRAIT = "portrait"
    WALKING = "walking"
    LYING = "lying"


@dataclass(frozen=True)
class Room:
    """The room that a pose takes up above the ground, in units.

    Attributes:
        across: Its width.
        up: Its height.
        middle: Where its middle is, from the animal's origin to the right.
    """

    across: float
    up: float
    middle: float = 0.0


ROOMS: Mapping[Pose, Room] = {
    Pose.SITTING: Room(78.0, 98.0, middle=3.0),
    Pose.PORTRAIT: Room(76.0, 95.0),
    Pose.WALKING: Room(102.0, 88.0, middle=-4.0),
    Pose.LYING: Room(96.0, 74.0),
}


class Neckwear(StrEnum):
    """What an animal wears; cats and dogs draw from the same."""

    NONE = "none"
    COLLAR = "collar"
    BANDANA = "bandana"
    BOW = "bow"


ACCENTS: Sequence[Colour] = (
    (214, 62, 66),
    (48, 116, 190),
    (38, 150, 118),
    (240, 180, 48),
    (142, 84, 168),
    (236, 112, 148),
)
"""Colours of neckwear, balls and cushions."""

_WHITE: Colour = (250, 247, 242)
_CREAM: Colour = (255, 236, 206)
_BLACK: Colour = (68, 66, 78)

CAT_COATS: Sequence[Coat] = (
    Coat((240, 158, 76), _CREAM, (208, 108, 40), Pattern.TABBY),
    Coat((160, 166, 178), (236, 238, 242), (98, 106, 122), Pattern.TABBY),
    Coat((180, 140, 100), (238, 214, 180), (112, 76, 52), Pattern.TABBY),
    Coat(_BLACK, (96, 94, 108), (46, 44, 56)),
    Coat(_BLACK, _WHITE, _WHITE),
    Coat((128, 144, 172), (168, 182, 204), (96, 110, 140)),
    Coat(_WHITE, (255, 253, 250), (220, 210, 200)),
    Coat((248, 216, 166), (255, 242, 220), (226, 180, 120)),
    Coat(_WHITE, (255, 253, 250), (238, 150, 70), Pattern.PATCHES, (84, 76, 84)),
    Coat(_WHITE, (255, 253, 250), (132, 138, 152), Pattern.PATCHES),
    Coat((240, 224, 200), (240, 224, 200), (112, 82, 72), Pattern.POINTS),
    Coat((236, 230, 226), (236, 230, 226), (138, 142, 164), Pattern.POINTS),
    Coat((222, 172, 108), (250, 228, 190), (132, 84, 48), Pattern.SPOTS),
)

DOG_COATS: Sequence[Coat] = (
    Coat((232, 178, 98), (252, 224, 172), (202, 140, 66)),
    Coat((146, 96, 66), (188, 136, 100), (112, 70, 46)),
    Coat(_BLACK, (206, 142, 84), (46, 44, 56)),
    Coat(_BLACK, _WHITE, _WHITE),
    Coat((150, 160, 176), (244, 246, 248), (94, 104, 122)),
    Coat(_WHITE, (255, 253, 250), (222, 208, 192)),
    Coat((244, 214, 168), (255, 242, 220), (220, 176, 120)),
    Coat(_WHITE, (255, 253, 250), (72, 68, 78), Pattern.SPOTS),
    Coat(_WHITE, (255, 253, 250), (196, 122, 64), Pattern.PATCHES),
    Coat(_WHITE, (255, 253, 250), (204, 134, 72), Pattern.PATCHES, (84, 74, 78)),
    Coat((232, 196, 148), (232, 196, 148), (84, 68, 66), Pattern.POINTS),
    Coat((206, 116, 62), _WHITE, (168, 84, 40)),
    Coat((188, 146, 104), (232, 204, 166), (118, 82, 58), Pattern.TABBY),
)


@dataclass(frozen=True)
class Look:
    """One animal.

    Attributes:
        coat: Its colours.
        pose: How it holds itself.
        neckwear: What it wears.
        accent: The colour of that.
        chance: Decides its small differences; drawing uses it up.
    """

    coat: Coat
    pose: Pose
    neckwear: Neckwear
    accent: Colour
    chance: Random


@dataclass(frozen=True)
class Torso:
    """A body's surface for its pattern.

    Attributes:
        outline: The body.
        stripes: Middle lines of tabby stripes, from the body's edge inwards.
        box: Where patches and spots lie: left, top, right, bottom.
    """

    outline: Shape
    stripes: Sequence[Shape]
    box: tuple[float, float, float, float]


def torso_marks(look: Look, torso: Torso) -> list[Mark]:
    """The pattern of a body; empty for coats that keep it plain there."""
    match look.coat.pattern:
        case Pattern.TABBY:
            return [(ribbon(line, (4.6, 0.8)), look.coat.mark) for line in torso.stripes]
        case Pattern.PATCHES:
            return _patches(look, torso)
        case Pattern.SPOTS:
            return _spots(look, torso)
        case _:
            return []


def _patches(look: Look, torso: Torso) -> list[Mark]:
    chance, marks = look.chance, []
    left, top, right, bottom = torso.box
    width = (right - left) / 3
    for place in range(3):
        middle = (left + width * (place + chance.uniform(0.2, 0.8)), chance.uniform(top, bottom))
        colour = look.coat.second if place % 2 and look.coat.second else look.coat.mark
        marks.append((patch(chance, middle, size=chance.uniform(0.45, 0.75) * width), colour))
    return marks


def patch(chance: Random, middle: Point, *, size: float) -> Shape:
    """A patch of fur of an uneven outline."""
    x, y = middle
    reach = [size * chance.uniform(0.8, 1.3) for _ in range(6)]
    ways = ((1.0, 0.0), (0.5, 0.9), (-0.5, 0.9), (-1.0, 0.0), (-0.5, -0.9), (0.5, -0.9))
    return blob(*((x + a * far, y + b * far) for far, (a, b) in zip(reach, ways, strict=True)))


def _spots(look: Look, torso: Torso) -> list[Mark]:
    left, top, right, bottom = torso.box
    columns, rows = int((right - left) / _SPOT_STEP) + 1, int((bottom - top) / _SPOT_STEP) + 2
    marks = []
    for row in range(rows):
        for column in range(columns):
            x = left + _SPOT_STEP * (column + 0.5 * (row % 2))
            marks.append((_spot(look.chance, x, top + 0.85 * _SPOT_STEP * row), look.coat.mark))
    return marks


def _spot(chance: Random, x: float, y: float) -> Shape:
    size = chance.uniform(1.5, 2.7)
    return oval(x + chance.uniform(-2, 2), y + chance.uniform(-2, 2), rx=size, ry=0.85 * size)
