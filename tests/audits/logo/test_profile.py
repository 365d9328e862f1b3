from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageCms

from audits.logo.profile import LARGEST, in_srgb
from tests.audits.logo.profiles import ADOBE_RGB, DISPLAY_P3, grey, press, screen

P3, ADOBE = screen(DISPLAY_P3), screen(ADOBE_RGB, 563 / 256)
INKS = press({0: (255, 128, 128), 8: (140, 91, 78)})
SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def seen(mode: str, colour: float | tuple[int, ...], profile: bytes) -> tuple[int, ...]:
    found = in_srgb(Image.new(mode, (4, 4), colour), profile)
    assert found.mode == "RGB"
    pixel = found.getpixel((1, 1))
    assert isinstance(pixel, tuple)
    return pixel


# What the standards and the colour pickers of browsers say of these values.
MEANT = {
    "red of Display P3": ("RGB", (234, 51, 35), P3, (255, 0, 0)),
    "white of Display P3": ("RGB", (255, 255, 255), P3, (255, 255, 255)),
    "red of Adobe RGB": ("RGB", (219, 0, 0), ADOBE, (255, 0, 0)),
    "green of Adobe RGB": ("RGB", (144, 255, 60), ADOBE, (0, 255, 0)),
    "grey by light": ("L", 128, grey(1.0), (188, 188, 188)),
    "paper": ("CMYK", (0, 0, 0, 0), INKS, (255, 255, 255)),
    "cyan of a press": ("CMYK", (255, 0, 0, 0), INKS, (0, 151, 218)),
}


@pytest.mark.parametrize(("mode", "colour", "profile", "meant"), MEANT.values(), ids=MEANT)
def test_a_colour_is_read_as_its_profile_means_it(mode, colour, profile, meant):
    assert max(abs(one - other) for one, other in zip(seen(mode, colour, profile), meant, strict=True)) <= 4


def test_a_picture_in_srgb_is_left_as_it_is():
    image = Image.new("RGB", (4, 4), (12, 34, 56))

    assert in_srgb(image, SRGB) is image
    assert in_srgb(image, b"") is image


ASIDE = {
    "nothing": b"",
    "text": b"profile" * 100,
    "cut short": P3[:200],
    "cut behind its header": P3[:128],
    "for another mode": INKS,
    "for greys": grey(1.0),
    "too large": P3 + bytes(LARGEST),
    "link between devices": P3[:12] + b"link" + P3[16:],
    "without its signature": P3[:36] + b"xxxx" + P3[40:],
    "without tags": P3[:128] + bytes(len(P3) - 128),
}


@pytest.mark.parametrize("profile", ASIDE.values(), ids=ASIDE)
def test_a_profile_that_cannot_be_used_is_left_aside(profile):
    assert seen("RGB", (234, 51, 35), profile) == (234, 51, 35)


@pytest.mark.parametrize(("mode", "profile"), [("RGB", P3), ("L", grey(2.0)), ("CMYK", INKS)])
def test_a_profile_with_bytes_overwritten_at_random_never_stops_a_picture(mode, profile):
    noise = np.random.default_rng(1)
    for _ in range(25):
        damaged = bytearray(profile)
        for at in noise.integers(0, len(damaged), 6):
            damaged[at] = noise.integers(0, 256)

        assert in_srgb(Image.new(mode, (4, 4)), bytes(damaged)).size == (4, 4)
