import json
import sys
from pathlib import Path

import openpyxl
import pytest

from crawler.cli import main

REGISTER = """account_id,platform,handle,platform_id,type,area,beheerders
1,x,@POL_Zwolle,123,basisteam,Zwolle,a@example.org
2,instagram,https://www.instagram.com/politiezwolle/?hl=nl,,basisteam,Zwolle,a@example.org
3,x,null,,basisteam,Zwolle,a@example.org
"""


@pytest.fixture
def run(tmp_path, capsys):
    def call(*words):
        code = main([*map(str, words), "--store", f"sqlite:///{tmp_path / 'store.sqlite'}"])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return call


@pytest.fixture
def register(tmp_path):
    path = tmp_path / "register.csv"
    path.write_text(REGISTER, encoding="utf-8")
    return path


def test_an_import_lists_repairs_and_refusals_with_their_rows(run, register):
    code, out, _ = run("register", "import", register)
    assert code == 0
    assert "refused row 4" in out
    assert "repaired row 2" in out
    assert "2 accounts" in out


def test_importing_twice_changes_nothing(run, register):
    run("register", "import", register)
    first = run("register", "list", "--json")[1]
    assert "nothing changed" in run("register", "import", register)[1]
    assert run("register", "list", "--json")[1] == first


def test_strict_writes_nothing_when_a_row_is_refused(run, register):
    assert run("register", "import", register, "--strict")[0] == 2
    assert run("register", "list")[1] == ""


def test_an_import_shows_what_changes_before_it_writes_and_a_dry_run_writes_nothing(run, register):
    code, out, err = run("register", "import", register, "--dry-run")
    assert code == 0
    assert "+ 1  x:POL_Zwolle" in out
    assert "added 2 · removed 0 · changed 0" in err
    assert "nothing was written" in out
    assert run("register", "list")[1] == ""


def test_of_a_large_change_the_first_lines_are_shown_and_the_rest_counted(run, tmp_path):
    path = tmp_path / "veel.csv"
    path.write_text("platform,handle\n" + "".join(f"x,POL_{n}\n" for n in range(25)), encoding="utf-8")
    out = run("register", "import", path)[1]
    assert out.count("\n+ x:pol_") + out.startswith("+ x:pol_") == 10
    assert "+ … and 15 more" in out
    path.write_text("platform,handle\n" + "x,\n" * 12, encoding="utf-8")
    assert "refused rows 2, 3, 4" in run("register", "diff", path)[1] + run("register", "import", path, "--dry-run")[1]


def test_a_workbook_is_imported_and_audited_like_a_csv_file(run, tmp_path):
    book = openpyxl.Workbook()
    for line in REGISTER.splitlines():
        book.active.append(line.split(","))
    path = tmp_path / "register.xlsx"
    book.save(path)
    code, out, _ = run("register", "import", path)
    assert code == 0
    assert "2 accounts" in out
    assert "refused row 4" in out


def test_lint_counts_at_the_end_and_can_print_json(run, register):
    run("register", "import", register)
    assert "2 of 2 accounts lack something" in run("register", "lint")[1].splitlines()[-1]
    lines = [json.loads(line) for line in run("register", "lint", "--json")[1].splitlines()]
    assert {"account_id": "1", "column": "identity", "reason": "unconfirmed", "value": None} in lines


def test_lint_counts_the_days_that_a_confirmation_holds(run, tmp_path):
    path = tmp_path / "bevestigd.csv"
    path.write_text("platform,handle,confirmed_on\nx,POL_Ede,2026-11-01\n", encoding="utf-8")
    now = ("--now", "2026-11-22T00:00:00Z")
    run("register", "import", path, *now)
    assert "confirmed_on" not in run("register", "lint", "--older-than", "30", *now)[1]
    assert "confirmed_on is te lang" in run("register", "lint", "--older-than", "10", *now)[1]
    assert json.loads(run("register", "list", "--json")[1])["identity"] == "confirmed_by_person"


def test_list_as_json_prints_one_account_a_line(run, register):
    run("register", "import", register)
    lines = [json.loads(line) for line in run("register", "list", "--json")[1].splitlines()]
    assert [(line["account_id"], line["platform"], line["handle"]) for line in lines] == [
        ("1", "x", "POL_Zwolle"),
        ("2", "instagram", "politiezwolle"),
    ]


