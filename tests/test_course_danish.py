"""The Danish edition of the quick start: it is whole, follows its sources, and takes Danish answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from course.catalog import load_course, open_lesson, shipped_modules
from course.file_names import translation_of
from course.forms import Form, forms_in, key_of
from course.grade import grade
from course.learning_paths import read_paths
from course.model import Block, Numeric
from course.references import find
from course.response import Typed
from course.self_check import FOLDER, find_self_check, lessons_in, open_self_check, self_check_heads
from course.titles import in_language
from course.translations import drift

if TYPE_CHECKING:
    from pathlib import Path

COURSE = load_course(shipped_modules())
QUICK_START = read_paths().path("P0")
STEPS = QUICK_START.steps if QUICK_START else ()
LESSONS = [ref for ref in STEPS if not ref.startswith(FOLDER)]
SELF_CHECKS = [ref for ref in STEPS if ref.startswith(FOLDER)]


def sources(ref: str) -> list[Path]:
    """The English files of a step: the self-check, or the lesson and the introduction of its module."""
    if ref in SELF_CHECKS:
        return [find_self_check(self_check_heads(), ref).path]
    found = find(COURSE, ref)
    assert found.lesson
    return [found.lesson.path, found.module.path / "module.md"]


@pytest.mark.parametrize("ref", STEPS)
def test_each_step_of_the_quick_start_is_there_in_danish_as_it_stands_in_english(ref: str):
    for path in sources(ref):
        danish = translation_of(path, "da")
        assert danish
        assert [problem.message for problem in drift(danish)] == []


@pytest.mark.parametrize("ref", LESSONS)
def test_the_outcomes_of_its_modules_are_told_in_danish(ref: str):
    english, danish = find(COURSE, ref).module, find(in_language(COURSE, "da"), ref).module
    assert english.outcomes.keys() == danish.outcomes.keys()
    assert not set(english.outcomes.values()) & set(danish.outcomes.values())


def forms(path: Path | None) -> list[Form]:
    return [form for _line, form in forms_in(path.read_text(encoding="utf-8"))] if path else []


@pytest.mark.parametrize("ref", LESSONS)
def test_a_danish_form_fills_the_same_fields_and_names_each_in_danish(ref: str):
    path = sources(ref)[0]
    (form,) = forms(path)
    (danish,) = forms(translation_of(path, "da"))
    assert danish.id == form.id
    assert [key_of(field.name) for field in danish.fields] == [key_of(field.name) for field in form.fields]
    assert all(field.hint for field in danish.fields)
    assert [bool(field.example) for field in danish.fields] == [bool(field.example) for field in form.fields]


@pytest.mark.parametrize(
    ("ref", "item", "typed"),
    [
        ("innovation-foundations/innovation-challenge", "points-of-two", "19 point"),
        ("internationalisation-strategy/why-whether-how-ready", "left-under-limit", "2.000 euro"),
        ("internationalisation-strategy/why-whether-how-ready", "left-under-limit", "2000,00"),
        ("portfolio-and-plan/twelve-month-plan", "hours-to-cut", "10 timer"),
        ("portfolio-and-plan/twelve-month-plan", "hours-to-cut", "10 t."),
    ],
)
def test_numbers_are_taken_as_danes_write_them(ref: str, item: str, typed: str):
    found = find(COURSE, ref)
    assert found.lesson
    lesson = open_lesson(found.module, found.lesson, "da")
    question = next(own for own in lesson.items if own.frame.id == f"{ref}#{item}")
    assert isinstance(question, Numeric)
    assert grade(question, Typed(text=typed)).right


def refs(blocks: tuple[Block, ...]) -> set[str]:
    return {ref for _words, ref in lessons_in(blocks)}


@pytest.mark.parametrize("ref", SELF_CHECKS)
def test_a_danish_self_check_scores_and_advises_like_the_english_one(ref: str):
    head = find_self_check(self_check_heads(), ref)
    english, danish = open_self_check(head), open_self_check(head, "da")
    assert (danish.id, danish.code, danish.minutes) == (english.id, english.code, english.minutes)
    assert [band.low for band in danish.bands] == [band.low for band in english.bands]
    assert danish.title != english.title
    for own, other in zip(danish.dimensions, english.dimensions, strict=True):
        assert own.id == other.id
        assert own.title != other.title
        for statement, source in zip(own.statements, other.statements, strict=True):
            assert statement.id == source.id
            assert statement.text != source.text
            assert refs(statement.advice) == refs(source.advice)
        assert refs(own.more) == refs(other.more)
    for section, other in zip(danish.sections, english.sections, strict=True):
        assert refs(section.blocks) == refs(other.blocks)
