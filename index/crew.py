"""Many files prepared at once, by as many processes as there are processors.

Each process reads a line with the path of a file, and answers with the prepared guide or why there is none.
A process that is gone is not missed: its files are prepared here.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import deque
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Self, TypeAlias

from .errors import GuideIndexError, UnreadableGuideError
from .files import GuideFile
from .prepare import Prepared, from_bytes, prepare

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    Outcome: TypeAlias = Prepared | GuideIndexError
    Waiting: TypeAlias = deque[tuple[GuideFile, "Hand | None"]]

WORTH_WHILE = 1_000_000
"""Bytes of files from which starting processes, half a second each, pays."""
_AHEAD = 4
"""Files handed to a process before its first answer is taken."""
_START = "import sys; sys.path.append(sys.argv[1]); from index.crew import serve; serve()"


def prepared(files: Sequence[GuideFile], hands: int | None = None) -> Iterator[tuple[GuideFile, Outcome]]:
    """Each file with what was made of it, or why nothing was, in their order."""
    count = _processors() if hands is None else hands
    if count < 2 or sum(map(_size, files)) < WORTH_WHILE:
        for file in files:
            yield file, _outcome(file)
        return
    with ExitStack() as stack:
        crew = [stack.enter_context(Hand()) for _ in range(min(count, len(files)))]
        waiting: Waiting = deque()
        for number, file in enumerate(files):
            hand = crew[number % len(crew)]
            hand.give(file)
            waiting.append((file, hand))
            if len(waiting) >= _AHEAD * len(crew):
                yield _next(waiting)
        while waiting:
            yield _next(waiting)


def _next(waiting: Waiting) -> tuple[GuideFile, Outcome]:
    file, hand = waiting.popleft()
    return file, (hand.take() if hand else None) or _outcome(file)


def _processors() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _size(file: GuideFile) -> int:
    try:
        return file.path.stat().st_size
    except OSError:
        return 0


def _outcome(file: GuideFile) -> Outcome:
    try:
        return prepare(file)
    except GuideIndexError as error:
        return error


class Hand:
    """A process that prepares the files it is given, one after the other."""

    def __init__(self) -> None:
        root = str(Path(__file__).resolve().parents[1])
        self._process = subprocess.Popen(  # noqa: S603 - this interpreter and words of this module
            [sys.executable, "-P", "-c", _START, root],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.communicate()

    def give(self, file: GuideFile) -> None:
        """Hand over a file."""
        line = json.dumps([str(file.path), file.digest]).encode() + b"\n"
        try:
            self._process.stdin.write(line)  # type: ignore[union-attr]
            self._process.stdin.flush()  # type: ignore[union-attr]
        except OSError:
            self._process.kill()

    def take(self) -> Outcome | None:
        """What became of the first file not yet taken; None if the process is gone."""
        line = self._process.stdout.readline()  # type: ignore[union-attr]
        if not line.endswith(b"\n"):
            return None
        answer = json.loads(line)
        if "refused" in answer:
            return UnreadableGuideError(answer["refused"])
        tokens = self._process.stdout.read(answer["tokens"])  # type: ignore[union-attr]
        return from_bytes(answer, tokens) if len(tokens) == answer["tokens"] else None


def serve() -> None:
    """Prepare the files whose paths come by standard input until it ends."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    for line in sys.stdin.buffer:
        path, digest = json.loads(line)
        outcome = _outcome(GuideFile(Path(path), digest))
        if isinstance(outcome, GuideIndexError):
            answers.write(json.dumps({"refused": str(outcome)}).encode() + b"\n")
        else:
            answers.write(outcome.to_bytes())
        answers.flush()
