import json

import pytest

from adapters import ADAPTERS
from crawler.cli import main
from crawler.config import BrowserSettings
from crawler.net import chromium
from crawler.run.checks import Check, State

RECORD = """
[[permission]]
platform = "x"
sources = ["page"]
grantor = "X"
document = "brief 12"
scope = "profielen"
until = {until}
"""


@pytest.fixture
def examine(tmp_path, capsys, monkeypatch):
    for name in ("HERKENBAAR_X_TOKEN", "HERKENBAAR_INSTAGRAM_TOKEN", chromium.VARIABLE):
        monkeypatch.delenv(name, raising=False)

    def call(text="", *words, browser="geen-browser"):
        path = tmp_path / "settings.toml"
        path.write_text(f'{text}\n[browser]\npath = "{browser}"\n', encoding="utf-8")
        store = f"sqlite:///{tmp_path / 'store.sqlite'}"
        capsys.readouterr()
        code = main(["doctor", "--json", "--settings", str(path), "--store", store, "--now", "2026-11-22", *words])
        lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
        return code, {line["check"]: line for line in lines}

    return call


def states(found, *names):
    return [found[name]["state"] for name in names]


def test_the_simulators_settings_are_well_enough_to_audit(simulated):
    with simulated() as evening:
        assert evening.run("doctor") == 0


def test_a_bare_installation_lacks_what_an_audit_needs_and_every_lack_has_a_cure(examine):
    code, found = examine()
    assert code == 3
    assert states(found, "settings", "store", "policy voorbeeld-2024") == ["ok", "ok", "warning"]
    assert states(found, "logos", "x", "credential x api", "canaries x", "browser") == ["missing"] * 5
    assert [name for name, line in found.items() if line["state"] != "ok" and not line["cure"]] == []
    assert "HERKENBAAR_X_TOKEN" in found["credential x api"]["cure"]


def test_a_person_gets_one_line_a_check(examine, capsys, tmp_path):
    code, found = examine()
    assert main(["doctor", "--settings", str(tmp_path / "settings.toml"), "--store", "sqlite://"]) == code
    captured = capsys.readouterr()
    assert [line.split()[0] for line in captured.out.splitlines()] == [line["state"] for line in found.values()]
    assert captured.err.strip() == f"mend first: logos, {', '.join(ADAPTERS)}"


def test_invalid_settings_are_told_before_anything_else(examine):
    code, found = examine("polisy = 'x'")
    assert (code, found) == (2, {})


def test_a_secret_is_told_to_be_present_and_never_shown(examine, monkeypatch, capsys):
    monkeypatch.setenv("HERKENBAAR_X_TOKEN", "heelgeheim")
    _, found = examine()
    assert states(found, "x", "credential x api", "credential instagram api") == ["ok", "ok", "missing"]
    assert "heelgeheim" not in json.dumps(found)


def test_a_credential_without_the_account_that_asks_is_not_enough(examine, monkeypatch):
    monkeypatch.setenv("HERKENBAAR_INSTAGRAM_TOKEN", "geheim")
    _, found = examine()
    assert "caller" in found["credential instagram api"]["said"]
    _, found = examine('[platform.instagram]\ncaller = "17841400000000000"')
    assert states(found, "instagram", "credential instagram api") == ["ok", "ok"]


@pytest.mark.parametrize(
    ("until", "state", "said"),
    [
        ("2026-11-21", "wrong", "ended on 2026-11-21"),
        ("2026-11-22", "warning", "in 0 days"),
        ("2026-12-22", "warning", "in 30 days"),
        ("2026-12-23", "ok", "until 2026-12-23 (X, brief 12)"),
    ],
)
def test_a_permission_says_until_when_it_holds(examine, until, state, said):
    _, found = examine(RECORD.format(until=until))
    assert found["permission x page"]["state"] == state
    assert said in found["permission x page"]["said"]
    assert states(found, "permission x rendered", "x") == ["off", "missing" if state == "wrong" else "ok"]


