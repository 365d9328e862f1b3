import sys
from pathlib import Path

import pytest

from crawler.cli import main

NIGHT = "2026-11-24T03:00:00Z"
EVENING = "2026-11-24T20:00:00Z"
NEXT = "2026-11-25T03:00:00Z"


@pytest.fixture(autouse=True)
def own_data_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))


def tick(evening, now, *options):
    return evening.run("schedule run", "--now", now, *options)


def imported(evening):
    assert evening.run("register import", evening.folder / "register.csv") == 0
    return evening


def cron_started(bare):
    (bare / "17").mkdir()
    (bare / "17" / "comm").write_text("cron\n")


def test_status_says_when_all_is_well_and_when_not(simulated, capsys, bare):
    with simulated() as evening:
        imported(evening)
        assert evening.run("schedule status", "--now", NIGHT) == 3
        assert tick(evening, NIGHT) == 0
        capsys.readouterr()
        assert evening.run("schedule status", "--now", EVENING) == 0
        told = capsys.readouterr().out
        assert "nothing here starts a night: herkenbaar schedule install" in told
        assert "next night" not in told
        assert evening.run("schedule install", "--kind", "cron", "--now", EVENING) == 0
        cron_started(bare)
        capsys.readouterr()
        assert evening.run("schedule status", "--now", EVENING) == 0
        told = capsys.readouterr().out
        assert "nights are started by: the crontab of" in told
        assert "next night: 2026-11-25 02:30 Europe/Amsterdam" in told
        assert evening.run("schedule status", "--now", "2026-11-27T03:00:00Z") == 3
        assert "OVERDUE" in capsys.readouterr().out


def test_what_was_just_installed_is_not_overdue_before_the_alarm_says_so(simulated, capsys, bare):
    with simulated() as evening:
        imported(evening)
        cron_started(bare)
        assert evening.run("schedule install", "--kind", "cron", "--now", EVENING) == 0
        assert "no cron daemon" not in capsys.readouterr().out
        assert evening.run("schedule status", "--now", EVENING) == 0
        assert "OVERDUE" not in capsys.readouterr().out
        assert evening.run("schedule status", "--now", "2026-11-26T03:00:00Z") == 3
        assert "OVERDUE" in capsys.readouterr().out


def test_a_crontab_that_nobody_reads_is_told_when_it_is_installed_and_after(simulated, capsys, bare):
    with simulated() as evening:
        imported(evening)
        capsys.readouterr()
        assert evening.run("schedule install", "--kind", "cron", "--now", EVENING) == 0
        assert "no cron daemon seems to run" in capsys.readouterr().out
        assert evening.run("schedule status", "--now", EVENING) == 0
        told = capsys.readouterr().out
    assert "not started by the crontab of" in told
    assert "next night" not in told


def test_units_are_shown_written_and_removed(tmp_path, capsys):
    assert main(["schedule", "show", "--kind", "systemd"]) == 0
    assert "OnCalendar=*-*-* 02:30:00 Europe/Amsterdam" in capsys.readouterr().out
    folder = tmp_path / "units"
    assert main(["schedule", "install", "--folder", str(folder), "--now", EVENING]) == 0
    assert "next night: 2026-11-25 02:30 Europe/Amsterdam" in capsys.readouterr().out
    service = (folder / "herkenbaar.service").read_text()
    assert f"{sys.executable} -X utf8 -m crawler schedule run --since {EVENING}" in service
    assert main(["schedule", "remove", "--folder", str(folder)]) == 0
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://audit:geheim@localhost/audit",
        "postgresql://audit@localhost/audit?sslmode=require&password=geheim",
        "postgresql://audit@localhost/audit?pass%77ord=geheim",
        "postgresql://audit@localhost/audit?sslpassword=geheim",
        "postgresql://audit@localhost:poort/audit?password=geheim",
    ],
)
def test_a_password_does_not_go_into_a_unit_or_a_crontab(capsys, bare, tab, url):
    for what in ("show", "install"):
        for kind in ("systemd", "cron"):
            assert main(["schedule", what, "--kind", kind, "--store", url]) == 2
    out = capsys.readouterr()
    assert "geheim" not in out.out + out.err
    assert not tab.exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["run", "--since", "x"], "--since: 'x' is no ISO 8601 moment such as 2026-11-22T03:00:00Z"),
        (["loop", "--nights", "-1"], "--nights: '-1' is no number of nights"),
        (["loop", "--nights", "drie"], "--nights: 'drie' is no number of nights"),
    ],
)
def test_a_command_line_that_is_off_is_told_in_words(capsys, words, said):
    with pytest.raises(SystemExit) as ended:
        main(["schedule", *words])
    assert ended.value.code == 2
    assert said in capsys.readouterr().err


def test_an_unknown_time_zone_or_hour_is_said_before_anything_is_written(tmp_path, capsys):
    for wrong in ('zone = "Mars/Noord"', 'at = "25:00"'):
        settings = tmp_path / "settings.toml"
        settings.write_text(f"[night]\n{wrong}\n")
        assert main(["schedule", "install", "--folder", str(tmp_path / "u"), "--settings", str(settings)]) == 2
    assert not (tmp_path / "u").exists()


def test_secrets_that_others_may_read_or_that_are_not_there_are_refused(tmp_path, capsys):
    secrets = tmp_path / "secrets.env"
    words = ["schedule", "install", "--folder", str(tmp_path / "units"), "--environment", str(secrets)]
    assert main(words) == 2
    secrets.write_text("HERKENBAAR_X_TOKEN=geheim\n")
    secrets.chmod(0o640)
    assert main(words) == 2
    assert f"chmod 600 {secrets}" in capsys.readouterr().err
    assert not (tmp_path / "units").exists()
    secrets.chmod(0o600)
    assert main(words) == 0
    service = (tmp_path / "units" / "herkenbaar.service").read_text()
    assert f"EnvironmentFile=-{secrets}" in service
    assert "geheim" not in service


def test_a_path_with_a_line_break_does_not_go_into_a_unit(tmp_path, capsys, monkeypatch):
    folder = tmp_path / "a\nExecStartPre=true"
    folder.mkdir()
    monkeypatch.chdir(folder)
    assert main(["schedule", "show", "--kind", "systemd"]) == 2
    assert "line break" in capsys.readouterr().err


def test_root_has_it_run_as_the_one_who_called_sudo(capsys, monkeypatch):
    monkeypatch.setattr("os.geteuid", lambda: 0)
    monkeypatch.setenv("SUDO_USER", "nobody")
    assert main(["schedule", "show", "--kind", "systemd"]) == 0
    assert "\nUser=nobody\n" in capsys.readouterr().out
    assert main(["schedule", "show", "--kind", "systemd", "--user", "niemand-van-hier"]) == 2


def test_a_user_installs_units_of_the_user_and_is_told_what_is_still_missing(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    folder = tmp_path / "units"
    assert main(["schedule", "install", "--folder", str(folder), "--user", "nobody"]) == 2
    assert main(["schedule", "install", "--folder", str(folder)]) == 0
    told = capsys.readouterr().out
    assert "sudo loginctl enable-linger" in told
    assert "under [alarm]" in told
    service = (folder / "herkenbaar.service").read_text()
    assert "User=" not in service
    assert "network-online" not in service
    assert f"WorkingDirectory={Path.cwd()}" in service
    assert f"XDG_DATA_HOME={tmp_path / 'data'}" in service
