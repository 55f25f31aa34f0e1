"""How long Hansa takes to leave, at moments when it has most to do.

usage: python tests/benchmarks/quitting.py [ROUNDS]

Each round starts the application in a pseudo-terminal with an empty home, goes to the assistant, so that the guides are
indexed and the model is loaded, presses ctrl+q at another moment, and waits for the process to end. The limit is 0.5 s.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import select
import struct
import subprocess
import sys
import tempfile
import termios
from pathlib import Path
from time import perf_counter

ROOT = Path(__file__).parents[2]
COMMAND = "import sys\nfrom tui.cli import main\nsys.exit(main(sys.argv[1:]))"
MOMENTS = (0.0, 0.1, 0.2, 0.4, 0.7, 1.0, 1.5, 2.0, 3.0, 5.0, 8.0)
"""Seconds between going to the assistant and the key."""
LIMIT = 0.5
PATIENCE = 60.0
"""Seconds after which the application is taken to hang."""
PAINTED, ASK, QUIT = b"Modules", b"a", b"\x11"


def main() -> int:
    """Print a line a moment, and the longest of all."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f} at the start\n")
    longest = 0.0
    for moment in MOMENTS * rounds:
        with tempfile.TemporaryDirectory() as home:
            taken, status = leave(Path(home), moment)
        longest = max(longest, taken)
        print(
            f"ctrl+q {moment:3.1f} s after the assistant was opened: {taken:5.2f} s, status {status}",
            flush=True,
        )
    print(f"\nlongest {longest:.2f} s, limit {LIMIT} s: {'within' if longest <= LIMIT else 'MISSED'}")
    return 0 if longest <= LIMIT else 1


def leave(home: Path, moment: float) -> tuple[float, int]:
    """Seconds from the key to the end of the process, and its exit status."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    environment = {**os.environ, "HANSA_HOME": str(home), "PYTHONPATH": str(ROOT), "TERM": "xterm-256color"}
    child = subprocess.Popen(
        [sys.executable, "-c", COMMAND], env=environment, stdin=slave, stdout=slave, stderr=slave
    )
    os.close(slave)
    seen = b""
    while PAINTED not in seen:
        seen += read(master, PATIENCE)
    os.write(master, ASK)
    until = perf_counter() + moment
    while (left := until - perf_counter()) > 0:
        read(master, left)
    began = perf_counter()
    os.write(master, QUIT)
    while child.poll() is None and perf_counter() - began < PATIENCE:
        read(master, 0.005)
    taken = perf_counter() - began
    if child.poll() is None:
        child.kill()
    status = child.wait()
    os.close(master)
    return taken, status


def read(terminal: int, seconds: float) -> bytes:
    """What was written, waiting no longer than this."""
    if select.select([terminal], [], [], seconds)[0]:
        with contextlib.suppress(OSError):
            return os.read(terminal, 65_536)
    return b""


if __name__ == "__main__":
    sys.exit(main())
