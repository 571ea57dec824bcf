"""What a camera wrote into a picture's file."""

from dataclasses import dataclass
from pathlib import Path

from PIL import ExifTags, Image

from training.dataset.decode import FORMATS

_TURNS = {
    2: "mirrored",
    3: "turned by 180°",
    4: "mirrored upside down",
    5: "mirrored, turned by 270°",
    6: "turned by 90°",
    7: "mirrored, turned by 90°",
    8: "turned by 270°",
}  # EXIF 2.32, table 6: what makes the picture upright, clockwise
_MOST_LETTERS = 60


@dataclass(frozen=True)
class Exif:
    """What the file says of how it was taken; empty where it says nothing.

    Attributes:
        camera: Maker and model.
        taken: When, as the camera's clock had it: "2021:05:03 10:11:12".
        turn: What makes it upright, in words.
        has_place: Whether it says where. The coordinates are nobody's business here.
    """

    camera: str = ""
    taken: str = ""
    turn: str = ""
    has_place: bool = False


def read_exif(path: Path) -> Exif:
    """Read it; whatever is damaged counts as not said."""
    try:
        with Image.open(path, formats=FORMATS) as picture:
            return _told_by(picture.getexif())
    except Exception:  # noqa: BLE001 - Pillow's plug-ins raise every kind on damaged files
        return Exif()


def _told_by(exif: Image.Exif) -> Exif:
    inner = exif.get_ifd(ExifTags.IFD.Exif)
    maker, model = _text(exif.get(ExifTags.Base.Make)), _text(exif.get(ExifTags.Base.Model))
    taken = inner.get(ExifTags.Base.DateTimeOriginal) or exif.get(ExifTags.Base.DateTime)
    return Exif(
        camera=model if model.startswith(maker) else f"{maker} {model}".strip(),
        taken=_text(taken),
        turn=_TURNS.get(exif.get(ExifTags.Base.Orientation, 1), ""),
        has_place=bool(exif.get_ifd(ExifTags.IFD.GPSInfo)),
    )


def _text(value: object) -> str:
    """One line of what may be anything."""
    if not isinstance(value, str):
        return ""
    words = "".join(sign if sign.isprintable() else " " for sign in value)
    return " ".join(words.split())[:_MOST_LETTERS]
