"""JSON Schema of the front matter, so that editors can complete keys and mark wrong ones.

usage: python -m course.matter_schema > docs/front-matter.schema.json
"""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

from pydantic.json_schema import models_json_schema

from .frontmatter import BankMatter, LessonMatter, ModuleMatter, QuizMatter, SelfCheckMatter

if TYPE_CHECKING:
    from pydantic import BaseModel

KINDS: dict[str, type[BaseModel]] = {
    "module": ModuleMatter,
    "lesson": LessonMatter,
    "quiz": QuizMatter,
    "bank": BankMatter,
    "self-check": SelfCheckMatter,
}
"""The kinds of file, by the name of their schema under `$defs`."""


def front_matter_schema() -> dict[str, Any]:
    """One schema for every kind of file; each stands by itself under `$defs`, as `#/$defs/lesson`."""
    _, whole = models_json_schema(
        [(kind, "validation") for kind in KINDS.values()], by_alias=True, ref_template="#/$defs/{model}"
    )
    names = {kind.__name__: name for name, kind in KINDS.items()}
    definitions = {names.get(name, name): schema for name, schema in whole["$defs"].items()}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Front matter of Hansa courses",
        "anyOf": [{"$ref": f"#/$defs/{name}"} for name in KINDS],
        "$defs": definitions,
    }


def schema_text() -> str:
    """The schema as the file in docs/ holds it."""
    return json.dumps(front_matter_schema(), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    sys.stdout.write(schema_text())
