from __future__ import annotations

from datetime import date

import pytest

from adapters.model import Platform
from audits.logo.manifest import EVERYWHERE, Line, LogoSetError, Scope, add_entry, file_names, lines


def manifest(name: str = "one", file: str = "one.png", shape: str = "emblem", more: str = "") -> bytes:
    return f'[[logo]]\nname = "{name}"\nfile = "{file}"\nshape = "{shape}"\n{more}\n'.encode()


BROKEN = {
    "not TOML": (b"[[logo", "at end of document"),
    "not UTF-8": (b"\xff\xfe", "not UTF-8"),
    "nested deeply": (b"logo = " + b"[" * 50_000, "logos.toml: "),
    "one bracket": (b'[logo]\nname = "x"', "two brackets"),
    "unknown table": (manifest() + b"[other]\n", "'other'"),
    "unknown key": (manifest(more='colour = "blue"'), "'colour'"),
    "not a table": (b"logo = [1]", "needs name, file and shape"),
    "no file": (b'[[logo]]\nname = "x"\nshape = "full"', "needs name, file and shape"),
    "no name": (b'[[logo]]\nfile = "x.png"', "needs name, file and shape"),
    "a number for a name": (b'[[logo]]\nname = 1\nfile = "x.png"\nshape = "full"', "needs name, file and shape"),
    "wrong shape": (manifest(shape="oval"), "emblem, wordmark, full"),
    "wrong frame": (manifest(more='frame = "oval"'), "round, square"),
    "path for a file": (manifest(file="../one.png"), "plain name"),
    "SVG for a file": (manifest(file="one.SVG"), "herkenbaar logos add"),
    "name of nothing": (manifest(name=""), "a name is"),
    "same name twice": (manifest() + manifest(), "used twice"),
    "number for a day": (manifest(more="valid_from = 2024"), "(valid_from)"),
    "moment for a day": (manifest(more="valid_to = 2024-01-01T12:00:00"), "(valid_to)"),
    "ends before it begins": (manifest(more="valid_from = 2024-02-01\nvalid_to = 2024-01-31"), "is after valid_to"),
    "unknown platform": (manifest(more='platforms = ["x", "hyves"]'), "'hyves' is not one of x, "),
    "platforms in one text": (manifest(more='platforms = "x"'), "(platforms)"),
    "number for a platform": (manifest(more="platforms = [1]"), "(platforms[0])"),
    "unknown type": (manifest(more='types = ["wijkagent", "koning"]'), "'koning'"),
    "wrong kind of bad": (manifest(more='bad = "ugly"'), "old_logo, other_force, other"),
    "bad for a platform": (manifest(more='bad = "other"\nplatforms = ["x"]'), "known-bad"),
    "bad for a type": (manifest(more='bad = "other"\ntypes = ["dier"]'), "known-bad"),
    "bad until a day": (manifest(more='bad = "old_logo"\nvalid_to = 2020-01-01'), "known-bad"),
    "empty source": (manifest(more='source = ""'), "(source)"),
    "long source": (manifest(more=f'source = "{"x" * 301}"'), "(source)"),
    "source of two lines": (manifest(more='source = "a\\nb"'), "one line"),
    "source that turns the text around": (manifest(more='source = "a\\u202Eb"'), "one line"),
    "source without a lock": (manifest(more='source = "http://example.org/logo"'), "https://"),
}


@pytest.mark.parametrize(("text", "part"), BROKEN.values(), ids=BROKEN)
def test_a_broken_manifest_is_refused_in_one_line_that_says_why(text, part):
    with pytest.raises(LogoSetError) as refusal:
        lines(text)

    assert part in str(refusal.value)
    assert str(refusal.value).startswith("logos.toml: ")
    assert "\n" not in str(refusal.value)


def test_three_keys_are_enough_and_mean_for_all_and_for_ever():
    assert lines(manifest()) == (Line(name="one", file="one.png", shape="emblem"),)
    assert lines(manifest())[0].scope == EVERYWHERE


def test_all_keys_are_read():
    more = """frame = "square"
valid_from = 2024-01-01
valid_to = 2024-01-01
platforms = ["x", "threads"]
types = ["wijkagent"]
source = "https://example.org/huisstijl"
"""
    found = lines(manifest(more=more))[0]

    assert (found.frame, found.bad, found.source) == ("square", None, "https://example.org/huisstijl")
    assert found.scope == Scope(
        valid_from=date(2024, 1, 1),
        valid_to=date(2024, 1, 1),
        platforms=(Platform.X, Platform.THREADS),
        types=("wijkagent",),
    )


@pytest.mark.parametrize("kind", ["old_logo", "other_force", "other"])
def test_known_bad_art_is_listed_beside_the_approved(kind):
    both = manifest() + manifest("two", "two.png", more=f'bad = "{kind}"\nsource = "vraag het team Huisstijl"')

    assert [line.bad for line in lines(both)] == [None, kind]


def test_a_logo_can_be_added_to_nothing_and_to_a_manifest():
    first = add_entry(None, "one", "emblem", "one.png")
    second = add_entry(b"# ours\n" + first, "two", "full", "two.png")

    assert file_names(first) == ("one.png",)
    assert file_names(second) == ("one.png", "two.png")
    assert second.startswith(b"# ours\n")
    assert first == b'[[logo]]\nname = "one"\nfile = "one.png"\nshape = "emblem"\n'


def test_what_is_added_is_read_back_the_same():
    more = {
        "frame": "square",
        "valid_from": date(2024, 1, 1),
        "valid_to": None,
        "platforms": ["x"],
        "types": ["digitaal_wijkagent"],
        "source": 'het bestand "logo é" van team \\ Huisstijl',
    }
    found = lines(add_entry(None, "één", "full", "één.png", **more))[0]

    assert found == Line(
        name="één",
        file="één.png",
        shape="full",
        frame="square",
        valid_from=date(2024, 1, 1),
        platforms=(Platform.X,),
        types=("digitaal_wijkagent",),
        source='het bestand "logo é" van team \\ Huisstijl',
    )


@pytest.mark.parametrize(
    ("name", "shape", "file", "more"),
    [
        ("one", "emblem", "new.png", {}),
        ('a"b', "emblem", "a.png", {}),
        ("a", "oval", "a.png", {}),
        ("a", "full", "a/b.png", {}),
        ("a", "full", "a.png", {"types": ["koning"]}),
        ("a", "full", "a.png", {"source": "twee\nregels"}),
        ("a", "full", "a.png", {"valid_from": date(2025, 1, 1), "valid_to": date(2024, 1, 1)}),
    ],
)
def test_a_name_taken_or_a_bad_value_is_not_added(name, shape, file, more):
    with pytest.raises(LogoSetError):
        add_entry(manifest(), name, shape, file, **more)
