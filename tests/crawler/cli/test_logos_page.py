import json

import pytest

from crawler.cli import main
from fixtures.logos.drawing import draw_avatar
from fixtures.logos.emblem import APPROVED


@pytest.fixture
def files(tmp_path):
    """An approved picture, another one, and one that cannot be read."""
    paths = [tmp_path / name for name in ("goed.png", "ander.jpg", "kapot.png")]
    contents = ((APPROVED / "emblem-blue.png").read_bytes(), draw_avatar("different", 1, 240, "JPEG"), b"\x89PNG\r\n")
    for path, data in zip(paths, contents, strict=True):
        path.write_bytes(data)
    return [str(path) for path in paths]


def test_a_check_writes_a_page_beside_its_lines(files, tmp_path, capsys):
    page = tmp_path / "page.html"
    assert main(["logos", "check", *files, "--json", "--html", str(page)]) == 0
    captured = capsys.readouterr()
    said = [json.loads(line) for line in captured.out.splitlines()]
    assert [one["verdict"] for one in said] == ["approved", "different", "unreadable"]
    assert captured.err.strip() == str(page)
    text = page.read_text(encoding="utf-8")
    assert text.startswith("<!doctype html>")
    assert [text.count(f"{name}</bdi></h3>") for name in ("goed.png", "ander.jpg", "kapot.png")] == [1, 1, 1]
    assert text.count("<article") == 3
    assert '<html lang="nl">' in text
    assert "goedgekeurd logo" in text


def test_the_page_speaks_english_where_that_is_asked(files, tmp_path):
    page = tmp_path / "page.html"
    assert main(["logos", "check", files[0], "--html", str(page), "--lang", "en"]) == 0
    assert '<html lang="en">' in page.read_text()
    assert "approved logo" in page.read_text()


def test_without_the_option_no_page_is_written(files, tmp_path, capsys):
    before = set(tmp_path.iterdir())
    assert main(["logos", "check", *files]) == 0
    assert set(tmp_path.iterdir()) == before
    assert capsys.readouterr().err == ""


def test_a_page_that_cannot_be_written_is_told_in_one_line(files, tmp_path, capsys):
    assert main(["logos", "check", files[0], "--html", str(tmp_path / "nergens" / "page.html")]) == 2
    said = capsys.readouterr().err.strip()
    assert said.startswith("herkenbaar: --html ")
    assert said.count("\n") == 0
