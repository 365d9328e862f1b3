from __future__ import annotations

import io
import struct
import zlib

import numpy as np
import pytest
from PIL import Image

from audits.logo.decode import MAX_BYTES, SIDE, Unreadable, decode
from audits.logo.thumbnail import as_png, thumbnail
from fixtures.logos.drawing import draw_avatar

BLUE = (0, 70, 130)


def saved(image: Image.Image, fmt: str, **options) -> bytes:
    held = io.BytesIO()
    image.save(held, fmt, **options)
    return held.getvalue()


def png_header(width: int, height: int) -> bytes:
    body = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    head = struct.pack(">I", 13) + body + struct.pack(">I", zlib.crc32(body))
    return b"\x89PNG\r\n\x1a\n" + head + struct.pack(">I", 9000) + b"IDAT" + zlib.compress(bytes(9000))


def webp_canvas(width: int, height: int) -> bytes:
    size = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    chunk = b"VP8X" + struct.pack("<I", 10) + b"\x00\x00\x00\x00" + size
    return b"RIFF" + struct.pack("<I", 4 + len(chunk)) + b"WEBP" + chunk


def outcome(data: bytes) -> str:
    try:
        return "read" if max(decode(data).image.size) <= SIDE else "too large"
    except Unreadable as refusal:
        return refusal.reason


def colour_at(data: bytes, at: tuple[int, int]) -> tuple[int, ...]:
    found = decode(data).image.getpixel(at)
    assert isinstance(found, tuple)
    return found


