"""Markdown into the tokens of markdown-it: GitHub's way with footnotes, within bounds, quick where text is plain."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from linkify_it import LinkifyIt
from markdown_it import MarkdownIt
from markdown_it.common.utils import MD_TRIM_CHARS
from mdit_py_plugins.footnote import footnote_plugin

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_core import StateCore

    from .inline import Token

MAX_NESTING = 60
MAX_TEXT = 10_000
"""Characters of a paragraph, heading or cell; a longer one is shown as written."""
MAX_BRACKETS = 50_000
"""Opening brackets in a file; each may cost 30 µs, so text after that many is shown as written."""

_MARKS = re.compile(r"[\n&*<\[\\_`~]")
"""One of these stands wherever a rule for running text applies, but for those of web addresses."""
_POINT_IN_WORD = re.compile(r"\.\w")


def read_tokens(text: str) -> tuple[Sequence[Token], list[dict[str, Any]]]:
    """The tokens of a text, and the footnotes that it calls, in the order of their numbers.

    An `inline` token without children is a text that stands for itself. One without `paragraph_open` before it is a
    paragraph. Text that is longer than is read has `unread` in its `meta`.
    """
    environment: dict[str, Any] = {}
    tokens = _parser().parse(text, environment)
    calls = environment.get("footnotes", {}).get("list", {})
    return tokens, [calls[number] for number in sorted(calls)]


@cache
def _parser() -> MarkdownIt:
    parser = _Parser("gfm-like2", {"maxNesting": MAX_NESTING})
    parser.use(footnote_plugin)
    parser.linkify = _Links()
    parser.core.ruler.at("inline", _inline)
    parser.block.ruler.before("table", "prose", _prose)
    return parser.disable(["footnote_tail", "text_join"])


class _Parser(MarkdownIt):
    def normalizeLink(self, url: str) -> str:  # noqa: N802 - a hook of the parser
        """Targets stay as the author wrote them."""
        return url


class _Links(LinkifyIt):  # type: ignore[misc]  # the library has no types
    """Web addresses in running text; text that can hold none is passed over (a third of the time of parsing)."""

    def pretest(self, text: str) -> bool:
        """Whether a text may hold an address."""
        return _may_hold_address(text) and bool(super().pretest(text))


def _may_hold_address(text: str) -> bool:
    """Each has an `@`, a `//`, a point within a word, or is `localhost`."""
    return bool(_POINT_IN_WORD.search(text) or "//" in text or "@" in text or "localhost" in text.lower())


def _prose(state: StateBlock, start: int, _end: int, _silent: bool) -> bool:  # noqa: FBT001 - the parser's way
    """A paragraph whose lines all begin with a letter, which no other rule can claim, as one token, not three."""
    if state.is_code_block(start):
        return False
    line = start
    while line < state.lineMax and not state.isEmpty(line):
        if not state.src[state.bMarks[line] + state.tShift[line]].isalpha():
            return False
        line += 1
    token = state.push("inline", "", 0)
    token.content = state.getLines(start, line, state.blkIndent, keepLastLF=False).strip(MD_TRIM_CHARS)
    token.map = [start, line]
    state.line = line
    return True


def _inline(state: StateCore) -> None:
    """Read running text, but for what holds no mark, as most does, and what is so long that it could take minutes."""
    brackets = 0
    for token in state.tokens:
        if token.type == "inline":
            token.children = []
            brackets += token.content.count("[")
            if len(token.content) > MAX_TEXT or brackets > MAX_BRACKETS:
                token.meta["unread"] = True
            elif _MARKS.search(token.content) or _may_hold_address(token.content):
                state.md.inline.parse(token.content, state.md, state.env, token.children)
