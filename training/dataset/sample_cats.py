"""Drawn cats: pointed ears, a round face, slit eyes, whiskers and a slim tail."""

from collections.abc import Callable, Mapping, Sequence

from training.dataset.sample_looks import Coat, Look, Pattern, Pose, Torso, patch
from training.dataset.sample_parts import (
    BLACK,
    PINK,
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
    blob,
    curve,
    even,
    flipped,
    mixed,
    oval,
    ribbon,
)

_FACE = even((0, -18), (9, -16.5), (17.5, -9), (21, 2.5), (17.5, 11), (9, 16), (0, 17))
_EAR = blob(
    (3, -13), (8.5, -21.5), (17, -31), (17, -31), (20.6, -18), (20, -3), (10, -6)
)  # fmt: skip
_INNER_EAR = blob((8, -15), (11, -20.5), (16, -26.5), (16, -26.5), (18, -18), (17.5, -9), (12, -11))
_CHEEK_TUFT = blob((17, 0), (25, 6), (25, 6), (19, 9.5), (22.5, 13), (22.5, 13), (12, 14), (10, 6))
_CHEEKS = (
    oval(-4.3, 8.6, rx=5.4, ry=4.6),
    oval(4.3, 8.6, rx=5.4, ry=4.6),
    oval(0, 12.4, rx=4, ry=3.4),
)
_NOSE = even((0, 3.2), (2.6, 3.4), (1.6, 5.6), (0, 6.8))
_SMILE = ((0.0, 6.6), (0.6, 9.2), (3.4, 10.6), (6.6, 8.6))
_WHISKERS = (
    ((8.0, 7.4), (17.0, 4.6), (27.0, 4.4)),
    ((8.0, 9.2), (17.5, 8.6), (27.5, 10.4)),
    ((7.6, 11.0), (16.0, 12.6), (25.0, 16.4)),
)
_BROW_STRIPES = (
    curve((0, -17), (0, -8)),
    curve((6, -16.5), (4.5, -9)),
    curve((-6, -16.5), (-4.5, -9)),
)
_BLAZE = even((0, -12), (2.5, -6), (6, 6), (0, 12))
_MASK, _MASK_EDGE = oval(0, 5, rx=11, ry=12), oval(0, 5, rx=13.8, ry=15)
_CHEEK_STRIPES = (curve((22, 0), (14.5, 4)), curve((22, 6), (14.5, 7.5)))

_IRISES: Sequence[Colour] = ((132, 204, 70), (250, 196, 44), (86, 184, 232), (70, 196, 150))
_BIB = even((0, -9), (9, -8), (11, 2), (7.5, 12), (0, 15))
_SITTING = Torso(
    even((0, -52), (9, -48), (15, -36), (22, -20), (25, -6), (20, 0), (0, 1)),
    (
        curve((-20, -34), (-9, -33)), curve((20, -34), (9, -33)),
        curve((-23, -25), (-11, -25)), curve((23, -25), (11, -25)),
    ),
    (-22, -44, 22, -22),
)  # fmt: skip
_WALKING = Torso(
    blob((-28, -43), (-12, -43), (8, -42), (24, -44), (35, -37), (35, -24), (22, -18), (4, -18),
         (-14, -15), (-29, -19), (-35, -31)),
    tuple(curve((x, -46), (x + 1.5, -38), (x - 0.5, -30)) for x in (-12, -2, 8, 18, 27)),
    (-26, -42, 34, -22),
)  # fmt: skip
_LYING = Torso(
    blob((-33, -14), (-22, -28), (0, -33), (22, -33), (37, -23), (41, -9), (34, 0), (0, 1),
         (-28, 0), (-35, -6)),
    tuple(curve((x, -38), (x + 2, -28), (x, -19)) for x in (-2, 8, 18, 28)),
    (-12, -30, 38, -6),
)  # fmt: skip
_BUST = Torso(
    even((0, -36), (13, -30), (26, -17), (33, 0), (35, 16), (0, 18)),
    (
        curve((-31, -10), (-18, -12)), curve((31, -10), (18, -12)),
        curve((-36, 0), (-20, -3)), curve((36, 0), (20, -3)),
    ),
    (-32, -28, 32, 6),
)  # fmt: skip


def draw_cat(pen: Pen, look: Look) -> None:
    """Draw a cat that stands on the origin, looking left where it has a side.

    Args:
        pen: Units as in `sample_looks.ROOMS`.
        look: The cat.
    """
    _POSES[look.pose](pen, look)


def _sitting(pen: Pen, look: Look) -> None:
    lift = look.chance.uniform(0, 22)
    tail(pen, ((20, -6), (33, -5), (36, -16 - lift), (31, -24 - lift)), widths=(7, 7, 5), look=look)
    paint_torso(pen, _SITTING, look=look)
    for side in (-1, 1):
        _haunch(pen.at(18 * side, 0), look)
    for side in (-1, 1):
        line = ((6.3 * side, -34.0), (6.6 * side, -18.0), (6.6 * side, -3.2))
        leg(pen, line, widths=(9.5, 9), look=look)
    _bib(pen.at(0, -40), look)
    neckwear(pen.at(0, -41), look)
    size, turn = look.chance.uniform(1.1, 1.2), look.chance.uniform(-9, 9)
    _head(pen.at(0, -60, scale=size, turn=turn), look)


