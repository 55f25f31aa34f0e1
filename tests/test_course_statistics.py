"""Item statistics: figures against Moodle's, by hand and by numpy; what counts, what is told, what is printed."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from math import isfinite, sqrt
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import URL, create_engine

from course import schema
from course.catalog import load_course, open_lesson, open_quiz
from course.digest import item_digest
from course.distractors import groups
from course.drawing import drawn
from course.errors import RecordError
from course.grade import grade
from course.guessing import random_guess_score
from course.item_findings import ENOUGH, Flaw, findings
from course.observations import Answered, Learner, Sat, read_learners
from course.parse import parse_lesson
from course.positions import Tries, lesson_layout, quiz_layout
from course.record import LearnerRecord
from course.report import item_report, set_report
from course.response import Chosen, Rated, Typed, Written
from course.schema import answers, finishes, learners, marks, runs
from course.statistics import ItemStatistics, QuizStatistics, covariance, quiz_statistics
from tui.cli import main
from tui.console.report_data import CSV_KEYS
from tui.report_words import finding_words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from course.model import Quiz
    from course.response import Response

ROOT = Path(__file__).parents[1]
FIXTURES = ROOT / "tests" / "fixtures" / "statistics"

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC).isoformat()

MODULE = """\
---
title: Exporting
outcomes:
  O1: prepare a delivery abroad
---

What a delivery abroad needs.
"""

QUIZ = """\
---
title: "Quiz: exporting"
shuffle: false
---

<!-- q id=q1-invoice outcome=O1 -->
### What must an export invoice name?

- [ ] The name of the driver
- [x] The origin of the goods
- [ ] The phone of the embassy
- [ ] The weather on the way
<!-- /q -->

<!-- q id=q2-abroad outcome=O1 -->
### Is Norway abroad, seen from Denmark?

- [x] Yes
- [ ] No
<!-- /q -->

<!-- q id=q3-origin outcome=O1 -->
### Where do goods originate that were only packed in Poland?

- [x] In Poland
- [ ] Where they were made
- [ ] Nowhere
<!-- /q -->

<!-- q id=q4-paper outcome=O1 -->
### What is the paper called that proves the origin?

- = certificate of origin
<!-- /q -->

<!-- q id=q5-insured outcome=O1 -->
### Who insures the goods under CIF?

- [x] The seller
- [ ] The buyer
<!-- /q -->

<!-- q id=q5b-insured outcome=O1 variant-of=q5-insured -->
### Who insures the goods under EXW?

- [ ] The seller
- [x] The buyer
<!-- /q -->
"""

LESSON = """\
---
title: Papers
---

## Which papers

Two of them.

<!-- q id=q-one outcome=O1 -->
### Is an invoice a paper?

- [x] Yes
- [ ] No
<!-- /q -->

<!-- q id=q-two outcome=O1 -->
### Which paper names the origin?

- = certificate
<!-- /q -->
"""


@dataclass(frozen=True)
class Given:
    """One sitting of one learner: the questions drawn, and what was answered to them in turn."""

    learner: int
    planned: Sequence[str]
    responses: Sequence[tuple[str, Response]]
    finished: bool = True
    mode: str = "check"
    digests: Mapping[str, str] | None = None


def write_course(folder: Path) -> Path:
    """A folder of one module."""
    module = folder / "01-exporting"
    module.mkdir(parents=True)
    module.joinpath("module.md").write_text(MODULE, encoding="utf-8")
    module.joinpath("01-papers.md").write_text(LESSON, encoding="utf-8")
    module.joinpath("quiz.md").write_text(QUIZ, encoding="utf-8")
    return folder


def quiz_of(folder: Path) -> Quiz:
    """The quiz of that module."""
    return open_quiz(next(iter(load_course(folder))))


def write_record(path: Path, quiz: Quiz, sittings: Sequence[Given]) -> Path:
    """A record with the sittings of any number of learners, marked as Hansa marks them."""
    LearnerRecord.open(path).close()
    items = {item.frame.id: item for item in quiz.items}
    engine = create_engine(URL.create("sqlite", database=str(path)))
    with engine.begin() as connection:
        for name in {given.learner for given in sittings} - {1}:
            connection.execute(learners.insert().values(id=name, name=f"secret-name-{name}"))
        for number, given in enumerate(sittings, 1):
            plan = ", ".join(f'{{"item_id": "{quiz.id}#{name}", "points": 1.0}}' for name in given.planned)
            row = {"learner_id": given.learner, "quiz_id": quiz.id, "seed": 0, "mode": given.mode}
            connection.execute(runs.insert().values(id=number, plan=f"[{plan}]", started=NOON, **row))
            for name, response in given.responses:
                item = items[f"{quiz.id}#{name}"]
                answer = {
                    "learner_id": given.learner,
                    "run_id": number,
                    "item_id": item.frame.id,
                    "item_digest": (given.digests or {}).get(name, item_digest(item)),
                    "response": response.to_json(),
                    "seed": 0,
                    "hints": 0,
                    "at": NOON,
                }
                key = connection.execute(answers.insert().values(answer)).inserted_primary_key
                assert key
                mark = grade(item, response)
                values = {"share": mark.share, "points": mark.points, "at": NOON}
                connection.execute(marks.insert().values(answer_id=key[0], **values))
            if given.finished:
                connection.execute(finishes.insert().values(run_id=number, at=NOON))
    engine.dispose()
    return path


def sitting_of(learner: int) -> Given:
    """What the learner of a number, 1 to 24, answers: the higher, the stronger."""
    strong = learner >= 11
    last = "q5-insured" if learner % 2 else "q5b-insured"
    right: dict[str, Callable[[], Response]] = {
        "q1-invoice": lambda: Chosen(options=(1 if strong or learner % 4 == 0 else 2 * (learner % 2),)),
        "q2-abroad": lambda: Chosen(options=(0 if learner > 1 else 1,)),
        "q3-origin": lambda: Chosen(options=(1 if learner >= 8 else 0 if learner > 2 else 2,)),
        "q4-paper": lambda: Typed(text="certificate of origin" if learner % 5 and learner > 7 else "a stamp"),
        last: lambda: Chosen(options=(learner % 2 if learner < 9 else 1 - learner % 2,)),
    }
    return Given(learner, list(right), [(name, give()) for name, give in right.items()])


CLASS = [sitting_of(learner) for learner in range(1, 25)]
"""One finished sitting of each of 24 learners."""


# Against Moodle's own figures ----------------------------------------------------------------------


def table(name: str) -> tuple[list[str], list[list[float]]]:
    rows = list(csv.reader((FIXTURES / name).read_text(encoding="utf-8").splitlines()))
    return rows[0], [[float(cell) for cell in row] for row in rows[1:]]


MOODLE_22 = {
    # position: facility, standard deviation in thousandths of a point, effective weight, discrimination
    # index, discriminative efficiency
    "8": (41.19318182, 1912.733589, 26.58464457, 25.88327077, 27.23492723),
    "9": (81.36363636, 251.2738111, 3.368456046, 1.170256965, 1.382386552),
    "10": (71.36363636, 322.6312277, 3.253955259, -4.207816809, -4.691171307),
    "11": (65.45454545, 333.4199022, 7.584083694, 28.16930644, 31.12404354),
    "12": (65.90909091, 337.5811591, 3.79658376, -2.513606859, -2.877487579),
    "13": (36.36363636, 492.3659639, 3.183278505, -12.99017581, -17.5074184),
    "14": (59.09090909, 503.2362797, 4.532356904, -8.900638238, -10.27568922),
    "15": (50, 511.7663157, 7.78856243, 8.670004606, 10.86956522),
    "16": (59.09090909, 503.2362797, 10.08351572, 29.63337745, 34.58997279),
    "17": (63.63636364, 492.3659639, 8.381139345, 15.18945843, 17.4790556),
    "18": (45.45454545, 509.6471914, 8.727645713, 16.21079629, 20.14359793),
    "19": (27.27272727, 455.8423058, 7.946277111, 15.52451404, 22.06477733),
    "20": (50, 511.7663157, 4.769500946, -8.396734802, -10),
}
"""Worked out in a spreadsheet by Moodle's developers: `statistics_test.php` and `mdl_question_states.csv` in
mod/quiz/report/statistics/tests of Moodle's source."""


