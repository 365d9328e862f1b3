"""`logos`: what may be added, what is kept, and what is said of files good and bad."""

from __future__ import annotations

import io
import json
import os
from pathlib import Path

import pytest
from PIL import Image

from audits.logo.limits import from_json, to_json
from crawler import resources
from crawler.cli import main
from fixtures.logos.banners import approved_banner
from fixtures.logos.drawing import draw_avatar
from fixtures.logos.emblem import APPROVED
from tests.audits.logo.measured import kept_limits

EMBLEM, WHITE = APPROVED / "emblem-blue.png", APPROVED / "emblem-white.png"
SVG = """<?xml version="1.0"?>
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100"><rect width="100" height="100" fill="#046"/>
<path d="M20 30h60v10h-25v40h-10v-40h-25z" fill="#fff"/></svg>"""


@pytest.fixture
def run(tmp_path, capsys):
    def call(*words):
        code = main(["logos", *map(str, words), "--now", "2026-11-22T03:00:00Z"])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return call


@pytest.fixture
def folder(tmp_path):
    """A folder in which the limits of the stand-ins are known, because measuring takes seconds."""
    made = tmp_path / "logos"
    made.mkdir()
    (made / "limits.json").write_bytes((APPROVED / "limits.json").read_bytes())
    return made


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()} if folder.exists() else {}


def saved(path, image, **options):
    image.save(path, **options)
    return path


def test_logos_are_added_listed_and_checked(run, folder):
    assert run("add", EMBLEM, "--name", "embleem", "--logos", folder, "--shape", "emblem") == (
        0,
        f"embleem: approved, 1 in {folder}\n",
        "",
    )
    assert run("list", "--logos", folder)[1] == "embleem  emblem  round\n"
    verdict = json.loads(run("check", EMBLEM, "--logos", folder, "--json")[1])
    assert verdict["file"] == str(EMBLEM)
    assert (verdict["verdict"], verdict["variant"]) == ("approved", "embleem")


def test_what_is_said_of_a_logo_is_kept_and_listed(run, folder):
    run("add", EMBLEM, "--name", "één", "--logos", folder)
    options = ["--frame", "square", "--from", "2024-01-01", "--to", "2027-12-31", "--platform", "x", "--platform"]
    more = ["youtube", "--type", "wijkagent", "--source", "het team Huisstijl"]
    assert run("add", WHITE, "--name", "twee", "--logos", folder, *options, *more)[0] == 0
    assert run("add", APPROVED / "full-white.png", "--name", "oud", "--logos", folder, "--bad", "old_logo")[0] == 0

    listed = [json.loads(line) for line in run("list", "--logos", folder, "--json")[1].splitlines()]
    assert listed[1] == {
        "name": "twee",
        "file": "twee.png",
        "shape": "full",
        "frame": "square",
        "valid_from": "2024-01-01",
        "valid_to": "2027-12-31",
        "platforms": ["x", "youtube"],
        "types": ["wijkagent"],
        "bad": None,
        "source": "het team Huisstijl",
    }
    assert [line["bad"] for line in listed] == [None, None, "old_logo"]
    assert run("list", "--logos", folder)[1].splitlines() == [
        "één  full  round",
        "twee  full  square  from 2024-01-01  to 2027-12-31  on x, youtube  for wijkagent  (het team Huisstijl)",
        "oud  full  round  known to be wrong: old_logo",
    ]


@pytest.mark.parametrize("fmt", ["PNG", "JPEG", "WEBP"])
def test_a_picture_is_kept_under_the_name_of_what_it_is(run, folder, tmp_path, fmt):
    path = saved(tmp_path / "picture", Image.open(EMBLEM).convert("RGB"), format=fmt)

    assert run("add", path, "--name", "een", "--logos", folder)[0] == 0
    assert contents(folder).keys() == {
        "een." + {"PNG": "png", "JPEG": "jpg", "WEBP": "webp"}[fmt],
        "limits.json",
        "logos.toml",
    }


