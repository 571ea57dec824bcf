"""The drawn sample set's pen: smooth shapes, filled and outlined, wherever a frame puts them.

Shapes are plain points in units of their own; a frame turns units into pixels, so that a mirrored,
turned or smaller animal needs no drawing of its own. Everything is a filled polygon, lines too:
that is what Pillow draws fastest, and its ends and corners stay round.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from PIL import Image, ImageDraw

Point = tuple[float, float]
Shape = Sequence[Point]
Colour = tuple[int, int, int]
Mark = tuple[Shape, Colour]

_BETWEEN = 6  # points of a curve between two of its controls
_ROUND = 28  # corners of an oval
_LINE_SHARE = 0.0062  # an outline's width as a share of the sheet's shorter side
_SHADE_SHIFT = 0.014  # how far the light side reaches into a shape's shade, likewise


def mixed(first: Colour, second: Colour, *, share: float) -> Colour:
    """A colour between two: `first` at share 0, `second` at share 1."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(first, second, strict=True))
    return (red, green, blue)


def oval(x: float, y: float, *, rx: float, ry: float = 0.0, turn: float = 0.0) -> Shape:
    """An ellipse around (x, y).

    Args:
        x: Centre.
        y: Centre; y grows downwards.
        rx: Half its width.
        ry: Half its height; 0 makes a circle.
        turn: Degrees, clockwise.
    """
    ry = ry or rx
    cos, sin = math.cos(math.radians(turn)), math.sin(math.radians(turn))
    angles = [math.tau * step / _ROUND for step in range(_ROUND)]
    around = [(rx * math.cos(angle), ry * math.sin(angle)) for angle in angles]
    return [(x + a * cos - b * sin, y + a * sin + b * cos) for a, b in around]


def blob(*controls: Point) -> Shape:
    """A closed smooth shape through its controls; a control given twice makes a corner."""
    return _curve([controls[-1], *controls, controls[0], controls[1]])


def curve(*controls: Point) -> Shape:
    """An open smooth line through its controls."""
    return [*_curve([controls[0], *controls, controls[-1]]), controls[-1]]


def even(*right: Point) -> Shape:
    """A smooth shape that is the same on both sides of x = 0.

    Args:
        right: Controls of its right half from top to bottom; the first and the last lie on x = 0.
    """
    left = [(-x, y) for x, y in reversed(right[1:-1])]
    return blob(*right, *left)


def flipped(shape: Shape) -> Shape:
    """The same shape on the other side of x = 0."""
    return [(-x, y) for x, y in shape]


def moved(shape: Shape, by: Point) -> list[Point]:
    """The same shape elsewhere."""
    return [(x + by[0], y + by[1]) for x, y in shape]


def ribbon(line: Shape, widths: Sequence[float]) -> Shape:
    """A line with a width of its own and round ends.

    Args:
        line: Its middle line.
        widths: Its width at the first point, halfway if there are three, and at the last point.
    """
    points = _distinct(line)
    halves = [_width(i / (len(points) - 1), widths) / 2 for i in range(len(points))]
    normals = _normals(points, closed=False)
    sides = list(zip(points, normals, halves, strict=True))
    right = [(x + nx * half, y + ny * half) for (x, y), (nx, ny), half in sides]
    left = [(x - nx * half, y - ny * half) for (x, y), (nx, ny), half in sides]
    tip = _cap(points[-1], normals[-1], radius=halves[-1])
    back = _cap(points[0], (-normals[0][0], -normals[0][1]), radius=halves[0])
    return [*right, *tip, *reversed(left), *back]


@dataclass(frozen=True)
class Frame:
    """Where units lie on the sheet: pixel x = xx * x + xy * y + x0, and y likewise."""

    xx: float
    xy: float
    x0: float
    yx: float
    yy: float
    y0: float

    def point(self, x: float, y: float) -> Point:
        """A point's place in pixels."""
        return self.xx * x + self.xy * y + self.x0, self.yx * x + self.yy * y + self.y0

    def at(
        self, x: float, y: float, *, scale: float = 1.0, turn: float = 0.0, mirrored: bool = False
    ) -> "Frame":
        """A frame in this one, with its origin at (x, y), turned clockwise by degrees."""
        cos, sin = scale * math.cos(math.radians(turn)), scale * math.sin(math.radians(turn))
        side = -1.0 if mirrored else 1.0
        x0, y0 = self.point(x, y)
        return Frame(
            side * (self.xx * cos + self.xy * sin),
            self.xy * cos - self.xx * sin,
            x0,
            side * (self.yx * cos + self.yy * sin),
            self.yy * cos - self.yx * sin,
            y0,
        )


