import io
from hashlib import sha256

import pytest
from PIL import Image, ImageDraw

from adapters.model import Outcome, Platform
from audits.model import Finding, LogoVerdict, Result, Severity, Status, Verdict
from crawler.resources import approved_logos
from crawler.run import album
from crawler.store import open_store
from fixtures.logos.drawing import draw_avatar
from fixtures.logos.emblem import layout

APPROVED = approved_logos(None)
SAME = (1.0, 0.0, 0.0, 0.0, 1.0, 0.0)
OVERLAID = LogoVerdict(verdict="altered", variant="full-white", distance=3.0, reasons=("overlaid",), place=SAME)
CONTAINS = LogoVerdict(verdict="contains", variant="full-white", distance=9.0, box=(20, 20, 60, 60))


def stuck():
    marked = layout("full-white").resize((240, 240))
    ImageDraw.Draw(marked).ellipse((140, 130, 175, 165), fill=(250, 210, 40))
    held = io.BytesIO()
    marked.save(held, "PNG")
    return held.getvalue()


PHOTOS = {"stuck": stuck(), "other": draw_avatar("different", 1, 240, "JPEG"), "broken": b"<svg onload=alert(1)>"}


@pytest.fixture
def images(tmp_path):
    with open_store(f"sqlite:///{tmp_path / 'store.sqlite'}") as store:
        for data in PHOTOS.values():
            store.images.put(sha256(data).hexdigest(), data, None, None, None, "2026-11-22T02:00:00Z")
        yield store.images


def result(account, status=Status.NON_COMPLIANT, verdict=Verdict.FAIL, rule="avatar-approved"):
    finding = Finding(rule=rule, clause="3.1", verdict=verdict, severity=Severity.MUST)
    return Result(
        account_id=account,
        platform=Platform.X,
        handle=account,
        status=status,
        observed_at=None,
        outcome=Outcome.OK,
        sources=(),
        findings=(finding,),
    )


def made(images, name, *results, verdict=None):
    """The album of accounts that all show one photo, with what the image check said of it."""
    content = sha256(PHOTOS[name]).hexdigest()
    if verdict is not None:
        images.save_verdict(content, APPROVED.digest, verdict)
    return album.album(images, APPROVED, {one.account_id: content for one in results}, results)


def width(data):
    return Image.open(io.BytesIO(data)).width


def test_a_changed_logo_is_shown_large_and_with_its_difference(images):
    found = made(images, "stuck", result("a"), verdict=OVERLAID)
    assert width(found.photos["a"]) == album.LARGE
    assert found.closeups["a"].difference is not None
    assert not found.closeups["a"].boxed


def test_a_logo_inside_a_photo_is_framed(images):
    found = made(images, "other", result("a"), verdict=CONTAINS)
    assert found.closeups["a"].boxed
    assert found.closeups["a"].difference is None


@pytest.mark.parametrize(
    ("name", "verdict", "judged"),
    [
        ("other", LogoVerdict(verdict="different", distance=9.0), result("a")),
        ("other", None, result("a")),
        ("stuck", OVERLAID, result("a", rule="bio-present")),
        ("stuck", OVERLAID, result("a", verdict=Verdict.PASS)),
    ],
)
def test_a_photo_of_which_there_is_nothing_to_show_is_small(images, name, verdict, judged):
    found = made(images, name, judged, verdict=verdict)
    assert width(found.photos["a"]) == album.SMALL
    assert found.closeups == {}


@pytest.mark.parametrize("status", [Status.COMPLIANT, Status.UNDETERMINED])
def test_accounts_without_a_card_have_no_photo_in_the_file(images, status):
    assert made(images, "stuck", result("a", status), verdict=OVERLAID) == album.Album()


def test_a_photo_that_is_not_kept_or_cannot_be_read_is_left_out(images):
    assert made(images, "broken", result("a"), verdict=OVERLAID) == album.Album()
    assert album.album(images, APPROVED, {"a": "0" * 64}, (result("a"),)) == album.Album()
    assert album.album(images, APPROVED, {}, (result("a"),)) == album.Album()


def test_accounts_with_one_photo_share_its_pictures(images):
    found = made(images, "stuck", result("a"), result("b", Status.REVIEW, Verdict.REVIEW), verdict=OVERLAID)
    assert found.photos["a"] is found.photos["b"]
    assert found.closeups["a"].difference is found.closeups["b"].difference


def test_a_doubtful_logo_is_shown_closely_as_well(images):
    doubted = LogoVerdict(verdict="approved", variant="full-white", distance=0.9, reasons=("near_limit",), place=SAME)
    judged = result("a", Status.REVIEW, Verdict.REVIEW)
    assert made(images, "stuck", judged, verdict=doubted).closeups["a"].difference is not None


def test_the_approved_pictures_are_there_by_name():
    assert set(album.in_reports(APPROVED)) == {entry.name for entry in APPROVED.entries}
    assert {width(data) for data in album.in_reports(APPROVED, 96).values()} == {96}
