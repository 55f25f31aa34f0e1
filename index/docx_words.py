"""The words of a paragraph in a DOCX, and its footnotes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml

from .source import clean

if TYPE_CHECKING:
    from docx.document import Document
    from lxml.etree import _Element

_TEXT, _PARAGRAPH = qn("w:t"), qn("w:p")
_SIGNS = {
    qn("w:tab"): " ",
    qn("w:ptab"): " ",
    qn("w:br"): "\n",
    qn("w:cr"): "\n",
    qn("w:noBreakHyphen"): "-",
}
_PASSED_OVER = frozenset(
    {
        qn("w:pPr"),
        qn("w:del"),
        qn("w:moveFrom"),
        qn("w:rubyPr"),
        qn("w:rt"),
        "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
    }
)
_NOTE, _NOTE_ID, _KIND = qn("w:footnoteReference"), qn("w:id"), qn("w:type")


def paragraph_words(paragraph: _Element) -> tuple[str, list[str]]:
    """What a paragraph says, text boxes in it included, and the ids of its footnotes."""
    parts: list[str] = []
    notes: list[str] = []
    waiting = [paragraph]
    while waiting:
        element = waiting.pop()
        if element.tag == _TEXT:
            parts.append(element.text or "")
        elif element.tag in _SIGNS:
            parts.append(_SIGNS[element.tag])
        elif element.tag == _NOTE:
            notes.append(element.get(_NOTE_ID, ""))
        elif element.tag not in _PASSED_OVER:
            if element.tag == _PARAGRAPH and element is not paragraph:
                parts.append(" ")
            waiting += list(element)[::-1]
    return clean("".join(parts)), notes


def footnotes(document: Document) -> dict[str, str]:
    """The words of each footnote by its id."""
    part = next(
        (
            link.target_part
            for link in document.part.rels.values()
            if link.reltype == RELATIONSHIP_TYPE.FOOTNOTES
        ),
        None,
    )
    if part is None:
        return {}
    found = {}
    for note in parse_xml(part.blob).iterchildren(qn("w:footnote")):
        if note.get(_KIND) in {None, "normal"}:
            words = [paragraph_words(paragraph)[0] for paragraph in note.iterdescendants(_PARAGRAPH)]
            found[note.get(_NOTE_ID, "")] = " ".join(words)
    return found
