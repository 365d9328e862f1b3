import errno
import sqlite3

import pytest

from crawler.cli import main

REGISTER = "account_id,platform,handle\n1,x,POL_Zwolle\n"


def told(capsys):
    lines = capsys.readouterr().err.strip().splitlines()
    assert all("Traceback" not in line for line in lines)
    return lines[-1]


@pytest.fixture
def here(tmp_path):
    (tmp_path / "register.csv").write_text(REGISTER, encoding="utf-8")
    return tmp_path


def run(here, *words):
    return main([*words, "--store", f"sqlite:///{here / 'store.sqlite'}"])


def test_a_register_without_a_handle_column_says_which_headings_it_has(here, capsys):
    path = here / "register.csv"
    path.write_text("naam,wijk\nJan,Centrum\n", encoding="utf-8")
    assert run(here, "audit", "--register", str(path)) == 2
    message = told(capsys)
    assert "naam" in message
    assert "handle" in message


def test_a_register_that_is_not_there_says_so(here, capsys):
    assert run(here, "audit", "--register", str(here / "nergens.csv")) == 2
    assert "nergens.csv" in told(capsys)


def test_without_accounts_the_cure_is_told(here, capsys):
    assert run(here, "audit") == 2
    assert "register import" in told(capsys)


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ('severity = "must"', 'severity = "mustt"', "severity"),
        ('rule = "bio-emergency-line"', 'rule = "bio-emergency-lime"', "bio-emergency-lime"),
        ("[clause.remedy]", "[clause.remady]", "remady"),
        ("id = ", "id == ", "line"),
    ],
)
def test_a_typing_error_in_the_policy_stops_before_the_first_request(here, capsys, old, new, complaint):
    from crawler.resources import policy

    _, text = policy("voorbeeld-2024")
    path = here / "beleid.toml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    assert run(here, "audit", "--register", str(here / "register.csv"), "--policy", str(path)) == 2
    message = told(capsys)
    assert str(path) in message
    assert complaint in message


def test_an_unknown_policy_names_the_known_ones(here, capsys):
    assert run(here, "audit", "--register", str(here / "register.csv"), "--policy", "voorbeeld-2030") == 2
    assert "voorbeeld-2024" in told(capsys)


def test_a_database_of_a_newer_version_is_left_alone(here, capsys):
    assert run(here, "register", "import", str(here / "register.csv")) == 0
    with sqlite3.connect(here / "store.sqlite") as database:
        database.execute("update alembic_version set version_num = '9999'")
    database.close()
    capsys.readouterr()
    assert run(here, "register", "list") == 2
    assert "newer" in told(capsys)


def test_a_file_that_is_no_database_is_left_alone(here, capsys):
    (here / "store.sqlite").write_text("boodschappenlijst " * 100, encoding="utf-8")
    assert run(here, "register", "list") == 2
    assert "store.sqlite" in told(capsys)


def test_a_settings_file_with_an_unknown_key_names_it(here, capsys):
    path = here / "settings.toml"
    path.write_text("polisy = 'x'", encoding="utf-8")
    assert main(["register", "list", "--settings", str(path)]) == 2
    assert "polisy" in told(capsys)


def test_an_unknown_target_of_a_scan_says_what_can_be_given(here, capsys):
    assert run(here, "scan", "zomaar iets") == 2
    assert "x:handle" in told(capsys)


@pytest.mark.parametrize("words", [["audit", "--min-coverage", "2"], ["audit", "--now", "gisteren"], ["vlieg"], []])
def test_a_command_line_that_is_off_exits_with_two(words, capsys):
    with pytest.raises(SystemExit) as ended:
        main(words)
    assert ended.value.code == 2
    assert capsys.readouterr().err


def test_a_bug_is_one_line_and_an_exit_code_of_its_own(here, capsys, monkeypatch):
    monkeypatch.setattr("crawler.cli.register.read_register", lambda *_: 1 / 0)
    assert run(here, "register", "import", str(here / "register.csv")) == 4
    message = told(capsys)
    assert "ZeroDivisionError" in message
    assert "HERKENBAAR_DEBUG" in message


def test_a_full_disk_is_told_with_the_way_on(here, capsys, monkeypatch):
    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device", "report.html")

    monkeypatch.setattr("crawler.cli.register.read_register", full)
    assert run(here, "register", "import", str(here / "register.csv")) == 4
    message = told(capsys)
    assert "disk is full" in message
    assert "--resume" in message


def test_a_folder_that_cannot_be_made_is_told_before_the_first_request(here, capsys):
    (here / "file").write_text("")
    assert run(here, "audit", "--register", str(here / "register.csv"), "--out", str(here / "file" / "out")) == 2
    assert "--out" in told(capsys)


def test_a_policy_is_adopted_by_somebody(here, capsys):
    assert run(here, "policy", "adopt", "voorbeeld-2024", "--by", " ") == 2
    assert "--by" in told(capsys)


def test_help_teaches_the_first_steps(capsys):
    with pytest.raises(SystemExit) as ended:
        main(["--help"])
    assert ended.value.code == 0
    assert "herkenbaar register import" in capsys.readouterr().out
