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
def nights(kept, tmp_path, capsys):
    """A copy of that evening, and a way to run a verb in it that gives what was printed."""
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
