"""`gazetteer`: names of areas on the command line."""

from __future__ import annotations

import json

import pytest

from crawler.cli import main

ROWS = "name;code;unit;aliases\nStadshagen;WK019313;02;Hagen\n"


def test_a_name_is_looked_up_with_kind_code_and_unit(capsys):
    assert main(["gazetteer", "find", "Ehv"]) == 0
    assert capsys.readouterr().out == "municipality  Eindhoven  GM0772  unit 09 Oost-Brabant  also ehv\n"


def test_a_name_that_is_not_known_exits_with_one_and_shows_no_control_characters(capsys):
    assert main(["gazetteer", "find", "x\u202ey"]) == 1
    written = capsys.readouterr()
    assert (written.out, "\u202e" in written.err) == ("", False)


def test_a_good_file_is_accepted_with_what_to_do_next(tmp_path, capsys):
    file = tmp_path / "areas.csv"
    file.write_text(ROWS)
    assert main(["gazetteer", "import", str(file)]) == 0
    written = capsys.readouterr()
    assert "1 areas with 1 other names" in written.out
    assert f'gazetteer = "{file}"' in written.err


@pytest.mark.parametrize("text", ["", "naam\n", ROWS + "Assen;;;Zwolle\n"])
def test_a_bad_file_is_refused_in_one_line(tmp_path, capsys, text):
    file = tmp_path / "areas.csv"
    file.write_text(text)
    assert main(["gazetteer", "import", str(file)]) == 2
    assert main(["gazetteer", "import", str(tmp_path / "none.csv")]) == 2
    assert "Traceback" not in capsys.readouterr().err


def test_the_file_of_the_settings_counts_in_judging_and_in_looking_up(tmp_path, capsys):
    (tmp_path / "areas.csv").write_text(ROWS)
    settings, facts = tmp_path / "settings.toml", tmp_path / "facts.jsonl"
    settings.write_text(f'gazetteer = "{tmp_path / "areas.csv"}"\n')
    account = {"account_id": "a", "platform": "x", "handle": "h", "area": "Stadshagen"}
    facts.write_text(json.dumps({"account": account, "profile": {"display_name": "Politie Hagen"}}))

    def area(*options: str) -> str:
        assert main(["judge", str(facts), *options]) == 0
        findings = json.loads(capsys.readouterr().out)["findings"]
        return str(next(found["verdict"] for found in findings if found["rule"] == "display-name-area"))

    assert (area(), area("--settings", str(settings))) == ("fail", "pass")
    assert main(["gazetteer", "find", "hagen", "--settings", str(settings)]) == 0
    assert capsys.readouterr().out == "own  Stadshagen  WK019313  unit 02 Oost-Nederland  also Hagen\n"
