"""Rules about forms: each can be filled in, and has a name of its own in the whole course."""

from __future__ import annotations

from typing import TYPE_CHECKING

from course.forms import LANGUAGE, FormFault, forms_in, read_form
from course.model import Code, FormBlock
from course.walk import blocks_in

from .example import lesson_file
from .page import Kind
from .rule import Finding, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .page import Page

_FENCE = "```form A01-call-plan\nA01 Call plan\n"
_FORM = f"{_FENCE}Whom:   Enterprise Europe Network\nAim (in one line):\n```"


@rule(
    "Y001",
    "a form that cannot be filled in",
    why="It is shown as code, and the learner has nothing to write in. A form needs an id such as "
    "`A01-call-plan` after the word `form`, a title on its first line, and at least one field on a line of its own.",
    bad=f"{_FENCE}```",
    good=_FORM,
)
def unreadable_forms(page: Page) -> Iterator[Finding]:
    """A fence that says it is a form and is none."""
    for block in blocks_in(page.blocks):
        if isinstance(block, Code) and block.language == LANGUAGE:
            info = page.lines[block.line - 1].lstrip(" >`~") if block.line <= len(page.lines) else LANGUAGE
            try:
                read_form(info, block.text)
            except FormFault as fault:
                yield Finding(block.line, str(fault))


@rule(
    "Y002",
    "a form whose code is taken",
    why="The learner's file is found by the code. Of two forms with the same code in a course only the first would "
    "be listed, and what is written into one might show up in the other.",
    bad={"02-page.md": lesson_file(_FORM), "03-end.md": lesson_file(_FORM, "title: The end")},
    good={
        "02-page.md": lesson_file(_FORM),
        "03-end.md": lesson_file(_FORM.replace("A01", "A02"), "title: The end"),
    },
)
def repeated_forms(page: Page) -> Iterator[Finding]:
    """A form with the code of one that stands before it in the course."""
    if page.source is not None:
        return
    for block in blocks_in(page.blocks):
        if not isinstance(block, FormBlock):
            continue
        place = page.around.form_places().get(block.form.code.upper())
        if place and place != (page.path.resolve(), block.line):
            message = f"The code {block.form.code} is taken by a form in {place[0].name}; choose another."
            yield Finding(block.line, message, block.form.id)


@rule(
    "Y003",
    "a form outside a lesson",
    why="The workbook leads from each form to its lesson, so a form in `module.md`, in a quiz or in a bank is not "
    "found. Move it to a lesson, outside questions, lists and quotes.",
    bad={"02-page.md": lesson_file("> " + _FORM.replace("\n", "\n> "))},
    good={"02-page.md": lesson_file(_FORM)},
)
def misplaced_forms(page: Page) -> Iterator[Finding]:
    """A form that stands where it cannot be filled in."""
    found = {block.line: block.form for block in blocks_in(page.blocks) if isinstance(block, FormBlock)}
    found.update(forms_in("\n".join(page.lines)))
    shown = page.blocks if page.kind is Kind.LESSON else ()
    lines = {block.line for block in shown if isinstance(block, FormBlock)}
    for line in sorted(found.keys() - lines):
        message = (
            "This form cannot be filled in here; move it to a lesson, outside questions, lists and quotes."
        )
        yield Finding(line, message, found[line].id)
