from __future__ import annotations

import io

import pytest
from PIL import Image

from audits.logo.approved import load
from audits.logo.limits import from_json, to_json
from audits.logo.manifest import LogoSetError
from fixtures.logos.emblem import APPROVED
from tests.audits.logo.measured import kept_limits
from tests.audits.logo.test_manifest import manifest

EMBLEM = (APPROVED / "emblem-blue.png").read_bytes()
FULL = (APPROVED / "full-white.png").read_bytes()
LIMITS = kept_limits(3.5)


def png(image: Image.Image) -> bytes:
    held = io.BytesIO()
    image.save(held, "PNG")
    return held.getvalue()


BROKEN = {
    "no entry": (b"", "one.png", EMBLEM, "herkenbaar logos add"),
    "nothing approved": (manifest(more='bad = "old_logo"'), "one.png", EMBLEM, "only known-bad"),
    "file missing": (manifest(), "other.png", EMBLEM, "'one.png' is missing"),
    "file broken": (manifest(), "one.png", EMBLEM[:900], "cannot be read (truncated)"),
    "file no picture": (manifest(), "one.png", b"text", "cannot be read (unknown_format)"),
    "file too small": (manifest(), "one.png", png(Image.new("RGB", (60, 60))), "smaller than 100"),
    "file of one colour": (manifest(), "one.png", png(Image.new("RGB", (300, 300))), "one even colour"),
}


@pytest.mark.parametrize(("text", "file", "data", "part"), BROKEN.values(), ids=BROKEN)
def test_a_broken_set_is_refused_in_one_line_that_says_why(text, file, data, part):
    with pytest.raises(LogoSetError) as refusal:
        load(text, {file: data})

    assert part in str(refusal.value)
    assert str(refusal.value).startswith("logos.toml: ")
    assert "\n" not in str(refusal.value)


def test_an_error_names_the_entry():
    with pytest.raises(LogoSetError, match="logo 'one': "):
        load(manifest(), {})


def test_a_good_set_is_loaded_in_its_own_order():
    both = manifest() + manifest(name="two", file="two.png", shape="full", more='bad = "old_logo"')

    approved = load(both, {"one.png": EMBLEM, "two.png": FULL})

    found = [(entry.name, entry.shape, entry.bad) for entry in approved.entries]
    assert found == [("one", "emblem", None), ("two", "full", "old_logo")]


def digest(more: str = "", name: str = "one", data: bytes = EMBLEM, limits: bytes = b"") -> str:
    return load(manifest(name, more=more), {"one.png": data}, limits).digest


def test_the_digest_follows_what_is_compared_and_not_the_spelling_nor_for_whom_it_is():
    plain = digest()

    assert digest("# remark") == plain
    assert digest('frame = "round"') == plain
    assert digest('valid_to = 2030-01-01\nplatforms = ["x"]\ntypes = ["dier"]\nsource = "intranet"') == plain
    assert digest(name="two") != plain
    assert digest(data=FULL) != plain
    assert digest('frame = "square"') != plain


def test_the_digest_follows_what_is_known_to_be_bad():
    good = manifest("good", "good.png")
    kinds = ("", 'bad = "old_logo"', 'bad = "other_force"')
    digests = {load(good + manifest(more=more), {"good.png": FULL, "one.png": EMBLEM}).digest for more in kinds}

    assert len(digests) == 3


def test_limits_are_kept_by_the_content_of_a_picture_and_count_in_the_digest():
    entry = load(manifest(), {"one.png": EMBLEM}).entries[0]
    kept = to_json({entry.key: LIMITS})

    assert load(manifest(), {"one.png": EMBLEM}, kept).entries[0].limits == LIMITS
    assert load(manifest("renamed"), {"one.png": EMBLEM}, kept).entries[0].limits == LIMITS
    assert load(manifest(), {"one.png": FULL}, kept).entries[0].limits is None
    assert load(manifest(more='frame = "square"'), {"one.png": EMBLEM}, kept).entries[0].limits is None
    assert digest(limits=kept) != digest(limits=to_json({entry.key: kept_limits(3.6)}))
    assert digest(limits=to_json({"another": LIMITS})) == digest()
    assert from_json(kept) == {entry.key: LIMITS}
