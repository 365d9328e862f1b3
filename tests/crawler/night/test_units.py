import configparser
import subprocess
import sys

import pytest

from crawler.config import NightSettings
from crawler.night.units import BEGIN, END, Start, cron, systemd, with_lines

COMMAND = ["/opt/her kenbaar/python", "-m", "crawler", "schedule", "run", "--settings", "/etc/50% $x.toml"]
NIGHT = NightSettings(at="03:05", zone="Europe/Amsterdam")


class Parser(configparser.RawConfigParser):
    """Reads units: names keep their capitals, and may come twice."""

    def optionxform(self, optionstr):
        return optionstr


def read(text):
    parser = Parser(strict=False)
    parser.read_string(text)
    return parser


def start(command=COMMAND, **more):
    return Start(command=command, folder="/srv/her kenbaar 5%", **more)


def service(**more):
    return read(systemd(start(**more), NIGHT).service)["Service"]


def test_the_timer_names_the_zone_and_catches_up():
    text = systemd(start(), NIGHT).timer
    assert "OnCalendar=*-*-* 03:05:00 Europe/Amsterdam\n" in text
    assert "OnCalendar=*:0/15\n" in text
    assert read(text)["Timer"]["Persistent"] == "true"
    assert read(text)["Install"]["WantedBy"] == "timers.target"


def test_words_with_blanks_percents_and_dollars_survive_systemd():
    told = service()
    assert told["ExecStart"] == ('"/opt/her kenbaar/python" -m crawler schedule run --settings "/etc/50%% $$x.toml"')
    assert told["WorkingDirectory"] == "/srv/her kenbaar 5%%"
    assert not {"EnvironmentFile", "Environment", "User"} & set(told)


def test_a_program_that_cannot_start_is_no_success():
    """Python ends with 1 when it finds no program."""
    assert service()["SuccessExitStatus"] == "130"


def test_secrets_come_from_a_file_that_may_be_missing():
    assert service(secrets="/etc/herkenbaar.env")["EnvironmentFile"] == "-/etc/herkenbaar.env"


def test_the_store_of_the_user_is_found_without_the_shell_of_the_user():
    told = service(user="wijk", data="/srv/da ta 5%")
    assert told["User"] == "wijk"
    assert told["Environment"] == '"XDG_DATA_HOME=/srv/da ta 5%%"'


@pytest.mark.parametrize("system", [True, False])
def test_only_units_of_the_system_can_wait_for_the_network(system):
    assert ("network-online.target" in systemd(start(system=system), NIGHT).service) is system


def test_a_line_of_cron_is_marked_quoted_and_has_no_bare_percent():
    first, line, last = cron(start()).splitlines()
    assert (first, last) == (BEGIN, END)
    assert line.startswith("*/15 * * * * cd '/srv/her kenbaar 5\\%' || exit; '/opt/her kenbaar/python' -m crawler")
    assert "%" not in line.replace(r"\%", "")


def by_cron(line, home):
    """What cron does with a line: the times away, percent signs bare, a shell, and next to no environment."""
    command = line.split(maxsplit=5)[5].replace(r"\%", "%")
    done = subprocess.run(
        ["/bin/sh", "-c", command], env={"HOME": str(home)}, capture_output=True, text=True, check=False
    )
    return done.stdout.splitlines(), done.stderr.splitlines(), done.returncode


def test_a_line_of_cron_gives_folder_secrets_and_data_to_the_program(tmp_path):
    secrets = tmp_path / "50% her kenbaar.env"
    shown = "import os; print(os.getcwd(), os.environ.get('TOKEN'), os.environ['XDG_DATA_HOME'], sep='\\n')"
    made = Start(command=[sys.executable, "-c", shown], folder=str(tmp_path), secrets=str(secrets), data="/a b")
    _, line, _ = cron(made).splitlines()
    assert by_cron(line, tmp_path) == ([str(tmp_path), "None", "/a b"], [f"{secrets}: cannot be read"], 0)
    secrets.write_text("TOKEN='ge heim'\n")
    assert by_cron(line, tmp_path) == ([str(tmp_path), "ge heim", "/a b"], [], 0)


def test_a_line_of_cron_starts_nothing_in_a_folder_that_is_gone(tmp_path):
    _, line, _ = cron(Start(command=["echo", "started"], folder=str(tmp_path / "gone"))).splitlines()
    out, _, code = by_cron(line, tmp_path)
    assert out == []
    assert code != 0


@pytest.mark.parametrize("before", ["", "MAILTO=x\n0 1 * * * true\n", "0 1 * * * true"])
def test_lines_of_others_stay_and_ours_are_replaced(before):
    once = with_lines(before, cron(start(["one"])))
    twice = with_lines(once, cron(start(["two"])))
    assert twice.count(BEGIN) == 1
    assert "one" not in twice
    assert with_lines(twice, "") == (before if before.endswith("\n") or not before else before + "\n")


def test_a_mark_that_a_person_broke_takes_no_line_of_others_along():
    broken = f"{BEGIN}\nold\n0 1 * * * backup\n"
    assert "0 1 * * * backup\n" in with_lines(with_lines(broken, cron(start(["one"]))), "")
