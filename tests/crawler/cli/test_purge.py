import json
import shutil

import pytest

from crawler.cli.demo import simulator
from crawler.store import audit_lock, open_store
from tests.crawler.evening import Evening

NIGHTS = ("2025-09-01T03:00:00Z", "2025-09-02T03:00:00Z", "2026-11-20T03:00:00Z", "2026-11-21T03:00:00Z")
NOW = ("--now", "2026-11-22T03:00:00Z")


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """The folder of an evening with four audits, two of them more than 400 days old."""
    folder = tmp_path_factory.mktemp("nights")
    with simulator(folder, "--accounts", "40", "--seed", "4711"):
        for night in NIGHTS:
            assert Evening(folder).audit("--now", night) in {0, 3}
    return folder


@pytest.fixture
def nights(kept, tmp_path, capsys, monkeypatch):
    """A copy of that evening, and a way to run a verb in it that gives what was printed."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    evening = Evening(shutil.copytree(kept, tmp_path / "evening"))

    def call(verb, *options):
        capsys.readouterr()
        code = evening.run(verb, *options)
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return evening, call


def test_purge_says_per_class_what_goes_and_what_stays_and_why(nights):
    evening, call = nights
    with open_store(evening.store) as store:
        runs = [row.run_id for row in store.runs.all()]
    latest = call("report", "-f", "json")[1]
    diff = call("diff", "--json")[1]
    code, out, _ = call("purge", "--dry-run", "--json", *NOW)
    told = json.loads(out)
    assert code == 0
    assert told["dry_run"] is True
    by_name = {one["name"]: one for one in told["classes"]}
    assert by_name["results"] == {
        "name": "results", "before": "2025-10-18T03:00:00Z", "days": 400, "goes": 80, "young": 80, "needed": {}
    }  # fmt: skip
    assert by_name["sightings"]["needed"]["open_findings"] > 0
    assert call("report", runs[0], "-f", "json")[0] == 0
    code, out, _ = call("purge", *NOW)
    assert code == 0
    assert "results    before 2025-10-18: 80 gone · stay: 80 younger" in out
    assert "adoptions and the list of runs always stay" in out
    code, _, err = call("report", runs[0], "-f", "json")
    assert code == 2
    assert "purged" in err
    assert call("diff", "--since", runs[0])[0] == 2
    assert call("report", "-f", "json")[1] == latest
    assert call("diff", "--json")[1] == diff
    assert call("store check")[0] == 0
    assert json.loads(call("purge", "--json", *NOW)[1])["classes"][0]["goes"] == 0


def test_the_days_of_a_class_are_a_setting(nights):
    evening, call = nights
    settings = evening.folder / "settings.toml"
    settings.write_text(settings.read_text(encoding="utf-8") + "\n[retention]\nresults = 900\n", encoding="utf-8")
    told = json.loads(call("purge", "--json", *NOW)[1])
    assert {one["name"]: one["goes"] for one in told["classes"]}["results"] == 0
    settings.write_text(settings.read_text(encoding="utf-8").replace("results = 900", "results = 0"), encoding="utf-8")
    code, _, err = call("purge", *NOW)
    assert code == 2
    assert "retention" in err


@pytest.fixture
def folders(nights, tmp_path):
    """The nights' folder of reports of that evening: four runs, a stranger, and something that only looks like ours."""
    evening, _ = nights
    place = tmp_path / "data" / "herkenbaar" / "nights"
    with open_store(evening.store) as store:
        runs = [row.run_id for row in store.runs.all()]
    for night, run in zip(NIGHTS, runs, strict=True):
        shutil.copytree(evening.out, place / night[:10])
        record = json.loads((place / night[:10] / "run.json").read_text(encoding="utf-8"))
        record |= {"run_id": run, "started_at": night}
        (place / night[:10] / "run.json").write_text(json.dumps(record), encoding="utf-8")
    for name, text in (("holiday", None), ("other", "{}"), ("broken", "no json")):
        (place / name).mkdir()
        if text is not None:
            (place / name / "run.json").write_text(text)
    return place


def listed(place):
    return sorted(path.name for path in place.iterdir())


STRANGERS = ["broken", "holiday", "other"]


def test_folders_of_reports_that_are_old_enough_go_and_nothing_else_does(nights, folders):
    _, call = nights
    code, out, _ = call("purge", "--dry-run", *NOW)
    assert code == 0
    assert "reports    before 2025-10-18: 2 would go · stay: 2 younger" in out
    assert f"  {folders / '2025-09-01'}\n" in out
    assert str(folders / "2026-11-20") not in out
    before = listed(folders)
    told = json.loads(call("purge", "--json", *NOW)[1])
    assert told["folders"] == [str(folders / "2025-09-01"), str(folders / "2025-09-02")]
    assert told["classes"][-1] | {"before": ""} == {
        "name": "reports", "before": "", "days": 400, "goes": 2, "young": 2, "needed": {}
    }  # fmt: skip
    assert before == ["2025-09-01", "2025-09-02", "2026-11-20", "2026-11-21", *STRANGERS]
    assert listed(folders) == ["2026-11-20", "2026-11-21", *STRANGERS]
    assert json.loads(call("purge", "--json", *NOW)[1])["folders"] == []


