"""The one decode: whatever the file, the same upright RGB pixels on every road."""

import io
import struct
import zlib
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from training.dataset.decode import MAX_PIXELS, decode, load_pixels, thumbnail
from training.errors import PictureError

RED, WHITE, GREEN = (255, 0, 0), (255, 255, 255), (0, 255, 0)
TURNS = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


def encoded(picture: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    file = io.BytesIO()
    picture.save(file, kind, **options)
    return file.getvalue()


def gradient(size: tuple[int, int] = (40, 30)) -> Image.Image:
    across = np.linspace(0, 255, size[0], dtype=np.uint8)
    down = np.linspace(0, 255, size[1], dtype=np.uint8)
    red, green = np.meshgrid(across, down)
    return Image.fromarray(np.stack([red, green, red // 2 + green // 2], axis=-1))


@pytest.mark.fault(60)
@pytest.mark.parametrize("orientation", TURNS)
def test_exif_orientation_is_turned_upright(orientation: int) -> None:
    upright = Image.new("RGB", (20, 10), WHITE)
    upright.paste(RED, (0, 0, 10, 5))  # red in the top left quarter
    turn = TURNS[orientation]
    stored = upright if turn is None else upright.transpose(turn)
    exif = Image.Exif()
    exif[0x0112] = orientation
    assert decode(encoded(stored, "PNG", exif=exif)).tobytes() == upright.tobytes()
    jpeg = decode(encoded(stored, "JPEG", exif=exif, quality=95))
    assert jpeg.size == upright.size
    assert jpeg.getpixel((2, 2))[1] < 60


@pytest.mark.fault(59)
@pytest.mark.parametrize(
    "picture", [Image.new("RGBA", (8, 8), (*RED, 0)), Image.new("LA", (8, 8), (10, 0))]
)
def test_what_is_transparent_shows_white_and_no_hidden_colour(picture: Image.Image) -> None:
    assert decode(encoded(picture)).getpixel((4, 4)) == WHITE


@pytest.mark.fault(59)
def test_a_transparent_palette_entry_and_a_colour_key_show_white() -> None:
    palette = Image.new("P", (8, 8), 1)
    palette.putpalette([0, 0, 0, 255, 0, 0])
    assert decode(encoded(palette, transparency=1)).getpixel((4, 4)) == WHITE
    assert decode(encoded(Image.new("RGB", (8, 8), RED), transparency=RED)).getpixel((4, 4)) == (
        WHITE
    )


@pytest.mark.fault(58)
def test_sixteen_bits_are_scaled_and_not_white() -> None:
    levels = np.full((8, 8), 128 * 257, dtype=np.uint16)
    assert decode(encoded(Image.fromarray(levels))).getpixel((4, 4)) == (128, 128, 128)


@pytest.mark.fault(57)
@pytest.mark.parametrize("mode", ["1", "L", "P", "CMYK", "YCbCr"])
def test_other_colour_modes_become_their_own_colours_in_rgb(mode: str) -> None:
    converted = gradient().convert(mode)
    picture = decode(encoded(converted, "TIFF"))
    expected = converted.convert("RGB")
    assert picture.mode == "RGB"
    assert np.abs(np.asarray(picture, int) - np.asarray(expected, int)).max() <= 1


@pytest.mark.fault(56)
def test_the_content_decides_and_not_the_name(tmp_path: Path) -> None:
    file = tmp_path / "really_a_png.jpg"
    file.write_bytes(encoded(gradient()))
    assert decode(file).tobytes() == gradient().tobytes()


@pytest.mark.fault(61)
def test_of_an_animation_it_is_the_first_frame() -> None:
    frames = [Image.new("RGB", (8, 8), colour) for colour in (GREEN, RED)]
    content = encoded(frames[0], "GIF", save_all=True, append_images=frames[1:])
    assert decode(content).getpixel((4, 4)) == GREEN


@pytest.mark.fault(52)
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "BMP", "GIF", "WEBP", "TIFF"])
def test_a_picture_cut_off_in_the_middle_is_refused(kind: str) -> None:
    whole = encoded(Image.effect_noise((90, 90), 80).convert("RGB"), kind)
    with pytest.raises(PictureError):
        decode(whole[: len(whole) // 2])


@pytest.mark.fault(51)
def test_an_empty_file_says_so(tmp_path: Path) -> None:
    (tmp_path / "666.jpg").touch()
    with pytest.raises(PictureError, match="empty"):
        decode(tmp_path / "666.jpg")


@pytest.mark.fault(62)
@pytest.mark.parametrize("content", [b"just text", b"%PDF-1.4 ...", b"%!PS-Adobe EPSF", b"<svg/>"])
def test_what_is_no_picture_is_refused_with_a_next_step(content: bytes) -> None:
    with pytest.raises(PictureError, match="not a picture") as caught:
        decode(content)
    assert caught.value.hint


@pytest.mark.fault(63)
def test_a_picture_of_too_many_pixels_is_refused_before_it_is_decoded() -> None:
    side = int(MAX_PIXELS**0.5) + 1
    chunk = b"IHDR" + struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    bomb = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + chunk
    bomb += struct.pack(">I", zlib.crc32(chunk)) + struct.pack(">I", 0) + b"IDAT" + b"\0" * 4
    with pytest.raises(PictureError, match="too large"):
        decode(bomb)


@pytest.mark.fault(65)
def test_a_file_that_is_gone_says_so(tmp_path: Path) -> None:
    with pytest.raises(PictureError, match="not there"):
        decode(tmp_path / "gone.jpg")


def test_pixels_have_the_networks_shape_from_file_and_from_bytes(tmp_path: Path) -> None:
    content = encoded(gradient(), "JPEG")
    (tmp_path / "cat.0.jpg").write_bytes(content)
    pixels = load_pixels(content, 32)
    assert pixels.shape == (32, 32, 3)
    assert pixels.dtype == np.uint8
    assert np.array_equal(pixels, load_pixels(tmp_path / "cat.0.jpg", 32))


def test_scaling_down_averages_instead_of_skipping_pixels() -> None:
    stripes = np.zeros((128, 128, 3), np.uint8)
    stripes[:, ::2] = 255
    pixels = load_pixels(encoded(Image.fromarray(stripes)), 32)
    assert np.abs(pixels.astype(int) - 127).max() < 40


def test_a_thumbnail_keeps_proportions_and_turns_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    content = encoded(gradient((400, 200)), "JPEG", exif=exif)
    assert thumbnail(content, 96).size == (48, 96)


def test_a_thumbnail_of_a_damaged_picture_is_refused() -> None:
    with pytest.raises(PictureError):
        thumbnail(encoded(gradient((200, 200)), "JPEG")[:200], 96)