def test_a_diff_shows_what_an_import_would_change_and_writes_nothing(run, register):
    run("register", "import", register)
    register.write_text(REGISTER.replace("POL_Zwolle", "POL_Hattem").replace("1,x", "9,x"), encoding="utf-8")
    out = run("register", "diff", register)[1]
    assert "+ 9" in out
    assert "- 1" in out
    assert '"1"' in run("register", "list", "--json")[1]


def test_lint_names_what_an_account_lacks(run, register):
    run("register", "import", register)
    assert "1: unit" in run("register", "lint")[1]


def test_the_template_can_be_imported(run, tmp_path):
    path = tmp_path / "voorbeeld.csv"
    path.write_text(run("register", "template")[1], encoding="utf-8")
    code, out, _ = run("register", "import", path)
    assert code == 0
    assert "0 refused" in out


def test_a_policy_is_a_draft_until_a_person_adopts_that_very_file(run):
    assert "draft" in run("policy", "list")[1]
    run("policy", "adopt", "voorbeeld-2024", "--by", "Hoofd Communicatie", "--on", "2026-11-01")
    lines = run("policy", "list")[1].splitlines()
    assert "adopted by Hoofd Communicatie on 2026-11-01" in next(line for line in lines if "voorbeeld-2024" in line)
    assert "draft" in next(line for line in lines if "voorbeeld-2020" in line)


def test_an_adoption_counts_from_its_day(run):
    run("policy", "adopt", "voorbeeld-2024", "--by", "Hoofd Communicatie", "--on", "2026-12-01")
    assert "adopted" not in run("policy", "list", "--now", "2026-11-30")[1]
    assert "adopted by Hoofd Communicatie" in run("policy", "list", "--now", "2026-12-01")[1]


def test_check_tells_what_permitted_sources_can_decide(run):
    head, *lines = run("policy", "check")[1].splitlines()[1:-1]
    rows = {line.split()[1]: dict(zip(head.split()[1:], line.split()[2:], strict=True)) for line in lines}
    assert (rows["account-public"]["x"], rows["account-public"]["instagram"]) == ("api", "-")
    assert set(rows["bio-emergency-line"].values()) == {"api"}
    assert rows["links-allowed"]["instagram"].startswith("~")


def test_show_and_diff_and_rules_print_every_clause(run):
    assert "112" in run("policy", "show", "voorbeeld-2024")[1]
    assert "bio-no-reports" in run("policy", "diff", "voorbeeld-2020", "voorbeeld-2024")[1]
    assert "avatar-approved" in run("rules", "list")[1]
    assert "voorbeeld-2024" in run("rules", "show", "avatar-approved")[1]
    assert run("rules", "show", "bestaat-niet")[0] == 2


def test_judge_gives_one_line_for_each_line(run, tmp_path):
    account = {"account_id": "1", "platform": "x", "handle": "POL_Zwolle", "type": "basisteam", "area": "Zwolle"}
    lines = [
        {"account": account, "outcome": "ok", "profile": {"handle": "POL_Zwolle", "bio": "Bel 112"}},
        {"account": account, "outcome": "login_wall", "profile": None},
    ]
    path = tmp_path / "facts.jsonl"
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    code, out, _ = run("judge", path)
    seen, unseen = (json.loads(line) for line in out.splitlines())
    verdicts = {finding["rule"]: finding["verdict"] for finding in seen["findings"]}
    assert code == 0
    assert verdicts["bio-emergency-line"] == "pass"
    assert verdicts["display-name-police"] == "unknown"
    assert unseen["status"] == "undetermined"


def test_judge_names_the_line_that_is_wrong(run, tmp_path):
    path = tmp_path / "facts.jsonl"
    path.write_text('{"account": {"account_id": 1}}\n', encoding="utf-8")
    code, _, err = run("judge", path)
    assert code == 2
    assert "line 1" in err


API = {
    "data": [{"id": "1", "username": "POL_Zwolle", "name": "Politie Zwolle"}],
    "errors": [{"value": "Weg", "title": "Not Found Error", "detail": "Could not find user with usernames: [Weg]."}],
}


