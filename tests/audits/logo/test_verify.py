from __future__ import annotations

from random import Random

import pytest
from PIL import Image, ImageOps

from audits.logo.approved import load
from audits.logo.verify import NEAR_LIMIT, look_alikes, verify
from fixtures.logos.alterations import ALTERATIONS
from fixtures.logos.drawing import altered_kind, draw_avatar
from fixtures.logos.emblem import APPROVED, LAYOUTS, layout
from fixtures.logos.families import FLAME_ART
from tests.audits.logo.drawn import cases, stand_ins
from tests.audits.logo.passing import encoded, passed_on

FRESH = 900_000


@pytest.mark.parametrize("name", LAYOUTS)
def test_an_approved_file_itself_is_approved_at_next_to_no_distance(name):
    said = verify((APPROVED / f"{name}.png").read_bytes(), stand_ins())

    assert (said.verdict, said.variant, said.reasons) == ("approved", name, ())
    assert said.distance is not None
    assert said.distance < 0.1


@pytest.mark.parametrize("kind", ["approved", "altered", "contains", "different", "default"])
def test_no_drawn_avatar_is_misjudged_or_doubted(kind):
    assert [case for case in cases(kind, range(FRESH, FRESH + 24), stand_ins()) if case.wrong] == []


@pytest.mark.parametrize("kind", ["contains", "different", "default"])
def test_what_is_no_logo_is_called_different_and_names_none(kind):
    for case in cases(kind, range(FRESH, FRESH + 10), stand_ins()):
        assert (case.said.verdict, case.said.variant, case.said.reasons) == ("different", None, ())


@pytest.mark.parametrize("name", LAYOUTS)
@pytest.mark.parametrize("seed", range(6))
def test_a_harsher_platform_than_the_demo_does_not_make_a_logo_doubtful(name, seed):
    size = (150, 200, 320, 400, 800)[seed % 5]

    said = verify(passed_on(layout(name), seed, size), stand_ins())

    assert (said.verdict, said.variant, said.reasons) == ("approved", name, ())


@pytest.mark.parametrize(
    ("alteration", "reason"),
    [
        ("mirror", "mirrored"),
        ("quarter_turn", "rotated"),
        ("stretch", "stretched"),
        ("grayscale", "grey"),
        ("covered", "covered"),
        ("hue", "recoloured"),
        ("inverted", "inverted"),
    ],
)
def test_an_altered_wordmark_is_altered_for_the_right_reason(alteration, reason):
    picture = ALTERATIONS[alteration](FLAME_ART, "full-white", Random(1))

    said = verify(encoded(picture, "PNG"), stand_ins())

    assert (said.verdict, said.variant) == ("altered", "full-white")
    assert reason in said.reasons
    assert NEAR_LIMIT not in said.reasons


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["approved", "altered", "contains", "different"])
def test_no_error_in_a_hundred_drawn_avatars_of_each_kind(kind):
    found = list(cases(kind, range(FRESH + 1000, FRESH + 1100), stand_ins()))

    assert [case for case in found if case.wrong] == []


@pytest.mark.slow
def test_nearly_all_alterations_are_called_altered_and_the_rest_different():
    found = [case.said.verdict for case in cases("altered", range(FRESH + 2000, FRESH + 2100), stand_ins())]

    assert set(found) <= {"altered", "different"}
    assert found.count("altered") >= 0.9 * len(found)


@pytest.mark.parametrize("size", [16, 32, 47])
def test_a_tiny_picture_is_never_judged(size):
    said = verify(draw_avatar("approved", 3, size, "PNG"), stand_ins())

    assert (said.verdict, said.reasons) == ("unreadable", ("too_small",))


@pytest.mark.parametrize("size", [48, 64, 73, 88, 99])
@pytest.mark.parametrize("kind", ["approved", "altered", "different"])
def test_a_small_picture_is_judged_rightly_or_not_at_all(size, kind):
    right = {"approved": {"approved"}, "altered": {"different"}, "different": {"different"}}[kind]
    for seed in range(FRESH, FRESH + 8):
        said = verify(draw_avatar(kind, seed, size, "JPEG"), stand_ins())
        if said.verdict == "unreadable":
            assert said.reasons == ("too_small",)
        else:
            assert said.verdict in right, (seed, altered_kind(seed))


def test_a_slight_sticker_is_not_approved_without_a_doubt():
    picture = layout("emblem-blue").copy()
    picture.paste((230, 40, 40), (230, 180, 300, 250))

    said = verify(encoded(picture, "PNG"), stand_ins())

    assert said.verdict != "approved" or NEAR_LIMIT in said.reasons


def test_a_picture_close_to_a_limit_says_so():
    seen = {}
    for share in range(4, 40, 2):
        tinted = Image.blend(layout("emblem-blue"), Image.new("RGB", (512, 512), (0, 110, 90)), share / 100)
        said = verify(encoded(tinted, "PNG"), stand_ins())
        seen[share] = said
    near = [said for said in seen.values() if NEAR_LIMIT in said.reasons]

    assert near
    assert all(said.distance is not None and 0.7 < said.distance <= 1.3 for said in near)
    assert all((said.verdict == "approved") == ((said.distance or 0) <= 1) for said in near)
    assert seen[38].verdict != "approved"


def test_a_one_coloured_picture_is_different():
    assert verify(encoded(Image.new("RGB", (200, 200), (0, 70, 130)), "PNG"), stand_ins()).verdict == "different"


def test_a_logo_in_a_wide_picture_is_found_as_one_with_a_border():
    padded = ImageOps.pad(layout("emblem-white"), (560, 512), color=(255, 255, 255))

    assert verify(encoded(padded, "PNG"), stand_ins()).verdict == "approved"


def test_bytes_that_are_no_picture_are_unreadable_with_the_reason():
    said = verify(b"<svg xmlns='http://www.w3.org/2000/svg'/>", stand_ins())

    assert (said.verdict, said.variant, said.distance) == ("unreadable", None, None)
    assert said.reasons == ("unknown_format",)


def test_the_same_bytes_get_the_same_verdict():
    data = draw_avatar("altered", 5, 150, "WEBP")

    assert verify(data, stand_ins()) == verify(data, stand_ins())


def test_the_stand_ins_can_be_told_apart():
    assert look_alikes(stand_ins()) == ()


def test_two_entries_of_one_picture_are_named_as_look_alikes():
    data = (APPROVED / "emblem-blue.png").read_bytes()
    manifest = b"".join(
        f'[[logo]]\nname = "{n}"\nfile = "{n}.png"\nshape = "emblem"\n'.encode() for n in ("one", "other")
    )

    twins = load(manifest, {"one.png": data, "other.png": data})

    assert look_alikes(twins) == (("one", "other"),)
