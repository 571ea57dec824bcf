"""Rows of pictures of equal size, as large as all of them fit."""

import numpy as np
import pytest
from PySide6.QtCore import QRectF

from catdog_gui.widgets.picture_grid import PictureGrid

SHADES = [
    [(200, 30, 30), (30, 200, 30), (30, 30, 200)],
    [(220, 220, 30), (30, 220, 220), (9, 9, 9)],
]


def picture(shade, side=7):
    return np.full((side, side, 3), shade, dtype=np.uint8)


@pytest.fixture
def grid(qtbot):
    grid = PictureGrid("As it is", "Varied")
    qtbot.addWidget(grid)
    grid.resize(400, 250)
    grid.set_rows([[picture(shade) for shade in row] for row in SHADES])
    return grid


def test_each_picture_is_painted_in_its_place(grid):
    image = grid.grab().toImage()
    for row, shades in enumerate(SHADES):
        for column, shade in enumerate(shades):
            middle = grid.cell(row, column).center().toPoint()
            assert image.pixelColor(middle).getRgb()[:3] == pytest.approx(shade, abs=2)


@pytest.mark.parametrize(("width", "height"), [(400, 250), (260, 600), (1600, 200)])
def test_all_of_them_fit_and_are_squares(grid, width, height):
    grid.resize(width, height)
    area = QRectF(grid.rect())
    cells = [grid.cell(row, column) for row in range(2) for column in range(3)]
    assert all(area.contains(cell) for cell in cells)
    assert all(cell.width() == cell.height() for cell in cells)
    assert not any(a.intersects(b) for a in cells for b in cells if a is not b)


def test_nothing_is_painted_where_there_is_nothing(grid):
    grid.set_rows(())
    image = grid.grab().toImage()
    assert len({image.pixel(x, y) for x in range(0, 400, 9) for y in range(0, 250, 9)}) == 1
