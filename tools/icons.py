"""Turns a drawing of `resources/icons` into the icon forms that systems want.

python tools/icons.py app build/icons
"""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from PIL import Image

SIZES_PX = (16, 22, 24, 32, 48, 64, 128, 256, 512)
"""Those of the hicolor theme that menus and task bars ask for."""
ICO_SIZES_PX = (16, 24, 32, 48, 64, 128, 256)
ICNS_SIZES_PX = (16, 32, 64, 128, 256, 512, 1024)


def main(arguments: Sequence[str]) -> int:
    """Write every form of one drawing into a folder."""
    if len(arguments) != 2:
        print("Usage: icons.py DRAWING FOLDER", file=sys.stderr)
        return 2
    name, folder = arguments[0], Path(arguments[1])
    drawing = Path(__file__).resolve().parent.parent / "resources" / "icons" / f"{name}.svg"
    write_pngs(drawing, folder / "hicolor", name)
    write_ico(drawing, folder / f"{name}.ico")
    write_icns(drawing, folder / f"{name}.icns")
    return 0


def rendered(drawing: Path, side_px: int) -> Image.Image:
    """A drawing as pixels.

    Args:
        drawing: An SVG file.
        side_px: Side of the square.

    Returns:
        RGBA, on nothing.
    """
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    image = QImage(side_px, side_px, QImage.Format.Format_RGBA8888)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(str(drawing)).render(painter)
    painter.end()
    return Image.frombytes("RGBA", (side_px, side_px), bytes(image.constBits()))


def write_pngs(drawing: Path, theme: Path, name: str) -> None:
    """Write a drawing in all sizes of a freedesktop.org icon theme, and as it is."""
    for side in SIZES_PX:
        target = theme / f"{side}x{side}" / "apps" / f"{name}.png"
        target.parent.mkdir(parents=True, exist_ok=True)
        rendered(drawing, side).save(target)
    scalable = theme / "scalable" / "apps" / f"{name}.svg"
    scalable.parent.mkdir(parents=True, exist_ok=True)
    scalable.write_bytes(drawing.read_bytes())


def write_ico(drawing: Path, target: Path) -> None:
    """Write a drawing as a Windows icon."""
    _write_sizes(drawing, target, ICO_SIZES_PX)


def write_icns(drawing: Path, target: Path) -> None:
    """Write a drawing as a macOS icon."""
    _write_sizes(drawing, target, ICNS_SIZES_PX)


def _write_sizes(drawing: Path, target: Path, sizes_px: Sequence[int]) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    *smaller, largest = (rendered(drawing, side) for side in sizes_px)
    largest.save(target, sizes=[(side, side) for side in sizes_px], append_images=smaller)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
