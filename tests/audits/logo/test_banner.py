"""Banners are compared as a whole, however a platform cut them."""

from __future__ import annotations

from functools import cache
from io import BytesIO

import pytest
from PIL import Image, ImageEnhance, ImageOps

from audits.logo.approved import ApprovedSet, load
from audits.logo.banner import banner_digest, verify_banner
from fixtures.logos.banners import KINDS, VIEWS, approved_banner, draw_banner
from fixtures.logos.drawing import draw_avatar

MANIFEST = b'[[logo]]\nname = "stad"\nfile = "stad.png"\nshape = "banner"\n'


@cache
def approved() -> ApprovedSet:
    return load(MANIFEST, {"stad.png": approved_banner()})


@cache
def whole() -> Image.Image:
    return Image.open(BytesIO(approved_banner())).convert("RGB")


def sent(image: Image.Image, size: tuple[int, int] = (1500, 500), form: str = "JPEG", quality: int = 80) -> bytes:
    target = BytesIO()
    ImageOps.fit(image, size, Image.Resampling.LANCZOS).save(target, form, quality=quality)
    return target.getvalue()


def told(data: bytes) -> tuple[str, tuple[str, ...]]:
    verdict = verify_banner(data, approved())
    return verdict.verdict, verdict.reasons


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("quality", [50, 90])
def test_an_approved_banner_is_approved_as_each_platform_cuts_it(view, quality):
    verdict = verify_banner(draw_banner("approved", 1, view, quality), approved())
    assert (verdict.verdict, verdict.variant, verdict.reasons) == ("approved", "stad", ())
    assert verdict.size == VIEWS[view]


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in {"approved", "different"}])
@pytest.mark.parametrize("seed", [1, 2])
def test_a_changed_banner_is_altered_with_the_reason(kind, view, seed):
    verdict = verify_banner(draw_banner(kind, seed, view), approved())
    assert (verdict.verdict, verdict.variant, verdict.reasons) == ("altered", "stad", (kind,))
    assert verdict.distance is not None


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("view", ["x", "youtube"])
def test_another_banner_is_different(seed, view):
    assert told(draw_banner("different", seed, view)) == ("different", ())


@pytest.mark.parametrize("kind", ["approved", "contains", "different", "default"])
def test_an_avatar_is_no_banner(kind):
    assert told(draw_avatar(kind, 7, 400, "JPEG"))[0] == "different"


@pytest.mark.parametrize(
    "data",
    [
        sent(whole(), quality=20),
        sent(whole(), form="WEBP", quality=40),
        sent(whole(), (300, 100)),
        sent(whole().crop((90, 80, 1090, 600))),
        sent(ImageEnhance.Brightness(whole()).enhance(1.1)),
        sent(ImageEnhance.Color(whole()).enhance(0.85)),
    ],
    ids=["low quality", "webp", "small", "zoomed in", "lighter", "paler"],
)
def test_what_platforms_and_cameras_do_is_no_change(data):
    assert told(data) == ("approved", ())


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (sent(whole().resize((1500, 720))), "stretched"),
        (sent(whole().rotate(3, Image.Resampling.BICUBIC).crop((100, 60, 1180, 660))), "rotated"),
        (sent(ImageOps.grayscale(whole()).convert("RGB")), "recoloured"),
        (sent(whole().crop((350, 240, 880, 417))), "cropped"),
    ],
    ids=["stretched", "rotated", "without colour", "cropped"],
)
def test_other_changes_have_their_reason_too(data, reason):
    verdict, reasons = told(data)
    assert verdict == "altered"
    assert reason in reasons


@pytest.mark.parametrize("side", [40, 80, 160])
def test_a_spot_on_the_banner_is_seen(side):
    spotted = ImageOps.fit(whole(), (1500, 500))
    spotted.paste((255, 230, 0), (700, 150, 700 + side, 150 + side))
    assert told(sent(spotted)) == ("altered", ("overlaid",))