def _haunch(pen: Pen, look: Look) -> None:
    pen.paint([oval(0, -10, rx=9.5, ry=11)], look.coat.base)
    paw(pen.at(0, -2.4), look, size=8.5)


def _bib(pen: Pen, look: Look) -> None:
    pen.fill(_BIB, look.coat.light)


def _walking(pen: Pen, look: Look) -> None:
    sway = look.chance.uniform(-5, 5)
    line = ((31, -38), (41, -42), (43 + sway * 0.3, -58), (39 + sway, -72))
    tail(pen, line, widths=(6, 5.6, 4.6), look=look)
    leg(pen, ((-17, -26), (-13, -14), (-15, -3)), widths=(10, 7.5), look=look, far=True)
    leg(pen, ((20, -26), (15, -14), (13, -3)), widths=(12, 7.5), look=look, far=True)
    leg(pen, ((-25, -27), (-27, -14), (-31, -3)), widths=(11, 8), look=look)
    leg(pen, ((27, -28), (32, -14), (29, -3)), widths=(14, 8), look=look)
    paint_torso(pen, _WALKING, look=look)
    neckwear(pen.at(-24, -36.5, scale=0.8, turn=-8), look)
    _head(pen.at(-26, -51, scale=1.08, turn=look.chance.uniform(-8, 8)), look)


def _lying(pen: Pen, look: Look) -> None:
    paint_torso(pen, _LYING, look=look)
    stroke(pen, ((15, -1), (13, -12), (20, -22), (31, -21)), width=1.3)
    tail(pen, ((38, -7), (41, -1), (28, 0), (12, -1), (6, -4)), widths=(6.5, 6.5, 5), look=look)
    for x in (-28, -14):
        paw(pen.at(x, -3), look, size=8)
    neckwear(pen.at(-19, -14), look)
    _head(pen.at(-19, -35, scale=1.14, turn=look.chance.uniform(-10, 10)), look)


def _portrait(pen: Pen, look: Look) -> None:
    paint_torso(pen, _BUST, look=look)
    _bib(pen.at(0, -12, scale=1.5), look)
    neckwear(pen.at(0, -18, scale=1.5), look)
    _head(pen.at(0, -47, scale=1.55, turn=look.chance.uniform(-8, 8)), look)


_POSES: Mapping[Pose, Callable[[Pen, Look], None]] = {
    Pose.SITTING: _sitting,
    Pose.WALKING: _walking,
    Pose.LYING: _lying,
    Pose.PORTRAIT: _portrait,
}


def _head(pen: Pen, look: Look) -> None:
    coat = look.coat
    _ears(pen, coat)
    tufts = [_CHEEK_TUFT, flipped(_CHEEK_TUFT)] if look.chance.random() < 0.5 else []
    pen.paint([_FACE, *tufts], coat.base, marks=_face_marks(look))
    for cheek in _CHEEKS:
        pen.fill(cheek, coat.mark if coat.pattern is Pattern.POINTS else coat.light)
    _eyes(pen, look)
    blush(pen, look, x=14.5, y=7.5)
    _mouth(pen, coat)


def _ears(pen: Pen, coat: Coat) -> None:
    marked = coat.pattern in (Pattern.POINTS, Pattern.PATCHES)
    pen.paint([_EAR, flipped(_EAR)], coat.mark if marked else coat.base)
    for ear in (_INNER_EAR, flipped(_INNER_EAR)):
        pen.fill(ear, PINK)


def _face_marks(look: Look) -> list[Mark]:
    coat = look.coat
    match coat.pattern:
        case Pattern.TABBY | Pattern.SPOTS:
            cheeks = [*_CHEEK_STRIPES, *(flipped(line) for line in _CHEEK_STRIPES)]
            return [(ribbon(line, (3.4, 0.8)), coat.mark) for line in (*_BROW_STRIPES, *cheeks)]
        case Pattern.PATCHES:
            second = coat.second or coat.mark
            left = (patch(look.chance, (-15, -9), size=9), second)
            right = (patch(look.chance, (14, -11), size=9), coat.mark)
            return [left, right][: look.chance.choice((1, 2))]
        case Pattern.POINTS:
            soft = mixed(coat.base, coat.mark, share=0.45)
            return [(_MASK_EDGE, soft), (_MASK, coat.mark)]
        case _:
            return [(_BLAZE, coat.light)] if coat.has_blaze else []


def _eyes(pen: Pen, look: Look) -> None:
    asleep = look.pose is Pose.LYING and look.chance.random() < 0.4
    iris, wide = look.chance.choice(_IRISES), look.chance.uniform(1.1, 3.0)
    for x in (-9, 9):
        if asleep:
            shut_eye(pen.at(x, 0), size=4.2)
        else:
            _eye(pen.at(x, -0.8, scale=1.1), iris, wide=wide)


def _eye(pen: Pen, iris: Colour, *, wide: float) -> None:
    pen.paint([oval(0, 0, rx=4.9, ry=5.3)], iris)
    pen.fill(oval(0, 0, rx=wide, ry=4.9), BLACK)
    glint(pen, size=4.6)


def _mouth(pen: Pen, coat: Coat) -> None:
    pen.paint([_NOSE], mixed(PINK, (200, 80, 100), share=0.3))
    strokes_of_both_sides(pen, _SMILE, width=1.1)
    for whisker in _WHISKERS:
        for line in (whisker, flipped(whisker)):
            pen.fill(ribbon(curve(*line), (0.9, 0.3)), WHITE if coat.is_dark else pen.ink)
