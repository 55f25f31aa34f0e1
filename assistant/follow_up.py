"""What a question means that leans on the talk before it: "and its budget?", "who led it?", "what about Sweden?".

The question is made to stand alone by rules and word lists (`lexicon/follow-ups.toml`), with what was named
before; nothing is guessed by a language model, and the asker is shown what came of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.language import detect

from .leaning import Asked, Place, find
from .mentions import Mentions
from .terms import TermKind
from .verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .model import Answer
    from .topics import Topic

REMEMBERED = 8
"""Earlier questions among which the one named last is looked for."""
_PICKED = re.compile(r"\s*(\d{1,2})\s*[.)]?\s*")
_SLOTS = (TermKind.COUNTRY, TermKind.NUMBER, TermKind.NAME)
_MARKS = " ?!."


@dataclass(frozen=True, slots=True)
class Understood:
    """A question that stands alone."""

    text: str
    language: str
    leans: bool
    """Whether it differs from what was typed."""


def understand(
    text: str,
    earlier: Sequence[Answer],
    topics: tuple[Topic, ...],
    names: Mapping[str, str],
    language: str | None = None,
) -> Understood:
    """A question as it stands alone, after earlier ones.

    Args:
        text: What was typed.
        earlier: The talk so far, oldest first.
        topics: Every guide as people may name it.
        names: What each guide is called, by slug.
        language: Of the question; found out when it is not given.

    Raises:
        QuestionError: if the question is empty or too long.
    """
    if not earlier:
        return Understood(text, language or detect(text), leans=False)
    last = earlier[-1]
    asked = Asked(text, language or detect(text, last.language), topics)
    picked = _picked(asked, last)
    if picked:
        return Understood(_with_name(last.meant, picked), last.language, leans=True)
    meant = _made_whole(asked, earlier[-REMEMBERED:], Mentions(topics, names))
    if meant and asked.text.startswith("¿") and not meant.startswith("¿"):
        meant = f"¿{meant}"
    return Understood(meant or text, asked.read.language, leans=bool(meant))


def _picked(asked: Asked, last: Answer) -> str:
    """The guide that was chosen where several fitted: by its number or its name; empty if none was."""
    if last.verdict is not Verdict.CLARIFY:
        return ""
    number = _PICKED.fullmatch(asked.text)
    if number and 1 <= int(number[1]) <= len(last.options):
        return last.options[int(number[1]) - 1].name
    families = {topic.split(".")[0] for topic in asked.read.topics}
    chosen = [option.name for option in last.options if option.guide.split(".")[0] in families]
    return ", ".join(chosen) if not asked.is_whole else ""


def _made_whole(asked: Asked, earlier: Sequence[Answer], mentions: Mentions) -> str:
    """The question with what it leaves out; empty if it leaves nothing out."""
    last = earlier[-1]
    if not asked.places or _PICKED.fullmatch(asked.text):
        return ""
    if asked.names_another:
        return _asked_of_another(last, asked, mentions)
    if asked.is_detail:
        return _with_name(last.meant, asked.rest)
    if asked.read.topics or not asked.leans:
        return ""
    if asked.speaks_of_things and _fits_slots(last, asked, mentions):
        return _asked_of_another(last, asked, mentions)
    name = mentions.subject(earlier) if asked.refers_back else mentions.guide(last)
    if asked.speaks_of_things and not mentions.asks_for_the_same(last, asked.read):
        name = ", ".join(filter(None, (mentions.asked_for(last), name)))
    return _named(asked, name) if name else ""


# Putting it in ------------------------------------------------------------------------------------


def _named(asked: Asked, name: str) -> str:
    """The question with the name in place of what stands for it, else behind it."""
    if asked.speaks_of_things:
        return _with_name(asked.rest, name)
    if not asked.is_whole and asked.words.of:
        return _asking(asked.words.of.format(rest=_without_possessive(asked), name=name))
    place = _stand_in(asked)
    if place is None:
        return _with_name(asked.rest, name)
    begins = asked.places[0].start
    return _asking(f"{asked.text[begins : place.start]}{name}{asked.text[place.end :]}")


def _stand_in(asked: Asked) -> Place | None:
    """Where words stand in whose place a name can stand."""
    if not asked.words.at_end.isdisjoint(asked.folded[-1:]):
        return asked.places[-1]
    for phrase in asked.words.stands_for:
        start = find(phrase, asked.telling)
        if start is not None:
            first, last = asked.places[start], asked.places[start + len(phrase) - 1]
            return Place(first.start, last.end)
    return None


def _with_name(text: str, name: str) -> str:
    return _asking(f"{text.rstrip(_MARKS)} ({name})")


def _asking(text: str) -> str:
    """The words as a question, with a capital at its beginning and a mark at its end."""
    letter = next((i for i, sign in enumerate(text) if sign.isalnum()), 0)
    return f"{text[:letter]}{text[letter : letter + 1].upper()}{text[letter + 1 :]}".rstrip(_MARKS) + "?"


def _without_possessive(asked: Asked) -> str:
    """The words asked for, with an article in place of the possessive at their beginning."""
    if asked.folded[0] not in asked.words.possessives or len(asked.places) == 1:
        return asked.rest
    rest = asked.text[asked.places[1].start :].rstrip(_MARKS)
    return f"{asked.words.instead} {rest}".strip()


# Asking the last question of another -----------------------------------------------------------------


def _fits_slots(last: Answer, asked: Asked, mentions: Mentions) -> bool:
    """Whether a country, number or name is all that is new, and the last question has one in that place."""
    kinds = {term.kind for term in asked.read.terms}
    if not kinds or TermKind.WORD in kinds:
        return False
    return all(mentions.last_of_kind(last.meant, kind, last.language) for kind in kinds)


def _asked_of_another(last: Answer, asked: Asked, mentions: Mentions) -> str:
    """The last question with the guide, country, number or name of this one in place of its own."""
    text = last.meant
    for slug in asked.read.topics:
        text = _replaced(text, mentions.last_guide(text), mentions.spoken(slug))
    for kind in _SLOTS:
        given = " ".join(term.text for term in asked.read.terms if term.kind is kind)
        if given:
            text = _replaced(text, mentions.last_of_kind(text, kind, last.language), given)
    return text


def _replaced(text: str, place: Place | None, given: str) -> str:
    if place is None:
        return _with_name(text, given)
    return _asking(text[: place.start] + given + text[place.end :])
