"""What an author of guides would want to know before others read them: faults of form, one line each."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from .errors import GuideIndexError
from .files import MARKDOWN_ENDINGS, load_file
from .frontmatter import FrontMatter, parse_front_matter
from .language import LANGUAGES
from .markdown import links
from .model import BlockKind
from .read import parse_file
from .section import heading_anchor
from .source import decode

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from pathlib import Path

    from .model import Guide

LONGEST_BLOCK = 220
"""Words of a paragraph or list entry; a longer one would be cut into passages at its sentences."""
FRESH = timedelta(days=365)
"""How long the facts of a guide count as checked."""
_NEEDED = ("title", "slug", "language", "topics", "sources", "licence", "checked_on")
_FACT = re.compile(r"^-\s+(?:\*\*)?(?P<id>[A-Z][A-Z0-9]{0,2}-\d+)\b", re.MULTILINE)
"""How a factbook opens the line of a fact."""


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """A fault of a guide, at a line of its file."""

    path: str
    line: int
    code: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.code} {self.message}"


@dataclass(frozen=True, slots=True)
class Proof:
    """A guide as it is proofread: its front matter, its text, its links with their lines."""

    path: Path
    front: FrontMatter
    guide: Guide
    links: tuple[tuple[int, str], ...]


def facts_in(*folders: Path) -> frozenset[str]:
    """What a guide may name as a source: facts of factbooks, such as `PR-011`, and their files, such as `glossary`."""
    paths = [path for folder in folders for path in folder.glob("*.md")]
    facts = (_FACT.finditer(path.read_text(encoding="utf-8")) for path in paths)
    return frozenset(match["id"] for found in facts for match in found) | {path.stem for path in paths}


def proofread(
    paths: Sequence[Path], today: date, facts: Collection[str] | None = None
) -> tuple[list[Fault], int]:
    """The faults of guides in Markdown that belong together, by file and line, and how many were read.

    Args:
        paths: Files.
        today: The day from which the age of a check is counted.
        facts: Ids of the facts that a guide may name as its sources; None leaves sources unread.
    """
    faults: list[Fault] = []
    proofs: list[Proof] = []
    for path in paths:
        try:
            proofs.append(_proof(path))
        except GuideIndexError as error:
            faults.append(Fault(str(path), 1, "G101", str(error)))
    anchors = {each.guide.slug: _anchors(each.guide) for each in proofs}
    for proof in proofs:
        faults += _about(proof, today)
        faults += _unknown_facts(proof, facts)
        faults += _form(proof)
        faults += _lost_links(proof, anchors)
    return sorted(faults), len(proofs)


def _proof(path: Path) -> Proof:
    if path.suffix.lower() not in MARKDOWN_ENDINGS:
        raise GuideIndexError(f"{path} is no Markdown file; only guides in Markdown are proofread.")
    file = load_file(path)
    source = decode(file.data, path)
    front, skip = parse_front_matter(source, path)
    first = source.count("\n", 0, skip) + 1
    found = tuple((first + line, target) for line, target in links(source[skip:]))
    return Proof(path, front, parse_file(file), found)


def _about(proof: Proof, today: date) -> Iterator[Fault]:
    """What the front matter lacks or says wrongly."""
    path, front = str(proof.path), proof.front
    lacking = [name for name in _NEEDED if not getattr(front, name)]
    if lacking:
        yield Fault(path, 1, "G102", f"The front matter lacks {', '.join(lacking)}.")
    if front.slug and front.slug != proof.path.stem:
        yield Fault(path, 1, "G103", f"The slug {front.slug} is not the name of the file, {proof.path.stem}.")
    ending = proof.path.stem.rpartition(".")[2] if "." in proof.path.stem else ""
    if front.language and (front.language not in LANGUAGES or ending not in {"", front.language}):
        yield Fault(
            path, 1, "G104", f"The language {front.language} is unknown or not that of the file name."
        )
    if front.checked_on:
        yield from _age(path, front.checked_on, today)


def _age(path: str, checked_on: str, today: date) -> Iterator[Fault]:
    try:
        checked = date.fromisoformat(checked_on)
    except ValueError:
        yield Fault(path, 1, "G105", f"checked_on is {checked_on}; write a date such as 2026-01-31.")
        return
    if checked > today:
        yield Fault(path, 1, "G105", f"checked_on lies in the future: {checked_on}.")
    elif today - checked > FRESH:
        yield Fault(path, 1, "G106", f"The facts were last checked on {checked_on}; check them again.")


def _unknown_facts(proof: Proof, facts: Collection[str] | None) -> Iterator[Fault]:
    if facts is None:
        return
    twice = [name for name, count in Counter(proof.front.sources).items() if count > 1]
    unknown = [name for name in proof.front.sources if name not in facts]
    if unknown:
        yield Fault(str(proof.path), 1, "G107", f"The factbook holds no {', '.join(unknown)}.")
    if twice:
        yield Fault(str(proof.path), 1, "G108", f"Sources name {', '.join(twice)} more than once.")


def _form(proof: Proof) -> Iterator[Fault]:
    """Headings that stand twice or over nothing, and blocks that are too long."""
    path, guide = str(proof.path), proof.guide
    seen: dict[str, int] = {}
    blocks = guide.blocks
    for place, block in enumerate(blocks):
        words = guide.text[block.start : block.end]
        if block.kind is not BlockKind.HEADING:
            if len(words.split()) > LONGEST_BLOCK:
                message = f"This block has {len(words.split())} words; {LONGEST_BLOCK} fit into one passage."
                yield Fault(path, block.line, "G111", message)
            continue
        anchor = heading_anchor(words)
        if anchor in seen:
            yield Fault(path, block.line, "G109", f"The heading “{words}” stands in line {seen[anchor]} too.")
        seen.setdefault(anchor, block.line)
        after = blocks[place + 1] if place + 1 < len(blocks) else None
        if after is None or (after.kind is BlockKind.HEADING and after.level <= block.level):
            yield Fault(path, block.line, "G110", f"Nothing stands under the heading “{words}”.")


def _lost_links(proof: Proof, anchors: Mapping[str, Collection[str]]) -> Iterator[Fault]:
    for line, target in proof.links:
        kind, _, rest = target.partition(":")
        slug, _, anchor = rest.partition("#") if kind == "guide" else (proof.guide.slug, "", "")
        if target.startswith("#"):
            anchor = target[1:]
        if slug not in anchors or (anchor and anchor not in anchors[slug]):
            yield Fault(str(proof.path), line, "G112", f"The link {target} leads nowhere.")


def _anchors(guide: Guide) -> frozenset[str]:
    return frozenset(heading_anchor(part) for block in guide.blocks for part in block.headings)
