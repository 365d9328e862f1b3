import errno
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import contextmanager

import pytest

from crawler.cli import main, night
from crawler.cli.audit import run_audit
from crawler.store import audit_lock, open_store

NIGHT = "2026-11-24T03:00:00Z"
EVENING = "2026-11-24T20:00:00Z"
NEXT = "2026-11-25T03:00:00Z"
AFTER = "2026-11-27T03:00:00Z"


@pytest.fixture(autouse=True)
def own_data_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))


def tick(evening, now, *options):
    return evening.run("schedule run", "--now", now, *options)


def audits(evening):
    with open_store(evening.store) as store:
        return [run for run in store.runs.all() if run.kind == "audit"]


def stored(evening):
    """The accounts that the latest audit has seen and kept so far."""
    with open_store(evening.store) as store:
        return store.observations.done(store.runs.all()[-1].run_id) if store.runs.all() else ()


def imported(evening):
    assert evening.run("register import", evening.folder / "register.csv") == 0
    return evening


def with_settings(evening, text):
    path = evening.folder / "settings.toml"
    path.write_text(text + "\n" + path.read_text(encoding="utf-8"), encoding="utf-8")


def wait_for(what, seconds=60):
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, "nothing happened in time"
        time.sleep(0.1)


@contextmanager
def started(evening, *words):
    """A real process of the command, ended at the end whatever happens."""
    command = [sys.executable, "-m", "crawler", "schedule", *words, "--store", evening.store]
    command += ["--settings", str(evening.folder / "settings.toml")]
    with subprocess.Popen(command, env=os.environ, stderr=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def test_a_due_night_runs_once_and_the_next_one_the_day_after(simulated, capsys):
    with simulated() as evening:
        imported(evening)
        assert tick(evening, NIGHT) == 0
        assert [run.complete for run in audits(evening)] == [True]
        capsys.readouterr()
        assert tick(evening, EVENING) == 0
        assert capsys.readouterr() == ("", ""), "cron would mail it, four times an hour"
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
    """A process that hangs while it holds the lock must not be taken for a sign of life either."""
    with simulated() as evening:
        imported(evening)
        with_settings(evening, f'alarm = {{ heartbeat_file = "{evening.folder / "beat"}" }}')
        capsys.readouterr()
        with audit_lock(evening.store):
            assert tick(evening, NIGHT) == 0
        assert audits(evening) == []
        assert not (evening.folder / "beat").exists()
        assert capsys.readouterr() == ("", "")
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


def test_a_night_that_is_ended_goes_on_at_the_next_start(simulated, tmp_path):
    with simulated(accounts=300, faults="slow=0.01") as evening:
        imported(evening)
        with_settings(evening, f'night = {{ out = "{tmp_path / "nights"}" }}')
        with started(evening, "run", "--now", NIGHT) as process:
            wait_for(lambda: stored(evening))
            process.send_signal(signal.SIGTERM)
            assert process.wait(30) == 130
        (broken_off,) = audits(evening)
        assert broken_off.state == "running"
        assert tick(evening, "2026-11-24T03:15:00Z") == 0
        (run,) = audits(evening)
    assert (run.run_id, run.complete) == (broken_off.run_id, True)
    (record,) = (tmp_path / "nights").glob("*/run.json")
    assert json.loads(record.read_text(encoding="utf-8"))["resumed"]


def test_reports_that_found_no_room_are_written_later_without_asking_anything(simulated, tmp_path, monkeypatch):
    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device", "report.html")

    beat = tmp_path / "beat"
    with simulated() as evening:
        imported(evening)
        with_settings(evening, f'alarm = {{ heartbeat_file = "{beat}" }}')
        monkeypatch.setattr("crawler.run.folder.put", full)
        assert tick(evening, NIGHT) == 4
        assert not beat.exists()
        monkeypatch.undo()
        monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
        asked = len(evening.asked)
        assert tick(evening, EVENING) == 0
        assert len(evening.asked) == asked
        assert beat.exists()
        assert len(audits(evening)) == 1
    assert len(list((tmp_path / "data/herkenbaar/nights/2026-11-24T0130Z").glob("report.html"))) == 1


def test_a_bug_in_a_night_is_one_line_and_the_alarm_is_raised_all_the_same(simulated, tmp_path, monkeypatch, capsys):
    with simulated() as evening:
        imported(evening)
        with_settings(evening, f'alarm = {{ file = "{tmp_path / "alarm"}" }}')
        monkeypatch.setattr("crawler.cli.audit.audit", lambda *_: 1 / 0)
        assert tick(evening, AFTER, "--since", NIGHT) == 4
    assert "ZeroDivisionError" in capsys.readouterr().err
    assert "72 uur" in (tmp_path / "alarm").read_text(encoding="utf-8")


def test_settings_that_are_wrong_elsewhere_still_raise_the_alarm(tmp_path, capsys):
    settings = tmp_path / "settings.toml"
    words = ["schedule", "run", "--settings", str(settings), "--store", f"sqlite:///{tmp_path / 'store.sqlite'}"]
    words += ["--now", AFTER, "--since", NIGHT]
    settings.write_text(f'polisy = "x"\n[alarm]\nfile = "{tmp_path / "alarm"}"\n')
    assert main(words) == 2
    assert "polisy" in capsys.readouterr().err
    told = (tmp_path / "alarm").read_text(encoding="utf-8")
    assert f"herkenbaar schedule status --settings {settings}" in told
    settings.write_text("polisy = ")
    assert main(words) == 2


def test_a_cause_that_stays_is_said_once_a_day_and_again_when_it_changes(simulated, tmp_path, capsys):
    """Cron mails whatever is said, four times an hour: also by a way of the alarm that fails."""
    with simulated() as evening:
        with_settings(evening, 'alarm = { mail_to = ["a@example.org"] }\nsmtp = { port = 9, host = "127.0.0.1" }')
        since = ("--since", "2026-11-20T00:00:00Z")
        told = []
        for now in (NIGHT, "2026-11-24T03:15:00Z", "2026-11-24T03:30:00Z", "2026-11-25T03:15:00Z"):
            capsys.readouterr()
            assert tick(evening, now, *since) == 2
            told.append(capsys.readouterr().err)
        assert "no accounts to audit" in told[0]
        assert "could not tell: mail:" in told[0]
        assert told[1:3] == ["", ""]
        assert "no accounts to audit" in told[3]
        with_settings(evening, 'polisy = "x"')
        assert tick(evening, "2026-11-25T03:30:00Z", *since) == 2
        assert "polisy" in capsys.readouterr().err


def test_a_cause_that_came_back_is_said_again_and_a_person_is_always_told(simulated, capsys, monkeypatch):
    with simulated() as evening:
        assert tick(evening, NIGHT) == 2
        assert tick(evening, NIGHT) == 2
        assert capsys.readouterr().err.count("no accounts to audit") == 1
        monkeypatch.setattr("sys.stderr.isatty", lambda: True)
        assert tick(evening, NIGHT) == 2
        assert "no accounts to audit" in capsys.readouterr().err
        monkeypatch.undo()
        assert tick(evening, NIGHT, "--since", NEXT) == 0
        assert tick(evening, NIGHT) == 2
        assert "no accounts to audit" in capsys.readouterr().err


def test_a_store_that_cannot_be_read_raises_no_alarm_before_its_time(simulated, tmp_path):
    with simulated() as evening:
        imported(evening)
        with_settings(evening, f'alarm = {{ file = "{tmp_path / "alarm"}" }}')
        assert tick(evening, NIGHT, "--since", "2026-01-01T00:00:00Z") == 0
        with sqlite3.connect(tmp_path / "store.sqlite") as database:
            database.execute("update alembic_version set version_num = '9999'")
        database.close()
        assert tick(evening, EVENING, "--since", "2026-01-01T00:00:00Z") == 2
        assert not (tmp_path / "alarm").exists()
        assert tick(evening, AFTER, "--since", "2026-01-01T00:00:00Z") == 2
        assert "72 uur" in (tmp_path / "alarm").read_text(encoding="utf-8")


def test_the_switch_also_looks_while_a_night_goes_on(simulated, monkeypatch, capsys):
    monkeypatch.setattr(night, "PAUSE", 0.05)
    with simulated() as evening:
        imported(evening)
        assert tick(evening, AFTER, "--since", NIGHT) == 0
    told = capsys.readouterr().err
    assert told.index("no complete audit for 72 hours") < told.index("a complete audit again")


def test_a_container_that_starts_again_catches_up_but_not_with_what_was_never_wanted(simulated, capsys):
    with simulated() as evening:
        imported(evening)
        assert tick(evening, NIGHT) == 0
        assert evening.run("schedule loop", "--nights", 1, "--now", "2026-11-26T09:00:00Z") == 0
        assert [run.started_at for run in audits(evening)] == [NIGHT, "2026-11-26T09:00:00Z"]
    assert "the next: 2026-11-27 02:30 Europe/Amsterdam" in capsys.readouterr().err


def test_a_process_that_waits_is_quiet_and_ends_when_it_is_told_to(simulated):
    """Also while another audit holds the lock, and as process 1, which ignores a signal that it does not catch."""
    with simulated() as evening:
        imported(evening)
        with (
            audit_lock(evening.store),
            started(evening, "loop", "--since", "2020-01-01T00:00:00Z") as process,
        ):
            wait_for(lambda: list((evening.folder / "data").rglob("told-log")))
            time.sleep(1)
            process.send_signal(signal.SIGTERM)
            _, told = process.communicate(timeout=10)
        assert process.returncode == 0
        assert len(told.splitlines()) == 1
        assert audits(evening) == []


def test_a_night_that_fails_does_not_end_the_process_for_containers(simulated, monkeypatch, capsys):
    with simulated() as evening:
        imported(evening)
        broken = [1, 1]

        def audit(args):
            return run_audit(args) if not broken else broken.pop() / 0

        monkeypatch.setattr("crawler.cli.night.run_audit", audit)
        monkeypatch.setattr(night, "PAUSE", 0.01)
        assert evening.run("schedule loop", "--nights", 1, "--since", "2020-01-01T00:00:00Z") == 0
    assert capsys.readouterr().err.count("ZeroDivisionError") == 2


@pytest.mark.slow
def test_the_process_for_containers_runs_a_night_by_itself(simulated):
    """A real process with a real clock: a night that is due this very minute, on the simulator."""
    with simulated() as evening:
        imported(evening)
        soon = time.strftime("%H:%M", time.gmtime(time.time() + 60))
        with_settings(evening, f'night = {{ at = "{soon}", zone = "UTC", out = "{evening.folder / "nights"}" }}')
        with started(evening, "loop"):
            wait_for(lambda: list((evening.folder / "nights").glob("*/run.json")), 150)
        (record,) = (evening.folder / "nights").glob("*/run.json")
        assert json.loads(record.read_text())["complete"] is True