def test_the_newest_of_two_records_counts(examine):
    _, found = examine(RECORD.format(until="2026-01-01") + RECORD.format(until="2028-01-01"))
    assert states(found, "permission x page") == ["ok"]


def test_a_record_for_a_source_that_does_not_exist_is_wrong(examine):
    code, found = examine(RECORD.format(until="2028-01-01").replace('"page"', '"pgae"'))
    assert code == 3
    assert found["permission x pgae"]["state"] == "wrong"
    assert "api, page, rendered" in found["permission x pgae"]["cure"]


@pytest.mark.parametrize(
    ("canaries", "state"),
    [
        ('{handle = "politie", expect = {bio = "112"}}, {handle = "niemand_1", missing = true}', "ok"),
        ('{handle = "politie", expect = {bio = "112"}}', "missing"),
        ('{handle = "politie", expect = {biografie = "112"}}', "wrong"),
    ],
)
def test_canaries_are_one_that_lives_and_one_that_does_not(examine, canaries, state):
    _, found = examine(f"[platform.x]\ncanary = [{canaries}]")
    assert found["canaries x"]["state"] == state


def test_logos_and_policy_that_cannot_be_read_are_wrong(examine, tmp_path):
    policy = tmp_path / "eigen.toml"
    policy.write_text("id = 3", encoding="utf-8")
    code, found = examine(f'logos = "{tmp_path / "nergens"}"\npolicy = "{policy}"')
    assert code == 3
    assert states(found, "logos", "policy") == ["wrong", "wrong"]


def test_an_adopted_policy_and_a_register_are_told(examine, tmp_path):
    register = tmp_path / "register.csv"
    register.write_text("account_id,platform,handle\n1,x,POL_Zwolle\n", encoding="utf-8")
    store = f"sqlite:///{tmp_path / 'store.sqlite'}"
    main(["register", "import", str(register), "--store", store])
    main(["policy", "adopt", "voorbeeld-2024", "--by", "Hoofd Communicatie", "--on", "2026-11-01", "--store", store])
    _, found = examine()
    assert states(found, "policy voorbeeld-2024", "register") == ["ok", "ok"]
    assert "Hoofd Communicatie" in found["policy voorbeeld-2024"]["said"]
    # Nobody of the register is on Instagram: that it cannot be asked stops nobody.
    assert [found[name]["needed"] for name in ("x", "instagram")] == [True, False]


def test_a_store_that_does_not_open_is_wrong(examine, tmp_path):
    (tmp_path / "store.sqlite").write_text("geen database" * 100)
    code, found = examine()
    assert code == 3
    assert found["store"]["state"] == "wrong"


RENDERED = RECORD.format(until="2028-01-01").replace('"page"', '"rendered"')


def test_a_browser_is_needed_where_a_rendered_page_may_be_asked(examine):
    _, without = examine(RENDERED)
    _, unneeded = examine()
    assert [found["browser"]["needed"] for found in (without, unneeded)] == [True, False]
    assert "geen-browser: not found" in without["browser"]["said"]
    assert "apt-get install chromium" in without["browser"]["cure"]


def test_a_browser_that_starts_tells_its_version(examine):
    _, found = examine(RENDERED, browser=chromium.find(BrowserSettings()) or chromium.CURE)
    assert found["browser"]["state"] == "ok"
    assert "starts, version " in found["browser"]["said"]


def test_what_is_no_browser_does_not_start(examine):
    _, found = examine(RENDERED, browser="false")
    assert found["browser"]["state"] == "wrong"
    assert "browser_does_not_start" in found["browser"]["said"]


def test_only_what_is_needed_stops_an_audit():
    lines = [Check(check="a", state=state, said="", needed=needed) for state in State for needed in (True, False)]
    assert [line.stops for line in lines] == [False] * 6 + [True, False] * 2
