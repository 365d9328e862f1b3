"""The memory that one picture takes, measured in a process of its own."""

from __future__ import annotations

import subprocess
import sys

import pytest
from PIL import Image

MOST = 64 << 20  # bytes beside those of the file, which the fetcher had already
MEASURE = """
import resource, sys
from audits.logo.decode import Unreadable, decode
with open(sys.argv[1], "rb") as small, open(sys.argv[2], "rb") as large:
    decode(small.read())
    data = large.read()
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
try:
    decode(data)
    said = "read"
except Unreadable as refusal:
    said = refusal.reason
print(said, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024)
"""


def shapes(width: int, height: int, mode: str) -> Image.Image:
    small = Image.effect_mandelbrot((width // 10, height // 10), (-2, -1, 1, 1), 40)
    return small.resize((width, height), Image.Resampling.NEAREST).convert(mode)


LARGE = {
    "png of 40 megapixels": ("RGB", 8000, 5000, "PNG", {"compress_level": 1}, "too_many_pixels"),
    "webp of 40 megapixels": ("RGB", 8000, 5000, "WEBP", {"method": 0}, "too_many_pixels"),
    "black and white png of 40 megapixels": ("1", 8000, 5000, "PNG", {}, "read"),
    "see-through png of 12 megapixels": ("RGBA", 4000, 3000, "PNG", {"compress_level": 1}, "read"),
    "palette gif of 39 megapixels": ("P", 6400, 6100, "GIF", {}, "read"),
    "webp of 3.7 megapixels": ("RGBA", 2560, 1440, "WEBP", {"lossless": True, "method": 0}, "read"),
    "jpeg of 40 megapixels": ("RGB", 8000, 5000, "JPEG", {}, "read"),
    "progressive jpeg of 40 megapixels": ("RGB", 8000, 5000, "JPEG", {"progressive": True}, "too_many_pixels"),
    "progressive jpeg of 16 megapixels": ("RGB", 4600, 3500, "JPEG", {"progressive": True}, "read"),
    "progressive cmyk jpeg of 6 megapixels": ("CMYK", 3000, 2000, "JPEG", {"progressive": True}, "read"),
    "jpeg as wide as can be": ("RGB", 65_000, 600, "JPEG", {}, "read"),
}
QUICK = {"see-through png of 12 megapixels", "webp of 3.7 megapixels", "progressive jpeg of 16 megapixels"}
CASES = [
    pytest.param(*case, id=name, marks=[] if name in QUICK else [pytest.mark.slow]) for name, case in LARGE.items()
]


@pytest.mark.parametrize(("mode", "width", "height", "fmt", "options", "outcome"), CASES)
def test_a_large_picture_is_read_or_refused_within_64_megabytes(tmp_path, mode, width, height, fmt, options, outcome):
    Image.new("RGB", (64, 64)).save(tmp_path / "small", fmt)
    shapes(width, height, mode).save(tmp_path / "large", fmt, **options)

    command = [sys.executable, "-c", MEASURE, str(tmp_path / "small"), str(tmp_path / "large")]
    said, grown = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout.split()

    assert said == outcome
    assert int(grown) <= MOST
