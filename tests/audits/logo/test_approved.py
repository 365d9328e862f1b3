from __future__ import annotations

import io

import pytest
from PIL import Image

from audits.logo.approved import LogoSetError, add_entry, file_names, load
from fixtures.logos.emblem import APPROVED

EMBLEM = (APPROVED / "emblem-blue.png").read_bytes()


def manifest(name: str = "one", file: str = "one.png", shape: str = "emblem", more: str = "") -> bytes:
    return f'[[logo]]\nname = "{name}"\nfile = "{file}"\nshape = "{shape}"\n{more}\n'.encode()


def png(image: Image.Image) -> bytes:
    held = io.BytesIO()
    image.save(held, "PNG")
    return held.getvalue()


BROKEN = {
    "not TOML": (b"[[logo", "one.png", EMBLEM, "logos.toml:"),
    "not UTF-8": (b"\xff\xfe", "one.png", EMBLEM, "not UTF-8"),
    "no entry": (b"", "one.png", EMBLEM, "herkenbaar logos add"),
    "one bracket": (b'[logo]\nname = "x"', "one.png", EMBLEM, "two brackets"),
    "unknown table": (manifest() + b"[other]\n", "one.png", EMBLEM, "'other'"),
    "unknown key": (manifest(more='colour = "blue"'), "one.png", EMBLEM, "'colour'"),
    "no file key": (b'[[logo]]\nname = "x"\nshape = "full"', "one.png", EMBLEM, "needs name, file and shape"),
    "no name": (b'[[logo]]\nfile = "x.png"', "one.png", EMBLEM, "needs name, file and shape"),
    "wrong shape": (manifest(shape="round"), "one.png", EMBLEM, "emblem, wordmark, full"),
    "path for a file": (manifest(file="../one.png"), "one.png", EMBLEM, "plain name"),
    "name of nothing": (manifest(name=""), "one.png", EMBLEM, "a name is"),
    "same name twice": (manifest() + manifest(), "one.png", EMBLEM, "used twice"),
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
    both = manifest() + manifest(name="two", file="two.png", shape="full")

    approved = load(both, {"one.png": EMBLEM, "two.png": (APPROVED / "full-white.png").read_bytes()})

    assert [(entry.name, entry.shape) for entry in approved.entries] == [("one", "emblem"), ("two", "full")]
    assert file_names(both) == ("one.png", "two.png")


def test_the_digest_follows_the_contents_and_not_the_spelling():
    plain = load(manifest(), {"one.png": EMBLEM}).digest

    assert load(b"# remark\n" + manifest(), {"one.png": EMBLEM}).digest == plain
    assert load(manifest(name="two"), {"one.png": EMBLEM}).digest != plain
    assert load(manifest(), {"one.png": (APPROVED / "full-white.png").read_bytes()}).digest != plain


def test_a_logo_can_be_added_to_nothing_and_to_a_manifest():
    first = add_entry(None, "one", "emblem", "one.png")
    second = add_entry(b"# ours\n" + first, "two", "full", "two.png")

    assert file_names(first) == ("one.png",)
    assert file_names(second) == ("one.png", "two.png")
    assert second.startswith(b"# ours\n")


@pytest.mark.parametrize(
    ("name", "shape", "file"),
    [("one", "emblem", "new.png"), ('a"b', "emblem", "a.png"), ("a", "oval", "a.png"), ("a", "full", "a/b.png")],
)
def test_a_name_taken_or_a_bad_value_is_not_added(name, shape, file):
    with pytest.raises(LogoSetError):
        add_entry(manifest(), name, shape, file)
