"""Where drawn animals are: backgrounds and things beside them, the same for cats and dogs."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

from PIL import Image

from training.dataset.sample_looks import ACCENTS
from training.dataset.sample_pen import Colour, Pen, Shape, blob, curve, even, mixed, oval, ribbon

_WHITE: Colour = (255, 255, 255)
_GREEN: Colour = (92, 158, 84)
_WOOD: Colour = (160, 112, 72)


@dataclass(frozen=True)
class Scene:
    """A kind of background.

    Attributes:
        draw: Covers a sheet.
        palettes: Colours to choose from, each above and below the horizon.
    """

    draw: Callable[["Backdrop"], None]
    palettes: Sequence[tuple[Colour, Colour]]


@dataclass(frozen=True)
class Backdrop:
    """A sheet that a scene covers.

    Attributes:
        sheet: An RGB picture.
        upper: The colour of what is above the horizon.
        lower: The colour of what is below.
        horizon: Its height in pixels from the top.
        chance: Decides the small things.
    """

    sheet: Image.Image
    upper: Colour
    lower: Colour
    horizon: float
    chance: Random

    @property
    def pen(self) -> Pen:
        """A pen in the sheet's pixels; outlines are a darker ground."""
        return Pen.on(self.sheet, mixed(self.lower, (40, 30, 50), share=0.6))


def draw_scene(sheet: Image.Image, chance: Random) -> None:
    """Cover a sheet with a background.

    Args:
        sheet: An RGB picture.
        chance: Chooses kind, colours and places.
    """
    scene = chance.choice(SCENES)
    upper, lower = chance.choice(scene.palettes)
    horizon = sheet.height * chance.uniform(0.52, 0.7)
    scene.draw(Backdrop(sheet, upper, lower, horizon, chance))


def draw_thing(pen: Pen, chance: Random) -> None:
    """Draw something that stands on the origin, about 24 units wide."""
    chance.choice(_THINGS)(pen, chance.choice(ACCENTS))


def _shaded(backdrop: Backdrop, top: Colour, bottom: Colour) -> None:
    column = Image.new("RGB", (1, 64))
    column.putdata([mixed(top, bottom, share=row / 63) for row in range(64)])
    backdrop.sheet.paste(column.resize(backdrop.sheet.size, Image.Resampling.BILINEAR))


def _ground(backdrop: Backdrop, hill: float) -> None:
    width, height = backdrop.sheet.size
    top = [
        (width * x / 8, backdrop.horizon + hill * math.sin(x * 0.9 + backdrop.horizon))
        for x in range(9)
    ]
    backdrop.pen.fill([(0, height), *top, (width, height)], backdrop.lower)


def _meadow(backdrop: Backdrop) -> None:
    _shaded(backdrop, backdrop.upper, mixed(backdrop.upper, _WHITE, share=0.6))
    unit = backdrop.sheet.width / 100
    pen = backdrop.pen.at(0, 0, scale=unit)
    pen.fill(oval(backdrop.chance.uniform(10, 90), 12, rx=8), (255, 226, 120))
    for _ in range(2):
        _cloud(pen.at(backdrop.chance.uniform(5, 95), backdrop.chance.uniform(8, 28)))
    far = mixed(backdrop.lower, backdrop.upper, share=0.45)
    middle = backdrop.chance.uniform(10, 90)
    pen.fill(oval(middle, backdrop.horizon / unit + 8, rx=55, ry=18), far)
    _ground(backdrop, 2 * unit)
    _tufts(backdrop, pen)


def _cloud(pen: Pen) -> None:
    for x, y, size in ((-7, 1, 4), (0, -1.5, 6), (7, 1, 4.2)):
        pen.fill(oval(x, y, rx=size, ry=size * 0.72), _WHITE, opacity=0.8)


def _tufts(backdrop: Backdrop, pen: Pen) -> None:
    unit = backdrop.sheet.width / 100
    low, high = backdrop.horizon / unit + 5, backdrop.sheet.height / unit
    for _ in range(12):
        spot = pen.at(backdrop.chance.uniform(0, 100), backdrop.chance.uniform(low, high))
        if backdrop.chance.random() < 0.4:
            _flower(spot, backdrop.chance.choice(ACCENTS))
        else:
            spot.fill(_TUFT, mixed(backdrop.lower, (20, 70, 40), share=0.35))


