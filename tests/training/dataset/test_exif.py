"""What a camera wrote into a file is told, but for the place."""

import pytest
from PIL import ExifTags, Image

from training.dataset.exif import Exif, read_exif


def _photo(path, *, place=False, **facts):
    exif = Image.Exif()
    for name, value in facts.items():
        exif[ExifTags.Base[name]] = value
    if place:
        exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitudeRef] = "N"
    Image.new("RGB", (8, 8)).save(path, exif=exif)
    return path


def test_camera_time_turn_and_place_are_told(tmp_path):
    photo = _photo(
        tmp_path / "cat.1.jpg",
        place=True,
        Make="Canon\0",
        Model="Canon EOS 80D",
        DateTime="2021:05:03 10:11:12",
        Orientation=6,
    )
    told = Exif("Canon EOS 80D", "2021:05:03 10:11:12", "turned by 90°", has_place=True)
    assert read_exif(photo) == told


def test_the_maker_is_named_where_the_model_does_not(tmp_path):
    assert read_exif(_photo(tmp_path / "a.jpg", Make="Acme", Model="X1")).camera == "Acme X1"


def test_whatever_a_camera_wrote_stays_one_short_line(tmp_path):
    camera = read_exif(_photo(tmp_path / "a.jpg", Model="x\n" * 400)).camera
    assert "\n" not in camera
    assert len(camera) <= 60


@pytest.mark.parametrize("content", [b"", b"\xff\xd8\xff\xe1\x00\x10Exif\0\0broken"])
def test_what_is_damaged_or_gone_says_nothing(tmp_path, content):
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(content)
    assert read_exif(broken) == Exif() == read_exif(tmp_path / "gone.jpg")
