import pytest

from crawler.cli import main

VERBS = [
    "store check",
    "store backup {}/night.sqlite",
    "store copy --to sqlite:///{}/other.sqlite",
    "purge",
    "purge --dry-run",
    "purge --account x:POL_Zwolle",
    "about x:POL_Zwolle",
    "schedule status",
    "report -o {}/reports",
    "diff",
]


@pytest.fixture(autouse=True)
def own_data_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))


def refused(tmp_path, capsys, verb, url):
    code = main([*verb.format(tmp_path).split(), "--store", url])
    out, err = capsys.readouterr()
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "there is no store at" in err
    return err


@pytest.mark.parametrize("verb", VERBS)
def test_a_verb_that_looks_at_what_is_kept_makes_no_store(tmp_path, capsys, verb):
    path = tmp_path / "not" / "there.sqlite"
    assert f"there is no store at {path}: " in refused(tmp_path, capsys, verb, f"sqlite:///{path}")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("verb", VERBS)
def test_without_any_setting_no_store_is_made_either(tmp_path, capsys, verb):
    assert main(verb.format(tmp_path).split()) == 2
    assert "there is no store at" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_file_without_a_byte_is_no_store_and_stays_as_it_is(tmp_path, capsys):
    (tmp_path / "empty.sqlite").touch()
    refused(tmp_path, capsys, "store check", f"sqlite:///{tmp_path / 'empty.sqlite'}")
    assert (tmp_path / "empty.sqlite").stat().st_size == 0


def test_a_database_in_memory_holds_no_store(tmp_path, capsys):
    assert refused(tmp_path, capsys, "store check", "sqlite:///")


def test_an_empty_database_on_a_server_is_no_store(tmp_path, capsys, postgres):
    with postgres.database("bare") as url:
        assert refused(tmp_path, capsys, "store check", url)
        assert refused(tmp_path, capsys, "purge", url)


def test_what_brings_something_into_a_store_makes_it(tmp_path):
    path = tmp_path / "new" / "store.sqlite"
    (tmp_path / "register.csv").write_text("account_id,platform,handle\n1,x,POL_Zwolle\n", encoding="utf-8")
    assert main(["register", "import", str(tmp_path / "register.csv"), "--store", f"sqlite:///{path}"]) == 0
    assert main(["store", "check", "--store", f"sqlite:///{path}"]) == 0