_TUFT: Shape = [(-2.4, 0), (-2.6, -3.4), (-0.8, -1), (0, -4.4), (0.8, -1), (2.6, -3.4), (2.4, 0)]


def _flower(pen: Pen, colour: Colour) -> None:
    for x, y in ((-1.3, 0), (1.3, 0), (0, -1.3), (0, 1.3)):
        pen.fill(oval(x, y, rx=1.1), mixed(colour, _WHITE, share=0.35))
    pen.fill(oval(0, 0, rx=0.9), (255, 220, 110))


def _room(backdrop: Backdrop) -> None:
    width, height = backdrop.sheet.size
    pen, floor = backdrop.pen, backdrop.horizon
    _wallpaper(backdrop)
    place = backdrop.chance.uniform(0.1, 0.9) * width
    _framed(pen.at(place, 0.16 * height, scale=width / 100), backdrop)
    _ground(backdrop, 0)
    board = floor - height * 0.035
    pen.fill([(0, board), (width, board), (width, floor), (0, floor)], _WHITE)
    carpet = mixed(backdrop.lower, backdrop.chance.choice(ACCENTS), share=0.35)
    pen.fill(oval(width / 2, height * 0.93, rx=width * 0.47, ry=height * 0.13), carpet)
    inner = mixed(carpet, _WHITE, share=0.35)
    pen.fill(oval(width / 2, height * 0.93, rx=width * 0.41, ry=height * 0.1), inner)


