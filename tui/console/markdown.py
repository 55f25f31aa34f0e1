"""Blocks and questions as Markdown again: for print-outs that other programs set."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from course.model import (
    Block,
    Callout,
    Choice,
    Classify,
    Cloze,
    Code,
    Footnote,
    FormBlock,
    Gap,
    Heading,
    Image,
    Likert,
    ListBlock,
    Matching,
    Numeric,
    Open,
    Ordering,
    Paragraph,
    Practice,
    Quote,
    Raw,
    Rule,
    ShortText,
    Span,
    Table,
    Text,
)
from tui.console.plain import letter
from tui.mark_words import wanted_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from course.model import Item

_SIGNS = re.compile(r"([\\`*_\[\]<>~|])")
_OPENING = re.compile(r"^(\s*\d*)([#>+.)-])(?=#*(?:\s|$))")
_LINE = r"\_" * 30


def markdown_lines(blocks: Iterable[Block], indent: str = "") -> Iterator[str]:
    """The blocks as lines of Markdown, a blank line after each; questions are left out."""
    for block in blocks:
        if not isinstance(block, Practice):
            yield from (
                f"{indent}{line}".rstrip() if not isinstance(block, Code | FormBlock) else f"{indent}{line}"
                for line in _lines(block)
            )
            yield indent.rstrip()


def question_markdown(item: Item, order: Sequence[int]) -> Iterator[str]:
    """What is asked and what there is to choose from, with room to answer; nothing tells what is right."""
    if item.frame.case is not None:
        yield from markdown_lines(item.frame.case.blocks)
    if item.frame.prompt:
        yield from (f"**{_words(item.frame.prompt)}**", "")
    yield from markdown_lines(item.frame.body)
    yield from (f"*{wanted_words(item)}.*", "")
    yield from _entries(item, order)
    yield ""


def _entries(item: Item, order: Sequence[int]) -> Iterator[str]:
    match item:
        case Choice(options=options):
            shown = (options[own].text for own in order)
            yield from (f"- [ ] {letter(place)}. {_words(text)}" for place, text in enumerate(shown))
        case Matching(pairs=pairs, choices=choices):
            yield from _numbered([pair.left for pair in pairs], room=True)
            yield ""
            yield from _lettered([choices[own] for own in order])
        case Classify(cards=cards, groups=groups):
            yield from _numbered([cards[own].left for own in order], room=True)
            yield ""
            yield from _lettered(groups)
        case Ordering(steps=steps):
            yield from _numbered([steps[own].text for own in order])
        case Cloze():
            yield from _gapped(item)
        case Likert(statements=statements, steps=steps):
            scale = "  ".join(map(str, steps))
            yield from (f"- {_words(statement.text)}  {scale}" for statement in statements)
        case ShortText() | Numeric() | Open():
            yield _LINE


def _numbered(texts: Sequence[Text], *, room: bool = False) -> Iterator[str]:
    yield from (f"{place}. {_words(text)}{' ____' if room else ''}" for place, text in enumerate(texts, 1))


def _lettered(texts: Sequence[Text]) -> Iterator[str]:
    yield from (f"- {letter(place)}. {_words(text)}" for place, text in enumerate(texts))


def _gapped(item: Cloze) -> Iterator[str]:
    menus: list[str] = []
    number = 0
    for row in item.paragraphs:
        parts: list[str] = []
        for part in row:
            if isinstance(part, Gap):
                number += 1
                parts.append(f"({number}) \\_\\_\\_\\_\\_\\_\\_\\_")
                if part.menu:
                    menus.append(f"- ({number}) {' / '.join(map(_escaped, part.menu))}")
            else:
                parts.append(_words(part))
        yield from ("".join(parts), "")
    yield from menus


def _lines(block: Block) -> Iterator[str]:  # noqa: C901 - one case for each block
    match block:
        case Paragraph(text=text):
            yield from _words(text).split("\n")
        case Heading(text=text, level=level):
            yield f"{'#' * level} {_words(text)}"
        case Code(text=text, language=language):
            fence = "`" * max(3, *(len(run) + 1 for run in re.findall(r"`+", text) or [""]))
            yield from (f"{fence}{language}", *text.rstrip("\n").split("\n"), fence)
        case FormBlock(form=form):
            yield from (f"```form {form.id}", *form.lines(), "```")
        case ListBlock():
            yield from _list(block)
        case Quote(blocks=inner):
            yield from _quoted(inner)
        case Callout(kind=kind, blocks=inner):
            yield f"> [!{kind.value.upper()}]"
            yield from _quoted(inner)
        case Table():
            yield from _table(block)
        case Image(alt=alt, source=source):
            yield f"![{_escaped(alt)}](<{source}>)"
        case Footnote(number=number, blocks=inner):
            inside = list(markdown_lines(inner, "    "))
            yield f"[^{number}]: {inside[0].strip() if inside else ''}"
            yield from inside[1:-1]
        case Raw(text=text):
            yield from ("```", *text.rstrip("\n").split("\n"), "```")
        case Rule():
            yield "---"


def _list(block: ListBlock) -> Iterator[str]:
    for count, item in enumerate(block.items, block.start):
        mark = f"{count}. " if block.ordered else "- "
        box = "" if item.ticked is None else "[ ] "
        inside = list(markdown_lines(item.blocks, " " * len(mark)))[:-1]
        yield f"{mark}{box}{inside[0].strip() if inside else ''}"
        yield from inside[1:]


def _quoted(blocks: Iterable[Block]) -> Iterator[str]:
    lines = list(markdown_lines(blocks))[:-1]
    yield from (f"> {line}".rstrip() for line in lines)


def _table(block: Table) -> Iterator[str]:
    rules = {"left": ":--", "right": "--:", "center": ":-:"}
    yield _row(block.header)
    yield "| " + " | ".join(rules.get(align, "---") for align in block.align) + " |"
    yield from map(_row, block.rows)


def _row(cells: Iterable[Text]) -> str:
    return "| " + " | ".join(_words(cell).replace("\n", "<br>") for cell in cells) + " |"


def _words(text: Text) -> str:
    """Running text with its looks."""
    return _OPENING.sub(r"\1\\\2", "".join(map(_span, text)))


def _span(span: Span) -> str:
    if span.line_break:
        return "  \n"
    if span.footnote is not None:
        return f"[^{span.footnote}]"
    if span.image is not None:
        return f"![{_escaped(span.text)}](<{span.image}>)"
    words = _code(span.text) if span.code else _escaped(span.text)
    looks = [("**", span.strong), ("*", span.emphasis), ("~~", span.strike)]
    for sign, has in looks:
        words = _marked(words, sign) if has else words
    return f"[{words}](<{span.link}>)" if span.link is not None else words


def _marked(words: str, sign: str) -> str:
    """Words between two signs, spaces outside, as Markdown wants it."""
    inner = words.strip()
    if not inner:
        return words
    start = words.index(inner)
    return f"{words[:start]}{sign}{inner}{sign}{words[start + len(inner) :]}"


def _code(text: str) -> str:
    ticks = "`" * (max((len(run) for run in re.findall(r"`+", text)), default=0) + 1)
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{ticks}{pad}{text}{pad}{ticks}"


def _escaped(text: str) -> str:
    return _SIGNS.sub(r"\\\1", text)
