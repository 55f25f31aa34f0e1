"""Forms that a learner fills in and keeps: a fence in a lesson with a title and named fields.

    ```form A23-network-map
    A23 Network map - Velmora (fictional)
    Contact:           former colleague at a plant builder
    Strength (weak or strong): weak
    ```

What stands after the colon is an example. A line that is indented goes on with it, and a name that comes again adds
a line to it.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

LANGUAGE = "form"
"""First word of the info string of a form's fence."""
MOST_FIELDS = 60
LONGEST_NAME = 60
"""Characters of a field's name."""

_ID = re.compile(r"[A-Za-z]{1,4}\d{1,3}(-[a-z0-9]{1,30}){1,12}")
_FIELD = re.compile(r"([^\s:][^:(]{0,199}?)[ \t]*(?:\(([^()]{0,200})\)[ \t]*)?:(?:[ \t]+(.*))?")
_FENCE = re.compile(r"^( {0,3})(`{3,}|~{3,})([^\n]*)$")


class FormFault(Exception):  # noqa: N818 - a fault of the author, not of the program
    """A form that cannot be filled in, in one sentence with the remedy."""


@dataclass(frozen=True, slots=True)
class FormField:
    """One thing to fill in."""

    name: str
    hint: str = ""
    """What is wanted, in a few words; written in brackets after the name."""
    example: str = ""
    """What somebody else wrote, perhaps on several lines."""
    label: str = ""
    """What is shown for the name, where it is kept under another."""

    @property
    def title(self) -> str:
        """What is shown: the label, else the name."""
        return self.label or self.name


@dataclass(frozen=True, slots=True)
class Form:
    """A form as its author wrote it."""

    id: str
    """Its code and what it is about, such as `A23-network-map`; the file of the learner is named after it."""
    title: str
    example_of: str
    """Whose example it shows; empty when the title names nobody."""
    fields: tuple[FormField, ...]

    @property
    def code(self) -> str:
        """The short name, such as `A23`."""
        return self.id.partition("-")[0]

    def lines(self) -> Iterator[str]:
        """The form as it stands in a fence."""
        yield f"{self.title} - {self.example_of}" if self.example_of else self.title
        for field in self.fields:
            name = f"{field.name} ({field.hint}):" if field.hint else f"{field.name}:"
            first, *rest = field.example.split("\n")
            yield f"{name} {first}".rstrip()
            yield from (f"  {line}" for line in rest)


def is_form_id(text: str) -> bool:
    """Whether a text may name a form, and so a file."""
    return _ID.fullmatch(text) is not None


def read_form(info: str, body: str) -> Form:
    """The form in a fence with this info string (`form ID`) and text; raises `FormFault`."""
    words = info.split()
    form_id = words[1] if len(words) == 2 else ""
    if not is_form_id(form_id):
        raise FormFault(
            "This form needs a name of its own; begin its fence with ```form, a code and a few words, "
            "such as `form A23-network-map`."
        )
    title, _, rest = body.strip("\n").partition("\n")
    name, _, owner = title.partition(" - ")
    if not name.strip() or title[:1].isspace() or _FIELD.fullmatch(title):
        raise FormFault("This form has no title; write it on the first line.")
    fields = _fields(rest)
    if not fields:
        raise FormFault("This form has no field; write each on a line of its own, as `Name: example`.")
    if len(fields) > MOST_FIELDS:
        raise FormFault(f"This form has {len(fields)} fields; {MOST_FIELDS} are the most.")
    return Form(form_id, name.strip(), owner.strip(), fields)


def _fields(text: str) -> tuple[FormField, ...]:
    found: dict[str, FormField] = {}
    last = ""
    for line in text.split("\n"):
        if not line.strip():
            continue
        if line[0].isspace() and last:
            found[last] = _with_line(found[last], line.strip())
            continue
        match = _FIELD.fullmatch(line.rstrip())
        if match is None or len(match[1]) > LONGEST_NAME:
            raise FormFault(
                f"“{line.strip()[:40]}” is no field; write `Name: example`, "
                "or indent it to go on with the line above."
            )
        name, hint, example = (" ".join((part or "").split()) for part in match.groups())
        last = key_of(name)
        field = found.get(last)
        found[last] = _with_line(field, example) if field else FormField(name, hint, example)
    return tuple(found.values())


def _with_line(field: FormField, line: str) -> FormField:
    return replace(field, example=f"{field.example}\n{line}".strip("\n"))


def key_of(name: str) -> str:
    """By which the name of a field is recognised: case and spaces do not count."""
    return " ".join(name.casefold().split())


def forms_in(text: str) -> list[tuple[int, Form]]:
    """Each form of a lesson with the line of its fence, found without a Markdown parser; faulty ones are left out."""
    found: list[tuple[int, Form]] = []
    lines = text.split("\n")
    at = 0
    while at < len(lines):
        opened = _FENCE.match(lines[at])
        start, at = at, at + 1
        if opened is None:
            continue
        closing = re.compile(rf" {{0,3}}{re.escape(opened[2][0])}{{{len(opened[2])},}}[ \t]*")
        while at < len(lines) and not closing.fullmatch(lines[at]):
            at += 1
        info = opened[3].strip()
        if info.split(" ", maxsplit=1)[0] == LANGUAGE:
            inside = (line.removeprefix(opened[1]) for line in lines[start + 1 : at])
            with suppress(FormFault):  # told by the checker
                found.append((start + 1, read_form(info, "\n".join(inside))))
        at += 1
    return found
