from __future__ import annotations

import io
from functools import cache
from random import Random

import pytest
from PIL import Image, ImageDraw, ImageOps

from audits.logo.approved import ApprovedSet, load
from audits.logo.limits import LIMITS
from audits.logo.verify import NEAR_LIMIT, look_alikes, verify
from fixtures.logos.alterations import ALTERATIONS, EXPECTED
from fixtures.logos.art import draw
from fixtures.logos.contained import contain
from fixtures.logos.drawing import FINER, draw_avatar, finer_kind
from fixtures.logos.emblem import APPROVED, LAYOUTS, layout
from fixtures.logos.families import FLAME_ART
from tests.audits.logo.drawn import cases, stand_ins
from tests.audits.logo.passing import encoded, passed_on

FRESH = 900_000
RIGHT = {"approved": "approved", "altered": "altered", "contains": "contains"}


def with_bad(kind: str) -> ApprovedSet:
    """The stand-ins and the older form of one of them, known to be wrong."""
    held = io.BytesIO()
    draw(FLAME_ART, "full-white", "older").save(held, "PNG")
    files = {path.name: path.read_bytes() for path in APPROVED.glob("*.png")} | {"wrong.png": held.getvalue()}
    more = f'\n[[logo]]\nname = "wrong"\nfile = "wrong.png"\nshape = "full"\nbad = "{kind}"\n'
    return load((APPROVED / "logos.toml").read_bytes() + more.encode(), files, (APPROVED / LIMITS).read_bytes())


@cache
def known_bad() -> ApprovedSet:
    return with_bad("old_logo")


@pytest.mark.parametrize("name", LAYOUTS)
def test_an_approved_file_itself_is_approved_at_next_to_no_distance(name):
    said = verify((APPROVED / f"{name}.png").read_bytes(), stand_ins())

    assert (said.verdict, said.variant, said.reasons) == ("approved", name, ())
    assert said.size == (512, 512)
    assert said.distance is not None
    assert said.distance < 0.2


@pytest.mark.parametrize("kind", ["approved", "altered", "contains", "different", "default"])
def test_every_drawn_avatar_is_judged_as_it_was_made_without_a_doubt(kind):
    right = RIGHT.get(kind, "different")

    for case in cases(kind, range(FRESH, FRESH + 24), stand_ins()):
        assert case.said.verdict == right, case
        assert NEAR_LIMIT not in case.said.reasons, case


@pytest.mark.parametrize("kind", ["different", "default"])
def test_what_is_no_logo_names_none_and_gives_no_reason(kind):
    for case in cases(kind, range(FRESH, FRESH + 10), stand_ins()):
        assert (case.said.variant, case.said.reasons, case.said.box) == (None, (), None)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("kind", "finer"), [(kind, finer) for kind, all_of in FINER.items() for finer in all_of], ids=str
)
def test_the_demo_shows_nothing_that_is_misjudged(kind, finer):
    seeds = [seed for seed in range(FRESH, FRESH + 400) if finer_kind(kind, seed) == finer][:8]

    for seed in seeds:
        for size in (100, 150, 320):
            said = verify(draw_avatar(kind, seed, size, "JPEG"), stand_ins())
            assert said.verdict == RIGHT.get(kind, "different"), (seed, size, said)


@pytest.mark.parametrize("name", LAYOUTS)
@pytest.mark.parametrize("seed", range(6))
def test_a_harsher_platform_than_the_demo_does_not_make_a_logo_doubtful(name, seed):
    size = (150, 200, 320, 400, 800)[seed % 5]

    said = verify(passed_on(layout(name), seed, size), stand_ins())

    assert (said.verdict, said.variant, said.reasons) == ("approved", name, ())


@pytest.mark.parametrize("alteration", ALTERATIONS)
def test_an_alteration_is_told_from_the_others_by_its_reason(alteration):
    picture = ALTERATIONS[alteration](FLAME_ART, "full-white", Random(3))

    said = verify(encoded(picture, "PNG"), stand_ins())

    assert said.verdict in {"altered", "different"}
    assert EXPECTED[alteration] & {said.verdict, *said.reasons}
    assert NEAR_LIMIT not in said.reasons


def test_a_stretch_is_told_in_per_cent_and_a_turn_in_degrees():
    wide = layout("full-white").resize((580, 512)).crop((34, 0, 546, 512))
    turned = layout("emblem-blue").rotate(-15, Image.Resampling.BICUBIC, fillcolor=(0, 0x46, 0x82))

    assert verify(encoded(wide, "PNG"), stand_ins()).amounts["stretched"] == pytest.approx(13.3, abs=1.5)
    assert verify(encoded(turned, "PNG"), stand_ins()).amounts["rotated"] == pytest.approx(15, abs=1)