def test_figures_agree_with_moodles_spreadsheet_to_a_millionth():
    heads, rows = table("moodle-22.csv")
    maxima = [8.0 if head == "8" else 1.0 for head in heads]
    found = quiz_statistics(rows, maxima)
    for head, maximum, position in zip(heads, maxima, found.positions, strict=True):
        facility, deviation, weight, index, efficiency = MOODLE_22[head]
        item = position.item
        assert item.attempts == 22
        assert item.facility == pytest.approx(facility, abs=1e-6)
        assert item.standard_deviation is not None
        assert item.standard_deviation * maximum * 10 == pytest.approx(deviation, abs=1e-6)
        assert position.effective_weight == pytest.approx(weight, abs=1e-6)
        assert item.discrimination_index == pytest.approx(index, abs=1e-6)
        assert item.discriminative_efficiency == pytest.approx(efficiency, abs=1e-6)
        assert position.intended_weight == pytest.approx(100 * maximum / 20)


MOODLE_25 = (
    # facility, standard deviation, effective weight, discrimination index, discriminative efficiency
    (0.704, 0.4513682901, 21.2922742344, -7.0650767526, -9.4550536967),
    (0.48, 0.5099019514, 18.8979800309, -28.8982125772, -36.7834118938),
    (0.973333332, 0.13333334, 4.443012573, -9.1230674268, -21.6545012165),
    (0.68, 0.4760952286, 18.9347251357, -22.6306444113, -31.4411395613),
    (0.52, 0.3055050463, 11.1450138688, -17.6997047674, -21.1794802584),
    (0.64, 0.4898979486, 9.8081339177, -45.3785178421, -56.9365974439),
    (0.62, 0.331662479, 15.4788602394, -5.6543166602, -6.5043742058),
)
"""The same for the sittings of `results00.csv`: `qstats00.csv`, and for the quiz as a whole
`stats_from_steps_walkthrough_test.php`. Moodle allows them 0.00001 and 0.000015 of their size."""


def test_a_second_data_set_of_moodle_and_the_quiz_as_a_whole():
    _, rows = table("moodle-25.csv")
    found = quiz_statistics(rows, [1.0] * 7)
    for position, expected in zip(found.positions, MOODLE_25, strict=True):
        item = position.item
        assert item.facility == pytest.approx(100 * expected[0], rel=1e-6)
        assert item.standard_deviation == pytest.approx(100 * expected[1], rel=1e-6)
        assert position.effective_weight == pytest.approx(expected[2], rel=1e-5)
        assert item.discrimination_index == pytest.approx(expected[3], rel=1e-5)
        assert item.discriminative_efficiency == pytest.approx(expected[4], rel=1e-5)
    assert found.median == pytest.approx(100 * 4.5 / 7)
    assert found.mean == pytest.approx(100 * 4.617333332 / 7, rel=1.5e-5)
    assert found.standard_deviation == pytest.approx(100 * 0.8117265554 / 7, rel=1.5e-5)
    assert found.internal_consistency == pytest.approx(-87.2230935542, rel=1.5e-5)
    assert found.error_ratio == pytest.approx(136.8294900795, rel=1.5e-5)
    assert found.standard_error == pytest.approx(100 * 1.1106813066 / 7, rel=1.5e-5)


# By hand and by another route ----------------------------------------------------------------------


