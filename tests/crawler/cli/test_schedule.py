import json
import os
import signal
import subprocess
import sys
import time

import pytest

from crawler.cli import main
from crawler.store import audit_lock, open_store

NIGHT = "2026-11-24T03:00:00Z"
EVENING = "2026-11-24T20:00:00Z"
NEXT = "2026-11-25T03:00:00Z"


@pytest.fixture(autouse=True)
def own_data_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))


def tick(evening, now, *options):
    return evening.run("schedule run", "--now", now, *options)


def audits(evening):
    with open_store(evening.store) as store:
        return [run for run in store.runs.all() if run.kind == "audit"]


def imported(evening):
    assert evening.run("register import", evening.folder / "register.csv") == 0
    return evening


def with_settings(evening, text):
    path = evening.folder / "settings.toml"
    path.write_text(text + "\n" + path.read_text(encoding="utf-8"), encoding="utf-8")


def test_a_due_night_runs_once_and_the_next_one_the_day_after(simulated):
    with simulated() as evening:
        imported(evening)
        assert tick(evening, NIGHT) == 0
        assert [run.complete for run in audits(evening)] == [True]
        assert tick(evening, EVENING) == 0
        assert len(audits(evening)) == 1
        assert tick(evening, NEXT) == 0
        assert len(audits(evening)) == 2


def test_nights_before_it_was_installed_are_not_caught_up(simulated):
    with simulated() as evening:
        imported(evening)
        assert tick(evening, EVENING, "--since", "2026-11-24T12:00:00Z") == 0
        assert audits(evening) == []
        assert tick(evening, NEXT, "--since", "2026-11-24T12:00:00Z") == 0
        assert len(audits(evening)) == 1


def test_a_night_that_was_missed_is_caught_up_when_the_host_is_there_again(simulated):
    with simulated() as evening:
        imported(evening)
        assert tick(evening, NIGHT) == 0
        assert tick(evening, "2026-11-27T16:00:00Z") == 0
        assert len(audits(evening)) == 2


def test_nights_never_overlap(simulated, capsys):
    with simulated() as evening:
        imported(evening)
        with audit_lock(evening.store):
            assert tick(evening, NIGHT) == 0
        assert audits(evening) == []
        assert tick(evening, NIGHT) == 0
        assert len(audits(evening)) == 1


def test_a_night_without_a_register_is_refused_and_the_alarm_is_raised_all_the_same(simulated, tmp_path):
    with simulated() as evening:
        with_settings(evening, f'alarm = {{ file = "{tmp_path / "alarm"}" }}')
        assert tick(evening, NIGHT, "--since", "2026-11-20T00:00:00Z") == 2
        assert "uur" in (tmp_path / "alarm").read_text(encoding="utf-8")


def test_an_incomplete_night_gives_no_sign_of_life_and_a_complete_one_ends_the_alarm(simulated, tmp_path):
    alarm, beat = tmp_path / "alarm", tmp_path / "beat"
    switch = f'alarm = {{ file = "{alarm}", heartbeat_file = "{beat}" }}'
    with simulated(permissions="official") as evening:
        imported(evening)
        with_settings(evening, switch)
        assert tick(evening, NIGHT, "--since", "2026-11-20T00:00:00Z") == 3
        assert alarm.exists()
        assert not beat.exists()
    with simulated() as evening:
        with_settings(evening, switch)
        assert tick(evening, NEXT) == 0
        assert not alarm.exists()
        assert beat.read_text().startswith("2026-11-25T03:00:00")


def test_status_says_when_all_is_well_and_when_not(simulated, capsys):
    with simulated() as evening:
        imported(evening)
        assert evening.run("schedule status", "--now", NIGHT) == 3
        assert tick(evening, NIGHT) == 0
        capsys.readouterr()
        assert evening.run("schedule status", "--now", EVENING) == 0
        assert "next night: 2026-11-25 02:30 Europe/Amsterdam" in capsys.readouterr().out
        assert evening.run("schedule status", "--now", "2026-11-27T03:00:00Z") == 3
        assert "OVERDUE" in capsys.readouterr().out


def test_units_are_shown_written_and_removed(tmp_path, capsys):
    assert main(["schedule", "show", "--kind", "systemd"]) == 0
    assert "OnCalendar=*-*-* 02:30:00 Europe/Amsterdam" in capsys.readouterr().out
    folder = tmp_path / "units"
    assert main(["schedule", "install", "--folder", str(folder), "--now", EVENING]) == 0
    assert "next night: 2026-11-25 02:30 Europe/Amsterdam" in capsys.readouterr().out
    service = (folder / "herkenbaar.service").read_text()
    assert f"{sys.executable} -m crawler schedule run --since {EVENING}" in service
    assert main(["schedule", "remove", "--folder", str(folder)]) == 0
    assert list(folder.iterdir()) == []


def test_a_password_does_not_go_into_a_unit(capsys):
    url = "postgresql://audit:geheim@localhost/audit"
    assert main(["schedule", "show", "--kind", "systemd", "--store", url]) == 2
    out = capsys.readouterr()
    assert "geheim" not in out.out + out.err


def test_an_unknown_time_zone_or_hour_is_said_before_anything_is_written(tmp_path, capsys):
    for wrong in ('zone = "Mars/Noord"', 'at = "25:00"'):
        settings = tmp_path / "settings.toml"
        settings.write_text(f"[night]\n{wrong}\n")
        assert main(["schedule", "install", "--folder", str(tmp_path / "u"), "--settings", str(settings)]) == 2
    assert not (tmp_path / "u").exists()


def wait_for(what, seconds=60):
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, "nothing happened in time"
        time.sleep(0.1)


@pytest.mark.slow
def test_the_process_for_containers_runs_a_night_by_itself(simulated):
    """A real process with a real clock: a night that is due this very minute, on the simulator."""
    with simulated() as evening:
        imported(evening)
        soon = time.strftime("%H:%M", time.gmtime(time.time() + 60))
        with_settings(evening, f'night = {{ at = "{soon}", zone = "UTC", out = "{evening.folder / "nights"}" }}')
        command = [sys.executable, "-m", "crawler", "schedule", "loop", "--store", evening.store]
        command += ["--settings", str(evening.folder / "settings.toml")]
        with subprocess.Popen(command, env=os.environ) as process:
            try:
                wait_for(lambda: list((evening.folder / "nights").glob("*/run.json")), 150)
            finally:
                process.send_signal(signal.SIGTERM)
        (record,) = (evening.folder / "nights").glob("*/run.json")
        assert json.loads(record.read_text())["complete"] is True
