"""Front matter of modules, lessons and quizzes, checked in full."""

from __future__ import annotations

from datetime import date
from difflib import get_close_matches
from typing import TYPE_CHECKING, Annotated, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from .errors import FileUnreadable
from .model import Place, Problem, QuizMode

if TYPE_CHECKING:
    from pathlib import Path

    from pydantic_core import ErrorDetails

    from .header import Header


def _one_or_many(value: object) -> object:
    return value if isinstance(value, list | tuple) else [] if value is None else [value]


def _as_text(value: object) -> object:
    return str(value) if isinstance(value, int | float | date) and not isinstance(value, bool) else value


Words = Annotated[str, BeforeValidator(_as_text)]
Names = Annotated[tuple[Words, ...], BeforeValidator(_one_or_many)]
Slug = Annotated[Words, Field(pattern=r"^[\w.-]+$")]
Percent = Annotated[int, Field(ge=0, le=100)]
Minutes = Annotated[int, Field(ge=0, le=100_000)]
Title = Annotated[Words, Field(min_length=1)]


class _Matter(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    title: Title
    minutes: Minutes = 0
    digests: dict[Words, Words] = {}
    """Only in a translation: the digest of each section of its source."""


class ModuleMatter(_Matter):
    """Front matter of `module.md`."""

    id: Slug = ""
    summary: Words = ""
    level: Words = ""
    requires: Names = ()
    outcomes: dict[Words, Words] = {}
    pass_percent: Percent = Field(70, alias="pass")
    authors: Names = ()
    licence: Words = ""
    sources: Names = ()
    version: Words = ""
    checked_on: date | None = None


class LessonMatter(_Matter):
    """Front matter of a lesson."""

    id: Slug = ""
    outcomes: Names = ()
    optional: bool = False
    sources: Names = ()


class BankMatter(_Matter):
    """Front matter of a bank of questions."""

    sources: Names = ()


class QuizMatter(_Matter):
    """Front matter of `quiz.md`."""

    mode: QuizMode = QuizMode.CHECK
    pass_percent: Percent | None = Field(None, alias="pass")
    tries: Annotated[int, Field(ge=0)] = 0
    shuffle: bool = True
    draw: Annotated[int, Field(ge=0)] = 0


_M = TypeVar("_M", bound=_Matter)


def checked(header: Header, kind: type[_M], path: Path) -> tuple[_M, tuple[Problem, ...]]:
    """The front matter, with a problem for each key that is unknown or wrong and is left out.

    A file without a title cannot be used: `FileUnreadable`.
    """
    values = dict(header.values)
    problems: list[Problem] = []
    while True:
        try:
            return kind.model_validate(values), tuple(problems)
        except ValidationError as error:
            details = error.errors(include_url=False)
        wrong = {str(detail["loc"][0]) for detail in details}
        if "title" in wrong:
            message = "This file needs a title in its front matter; write `title: …` between the --- lines."
            raise FileUnreadable(message, Place(path, header.line("title")))
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
