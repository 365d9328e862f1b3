"""An SVG drawn in a process of its own, within a fixed time and memory: the renderer has no limits itself.

`python -m crawler.drawing SECONDS BYTES` is that process: an SVG on standard input, its PNG on standard output.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys

from audits.logo.vector import Undrawable, check, draw

SECONDS = 10  # of processor time; a logo of five hundred shapes takes about two
PATIENCE = 60  # seconds on the clock, on a machine that is busy
ROOM = 1 << 30  # bytes of memory
_REFUSED = 65  # exit code of the process when it says why


def drawn(svg: bytes) -> bytes:
    """PNG of an SVG of plain shapes, see-through where nothing is drawn. Raises Undrawable."""
    text = check(svg)
    command = [sys.executable, "-P", "-m", "crawler.drawing", str(SECONDS), str(ROOM)]
    own = {"PYTHONPATH": os.pathsep.join(sys.path)}  # the same program, and nothing of what only this process may know
    try:
        done = subprocess.run(  # noqa: S603 - our own program
            command, input=text.encode(), capture_output=True, timeout=PATIENCE, check=False, env=own
        )
    except subprocess.TimeoutExpired as error:
        raise Undrawable(f"takes longer than {PATIENCE} seconds to draw; make it simpler") from error
    if done.returncode == 0 and done.stdout:
        return done.stdout
    if done.returncode == _REFUSED:
        raise Undrawable(done.stderr.decode(errors="replace").strip())
    raise Undrawable(f"takes more than {SECONDS} seconds or 1 GB to draw; make it simpler")


def main(seconds: int, room: int) -> int:
    """Draw what comes in; exit with 65 and the reason in one line when it cannot be drawn."""
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (room, room))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        sys.stdout.buffer.write(draw(sys.stdin.buffer.read().decode()))
    except Undrawable as reason:
        sys.stderr.write(f"{reason}\n")
        return _REFUSED
    return 0


if __name__ == "__main__":
    raise SystemExit(main(*map(int, sys.argv[1:])))
