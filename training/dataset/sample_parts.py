"""Parts that drawn cats and dogs share: eyes, legs, tails, blushes and what they wear."""

from collections.abc import Callable, Mapping, Sequence

from training.dataset.sample_looks import Look, Neckwear, Pattern, Torso, torso_marks
from training.dataset.sample_pen import (
    Colour,
    Mark,
    Pen,
    Point,
    Shape,
    blob,
    curve,
    flipped,
    mixed,
    oval,
    ribbon,
)

WHITE: Colour = (255, 255, 255)
BLACK: Colour = (36, 28, 36)
PINK: Colour = (246, 148, 166)
_BLUSH: Colour = (240, 110, 110)
_GOLD: Colour = (250, 206, 84)

_BAND = ribbon(curve((-12, -5), (0, 0), (12, -5)), (3.8, 4.6, 3.8))
_SCARF = blob((-12, -6), (0, -1), (12, -6), (7, 4), (0, 12), (0, 12), (-7, 4))
_BANDANA_DOTS = ((-6, 0), (0, 3), (6, 0), (-2.5, 7), (2.5, 7))
_WING = blob((1, 2), (9, -3), (10, 2), (9, 7), (1, 2))

Line = tuple[Point, ...]


def stroke(pen: Pen, line: Sequence[Point], *, width: float = 1.2) -> None:
    """A line of ink, a little thinner at its ends."""
    pen.fill(ribbon(curve(*line), (width * 0.7, width, width * 0.7)), pen.ink)


def strokes_of_both_sides(pen: Pen, line: Sequence[Point], *, width: float = 1.2) -> None:
    """The line and its mirror image at x = 0."""
    stroke(pen, line, width=width)
    stroke(pen, flipped(line), width=width)


def glint(pen: Pen, *, size: float) -> None:
    """Two highlights in an eye at the origin."""
    pen.fill(oval(-size * 0.32, -size * 0.4, rx=size * 0.34), WHITE)
    pen.fill(oval(size * 0.34, size * 0.4, rx=size * 0.16), WHITE)


def shut_eye(pen: Pen, *, size: float) -> None:
    """An eye at the origin, closed in content."""
    stroke(pen, ((-size, size * 0.3), (0, -size * 0.5), (size, size * 0.3)), width=1.6)


def blush(pen: Pen, look: Look, *, x: float, y: float) -> None:
    """A rosy cheek at (x, y) and another at (-x, y); dark fur shows none."""
    if look.coat.is_dark:
        return
    for side in (-1, 1):
        pen.fill(oval(side * x, y, rx=3.4, ry=2.2), _BLUSH, opacity=0.28)


def leg(
    pen: Pen, line: Line, *, widths: tuple[float, float], look: Look, far: bool = False
) -> None:
    """A leg with its foot.

    Args:
        pen: Units of the animal.
        line: From hip or shoulder to the foot.
        widths: At its top and above the foot.
        look: The animal.
        far: Whether it is on the side that lies in the shade.
    """
    coat = look.coat
    shape = ribbon(curve(*line), widths)
    x, y = line[-1]
    foot = oval(x - 1.2, y, rx=widths[1] * 0.78, ry=widths[1] * 0.52)
    sock = (oval(x - 1.2, y + 0.5, rx=9, ry=5), _foot_colour(look))
    pen.paint([shape, foot], coat.far if far else coat.base, marks=[*_leg_bands(look, line), sock])
    _toes(pen.at(x - 1.2, y), size=widths[1] * 0.5)


def _leg_bands(look: Look, line: Line) -> list[Mark]:
    if look.coat.pattern is not Pattern.TABBY:
        return []
    (ax, ay), (bx, by) = line[0], line[-1]
    shares = (0.5, 0.66)
    middles = [(ax + (bx - ax) * share, ay + (by - ay) * share) for share in shares]
    return [(oval(x, y, rx=8, ry=1.0), look.coat.mark) for x, y in middles]


def paw(pen: Pen, look: Look, *, size: float) -> None:
    """A paw that rests on the ground below the origin."""
    pen.paint([oval(0, 0, rx=size, ry=size * 0.52)], _foot_colour(look))
    _toes(pen, size=size * 0.48)


def _foot_colour(look: Look) -> Colour:
    return look.coat.mark if look.coat.pattern is Pattern.POINTS else look.coat.light


def _toes(pen: Pen, *, size: float) -> None:
    """Two short lines that part three toes."""
    for x in (-0.45 * size, 0.45 * size):
        stroke(pen, ((x, size * 0.1), (x, size * 0.85)), width=0.9)


def tail(pen: Pen, line: Line, *, widths: tuple[float, float, float], look: Look) -> None:
    """A tail along a line, ringed, tipped or plain as the coat has it.

    Args:
        pen: Units of the animal.
        line: From the body to the tip.
        widths: At the body, halfway, at the tip.
        look: The animal.
    """
    middle = curve(*line)
    marks = [*_tail_rings(look, middle), *_tail_tip(look, middle[-1])]
    pen.paint([ribbon(middle, widths)], look.coat.ends, marks=marks)


def _tail_rings(look: Look, middle: Shape) -> list[Mark]:
    if look.coat.pattern is not Pattern.TABBY:
        return []
    places = [middle[round(len(middle) * share)] for share in (0.35, 0.55, 0.75)]
    return [(oval(x, y, rx=7, ry=1.5, turn=20), look.coat.mark) for x, y in places]


def _tail_tip(look: Look, tip: Point) -> list[Mark]:
    coat = look.coat
    if coat.pattern is Pattern.PLAIN:
        return [(oval(*tip, rx=5), coat.light)]
    return [(oval(*tip, rx=6), coat.mark)]


def paint_torso(pen: Pen, torso: Torso, *, look: Look) -> None:
    """A body with its coat's pattern."""
    pen.paint([torso.outline], look.coat.base, marks=torso_marks(look, torso))


def neckwear(pen: Pen, look: Look) -> None:
    """What the animal wears, with the front of its neck at the origin."""
    if look.neckwear is not Neckwear.NONE:
        _WEAR[look.neckwear](pen, look.accent)


def _collar(pen: Pen, colour: Colour) -> None:
    pen.paint([_BAND], colour)
    pen.paint([oval(0, 4.6, rx=3.0)], _GOLD)


def _bandana(pen: Pen, colour: Colour) -> None:
    dots = [(oval(x, y, rx=1.2), WHITE) for x, y in _BANDANA_DOTS]
    pen.paint([_SCARF], colour, marks=dots)


def _bow(pen: Pen, colour: Colour) -> None:
    pen.paint([_BAND], colour)
    pen.paint([_WING, flipped(_WING)], colour)
    pen.paint([oval(0, 2, rx=2.6)], mixed(colour, WHITE, share=0.25))


_WEAR: Mapping[Neckwear, Callable[[Pen, Colour], None]] = {
    Neckwear.COLLAR: _collar,
    Neckwear.BANDANA: _bandana,
    Neckwear.BOW: _bow,
}
