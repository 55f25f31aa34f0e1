"""An answer as Markdown, to take away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .clean import clean, clean_line
from .language import _

if TYPE_CHECKING:
    from assistant.model import Answer, Citation


def as_markdown(answer: Answer) -> str:
    """Question, answer and sources, with the words that were quoted."""
    parts = [f"**{clean_line(answer.question)}**", clean(answer.answer)]
    if answer.model:
        parts.append(_("Worded by {model}, each sentence checked.").format(model=clean_line(answer.model)))
    if answer.citations:
        parts.append("\n".join(_source(citation) for citation in answer.citations))
    elif answer.nearest:
        parts.append(_("Nearest in the guides:"))
        parts.append("\n".join(_source(citation) for citation in answer.nearest))
    return "\n\n".join(parts) + "\n"


def _source(citation: Citation) -> str:
    place = " › ".join(part for part in (clean_line(citation.title), clean_line(citation.heading)) if part)
    quote = clean_line(citation.quote)
    line = _("line {line}").format(line=citation.line)
    return f"{citation.n}. {place}, {line}: “{quote}”"
