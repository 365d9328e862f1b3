import io

import pytest

from adapters.model import Outcome, Platform
from audits.model import Status
from crawler.cli import terminal
from crawler.cli.terminal import Progress


class Screen(io.StringIO):
    def __init__(self, live):
        super().__init__()
        self.live = live

    def isatty(self):
        return self.live


def begun(total, screen):
    progress = Progress(screen)
    progress.begin(total)
    return progress


def fed(progress):
    progress.watch(Platform.X, Status.NON_COMPLIANT, Outcome.OK)
    progress.watch(Platform.X, Status.COMPLIANT, Outcome.OK)
    progress.watch(Platform.INSTAGRAM, Status.UNDETERMINED, Outcome.LOGIN_WALL)
    return progress


def test_the_line_tells_what_is_done_failing_and_unknown_per_platform():
    line = fed(begun(12, Screen(live=False))).line()
    assert line.startswith("3/12 · 25 % · failing 1 · unknown 1 (instagram 1) · ")
    assert line.endswith("left")


def test_nothing_to_do_is_a_hundred_per_cent():
    assert begun(0, Screen(live=False)).line().startswith("0/0 · 100 %")


@pytest.mark.parametrize(("live", "mark"), [(True, "\r"), (False, "\n")])
def test_a_terminal_gets_a_live_line_and_anything_else_plain_lines(monkeypatch, live, mark):
    monkeypatch.setattr(terminal, "LIVE_EVERY", 0.0)
    monkeypatch.setattr(terminal, "PLAIN_EVERY", 0.0)
    screen = Screen(live)
    fed(begun(12, screen)).end()
    assert mark in screen.getvalue()
    assert ("\x1b" in screen.getvalue()) is live


def test_a_run_with_nothing_left_to_do_leaves_no_line():
    screen = Screen(live=True)
    begun(5, screen).end()
    assert screen.getvalue() == ""
