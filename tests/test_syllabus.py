"""The course keeps to its syllabus: outcomes, lessons, questions, forms, paths, spaced review, self-checks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from course.catalog import load_course, open_lesson, open_quiz, shipped_modules
from course.learning_paths import read_paths, route_of
from course.model import Choice, Module
from course.progress import progress
from course.self_check import FOLDER, lessons_in, open_self_check, self_check_heads
from course.workbook import tasks_of

BOOK = Path(__file__).parents[2] / "shared" / "factbook-training"
pytestmark = pytest.mark.skipif(not BOOK.is_dir(), reason="the syllabus is not beside this folder")

COURSE = load_course(shipped_modules())
MODULES = {module.number: module for module in COURSE}
TASKS = {task.form.code.upper(): task for task in tasks_of(COURSE)}
SINGLE, MULTIPLE = "single", "multiple"
TYPES = {
    "SC": {SINGLE},
    "SB": {SINGLE},
    "MS": {MULTIPLE},
    "MA": {"Matching"},
    "OR": {"Ordering"},
    "CL": {"Classify"},
    "NU": {"Numeric"},
    "FE": {SINGLE, MULTIPLE, "Classify", "Matching"},
}
SELF_CHECKS = {"SA1": "open-innovation-readiness", "SA2": "internationalisation-readiness"}


@dataclass(frozen=True)
class Planned:
    """A module as the syllabus has it."""

    outcomes: tuple[str, ...]
    lessons: tuple[tuple[int, tuple[str, ...], str], ...]
    """Minutes, outcomes and form of each."""
    quiz_minutes: int
    questions: tuple[tuple[str, str], ...]
    """Outcome and type of each."""


def syllabus() -> str:
    return (BOOK / "syllabus.md").read_text(encoding="utf-8") if BOOK.is_dir() else ""


def planned() -> dict[int, Planned]:
    found = {}
    body = syllabus().partition("# Appendix A")[0]
    for number, text in re.findall(r"^# M(\d\d) (.*?)(?=^# M\d\d |\Z)", body, re.MULTILINE | re.DOTALL):
        code = f"M{number}"
        lessons = tuple(
            (int(minutes), tuple(re.findall(r"O\d", serves)), form)
            for minutes, serves, form in re.findall(
                rf"^### {code}-L\d .*?\((\d+) min.*?\*\*Serves:\*\* ([^.]*)\..*?\*\*Exercise → (A\d\d)",
                text,
                re.MULTILINE | re.DOTALL,
            )
        )
        quiz = re.search(rf"\*\*Quiz {code} \((\d+) min\)", text)
        assert quiz
        found[int(number)] = Planned(
            tuple(re.findall(rf"^\| {code}-(O\d) \|", text, re.MULTILINE)),
            lessons,
            int(quiz[1]),
            tuple(re.findall(rf"^\| {code}-Q\d\d \| (O\d) \| L\d \| ([A-Z]{{2}}) \|", text, re.MULTILINE)),
        )
    return found


PLANNED = planned()
PRESENT = sorted(MODULES.keys() & PLANNED.keys())
present = pytest.mark.parametrize("number", PRESENT, ids=lambda number: f"M{number:02}")


def kind_of(item: object) -> str:
    if isinstance(item, Choice):
        return MULTIPLE if item.multiple else SINGLE
    return type(item).__name__


def test_the_syllabus_was_read_whole():
    assert list(PLANNED) == list(range(1, 13))
    assert sum(len(module.lessons) for module in PLANNED.values()) == 66
    assert sum(len(module.questions) for module in PLANNED.values()) == 161
    assert sum(minutes for module in PLANNED.values() for minutes, _, _ in module.lessons) == 2315
    assert sum(module.quiz_minutes for module in PLANNED.values()) == 208


@present
def test_outcomes_and_lessons_are_those_of_the_syllabus(number: int):
    module, plan = MODULES[number], PLANNED[number]
    assert tuple(module.outcomes) == plan.outcomes
    assert [head.minutes for head in module.lessons] == [minutes for minutes, _, _ in plan.lessons]
    served = [open_lesson(module, head).outcomes for head in module.lessons]
    assert served == [outcomes for _, outcomes, _ in plan.lessons]
    assert module.minutes == sum(head.minutes for head in module.lessons) + plan.quiz_minutes
    assert module.pass_percent == 70


@present
def test_every_form_stands_in_its_lesson(number: int):
    module = MODULES[number]
    for head, (_, _, form) in zip(module.lessons, PLANNED[number].lessons, strict=True):
        assert TASKS[form].lesson.id == head.id


@present
def test_forms_have_the_fields_of_the_syllabus(number: int):
    rows = dict(re.findall(r"^\| (A\d\d) \| [^|]+ \| ([^|]+) \|$", syllabus(), re.MULTILINE))
    assert len(rows) == 66
    for _, _, form in PLANNED[number].lessons:
        wanted = len(re.split(r"; ", re.sub(r"\([^)]*\)", "", rows[form])))
        assert len(TASKS[form].form.fields) >= wanted


@present
def test_the_quiz_follows_the_blueprint(number: int):
    items = open_quiz(MODULES[number]).items
    first = [item for item in items if not item.frame.variant_of]
    plan = PLANNED[number].questions
    assert [item.frame.outcome for item in first] == [outcome for outcome, _ in plan]
    kinds = [(kind_of(item), wanted) for item, (_, wanted) in zip(first, plan, strict=True)]
    assert [pair for pair in kinds if pair[0] not in TYPES[pair[1]]] == []
    for outcome in PLANNED[number].outcomes:
        assert sum(item.frame.outcome == outcome for item in items) >= 2
        assert any(item.frame.variant_of for item in items if item.frame.outcome == outcome)


def brought_back() -> list[tuple[int, str]]:
    """Module and outcome of what comes back later."""
    table = syllabus().partition("# Appendix C")[2]
    return sorted({(int(number), outcome) for number, outcome in re.findall(r"M(\d\d)-(O\d)", table)})


@pytest.mark.parametrize(
    ("number", "outcome"), [pair for pair in brought_back() if pair[0] in MODULES], ids=str
)
def test_what_comes_back_later_has_questions_marked_for_it(number: int, outcome: str):
    own = [item.frame for item in open_quiz(MODULES[number]).items if item.frame.outcome == outcome]
    assert any("spaced" in frame.tags for frame in own)


def test_the_map_of_spaced_review_was_read_whole():
    assert len(brought_back()) == 22


# Paths ---------------------------------------------------------------------------------------------


def refs(words: str) -> list[str | None]:
    """The references that `M01–M06, M12-L5, SA1` names; None for those of modules that are not there."""
    found: list[str | None] = []
    for word in re.split(r", ", words):
        span = re.fullmatch(r"M(\d\d)(?:–M(\d\d))?(?:-L(\d))?", word)
        if span is None:
            found.append(f"{FOLDER}/{SELF_CHECKS[word]}")
            continue
        numbers = range(int(span[1]), int(span[2] or span[1]) + 1)
        found += [ref_of(MODULES.get(number), int(span[3] or 0)) for number in numbers]
    return found


def ref_of(module: Module | None, lesson: int) -> str | None:
    if module is None:
        return None
    return module.lessons[lesson - 1].id if lesson else module.id


def rows_of_paths() -> list[tuple[str, str, str, int]]:
    table = syllabus().partition("## 0.3 Paths")[2].partition("## 0.4")[0]
    rows = re.findall(r"^\| (P\d) ([^|]+?) \| ([^|]+?) \| (\d+) h \|$", table, re.MULTILINE)
    return [(own, title, words, int(hours)) for own, title, words, hours in rows]


@pytest.mark.parametrize(
    ("own_id", "title", "words", "hours"), rows_of_paths(), ids=lambda part: str(part)[:2]
)
def test_a_path_has_the_steps_of_the_syllabus(own_id: str, title: str, words: str, hours: int):
    path = read_paths().path(own_id)
    assert path
    assert path.title == title
    wanted = refs("SA1, SA2, M01–M12" if words == "all" else words)
    assert len(path.steps) == len(wanted)
    for step, ref in zip(path.steps, wanted, strict=True):
        assert ref in {None, step}
    if None not in wanted:
        left = route_of(path, COURSE, progress(COURSE, ()), self_check_heads()).minutes_left
        assert abs(left - 60 * hours) <= 30


def test_prerequisites_are_those_of_the_syllabus():
    wanted = [
        ("M02", "M03"),
        ("M04-L2", "M06-L3"),
        ("M08-L1, M08-L2, M08-L3", "M09"),
        ("M10-L3", "M10-L4, M10-L5, M10-L6"),
    ]
    rules = read_paths().prerequisites
    assert len(rules) == len(wanted)
    for rule, (first, before) in zip(rules, wanted, strict=True):
        for names, own in ((refs(first), rule.first), (refs(before), rule.before)):
            assert len(names) == len(own)
            assert all(name in {None, ref} for name, ref in zip(names, own, strict=True))


# Self-checks ---------------------------------------------------------------------------------------


def instrument(code: str) -> str:
    text = (BOOK / "self-assessments.md").read_text(encoding="utf-8")
    return text.partition(f" {code} — ")[2].partition("\n## ")[0]


@pytest.mark.parametrize("head", self_check_heads(), ids=lambda head: head.code)
def test_the_statements_are_those_of_the_instrument(head):
    check = open_self_check(head)
    text = instrument(head.code)
    wanted = re.findall(r"^- ([A-F]\d) (.*?)( \(!\))?$", text, re.MULTILINE)
    assert [(own.id[4:], own.text, own.critical) for own in check.statements] == [
        (name, words, bool(critical)) for name, words, critical in wanted
    ]
    assert [own.title for own in check.dimensions] == re.findall(
        r"^\*\*Dimension [A-F] — (.*?)\*\*", text, re.MULTILINE
    )


@pytest.mark.parametrize("head", self_check_heads(), ids=lambda head: head.code)
def test_advice_leads_where_the_instrument_says(head):
    check = open_self_check(head)
    text = instrument(head.code)
    critical = re.search(r"^Critical item advice: (.*)\.$", text, re.MULTILINE)
    assert critical
    for names, places in (part.split(" → ") for part in critical[1].split("; ")):
        for name in re.findall(r"[A-F]\d", names):
            led = [ref for _, ref in lessons_in(check.statement(f"{head.code}-{name}").advice)]
            wanted = refs(places.replace(" and ", ", "))
            assert len(led) == len(wanted)
            assert all(ref in {None, own} for ref, own in zip(wanted, led, strict=True))
    modules = re.findall(r"^\*\*Dimension [A-F] — .*?\*\* \((?:modules? )?(.*?)\)", text, re.MULTILINE)
    for dimension, words in zip(check.dimensions, modules, strict=True):
        led = [ref for _, ref in lessons_in(dimension.more)]
        wanted = refs(words)
        assert len(led) == len(wanted)
        assert all(ref in {None, own} for ref, own in zip(wanted, led, strict=True))
