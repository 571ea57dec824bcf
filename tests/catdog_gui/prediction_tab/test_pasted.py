"""Pasted pictures become files for as long as they are needed."""

import pytest
from PySide6.QtGui import QColor, QImage

from catdog_gui.prediction_tab.pasted import PastedPictures
from training.dataset.decode import decode
from training.errors import PictureError


def _image(colour="#0072B2"):
    image = QImage(8, 6, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    return image


def test_a_pasted_picture_goes_through_the_one_decode_unchanged():
    pasted = PastedPictures()
    picture = decode(pasted.keep(_image()))
    assert picture.size == (8, 6)
    assert picture.getpixel((0, 0)) == (0x00, 0x72, 0xB2)


def test_pasted_pictures_are_numbered():
    pasted = PastedPictures()
    assert [pasted.keep(_image()).name for _ in range(2)] == [
        "Pasted picture 1.png",
        "Pasted picture 2.png",
    ]


def test_an_empty_picture_is_refused_and_leaves_no_gap():
    pasted = PastedPictures()
    with pytest.raises(PictureError):
        pasted.keep(QImage())
    assert pasted.keep(_image()).name == "Pasted picture 1.png"


def test_the_files_are_known():
    pasted = PastedPictures()
    assert pasted.paths == frozenset()
    kept = {pasted.keep(_image()), pasted.keep(_image())}
    assert pasted.paths == kept


def test_the_files_go_with_whoever_kept_them():
    pasted = PastedPictures()
    path = pasted.keep(_image())
    del pasted
    assert not path.parent.exists()
