import json

import pytest

from crawler.cli import main
from crawler.store import open_store
from crawler.store.schema import HEAD
from tests.crawler.store.test_upgrading import at_first

REGISTER = "account_id,platform,handle\n1,x,POL_Zwolle\n2,x,POL_Hattem\n"


@pytest.fixture
def run(tmp_path, capsys):
    def call(*words, store=f"sqlite:///{tmp_path / 'store.sqlite'}"):
        code = main([*map(str, words), "--store", store])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    (tmp_path / "register.csv").write_text(REGISTER, encoding="utf-8")
    assert call("register", "import", tmp_path / "register.csv")[0] == 0
    return call


def accounts(run, **options):
    return [json.loads(line)["account_id"] for line in run("register", "list", "--json", **options)[1].splitlines()]


def test_a_sound_store_is_told_in_figures(run, tmp_path):
    code, out, err = run("store", "check")
    assert (code, err) == (0, "")
    assert "sound" in out
    assert "register_account   2" in out
    told = json.loads(run("store", "check", "--json")[1])
    assert told["sound"] is True
    assert told["condition"]["rows"]["register_account"] == 2
    assert told["condition"]["bytes"] == (tmp_path / "store.sqlite").stat().st_size


def test_a_store_that_is_not_sound_exits_with_four_and_says_what_to_do(run, tmp_path):
    with open_store(f"sqlite:///{tmp_path}/store.sqlite") as store, store.database.writing() as connection:
        connection.exec_driver_sql("DROP TABLE result")
    code, out, err = run("store", "check", "--json")
    assert code == 4
    assert json.loads(out) == {"sound": False, "problems": ["table result is missing"], "condition": None}
    assert "not sound: table result is missing" in err
    assert "store restore" in err


def cut(path):
    path.write_bytes(path.read_bytes()[:5000])


def overwritten(path):
    path.write_bytes(b"\xff" * 100 + path.read_bytes()[100:])


@pytest.mark.parametrize("damage", [cut, overwritten])
def test_a_store_that_is_damaged_past_opening_exits_with_four_and_keeps_to_json(run, tmp_path, damage):
    damage(tmp_path / "store.sqlite")
    code, out, err = run("store", "check")
    assert (code, out) == (4, "")
    assert "not sound: " in err
    assert "store restore" in err
    code, out, err = run("store", "check", "--json")
    told = json.loads(out)
    assert (code, told["sound"], told["condition"]) == (4, False, None)
    assert str(tmp_path / "store.sqlite") in told["problems"][0]


def test_a_store_that_cannot_be_opened_exits_with_two_and_keeps_to_json(run, tmp_path):
    with open_store(f"sqlite:///{tmp_path}/store.sqlite") as store, store.database.writing() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    code, out, err = run("store", "check", "--json")
    assert (code, err.count("\n")) == (2, 1)
    assert "newer version" in json.loads(out)["problems"][0]
    code, out, _ = run("store", "check", "--json", store=f"sqlite:///{tmp_path}/none.sqlite")
    assert code == 2
    assert json.loads(out)["sound"] is False


@pytest.mark.parametrize("text", ["PK\x03\x04 no database " * 100, ""])
def test_a_file_that_is_no_backup_says_to_name_another_one(run, tmp_path, text):
    (tmp_path / "odd.xlsx").write_text(text)
    code, _, err = run("store", "restore", tmp_path / "odd.xlsx")
    assert code == 2
    assert err.startswith(f"herkenbaar: {tmp_path / 'odd.xlsx'}: this ")
    assert err.endswith(": name another backup\n")


def test_upgrade_says_which_version_the_store_has(run):
    code, out, _ = run("store", "upgrade")
    assert code == 0
    assert f"version {HEAD}" in out


def test_a_store_of_the_first_version_is_upgraded_and_keeps_what_it_holds(run, tmp_path):
    place = f"sqlite:///{tmp_path / 'older.sqlite'}"
    with open_store(f"sqlite:///{tmp_path / 'store.sqlite'}") as store:
        at_first(store, place)
    code, out, _ = run("store", "upgrade", store=place)
    assert (code, f"version {HEAD}" in out) == (0, True)
    assert accounts(run, store=place) == accounts(run) == ["1", "2"]
    assert json.loads(run("store", "check", "--json", store=place)[1])["sound"] is True


def test_a_backup_is_restored_where_the_store_was_lost(run, tmp_path):
    code, out, _ = run("store", "backup", tmp_path / "night.sqlite")
    assert code == 0
    assert "opened and compared" in out
    (tmp_path / "store.sqlite").unlink()
    assert run("store", "restore", tmp_path / "night.sqlite")[0] == 0
    assert accounts(run) == ["1", "2"]


def test_what_cannot_be_done_is_one_line_and_exit_code_two(run, tmp_path):
    assert run("store", "backup", tmp_path / "night.sqlite")[0] == 0
    for words in (["backup", "night.sqlite"], ["restore", "none.sqlite"]):
        code, out, err = run("store", words[0], tmp_path / words[1])
        assert (code, out, err.count("\n")) == (2, "", 1)
    assert run("store", "copy", "--to", "mysql://x/y")[0] == 2


def test_a_store_moves_to_postgresql_and_back(run, tmp_path, postgres):
    back = f"sqlite:///{tmp_path / 'back.sqlite'}"
    with postgres.database("moved") as url:
        code, out, _ = run("store", "copy", "--to", url)
        assert code == 0
        assert "compared" in out
        assert accounts(run, store=url) == ["1", "2"]
        assert run("store", "copy", "--to", url)[0] == 2
        assert run("store", "copy", "--to", back, store=url)[0] == 0
    assert accounts(run, store=back) == ["1", "2"]


@pytest.mark.slow
def test_a_night_on_postgresql_gives_the_same_results_as_on_sqlite(simulated, postgres, tmp_path):
    told = {}
    with simulated(accounts=100, seed=17) as evening, postgres.database("night") as url:
        for name, store in (("sqlite", evening.store), ("postgresql", url)):
            evening.store, evening.out = store, tmp_path / name
            for night in ("2026-11-20T03:00:00Z", "2026-11-21T03:00:00Z", "2026-11-22T03:00:00Z"):
                assert evening.audit("--now", night) == 0
            told[name] = (evening.out / "results.jsonl").read_bytes()
            assert evening.run("store check") == 0
    assert told["postgresql"] == told["sqlite"]
    assert told["sqlite"].count(b"\n") == 100
    assert b'"first_seen":"2026-11-20' in told["sqlite"]