@pytest.mark.parametrize(
    ("names", "lines"),
    [
        (["--handle", "pol_zwolle", "--handle", "Weg"], [("pol_zwolle", "ok"), ("Weg", "not_found")]),
        (["--handle", "POL_Zwolle", "--id", "1"], [("POL_Zwolle", "ok")]),
        (["--id", "1"], [("1", "ok")]),
        (["--handle", "Stil"], [("Stil", "ambiguous")]),
        ([], [(None, "ok"), (None, "not_found")]),
    ],
)
def test_parse_prints_a_line_for_each_subject(run, tmp_path, names, lines):
    path = tmp_path / "answer.json"
    path.write_text(json.dumps(API), encoding="utf-8")
    code, out, _ = run("parse", "x", "api", path, *names)
    found = [json.loads(line) for line in out.splitlines()]
    assert code == 0
    assert [(line["asked"], line["outcome"]) for line in found] == lines


@pytest.mark.parametrize("body", [b"", b"\xff\xfe\x00", b"{", b"<html></html>", b"[" * 100_000])
def test_parse_always_prints_at_least_one_line(run, tmp_path, body):
    path = tmp_path / "answer"
    path.write_bytes(body)
    for source in (("x", "api"), ("x", "page"), ("instagram", "api"), ("instagram", "page"), ("instagram", "embed")):
        out = run("parse", *source, path, "--handle", "POL_Zwolle")[1]
        line = json.loads(out.splitlines()[0])
        assert line["outcome"] != "ok"
        assert line["profile"] is None


def test_parse_knows_its_sources(run, tmp_path):
    assert run("parse", "x", "embed", tmp_path / "a")[0] == 2


def test_report_and_diff_come_from_the_store_alone(simulated, tmp_path, capsys):
    with simulated() as evening:
        evening.audit()
    folder = tmp_path / "opnieuw"
    capsys.readouterr()
    assert evening.run("report", "-f", "json", "-f", "html", "-f", "xlsx", "-o", folder) == 0
    assert {path.name for path in folder.iterdir()} == {"results.jsonl", "report.html", "non-compliant.xlsx"}
    assert (folder / "non-compliant.xlsx").read_bytes() == (evening.out / "non-compliant.xlsx").read_bytes()
    assert (folder / "results.jsonl").read_bytes() == (evening.out / "results.jsonl").read_bytes()
    assert (folder / "report.html").read_bytes() == (evening.out / "report.html").read_bytes()
    assert capsys.readouterr().out == ""
    assert evening.run("report", "-f", "json") == 0
    assert capsys.readouterr().out.encode() == (evening.out / "results.jsonl").read_bytes()
    capsys.readouterr()
    assert evening.run("diff") == 0
    assert "new" in capsys.readouterr().out
    assert evening.run("report", "geen-run") == 2
    (tmp_path / "file").touch()
    for place in ("/proc/q", tmp_path / "file" / "out"):
        capsys.readouterr()
        assert evening.run("report", "-o", place) == 2
        assert f"-o {place}: cannot be written" in (told := capsys.readouterr().err)
        assert told.endswith("give another folder\n")
        assert "Errno" not in told


def test_a_workbook_goes_to_a_pipe_and_never_to_a_terminal(simulated, tmp_path, capfdbinary, monkeypatch):
    with simulated() as evening:
        evening.audit()
    workbook = (evening.out / "non-compliant.xlsx").read_bytes()
    capfdbinary.readouterr()
    assert evening.run("report", "-f", "xlsx") == 0
    assert capfdbinary.readouterr().out == workbook
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    assert evening.run("report", "-f", "xlsx") == 0
    assert capfdbinary.readouterr().out == b""
    assert Path("non-compliant.xlsx").read_bytes() == workbook


def test_a_diff_can_be_taken_since_any_run(simulated, capsys):
    with simulated() as evening:
        evening.audit()
        first = evening.record["run_id"]
        evening.audit()
    capsys.readouterr()
    assert evening.run("diff", "--since", first, "--json") == 0
    diff = json.loads(capsys.readouterr().out)
    assert diff["since"] == first
    assert {change["rule"] for change in diff["new"]} <= {"account-exists"}
    assert diff["unchanged"]
    assert evening.run("diff", "--since", "geen-run") == 2
