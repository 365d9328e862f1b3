import pytest

from crawler.config import BrowserSettings
from crawler.net import chromium
from crawler.net.chromium import VARIABLE, find


@pytest.fixture
def machine(tmp_path, monkeypatch):
    """A machine with only these programs on its path."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))

    def put(name, text="#!/bin/sh\n", place=folder):
        path = place / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        path.chmod(0o755)
        return str(path)

    return put


def test_a_machine_without_a_browser_has_none(machine, tmp_path):
    assert find(BrowserSettings(), {"PLAYWRIGHT_BROWSERS_PATH": str(tmp_path)}) is None


def test_the_systems_browser_goes_before_playwrights_own(machine, tmp_path):
    own = machine("chromium-1200/chrome-linux/chrome", place=tmp_path)
    environ = {"PLAYWRIGHT_BROWSERS_PATH": str(tmp_path)}
    assert find(BrowserSettings(), environ) == own
    system = machine("google-chrome")
    assert find(BrowserSettings(), environ) == system


def test_the_newest_of_playwrights_browsers_is_taken_the_whole_one_first(machine, tmp_path):
    machine("chromium-999/chrome-linux/chrome", place=tmp_path)
    machine("chromium_headless_shell-1200/chrome-linux/headless_shell", place=tmp_path)
    newest = machine("chromium-1200/chrome-linux64/chrome", place=tmp_path)
    assert find(BrowserSettings(), {"PLAYWRIGHT_BROWSERS_PATH": str(tmp_path)}) == newest


def test_a_named_browser_is_never_replaced_by_another(machine):
    machine("chromium")
    other = machine("brave")
    assert find(BrowserSettings(path="brave"), {}) == other
    assert find(BrowserSettings(path="brave"), {VARIABLE: "nergens"}) is None


def test_a_browser_that_is_switched_off_is_not_looked_for(machine):
    machine("chromium")
    assert find(BrowserSettings(enabled=False), {}) is None


def test_a_script_that_only_points_at_a_snap_is_no_browser(machine, tmp_path, monkeypatch):
    monkeypatch.setattr(chromium, "_SNAP", str(tmp_path / "snap"))
    machine("chromium-browser", f"#!/bin/sh\nexec {tmp_path / 'snap'}\n")
    environ = {"PLAYWRIGHT_BROWSERS_PATH": str(tmp_path)}
    assert find(BrowserSettings(), environ) is None
    (tmp_path / "snap").touch()
    assert find(BrowserSettings(), environ) is not None