def test_four_sittings_worked_out_by_hand():
    """Marks 1 1 2, 1 0 2, 0 1 1 and 0 0 0 of 1, 1 and 2 points: T is 4, 3, 2, 0 with the mean 2.25.

    All sums of products are divided by 3. C(x, T): 2.5, 1.5, 4.75; V(T): 8.75; V(x): 1, 1, 2.75.
    X of the positions: 3 2 2 0, 3 3 1 0, 2 1 1 0; V(X): 4.75, 6.75, 2; C(x, X): 1.5, 0.5, 2; of the sorted
    marks 1.5, 2.5, 2.
    """
    found = quiz_statistics([[1, 1, 2], [1, 0, 2], [0, 1, 1], [0, 0, 0]], [1, 1, 2])
    first, second, third = found.positions
    assert [one.item.facility for one in found.positions] == [50, 50, 62.5]
    assert first.item.standard_deviation == pytest.approx(100 * sqrt(1 / 3))
    assert third.item.standard_deviation == pytest.approx(50 * sqrt(2.75 / 3))
    assert first.item.discrimination_index == pytest.approx(100 * 1.5 / sqrt(4.75))
    assert second.item.discrimination_index == pytest.approx(100 * 0.5 / sqrt(6.75))
    assert third.item.discrimination_index == pytest.approx(100 * 2 / sqrt(5.5))
    assert [one.item.discriminative_efficiency for one in found.positions] == pytest.approx([100, 20, 100])
    assert [one.intended_weight for one in found.positions] == [25, 25, 50]
    roots = [sqrt(2.5), sqrt(1.5), sqrt(4.75)]
    weights = [100 * root / sum(roots) for root in roots]
    assert [one.effective_weight for one in found.positions] == pytest.approx(weights)
    assert (found.attempts, found.mean, found.median) == (4, 56.25, 62.5)
    assert found.standard_deviation == pytest.approx(25 * sqrt(8.75 / 3))
    assert found.internal_consistency == pytest.approx(100 * 24 / 35)
    assert found.error_ratio == pytest.approx(100 * sqrt(11 / 35))
    assert found.standard_error == pytest.approx(25 * sqrt(8.75 / 3) * sqrt(11 / 35))


def test_numpy_finds_the_same():
    draw = np.random.default_rng(7)
    skill = draw.normal(size=(300, 1))
    maxima = np.array([1.0, 2.0, 1.0, 4.0, 0.5, 1.0])
    marks = maxima * np.round(1 / (1 + np.exp(-skill - draw.normal(size=(300, 6)))), 1)
    found = quiz_statistics(marks.tolist(), maxima.tolist())
    total = marks.sum(axis=1)
    roots = [np.sqrt(np.cov(column, total)[0, 1]) for column in marks.T]
    for place, position in enumerate(found.positions):
        column, rest = marks[:, place], total - marks[:, place]
        table_ = np.cov(column, rest)
        most = np.cov(np.sort(column), np.sort(rest))[0, 1]
        assert position.item.facility == pytest.approx(100 * column.mean() / maxima[place], abs=1e-9)
        assert position.item.standard_deviation == pytest.approx(
            100 * column.std(ddof=1) / maxima[place], abs=1e-9
        )
        index = 100 * np.corrcoef(column, rest)[0, 1]
        assert position.item.discrimination_index == pytest.approx(index, abs=1e-9)
        assert position.item.discriminative_efficiency == pytest.approx(100 * table_[0, 1] / most, abs=1e-9)
        assert position.effective_weight == pytest.approx(100 * roots[place] / sum(roots), abs=1e-9)
    alpha = 6 / 5 * (1 - marks.var(axis=0, ddof=1).sum() / total.var(ddof=1))
    assert found.internal_consistency == pytest.approx(100 * alpha, abs=1e-9)


# Bounds and edges ----------------------------------------------------------------------------------

SHARES = st.sampled_from([0.0, 0.1, 0.25, 1 / 3, 0.5, 0.7, 0.9, 1.0]) | st.floats(0, 1)
MAXIMA = st.lists(st.sampled_from([0.5, 1.0, 2.0, 7.0, 1000.0]), min_size=1, max_size=5)


@st.composite
def sheets(draw):
    maxima = draw(MAXIMA)
    row = st.tuples(*(SHARES.map(lambda share, most=most: share * most) for most in maxima))
    return draw(st.lists(row, max_size=12)), maxima


def every_figure(found: QuizStatistics) -> list[float | None]:
    items = [one.item for one in found.positions]
    return [
        found.mean,
        found.median,
        found.standard_deviation,
        found.internal_consistency,
        found.error_ratio,
        found.standard_error,
        *(one.intended_weight for one in found.positions),
        *(one.effective_weight for one in found.positions),
        *(item.facility for item in items),
        *(item.standard_deviation for item in items),
        *(item.discrimination_index for item in items),
        *(item.discriminative_efficiency for item in items),
    ]


def within(value: float | None, low: float, high: float) -> bool:
    return value is None or low - 1e-9 <= value <= high + 1e-9


@given(sheets())
def test_every_figure_keeps_its_bounds(sheet):
    found = quiz_statistics(*sheet)
    assert all(value is None or isfinite(value) for value in every_figure(found))
    assert within(found.mean, 0, 100)
    assert within(found.median, 0, 100)
    assert within(found.internal_consistency, -float("inf"), 100)
    assert within(found.error_ratio, 0, float("inf"))
    for position in found.positions:
        assert within(position.item.facility, 0, 100)
        assert within(position.item.standard_deviation, 0, 100)
        assert within(position.item.discrimination_index, -100, 100)
        assert within(position.item.discriminative_efficiency, -float("inf"), 100)
        assert within(position.intended_weight, 0, 100)
        assert within(position.effective_weight, 0, 100)
    weights = [one.effective_weight for one in found.positions if one.effective_weight is not None]
    assert not weights or sum(weights) == pytest.approx(100)
    assert sum(one.intended_weight or 0 for one in found.positions) == pytest.approx(100)


@given(sheets(), st.randoms())
def test_the_order_of_learners_does_not_matter(sheet, lot):
    rows, maxima = sheet
    mixed = list(rows)
    lot.shuffle(mixed)
    assert quiz_statistics(mixed, maxima) == quiz_statistics(rows, maxima)


@given(sheets(), st.sampled_from([0.5, 2.0, 8.0]))
def test_points_in_another_unit_change_no_figure(sheet, factor):
    rows, maxima = sheet
    found = every_figure(quiz_statistics(rows, maxima))
    scaled = every_figure(
        quiz_statistics([[factor * mark for mark in row] for row in rows], [factor * most for most in maxima])
    )
    assert scaled == pytest.approx(found, nan_ok=False)


def undefined(found: QuizStatistics) -> set[str]:
    names = {name for name in QuizStatistics.__slots__ if getattr(found, name) is None}
    for position in found.positions:
        names |= {name for name in ItemStatistics.__slots__ if getattr(position.item, name) is None}
        names |= {"effective_weight"} - (
            {"effective_weight"} if position.effective_weight is not None else set()
        )
    return names


WHOLE = {"internal_consistency", "error_ratio", "standard_error"}
DISCRIMINATION = {"discrimination_index", "discriminative_efficiency"}


