import stat
import subprocess
import sys
from datetime import UTC, datetime

import pytest

from crawler.night import host, starters
from crawler.night.units import Start, cron

SINCE = datetime(2026, 11, 24, 20, tzinfo=UTC)
COMMAND = ["herkenbaar", "schedule", "run", "--since", "2026-11-24T20:00:00Z"]
# Behaves as systemctl(1): `cat` shows units that are there, `is-active` says no by its exit code.
SYSTEMCTL = """#!/bin/sh
test "$1" = --user && exit 1
case "$1" in
  cat) echo 'ExecStart=herkenbaar schedule run --since 2026-11-24T20:00:00Z' ;;
  is-active) exit {code} ;;
esac
"""


def process(folder, number, name, *words):
    (folder / number).mkdir()
    (folder / number / "comm").write_text(f"{name}\n")
    (folder / number / "cmdline").write_text("".join(f"{word}\x00" for word in words))


def found():
    return starters.starters(None, "wijk")


def test_a_host_with_nothing_starts_nothing(bare, tab):
    tab.write_text("0 1 * * * backup\n")
    process(bare, "1", "init", "/sbin/init")
    assert found() == ()


def test_our_line_in_the_crontab_starts_nights_where_cron_runs(bare, tab):
    tab.write_text(cron(Start(command=COMMAND, folder="/")))
    (one,) = found()
    assert (one.said, one.since, one.trouble) == ("the crontab of wijk", SINCE, starters.NO_DAEMON)
    process(bare, "17", "cron", "/usr/sbin/cron")
    assert [one.trouble for one in found()] == [None]


def test_the_note_of_a_daemon_that_is_gone_does_not_count(bare, tmp_path):
    (tmp_path / "crond.pid").write_text("17\n")
    assert not starters.cron_runs()
    (bare / "17").mkdir()
    assert starters.cron_runs()


def test_a_crontab_that_cannot_be_read_is_told_and_not_taken_for_empty(bare, tab):
    (tab.parent / "bin" / "crontab").write_text("#!/bin/sh\necho 'you are not allowed' >&2\nexit 1\n")
    (one,) = found()
    assert "you are not allowed" in one.trouble


@pytest.mark.parametrize(("code", "trouble"), [(0, None), (3, "systemctl enable --now herkenbaar.timer")])
def test_a_timer_of_systemd_is_asked_whether_it_is_active(bare, tab, monkeypatch, code, trouble):
    program = tab.parent / "bin" / "systemctl"
    program.write_text(SYSTEMCTL.format(code=code))
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setattr(host, "SYSTEMD", tab.parent)
    (one,) = found()
    assert (one.said, one.since) == ("herkenbaar.timer of systemd", SINCE)
    assert (one.trouble or "").endswith(trouble or "")
    assert (one.trouble is None) == (trouble is None)


def test_a_process_that_stays_starts_nights(bare):
    process(bare, "1", "herkenbaar", "/bin/python", "/bin/herkenbaar", "schedule", "loop", "--since", "gisteren")
    process(bare, "2", "herkenbaar", "/bin/python", "/bin/herkenbaar", "schedule", "status")
    (one,) = found()
    assert (one.said, one.since, one.trouble) == ("herkenbaar schedule loop (process 1)", None, None)


def test_a_process_of_this_very_host_is_found(tab):
    waits = [sys.executable, "-c", "print(flush=True); input()", "-m", "crawler", "schedule", "loop"]
    with subprocess.Popen(waits, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as running:
        assert running.stdout is not None
        running.stdout.read(1)
        assert any(one.said.endswith(f"(process {running.pid})") for one in found())
        running.communicate(b"\n")
    assert not any(one.said.endswith(f"(process {running.pid})") for one in found())
