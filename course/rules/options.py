"""Rules about options and prompts: nothing gives the answer away, nothing trips the reader up."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from course.model import Choice, plain

from .example import asked
from .rule import Finding, rule
from .words import ALL_OF_THE_ABOVE, NEGATIONS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from course.model import Item, Option, Text

    from .page import Page

SEVERAL = 3
"""Single choices on a page from which on their lengths are compared."""
NEARLY_ALL = 0.8
"""Share of them whose longest option is right that gives the answer away."""

_SENTENCE_END = re.compile(r"(?<=[.!?:])\s+")


def _three(right: str) -> str:
    """Three questions whose right option reads `right`."""
    wrong = "- [ ] A price\n  > Not yet.\n- [ ] A logo\n  > It says nothing."
    answers = f"- [x] {right}\n  > Yes.\n{wrong}"
    prompts = ("What opens a call?", "What opens a letter?", "What opens a meeting?")
    return "\n\n".join(
        asked(f"### {prompt}", answers, id=f"q-{number}") for number, prompt in enumerate(prompts, 1)
    )


@rule(
    "W104",
    "the longest option is always the right one",
    why="Learners notice, and pick the longest without reading. Shorten the right options, or give "
    "the wrong ones as much "
    f"detail. Told where a page has {SEVERAL} single choices or more and the longest is right in four of five.",
    bad=_three("A wish that the other side can pass on"),
    good=_three("A wish"),
)
def longest_is_right(page: Page) -> Iterator[Finding]:
    """A page whose answers can be told by their length."""
    choices = [
        item for item in page.items if isinstance(item, Choice) and not item.multiple and not item.true_false
    ]
    given_away = [item for item in choices if _longest(item.options).right]
    if len(choices) >= SEVERAL and len(given_away) >= NEARLY_ALL * len(choices):
        message = (
            f"The longest option is right in {len(given_away)} of {len(choices)} questions; "
            "shorten some of the right ones."
        )
        yield Finding(given_away[0].frame.place.line, message)


def _longest(options: Sequence[Option]) -> Option:
    """The longest option; of two that are as long as each other the wrong one."""
    return max(options, key=lambda option: (len(plain(option.text)), not option.right))


@rule(
    "W105",
    "“all of the above” or “none of the above”",
    why="Whoever knows that two options are right picks it without knowing the third, and options "
    "are shuffled, so nothing "
    "stands above. Ask for several options instead.",
    bad=asked(
        "### What belongs on the first page?",
        "- [ ] Who pays\n  > That, and more.\n- [ ] Who owns the result\n  > That, and more.\n"
        "- [x] All of the above\n  > Yes.",
    ),
    good=asked(
        "### Which two points belong on the first page? Choose two.",
        "- [x] Who pays\n  > Yes.\n- [x] Who owns the result\n  > Yes.\n- [ ] Who founded the firm\n  > It can wait.",
    ),
)
def all_of_the_above(page: Page) -> Iterator[Finding]:
    """An option that speaks of the others."""
    for item in page.items:
        for option in item.options if isinstance(item, Choice) else ():
            words = plain(option.text)
            if ALL_OF_THE_ABOVE.search(words):
                message = f"The option “{words[:40]}” speaks of the other options; ask for several instead."
                yield Finding(option.line, message, words)


@rule(
    "W106",
    "a negative word in a prompt, not emphasised",
    why="A “not” is read over, and the learner answers the opposite question. Ask for what is true, or set the word in "
    "bold. Statements to be judged true or false are looked at as well.",
    bad=asked(
        "### Which of these is not a reason to call?",
        "- [ ] A need\n  > It is one.\n- [x] A quiet afternoon\n  > Right.",
    ),
    good=asked(
        "### Which of these is **not** a reason to call?",
        "- [ ] A need\n  > It is one.\n- [x] A quiet afternoon\n  > Right.",
    ),
)
def quiet_negations(page: Page) -> Iterator[Finding]:
    """A choice whose question turns on a word that is easily missed."""
    negation = NEGATIONS.get(page.language.partition("-")[0])
    for item in page.items if negation else ():
        word = _negation(item, negation)
        if word:
            message = f"The prompt says “{word}” without emphasis; ask for what is true, or write **{word}**."
            yield Finding(item.frame.place.line, message, word)


def _negation(item: Item, negation: re.Pattern[str] | None) -> str:
    """The negative word in the question itself that has no emphasis; empty when there is none."""
    if negation is None or not isinstance(item, Choice):
        return ""
    found = negation.search(_question(item.frame.prompt))
    return "" if found is None or found[0].isupper() else found[0]


def _question(prompt: Text) -> str:
    """The sentence that asks, emphasised words left out; the whole prompt when none asks."""
    words = "".join("" if span.strong or span.emphasis else span.text for span in prompt)
    asking = [sentence for sentence in _SENTENCE_END.split(words) if sentence.rstrip().endswith("?")]
    return " ".join(asking) or words
