"""Markdown into blocks with line numbers.

Nothing that a reader could see is lost: raw markup and what is nested too deep become `Raw`.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from .comments import comments
from .controls import neutralised
from .forms import LANGUAGE, FormFault, read_form
from .inline import Token, is_break, is_comment, running_text
from .model import (
    Block,
    Callout,
    CalloutKind,
    Code,
    Footnote,
    FormBlock,
    Heading,
    Image,
    ListBlock,
    ListItem,
    Paragraph,
    Quote,
    Raw,
    Rule,
    Span,
    Table,
    Text,
)
from .slugs import Slugs, heading_words
from .tokens import MAX_NESTING, read_tokens

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_INNERMOST_SECTION = 3
_ALIGN = re.compile(r"text-align:(\w+)")


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment that stands by itself at the outermost level; it may open a question."""

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Document:
    """A text as blocks, with what questions and checks need beside them."""

    blocks: tuple[Block | Comment, ...]
    footnotes: Mapping[int, Footnote]
    """Texts of the footnotes that are called, by number."""
    sources: Mapping[int, str]
    """Markdown of each paragraph, by the line it begins on."""
    markup: tuple[tuple[int, str], ...]
    """Lines with raw markup inside running text."""
    inner_comments: tuple[Comment, ...]
    """Comments by themselves inside lists and quotes."""
    unread: tuple[int, ...] = ()
    """Lines of running text that is too long to be read as Markdown."""


def read_markdown(text: str, anchors: Mapping[int, str] | None = None) -> Document:
    """The blocks of a text whose front matter is blanked; `anchors` are slugs already given to lines."""
    reader = _Reader(text, dict(anchors or {}))
    return reader.document()


