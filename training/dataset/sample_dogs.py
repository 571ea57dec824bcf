"""Drawn dogs: a muzzle with a big nose, long ears, a tongue and a tail that wags."""

from collections.abc import Callable, Mapping, Sequence

from training.dataset.sample_looks import Coat, Look, Pattern, Pose, Torso, patch
from training.dataset.sample_parts import (
    BLACK,
    WHITE,
    blush,
    glint,
    leg,
    neckwear,
    paint_torso,
    paw,
    shut_eye,
    stroke,
    strokes_of_both_sides,
    tail,
)
from training.dataset.sample_pen import (
    Colour,
    Mark,
    Pen,
    Shape,
    blob,
    curve,
    even,
    flipped,
    mixed,
    oval,
)

_SKULL = even((0, -20.5), (9, -18.5), (16, -11), (17, -1), (14, 8), (9, 15), (0, 18))
_MUZZLE = even((0, -3.6), (5.5, -1.4), (11.4, 5.6), (13.4, 13), (9.5, 19.8), (0, 22))
_NOSE = even((0, -1.4), (5.2, -1), (7.2, 2.4), (4.2, 6.6), (0, 8))
_SMILE = ((0.0, 7.0), (0.4, 11.4), (4.4, 13.6), (9.4, 11.0))
_TONGUE = blob((-3.8, 12), (0, 12.6), (3.8, 12), (4.2, 19), (0, 23.5), (-4.2, 19))
_EARS: Sequence[Shape] = (
    blob((9, -16.5), (16, -16), (23.5, -7), (25.5, 8), (20.5, 15), (15.5, 8), (13, -5)),
    blob((8, -17), (17, -19), (24, -10), (25.5, 0), (20, 5), (14.5, -3), (12, -10)),
    blob((8, -16.5), (15.5, -16.5), (22, -4), (25.5, 12), (23, 21), (17, 19), (14, 2)),
)  # hanging, half as long, very long
_PRICKED = blob((4, -14), (6.5, -24), (12.5, -34), (15.5, -33.5), (19, -23), (17.5, -8), (10, -8))
_INNER_PRICKED = blob((8, -16), (9.4, -23), (13.4, -30), (16, -22), (14.5, -13))
_TONGUE_RED: Colour = (226, 92, 96)
_IRISES: Sequence[Colour] = ((106, 66, 40), (84, 52, 36), (140, 92, 48))

_BLAZE = even((0, -20), (1.6, -12), (3.2, -4), (0, 4))
_FACE_SPOTS = ((-4, -15, 1.8), (5, -12, 2.2), (-13, -3, 1.6), (12, 2, 1.7), (0, -9, 1.3))
_LIP = even((0, 8), (4, 10), (5, 12.4), (3, 13), (0, 11.4))

_SIDE = blob(
    (-2, -18), (9, -17), (17, -7), (16, 6), (8, 14), (-4, 15), (-17, 14), (-26, 11), (-28, 4),
    (-24, -1), (-14, -4), (-10, -12),
)  # fmt: skip
_SIDE_MUZZLE = blob((-28, 4), (-24, -1), (-13, -3), (-9, 6), (-12, 14.5), (-17, 14), (-26, 11))
_SIDE_TONGUE = blob((-20, 9.5), (-13, 9.5), (-13, 18), (-16, 22), (-19.5, 18))
_SIDE_EAR = blob((3, -15), (10, -16), (16, -4), (17, 10), (11, 15), (6, 7), (4, -5))

_BIB = even((0, -9), (11, -8), (13, 2), (8.5, 13), (0, 16.5))
_SITTING = Torso(
    even((0, -52), (11, -48), (18, -36), (21, -22), (24, -8), (20, 0), (0, 1)),
    (
        curve((-22, -36), (-12, -35)), curve((22, -36), (12, -35)),
        curve((-25, -26), (-14, -26)), curve((25, -26), (14, -26)),
    ),
    (-22, -44, 22, -22),
)  # fmt: skip
_WALKING = Torso(
    blob((-26, -45), (-10, -46), (10, -45), (28, -46), (36, -38), (34, -26), (20, -23), (2, -20),
         (-18, -16), (-30, -22), (-35, -36)),
    tuple(curve((x, -50), (x + 1.5, -40), (x - 0.5, -32)) for x in (-12, -2, 8, 18, 27)),
    (-28, -44, 34, -24),
)  # fmt: skip
_LYING = Torso(
    blob((-26, -12), (-22, -28), (0, -32), (22, -32), (37, -25), (42, -10), (34, 0), (0, 1),
         (-22, 0)),
    tuple(curve((x, -38), (x + 2, -28), (x, -19)) for x in (2, 11, 20, 29)),
    (-12, -30, 38, -6),
)  # fmt: skip
_BUST = Torso(
    even((0, -38), (15, -32), (28, -18), (34, 0), (36, 16), (0, 18)),
    (
        curve((-33, -12), (-20, -13)), curve((33, -12), (20, -13)),
        curve((-37, 0), (-22, -3)), curve((37, 0), (22, -3)),
    ),
    (-32, -28, 32, 6),
)  # fmt: skip
_TAILS: Sequence[tuple[float, float, float]] = ((6.5, 9.5, 5), (6, 6.5, 4), (8, 13, 5))