@pytest.mark.parametrize(
    ("rows", "facility", "missing"),
    [
        pytest.param([[1.0, 1.0]] * 5, 100, WHOLE | DISCRIMINATION | {"effective_weight"}, id="all right"),
        pytest.param([[0.0, 0.0]] * 5, 0, WHOLE | DISCRIMINATION | {"effective_weight"}, id="all wrong"),
        pytest.param([[0.1, 0.1]] * 7, 10, WHOLE | DISCRIMINATION | {"effective_weight"}, id="all a tenth"),
        pytest.param(
            [[1.0, 0.0]],
            100,
            WHOLE | DISCRIMINATION | {"effective_weight", "standard_deviation"},
            id="one learner",
        ),
        pytest.param([[1.0], [0.0], [1.0]], 200 / 3, WHOLE | DISCRIMINATION, id="one question"),
        pytest.param([[1.0, 0.0], [0.0, 1.0]], 50, WHOLE | {"effective_weight"}, id="marks that cancel out"),
    ],
)
def test_what_cannot_be_told_is_not_defined(rows, facility, missing):
    found = quiz_statistics(rows, [1.0] * len(rows[0]))
    assert found.positions[0].item.facility == pytest.approx(facility)
    assert undefined(found) == missing


def test_nobody_and_nothing():
    assert quiz_statistics([], []) == QuizStatistics(0)
    assert quiz_statistics([], [1.0]).positions[0].item == ItemStatistics(0)
    assert covariance([1.0], [2.0]) is None


def test_a_position_that_others_contradict_has_no_effective_weight():
    rows = [[1.0, 0.0, 0.0], [1.0, 0.0, 0.0], [0.0, 1.0, 1.0], [0.0, 1.0, 1.0]]
    weights = [one.effective_weight for one in quiz_statistics(rows, [1.0] * 3).positions]
    assert weights == [None, pytest.approx(50), pytest.approx(50)]


# Guessing and options ------------------------------------------------------------------------------

GUESSES = """\
---
title: Guesses
---

## All kinds

<!-- q id=one -->
### One of four?

- [x] a
- [ ] b <!-- 50% -->
- [ ] c
- [ ] d <!-- -25% -->
<!-- /q -->

<!-- q id=several -->
### Several?

- [x] a
- [x] b
- [ ] c
<!-- /q -->

<!-- q id=typed -->
### Typed?

- = salt
<!-- /q -->

<!-- q id=pairs -->
### Pairs?

- Riga → Latvia
- Turku → Finland
- → Sweden
<!-- /q -->

<!-- q id=cards partial=no -->
### Cards?

- cod => fish
- elk => beast
<!-- /q -->

<!-- q id=order -->
### Order?

1. one
2. two
3. three
<!-- /q -->

<!-- q id=order-whole partial=no -->
### Order, all or nothing?

1. one
2. two
3. three
<!-- /q -->

<!-- q id=gaps -->
### Gaps?

The [[ (Trave) | Elbe | Oder ]] flows through [[Lübeck]].
<!-- /q -->
"""


@pytest.fixture
def kinds(tmp_path: Path):
    path = tmp_path / "guesses.md"
    path.write_text(GUESSES, encoding="utf-8")
    return {item.frame.id.partition("#")[2]: item for item in parse_lesson(path, "m").items}


@pytest.mark.parametrize(
    ("name", "score"),
    [
        ("one", 37.5),
        ("several", None),
        ("typed", 0),
        ("pairs", 100 / 3),
        ("cards", 25),
        ("order", 50),
        ("order-whole", 100 / 6),
        ("gaps", 100 / 6),
    ],
)
def test_what_blind_guessing_earns(kinds, name, score):
    assert random_guess_score(kinds[name]) == (None if score is None else pytest.approx(score))


@given(st.lists(st.floats(0, 10), max_size=60))
def test_the_upper_group_is_better_than_the_lower_one(others):
    upper, lower = groups(others)
    assert bool(upper) == bool(lower)
    assert not set(upper) & set(lower)
    if upper:
        assert min(others[place] for place in upper) > max(others[place] for place in lower)
        assert min(len(upper), len(lower)) >= 0.27 * len(others)


def test_groups_follow_the_marks():
    assert groups([5.0, 1.0, 4.0, 0.0, 3.0, 2.0, 6.0]) == ([0, 6], [1, 3])
    assert groups([1.0, 1.0, 0.0, 0.0, 0.0]) == ([0, 1], [2, 3, 4])
    assert groups([1.0, 0.0, 0.0, 0.0]) == ([], [])
    assert groups([0.1 + 0.2, 0.3, 0.3]) == ([], [])


# What is told of a question --------------------------------------------------------------------------


def told(item, *, facility=60.0, index=40.0, attempts=200):
    figures = ItemStatistics(attempts, facility, 40.0, index, index)
    return [finding.flaw for finding in findings(item, figures, 25.0, (), attempts)]


@pytest.mark.parametrize(
    ("figures", "faults"),
    [
        ({}, [Flaw.NONE]),
        ({"attempts": ENOUGH - 1, "index": -90.0, "facility": 0.0}, [Flaw.TOO_FEW]),
        ({"attempts": 0, "facility": None, "index": None}, [Flaw.TOO_FEW]),
        ({"facility": 96.0}, [Flaw.TOO_EASY]),
        ({"facility": 4.0}, [Flaw.TOO_HARD]),
        ({"facility": 10.0}, [Flaw.WORSE_THAN_GUESSING]),
        ({"facility": 21.0}, [Flaw.NONE]),
        ({"index": -30.0}, [Flaw.NEGATIVE]),
        ({"index": -30.0, "attempts": 20}, [Flaw.WEAK]),
        ({"index": -5.0}, [Flaw.WEAK]),
        ({"index": 10.0}, [Flaw.WEAK]),
        ({"index": 10.0, "attempts": 30}, [Flaw.NONE]),
        ({"index": -100.0, "facility": 97.0}, [Flaw.NEGATIVE, Flaw.TOO_EASY]),
        ({"index": None, "facility": 100.0}, [Flaw.TOO_EASY]),
        ({"index": 100.0}, [Flaw.NONE]),
    ],
)
def test_the_gravest_fault_is_told_first(kinds, figures, faults):
    assert told(kinds["typed"], **figures) == faults