def test_a_drawing_is_kept_beside_the_picture_that_is_made_of_it(run, folder, tmp_path):
    drawing = tmp_path / "logo.svg"
    drawing.write_text(SVG, encoding="utf-8")

    assert run("add", drawing, "--name", "lijnen", "--logos", folder)[0] == 0
    kept = contents(folder)
    assert kept["lijnen.svg"] == drawing.read_bytes()
    with Image.open(io.BytesIO(kept["lijnen.png"])) as picture:
        assert picture.size == (1024, 1024)
    verdict = json.loads(run("check", folder / "lijnen.png", "--logos", folder, "--json")[1])
    assert (verdict["verdict"], verdict["variant"]) == ("approved", "lijnen")


REFUSED = {
    "text": (b"hello", [], "unknown_format"),
    "cut short": (EMBLEM.read_bytes()[:3000], [], "truncated"),
    "script": (SVG.replace("<rect", "<script>1</script><rect").encode(), [], "<script>"),
    "text in a drawing": (SVG.replace("<rect", "<text>a</text><rect").encode(), [], "outlines"),
    "drawing of one colour": (
        SVG.replace("<path", "<metadata").replace('"#fff"/>', '"#fff"/>').encode(),
        [],
        "one even",
    ),
    "too many bytes": (b"\xff\xd8\xff" + bytes(10_000_001), [], "too_many_bytes"),
    "name of an entry": (WHITE.read_bytes(), ["--name", "een"], "used twice"),
    "name with a path": (WHITE.read_bytes(), ["--name", "../een"], "a name is"),
    "ends before it begins": (WHITE.read_bytes(), ["--from", "2025-01-02", "--to", "2025-01-01"], "is after"),
    "unknown type": (WHITE.read_bytes(), ["--type", "koning"], "'koning'"),
    "bad for some": (WHITE.read_bytes(), ["--bad", "other", "--platform", "x"], "known-bad"),
    "source without a lock": (WHITE.read_bytes(), ["--source", "http://example.org"], "https://"),
}


@pytest.mark.parametrize(("data", "options", "part"), REFUSED.values(), ids=REFUSED)
def test_what_is_refused_leaves_the_folder_as_it_was(run, folder, tmp_path, data, options, part):
    run("add", EMBLEM, "--name", "een", "--logos", folder)
    before = contents(folder)
    path = tmp_path / "new.png"
    path.write_bytes(data)

    code, out, err = run("add", path, "--logos", folder, "--name", "nieuw", *options)

    assert (code, out) == (2, "")
    assert part in err
    assert err.count("\n") == 1
    assert contents(folder) == before


@pytest.mark.parametrize(
    ("image", "part"),
    [
        (Image.new("RGB", (300, 300), "blue"), "one even colour"),
        (Image.new("RGB", (60, 60), "blue"), "smaller than 100"),
        (Image.new("RGB", (1, 900), "blue"), "smaller than 100"),
    ],
)
def test_a_picture_that_says_nothing_is_refused_and_no_folder_is_made(run, tmp_path, image, part):
    folder = tmp_path / "new"
    code, _, err = run("add", saved(tmp_path / "a.png", image), "--name", "een", "--logos", folder)

    assert code == 2
    assert part in err
    assert not folder.exists()


def test_no_other_file_in_the_folder_is_overwritten(run, folder):
    run("add", EMBLEM, "--name", "een", "--logos", folder)
    (folder / "twee.png").write_bytes(b"something of ours")

    code, _, err = run("add", WHITE, "--name", "twee", "--logos", folder)

    assert code == 2
    assert "take another --name" in err
    assert (folder / "twee.png").read_bytes() == b"something of ours"


def test_a_picture_that_lies_in_the_folder_already_can_be_added(run, folder):
    run("add", EMBLEM, "--name", "een", "--logos", folder)
    (folder / "twee.png").write_bytes(WHITE.read_bytes())

    assert run("add", folder / "twee.png", "--name", "twee", "--logos", folder)[0] == 0


def test_two_that_can_hardly_be_told_apart_are_named_in_a_warning(run, folder):
    run("add", EMBLEM, "--name", "een", "--logos", folder)

    assert run("add", APPROVED / "full-white.png", "--name", "ander", "--logos", folder)[2] == ""
    code, out, err = run("add", EMBLEM, "--name", "twee", "--logos", folder)

    assert code == 0
    assert out.startswith("twee: approved, 3 in ")
    assert err == "warning: een and twee can hardly be told apart\n"


