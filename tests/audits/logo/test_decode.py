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
from tests.audits.logo.profiles import DISPLAY_P3, grey, screen

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


def jpeg_header(width: int, height: int, marker: int = 0xC0) -> bytes:
    frame = struct.pack(">BHHB", 8, height, width, 3) + b"\x01\x22\x00\x02\x11\x00\x03\x11\x00"
    scan = b"\xff\xda\x00\x0c\x03\x01\x00\x02\x11\x03\x11\x00\x3f\x00"
    return b"\xff\xd8\xff" + bytes([marker]) + struct.pack(">H", len(frame) + 2) + frame + scan + bytes(900)


def gif_header(width: int, height: int, frame: int = 1) -> bytes:
    screen = b"GIF89a" + struct.pack("<HHBBB", width, height, 0x80, 0, 0) + bytes(6)
    return screen + b"," + struct.pack("<HHHHB", 0, 0, frame, frame, 0) + b"\x02\x02\x44\x01\x00;"


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
    "jpeg of 50,000 x 50,000": (jpeg_header(50_000, 50_000), "too_many_pixels"),
    "gif of 50,000 x 50,000": (gif_header(50_000, 50_000), "too_many_pixels"),
    "gif with a larger frame": (gif_header(10, 10, 50_000), "too_many_pixels"),
    "jpeg without a height": (jpeg_header(100, 0), "truncated"),
    "lossless jpeg": (jpeg_header(100, 100, 0xC3), "unknown_format"),
    "arithmetic jpeg": (jpeg_header(100, 100, 0xC9), "unknown_format"),
    "avif": (saved(Image.new("RGB", (64, 64)), "AVIF"), "unknown_format"),
    "heic": (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + bytes(200), "unknown_format"),
    "jpeg 2000": (saved(Image.new("RGB", (64, 64)), "JPEG2000"), "unknown_format"),
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


def png_of_16_bits(kind: int, colour: tuple[int, ...], *, transparent: bool = False) -> bytes:
    """64 x 64 pixels, each channel the given byte twice."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    pixel = b"".join(bytes([level, level]) for level in colour)
    rows = (b"\x00" + pixel * 64) * 64
    clear = chunk(b"tRNS", pixel) if transparent else b""
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 64, 64, 16, kind, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + clear + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def adobe(data: bytes) -> bytes:
    assert b"Adobe" in data[:200]  # its mark: the inks are written the other way round
    return data


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
    "16 bits in colour": (png_of_16_bits(2, BLUE), BLUE),
    "16 bits, see-through": (png_of_16_bits(6, (*BLUE, 0)), (255, 255, 255)),
    "16 bits, grey and alpha": (png_of_16_bits(4, (100, 255)), (100, 100, 100)),
    "16 bits, one colour see-through": (png_of_16_bits(2, BLUE, transparent=True), (255, 255, 255)),
    "progressive": (saved(coloured("RGB"), "JPEG", quality=95, progressive=True), BLUE),
    "progressive cmyk": (saved(coloured("CMYK"), "JPEG", quality=95, progressive=True), BLUE),
    "printing colours turned by Adobe": (adobe(saved(coloured("CMYK"), "JPEG", quality=95)), BLUE),
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


@pytest.mark.parametrize("fmt", ["JPEG", "PNG", "WEBP"])
def test_a_colour_is_read_as_the_profile_in_the_file_means_it(fmt):
    options = {"lossless": True} if fmt == "WEBP" else {"quality": 98, "subsampling": 0}
    data = saved(Image.new("RGB", (64, 64), (234, 51, 35)), fmt, icc_profile=screen(DISPLAY_P3), **options)

    red, green, blue = colour_at(data, (32, 32))
    assert red >= 250
    assert max(green, blue) <= 8


@pytest.mark.parametrize("fmt", ["JPEG", "PNG", "WEBP"])
def test_a_damaged_profile_is_left_aside(fmt):
    data = saved(Image.new("RGB", (64, 64), BLUE), fmt, icc_profile=b"no profile" * 50, quality=95)

    assert max(abs(one - other) for one, other in zip(colour_at(data, (32, 32)), BLUE, strict=True)) <= 6


@pytest.mark.parametrize("mode", ["L", "LA", "1"])
@pytest.mark.parametrize("side", [64, 3000])
def test_a_grey_profile_holds_for_greys_of_every_kind(mode, side):
    image = Image.new("L", (side, 64), 0 if mode == "1" else 128).convert(mode)

    found = colour_at(saved(image, "PNG", icc_profile=grey(1.0)), (5, 5))
    assert found == ((0,) * 3 if mode == "1" else (188,) * 3)


@pytest.mark.parametrize("size", [(1, 300), (300, 1), (1, 1), (1, 20_000), (20_000, 1)])
@pytest.mark.parametrize("fmt", ["JPEG", "PNG", "GIF"])
def test_a_picture_of_one_pixel_across_is_read(fmt, size):
    picture = decode(saved(Image.new("RGB", size, BLUE), fmt))

    assert (picture.width, picture.height) == size
    assert max(picture.image.size) <= SIDE


@pytest.mark.parametrize(("mode", "fmt"), [("RGB", "PNG"), ("RGBA", "PNG"), ("P", "GIF"), ("1", "PNG"), ("L", "JPEG")])
def test_a_large_picture_keeps_its_parts_in_their_places(mode, fmt):
    image = Image.new("RGB", (2600, 2110), "white")
    image.paste((0, 0, 0), (1300, 0, 2600, 1055))

    data = saved(image.convert(mode), fmt)
    found = decode(data).image

    assert found.size == (512, 416)
    assert [found.getpixel(at) for at in ((250, 100), (262, 100), (262, 214))] == [(255,) * 3, (0,) * 3, (255,) * 3]


def test_what_does_not_show_is_not_looked_at():
    plain = saved(Image.new("RGB", (64, 64), BLUE), "PNG")
    packed = zlib.compress(bytes(20_000_000), 9)
    texts = b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in ((b"zTXt", b"a\x00\x00" + packed), (b"iCCP", b"a\x00\x00" + packed), (b"eXIf", b"II"))
    )

    assert colour_at(plain[:33] + texts + plain[33:], (5, 5)) == BLUE


EMPTY_PARTS = {
    "PNG": (33, struct.pack(">I4sI", 0, b"tEXt", zlib.crc32(b"tEXt"))),
    "JPEG": (2, b"\xff\xe1\x00\x02"),
    "GIF": (13, b"\x21\xfe\x00"),
}


@pytest.mark.parametrize("fmt", EMPTY_PARTS)
def test_a_file_of_nothing_but_empty_parts_is_given_up(fmt):
    at, part = EMPTY_PARTS[fmt]
    data = saved(Image.new("L", (64, 64), 100), fmt)
    start = at + (3 << ((data[10] & 7) + 1) if fmt == "GIF" else 0)

    assert outcome(data[:start] + part * 500 + data[start:]) == "read"
    assert outcome(data[:start] + part * 700_000 + data[start:]) == "truncated"


def test_a_progressive_picture_of_endless_passes_is_refused():
    data = saved(Image.effect_mandelbrot((400, 400), (-2, -1, 1, 1), 50), "JPEG", progressive=True)
    last = data[data.rindex(b"\xff\xda") : -2]

    assert outcome(data[:-2] + last * 20 + data[-2:]) == "read"
    assert outcome(data[:-2] + last * 200 + data[-2:]) == "too_many_pixels"


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