def test_close_to_a_limit_a_person_has_to_look():
    assert told(sent(whole().resize((1331, 720)))) == ("altered", ("stretched", "near_limit"))


@pytest.mark.parametrize("view", ["x", "facebook", "youtube"])
def test_a_banner_may_be_approved_as_one_platform_cuts_it(view):
    narrow = ApprovedSet(entries=(), banners=load(MANIFEST, {"stad.png": sent(whole(), form="PNG")}).banners, digest="")
    assert verify_banner(draw_banner("approved", 1, view), narrow).verdict == "approved"


def test_the_nearest_of_several_is_named():
    both = load(
        MANIFEST + MANIFEST.replace(b"stad", b"dorp"),
        {"stad.png": approved_banner(), "dorp.png": draw_banner("different", 3, "whole")},
    )
    told = [verify_banner(draw_banner(kind, 3, "x"), both) for kind in ("approved", "different")]
    assert [(one.verdict, one.variant) for one in told] == [("approved", "stad"), ("approved", "dorp")]


@pytest.mark.parametrize(
    ("data", "verdict", "reasons"),
    [
        (b"", "unreadable", ("empty",)),
        (b"GIF89a", "unreadable", ("truncated",)),
        (b"<svg/>", "unreadable", ("unknown_format",)),
        (sent(whole())[:900], "unreadable", ("truncated",)),
        (sent(whole(), (120, 40)), "unreadable", ("too_small",)),
        (sent(whole(), (4000, 60)), "unreadable", ("too_small",)),
        (sent(whole(), (60, 4000)), "unreadable", ("too_small",)),
        (sent(Image.new("RGB", (300, 100), (20, 60, 90))), "different", ()),
        (sent(Image.linear_gradient("L").convert("RGB")), "different", ()),
        (sent(Image.effect_noise((600, 200), 80).convert("RGB")), "different", ()),
        (sent(whole(), (100, 900)), "different", ()),
    ],
    ids=["empty", "gif", "svg", "cut off", "tiny", "thin", "narrow", "even", "gradient", "noise", "tall"],
)
def test_what_is_no_banner_is_told_so(data, verdict, reasons):
    assert told(data) == (verdict, reasons)


def test_without_approved_banners_every_picture_is_different():
    none = ApprovedSet(entries=(), digest="")
    assert verify_banner(draw_banner("approved", 1, "x"), none).verdict == "different"


def test_banners_and_logos_of_a_set_are_kept_apart():
    logo = b'[[logo]]\nname = "schild"\nfile = "schild.png"\nshape = "full"\n'
    both = load(MANIFEST + logo, {"stad.png": approved_banner(), "schild.png": draw_avatar("approved", 1, 400, "PNG")})
    assert [entry.name for entry in both.entries] == ["schild"]
    assert [entry.name for entry in both.banners] == ["stad"]
    assert both.banners[0].image.size == (512, 288)


def test_a_verdict_is_kept_under_a_name_of_its_own():
    """The same bytes may be an avatar at one account and a banner at another."""
    digests = {banner_digest(approved()), approved().digest, banner_digest(ApprovedSet(entries=(), digest="other"))}
    assert len(digests) == 3
    assert {len(digest) for digest in digests} == {64}


@pytest.mark.parametrize(
    ("bad", "verdict", "reason"),
    [
        ("old_logo", "altered", "old_logo"),
        ("other_force", "different", "other_force"),
        ("other", "different", "known_bad"),
    ],
)
def test_a_banner_that_is_known_to_be_wrong_is_named(bad, verdict, reason):
    manifest = MANIFEST + f'[[logo]]\nname = "oud"\nfile = "oud.png"\nshape = "banner"\nbad = "{bad}"\n'.encode()
    listed = load(manifest, {"stad.png": approved_banner(), "oud.png": draw_banner("different", 3, "whole")})
    found = verify_banner(draw_banner("different", 3, "x"), listed)
    assert (found.verdict, found.variant, found.reasons) == (verdict, "oud", (reason,))
    assert verify_banner(draw_banner("approved", 3, "x"), listed).verdict == "approved"
