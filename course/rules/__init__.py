"""What the checker looks at: one small function a rule, gathered by family."""

from __future__ import annotations

from . import (
    allowances,
    feedback,
    forms,
    keys,
    links,
    matter,
    options,
    outcomes,
    prose,
    questions,
    sets,
    translations,
)
from .rule import RULES, Finding, Rule

__all__ = [
    "RULES",
    "Finding",
    "Rule",
    "allowances",
    "feedback",
    "forms",
    "keys",
    "links",
    "matter",
    "options",
    "outcomes",
    "prose",
    "questions",
    "sets",
    "translations",
]