def draw_dog(pen: Pen, look: Look) -> None:
    """Draw a dog that stands on the origin, looking left where it has a side.

    Args:
        pen: Units as in `sample_looks.ROOMS`.
        look: The dog.
    """
    _POSES[look.pose](pen, look)


def _sitting(pen: Pen, look: Look) -> None:
    _wagging_tail(pen.at(20, -9), look)
    paint_torso(pen, _SITTING, look=look)
    for side in (-1, 1):
        _haunch(pen.at(20 * side, 0), look)
    for side in (-1, 1):
        line = ((8 * side, -36.0), (8.4 * side, -18.0), (8 * side, -3.4))
        leg(pen, line, widths=(11.5, 10.5), look=look)
    _bib(pen.at(0, -40), look)
    neckwear(pen.at(0, -40, scale=1.08), look)
    size, turn = look.chance.uniform(1.1, 1.2), look.chance.uniform(-10, 10)
    _head(pen.at(0, -60, scale=size, turn=turn), look)


def _wagging_tail(pen: Pen, look: Look) -> None:
    """A tail from the origin to the right, bushy, slim or stubby, with lines that say it wags."""
    widths, turn = look.chance.choice(_TAILS), look.chance.uniform(-18, 12)
    length = look.chance.choice((0.62, 1.0, 1.0))
    wag = pen.at(0, 0, scale=length, turn=turn)
    tail(wag, ((0, 0), (10, -3), (17, -12), (18, -25)), widths=widths, look=look)
    for reach in (25, 28.5):
        stroke(wag, ((reach - 1, -14), (reach, -19), (reach - 1, -24)), width=1.0)


def _haunch(pen: Pen, look: Look) -> None:
    pen.paint([oval(0, -9, rx=8.5, ry=10)], look.coat.base)
    paw(pen.at(0, -2.6), look, size=8.5)


def _bib(pen: Pen, look: Look) -> None:
    pen.fill(_BIB, look.coat.light)


def _walking(pen: Pen, look: Look) -> None:
    _wagging_tail(pen.at(31, -41, scale=0.85), look)
    leg(pen, ((-16, -28), (-12, -14), (-14, -3)), widths=(13, 9), look=look, far=True)
    leg(pen, ((19, -28), (14, -14), (14, -3)), widths=(14, 9), look=look, far=True)
    leg(pen, ((-24, -30), (-26, -14), (-29, -3)), widths=(13, 10), look=look)
    leg(pen, ((27, -30), (32, -14), (29, -3)), widths=(16, 10), look=look)
    paint_torso(pen, _WALKING, look=look)
    neckwear(pen.at(-26, -37, scale=0.9, turn=-10), look)
    turn = look.chance.uniform(-8, 8)
    if look.chance.random() < 0.5:
        _profile(pen.at(-22, -53, scale=1.0, turn=turn), look)
    else:
        _head(pen.at(-26, -52, scale=1.08, turn=turn), look)


def _lying(pen: Pen, look: Look) -> None:
    _wagging_tail(pen.at(37, -9, scale=0.7), look)
    paint_torso(pen, _LYING, look=look)
    stroke(pen, ((14, -1), (13, -12), (20, -21), (31, -20)), width=1.3)
    paw(pen.at(24, -3.4), look, size=11)
    for hip, foot in ((-12, -28), (-24, -40)):
        leg(pen, ((hip, -7), (hip - 8, -5), (foot, -4)), widths=(9, 8), look=look)
    neckwear(pen.at(-18, -15), look)
    _head(pen.at(-17, -36, scale=1.12, turn=look.chance.uniform(-12, 12)), look)


def _portrait(pen: Pen, look: Look) -> None:
    paint_torso(pen, _BUST, look=look)
    _bib(pen.at(0, -12, scale=1.5), look)
    neckwear(pen.at(0, -16, scale=1.5), look)
    _head(pen.at(0, -45, scale=1.45, turn=look.chance.uniform(-8, 8)), look)


