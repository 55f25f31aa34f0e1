"""Front matter of modules, lessons and quizzes, checked in full."""

from __future__ import annotations

from datetime import date
from difflib import get_close_matches
from typing import TYPE_CHECKING, Annotated, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, WithJsonSchema

from .errors import FileUnreadable
from .model import Place, Problem, QuizMode

if TYPE_CHECKING:
    from pathlib import Path

    from pydantic.config import JsonDict
    from pydantic_core import ErrorDetails

    from .header import Header


def _one_or_many(value: object) -> object:
    return value if isinstance(value, list | tuple) else [] if value is None else [value]


def _as_text(value: object) -> object:
    return str(value) if isinstance(value, int | float | date) and not isinstance(value, bool) else value


_TEXT: JsonDict = {"type": ["string", "number"]}

Words = Annotated[str, BeforeValidator(_as_text), WithJsonSchema(_TEXT)]
Names = Annotated[
    tuple[Words, ...],
    BeforeValidator(_one_or_many),
    WithJsonSchema({"anyOf": [_TEXT, {"type": "array", "items": _TEXT}, {"type": "null"}]}),
]
Slug = Annotated[Words, Field(pattern=r"^[\w.-]+$"), WithJsonSchema({**_TEXT, "pattern": r"^[\w.-]+$"})]
Percent = Annotated[int, Field(ge=0, le=100)]
Minutes = Annotated[int, Field(ge=0, le=100_000)]
Title = Annotated[Words, Field(min_length=1), WithJsonSchema({**_TEXT, "minLength": 1})]


class _Matter(BaseModel):
    model_config = ConfigDict(
        frozen=True, extra="forbid", populate_by_name=True, use_attribute_docstrings=True
    )

    title: Title
    """Shown everywhere."""
    minutes: Minutes = 0
    """About how long it takes; in an exam the time allowed."""
    allow: dict[Words, Words] = {}
    """Warnings of the checker that the author explains, by code."""
    digests: dict[Words, Words] = {}
    """Only in a translation: the digest of each section of its source."""


class ModuleMatter(_Matter):
    """Front matter of `module.md`."""

    id: Slug = ""
    """Replaces the name of the folder."""
    summary: Words = ""
    """One or two sentences."""
    level: Words = ""
    """Level of the language, such as B2."""
    requires: Names = ()
    """Ids of modules to take before."""
    outcomes: dict[Words, Words] = {}
    """What a learner can do afterwards, by a short name such as O1."""
    brings_back: Names = ()
    """Outcomes of other modules to ask again before it begins, such as [open-innovation/O2]."""
    pass_percent: Percent = Field(70, alias="pass")
    """Per cent needed in the quiz."""
    authors: Names = ()
    """Who wrote it."""
    licence: Words = ""
    """Under which terms it may be passed on, such as CC-BY-4.0."""
    sources: Names = ()
    """Where its facts come from."""
    version: Words = ""
    """Version of the module."""
    checked_on: date | None = None
    """Day on which its facts were last checked."""


class LessonMatter(_Matter):
    """Front matter of a lesson."""

    id: Slug = ""
    """Replaces the name of the file."""
    outcomes: Names = ()
    """Outcomes of the module that it serves, such as [O1, O2]."""
    optional: bool = False
    """Whether it may be left out."""
    sources: Names = ()
    """Where its facts come from."""


class Joint(BaseModel):
    """With which other self-check one is read together."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    other: Slug = Field(alias="with")
    """Id of the other self-check."""
    threshold: Percent = Field(60, alias="from")
    """Total from which each of the two counts as high."""


class SelfCheckMatter(_Matter):
    """Front matter of a self-check."""

    id: Slug = ""
    """Replaces the name of the file."""
    code: Slug
    """Short name before the ids of its statements, such as SA1."""
    summary: Words = ""
    """One sentence."""
    bands: Annotated[tuple[Percent, ...], Field(min_length=2)]
    """Lowest total of each band, from 0 up; the sections without statements describe them in this order."""
    joint: Joint | None = None
    """Read together with another self-check: four more sections, both low, this one high, the other one, both."""
    sources: Names = ()
    """Where its statements come from."""
    checked_on: date | None = None
    """Day on which it was last checked."""


class BankMatter(_Matter):
    """Front matter of a bank of questions."""

    sources: Names = ()
    """Where its facts come from."""


class QuizMatter(_Matter):
    """Front matter of `quiz.md`."""

    mode: QuizMode = QuizMode.CHECK
    """When the learner hears how an answer was judged."""
    pass_percent: Percent | None = Field(None, alias="pass")
    """Per cent needed; goes before that of the module."""
    tries: Annotated[int, Field(ge=0)] = 0
    """How often a question may be answered in practice; 0 for as often as wanted."""
    shuffle: bool = True
    """Whether the questions are asked in another order each time."""
    draw: Annotated[int, Field(ge=0)] = 0
    """How many questions are asked in all; 0 for all that the pools leave."""


_M = TypeVar("_M", bound=_Matter)


def checked(header: Header, kind: type[_M], path: Path) -> tuple[_M, tuple[Problem, ...]]:
    """The front matter, with a problem for each key that is unknown or wrong and is left out.

    A file without a title, or another key that is needed, cannot be used: `FileUnreadable`.
    """
    values = dict(header.values)
    problems: list[Problem] = []
    while True:
        try:
            return kind.model_validate(values), tuple(problems)
        except ValidationError as error:
            details = error.errors(include_url=False)
        wrong = {str(detail["loc"][0]) for detail in details}
        needed = next(
            (key for key in wrong if key in kind.model_fields and kind.model_fields[key].is_required()), ""
        )
        if needed:
            what = f"a {needed}" if needed == "title" else f"`{needed}`"
            message = (
                f"This file needs {what} in its front matter; write `{needed}: …` between the --- lines."
            )
            raise FileUnreadable(message, Place(path, header.line(needed)))
        told: dict[str, Problem] = {}
        for detail in details:
            told.setdefault(str(detail["loc"][0]), _problem(detail, header, kind, path))
        problems.extend(told.values())
        values = {key: value for key, value in values.items() if key not in wrong}


def known_keys(kind: type[_Matter]) -> tuple[str, ...]:
    """The keys that a kind of file may have."""
    return tuple(part.alias or name for name, part in kind.model_fields.items())


def _problem(detail: ErrorDetails, header: Header, kind: type[_Matter], path: Path) -> Problem:
    key = str(detail["loc"][0])
    place = Place(path, header.line(key))
    if detail["type"] == "extra_forbidden":
        known = known_keys(kind)
        close = get_close_matches(key, known, n=1, cutoff=0.5)
        remedy = f"did you mean `{close[0]}`?" if close else f"known are {', '.join(known)}."
        return Problem(place, "F001", f"The key `{key}` is not known; {remedy}")
    reason = detail["msg"][:1].lower() + detail["msg"][1:]
    return Problem(place, "F002", f"The value of `{key}` cannot be used: {reason}.")