@dataclass(frozen=True)
class Pen:
    """Draws shapes on a sheet.

    Attributes:
        sheet: An RGB picture; it is drawn on.
        frame: From the units of what is drawn to the sheet's pixels.
        ink: The colour of outlines.
        line_px: The width of outlines.
    """

    sheet: Image.Image
    frame: Frame
    ink: Colour
    line_px: float

    @classmethod
    def on(cls, sheet: Image.Image, ink: Colour) -> "Pen":
        """A pen whose units are the sheet's pixels."""
        frame = Frame(1.0, 0.0, 0.0, 0.0, 1.0, 0.0)
        return cls(sheet, frame, ink, _LINE_SHARE * min(sheet.size))

    def at(
        self, x: float, y: float, *, scale: float = 1.0, turn: float = 0.0, mirrored: bool = False
    ) -> "Pen":
        """The same pen with units of its own; see `Frame.at`."""
        frame = self.frame.at(x, y, scale=scale, turn=turn, mirrored=mirrored)
        return replace(self, frame=frame)

    def fill(self, shape: Shape, colour: Colour, *, opacity: float = 1.0) -> None:
        """Fill a shape without an outline."""
        draw = ImageDraw.Draw(self.sheet, "RGBA")
        draw.polygon(self._placed(shape), fill=(*colour, round(255 * opacity)))

    def paint(self, shapes: Sequence[Shape], colour: Colour, *, marks: Sequence[Mark] = ()) -> None:
        """Paint shapes as one body: an outline around them all, marks and a shade inside.

        Args:
            shapes: Their union is painted; no line is drawn where they overlap.
            colour: Of the side in the light, which is up and left whatever the frame.
            marks: Shapes that are painted inside the body only, each in its colour.
        """
        placed = [self._placed(shape) for shape in shapes]
        draw = ImageDraw.Draw(self.sheet)
        for shape in placed:
            draw.polygon(_grown(shape, self.line_px), fill=self.ink)
        inside = [(self._placed(shape), colour) for shape, colour in marks]
        self._paint_inside(placed, colour, inside)

    def _paint_inside(
        self, placed: Sequence[list[Point]], colour: Colour, marks: Sequence[Mark]
    ) -> None:
        left, top, right, bottom = _box(placed, self.sheet.size)
        if right <= left or bottom <= top:
            return
        size = (right - left, bottom - top)
        mask, light = Image.new("1", size), Image.new("L", size, 255)
        shift = _SHADE_SHIFT * min(self.sheet.size)
        tile = Image.new("RGB", size, colour)
        for shape in placed:
            ImageDraw.Draw(mask).polygon(moved(shape, (-left, -top)), fill=1)
            ImageDraw.Draw(light).polygon(moved(shape, (-left - shift, -top - shift)), fill=0)
        for mark, mark_colour in marks:
            ImageDraw.Draw(tile).polygon(moved(mark, (-left, -top)), fill=mark_colour)
        shade = mixed(self.ink, (60, 40, 90), share=0.5)
        tile.paste(shade, (0, 0), light.point(_SHADE_LEVELS))
        self.sheet.paste(tile, (left, top), mask)

    def _placed(self, shape: Shape) -> list[Point]:
        return [self.frame.point(x, y) for x, y in shape]


_SHADE_LEVELS = [round(level * 0.2) for level in range(256)]


def _box(shapes: Sequence[Shape], size: tuple[int, int]) -> tuple[int, int, int, int]:
    across = [x for shape in shapes for x, _ in shape]
    down = [y for shape in shapes for _, y in shape]
    left, top = max(0, math.floor(min(across))), max(0, math.floor(min(down)))
    right, bottom = math.ceil(max(across)) + 1, math.ceil(max(down)) + 1
    return left, top, min(size[0], right), min(size[1], bottom)


def _curve(controls: Sequence[Point]) -> list[Point]:
    """Catmull-Rom from the second control to the last but one, without its last point."""
    points = []
    for a, b, c, d in zip(controls, controls[1:], controls[2:], controls[3:], strict=False):
        if b != c:
            points += [_between((a, b, c, d), step / _BETWEEN) for step in range(_BETWEEN)]
    return points


def _between(controls: tuple[Point, Point, Point, Point], at: float) -> Point:
    a, b, c, d = controls
    square, cube = at * at, at * at * at
    wa = -0.5 * cube + square - 0.5 * at
    wb = 1.5 * cube - 2.5 * square + 1.0
    wc = -1.5 * cube + 2.0 * square + 0.5 * at
    wd = 0.5 * cube - 0.5 * square
    return (
        wa * a[0] + wb * b[0] + wc * c[0] + wd * d[0],
        wa * a[1] + wb * b[1] + wc * c[1] + wd * d[1],
    )


def _width(at: float, widths: Sequence[float]) -> float:
    start, end = widths[0], widths[-1]
    if len(widths) < 3:
        return start + (end - start) * at
    nearer = start if at < 0.5 else end
    return nearer + (widths[1] - nearer) * math.sin(math.pi * at)


def _cap(centre: Point, normal: Point, *, radius: float) -> list[Point]:
    """Half a circle from the side of `normal` forwards to the other side."""
    start = math.atan2(normal[1], normal[0])
    angles = [start - math.pi * step / 6 for step in range(1, 6)]
    return [(centre[0] + radius * math.cos(a), centre[1] + radius * math.sin(a)) for a in angles]


def _distinct(shape: Shape) -> list[Point]:
    points = [shape[0]]
    for point in shape[1:]:
        if math.dist(point, points[-1]) > 1e-6:
            points.append(point)
    return points


def _normals(points: Sequence[Point], *, closed: bool) -> list[Point]:
    """The unit normals that lie to the left of the way, as seen with y downwards."""
    last = len(points) - 1
    normals = []
    for i in range(len(points)):
        before = points[i - 1] if i or closed else points[0]
        after = points[i + 1] if i < last else points[0 if closed else last]
        along_x, along_y = after[0] - before[0], after[1] - before[1]
        length = math.hypot(along_x, along_y) or 1.0
        normals.append((-along_y / length, along_x / length))
    return normals


def _grown(shape: Shape, by: float) -> list[Point]:
    points = _distinct(shape)
    if math.dist(points[0], points[-1]) < 1e-6:
        points.pop()
    turning = sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise([*points, points[0]]))
    out = -by if turning > 0 else by
    normals = _normals(points, closed=True)
    return [(x + nx * out, y + ny * out) for (x, y), (nx, ny) in zip(points, normals, strict=True)]
