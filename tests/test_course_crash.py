"""Whatever kills a learner's process, what was shown as taken is kept; several processes get on."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
KILLED = Path(__file__).parent / "fixtures" / "course" / "killed.py"
POINTS = 100


@pytest.mark.timeout(1_800)
@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are split off by fork")
def test_a_kill_at_any_of_a_hundred_points_loses_nothing_that_was_shown_as_taken(tmp_path):
    seed = int.from_bytes(os.urandom(2))
    done = subprocess.run(
        [sys.executable, str(KILLED), str(tmp_path), str(POINTS), str(seed)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    points = [json.loads(line) for line in done.stdout.splitlines()]
    told = f"seed {seed}: {done.stderr}"
    assert len(points) == POINTS, told
    for point in points:
        assert set(point["told"]) <= set(point["found"]), (point, told)
        assert len(point["found"]) == len(set(point["found"])), (point, told)
        assert len(point["found"]) - len(point["told"]) <= 1, (point, told)
    # Half of the points are calls; of the others, which are moments, a busy machine may miss any.
    assert Counter(point["status"] for point in points)[-9] >= POINTS // 3, told
    assert len({len(point["told"]) for point in points}) > 10, told


EXAM = """
import sys
from datetime import UTC, datetime, timedelta
from course.errors import RunClosed
from course.record import LearnerRecord
from course.response import Typed
name, run_id = sys.argv[2], int(sys.argv[3])
with LearnerRecord.open(sys.argv[1]) as record:
    print("ready", flush=True)
    sys.stdin.readline()
    for number in range(30):
        at = datetime.now(UTC)
        try:
            print(record.give(f"q{number}", Typed(text=name), digest="d", at=at, run_id=run_id), flush=True)
            record.flag(run_id, f"q{number}", flagged=number % 2 == 0, at=at)
        except RunClosed:
            print("closed")
            break
    if name == "b":
        record.finish_run(run_id, datetime.now(UTC))
"""


def test_two_processes_sit_one_exam(tmp_path):
    from datetime import UTC, datetime  # noqa: PLC0415

    from course.history import Terms  # noqa: PLC0415
    from course.record import LearnerRecord  # noqa: PLC0415

    path = tmp_path / "learner.sqlite"
    with LearnerRecord.open(path) as record:
        run = record.start_run("m/quiz", seed=1, mode="exam", at=datetime.now(UTC), terms=Terms(minutes=60))
        processes = [
            subprocess.Popen(
                [sys.executable, "-c", EXAM, str(path), name, str(run.id)],
                cwd=ROOT,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
            for name in "ab"
        ]
        for process in processes:
            process.stdin.write("\n")
            process.stdin.flush()
        told = [process.communicate()[0].split() for process in processes]
        assert [process.returncode for process in processes] == [0, 0]
        taken = [int(word) for words in told for word in words if word.isdecimal()]
        assert sorted(taken) == sorted(attempt.answer_id for attempt in record.attempts(run_id=run.id))
        assert record.runs()[0].finished is not None
        assert record.flagged(run.id) == {f"q{number}" for number in range(0, 30, 2)}
