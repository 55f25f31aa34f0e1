"""Where links of a course lead, and why some lead nowhere."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import unquote

from .catalog import open_lesson, open_quiz
from .errors import CourseError, NotFound
from .forms import forms_in
from .model import Heading, Image
from .references import find
from .source import is_there, read_source, stays_inside
from .walk import blocks_in, texts_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable
    from pathlib import Path

    from .model import Block, Course, Lesson
    from .references import Found

GLOSSARY = "glossary"
"""Guide in which terms are explained that a course does not explain itself."""

_WEB = ("http://", "https://", "mailto:", "ftp://", "tel:", "xmpp:")
_OWN = ("lesson:", "guide:", "term:")


@dataclass(slots=True)
class Surroundings:
    """What links may lead to."""

    course: Course
    guides: Collection[str] | None = None
    """Known guides, as `slug` and `slug#heading`; None leaves links to guides unchecked."""
    terms: Collection[str] = ()
    """Slugs of the terms of the glossary."""
    beside: Callable[[], Course] | None = None
    """Modules that learners have as well, read when a link is found nowhere else."""
    _anchors: dict[str, frozenset[str]] = field(default_factory=dict)
    _answers: dict[str, str] = field(default_factory=dict)
    _forms: dict[str, tuple[Path, int]] | None = None

    def lesson_fault(self, target: str) -> str:
        """Why `lesson:…` leads nowhere; each target is looked up once."""
        if target not in self._answers:
            self._answers[target] = self._looked_up(target)
        return self._answers[target]

    def outcome_fault(self, name: str) -> str:
        """Why `MODULE/OUTCOME` names no outcome; empty when it names one."""
        module_name, _, outcome = name.partition("/")
        try:
            module = self._found(module_name).module
        except NotFound as error:
            return error.message
        if outcome in module.outcomes:
            return ""
        return f"`{module_name}` lists {', '.join(module.outcomes) or 'no outcome'}."

    def form_places(self) -> dict[str, tuple[Path, int]]:
        """File and line of the first form with each code, in capitals; looked for once."""
        if self._forms is None:
            self._forms = {}
            for module in self.course:
                for head in module.lessons:
                    for line, form in forms_in(read_source(head.path)):
                        self._forms.setdefault(form.code.upper(), (head.path.resolve(), line))
        return self._forms

    def _looked_up(self, target: str) -> str:
        whole, _, anchor = target.partition("#")
        try:
            found = self._found(whole)
        except NotFound as error:
            return f"The link {target} leads nowhere. {error.message}"
        if anchor and unquote(anchor) not in self._anchors_of(found):
            return f"The link {target} leads nowhere; `{whole}` has no heading or question `{anchor}`."
        return ""

    def _found(self, reference: str) -> Found:
        try:
            return find(self.course, reference)
        except NotFound:
            if self.beside is not None:
                with suppress(NotFound):
                    return find(self.beside(), reference)
            raise

    def _anchors_of(self, found: Found) -> frozenset[str]:
        name = found.lesson.id if found.lesson else found.module.quiz_id if found.is_quiz else ""
        if name and name not in self._anchors:
            self._anchors[name] = _read_anchors(found)
        return self._anchors.get(name, frozenset())


def anchors_of(lesson: Lesson) -> frozenset[str]:
    """Every anchor of a lesson: sections, headings, questions."""
    sections = (section.id.partition("#")[2] for section in lesson.sections)
    headings = (
        block.slug
        for section in lesson.sections
        for block in blocks_in(section.blocks)
        if isinstance(block, Heading)
    )
    items = (item.frame.id.partition("#")[2] for item in lesson.items)
    return frozenset((*sections, *headings, *items))


def _read_anchors(found: Found) -> frozenset[str]:
    try:
        if found.lesson:
            return anchors_of(open_lesson(found.module, found.lesson))
        quiz = open_quiz(found.module)
    except CourseError:
        return frozenset()
    return frozenset(item.frame.id.partition("#")[2] for item in quiz.items)


def targets_in(blocks: Iterable[Block]) -> list[tuple[str, int]]:
    """Every link and picture with the line of its block, each pair once."""
    shown = list(blocks)
    texts = list(texts_of(shown))
    links = [(span.link, line) for text, line in texts for span in text if span.link]
    pictures = [(span.image, line) for text, line in texts for span in text if span.image]
    pictures += [(block.source, block.line) for block in blocks_in(shown) if isinstance(block, Image)]
    return list(dict.fromkeys((*links, *pictures)))


def dead_anchor(target: str, known: Collection[str]) -> str:
    """Why a link within the page leads nowhere; empty when it leads somewhere or is of another kind."""
    if not target.startswith("#") or unquote(target[1:]) in known:
        return ""
    return f"The link {target} leads nowhere; there is no such heading or question in this file."


def dead_lesson(target: str, around: Surroundings) -> str:
    """Why a link to a lesson leads nowhere."""
    return around.lesson_fault(target) if target.startswith("lesson:") else ""


def dead_guide(target: str, around: Surroundings) -> str:
    """Why a link to a guide leads nowhere."""
    known = around.guides is None or target.removeprefix("guide:") in around.guides
    if known or not target.startswith("guide:"):
        return ""
    return f"The link {target} leads nowhere; there is no such guide or heading."


def dead_term(target: str, around: Surroundings) -> str:
    """Why a link to the glossary leads nowhere."""
    term = target.removeprefix("term:")
    if (
        not target.startswith("term:")
        or term in around.terms
        or f"{GLOSSARY}#{term}" in (around.guides or ())
    ):
        return ""
    return f"The link {target} leads nowhere; the glossary has no such term."


def stray_file(target: str, page: Path) -> str:
    """Why a link to a file may not be followed: it leaves the folder of its page."""
    if not is_file(target):
        return ""
    name = unquote(target.partition("#")[0])
    if name and not name.startswith("/") and stays_inside(page.parent / name, page.parent):
        return ""
    return f"The link {target[:80]} leaves the module; keep files in the module's folder."


def missing_file(target: str, page: Path) -> str:
    """Why a link to a file of the folder leads nowhere."""
    if not is_file(target) or stray_file(target, page):
        return ""
    name = unquote(target.partition("#")[0])
    if is_there(page.parent / name):
        return ""
    return f"The file {name[:80]} is missing; put it there or mend the link."


def is_file(target: str) -> bool:
    """Whether a link names a file beside its page."""
    return not target.startswith(("#", *_OWN)) and not target.lower().startswith(_WEB)
