"""The small module in which every example of a rule stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

FOLDER = "01-example"
LESSON = "02-page.md"
"""The lesson that an example is the text of."""
GUIDES = frozenset({"kiss-me", "kiss-me#dates-and-money"})
"""The guides that are known there."""


def asked(prompt: str, answers: str, *, id: str = "q-page", outcome: str = "O1", more: str = "") -> str:  # noqa: A002 - the attribute's name
    """A question with hint and explanation, so that an example breaks no rule but its own."""
    marker = " ".join(part for part in (f"<!-- q id={id} outcome={outcome}", more, "-->") if part)
    return f"{marker}\n{prompt}\n\n{answers}\n\n{HINT}\n\n{EXPLANATION}\n<!-- /q -->"


HINT = "> [!TIP]\n> Think of the first page."
EXPLANATION = "> [!NOTE]\n> The first page tells it all."
OPTIONS = "- [x] A clear wish\n  > Yes. It can be passed on.\n- [ ] A long story\n  > No. It can wait."


def module_file(more: str = "", **outcomes: str) -> str:
    """A `module.md` with these outcomes, and a further line of front matter."""
    lines = [f"  {name}: {words}" for name, words in outcomes.items()] + ([more] if more else [])
    head = "\n".join(["title: Example", "outcomes:", *lines])
    return f"---\n{head}\n---\n\nThis module has one page.\n"


def lesson_file(body: str, head: str = "title: A page") -> str:
    """A lesson with this text."""
    return f"---\n{head}\n---\n\n{body}\n"


def quiz_file(body: str, head: str = "title: Quiz") -> str:
    """A quiz with these questions."""
    return f"---\n{head}\n---\n\n{body}\n"


_CALL = asked("### What comes first in a call?", OPTIONS, id="q-call")
_QUIZ = asked("### What opens a call well?", OPTIONS, id="q-open")


def files_of(example: str | Mapping[str, str]) -> dict[str, str]:
    """Every file of the module around an example, by name."""
    own = {LESSON: lesson_file(example)} if isinstance(example, str) else dict(example)
    return {
        "module.md": module_file(O1="prepare a first call"),
        "01-first-call.md": lesson_file(f"A first call is short.\n\n{_CALL}", "title: The first call"),
        "quiz.md": quiz_file(_QUIZ),
    } | own
