"""What a typed answer comes closest to among the keys: wordings, patterns, numbers, menus."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .normalise import folded, is_near, same, unaccented
from .pattern import compiled
from .quantities import readings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from .model import Accepted, Block, Gap, NumberRange

_SLACK = 1e-9


@dataclass(frozen=True, slots=True)
class Verdict:
    """The share that a typed answer earns, what to say to it, and the wording it nearly was."""

    share: float = 0.0
    feedback: tuple[Block, ...] = ()
    near: str = ""
    accents_only: bool = False
    """Whether nothing but accents was missed."""
    wrong_unit: str = ""
    """The unit asked for, when the number fits but stands with another one."""


def judge_words(text: str, keys: Sequence[Accepted], *, strict: bool) -> Verdict:
    """A wording against the keys: the exact one first, then without accents, then patterns."""
    key = next(_fitting(text, keys, strict=strict), None)
    if key is not None:
        return Verdict(max(0.0, key.weight), key.feedback)
    right = [key.text for key in keys if not key.pattern and key.weight > 0]
    bare = next((wording for wording in right if _lacks_accents(text, wording)), "")
    near = bare or next((wording for wording in right if is_near(text, wording)), "")
    return Verdict(near=near, accents_only=bool(bare))


def judge_number(text: str, keys: Sequence[NumberRange], unit: str) -> Verdict:
    """A number against the keys: the best one that takes any of its readings."""
    numbers = readings(text, unit)
    fitting = [key for key in keys if any(_inside(number, key) for number in numbers)]
    if not fitting:
        return Verdict(wrong_unit=unit if _fits_without_unit(text, keys, unit) else "")
    best = max(fitting, key=lambda key: key.weight)
    return Verdict(max(0.0, best.weight), best.feedback)


def _fits_without_unit(text: str, keys: Sequence[NumberRange], unit: str) -> bool:
    """Whether a number that was refused for its unit is one that a key takes."""
    if not unit or readings(text, unit):
        return False
    return any(key.weight > 0 and _inside(number, key) for number in readings(text) for key in keys)


def judge_gap(text: str, gap: Gap, *, strict: bool) -> Verdict:
    """What was put into a gap against its keys; a number may stand among words."""
    if not folded(text):
        return Verdict()
    number = judge_number(text, gap.numbers, "")
    words = judge_words(text, gap.accepted, strict=strict)
    if gap.menu:
        return Verdict(words.share, words.feedback)
    return number if number.share >= words.share and not words.near else words


def wanted_words(keys: Sequence[Accepted]) -> str:
    """The right answer to show: the first wording that earns all, else the first that earns any."""
    worded = [key for key in keys if not key.pattern and key.weight > 0]
    full = [key.text for key in worded if key.weight >= 1]
    return next(iter((*full, *(key.text for key in worded))), "")


def wanted_number(keys: Sequence[NumberRange], unit: str) -> str:
    """The right number to show, as the author wrote it, with the unit."""
    best = max(keys, key=lambda key: key.weight)
    shown = best.shown.removesuffix("± 0").removesuffix("±0").strip()
    return f"{shown} {unit}".strip()


def wanted_in_gap(gap: Gap) -> str:
    """The right answer of a gap to show."""
    return wanted_words(gap.accepted) or (wanted_number(gap.numbers, "") if gap.numbers else "")


def _fitting(text: str, keys: Sequence[Accepted], *, strict: bool) -> Iterator[Accepted]:
    tests: list[Callable[[Accepted], bool]] = [
        lambda key: not key.pattern and folded(text) == folded(key.text),
        lambda key: not key.pattern and same(text, key.text, accents_strict=strict),
        lambda key: key.pattern and _matches(text, key.text, strict=strict),
    ]
    for test in tests:
        yield from (key for key in keys if test(key))


def _matches(text: str, source: str, *, strict: bool) -> bool:
    pattern = compiled(source)
    given = folded(text)
    forms = (given, " ".join(text.split())) if strict else (given, " ".join(text.split()), unaccented(given))
    return any(pattern.matches(form) for form in forms)


def _lacks_accents(text: str, wording: str) -> bool:
    return unaccented(folded(text)) == unaccented(folded(wording))


def _inside(number: float, key: NumberRange) -> bool:
    slack = _SLACK * max(1.0, abs(key.low), abs(key.high))
    return key.low - slack <= number <= key.high + slack
