"""Guides, cut into passages along their structure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING

from .language import language_of_passage
from .model import Block, BlockKind, Guide, Passage
from .sentences import sentence_spans

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LEAST_WORDS = 150
"""A passage of this many words is long enough to close."""
MOST_WORDS = 220
"""No passage has more words."""


@dataclass(frozen=True, slots=True)
class _Atom:
    """A stretch that is never cut: a block, a sentence of a long block, a run of a long sentence."""

    block: Block
    start: int
    end: int
    words: int
    list_words: int = 0
    """Words of the list that it leads to, itself included; 0 if it leads to none."""


def split(guide: Guide) -> tuple[Passage, ...]:
    """The passages of a guide, in order; their ids are 0 until they are stored."""
    groups = (pack for section in _sections(guide.blocks) for pack in _pack(_atoms(guide.text, section)))
    return tuple(_passage(guide, atoms, position) for position, atoms in enumerate(groups))


def _sections(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """Runs of blocks without a heading between them, all below the path of the first."""
    run: list[Block] = []
    for block in blocks:
        heads = block.kind is BlockKind.HEADING
        if run and (heads or block.headings[: len(run[0].headings)] != run[0].headings):
            yield run
            run = []
        if not heads:
            run.append(block)
    if run:
        yield run


def _atoms(text: str, blocks: Sequence[Block]) -> list[_Atom]:
    atoms: list[_Atom] = []
    for place, block in enumerate(blocks):
        atoms += [_Atom(block, *piece) for piece in _pieces(text, block)]
        below = _words_below(text, blocks, place)
        if below:
            atoms[-1] = replace(atoms[-1], list_words=atoms[-1].words + below)
    return atoms


def _words_below(text: str, blocks: Sequence[Block], place: int) -> int:
    """Words of the list that a block leads to; of one too long for a passage, just more than fit in."""
    words, depth = 0, len(blocks[place].headings)
    while words <= MOST_WORDS and (place := place + 1) < len(blocks) and len(blocks[place].headings) > depth:
        words += _count(text, blocks[place].start, blocks[place].end)
    return words


def _count(text: str, start: int, end: int) -> int:
    return len(text[start:end].split())


def _pieces(text: str, block: Block) -> Iterator[tuple[int, int, int]]:
    """Start, end and words of each stretch of a block that is not cut."""
    words = _count(text, block.start, block.end)
    if words <= MOST_WORDS:
        yield block.start, block.end, words
        return
    for sentence in sentence_spans(text, block):
        for start, end in _runs(text, *sentence):
            yield start, end, _count(text, start, end)


def _runs(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A sentence in runs of words that fit into a passage."""
    bounds, place = [start], start
    for count, word in enumerate(text[start:end].split()):
        place = text.index(word, place)
        if count and count % LEAST_WORDS == 0:
            bounds.append(place)
        place += len(word)
    for first, after in pairwise([*bounds, end]):
        yield first, first + len(text[first:after].rstrip())


def _pack(atoms: Sequence[_Atom]) -> list[list[_Atom]]:
    """Atoms in packs of about equal size, none above the limit and none much below the others."""
    if len(atoms) == 1:
        return [list(atoms)]
    total = sum(atom.words for atom in atoms)
    fewest = max(1, -(-total // MOST_WORDS))
    tries = [_filled(atoms, total / count) for count in (fewest, fewest + 1)]
    even = [packs for packs in tries if _words(packs[-1]) * 2 >= LEAST_WORDS]
    return (even or tries)[0]


def _words(pack: Sequence[_Atom]) -> int:
    return sum(atom.words for atom in pack)


def _filled(atoms: Sequence[_Atom], aim: float) -> list[list[_Atom]]:
    """Packs filled one after the other, as near to the aim as can be; a line goes with its list."""
    packs: list[list[_Atom]] = [[]]
    for atom in atoms:
        pack, words = packs[-1], _words(packs[-1])
        whole_list = pack[0].list_words if pack and pack[0].list_words <= MOST_WORDS else 0
        if pack and (words + atom.words > MOST_WORDS or words + atom.words / 2 > max(aim, whole_list)):
            carries = pack[-1].list_words and len(pack) > 1 and pack[-1].words + atom.words <= MOST_WORDS
            packs.append([pack.pop()] if carries else [])
        elif words * 2 >= LEAST_WORDS and words + atom.list_words > MOST_WORDS >= atom.list_words:
            packs.append([])
        packs[-1].append(atom)
    return packs


def _shared(path: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    if path == other:
        return path
    alike = takewhile(lambda pair: pair[0] == pair[1], zip(path, other, strict=False))
    return tuple(heading for heading, _ in alike)


def _passage(guide: Guide, atoms: Sequence[_Atom], position: int) -> Passage:
    first, last = atoms[0], atoms[-1]
    headings = _shared(first.block.headings, last.block.headings)
    text = guide.text[first.start : last.end]
    return Passage(
        id=0,
        guide=guide.slug,
        title=guide.title,
        headings=headings,
        start=first.start,
        end=last.end,
        text=text,
        language=language_of_passage(text, guide.language),
        line=first.block.line + guide.text.count("\n", first.block.start, first.start),
        position=position,
        page=first.block.page,
    )
