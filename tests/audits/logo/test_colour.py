from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from audits.logo.colour import Pixels, grey, lab, main_colours, pixels, resized, rgb, squared

# CIE Lab of sRGB colours under D65, as tables of colour conversion give them.
PUBLISHED = {
    (255, 255, 255): (100, 0, 0),
    (0, 0, 0): (0, 0, 0),
    (128, 128, 128): (53.59, 0, 0),
    (255, 0, 0): (53.24, 80.09, 67.20),
    (0, 255, 0): (87.73, -86.18, 83.18),
    (0, 0, 255): (32.30, 79.19, -107.86),
    (255, 255, 0): (97.14, -21.55, 94.48),
    (0, 255, 255): (91.11, -48.09, -14.13),
    (255, 0, 255): (60.32, 98.23, -60.82),
}
WHITE, BLUE, RED, PALE = (255, 255, 255), (0, 70, 130), (200, 30, 40), (250, 250, 250)


def plain(colour: tuple[int, int, int], side: int = 8) -> Pixels:
    return np.full((side, side, 3), colour, dtype=np.uint8)


def striped(*shares: tuple[tuple[int, int, int], int]) -> Pixels:
    """Rows of 100 pixels, so many of each colour."""
    return np.concatenate([np.full((rows, 100, 3), colour, dtype=np.uint8) for colour, rows in shares])


@pytest.mark.parametrize(("colour", "wanted"), PUBLISHED.items())
def test_colours_are_those_of_the_published_tables(colour, wanted):
    assert lab(plain(colour))[3, 3] == pytest.approx(wanted, abs=0.35)


@pytest.mark.parametrize("colour", PUBLISHED)
def test_colours_come_back_as_the_levels_they_were(colour):
    assert rgb(lab(plain(colour))[0])[0] == pytest.approx(colour, abs=1.5)


def test_levels_beyond_the_range_count_as_its_ends():
    over = np.array([[[300.0, 260.0, 255.0], [-20.0, 0.0, -1.0]]])

    assert lab(over) == pytest.approx(lab(np.array([[[255.0] * 3, [0.0] * 3]])))


@pytest.mark.parametrize(("colour", "level"), [((255, 0, 0), 76), ((0, 255, 0), 150), ((0, 0, 255), 29), (WHITE, 255)])
def test_grey_weighs_the_colours_as_television_does(colour, level):
    assert grey(plain(colour))[0, 0] == pytest.approx(level, abs=0.6)


def test_the_pixels_are_those_of_the_picture():
    image = Image.new("RGB", (3, 2), BLUE)
    image.putpixel((2, 0), RED)

    assert pixels(image).shape == (2, 3, 3)
    assert pixels(image)[0, 2].tolist() == list(RED)


def test_a_smaller_picture_holds_the_averages_and_one_of_the_same_size_is_left_alone():
    levels = np.arange(16, dtype=np.float32).reshape(4, 4)

    assert resized(levels, 2).tolist() == [[2.5, 4.5], [10.5, 12.5]]
    assert resized(levels, 4) is levels
    assert resized(plain(RED), 20).tolist() == plain(RED, 20).tolist()


def test_the_main_colours_come_by_how_much_they_fill():
    found = main_colours(lab(striped((RED, 30), (WHITE, 60), (BLUE, 10))))

    assert found == pytest.approx(np.array([lab(plain(one))[0, 0] for one in (WHITE, RED, BLUE)]), abs=0.01)


@pytest.mark.parametrize(
    ("shares", "count"),
    [
        (((WHITE, 100),), 1),
        (((WHITE, 99), (RED, 1)), 1),  # next to nothing of it
        (((WHITE, 98), (RED, 2)), 2),
        (((WHITE, 50), (PALE, 50)), 1),  # hardly another colour
    ],
)
def test_a_main_colour_fills_a_part_and_differs_from_the_others(shares, count):
    assert len(main_colours(lab(striped(*shares)))) == count


def test_a_square_picture_stays_the_same():
    image = Image.new("RGB", (40, 40), RED)

    assert squared(image) is image


@pytest.mark.parametrize(("size", "box"), [((80, 40), (0, 20, 80, 60)), ((40, 80), (20, 0, 60, 80))])
def test_a_picture_that_is_not_square_stands_in_the_middle_of_the_colour_of_its_border(size, box):
    image = Image.new("RGB", size, BLUE)
    image.paste(RED, (15, 15, 25, 25))
    image.putpixel((0, 0), WHITE)

    whole = squared(image)

    assert whole.size == (80, 80)
    assert whole.crop(box).tobytes() == image.tobytes()
    assert whole.getpixel((2, 2)) == whole.getpixel((77, 77)) == BLUE
