"""The twelve-month action plan as one document: the plan, the forms that it rests on, and the learner's own rating."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from course.errors import NotFound
from course.references import find
from course.self_check import FOLDER
from course.workbook import State, tasks_of

from .document import Heading, Remark, Table, Words, as_docx, as_markdown
from .language import _
from .plan import read_plan
from .plan_rubric import rubric_form, rubric_lines, rubric_words, verdict_words
from .workbook_export import written
from .workbook_words import state_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date
    from pathlib import Path

    from course.learning_paths import LearningPath
    from course.model import Course
    from course.workbook import Sheet, Task

    from .document import Block
    from .services import Services

PLAN = "A66"
"""Code of the form that holds the plan."""
SOURCES = ("A10", "A22", "A31", "A40", "A50", "A62", "A63")
"""Codes of the forms on which a plan rests: intent, rights, partners, market, funding, portfolio, measures."""


@dataclass(frozen=True, slots=True)
class Filled:
    """A form and what the learner wrote into it."""

    task: Task
    sheet: Sheet

    @property
    def begun(self) -> bool:
        """Whether anything stands in it."""
        return self.sheet.state is not State.EMPTY


@dataclass(frozen=True, slots=True)
class ActionPlan:
    """Everything that belongs to a plan."""

    plan: Filled
    sources: tuple[Filled, ...]
    rubric: Sheet


def action_plan(services: Services) -> ActionPlan:
    """The plan of a learner, with the forms of the chosen path or, without one, the usual ones.

    Raises:
        NotFound: when the course has no form for a plan.
        CourseError: when a file of the workbook cannot be read.
    """
    tasks = {task.form.code.upper(): task for task in tasks_of(services.course)}
    if PLAN not in tasks:
        raise NotFound(_("The course has no form {code} for the plan.").format(code=PLAN))
    filled = {code: Filled(task, services.workbook.sheet(task.form)) for code, task in tasks.items()}
    path = services.learning_paths.path(read_plan(services.paths.settings))
    codes = _codes(filled, _lessons(path, services.course) if path else None)
    sources = tuple(filled[code] for code in codes)
    return ActionPlan(filled[PLAN], sources, services.workbook.sheet(rubric_form()))


def _codes(filled: Mapping[str, Filled], lessons: set[str] | None) -> tuple[str, ...]:
    """The forms on which the plan rests: the usual ones that stand on the path or are begun, else those of the path."""
    usual = [code for code in SOURCES if code in filled]
    if lessons is None:
        return tuple(usual)
    on_path = [code for code, own in filled.items() if own.task.lesson.id in lessons and code != PLAN]
    wanted = [code for code in usual if code in on_path] or on_path
    return tuple(code for code in filled if code in wanted or (code in usual and filled[code].begun))


def _lessons(path: LearningPath, course: Course) -> set[str]:
    """Ids of the lessons on a path; steps that the course does not have are left out."""
    lessons: set[str] = set()
    for ref in path.steps:
        if ref.startswith(f"{FOLDER}/"):
            continue
        try:
            found = find(course, ref)
        except NotFound:  # told by `hansa course check`
            continue
        heads = (found.lesson,) if found.lesson else found.module.lessons
        lessons |= {head.id for head in heads}
    return lessons


def plan_markdown(plan: ActionPlan, today: date) -> str:
    """The document in Markdown."""
    return as_markdown(plan.plan.sheet.title, tuple(_blocks(plan, today)))


def plan_docx(plan: ActionPlan, today: date) -> bytes:
    """The document as a DOCX file."""
    return as_docx(plan.plan.sheet.title, tuple(_blocks(plan, today)))


def _blocks(plan: ActionPlan, today: date) -> Iterator[Block]:
    yield Words(today.isoformat())
    begun = sum(source.begun for source in plan.sources)
    words = _("The plan is {state}. It rests on {count} forms, of which {begun} are begun.")
    state = state_words(plan.plan.sheet)
    yield Words(words.format(state=state, count=len(plan.sources), begun=begun))
    yield Heading(_("The plan"))
    yield from _filled(plan.plan)
    yield Heading(_("What it rests on"))
    for source in plan.sources:
        if source.begun:
            yield Heading(source.sheet.title, 2)
            yield from _filled(source)
    missing = [source for source in plan.sources if not source.begun]
    if missing:
        yield Heading(_("Not begun yet"), 2)
        yield from (Remark(_where(source)) for source in missing)
    yield Heading(_("How good is the plan?"))
    yield Words(rubric_words())
    yield Table(tuple(_rubric_rows(plan.rubric)))
    yield Words(verdict_words(plan.rubric))


def _filled(source: Filled) -> Iterator[Block]:
    """What was written into a form, and what is missing and where to fill it in."""
    yield from written(source.sheet)
    if source.sheet.empty_fields:
        names = ", ".join(source.sheet.empty_fields)
        yield Remark(_("Still empty: {names}. {where}").format(names=names, where=_where(source)))


def _where(source: Filled) -> str:
    words = _("{title}: fill it in in the lesson “{lesson}”, or with `hansa workbook edit {code}`.")
    form = source.task.form
    return words.format(title=form.title, lesson=source.task.lesson.title, code=form.code)


def _rubric_rows(rubric: Sheet) -> Iterator[tuple[str, ...]]:
    yield (_("Line"), _("2 means"), _("3 means"), _("Mine, 0 to 3"))
    for line in rubric_lines():
        yield (line.name, line.usable, line.strong, rubric.values.get(line.id, ""))


def new_file(folder: Path, today: date, ending: str) -> Path:
    """A name for the document that no file has yet, such as `action-plan-2026-11-22.md`."""
    path = folder / f"action-plan-{today.isoformat()}{ending}"
    number = 1
    while path.exists():
        number += 1
        path = folder / f"action-plan-{today.isoformat()}-{number}{ending}"
    return path