def test_the_place_says_where_the_logo_lies_and_that_it_is_mirrored():
    said = verify(encoded(ImageOps.mirror(layout("full-white")), "PNG"), stand_ins())

    assert said.place is not None
    assert said.place[0] == pytest.approx(-1, abs=0.02)
    assert said.place[4] == pytest.approx(1, abs=0.02)


@pytest.mark.parametrize("manner", ["square", "round", "strip"])
def test_a_logo_in_a_photograph_is_found_with_its_box_in_pixels_of_the_file(manner):
    picture, box = contain(FLAME_ART, "full-white", Random(5), 0.35, manner)
    large = picture.resize((1024, 1024))

    said = verify(encoded(large, "JPEG", 90), stand_ins())

    assert said.verdict == "contains"
    assert said.box == pytest.approx(tuple(2 * number for number in box), abs=14)
    assert said.amounts["width"] == pytest.approx(100 * box[2] / 512, abs=2)


@pytest.mark.parametrize(
    ("kind", "verdict", "reason"),
    [
        ("old_logo", "altered", "old_logo"),
        ("other_force", "different", "other_force"),
        ("other", "different", "known_bad"),
    ],
)
def test_a_picture_that_is_known_to_be_wrong_is_named(kind, verdict, reason):
    said = verify(passed_on(draw(FLAME_ART, "full-white", "older"), 4, 320), with_bad(kind))

    assert (said.verdict, said.variant, said.reasons) == (verdict, "wrong", (reason,))


def test_a_known_wrong_picture_does_not_take_the_place_of_the_right_one():
    said = verify(passed_on(layout("full-white"), 4, 320), known_bad())

    assert (said.verdict, said.variant, said.reasons) == ("approved", "full-white", ())


@pytest.mark.parametrize("size", [16, 32, 47])
def test_a_tiny_picture_is_never_judged(size):
    said = verify(draw_avatar("approved", 3, size, "PNG"), stand_ins())

    assert (said.verdict, said.reasons, said.size) == ("unreadable", ("too_small",), (size, size))


@pytest.mark.parametrize("size", [48, 64, 73, 88, 99])
@pytest.mark.parametrize("kind", ["approved", "altered", "different"])
def test_a_small_picture_is_judged_rightly_or_not_at_all(size, kind):
    right = {"approved": {"approved"}, "altered": {"altered", "different"}, "different": {"different"}}[kind]
    for seed in range(FRESH, FRESH + 8):
        said = verify(draw_avatar(kind, seed, size, "JPEG"), stand_ins())
        if said.verdict == "unreadable":
            assert said.reasons == ("too_small",)
        else:
            assert said.verdict in right, (seed, said)


def test_a_slight_sticker_is_not_approved():
    picture = layout("emblem-blue").copy()
    ImageDraw.Draw(picture).rectangle((230, 180, 270, 220), fill=(230, 40, 40))

    assert verify(encoded(picture, "PNG"), stand_ins()).verdict == "altered"


def test_a_picture_close_to_a_limit_says_so():
    seen = {}
    for share in range(2, 40, 2):
        tinted = Image.blend(layout("emblem-blue"), Image.new("RGB", (512, 512), (0, 110, 90)), share / 100)
        seen[share] = verify(encoded(tinted, "PNG"), stand_ins())
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


@pytest.mark.parametrize(
    ("corners", "verdict"), [((255, 255, 255), "approved"), ((0, 0, 0), "approved"), (None, "altered")]
)
def test_corners_may_be_even_but_not_striped(corners, verdict):
    mask = Image.new("L", (512, 512))
    ImageDraw.Draw(mask).ellipse((4, 4, 507, 507), fill=255)
    ground = Image.new("RGB", (512, 512), corners or (255, 255, 255))
    if corners is None:
        pen = ImageDraw.Draw(ground)
        for at in range(0, 512, 40):
            pen.rectangle((at, 0, at + 20, 512), fill=(200, 30, 30))

    said = verify(encoded(Image.composite(layout("emblem-blue"), ground, mask), "PNG"), stand_ins())

    assert said.verdict == verdict


def test_bytes_that_are_no_picture_are_unreadable_with_the_reason():
    said = verify(b"<svg xmlns='http://www.w3.org/2000/svg'/>", stand_ins())

    assert (said.verdict, said.variant, said.distance) == ("unreadable", None, None)
    assert said.reasons == ("unknown_format",)


def test_without_pictures_for_avatars_nothing_is_judged():
    said = verify(draw_avatar("approved", 1, 200, "PNG"), ApprovedSet(entries=(), digest="none"))

    assert (said.verdict, said.reasons) == ("unreadable", ("nothing_approved",))


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

    twins = load(manifest, {"one.png": data, "other.png": data}, (APPROVED / LIMITS).read_bytes())

    assert look_alikes(twins) == (("one", "other"),)


def test_the_kept_limits_of_the_stand_ins_are_those_of_this_method():
    assert all(entry.limits is not None for entry in stand_ins().entries)