@given(st.integers(0, 500), st.floats(0, 100), st.floats(-100, 100))
def test_no_question_is_judged_on_few_answers(attempts, facility, index):
    figures = ItemStatistics(attempts, facility, 30.0, index, index)
    item = parse_lesson(ROOT / "tests" / "fixtures" / "course" / "all-types.md", "m").items[0]
    found = findings(item, figures, 25.0, (), attempts)
    assert (found[0].flaw is Flaw.TOO_FEW) == (attempts < ENOUGH)
    assert all(finding_words(one) for one in found)


# What counts -----------------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_course(tmp_path / "course")


@pytest.fixture
def quiz(folder: Path) -> Quiz:
    return quiz_of(folder)


@pytest.fixture
def database(tmp_path: Path, quiz: Quiz) -> Path:
    return write_record(tmp_path / "class.sqlite", quiz, CLASS)


def right(*names: str) -> list[tuple[str, Response]]:
    keys = {"q1-invoice": 1, "q2-abroad": 0, "q3-origin": 0, "q5-insured": 0, "q5b-insured": 1}
    return [
        (n, Typed(text="certificate of origin") if n == "q4-paper" else Chosen(options=(keys[n],)))
        for n in names
    ]


FIVE = ("q1-invoice", "q2-abroad", "q3-origin", "q4-paper", "q5-insured")


def test_the_first_finished_sitting_counts_or_all(tmp_path, quiz):
    sittings = [
        Given(1, FIVE, right(*FIVE), finished=False),
        Given(1, FIVE, []),
        Given(1, FIVE, right(*FIVE)),
        Given(2, FIVE, right(*FIVE[:2])),
    ]
    found = read_learners(write_record(tmp_path / "r.sqlite", quiz, sittings))
    first = quiz_layout(quiz, found)
    assert [[cell.share for cell in row] for row in first.rows] == [[0] * 5, [1, 1, 0, 0, 0]]
    assert (first.learners, first.unfinished, first.outdated) == (2, 1, 0)
    every = quiz_layout(quiz, found, Tries.ALL)
    assert [sum(cell.mark for cell in row) for row in every.rows] == [0, 5, 2]
    assert every.learners == 2


@pytest.mark.parametrize(("mode", "share"), [("practice", 0.0), ("check", 1.0), ("exam", 1.0)])
def test_in_practice_the_first_answer_counts_and_elsewhere_the_last(tmp_path, quiz, mode, share):
    twice = [("q1-invoice", Chosen(options=(0,))), *right(*FIVE)]
    found = read_learners(write_record(tmp_path / "r.sqlite", quiz, [Given(1, FIVE, twice, mode=mode)]))
    assert quiz_layout(quiz, found).rows[0][0].share == share


def test_variants_stand_at_one_position_and_are_told_apart(folder, database):
    (report,) = item_report(load_course(folder), read_learners(database))
    assert [position.is_drawn for position in report.positions] == [False] * 4 + [True]
    drawn = report.positions[4]
    assert drawn.figures.item.attempts == 24
    assert [one.figures.attempts for one in drawn.questions] == [12, 12]
    assert [one.findings[0].flaw for one in drawn.questions] == [Flaw.TOO_FEW] * 2
    whole = sum(one.figures.facility or 0 for one in drawn.questions) / 2
    assert drawn.figures.item.facility == pytest.approx(whole)


def test_a_question_alone_at_its_position_has_the_figures_of_the_position(folder, database):
    (report,) = item_report(load_course(folder), read_learners(database))
    assert all(one.questions[0].figures == one.figures.item for one in report.positions[:4])


def test_questions_drawn_at_random_fill_positions_by_turn(quiz):
    def sat(*names: str) -> Learner:
        ids = {f"{quiz.id}#{name}": "" for name in names}
        return Learner((Sat(quiz.id, "check", ids, tuple(Answered(name, "", "", 1.0) for name in ids)),))

    pool = replace(quiz, items=tuple(item for item in quiz.items if item.frame.variant_of == ""))
    wanted = [sat(*FIVE), sat("q4-paper", *FIVE[:3], "q5-insured")]
    assert [[cell.item.frame.id for cell in row] for row in quiz_layout(pool, wanted).rows] == [
        [f"{quiz.id}#{name}" for name in FIVE]
    ] * 2
    other = sat(*FIVE[:3], "q4-paper", "q5b-insured")
    rows = quiz_layout(quiz, [sat(*FIVE), other]).rows
    assert [row[4].item.frame.id[-11:] for row in rows] == ["#q5-insured", "q5b-insured"]


def test_a_sitting_of_another_quiz_than_todays_is_left_out_and_counted(tmp_path, quiz):
    gone = Given(1, (*FIVE[:4], "q9-gone"), right(*FIVE[:4]))
    short = Given(2, FIVE[:3], right(*FIVE[:3]))
    found = read_learners(write_record(tmp_path / "r.sqlite", quiz, [gone, short, Given(3, FIVE, [])]))
    layout = quiz_layout(quiz, found)
    assert (len(layout.rows), layout.outdated, layout.learners) == (1, 2, 1)


def test_answers_to_an_earlier_wording_count_for_the_position_alone(tmp_path, folder, quiz):
    old = Given(1, FIVE, right(*FIVE), digests={"q1-invoice": "0" * 16})
    database = write_record(tmp_path / "r.sqlite", quiz, [old, Given(2, FIVE, [])])
    (report,) = item_report(load_course(folder), read_learners(database))
    first = report.positions[0]
    assert first.is_drawn
    assert (first.figures.item.attempts, first.questions[0].figures.attempts) == (2, 1)
    assert first.questions[0].figures.facility == 0


def test_an_answer_that_was_never_marked_is_judged_now(tmp_path, quiz):
    path = tmp_path / "r.sqlite"
    with LearnerRecord.open(path) as record:
        run = record.start_run(quiz.id, seed=0, mode="check", at=datetime.now(UTC))
        for item in quiz.items[:5]:
            response = dict(right(*FIVE))[item.frame.id.partition("#")[2]]
            record.give(
                item.frame.id, response, digest=item_digest(item), at=datetime.now(UTC), run_id=run.id
            )
        record.finish_run(run.id, datetime.now(UTC))
    assert [cell.share for cell in quiz_layout(quiz, read_learners(path)).rows[0]] == [1] * 5


