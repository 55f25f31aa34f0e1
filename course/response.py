"""What a learner gave as an answer: values that come back the same from the record, or a typed line."""

from __future__ import annotations

import re
from string import ascii_lowercase
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from .errors import ResponseError
from .model import (
    Choice,
    Classify,
    Cloze,
    Likert,
    Matching,
    Numeric,
    Open,
    Ordering,
    ShortText,
    plain,
)
from .normalise import folded
from .quantities import readings
from .wording import FALLBACK, count_word, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .model import Gap, Item


class _Given(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    def to_json(self) -> str:
        """The response as it is stored."""
        return self.model_dump_json()


class Chosen(_Given):
    """Options of a choice."""

    kind: Literal["chosen"] = "chosen"
    options: tuple[int, ...]
    """Indexes in the author's order."""


class Typed(_Given):
    """A few words or a number."""

    kind: Literal["typed"] = "typed"
    text: str


class Paired(_Given):
    """Right sides joined to the left sides of a matching."""

    kind: Literal["paired"] = "paired"
    rights: tuple[int | None, ...]
    """For each pair, an index into `Matching.choices`."""


class Grouped(_Given):
    """Groups given to the cards."""

    kind: Literal["grouped"] = "grouped"
    groups: tuple[int | None, ...]
    """For each card, an index into `Classify.groups`."""


class Ordered(_Given):
    """Steps as the learner arranged them."""

    kind: Literal["ordered"] = "ordered"
    order: tuple[int, ...]
    """Indexes of the steps in the right order, from first to last as arranged."""


class Filled(_Given):
    """Texts of the gaps, in reading order."""

    kind: Literal["filled"] = "filled"
    gaps: tuple[str, ...]


class Written(_Given):
    """A free text, and what the learner found of the model answer in it."""

    kind: Literal["written"] = "written"
    text: str
    ticked: tuple[int, ...] = ()
    """Indexes of the checks that the learner ticked."""


class Rated(_Given):
    """Values given to the statements of a scale."""

    kind: Literal["rated"] = "rated"
    values: tuple[int | None, ...]
    """One for each statement, on the scale of the question."""


Response = Chosen | Typed | Paired | Grouped | Ordered | Filled | Written | Rated

_MOST_DIGITS = 9
_ADAPTER: TypeAdapter[Response] = TypeAdapter(Annotated[Response, Field(discriminator="kind")])


def response_from_json(source: str) -> Response:
    """The response that `to_json` wrote."""
    try:
        return _ADAPTER.validate_json(source)
    except ValidationError as error:
        raise ResponseError(
            "This stored answer cannot be read; it was written by another version."
        ) from error


# From a typed line ------------------------------------------------------------------------------


def wanted(item: Item, language: str = FALLBACK) -> str:
    """What a question wants, in words: `Choose two`, `Type a number in EUR`."""
    phrase, values = _wanted(item)
    told = {
        name: count_word(value, language) if isinstance(value, int) else value
        for name, value in values.items()
    }
    return say(phrase, language, **told)


def _wanted(item: Item) -> tuple[str, dict[str, int | str]]:  # noqa: C901 - one case a type
    """The sentence of `wording.toml` for a question, and what it counts."""
    match item:
        case Choice(counted=False):
            return "choose_all", {}
        case Choice(options=options):
            return "choose", {"count": sum(option.right for option in options)}
        case ShortText():
            return "type_words", {}
        case Numeric(unit=unit):
            return ("type_unit", {"unit": unit}) if unit else ("type_number", {})
        case Matching():
            return "match", {}
        case Classify():
            return "classify", {}
        case Ordering():
            return "arrange", {}
        case Cloze(gaps=gaps):
            return ("fill_one", {}) if len(gaps) == 1 else ("fill_many", {"count": len(gaps)})
        case Open():
            return "write", {}
        case Likert(statements=statements):
            return "rate_one" if len(statements) == 1 else "rate_many", {}


def read_response(item: Item, text: str, order: Sequence[int] = (), language: str = FALLBACK) -> Response:
    """The answer in a typed line: `b`, `a c`, `27,5`, `1b 2a 3d`, `2 1 3 4`, gaps parted by `;`, `4 2 5`.

    Letters and numbers name what is shown; `order` is the `display_order` it was shown in. An open answer
    comes back without ticks; `read_ticks` adds them once the model answer was shown. A line that is no
    answer is a `ResponseError`, told in the `language`.
    """
    line = text.strip()
    if not line:
        raise ResponseError(f"{wanted(item, language)}.")
    try:
        return _read(item, line, order)
    except _UnreadableError as fault:
        told = say(fault.phrase, language, wanted=wanted(item, language), **fault.values)
        raise ResponseError(told) from fault


class _UnreadableError(Exception):
    """A line that is no answer to its question: the sentence of `wording.toml` that says why, and its values."""

    def __init__(self, phrase: str, **values: object) -> None:
        super().__init__(phrase)
        self.phrase = phrase
        self.values = values


def _read(item: Item, line: str, order: Sequence[int]) -> Response:  # noqa: C901 - one case a type
    match item:
        case Choice():
            return _chosen(item, line, order)
        case ShortText():
            return Typed(text=line)
        case Numeric(unit=unit):
            if not readings(line, unit):
                raise _UnreadableError("number_example")
            return Typed(text=line)
        case Matching(pairs=pairs, choices=choices):
            letters = _joined_letters(line, len(pairs), len(choices))
            return Paired(rights=tuple(None if at is None else _at(order, at) for at in letters))
        case Classify(cards=cards, groups=groups):
            letters = _joined_letters(line, len(cards), len(groups))
            shown = {_at(order, at): group for at, group in enumerate(letters)}
            return Grouped(groups=tuple(shown[card] for card in range(len(cards))))
        case Ordering(steps=steps):
            return _ordered(line, len(steps), order)
        case Cloze(gaps=gaps):
            return _filled(line, gaps)
        case Open():
            return Written(text=line)
        case Likert():
            return _rated(line, item)


def read_ticks(item: Open, written: Written, text: str, language: str = FALLBACK) -> Written:
    """An open answer with the checks that a typed line ticks: their letters, `all`, or `-` for none."""
    line = text.strip().lower()
    if line in {"-", "none"}:
        return Written(text=written.text)
    every = range(len(item.checks))
    try:
        ticked = every if line == "all" else sorted(_letters(line, len(every)))
    except _UnreadableError as fault:
        raise ResponseError(say(fault.phrase, language, **fault.values)) from fault
    return Written(text=written.text, ticked=tuple(ticked))


def _rated(line: str, item: Likert) -> Rated:
    """One number of the scale for each statement, in order; `-` leaves one out."""
    found = re.findall(r"(?<!\d)-?\d+|-", line)
    values = tuple(None if sign == "-" else _number(sign) for sign in found)
    if len(values) != len(item.statements) or any(value not in {None, *item.steps} for value in values):
        phrase = "rating_one" if len(item.statements) == 1 else "rating_many"
        raise _UnreadableError(phrase, low=item.low, high=item.high, example=_rating_example(item))
    return Rated(values=values)


def _rating_example(item: Likert) -> str:
    return " ".join(str(item.steps[-1 - at % len(item.steps)]) for at in range(len(item.statements)))


def _chosen(item: Choice, line: str, order: Sequence[int]) -> Chosen:
    whole = [at for at, option in enumerate(item.options) if folded(plain(option.text)) == folded(line)]
    options = whole or [_at(order, at) for at in _letters(line, len(item.options))]
    if not item.multiple and len(options) > 1:
        raise _UnreadableError("one_letter")
    return Chosen(options=tuple(sorted(options)))


def _letters(line: str, count: int) -> list[int]:
    """The places that letters name, each once."""
    signs = re.sub(r"[\s,;.)(/&+]+|\band\b", "", line.lower())
    places = [ascii_lowercase.find(sign) for sign in signs]
    if not places or any(not 0 <= place < count for place in places):
        raise _UnreadableError("letter", last=_last_letter(count))
    return list(dict.fromkeys(places))


def _last_letter(count: int) -> str:
    """The letter of the last answer; a question read from elsewhere may have more answers than letters."""
    return ascii_lowercase[min(count, len(ascii_lowercase)) - 1]


def _number(digits: str) -> int:
    """A number that was typed; one of very many digits, which Python refuses, is only too large."""
    return int(digits) if len(digits) <= _MOST_DIGITS else 10**_MOST_DIGITS


def _joined_letters(line: str, lefts: int, rights: int) -> list[int | None]:
    """For each numbered left side, the place of its letter; `-` leaves one out."""
    if re.fullmatch(r"[a-z\-\s,;]+", line.lower()):
        signs = [sign for sign in line.lower() if sign.isalpha() or sign == "-"]
        found = dict(enumerate(signs, 1))
    else:
        pairs = re.findall(r"(\d+)\s*(?:[=:.)>-]*\s*([a-z])|-)", line.lower())
        found = {_number(left): right or "-" for left, right in pairs}
    if sorted(found) != list(range(1, lefts + 1)):
        missing = next((left for left in range(1, lefts + 1) if left not in found), lefts)
        raise _UnreadableError("letter_each", missing=missing)
    places = [None if found[left] == "-" else ascii_lowercase.find(found[left]) for left in sorted(found)]
    if any(place is not None and place >= rights for place in places):
        raise _UnreadableError("letters_end", last=_last_letter(rights))
    return places


def _ordered(line: str, count: int, order: Sequence[int]) -> Ordered:
    tight = line.isdecimal() and count < 10
    numbers = [_number(digits) for digits in (line if tight else re.findall(r"\d+", line))]
    if sorted(numbers) != list(range(1, count + 1)):
        raise _UnreadableError("number_each", count=count, example=_example(count))
    return Ordered(order=tuple(_at(order, number - 1) for number in numbers))


def _example(count: int) -> str:
    return " ".join(str(number) for number in (2, 1, *range(3, count + 1)))


def _filled(line: str, gaps: Sequence[Gap]) -> Filled:
    parts = [part.strip() for part in line.split(";")]
    if len(gaps) == 1:
        parts = [line]
    if len(parts) != len(gaps):
        raise _UnreadableError("gap_answers", gaps=len(gaps), answers=len(parts))
    return Filled(gaps=tuple(_menu_text(part, gap) for part, gap in zip(parts, gaps, strict=True)))


def _menu_text(part: str, gap: Gap) -> str:
    """The choice that a letter names, in a gap with a menu."""
    at = ascii_lowercase.find(part.lower()) if len(part) == 1 else -1
    return gap.menu[at] if 0 <= at < len(gap.menu) and part not in gap.menu else part


def _at(order: Sequence[int], place: int) -> int:
    """What stands at a place of the screen, as an index in the author's order."""
    return order[place] if order else place
