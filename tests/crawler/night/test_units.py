import configparser

import pytest

from crawler.config import NightSettings
from crawler.night.units import BEGIN, END, cron, systemd, with_lines

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


def test_the_timer_names_the_zone_and_catches_up():
    text = systemd(COMMAND, NIGHT, None).timer
    assert "OnCalendar=*-*-* 03:05:00 Europe/Amsterdam\n" in text
    assert read(text)["Timer"]["Persistent"] == "true"
    assert read(text)["Install"]["WantedBy"] == "timers.target"


def test_words_with_blanks_percents_and_dollars_survive_systemd():
    service = read(systemd(COMMAND, NIGHT, None).service)["Service"]
    assert service["ExecStart"] == ('"/opt/her kenbaar/python" -m crawler schedule run --settings "/etc/50%% $$x.toml"')
    assert "EnvironmentFile" not in service


def test_secrets_come_from_a_file_that_may_be_missing():
    assert read(systemd(COMMAND, NIGHT, "/etc/herkenbaar.env").service)["Service"]["EnvironmentFile"] == (
        "-/etc/herkenbaar.env"
    )


def test_a_line_of_cron_is_marked_quoted_and_has_no_bare_percent():
    first, line, last = cron(COMMAND, None).splitlines()
    assert (first, last) == (BEGIN, END)
    assert line.startswith("*/15 * * * * '/opt/her kenbaar/python' -m crawler schedule run")
    assert "%" not in line.replace(r"\%", "")


def test_a_line_of_cron_reads_the_secrets_first():
    assert "set -a; . '/etc/a b.env' && python" in cron(["python"], "/etc/a b.env")


@pytest.mark.parametrize("before", ["", "MAILTO=x\n0 1 * * * true\n", "0 1 * * * true"])
def test_lines_of_others_stay_and_ours_are_replaced(before):
    once = with_lines(before, cron(["one"], None))
    twice = with_lines(once, cron(["two"], None))
    assert twice.count(BEGIN) == 1
    assert "one" not in twice
    assert with_lines(twice, "") == (before if before.endswith("\n") or not before else before + "\n")
