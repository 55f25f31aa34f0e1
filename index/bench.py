"""The other end of a workshop: a process that parses one file after the other.

It may hang or crash on a bad file; the process that started it goes on, and starts another.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import sys
from typing import TYPE_CHECKING

from .formats import parse_bytes
from .parsed import RefusedError

if TYPE_CHECKING:
    from typing import BinaryIO

MOST_MEMORY = 3 * 1024**3
"""Bytes of address space, where the system can hold a process to it."""


def serve() -> None:
    """Answer requests from standard input until it ends; whatever else is printed goes nowhere."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    answers = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    while line := sys.stdin.buffer.readline():
        answers.write(json.dumps(_answer(json.loads(line), sys.stdin.buffer)).encode() + b"\n")
        answers.flush()


def _answer(request: dict[str, object], stream: BinaryIO) -> dict[str, object]:
    data = stream.read(int(str(request["size"])))
    limit_resources(float(str(request["seconds"])))
    try:
        name, first_line = str(request["name"]), int(str(request["first_line"]))
        return parse_bytes(str(request["ending"]), data, name, first_line).to_json()
    except RefusedError as error:
        return {"refused": str(error)}
    except MemoryError:
        return {"refused": "needs more memory than a guide may; split it and add the parts."}
    except Exception as error:  # noqa: BLE001 - the libraries promise no error of their own
        return {"broken": type(error).__name__}


def limit_resources(seconds: float) -> None:
    """Let the system end this process if it takes too much and nobody is left to end it."""
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource  # noqa: PLC0415 - not on Windows

        used = resource.getrusage(resource.RUSAGE_SELF)
        last = int(used.ru_utime + used.ru_stime + seconds) + 5
        resource.setrlimit(resource.RLIMIT_CPU, (last, resource.getrlimit(resource.RLIMIT_CPU)[1]))
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, resource.getrlimit(resource.RLIMIT_AS)[1]))