def _wallpaper(backdrop: Backdrop) -> None:
    _shaded(backdrop, backdrop.upper, mixed(backdrop.upper, _WHITE, share=0.25))
    width, height = backdrop.sheet.size
    for x in range(0, width, width // 9):
        strip = [(x, 0), (x + width / 28, 0), (x + width / 28, height), (x, height)]
        backdrop.pen.fill(strip, mixed(backdrop.upper, _WHITE, share=0.35), opacity=0.5)


def _framed(pen: Pen, backdrop: Backdrop) -> None:
    pen.fill([(-10, -9), (10, -9), (10, 9), (-10, 9)], _WOOD)
    pen.fill([(-8, -7), (8, -7), (8, 7), (-8, 7)], mixed(backdrop.upper, _WHITE, share=0.75))
    pen.fill([(-8, 7), (-2, -2), (2, 3), (5, 0), (8, 7)], _GREEN)


def _plain(backdrop: Backdrop) -> None:
    _shaded(backdrop, backdrop.upper, backdrop.upper)


def _dots(backdrop: Backdrop) -> None:
    _plain(backdrop)
    width, height = backdrop.sheet.size
    step, pen = width / 7, backdrop.pen
    for row in range(9):
        for column in range(9):
            x = (column - 0.5 + 0.5 * (row % 2)) * step
            pen.fill(oval(x, row * step * 0.8, rx=step * 0.16), backdrop.lower)
        if row * step * 0.8 > height:
            break


def _gradient(backdrop: Backdrop) -> None:
    _shaded(backdrop, backdrop.upper, backdrop.lower)


def _evening(backdrop: Backdrop) -> None:
    _shaded(backdrop, backdrop.upper, mixed(backdrop.upper, (250, 206, 160), share=0.55))
    width, height = backdrop.sheet.size
    pen = backdrop.pen
    for _ in range(14):
        star = oval(
            backdrop.chance.uniform(0, width),
            backdrop.chance.uniform(0, height * 0.5),
            rx=width * 0.005,
        )
        pen.fill(star, (255, 246, 210))
    x = backdrop.chance.uniform(0.12, 0.88) * width
    pen.at(x, height * 0.15, scale=width / 100, turn=-25).fill(_CRESCENT, (255, 240, 196))
    _ground(backdrop, width * 0.02)


_CRESCENT = [
    *curve((4, -7), (-4.6, -6.4), (-8, 0), (-4.6, 6.4), (4, 7)),
    *curve((4, 7), (-1, 4), (-2.6, 0), (-1, -4), (4, -7)),
]


SCENES: Sequence[Scene] = (
    Scene(_meadow, (((126, 192, 236), (128, 194, 104)), ((160, 214, 240), (166, 204, 98)))),
    Scene(
        _room,
        (
            ((240, 206, 170), (190, 142, 104)),
            ((176, 208, 200), (202, 164, 124)),
            ((212, 196, 226), (170, 130, 110)),
        ),
    ),
    Scene(_plain, tuple((c, c) for c in ((250, 226, 180), (190, 222, 236), (206, 228, 196)))),
    Scene(
        _dots,
        (
            ((232, 226, 246), (206, 196, 232)),
            ((206, 226, 244), (172, 204, 234)),
            ((252, 238, 200), (244, 214, 142)),
        ),
    ),
    Scene(
        _gradient,
        (
            ((255, 244, 206), (248, 212, 140)),
            ((170, 220, 236), (120, 160, 214)),
            ((222, 240, 190), (120, 190, 160)),
        ),
    ),
    Scene(_evening, (((112, 122, 190), (96, 142, 140)), ((140, 118, 186), (128, 122, 160)))),
)


def _ball(pen: Pen, colour: Colour) -> None:
    ball, band = oval(0, -8, rx=8), ribbon(curve((-9, -10), (0, -6.5), (9, -10)), (3.2, 3.2))
    pen.paint([ball], colour, marks=[(band, mixed(colour, _WHITE, share=0.7))])
    pen.fill(oval(-3, -12, rx=1.8, ry=1.3), _WHITE, opacity=0.7)


def _plant(pen: Pen, colour: Colour) -> None:
    for turn in (-48, -24, 0, 24, 48):
        leaf = blob((0, 0), (0, 0), (4.4, -12), (0, -25), (0, -25), (-4.4, -12))
        pen.at(0, -10, turn=turn).paint([leaf], _GREEN)
    pen.paint([blob((-8, -12), (0, -12.6), (8, -12), (6, -1), (0, 0), (-6, -1))], colour)


def _cushion(pen: Pen, colour: Colour) -> None:
    top, foot = [(-13, -20), (-13, -20), (0, -18.6)], [(0, -0.8), (-13, 0), (-13, 0)]
    right, left = [(13, -20), (13, -20), (12, -10), (13, 0), (13, 0)], [(-12, -10)]
    band = mixed(colour, _WHITE, share=0.6)
    stripes = [(ribbon([(x, -24), (x, 4)], (2.2, 2.2)), band) for x in (-9, -3, 3, 9)]
    pen.paint([blob(*top, *right, *foot, *left)], colour, marks=stripes)


def _bone(pen: Pen, _colour: Colour) -> None:
    knobs = [oval(x, y, rx=3.2) for x in (-9.5, 9.5) for y in (-7, -2.4)]
    shaft = ribbon([(-9, -4.7), (9, -4.7)], (4.4, 4.4))
    pen.paint([*knobs, shaft], (250, 244, 228))


def _bowl(pen: Pen, colour: Colour) -> None:
    pen.paint([oval(0, -8.4, rx=9.4, ry=2.6)], (150, 104, 74))
    pen.paint([even((0, -7.4), (10, -8.4), (8.5, -1), (0, 0))], colour)


def _box(pen: Pen, colour: Colour) -> None:
    pen.paint([[(-9, -15), (9, -15), (9, 0), (-9, 0)]], colour)
    ribbon_colour = mixed(colour, _WHITE, share=0.7)
    pen.fill([(-1.8, -15), (1.8, -15), (1.8, 0), (-1.8, 0)], ribbon_colour)
    pen.paint(
        [oval(-3.6, -17, rx=3.4, ry=2.2, turn=20), oval(3.6, -17, rx=3.4, ry=2.2, turn=-20)],
        ribbon_colour,
    )


_THINGS: Sequence[Callable[[Pen, Colour], None]] = (_ball, _plant, _cushion, _bone, _bowl, _box)