def test_a_lesson_counts_rounds_in_which_every_question_was_answered(folder):
    items = open_lesson(next(iter(load_course(folder))), next(iter(load_course(folder))).lessons[0]).items
    one, two = (item.frame.id for item in items)

    def gave(*pairs: tuple[str, float]) -> Learner:
        return Learner(practised=tuple(Answered(name, "", "", share) for name, share in pairs))

    learners_ = [
        gave((one, 0.0), (one, 1.0), (two, 0.5), (two, 1.0), (two, 1.0)),
        gave((one, 1.0)),
        gave(("elsewhere#q", 1.0)),
    ]
    first = lesson_layout(items, learners_)
    assert [[cell.share for cell in row] for row in first.rows] == [[0.0, 0.5]]
    assert (first.learners, first.unfinished) == (1, 1)
    every = lesson_layout(items, learners_, Tries.ALL)
    assert [[cell.share for cell in row] for row in every.rows] == [[0.0, 0.5], [1.0, 1.0]]


MIXED = """\
---
title: Mixed
---

<!-- q id=q-one outcome=O1 -->
### One?

- [x] Yes
- [ ] No
<!-- /q -->

<!-- q id=q-open type=open outcome=O1 points=2 -->
### What would you offer?

> [!IMPORTANT]
> Our laboratory for two weeks.
>
> - [ ] It names a thing.
> - [ ] It names a time.
<!-- /q -->

<!-- q id=q-sure type=likert scale=1..5 labels="not at all / fully" -->
### How sure are you?

- I know whom to call.
- I know what to ask.
<!-- /q -->

<!-- pool id=p1 pick=1 -->
<!-- q id=q-p1 outcome=O1 -->
### Pool, first?

- [x] Yes
- [ ] No
<!-- /q -->

<!-- q id=q-p2 outcome=O1 -->
### Pool, second?

- [x] Yes
- [ ] No
<!-- /q -->
<!-- /pool -->
"""


@pytest.fixture
def mixed(folder: Path) -> Quiz:
    (folder / "01-exporting" / "quiz.md").write_text(MIXED, encoding="utf-8")
    return quiz_of(folder)


def mixed_sitting(learner: int) -> Given:
    pooled = f"q-p{1 + learner % 2}"
    responses = {
        "q-open": Written(text="a secret offer", ticked=(0,) if learner < 4 else ()),
        pooled: Chosen(options=(0,)),
        "q-sure": Rated(values=(5, None if learner == 1 else 2)),
        "q-one": Chosen(options=(learner % 2,)),
    }
    return Given(learner, list(responses), list(responses.items()))


def test_open_questions_and_scales_are_described_apart_and_not_judged(report, mixed, tmp_path):
    database = write_record(tmp_path / "r.sqlite", mixed, [mixed_sitting(learner) for learner in range(1, 7)])
    status, printed, _ = report("--database", database, "--json")
    assert (status, "secret offer" in printed) == (0, False)
    (quiz_,) = json.loads(printed)["sets"]
    assert [position["intended_weight"] for position in quiz_["positions"]] == [50, 50]
    offer, sure = quiz_["apart"]
    assert (offer["answers"], [option["chosen"] for option in offer["options"]]) == (6, [3, 0])
    assert [option["chosen"] for option in sure["options"]] == [0, 0, 0, 0, 6, 0, 5, 0, 0, 0]
    assert (sure["options"][4]["part"], sure["options"][4]["text"]) == ("I know whom to call.", "5 fully")
    table_ = report("--database", database)[1]
    assert "Without a right answer, so not judged:\n  q-open: 6 answers\n  q-sure: 6 answers" in table_
    rows = list(csv.DictReader(io.StringIO(report("--database", database, "--csv")[1])))
    assert [row["attempts"] for row in rows if row["row"] == "apart"] == ["6", "6"]


def test_a_pool_is_a_position_that_its_questions_share(folder, mixed, tmp_path):
    database = write_record(tmp_path / "r.sqlite", mixed, [mixed_sitting(learner) for learner in range(1, 8)])
    (found,) = item_report(load_course(folder), read_learners(database))
    assert found.layout.outdated == 0
    named = [[one.item.frame.id.partition("#")[2] for one in place.questions] for place in found.positions]
    assert named == [["q-one"], ["q-p1", "q-p2"]]
    assert [one.figures.attempts for one in found.positions[1].questions] == [3, 4]


@pytest.mark.parametrize("more", ["", "draw: 3\n"])
@settings(max_examples=25)
@given(seeds=st.lists(st.integers(0, 99), min_size=1, max_size=12))
def test_whatever_is_drawn_every_sitting_fills_every_position(drawn_quizzes, more, seeds):
    quiz = drawn_quizzes[more]
    sat = [
        Learner((Sat(quiz.id, "check", {item.frame.id: "" for item in drawn(quiz, seed)}),)) for seed in seeds
    ]
    layout = quiz_layout(quiz, sat)
    assert len(layout.rows) + layout.outdated == len(seeds)
    assert layout.outdated == 0
    for seed, row in zip(seeds, layout.rows, strict=True):
        assert {cell.item.frame.id for cell in row} == {item.frame.id for item in drawn(quiz, seed)}
    alone = [{cell.item.frame.id for cell in column} for column in zip(*layout.rows, strict=True)]
    assert more or any(stood == {f"{quiz.id}#q-one"} for stood in alone)


@pytest.fixture(scope="module")
def drawn_quizzes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Quiz]:
    """A quiz with two pools, once asked as the pools pick and once cut down to three questions."""
    choice = "<!-- q id={} outcome=O1 -->\n### Number {}?\n\n- [x] Yes\n- [ ] No\n<!-- /q -->\n\n"
    asked = choice.format("q-one", 1)
    for pool, pick in (("p1", 2), ("p2", 1)):
        asked += f"<!-- pool id={pool} pick={pick} -->\n"
        asked += "".join(choice.format(f"{pool}-{n}", n) for n in range(4)) + "<!-- /pool -->\n\n"
    quizzes = {}
    for more in ("", "draw: 3\n"):
        folder = write_course(tmp_path_factory.mktemp("drawn") / "course")
        source = f"---\ntitle: Drawn\n{more}---\n\n{asked}"
        (folder / "01-exporting" / "quiz.md").write_text(source, encoding="utf-8")
        quizzes[more] = quiz_of(folder)
    return quizzes


@pytest.fixture(scope="module")
def class_read(tmp_path_factory: pytest.TempPathFactory) -> tuple[Quiz, list[Learner]]:
    folder = tmp_path_factory.mktemp("class")
    quiz = quiz_of(write_course(folder / "course"))
    return quiz, list(read_learners(write_record(folder / "class.sqlite", quiz, CLASS)))