BAD = {
    "no bytes": (b"", "empty"),
    "text": (b"hello", "unknown_format"),
    "svg": (b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'/>", "unknown_format"),
    "html": (b"<!doctype html><title>Log in</title>", "unknown_format"),
    "bmp": (saved(Image.new("RGB", (9, 9)), "BMP"), "unknown_format"),
    "tiff": (saved(Image.new("RGB", (9, 9)), "TIFF"), "unknown_format"),
    "jpeg cut in half": (draw_avatar("different", 10, 400, "JPEG")[:6000], "truncated"),
    "png cut in half": (draw_avatar("different", 10, 400, "PNG")[:6000], "truncated"),
    "webp cut in half": (draw_avatar("different", 10, 400, "WEBP")[:3000], "truncated"),
    "gif cut in half": (saved(Image.effect_mandelbrot((200, 200), (-2, -1, 1, 1), 50), "GIF")[:2000], "truncated"),
    "jpeg magic alone": (b"\xff\xd8\xff\xe0", "truncated"),
    "png magic alone": (b"\x89PNG\r\n\x1a\n", "truncated"),
    "webp magic alone": (b"RIFF\x04\x00\x00\x00WEBP", "truncated"),
    "gif magic alone": (b"GIF89a", "truncated"),
    "png of 50,000 x 50,000": (png_header(50_000, 50_000), "too_many_pixels"),
    "webp of 16,000 x 16,000": (webp_canvas(16_000, 16_000), "too_many_pixels"),
    "too many bytes": (b"\xff\xd8\xff" + bytes(MAX_BYTES), "too_many_bytes"),
}


@pytest.mark.parametrize(("data", "reason"), BAD.values(), ids=BAD)
def test_bad_bytes_are_refused_with_one_word(data, reason):
    with pytest.raises(Unreadable) as refusal:
        decode(data)

    assert refusal.value.reason == reason


@pytest.mark.parametrize("seed", range(40))
def test_bytes_overwritten_at_random_are_read_or_refused(seed):
    noise = np.random.default_rng(seed)
    data = bytearray(draw_avatar("approved", 2, 150, ("JPEG", "PNG", "WEBP")[seed % 3]))
    for at in noise.integers(0, len(data), 12):
        data[at] = noise.integers(0, 256)

    assert outcome(bytes(data)) in {"read", "truncated", "unknown_format", "too_many_pixels"}


@pytest.mark.parametrize("fmt", ["PNG", "JPEG", "WEBP", "GIF"])
def test_each_format_is_read_as_rgb_with_its_own_size(fmt):
    picture = decode(saved(Image.new("RGB", (1000, 500), BLUE), fmt))

    assert (picture.width, picture.height, picture.format) == (1000, 500, fmt)
    assert (picture.image.mode, picture.image.size) == ("RGB", (512, 256))


def coloured(mode: str) -> Image.Image:
    image = Image.new("RGB", (64, 64), BLUE)
    return image.quantize(4) if mode == "P" else image.convert(mode)


MODES = {
    "cmyk": (saved(coloured("CMYK"), "JPEG", quality=95), BLUE),
    "palette": (saved(coloured("P"), "PNG"), BLUE),
    "palette gif": (saved(coloured("P"), "GIF"), BLUE),
    "grey": (saved(Image.new("L", (64, 64), 100), "PNG"), (100, 100, 100)),
    "black and white": (saved(Image.new("1", (64, 64), 1), "PNG"), (255, 255, 255)),
    "16 bits": (saved(Image.fromarray(np.full((64, 64), 100 << 8, dtype=np.uint16)), "PNG"), (100, 100, 100)),
    "grey and alpha": (saved(Image.new("LA", (64, 64), (0, 0)), "PNG"), (255, 255, 255)),
    "see-through": (saved(Image.new("RGBA", (64, 64), (0, 0, 0, 0)), "PNG"), (255, 255, 255)),
    "half see-through": (saved(Image.new("RGBA", (64, 64), (0, 0, 0, 128)), "WEBP", lossless=True), (127, 127, 127)),
    "see-through palette": (saved(coloured("P"), "PNG", transparency=coloured("P").getpixel((0, 0))), (255, 255, 255)),
    "one colour see-through": (saved(coloured("RGB"), "PNG", transparency=BLUE), (255, 255, 255)),
}


@pytest.mark.parametrize(("data", "colour"), MODES.values(), ids=MODES)
def test_every_way_to_write_a_colour_becomes_rgb_on_white(data, colour):
    found = colour_at(data, (32, 32))

    assert max(abs(one - other) for one, other in zip(found, colour, strict=True)) <= 6


@pytest.mark.parametrize(("orientation", "red_at"), [(1, (5, 5)), (3, (34, 14)), (6, (14, 5)), (8, (5, 34))])
@pytest.mark.parametrize("fmt", ["JPEG", "PNG", "WEBP"])
def test_a_picture_is_turned_as_its_exif_says(fmt, orientation, red_at):
    image = Image.new("RGB", (40, 20), BLUE)
    image.paste((255, 0, 0), (0, 0, 12, 10))
    exif = Image.Exif()
    exif[274] = orientation

    data = saved(image, fmt, quality=95, exif=exif)
    picture = decode(data)

    assert colour_at(data, red_at)[0] > 200
    assert (picture.width, picture.height) == ((20, 40) if orientation in {6, 8} else (40, 20))


@pytest.mark.parametrize("fmt", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("block", [b"", b"MM\x00\x2a\xff\xff\xff\xff", b"II\x2a\x00\x08\x00\x00\x00\xff\xff", b"QQ"])
def test_broken_exif_does_not_make_a_picture_unreadable(fmt, block):
    data = saved(Image.new("RGB", (40, 20), BLUE), fmt, exif=b"Exif\x00\x00" + block)

    assert decode(data).image.size == (40, 20)


@pytest.mark.parametrize("fmt", ["GIF", "WEBP", "PNG"])
def test_of_an_animation_the_first_frame_is_read(fmt):
    frames = [Image.new("RGB", (60, 60), colour) for colour in ((255, 0, 0), (0, 255, 0))]

    data = saved(frames[0], fmt, save_all=True, append_images=frames[1:], duration=100)

    assert colour_at(data, (30, 30))[0] > 240


def test_a_large_jpeg_is_brought_down_while_it_is_read():
    assert decode(saved(Image.new("RGB", (4000, 3000), BLUE), "JPEG")).image.size == (512, 384)


def test_a_thumbnail_is_a_small_jpeg_of_the_same_proportions():
    data = saved(Image.new("RGB", (400, 200), BLUE), "WEBP")

    with Image.open(io.BytesIO(thumbnail(data))) as small:
        assert (small.format, small.size) == ("JPEG", (96, 48))


def test_an_approved_picture_can_be_had_as_png():
    approved = Image.new("RGB", (400, 400), BLUE)

    with Image.open(io.BytesIO(as_png(approved, 64))) as small:
        assert (small.format, small.size) == ("PNG", (64, 64))
    assert approved.size == (400, 400)


def test_no_thumbnail_is_made_of_what_is_no_picture():
    with pytest.raises(Unreadable):
        thumbnail(b"<script>")
