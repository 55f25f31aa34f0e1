from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.drawing import drawn
from course.model import Choice, Lesson, Paragraph, Quiz, Severity, plain
from course.outline import outline
from course.parse import parse_bank, parse_lesson, parse_quiz
from course.shuffle import display_order

if TYPE_CHECKING:
    from collections.abc import Iterable

    from course.model import Item

ANSWERS = "- [x] yes\n- [ ] no\n"


def q(name: str, attributes: str = "") -> str:
    return f"<!-- q id={name} {attributes} -->\n### What is {name}?\n\n{ANSWERS}\n"


def quiz_of(body: str, head: str = "", folder: Path = Path()) -> Quiz:
    return parse_quiz(folder / "quiz.md", "m", f"---\ntitle: T\n{head}---\n{body}")


def lesson_of(body: str, folder: Path = Path()) -> Lesson:
    return parse_lesson(folder / "01-lesson.md", "m", f"---\ntitle: T\n---\n## S\n\n{body}")


def names(items: Iterable[Item]) -> list[str]:
    return [item.frame.id.partition("#")[2] for item in items]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    bank = q("b1", 'tags="legal,ip" level=easy') + q("b2", "tags=legal level=hard") + q("b3", "tags=money")
    tmp_path.joinpath("bank").mkdir()
    tmp_path.joinpath("bank", "partners.md").write_text(f"---\ntitle: Bank\n---\n{bank}", encoding="utf-8")
    return tmp_path


POOLED = f"{q('a')}<!-- pool id=p pick=2 -->\n{q('p1')}{q('p2')}{q('p3')}{q('p4')}<!-- /pool -->\n\n{q('z')}"


def test_a_pool_gives_as_many_as_it_picks():
    quiz = quiz_of(POOLED, "shuffle: false\n")
    assert quiz.problems == ()
    assert names(quiz.items) == ["a", "p1", "p2", "p3", "p4", "z"]
    for seed in range(20):
        got = names(drawn(quiz, seed))
        assert (got[0], got[-1], len(got)) == ("a", "z", 4)
        assert drawn(quiz, seed) == drawn(quiz, seed)


def test_the_next_seed_draws_what_was_not_asked():
    quiz = quiz_of(POOLED)
    first, second = (set(names(drawn(quiz, seed))) - {"a", "z"} for seed in (7, 8))
    assert first | second == {"p1", "p2", "p3", "p4"}


def test_the_next_seed_draws_another_variant():
    quiz = quiz_of(q("a") + q("a2", "variant-of=a") + q("b"))
    first, second = (set(names(drawn(quiz, seed))) for seed in (3, 4))
    assert first ^ second == {"a", "a2"}


def test_a_draw_takes_what_fits_from_a_bank(folder: Path):
    quiz = quiz_of(q("a") + "<!-- draw from=bank/partners tags=legal pick=1 -->", folder=folder)
    assert quiz.problems == ()
    assert [item.frame.id for item in quiz.items] == [
        "m/quiz#a",
        "m/bank/partners#b1",
        "m/bank/partners#b2",
    ]
    assert {name for seed in (1, 2) for name in names(drawn(quiz, seed))} == {"a", "b1", "b2"}
    assert len(drawn(quiz, 1)) == 2
    hard = quiz_of("<!-- draw from=bank/partners level=hard -->", folder=folder)
    assert names(hard.items) == ["b2"]


def test_a_bank_is_read_once_however_often_it_is_drawn_from(folder: Path, monkeypatch: pytest.MonkeyPatch):
    read: list[str] = []
    known = parse_bank
    monkeypatch.setattr("course.parse.parse_bank", lambda *given: read.append(given[2]) or known(*given))
    quiz_of("<!-- draw from=bank/partners pick=1 -->\n\n" * 50, folder=folder)
    assert read == ["bank/partners"]


def test_a_question_of_a_bank_is_asked_once(folder: Path):
    body = "<!-- draw from=bank/partners tags=ip pick=1 -->\n\n<!-- draw from=bank/partners tags=legal pick=1 -->"
    quiz = quiz_of(body, folder=folder)
    for seed in range(6):
        assert sorted(names(drawn(quiz, seed))) == ["b1", "b2"]


def test_the_whole_quiz_draws_evenly_over_the_outcomes():
    body = "".join(q(f"a{n}", "outcome=O1") for n in range(8)) + q("b", "outcome=O2") + q("c", "outcome=O3")
    quiz = quiz_of(body, "draw: 4\n")
    for seed in range(10):
        items = drawn(quiz, seed)
        assert len(items) == 4
        assert {item.frame.outcome for item in items} == {"O1", "O2", "O3"}


