"""Sentences of a guide, with the place of each in its text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .marks import bullet_length
from .model import Block, BlockKind, Guide, Sentence
from .months import opens_with_month

if TYPE_CHECKING:
    from collections.abc import Iterator

_END = re.compile(
    r"(?<![.!?…])[.!?…]++(?:[\"'»”’)\]]|\s»){0,8}"  # a mark, and what closes after it
    r"\s++(?=(?:[\"'«»“„”‘’(\[¿¡]+\s?)?[^\W_])"  # a blank, and what may open before the next word
)
_TOKEN_BEFORE = re.compile(r"[^\s(\[\"'“„«]*$")
_OPENING = "\"'«»“„”‘’([¿¡"
_ONE_SENTENCE = frozenset({BlockKind.LABEL, BlockKind.TABLE_ROW, BlockKind.CODE})
_LONGEST_DAY = 2
_LONGEST_TOKEN = 60

_WITH_FULL_STOP = (
    "e.g i.e no nos art arts dr prof mr mrs ms st vs approx fig figs vol pp p al ed eds cf incl resp dept"
    " univ inc ltd co jr sr para sec ch eq ref"
    " bl.a f.eks ca dvs nr kl kap stk jf pkt s hhv inkl ekskl evt mht iht"
    " z.b d.h u.a bzw evtl ggf abs bspw sog vgl str z.t i.d.r u.u v.a mind max min"
    " np tzw m.in tj ul inż hab mgr mln mld tys godz zob por pl woj"
    " p.ej ej sra dña d pág págs núm aprox tel av avda"
    " t.ex d.v.s s.k fr.o.m t.o.m c:a"
    " p.ex m mm mme mlle env chap éd"
    " es dott sig ing pag n cfr ecc"
    " bijv o.a d.w.z m.b.t i.p.v enz drs ir mw dhr"
    " tzv např čl odst napr t.j"
    " jan feb apr jun jul aug sept sep oct okt nov dec"
)
_ABBREVIATIONS = frozenset(_WITH_FULL_STOP.split())


def sentences(guide: Guide, start: int = 0, end: int | None = None) -> tuple[Sentence, ...]:
    """The sentences of a guide that begin within a span of its text; headings are left out."""
    last = len(guide.text) if end is None else end
    return tuple(
        sentence
        for block in guide.blocks
        if block.end > start and block.start < last and block.kind is not BlockKind.HEADING
        for sentence in block_sentences(guide.text, block)
        if start <= sentence.start < last or sentence.start < start < sentence.end
    )


def block_sentences(text: str, block: Block) -> Iterator[Sentence]:
    """The sentences of one block of a guide's text; a bullet is part of none."""
    for start, end in sentence_spans(text, block):
        first = start
        if block.kind is BlockKind.LIST_ITEM and start == block.start:
            first += bullet_length(text[start:end])
        yield Sentence(first, end, text[first:end], block.kind, block.headings, block.line, block.page)


def sentence_spans(text: str, block: Block) -> Iterator[tuple[int, int]]:
    """Where the sentences of one block begin and end, from its first character to its last."""
    start = block.start
    if block.kind not in _ONE_SENTENCE:
        begin = start + (bullet_length(text[start : block.end]) if block.kind is BlockKind.LIST_ITEM else 0)
        for match in _END.finditer(text, begin, block.end):
            if _ends_sentence(text, start, match):
                yield start, match.start() + len(match.group().rstrip())
                start = match.end()
    if start < block.end:
        yield start, block.end


def _ends_sentence(text: str, start: int, match: re.Match[str]) -> bool:
    """Whether a full stop, question or exclamation mark ends its sentence."""
    following = text[match.end() : match.end() + 40].lstrip(_OPENING + " \xa0")
    if following[:1].islower():
        return False
    if match.group()[0] != "." or match.group().startswith(".."):
        return True
    before = _TOKEN_BEFORE.search(text, max(start, match.start() - _LONGEST_TOKEN), match.start())
    token = before.group() if before else ""
    if token.casefold() in _ABBREVIATIONS or _is_initial(token):
        return False
    return not (token.isdigit() and len(token) <= _LONGEST_DAY and opens_with_month(following))


def _is_initial(token: str) -> bool:
    return (len(token) == 1 and token.isalpha()) or (token[-1:].isupper() and token[-2:-1] == ".")
