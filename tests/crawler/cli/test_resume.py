import asyncio
import signal
import subprocess
import sys
import time
from collections import Counter

import pytest

from crawler.cli.compare import compare


def test_a_platform_that_a_killed_run_had_finished_is_still_held_against_its_canaries(simulated, monkeypatch):
    from crawler.run import observe

    settle = observe.PlatformRun.observe

    async def killed(self, accounts):
        await settle(self, accounts)
        raise asyncio.CancelledError

    with simulated(faults="drift=x.bio:empty") as evening:
        monkeypatch.setattr(observe.PlatformRun, "observe", killed)
        assert evening.audit() == 130
        monkeypatch.undo()
        assert evening.audit("--resume") == 3
    assert evening.record["resumed"]
    assert evening.record["platforms"]["x"]["blind"]


def test_another_policy_does_not_go_on_with_a_run(simulated, capsys):
    with simulated() as evening:
        evening.audit()
        assert evening.audit("--resume", "--policy", "voorbeeld-2020") == 2
    assert "voorbeeld-2024" in capsys.readouterr().err


def test_a_finished_run_is_written_again_without_asking_anything(simulated):
    with simulated() as evening:
        evening.audit()
        before = {path.name: path.read_bytes() for path in evening.out.iterdir()}
        asked = len(evening.asked)
        for path in evening.out.iterdir():
            path.unlink()
        assert evening.audit("--resume") == 0
    assert len(evening.asked) == asked
    assert {path.name: path.read_bytes() for path in evening.out.iterdir()} == before


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_an_interrupted_run_goes_on_and_repeats_no_stored_account(simulated, how):
    with simulated(accounts=300, faults="slow=0.01") as evening:
        command = [sys.executable, "-m", "crawler", "audit", "--settings", evening.folder / "settings.toml"]
        command += ["--store", evening.store, "--register", evening.folder / "register.csv", "--out", evening.out]
        with subprocess.Popen(command, stderr=subprocess.PIPE) as process:
            while len(evening.asked) < 330 and process.poll() is None:
                time.sleep(0.05)
            process.send_signal(how)
            _, told = process.communicate(timeout=30)
        if how is signal.SIGINT:
            assert process.returncode == 130
            assert b"--resume" in told
            assert b"Traceback" not in told
        assert not list(evening.out.iterdir())
        assert evening.audit("--resume") == 0
    assert compare(evening.truth.values(), evening.results.values()) == []
    pages = Counter(
        line["path"] for line in evening.asked if line["host"] == "www.instagram.com" and line["status"] == 200
    )
    assert sum(count - 1 for count in pages.values()) <= 100
