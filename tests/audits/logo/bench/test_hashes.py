from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from tests.audits.logo.bench.hashes import METHODS, MISSING


def picture(seed: int) -> Image.Image:
    levels = np.random.default_rng(seed).integers(0, 256, (6, 6, 3), dtype=np.uint8)
    return Image.fromarray(levels).resize((96, 96), Image.Resampling.BICUBIC)


@pytest.mark.parametrize("name", METHODS)
def test_a_hash_is_at_no_distance_of_itself_and_far_from_that_of_another_picture(name):
    method = METHODS[name]

    assert method(picture(1)) - method(picture(1)) == 0
    assert method(picture(1)) - method(picture(2)) > 8


def test_a_method_that_is_not_installed_is_named():
    assert ("PDQ" in METHODS) == (MISSING is None)