def test_a_folder_that_cannot_be_made_is_told_in_one_line(run, tmp_path):
    (tmp_path / "file").write_text("no folder")

    code, _, err = run("add", EMBLEM, "--name", "een", "--logos", tmp_path / "file")

    assert code == 2
    assert err.count("\n") == 1


def test_limits_that_still_hold_are_kept_and_others_are_dropped(run, folder):
    run("add", EMBLEM, "--name", "een", "--logos", folder)
    entry = resources.approved_logos(folder).entries[0]
    known = {entry.key: kept_limits(3.5)}
    (folder / "limits.json").write_bytes(to_json(known | {"of another": kept_limits(1.0)}))

    assert resources.approved_logos(folder).entries[0].limits == known[entry.key]
    run("add", WHITE, "--name", "twee", "--logos", folder)
    kept = from_json((folder / "limits.json").read_bytes())
    assert kept[entry.key] == known[entry.key]
    assert "of another" not in kept


def test_good_and_bad_files_get_a_line_each(run, folder, tmp_path):
    run("add", EMBLEM, "--name", "een", "--logos", folder)
    bad = {"leeg": b"", "tekst.png": b"hello", "half.png": EMBLEM.read_bytes()[:4000], "logo.svg": SVG.encode()}
    for name, data in bad.items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "ander.jpg").write_bytes(draw_avatar("different", 1, 200, "JPEG"))
    files = [*(tmp_path / name for name in bad), EMBLEM, tmp_path / "ander.jpg"]

    code, out, err = run("check", *files, "--logos", folder, "--json")
    lines = [json.loads(line) for line in out.splitlines()]
    assert (code, err) == (0, "")
    assert [line["file"] for line in lines] == [str(path) for path in files]
    assert [(line["verdict"], line["reasons"]) for line in lines[:4]] == [
        ("unreadable", ["empty"]),
        ("unreadable", ["unknown_format"]),
        ("unreadable", ["truncated"]),
        ("unreadable", ["unknown_format"]),
    ]
    assert [line["verdict"] for line in lines[4:]] == ["approved", "different"]
    assert len(run("check", *files, "--logos", folder)[1].splitlines()) == 6


def test_a_picture_past_its_last_day_is_an_old_logo(run, folder):
    run("add", EMBLEM, "--name", "een", "--logos", folder, "--to", "2026-11-21", "--platform", "youtube")

    verdict = json.loads(run("check", EMBLEM, "--logos", folder, "--json")[1])
    assert (verdict["verdict"], verdict["reasons"]) == ("altered", ["old_logo"])


def test_a_name_that_is_no_text_is_still_told(run, tmp_path):
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff\x1b[31m.png"))
    path.write_bytes(b"hello")

    assert json.loads(run("check", path, "--json")[1])["file"].endswith("/\ufffd\x1b[31m.png")
    assert "\x1b" not in run("check", path)[1]


@pytest.mark.parametrize("name", ["nowhere.png", ""])
def test_a_file_that_is_not_there_is_told_before_anything_is_judged(run, tmp_path, name):
    code, out, err = run("check", EMBLEM, tmp_path / name)

    assert (code, out) == (2, "")
    assert "cannot be read" in err


def test_a_banner_is_added_and_listed_and_no_photo_is_held_against_it(run, folder, tmp_path):
    (tmp_path / "breed.png").write_bytes(approved_banner())
    code, out, _ = run("add", tmp_path / "breed.png", "--name", "stad", "--shape", "banner", "--logos", folder)
    assert (code, out) == (0, f"stad: approved, 1 in {folder}\n")
    assert run("list", "--logos", folder)[1].split() == ["stad", "banner", "round"]
    code, out, err = run("check", EMBLEM, "--logos", folder)
    assert (code, out) == (2, "")
    assert "this set has banners only" in err
    run("add", EMBLEM, "--name", "een", "--logos", folder)
    assert '"verdict":"approved"' in run("check", EMBLEM, "--logos", folder, "--json")[1]
