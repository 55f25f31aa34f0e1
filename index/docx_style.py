"""What the styles of a DOCX make of its paragraphs: headings, list items, quotes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from docx.oxml.ns import qn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docx.document import Document
    from lxml.etree import _Element

_HEADING = re.compile(r"heading (\d)")
_LIST = re.compile(r"list (?:bullet|number) (\d)")
_DEEPEST = 8
_LONGEST_CHAIN = 12
_PROPERTIES = qn("w:pPr")
_VALUE = qn("w:val")


@dataclass(frozen=True, slots=True)
class ParagraphLook:
    """How a paragraph is meant."""

    level: int = 0
    """Of a heading; 0 for others."""
    is_title: bool = False
    is_quote: bool = False
    list_id: str = ""
    """Names the list that it is an item of."""
    depth: int = 0
    """Of an item in its list, from 0."""
    numbered: bool = False


class Styles:
    """The styles and lists of one document."""

    def __init__(self, document: Document) -> None:
        self._styles: dict[str, _Element] = {
            style.get(qn("w:styleId"), ""): style
            for style in document.styles.element.iterchildren(qn("w:style"))
        }
        self._formats = _number_formats(document)

    def look(self, paragraph: _Element) -> ParagraphLook:
        """How a paragraph is meant, by itself and by the styles that it follows."""
        own = paragraph.find(_PROPERTIES)
        chain = list(self._chain(_value(own, "w:pStyle")))
        names = [_value(style, "w:name").casefold() for style in chain]
        properties = [own, *(style.find(_PROPERTIES) for style in chain)]
        if "title" in names:
            return ParagraphLook(level=1, is_title=True)
        level = _level(names, properties)
        if level:
            return ParagraphLook(level=level)
        list_id, depth = _list_place(properties)
        deeper = _LIST.fullmatch(names[0]) if names and list_id and not depth else None
        numbered = self._formats.get((list_id, depth), "bullet") not in {"bullet", "none"}
        quote = any(name in {"quote", "intense quote"} for name in names)
        return ParagraphLook(
            list_id=list_id, depth=int(deeper[1]) - 1 if deeper else depth, numbered=numbered, is_quote=quote
        )

    def _chain(self, style_id: str) -> Iterator[_Element]:
        """A style and those that it is based on."""
        for _ in range(_LONGEST_CHAIN):
            style = self._styles.get(style_id)
            if style is None:
                return
            yield style
            style_id = _value(style, "w:basedOn")


def bold(run: _Element) -> bool:
    """Whether a run is set in bold."""
    mark = run.find(f"{qn('w:rPr')}/{qn('w:b')}")
    return mark is not None and mark.get(_VALUE) not in {"0", "false", "off"}


def _level(names: list[str], properties: list[_Element | None]) -> int:
    for name in names:
        match = _HEADING.match(name)
        if match:
            return max(1, int(match[1]))
    for found in properties:
        said = _value(found, "w:outlineLvl")
        if said:
            return _number(said) + 1 if _number(said) < _DEEPEST else 0
    return 0


def _list_place(properties: list[_Element | None]) -> tuple[str, int]:
    """The list that a paragraph is in, empty for none, and how deep."""
    for found in properties:
        numbering = found.find(qn("w:numPr")) if found is not None else None
        if numbering is not None:
            list_id = _value(numbering, "w:numId")
            depth = min(_number(_value(numbering, "w:ilvl")), _DEEPEST)
            return ("", 0) if list_id in {"", "0"} else (list_id, depth)
    return "", 0


def _number_formats(document: Document) -> dict[tuple[str, int], str]:
    """How each level of each list is numbered."""
    try:
        numbering = document.part.numbering_part.element
    except (KeyError, NotImplementedError):
        return {}
    levels = {
        (abstract.get(qn("w:abstractNumId"), ""), _number(level.get(qn("w:ilvl"), ""))): _value(
            level, "w:numFmt"
        )
        for abstract in numbering.iterchildren(qn("w:abstractNum"))
        for level in abstract.iterchildren(qn("w:lvl"))
    }
    lists = {
        item.get(qn("w:numId"), ""): _value(item, "w:abstractNumId")
        for item in numbering.iterchildren(qn("w:num"))
    }
    return {
        (list_id, depth): style
        for list_id, abstract in lists.items()
        for (known, depth), style in levels.items()
        if known == abstract
    }


def _value(element: _Element | None, name: str) -> str:
    found = element.find(qn(name)) if element is not None else None
    return "" if found is None else str(found.get(_VALUE, ""))


def _number(said: str) -> int:
    return int(said) if said.isascii() and said.isdigit() and len(said) < 6 else 0
