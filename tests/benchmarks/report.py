"""How long the report on questions takes, next to the same figures by numpy.

usage: python tests/benchmarks/report.py [LEARNERS] [QUESTIONS]

Marks are made up (10,000 learners, 30 questions); each learner has one finished sitting in a record, which is read,
laid out and reported on. Times are processor times of this process.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from sqlalchemy import create_engine

from course.catalog import load_course, open_quiz
from course.digest import item_digest
from course.observations import read_learners
from course.positions import quiz_layout
from course.record import LearnerRecord
from course.report import set_report
from course.schema import answers, finishes, learners, marks, runs
from course.statistics import quiz_statistics

if TYPE_CHECKING:
    from collections.abc import Iterator

    from course.model import Quiz

AT = "2026-11-22T12:00:00.000000+00:00"


def main() -> None:
    """Make marks, report on them both ways, and print what it took."""
    count, questions = (int(sys.argv[place]) if len(sys.argv) > place else size for place, size in SIZES)
    draw = np.random.default_rng(1)
    chance = 1 / (1 + np.exp(-draw.normal(size=(count, 1)) - draw.normal(size=(1, questions))))
    right = (draw.random((count, questions)) < chance).astype(float)
    print(f"{count} learners, {questions} questions")
    rows, maxima = right.tolist(), [1.0] * questions
    with told("quiz_statistics"):
        found = quiz_statistics(rows, maxima)
    with told("the same figures by numpy"):
        peer = by_numpy(right)
    own = [[one.item.discrimination_index, one.item.discriminative_efficiency] for one in found.positions]
    weights = [one.effective_weight for one in found.positions]
    print(
        f"largest difference: {np.abs(np.column_stack([np.array(own), weights]) - peer).max():.1e} per cent"
    )
    with tempfile.TemporaryDirectory() as folder:
        whole(Path(folder), right)


SIZES = ((1, 10_000), (2, 30))


@contextmanager
def told(what: str) -> Iterator[None]:
    """Print how long the block took."""
    start = time.process_time()
    yield
    print(f"{what:<40}{time.process_time() - start:8.2f} s")


def by_numpy(right: np.ndarray) -> np.ndarray:
    """Discrimination index, discriminative efficiency and effective weight; a row a question."""
    total = right.sum(axis=1)
    found = []
    for column in right.T:
        rest = total - column
        shared = np.cov(column, rest)
        most = np.cov(np.sort(column), np.sort(rest))[0, 1]
        index = shared[0, 1] / np.sqrt(shared[0, 0] * shared[1, 1])
        found.append((100 * index, 100 * shared[0, 1] / most, np.sqrt(np.cov(column, total)[0, 1])))
    table = np.array(found)
    table[:, 2] *= 100 / table[:, 2].sum()
    return table


def whole(folder: Path, right: np.ndarray) -> None:
    """The way of the command: record, layout, report."""
    quiz = made_quiz(folder / "01-made", right.shape[1])
    record = written(folder / "class.sqlite", quiz, right)
    with told("reading the record"):
        found = read_learners(record)
    with told("laying out the sittings"):
        layout = quiz_layout(quiz, found)
    with told("the report, with options and verdicts"):
        report = set_report(quiz.id, quiz.title, quiz.items, layout, is_quiz=True)
    print(
        f"{report.statistics.attempts} attempts, internal consistency {report.statistics.internal_consistency:.1f}"
    )


def made_quiz(folder: Path, count: int) -> Quiz:
    """A quiz of choices."""
    folder.mkdir()
    folder.joinpath("module.md").write_text("---\ntitle: Made\n---\n", encoding="utf-8")
    asked = [
        f"<!-- q id=q{number} -->\n### Number {number}?\n\n- [ ] a\n- [x] b\n- [ ] c\n<!-- /q -->\n"
        for number in range(count)
    ]
    folder.joinpath("quiz.md").write_text("---\ntitle: Made\n---\n\n" + "\n".join(asked), encoding="utf-8")
    return open_quiz(next(iter(load_course(folder.parent))))


def written(path: Path, quiz: Quiz, right: np.ndarray) -> Path:
    """A record with a finished sitting for each row."""
    LearnerRecord.open(path).close()
    people = range(1, len(right) + 1)
    digests = [item_digest(item) for item in quiz.items]
    plan = json.dumps([{"item_id": item.frame.id} for item in quiz.items])
    run = {"quiz_id": quiz.id, "seed": 0, "mode": "check", "plan": plan, "started": AT}
    given = [
        {
            "learner_id": learner,
            "run_id": learner,
            "item_id": item.frame.id,
            "item_digest": digest,
            "response": json.dumps({"kind": "chosen", "options": [int(mark)]}),
            "seed": 0,
            "hints": 0,
            "at": AT,
        }
        for learner, row in zip(people, right, strict=True)
        for item, digest, mark in zip(quiz.items, digests, row, strict=True)
    ]
    shares = [
        {"answer_id": number, "share": float(mark), "points": float(mark), "at": AT}
        for number, mark in enumerate(right.ravel(), 1)
    ]
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        others = [{"id": learner, "name": f"learner {learner}"} for learner in people if learner > 1]
        connection.execute(learners.insert(), others)
        connection.execute(runs.insert(), [{"id": one, "learner_id": one, **run} for one in people])
        connection.execute(answers.insert(), given)
        connection.execute(marks.insert(), shares)
        connection.execute(finishes.insert(), [{"run_id": one, "at": AT} for one in people])
    engine.dispose()
    return path


if __name__ == "__main__":
    main()
