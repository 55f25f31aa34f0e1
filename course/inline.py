"""Inline tokens of the Markdown parser into running text."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Protocol

from .controls import neutralised
from .model import Span, Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


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
    strong: int = 0
    emphasis: int = 0
    strike: int = 0
    link: str | None = None

    def span(self, text: str, **more: Any) -> Span:  # noqa: ANN401 - fields of Span
        return Span(
            text,
            strong=self.strong > 0,
            emphasis=self.emphasis > 0,
            strike=self.strike > 0,
            link=self.link,
            **more,
        )


_LOOKS = {"strong": "strong", "em": "emphasis", "s": "strike"}
_BREAKS = frozenset({"<br>", "<br/>", "<br />"})


def running_text(tokens: Sequence[Token]) -> Text:
    """The spans of an inline token's children, neighbours of one look joined."""
    return _trimmed(_joined(_spans(tokens)))


def is_comment(markup: str) -> bool:
    """Whether a piece of raw markup is a comment, which no reader shows."""
    return markup.startswith("<!--")


def is_break(markup: str) -> bool:
    """Whether a piece of raw markup is a line break, which is shown as one."""
    return markup.lower() in _BREAKS


def _spans(tokens: Sequence[Token]) -> Iterable[Span]:
    look = _Look()
    for token in tokens:
        name, _, side = token.type.rpartition("_")
        if name in _LOOKS and side in {"open", "close"}:
            field = _LOOKS[name]
            look = replace(look, **{field: getattr(look, field) + (1 if side == "open" else -1)})
        elif token.type == "link_open":
            look = replace(look, link=neutralised(str(token.attrGet("href") or "")))
        elif token.type == "link_close":
            look = replace(look, link=None)
        else:
            yield from _leaf(token, look)


def _leaf(token: Token, look: _Look) -> Iterable[Span]:
    content = neutralised(token.content)
    match token.type:
        case "code_inline":
            yield look.span(content, code=True)
        case "softbreak":
            yield look.span(" ")
        case "hardbreak":
            yield look.span("", line_break=True)
        case "image":
            source = neutralised(str(token.attrGet("src") or ""))
            yield look.span(_alt(token.children or ()), image=source)
        case "footnote_ref":
            yield look.span("", footnote=int(token.meta["id"]) + 1)
        case "html_inline" if is_comment(content):
            return
        case "html_inline" if is_break(content):
            yield look.span("", line_break=True)
        case _:
            if content:
                yield look.span(content)


def _alt(tokens: Sequence[Token]) -> str:
    """Alternative text: the words of what stands between the brackets of an image."""
    return "".join(span.text or (" " if span.line_break else "") for span in _spans(tokens))


def _joined(spans: Iterable[Span]) -> list[Span]:
    joined: list[Span] = []
    texts: list[str] = []
    for span in spans:
        if joined and span.text and _continues(joined[-1], span):
            texts.append(span.text)
            continue
        _end_run(joined, texts)
        joined.append(span)
        texts = [span.text]
    _end_run(joined, texts)
    return joined


def _end_run(joined: list[Span], texts: Sequence[str]) -> None:
    if len(texts) > 1:
        joined[-1] = replace(joined[-1], text="".join(texts))


def _continues(last: Span, span: Span) -> bool:
    """Whether two runs of words have one look."""
    return (
        (last.strong, last.emphasis, last.code, last.strike, last.link)
        == (span.strong, span.emphasis, span.code, span.strike, span.link)
        and _is_words(last)
        and _is_words(span)
    )


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
