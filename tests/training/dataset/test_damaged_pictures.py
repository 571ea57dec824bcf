"""Files with wrong bytes: a picture, or a sentence, and never anything else."""

import contextlib
import io
import random
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from tests.training.dataset.making import Import, write_folder
from training.dataset.catalog import State
from training.dataset.decode import decode, thumbnail
from training.dataset.library import open_dataset
from training.errors import PictureError
from training.home import Home

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


@pytest.mark.fault(53)
@pytest.mark.parametrize("kind", FORMATS)
def test_whatever_is_wrong_with_a_file_is_a_sentence(kind: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Pillow remarks on EXIF that it skips
        for content in damaged(turned(kind)):
            for read in (decode, lambda content: thumbnail(content, 16)):
                with contextlib.suppress(PictureError):
                    assert read(content).mode == "RGB"


def noisy() -> bytes:
    """A JPEG whose pixels are noise, so that its scan is long."""
    file = io.BytesIO()
    Image.effect_noise((64, 64), 80).convert("RGB").save(file, "JPEG")
    return file.getvalue()


def garbled(content: bytes, seed: int) -> bytes:
    """A JPEG whose head and end are whole, with an eighth of its scan drawn anew."""
    chance, changed = random.Random(seed), bytearray(content)
    scan = range(content.index(b"\xff\xda") + 14, len(content) - 2)
    for place in chance.sample(scan, len(scan) // 8):
        changed[place] = chance.randrange(256)
    return bytes(changed)


@pytest.mark.fault(53)
def test_an_import_uses_a_garbled_jpeg_or_says_what_is_wrong_with_it(
    tmp_path: Path, home: Home
) -> None:
    whole = noisy()
    files = {f"cat.{seed}.jpg": garbled(whole, seed) for seed in range(40)}
    files |= {"dog.0.jpg": whole}
    done = Import(write_folder(tmp_path / "mine", files), home)
    with open_dataset(home, "pets") as catalog:
        states = {picture.name: picture.state for picture in catalog.pictures(state=None)}
    assert states.keys() == files.keys()
    assert states["dog.0.jpg"] is State.USED
    assert State.USED in {states[name] for name in states if name != "dog.0.jpg"}
    left_out = {name for name, state in states.items() if state is not State.USED}
    assert left_out == {Path(name).name for name in done.quarantined}
    assert all(done.quarantined.values())


@pytest.mark.fault(54)
def test_extraneous_bytes_before_a_jpegs_end_change_no_pixel_and_are_no_noise(
    tmp_path: Path, home: Home, capfd: pytest.CaptureFixture[str]
) -> None:
    whole = noisy()
    padded = whole[:-2] + bytes(214) + whole[-2:]
    assert decode(padded).tobytes() == decode(whole).tobytes()
    assert thumbnail(padded, 16).tobytes() == thumbnail(whole, 16).tobytes()
    files = {"cat.0.jpg": padded, "dog.0.jpg": whole}
    assert Import(write_folder(tmp_path / "mine", files), home).quarantined == {}
    assert capfd.readouterr() == ("", "")


def test_damaged_exif_beside_the_orientation_costs_no_picture() -> None:
    whole = turned("JPEG")
    unit = whole.index(b"\x01\x28\x00\x03")  # big-endian: the resolution's unit, a short
    assert decode(whole).size == (24, 40)
    as_text = whole[:unit] + b"\x01\x28\x00\x02" + whole[unit + 4 :]
    assert decode(as_text).tobytes() == decode(whole).tobytes()