_POSES: Mapping[Pose, Callable[[Pen, Look], None]] = {
    Pose.SITTING: _sitting,
    Pose.WALKING: _walking,
    Pose.LYING: _lying,
    Pose.PORTRAIT: _portrait,
}


def _head(pen: Pen, look: Look) -> None:
    coat, pricked = look.coat, look.chance.random() < 0.12
    if pricked:
        _pricked_ears(pen, coat)
    pen.paint([_SKULL, _MUZZLE], coat.base, marks=_face_marks(look))
    pen.fill(_MUZZLE, _muzzle_colour(coat))
    if not pricked:
        ear = look.chance.choice(_EARS)
        for shape in (ear, flipped(ear)):
            pen.paint([shape], _ear_colour(coat))
    _eyes(pen, look)
    blush(pen, look, x=13, y=6.5)
    _mouth(pen, look)


def _pricked_ears(pen: Pen, coat: Coat) -> None:
    pen.paint([_PRICKED, flipped(_PRICKED)], _ear_colour(coat))
    for ear in (_INNER_PRICKED, flipped(_INNER_PRICKED)):
        pen.fill(ear, mixed(coat.base, (150, 96, 84), share=0.5))


def _ear_colour(coat: Coat) -> Colour:
    plain = coat.pattern in (Pattern.PLAIN, Pattern.TABBY)
    return mixed(coat.base, coat.ink, share=0.38) if plain else coat.mark


def _muzzle_colour(coat: Coat) -> Colour:
    return mixed(coat.mark, coat.base, share=0.15) if coat.pattern is Pattern.POINTS else coat.light


def _face_marks(look: Look) -> list[Mark]:
    coat = look.coat
    if coat.pattern is Pattern.PATCHES:
        return [(patch(look.chance, (9, -8), size=8), coat.second or coat.mark)]
    if coat.pattern is Pattern.SPOTS:
        return [(oval(x, y, rx=size), coat.mark) for x, y, size in _FACE_SPOTS]
    if coat.has_blaze:
        return [(_BLAZE, coat.light)]
    return []


def _eyes(pen: Pen, look: Look) -> None:
    asleep = look.pose is Pose.LYING and look.chance.random() < 0.3
    iris = look.chance.choice(_IRISES)
    for x in (-7.6, 7.6):
        if asleep:
            shut_eye(pen.at(x, -4), size=3.6)
        else:
            _eye(pen.at(x, -5), iris)
            stroke(pen, ((x * 0.62, -12.2), (x, -13.4), (x * 1.4, -11.6)), width=1.3)


def _eye(pen: Pen, iris: Colour) -> None:
    pen.paint([oval(0, 0, rx=3.9, ry=4.4)], WHITE)
    pen.fill(oval(0, 0, rx=3.5, ry=4.0), iris)
    pen.fill(oval(0, 0, rx=2.3, ry=2.7), BLACK)
    glint(pen, size=3.6)


def _mouth(pen: Pen, look: Look) -> None:
    if look.chance.random() < 0.6:
        pen.paint([_TONGUE], _TONGUE_RED)
        stroke(pen, ((0, 13), (0, 19)), width=0.9)
        pen.fill(_LIP, _muzzle_colour(look.coat))
    strokes_of_both_sides(pen, _SMILE, width=1.3)
    pen.fill(_NOSE, BLACK)
    pen.fill(oval(-2.2, 1.2, rx=2.0, ry=1.2), WHITE, opacity=0.8)


def _profile(pen: Pen, look: Look) -> None:
    """A head seen from its left side."""
    coat = look.coat
    pen.paint([_SIDE], coat.base, marks=[(_SIDE_MUZZLE, _muzzle_colour(coat))])
    if look.chance.random() < 0.6:
        pen.paint([_SIDE_TONGUE], _TONGUE_RED)
    stroke(pen, ((-26, 9), (-19, 9.8), (-12, 8.6), (-9, 5.6)), width=1.3)
    pen.paint([_SIDE_EAR], _ear_colour(coat))
    _eye(pen.at(-5, -5), look.chance.choice(_IRISES))
    stroke(pen, ((-8, -12), (-5, -13.2), (-2, -12)), width=1.3)
    pen.fill(oval(-26.3, 1.5, rx=4.8, ry=4.2), BLACK)
    pen.fill(oval(-27.6, 0.2, rx=1.2, ry=0.8), WHITE, opacity=0.8)
