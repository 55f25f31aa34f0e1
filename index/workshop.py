"""Parsing in a process of its own, which is ended when it takes too long.

Documents come from anywhere, and the libraries that open them are written in C: none of them may hang or
crash the product. One process serves many files; it goes when it has had nothing to do for a while.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import subprocess
import sys
from functools import cache
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Lock, Thread, Timer
from typing import TYPE_CHECKING

from .parsed import RefusedError, from_json

if TYPE_CHECKING:
    from typing import IO

    from .parsed import Parsed

SECONDS = 30.0
"""How long the parsing of one file may take."""
_IDLE = 5.0
"""Seconds without work after which the process goes."""
_START = "import sys; sys.path.append(sys.argv[1]); from index.bench import serve; serve()"
_DAMAGED = "cannot be parsed, it seems to be damaged; open it, save it anew and add it again."


def parse_apart(ending: str, data: bytes, name: str, first_line: int = 1) -> Parsed:
    """What the bytes of a file hold, parsed in another process.

    Raises:
        RefusedError: They cannot become a guide, or not in time.
    """
    request = {"ending": ending, "name": name, "first_line": first_line}
    return shared_workshop().parse(request, data)


@cache
def shared_workshop() -> Workshop:
    """The one workshop of this process."""
    workshop = Workshop()
    atexit.register(workshop.close)
    return workshop


class Workshop:
    """At most one process that parses, started when it is needed."""

    def __init__(self, seconds: float = SECONDS, idle: float = _IDLE) -> None:
        self._seconds = seconds
        self._idle = idle
        self._lock = Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._timer: Timer | None = None

    def parse(self, request: dict[str, object], data: bytes) -> Parsed:
        """Send a request with its data, and wait for what comes back."""
        with self._lock:
            self._stop_timer()
            try:
                answer = self._ask(request | {"size": len(data), "seconds": self._seconds}, data)
            except BaseException:
                self._end()
                raise
            self._timer = Timer(self._idle, self.close)
            self._timer.daemon = True
            self._timer.start()
        if "refused" in answer:
            raise RefusedError(str(answer["refused"]))
        if "broken" in answer:
            raise RefusedError(_DAMAGED)
        return from_json(answer)

    def close(self) -> None:
        """End the process."""
        with self._lock:
            self._stop_timer()
            self._end()

    def _ask(self, request: dict[str, object], data: bytes) -> dict[str, object]:
        process = self._running()
        answers: SimpleQueue[bytes] = SimpleQueue()
        Thread(target=_exchange, args=(process, request, data, answers), daemon=True).start()
        try:
            line = answers.get(timeout=self._seconds)
        except Empty:
            raise RefusedError(
                f"takes longer than {self._seconds:g} seconds to read; split it and add the parts."
            ) from None
        if not line.endswith(b"\n"):
            raise RefusedError(_DAMAGED)
        found: dict[str, object] = json.loads(line)
        return found

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self._end()
            root = str(Path(__file__).resolve().parents[1])
            self._process = subprocess.Popen(  # noqa: S603 - this interpreter and words of this module
                [sys.executable, "-P", "-c", _START, root],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        return self._process

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe:
                _close(pipe)

    def _stop_timer(self) -> None:
        if self._timer:
            self._timer.cancel()
            self._timer = None


def _close(pipe: IO[bytes]) -> None:
    with contextlib.suppress(OSError, ValueError):
        pipe.close()


def _exchange(
    process: subprocess.Popen[bytes], request: dict[str, object], data: bytes, answers: SimpleQueue[bytes]
) -> None:
    """Write a request and read its answer; an empty one when the process is gone."""
    line = b""
    with contextlib.suppress(OSError, ValueError):
        if process.stdin and process.stdout:
            process.stdin.write(json.dumps(request).encode() + b"\n")
            process.stdin.write(data)
            process.stdin.flush()
            line = process.stdout.readline()
    answers.put(line)
