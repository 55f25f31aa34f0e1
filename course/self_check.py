"""Self-checks: statements in groups that people rate for their own firm, with advice for what comes out.

What stands in a list of them is read lightly; `self_check_file` reads the whole.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import resources
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from .errors import NotFound
from .file_names import bare_name, is_translation, translation_of
from .header import read_header
from .source import read_source
from .walk import texts_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .model import Block, Problem, Section

FOLDER = "self-checks"
"""Name of the folder, and first part of the ids of what stands in it."""
SCALE = (1, 2, 3, 4, 5)


@dataclass(frozen=True, slots=True)
class SelfCheckHead:
    """What a list of self-checks shows."""

    id: str
    """Name of the file: `open-innovation-readiness`."""
    code: str
    """Short name: `SA1`."""
    title: str
    summary: str
    minutes: int
    path: Path
    """The file in the language of the course; its translations stand beside it."""

    @property
    def ref(self) -> str:
        """By which it is opened: `self-checks/open-innovation-readiness`."""
        return f"{FOLDER}/{self.id}"


@dataclass(frozen=True, slots=True)
class RatedStatement:
    """One thing that may be true of a firm."""

    id: str
    """Code, letter and number: `SA1-A1`."""
    text: str
    advice: tuple[Block, ...] = ()
    """What to do when it is rated low."""

    @property
    def critical(self) -> bool:
        """Whether a low rating has advice of its own, whatever the total."""
        return bool(self.advice)


@dataclass(frozen=True, slots=True)
class Dimension:
    """Statements that are scored together."""

    id: str
    """Code and letter: `SA1-A`."""
    title: str
    statements: tuple[RatedStatement, ...]
    more: tuple[Block, ...] = ()
    """Where to learn about it."""


@dataclass(frozen=True, slots=True)
class Advice:
    """What a total means, and what to do next."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Band(Advice):
    """The totals from `low` up to the next band."""

    low: int


@dataclass(frozen=True, slots=True)
class JointReading:
    """What two totals say together."""

    other_id: str
    threshold: int
    """A total from here on is high."""
    readings: tuple[Advice, ...]
    """Both low; this one high; the other one high; both high."""

    def reading(self, other: int, own: int) -> Advice:
        """What the totals of the other self-check and of this one say."""
        return self.readings[2 * (other >= self.threshold) + (own >= self.threshold)]


@dataclass(frozen=True, slots=True)
class SelfCheck:
    """A self-check, read from its file."""

    id: str
    """Name of the file: `open-innovation-readiness`."""
    code: str
    """Short name: `SA1`."""
    title: str
    path: Path
    minutes: int
    introduction: tuple[Block, ...]
    labels: tuple[str, ...]
    """Words for 1 to 5."""
    dimensions: tuple[Dimension, ...]
    bands: tuple[Band, ...]
    """Lowest first."""
    joint: JointReading | None = None
    language: str = "en"
    problems: tuple[Problem, ...] = ()
    sections: tuple[Section, ...] = ()
    """Everything as it stands in the file."""

    @property
    def ref(self) -> str:
        """By which it is opened: `self-checks/open-innovation-readiness`."""
        return f"{FOLDER}/{self.id}"

    @property
    def statements(self) -> tuple[RatedStatement, ...]:
        """Every statement in order."""
        return tuple(chain.from_iterable(dimension.statements for dimension in self.dimensions))

    def statement(self, statement_id: str) -> RatedStatement:
        """The statement with an id."""
        return next(own for own in self.statements if own.id == statement_id)


def shipped_self_checks() -> Path:
    """The folder of self-checks that comes with the product."""
    return Path(str(resources.files("course").joinpath(FOLDER)))


def self_check_heads(language: str = "en", folder: Path | None = None) -> tuple[SelfCheckHead, ...]:
    """Every self-check in the order of the codes; raises `FileUnreadable`."""
    paths = [path for path in (folder or shipped_self_checks()).glob("*.md") if not is_translation(path)]
    return tuple(sorted((_head(path, language) for path in paths), key=lambda head: head.code))


def _head(path: Path, language: str) -> SelfCheckHead:
    values = read_header(read_source(path), path).values
    shown = translation_of(path, language)
    words = read_header(read_source(shown), shown).values if shown else values
    minutes = values.get("minutes")
    return SelfCheckHead(
        str(values.get("id") or bare_name(path.stem)),
        str(values.get("code", "")),
        str(words.get("title", "")),
        str(words.get("summary", "")),
        minutes if isinstance(minutes, int) else 0,
        path,
    )


def find_self_check(heads: Iterable[SelfCheckHead], name: str) -> SelfCheckHead:
    """The self-check with an id, a reference or a code, in any case; raises `NotFound`."""
    wanted = name.strip().removeprefix(f"{FOLDER}/").casefold()
    known = tuple(heads)
    for head in known:
        if wanted in {head.id.casefold(), head.code.casefold()}:
            return head
    names = ", ".join(f"{head.code} ({head.title})" for head in known)
    raise NotFound(f"There is no self-check `{name}`; there is {names}.")


def open_self_check(head: SelfCheckHead, language: str = "en") -> SelfCheck:
    """The text of a self-check, in a language where it is translated; raises `FileUnreadable`."""
    from .self_check_file import parse_self_check  # noqa: PLC0415 - 0.3 s with its Markdown parser, needed only to read

    return parse_self_check(head.path, language)


def lessons_in(blocks: Iterable[Block]) -> tuple[tuple[str, str], ...]:
    """Words and reference of each link to a lesson or module, in order, each place once."""
    found: dict[str, str] = {}
    for text, _line in texts_of(tuple(blocks)):
        for span in text:
            if span.link and span.link.startswith("lesson:"):
                found.setdefault(span.link.removeprefix("lesson:"), span.text)
    return tuple((words, ref) for ref, words in found.items())
