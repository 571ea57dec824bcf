"""Files with wrong bytes: a picture, or a sentence, and never anything else."""

import contextlib
import io
import random
import warnings
from collections.abc import Iterator

import pytest
from PIL import Image

from training.dataset.decode import decode, thumbnail
from training.errors import PictureError

FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "TIFF", "BMP", "AVIF", "MPO")
VARIANTS = 150
SEED = 7


def turned(kind: str) -> bytes:
    """A picture with EXIF that says it lies on its side."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010E], exif[0x0128] = 6, "a description", 2
    picture = Image.linear_gradient("L").resize((40, 24)).convert("RGB")
    file = io.BytesIO()
    options = {} if kind in ("GIF", "BMP") else {"exif": exif}
    picture.save(file, kind, **options)
    return file.getvalue()


def damaged(content: bytes) -> Iterator[bytes]:
    """The content with a few wrong bytes, most of them in its head; some are cut off too."""
    chance = random.Random(SEED)
    for _ in range(VARIANTS):
        changed = bytearray(content)
        for _ in range(chance.choice((1, 2, 4))):
            reach = len(changed) if chance.random() < 0.4 else min(len(changed), 200)
            changed[chance.randrange(reach)] = chance.choice((0, 255, chance.randrange(256)))
        end = len(changed) if chance.random() < 0.8 else chance.randrange(len(changed))
        yield bytes(changed[:end])


@pytest.mark.parametrize("kind", FORMATS)
def test_whatever_is_wrong_with_a_file_is_a_sentence(kind: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Pillow remarks on EXIF that it skips
        for content in damaged(turned(kind)):
            for read in (decode, lambda content: thumbnail(content, 16)):
                with contextlib.suppress(PictureError):
                    assert read(content).mode == "RGB"


def test_damaged_exif_beside_the_orientation_costs_no_picture() -> None:
    whole = turned("JPEG")
    unit = whole.index(b"\x01\x28\x00\x03")  # big-endian: the resolution's unit, a short
    assert decode(whole).size == (24, 40)
    as_text = whole[:unit] + b"\x01\x28\x00\x02" + whole[unit + 4 :]
    assert decode(as_text).tobytes() == decode(whole).tobytes()