@dataclass
class _Reader:
    """Walks the flat tokens of one text."""

    text: str
    anchors: dict[int, str]
    tokens: Sequence[Token] = ()
    at: int = 0
    depth: int = 0
    sources: dict[int, str] = field(default_factory=dict)
    markup: list[tuple[int, str]] = field(default_factory=list)
    inner_comments: list[Comment] = field(default_factory=list)
    unread: list[int] = field(default_factory=list)
    notes: dict[str, Footnote] = field(default_factory=dict)

    def document(self) -> Document:
        """Everything that the text holds."""
        self.tokens, self.called = read_tokens(self.text)
        self.numbers = {call.get("label"): number for number, call in enumerate(self.called, 1)}
        self.is_deep = any(token.level >= MAX_NESTING - 1 for token in self.tokens)
        self.slugs = Slugs(*self.anchors.values())
        blocks = tuple(self._blocks(""))
        notes = dict(self._footnotes())
        return Document(
            blocks, notes, self.sources, tuple(self.markup), tuple(self.inner_comments), tuple(self.unread)
        )

    def _blocks(self, end: str) -> Iterator[Block | Comment]:
        """Blocks up to the token that closes what holds them, that token taken too."""
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            if token.type == end:
                self.at += 1
                return
            yield from self._too_deep(token) or self._block(token)

    def _too_deep(self, token: Token) -> tuple[Raw, ...]:
        """A block at the outermost level that holds more levels than are parsed, as written."""
        if not self.is_deep or self.depth or token.map is None:
            return ()
        end = self.at + 1
        while end < len(self.tokens) and self.tokens[end].level > 0:
            end += 1
        if all(inner.level < MAX_NESTING - 1 for inner in self.tokens[self.at : end]):
            return ()
        self.at = end + 1
        lines = self.text.split("\n")[token.map[0] : token.map[1]]
        return (Raw("\n".join(lines), token.map[0] + 1),)

    def _block(self, token: Token) -> Iterator[Block | Comment]:  # noqa: C901 - one case a kind
        self.at += 1
        line = (token.map or [0])[0] + 1
        match token.type:
            case "inline":
                yield from self._paragraph(token, line)
            case "heading_open":
                yield self._heading(token, line)
            case "fence" | "code_block":
                yield _fence(neutralised(token.content), neutralised(token.info).strip(), line)
            case "bullet_list_open" | "ordered_list_open":
                yield self._list(token, line)
            case "blockquote_open":
                yield Quote(self._inner("blockquote_close"), line)
            case "alert_open":
                yield self._alert(token, line)
            case "table_open":
                yield self._table(line)
            case "html_block":
                yield from self._html(token.content, line)
            case "hr":
                yield Rule(line)
            case "footnote_reference_open":
                yield from self._note(token, line)
            case _:  # the beginning and the end of a paragraph
                return

    def _inner(self, end: str) -> tuple[Block, ...]:
        """The blocks inside a container; comments in there are set aside."""
        self.depth += 1
        found = tuple(self._blocks(end))
        self.depth -= 1
        self.inner_comments.extend(block for block in found if isinstance(block, Comment))
        return tuple(block for block in found if not isinstance(block, Comment))

    def _text(self, token: Token) -> tuple[Text, str]:
        """The running text that a token holds, and its Markdown."""
        source = neutralised(token.content)
        line = (token.map or [0])[0] + 1
        if "unread" in token.meta:
            self.unread.append(line)
        if not token.children:
            return ((Span(source),) if source else ()), source
        for child in token.children:
            if child.type == "html_inline" and not is_comment(child.content) and not is_break(child.content):
                self.markup.append((line, neutralised(child.content)))
        return running_text(token.children), source

    def _paragraph(self, token: Token, line: int) -> Iterator[Block]:
        text, source = self._text(token)
        self.sources.setdefault(line, source)
        if len(text) == 1 and text[0].image is not None and text[0].link is None:
            image = next(child for child in token.children if child.type == "image")
            title = neutralised(str(image.attrGet("title") or ""))
            yield Image(text[0].text, text[0].image, title, line)
        elif text:
            yield Paragraph(text, line)

    def _heading(self, token: Token, line: int) -> Heading:
        text, source = self._text(self.tokens[self.at])
        self.at += 2
        own = self.anchors.get(line) if self.depth == 0 else None
        slug = own or self.slugs.take(heading_words(source))
        return Heading(text, max(_INNERMOST_SECTION, int(token.tag[1])), slug, line)

    def _list(self, token: Token, line: int) -> ListBlock:
        ordered = token.type.startswith("ordered")
        items: list[ListItem] = []
        while self.tokens[self.at].type == "list_item_open":
            item = self.tokens[self.at]
            self.at += 1
            own = (item.map or [line - 1])[0] + 1
            items.append(ListItem(self._inner("list_item_close"), own, item.meta.get("checked")))
        self.at += 1
        start = token.attrGet("start")
        return ListBlock(tuple(items), line, ordered=ordered, start=1 if start is None else int(start))

    def _alert(self, token: Token, line: int) -> Callout:
        while self.tokens[self.at].type != "alert_title_close":
            self.at += 1
        self.at += 1
        return Callout(CalloutKind(str(token.meta["kind"]).lower()), self._inner("alert_close"), line)

    def _table(self, line: int) -> Table:
        rows: list[tuple[Text, ...]] = []
        align: list[str] = []
        cells: list[Text] = []
        while (token := self.tokens[self.at]).type != "table_close":
            self.at += 1
            if token.type in {"th_open", "td_open"}:
                if not rows:
                    style = _ALIGN.search(str(token.attrGet("style") or ""))
                    align.append(style[1] if style else "")
                cells.append(self._text(self.tokens[self.at])[0])
                self.at += 1
            elif token.type == "tr_close":
                rows.append(tuple(cells))
                cells = []
        self.at += 1
        return Table(rows[0], tuple(rows[1:]), tuple(align), line)

    def _html(self, content: str, line: int) -> Iterator[Block | Comment]:
        """Comments each by itself; anything between them as written."""
        end = 0
        for start, after in comments(content):
            yield from _raw(content, end, start, line)
            yield Comment(content[start + 4 : after - 3].strip(), line + content.count("\n", 0, start))
            end = after
        yield from _raw(content, end, len(content), line)

    def _note(self, token: Token, line: int) -> Iterator[Block]:
        """Set the text of a footnote aside; one that nothing calls stays where it stands."""
        label = str(token.meta["label"])
        blocks = self._inner("footnote_reference_close")
        number = self.numbers.get(label)
        if number is None or label in self.notes:
            yield from blocks
        else:
            self.notes[label] = Footnote(number, blocks, line)

    def _footnotes(self) -> Iterator[tuple[int, Footnote]]:
        for number, call in enumerate(self.called, 1):
            note = self.notes.get(str(call.get("label")))
            if note is not None:
                yield number, note
            elif "tokens" in call:
                yield number, Footnote(number, (Paragraph(running_text(call["tokens"]), 1),), 1)


def _fence(content: str, info: str, line: int) -> Block:
    """A form, or code; a form that cannot be read is shown as code, and the checker tells why."""
    language = info.split(" ", maxsplit=1)[0]
    if language == LANGUAGE:
        with suppress(FormFault):
            return FormBlock(read_form(info, content), line)
    return Code(content, language, line)


def _raw(content: str, start: int, end: int, line: int) -> Iterator[Raw]:
    piece = content[start:end]
    if piece.strip():
        first = start + len(piece) - len(piece.lstrip())
        yield Raw(neutralised(piece.strip()), line + content.count("\n", 0, first))
