"""Inline tokens of the Markdown parser into running text."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Protocol

from .controls import neutralised
from .model import Span, Text

if TYPE_CHECKING:
    from collections.abc import Sequence


class Token(Protocol):
    """What is used of a token of the Markdown parser."""

    type: str
    tag: str
    content: str
    info: str
    meta: dict[Any, Any]
    map: list[int] | None
    level: int
    children: Any

    def attrGet(self, name: str) -> Any:  # noqa: ANN401, N802 - as the parser has it
        """The value of an attribute, None when it is not there."""


@dataclass(frozen=True, slots=True)
class _Look:
    strong: bool = False
    emphasis: bool = False
    strike: bool = False
    link: str | None = None
    code: bool = False

    def span(self, text: str, **more: Any) -> Span:  # noqa: ANN401 - fields of Span
        return Span(
            neutralised(text),
            strong=self.strong,
            emphasis=self.emphasis,
            code=self.code,
            strike=self.strike,
            link=self.link,
            **more,
        )


_LOOKS = {"strong": "strong", "em": "emphasis", "s": "strike"}
_BREAKS = frozenset({"<br>", "<br/>", "<br />"})


def running_text(tokens: Sequence[Token]) -> Text:
    """The spans of an inline token's children, neighbours of one look joined."""
    return _trimmed(_spans(tokens))


def is_comment(markup: str) -> bool:
    """Whether a piece of raw markup is a comment, which no reader shows."""
    return markup.startswith("<!--")


def is_break(markup: str) -> bool:
    """Whether a piece of raw markup is a line break, which is shown as one."""
    return markup.lower() in _BREAKS


def _spans(tokens: Sequence[Token]) -> list[Span]:
    runs = _Runs()
    look = _Look()
    depths = dict.fromkeys(_LOOKS, 0)
    for token in tokens:
        name, _, side = token.type.rpartition("_")
        if name in _LOOKS:
            depths[name] += 1 if side == "open" else -1
            look = replace(look, **{_LOOKS[name]: depths[name] > 0})  # type: ignore[arg-type]  # fields that are bool
        elif token.type == "link_open":
            look = replace(look, link=neutralised(str(token.attrGet("href") or "")))
        elif token.type == "link_close":
            look = replace(look, link=None)
        else:
            _leaf(runs, token, look)
    return runs.ended()


@dataclass(slots=True)
class _Runs:
    """Spans in the making: words that follow one another in one look become one span."""

    spans: list[Span] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    look: _Look = field(default_factory=_Look)
    """That of the words."""

    def say(self, words: str, look: _Look) -> None:
        """Go on with some words."""
        if words and look != self.look:
            self.ended()
            self.look = look
        self.words.append(words)

    def put(self, span: Span) -> None:
        """Go on with what is no words: a picture, a call of a footnote, a line break."""
        self.ended().append(span)

    def ended(self) -> list[Span]:
        """The spans up to here."""
        text = "".join(self.words)
        self.words.clear()
        if text:
            self.spans.append(self.look.span(text))
        return self.spans


def _leaf(runs: _Runs, token: Token, look: _Look) -> None:
    match token.type:
        case "code_inline":
            runs.say(token.content, replace(look, code=True))
        case "softbreak":
            runs.say(" ", look)
        case "image":
            source = neutralised(str(token.attrGet("src") or ""))
            runs.put(look.span(_alt(token.children or ()), image=source))
        case "footnote_ref":
            runs.put(look.span("", footnote=int(token.meta["id"]) + 1))
        case "html_inline" if is_comment(token.content):
            return
        case "hardbreak":
            runs.put(look.span("", line_break=True))
        case "html_inline" if is_break(token.content):
            runs.put(look.span("", line_break=True))
        case _:
            runs.say(token.content, look)


def _alt(tokens: Sequence[Token]) -> str:
    """Alternative text: the words of what stands between the brackets of an image."""
    return "".join(span.text or (" " if span.line_break else "") for span in _spans(tokens))


def _is_words(span: Span) -> bool:
    return span.image is None and span.footnote is None and not span.line_break


def _trimmed(spans: list[Span]) -> Text:
    """Without the space that a dropped comment leaves at the end, nor breaks there."""
    while spans and (spans[-1].line_break or (_is_words(spans[-1]) and not spans[-1].code)):
        text = spans[-1].text.rstrip(" ")
        if text:
            if text != spans[-1].text:
                spans[-1] = replace(spans[-1], text=text)
            break
        spans.pop()
    return tuple(spans)
