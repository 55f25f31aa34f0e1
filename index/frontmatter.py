"""The lines of YAML that may open a guide and tell about it."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from .errors import UnreadableGuideError
from .source import clean

_OPENING = re.compile(r"---[ ]*\n(?P<yaml>.*?)^(?:---|\.\.\.)[ ]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_LONGEST = 64 * 1024


def _as_words(value: object) -> object:
    """Dates and numbers as words; words without what an escape of YAML can bring back into clean text."""
    if isinstance(value, str):
        return clean(value.encode("utf-8", "replace").decode())
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, int | float) else value


def _as_list(value: object) -> object:
    if value is None:
        return ()
    items = value if isinstance(value, list) else [value]
    return tuple(_as_words(item) for item in items)


_Words = Annotated[str, BeforeValidator(_as_words)]
_List = Annotated[tuple[str, ...], BeforeValidator(_as_list)]


class FrontMatter(BaseModel):
    """What a guide says about itself; all of it optional."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    title: _Words = ""
    slug: Annotated[str, Field(pattern=r"^(?:[^\W_][\w.-]*)?$")] = ""
    language: Annotated[str, Field(pattern=r"^(?:[a-z]{2,3})?$")] = ""
    topics: _List = ()
    sources: _List = ()
    licence: _Words = ""
    checked_on: _Words = ""


def parse_front_matter(text: str, path: object) -> tuple[FrontMatter, int]:
    """What the front matter says, and how many characters it takes; (empty, 0) without one.

    Raises:
        UnreadableGuideError: It is no valid YAML, or a field has the wrong form.
    """
    match = _OPENING.match(text)
    if not match or match.end() > _LONGEST:
        return FrontMatter(), 0
    try:
        found = yaml.safe_load(match["yaml"])
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        line = f" near line {mark.line + 2}" if mark else ""
        raise UnreadableGuideError(
            f"The front matter of {path} is not valid YAML{line}; mend it, or remove it."
        ) from error
    if not isinstance(found, dict):
        return FrontMatter(), 0
    return _checked(found, path), match.end()


def _checked(found: dict[object, object], path: object) -> FrontMatter:
    try:
        return FrontMatter.model_validate({key: value for key, value in found.items() if value is not None})
    except ValidationError as error:
        field = ".".join(map(str, error.errors()[0]["loc"]))
        raise UnreadableGuideError(
            f"The front matter of {path} gives a {field} that cannot be used; write it as other guides do."
        ) from error