CASE = f"{q('a')}## Velmora\n\nVelmora builds sensors.\n\n{q('v1')}{q('v2')}## More\n\n{q('b')}"


def test_questions_under_a_section_with_prose_share_it_as_their_case():
    quiz = quiz_of(CASE)
    assert quiz.problems == ()
    cases = {name: item.frame.case for name, item in zip(names(quiz.items), quiz.items, strict=True)}
    assert cases["a"] is cases["b"] is None
    assert cases["v1"] == cases["v2"]
    case = cases["v1"]
    assert case is not None
    assert (case.id, case.title) == ("m/quiz#velmora", "Velmora")
    (prose,) = case.blocks
    assert isinstance(prose, Paragraph)
    assert plain(prose.text) == "Velmora builds sensors."


@given(st.integers(0, 2**31))
def test_questions_of_one_case_stay_together(seed: int):
    got = names(drawn(quiz_of(CASE), seed))
    assert abs(got.index("v1") - got.index("v2")) == 1


def test_a_question_names_the_case_of_another_section():
    lesson = lesson_of(f"Velmora builds sensors.\n\n{q('a')}\n## T\n\n{q('b', 'case=s')}")
    assert lesson.problems == ()
    first, second = lesson.items
    assert first.frame.case is None
    assert second.frame.case is not None
    assert second.frame.case.id == "m/lesson#s"


def test_a_lesson_shows_the_first_of_a_pool_and_of_variants():
    lesson = lesson_of(POOLED + q("z2", "variant-of=z"))
    assert names(lesson.items) == ["a", "p1", "p2", "z"]
    assert names(lesson.reserve) == ["p3", "p4", "z2"]
    assert len(lesson.all_items) == 7


def test_the_list_of_lessons_knows_which_questions_are_shown():
    body = f"## S\n\n{POOLED}{q('z2', 'variant-of=z')}"
    (section,) = outline(body, "T")
    assert section.item_slugs == ("a", "p1", "p2", "z")


@pytest.mark.parametrize(
    ("body", "code", "told"),
    [
        (f"<!-- pool id=p pick=1 -->\n{q('x')}", "Q032", "is not closed"),
        (f"{q('x')}<!-- /pool -->", "Q032", "closes no pool"),
        (f"<!-- pool id=p pick=3 -->\n{q('x')}<!-- /pool -->", "Q033", "the 1 questions there are"),
        (
            f"<!-- pool id=p pick=1 -->\n<!-- pool id=r pick=1 -->\n{q('x')}<!-- /pool -->",
            "Q032",
            "in a pool",
        ),
        (f"<!-- pool id=p pick=no -->\n{q('x')}<!-- /pool -->", "Q001", "whole number"),
        (f"<!-- pool id=p pick=1 tags=x -->\n{q('x')}<!-- /pool -->", "Q001", "known are id, pick"),
        (f"{q('x')}<!-- draw -->", "Q031", "from=bank/NAME"),
        (f"{q('x')}<!-- draw from=../secret -->", "Q031", "leads out of the module"),
        (f"{q('x')}<!-- draw from=bank/none -->", "Q031", "there is no bank/none.md"),
        (f"{q('x')}<!-- draw from=bank/partners tags=none -->", "Q031", "look at its tags"),
        (f"{q('x')}<!-- draw from=bank/partners pick=9 -->", "Q033", "the 3 questions"),
    ],
)
def test_what_is_wrong_with_a_pool_or_a_draw_is_told(body: str, code: str, told: str, folder: Path):
    found = {problem.code: problem for problem in quiz_of(body, folder=folder).problems}
    assert told in found[code].message
    assert found[code].severity is Severity.ERROR


def test_a_pool_without_a_number_is_warned_of_and_asked_whole():
    quiz = quiz_of(f"<!-- pool id=p -->\n{q('x')}{q('y')}<!-- /pool -->")
    (problem,) = quiz.problems
    assert (problem.code, problem.severity) == ("W109", Severity.WARNING)
    assert len(drawn(quiz, 1)) == 2


def test_more_drawn_than_there_are_is_told_at_its_key():
    (problem,) = quiz_of(q("x"), "draw: 5\n").problems
    assert (problem.code, problem.place.line) == ("Q033", 3)


@given(st.integers(0, 2**31))
def test_pinned_options_keep_their_place(seed: int):
    body = "<!-- q id=x pin=last,2 -->\n### P\n\n- [x] a\n- [ ] b\n- [ ] c\n- [ ] None of these\n"
    (item,) = lesson_of(body).items
    assert isinstance(item, Choice)
    order = display_order(item, seed)
    assert sorted(order) == [0, 1, 2, 3]
    assert (order[1], order[3]) == (1, 3)