@settings(max_examples=20)
@given(lot=st.randoms())
def test_the_report_is_the_same_whatever_the_order_of_learners(class_read, lot):
    quiz, found = class_read
    mixed = list(found)
    lot.shuffle(mixed)

    def report(those: Sequence[Learner]) -> object:
        made = set_report(quiz.id, quiz.title, quiz.items, quiz_layout(quiz, those), is_quiz=True)
        return made.statistics, made.positions

    assert report(mixed) == report(found)


# Reading records -------------------------------------------------------------------------------------


def test_reading_changes_nothing_and_leaves_nothing_behind(database):
    before, names = database.read_bytes(), sorted(path.name for path in database.parent.iterdir())
    database.chmod(0o400)
    assert len(read_learners(database)) == 24
    assert read_learners(f"sqlite:///{database}") == read_learners(str(database))
    assert database.read_bytes() == before
    assert sorted(path.name for path in database.parent.iterdir()) == names


def test_any_file_name_will_do(tmp_path, quiz):
    path = write_record(tmp_path / "år 1#2?3%20.sqlite", quiz, CLASS[:3])
    assert len(read_learners(path)) == len(read_learners(str(path))) == 3


def test_a_record_is_read_while_a_learner_writes(tmp_path, quiz):
    path = tmp_path / "r.sqlite"
    with LearnerRecord.open(path) as record:
        run = record.start_run(quiz.id, seed=0, mode="check", at=datetime.now(UTC))
        record.finish_run(run.id, datetime.now(UTC))
        assert len(read_learners(path)[0].sittings) == 1
        record.start_run(quiz.id, seed=1, mode="check", at=datetime.now(UTC))
        assert read_learners(path)[0].unfinished == (quiz.id,)


def test_an_older_record_is_read_as_it_is(tmp_path, quiz, monkeypatch):
    monkeypatch.setattr(schema, "MIGRATIONS", schema.MIGRATIONS[:1])
    path = write_record(tmp_path / "r.sqlite", quiz, CLASS[:2])
    monkeypatch.undo()
    before = path.read_bytes()
    assert len(read_learners(path)) == 2
    assert path.read_bytes() == before


def _newer(path: Path, quiz: Quiz) -> None:
    write_record(path, quiz, CLASS[:1])
    with sqlite3.connect(path) as connection:
        connection.execute("INSERT INTO migrations VALUES ('9999 future', '2030')")
    connection.close()


def _stranger(path: Path, _: Quiz) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE notes (id INTEGER)")
    connection.close()


def _spoilt(*statements: str) -> Callable[[Path, Quiz], None]:
    """A record in which somebody wrote what Hansa would not."""

    def make(path: Path, quiz: Quiz) -> None:
        write_record(path, quiz, [sitting_of(1)])
        with sqlite3.connect(path) as connection:
            for table_ in ("runs", "marks"):
                connection.execute(f"DROP TRIGGER {table_}_refuse_update")
            for statement in statements:
                connection.execute(statement)
        connection.close()

    return make


def _torn(path: Path, quiz: Quiz) -> None:
    write_record(path, quiz, CLASS)
    data = path.read_bytes()
    path.write_bytes(data[:8192] + b"\xff" * (len(data) - 8192))


BROKEN: dict[str, tuple[Callable[[Path, Quiz], object], str]] = {
    "missing": (lambda *_: None, "is not a file; check the path"),
    "folder": (lambda path, _: path.mkdir(), "is not a file; check the path"),
    "empty": (lambda path, _: path.write_bytes(b""), "is not a learner record; choose another file"),
    "text": (lambda path, _: path.write_text("words\n" * 500), "is not a learner record"),
    "newer": (_newer, "was written by a newer version of Hansa; update Hansa"),
    "stranger": (_stranger, "is not a learner record; choose another file"),
    "torn": (_torn, "is damaged; restore a copy"),
    "plan": (_spoilt("UPDATE runs SET plan = '[3'"), "is damaged"),
    "plan of numbers": (_spoilt("UPDATE runs SET plan = '[3]'"), "is damaged"),
    "deep plan": (_spoilt(f"UPDATE runs SET plan = '{'[' * 100_000}'"), "is damaged"),
    "huge mark": (_spoilt("UPDATE marks SET share = 9e999"), "is damaged"),
    "mark in words": (_spoilt("UPDATE marks SET share = 'good'"), "is damaged"),
}


def test_a_path_that_cannot_be_looked_at_is_told():
    with pytest.raises(RecordError, match="is not a file; check the path"):
        read_learners(Path("x" * 300))


@pytest.mark.parametrize("kind", BROKEN)
def test_a_broken_record_is_told_by_name(tmp_path, quiz, kind):
    path = tmp_path / "broken.sqlite"
    make, words = BROKEN[kind]
    make(path, quiz)
    with pytest.raises(RecordError, match=words) as caught:
        read_learners(path)
    assert "broken.sqlite" in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "address", ["nosuch://x/y", "sqlite://", "sqlite:///file:x?mode=rw&uri=true", "sqlite:///:memory:"]
)
def test_an_address_that_cannot_be_read(address):
    with pytest.raises(RecordError, match=r"address|reading alone"):
        read_learners(address)


# The command -------------------------------------------------------------------------------------------


@pytest.fixture
def report(folder, tmp_path, monkeypatch, capsys):
    """The command over the small course; returns its exit status, output and messages."""
    monkeypatch.setenv("HANSA_HOME", str(tmp_path / "home"))

    def run(*arguments: object) -> tuple[int, str, str]:
        status = main(["--course", str(folder), "course", "report", *map(str, arguments)])
        said = capsys.readouterr()
        return status, said.out, said.err

    return run


def test_the_page_shows_what_the_command_prints(report, database):
    page = (ROOT / "docs" / "report.md").read_text(encoding="utf-8")
    status, printed, said = report("exporting", "--database", database)
    assert (status, said) == (0, "")
    shown = page.partition("```text\n")[2].partition("```")[0]
    assert shown == printed
    assert max(map(len, printed.splitlines())) <= 80


