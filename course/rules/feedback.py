"""Rules about what a learner hears: feedback, hints and explanations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from course.model import Choice, Likert, Numeric, Open, QuizMode, ShortText, plain

from .example import EXPLANATION, HINT, OPTIONS, asked
from .rule import Finding, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from course.model import Accepted, NumberRange, Option

    from .page import Page

_PROMPT = "### What comes first in a call?"


@rule(
    "W101",
    "an option without feedback",
    why="Whoever picks it learns only that it is wrong. Say in a sentence why somebody would choose it and what is "
    "amiss. A line with `~`, or one that earns a part of the points, needs feedback too.",
    bad=asked(_PROMPT, "- [x] A clear wish\n  > Yes. It can be passed on.\n- [ ] A long story"),
    good=asked(_PROMPT, OPTIONS),
)
def silent_options(page: Page) -> Iterator[Finding]:
    """An option, a wrong line or a partly right line that answers nothing."""
    for item in page.items:
        if isinstance(item, Choice):
            yield from (_silent_option(option) for option in item.options if not option.feedback)
        elif isinstance(item, ShortText):
            yield from (_silent_key(key.text, key.line) for key in item.accepted if _is_silent(key))
        elif isinstance(item, Numeric):
            yield from (_silent_key(key.shown, key.line) for key in item.accepted if _is_silent(key))


def _silent_option(option: Option) -> Finding:
    reason = "right" if option.right else "wrong"
    message = f"The option “{_short(plain(option.text))}” has no feedback; say in a quote under it why it is {reason}."
    return Finding(option.line, message)


def _is_silent(key: Accepted | NumberRange) -> bool:
    return key.weight < 1 and not key.feedback


def _silent_key(words: str, line: int) -> Finding:
    message = f"The answer “{_short(words)}” has no feedback; say in a quote under it what is amiss."
    return Finding(line, message)


@rule(
    "W102",
    "a question without a hint",
    why="A learner who is stuck can only guess. Write at least one `> [!TIP]` that points to where "
    "the answer is. A quiz "
    "in the mode `exam` shows no hints and needs none, nor does a scale.",
    bad=f"<!-- q id=q-page outcome=O1 -->\n{_PROMPT}\n\n{OPTIONS}\n\n{EXPLANATION}\n<!-- /q -->",
    good=asked(_PROMPT, OPTIONS),
)
def missing_hints(page: Page) -> Iterator[Finding]:
    """A question that helps nobody along."""
    if page.quiz is not None and page.quiz.mode is QuizMode.EXAM:
        return
    for item in page.items:
        if not item.frame.hints and not isinstance(item, Likert):
            message = "This question has no hint; write a > [!TIP] under its answers."
            yield Finding(item.frame.place.line, message)


@rule(
    "W103",
    "a question without an explanation",
    why="The explanation is read by those who were right by luck, too. Write a `> [!NOTE]` that "
    "tells why the answer holds.",
    bad=f"<!-- q id=q-page outcome=O1 -->\n{_PROMPT}\n\n{OPTIONS}\n\n{HINT}\n<!-- /q -->",
    good=asked(_PROMPT, OPTIONS),
)
def missing_explanations(page: Page) -> Iterator[Finding]:
    """A question that never tells why."""
    for item in page.items:
        if not item.frame.explanation and not isinstance(item, Likert | Open):
            message = "This question has no explanation; write a > [!NOTE] under its answers."
            yield Finding(item.frame.place.line, message)


def _short(words: str) -> str:
    """The beginning of some words, enough to know them by."""
    return words if len(words) <= 40 else f"{words[:39].rstrip()}…"
