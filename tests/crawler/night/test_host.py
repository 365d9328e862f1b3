import pytest

from crawler.night import host
from crawler.night.host import HostError, Kind
from crawler.night.units import Start, Units, cron

LINES = cron(Start(command=["true"], folder="/"))
UNITS = Units(service="[Service]\n", timer="[Timer]\n")


def test_units_are_written_and_taken_away(tmp_path):
    folder = tmp_path / "units"
    written = host.install_units(UNITS, folder, enable=False)
    assert [path.read_text() for path in written] == ["[Service]\n", "[Timer]\n"]
    assert set(host.remove_units(folder, disable=False)) == set(written)
    assert host.remove_units(folder, disable=False) == ()


def test_a_folder_that_cannot_be_written_is_one_line(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(HostError, match="cannot be written") as caught:
        host.install_units(UNITS, tmp_path / "file", enable=False)
    assert "\n" not in str(caught.value)


def test_the_crontab_of_a_user_who_has_none_is_empty(tab):
    assert host.crontab(None) == ""
    assert not host.install_lines("")
    assert host.install_lines(LINES)
    assert tab.read_text() == LINES
    assert not host.install_lines(LINES)
    assert host.install_lines("")
    assert not tab.exists()


def test_lines_of_others_survive_taking_ours_away(tab):
    tab.write_text("0 1 * * * echo caf\xe9\n", encoding="latin-1")
    host.install_lines(LINES)
    host.install_lines("")
    assert tab.read_text(encoding="latin-1") == "0 1 * * * echo caf\xe9\n"


def test_a_crontab_that_cannot_be_read_is_not_written_over(tab):
    refusal = "you (wijk) are not allowed to use this program (crontab)"
    (tab.parent / "bin" / "crontab").write_text(
        f"#!/bin/sh\ntest $1 = - && touch {tab}\necho '{refusal}' >&2\nexit 1\n"
    )
    with pytest.raises(HostError, match="crontab -l: you"):
        host.install_lines(LINES)
    assert not tab.exists()


def test_cron_fits_a_host_with_a_crontab_and_no_systemd(tab):
    assert host.found() in {Kind.CRON, Kind.SYSTEMD}


def test_a_process_of_our_own_fits_a_host_with_nothing(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert host.found() is Kind.LOOP