def test_the_last_two_nights_keep_their_reports_however_old(nights, folders):
    _, call = nights
    code, out, _ = call("purge", "--now", "2030-01-01T03:00:00Z")
    assert code == 0
    assert "2 gone · stay: 0 younger, 2 of the last two nights" in out
    assert listed(folders) == ["2026-11-20", "2026-11-21", *STRANGERS]


def test_what_a_person_put_beside_the_reports_stays(nights, folders):
    _, call = nights
    (folders / "2025-09-01" / "notes.txt").write_text("keep")
    (folders / "2025-09-03").symlink_to(folders / "2025-09-02")
    assert call("purge", *NOW)[0] == 0
    assert listed(folders / "2025-09-01") == ["notes.txt"]
    assert (folders / "2025-09-03").is_symlink()


def test_a_purge_of_reports_that_was_killed_is_done_again(nights, folders):
    _, call = nights
    (folders / "2025-09-01" / "report.html").unlink()
    assert call("purge", *NOW)[0] == 0
    assert "2025-09-01" not in listed(folders)


def test_the_folder_of_the_nights_and_its_days_are_settings(nights, folders, tmp_path):
    evening, call = nights
    folders.rename(tmp_path / "elsewhere")
    settings = evening.folder / "settings.toml"
    text = f'\n[night]\nout = "{tmp_path / "elsewhere"}"\n[retention]\nreports = 900\n'
    settings.write_text(settings.read_text(encoding="utf-8") + text, encoding="utf-8")
    assert json.loads(call("purge", "--json", *NOW)[1])["folders"] == []
    settings.write_text(settings.read_text(encoding="utf-8").replace("= 900", "= 300"), encoding="utf-8")
    assert len(json.loads(call("purge", "--json", *NOW)[1])["folders"]) == 2


def test_reports_that_may_not_be_removed_are_told_in_one_line(nights, folders):
    _, call = nights
    (folders / "2025-09-01" / "report.html").unlink()
    (folders / "2025-09-01" / "report.html").mkdir()
    code, _, err = call("purge", *NOW)
    assert (code, err.count("\n")) == (2, 1)
    assert f"{folders / '2025-09-01' / 'report.html'}: cannot be read or removed" in err


def test_room_that_cannot_be_given_back_is_told_and_what_went_has_gone(nights):
    evening, call = nights
    with open_store(evening.store) as store, store.database.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM run").scalar() == 4
        evening.store += "?timeout=0.05"
        code, out, err = call("purge", "--account", "x:nobody", *NOW)
        assert (code, out) == (2, "")
        account = next(iter(evening.results))
        (evening.folder / "none.csv").write_text("account_id,platform,handle\nnew,x,POL_Nieuw\n", encoding="utf-8")
        assert call("register import", evening.folder / "none.csv")[0] == 0
        code, out, err = call("purge", "--account", account)
    assert code == 0
    assert "erased" in out
    assert "the room is not given back yet" in err
    assert call("about", account)[0] == 2


def test_no_purge_while_an_audit_runs(nights):
    evening, call = nights
    with audit_lock(evening.store):
        code, _, err = call("purge", *NOW)
    assert code == 2
    assert "another audit is running" in err


def test_all_that_is_held_of_an_account_is_told_and_erased(nights):
    evening, call = nights
    one = next(iter(evening.results.values()))
    name = f"{one['platform']}:{one['handle']}"
    code, out, _ = call("about", name)
    assert code == 0
    assert out.count("  judged ") == out.count("  seen ") == 4
    told = json.loads(call("about", one["account_id"], "--json")[1])
    assert told["account_id"] == one["account_id"]
    assert len(told["sightings"]) == 4
    code, _, err = call("purge", "--account", name)
    assert code == 2
    assert "stands in the current register" in err
    lines = (evening.folder / "register.csv").read_text(encoding="utf-8-sig").splitlines()
    rest = [line for line in lines if one["account_id"] not in line]
    assert len(rest) < len(lines)
    (evening.folder / "rest.csv").write_text("\n".join(rest), encoding="utf-8")
    assert call("register import", evening.folder / "rest.csv")[0] == 0
    assert "would be erased" in call("purge", "--account", name, "--dry-run")[1]
    assert len(json.loads(call("about", name, "--json")[1])["results"]) == 4
    code, out, err = call("purge", "--account", name)
    assert code == 0
    assert "sighting 4, result 4" in out
    assert "backups" in err
    assert call("about", name)[0] == 2
    record = json.loads(call("report", "-f", "json")[1].splitlines()[0])
    assert record["account_id"] != one["account_id"]
    assert call("diff")[0] == 0


@pytest.mark.parametrize(("target", "words"), [("x:nobody", "nothing is held"), ("zomaar iets", "give x:handle")])
def test_an_account_that_is_not_known_is_told(nights, target, words):
    _, call = nights
    code, _, err = call("about", target)
    assert code == 2
    assert words in err