def test_the_page_names_every_key(report, database):
    page = (ROOT / "docs" / "report.md").read_text(encoding="utf-8")
    whole = json.loads(report("exporting", "--database", database, "--json")[1])

    def keys(value: object) -> set[str]:
        if isinstance(value, dict):
            return set(value).union(*map(keys, value.values()))
        return set().union(*map(keys, value)) if isinstance(value, list) else set()

    assert [key for key in sorted(keys(whole) | set(CSV_KEYS)) if f"`{key}`" not in page] == []
    assert [flaw for flaw in Flaw if f"`{flaw}`" not in page] == []


def test_the_example_in_python_runs(folder, database, monkeypatch, capsys):
    page = (ROOT / "docs" / "report.md").read_text(encoding="utf-8")
    monkeypatch.chdir(database.parent)
    assert (folder.name, database.name) == ("course", "class.sqlite")
    exec(compile(page.partition("```python\n")[2].partition("```")[0], "report.md", "exec"), {})  # noqa: S102
    printed = capsys.readouterr().out.splitlines()
    assert printed[0] == "exporting/quiz 24"
    assert printed[3].endswith("negative-discrimination")
    assert len(printed) == 7


def test_json_has_the_figures_and_no_person(report, database):
    printed = report("--database", database, "--json")[1]
    assert "secret-name" not in printed
    assert "a stamp" not in printed
    whole = json.loads(printed)
    assert whole["databases"] == {"read": 1, "skipped": 0}
    assert whole["learners"] == 24
    (quiz_,) = whole["sets"]
    assert quiz_["attempts"] == 24
    question = quiz_["positions"][2]["questions"][0]
    assert question["verdict"] == "negative-discrimination"
    assert question["findings"][0]["words"] == "Stronger learners get it wrong more often: check the key."
    unused = quiz_["positions"][0]["questions"][0]
    assert [(one["code"], one["option"]) for one in unused["findings"]] == [("unused-option", "d")]
    assert [option["chosen"] for option in unused["options"]] == [3, 16, 5, 0]


def test_csv_is_a_row_for_each_set_position_question_and_option(report, database):
    rows = list(csv.DictReader(io.StringIO(report("--database", database, "--csv")[1])))
    assert tuple(rows[0]) == CSV_KEYS
    kinds_ = [row["row"] for row in rows]
    assert [kinds_.count(kind) for kind in ("set", "position", "question", "option")] == [1, 5, 6, 13]
    assert float(rows[1]["facility"]) == pytest.approx(100 * 16 / 24)
    assert rows[2]["words"] == "Option D is chosen by nobody: replace it."


def test_text_of_a_module_never_becomes_a_formula(folder, report, tmp_path):
    quiz_file = folder / "01-exporting" / "quiz.md"
    source = quiz_file.read_text(encoding="utf-8").replace("The name of the driver", "=HYPERLINK(1)")
    quiz_file.write_text(source.replace("What must", "+1 \x1b[31mWhat must"), encoding="utf-8")
    database = write_record(tmp_path / "r.sqlite", quiz_of(folder), CLASS)
    printed = report("--database", database, "--csv")[1]
    cells = [row["text"] for row in csv.DictReader(io.StringIO(printed))]
    assert "'=HYPERLINK(1)" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]
    assert "\x1b" not in printed + report("--database", database)[1]


def test_many_records_are_joined_and_a_broken_one_is_skipped(report, tmp_path, quiz):
    alone = [replace(one, learner=1) for one in CLASS]
    paths = [write_record(tmp_path / f"{n}.sqlite", quiz, [one]) for n, one in enumerate(alone)]
    named = [part for path in paths for part in ("--database", path)]
    broken = tmp_path / "anna.sqlite"
    broken.write_text("no database at all\n" * 90)
    status, printed, said = report(*named, "--database", broken, "--json")
    assert status == 1
    assert said.count("\n") == 1
    assert "anna.sqlite is not a learner record" in said
    whole = json.loads(printed)
    assert whole["databases"] == {"read": 24, "skipped": 1}
    assert whole["learners"] == whole["sets"][0]["attempts"] == 24


def test_where_no_record_could_be_read_nothing_is_claimed(report, tmp_path):
    status, printed, said = report("--database", tmp_path / "nowhere.sqlite")
    assert (status, printed) == (1, "")
    assert "nowhere.sqlite is not a file" in said


def test_a_record_named_twice_counts_once(report, database):
    status, printed, said = report(
        "--database", database, "--database", f"{database.parent}/./class.sqlite", "--json"
    )
    assert (status, json.loads(printed)["learners"]) == (0, 24)
    assert "is named twice and counted once" in said


def test_without_answers_the_command_says_so(report, tmp_path):
    assert report() == (0, "Nobody has answered a question yet.\n", "")
    assert not (tmp_path / "home" / "learner.sqlite").exists()
    assert json.loads(report("--json")[1])["sets"] == []


def test_a_reference_chooses_and_a_wrong_one_is_told(report, database):
    assert (
        json.loads(report("exporting/papers", "--database", database, "--json")[1])["sets"][0]["attempts"]
        == 0
    )
    assert "0 attempts of 0 learners." in report("exporting/papers", "--database", database)[1]
    assert (
        json.loads(report("exporting/quiz", "--database", database, "--json")[1])["sets"][0]["kind"] == "quiz"
    )
    status, printed, said = report("nowhere", "--database", database)
    assert (status, printed) == (3, "")
    assert "There is no module `nowhere`" in said


def test_all_tries_are_counted_when_asked_for(report, tmp_path, quiz):
    again = [*CLASS, *(replace(one, responses=()) for one in CLASS[:4])]
    database = write_record(tmp_path / "r.sqlite", quiz, again)
    assert "24 attempts of 24 learners. The first attempt" in report("--database", database)[1]
    printed = report("--database", database, "--tries", "all")[1]
    assert "28 attempts of 24 learners. Each attempt counts as if" in printed


def test_many_attempts_of_few_learners_are_not_judged(report, tmp_path, quiz):
    database = write_record(tmp_path / "r.sqlite", quiz, [replace(one, learner=1) for one in CLASS])
    printed = report("--database", database, "--tries", "all")[1]
    assert "q2-abroad: Too few learners to judge (1 of at least 20)." in printed
    assert "Too easy" not in printed


def test_the_own_record_is_read_when_none_is_named(report, tmp_path, quiz):
    (tmp_path / "home").mkdir()
    write_record(tmp_path / "home" / "learner.sqlite", quiz, CLASS[:1])
    assert "Too few answers to judge (1 of at least 20)." in report()[1]
