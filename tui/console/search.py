"""`hansa search`: passages with their scores."""

from __future__ import annotations

import json
import textwrap
from typing import TYPE_CHECKING

from tui.console.opening import open_index, open_services
from tui.language import _

if TYPE_CHECKING:
    from argparse import Namespace

    from index.model import Hit


def run(options: Namespace) -> int:
    """Print the best passages for a query."""
    index = open_index(open_services(options))
    hits = index.search(options.query, k=options.k)
    if options.json:
        print(json.dumps([_as_json(hit) for hit in hits], ensure_ascii=False))
        return 0
    if not hits:
        print(_("Nothing was found."))
    for hit in hits:
        print(_as_text(hit))
    return 0


def _as_json(hit: Hit) -> dict[str, object]:
    passage, scores = hit.passage, hit.scores
    return {
        "rank": hit.rank,
        "guide": passage.guide,
        "title": passage.title,
        "heading": passage.heading,
        "line": passage.line,
        "start": passage.start,
        "end": passage.end,
        "text": passage.text,
        "language": passage.language,
        "score": scores.fused,
        "dense": scores.dense,
        "keyword": scores.keyword,
    }


def _as_text(hit: Hit) -> str:
    passage = hit.passage
    head = f"{hit.rank:>2}  {hit.scores.fused:6.2f}  {passage.title}"
    if passage.heading:
        head += f" › {passage.heading}"
    body = textwrap.fill(
        " ".join(passage.text.split()),
        76,
        initial_indent="    ",
        subsequent_indent="    ",
        max_lines=4,
        placeholder=" …",
    )
    line = _("line {line}").format(line=passage.line)
    return f"{head}, {line}\n{body}\n"
