"""How long a lesson of 2,000 lines takes to parse, and what hostile texts cost.

usage: python tests/benchmarks/lessons.py [LINES]

The lesson is made of the shipped ones, one after another, with ids of their own. Times are of the processor, in
milliseconds: the least, the median and the 95th percentile of 40 rounds. The bare parser, which builds no blocks, reads
the same text in the same rounds, so that a busy machine shows. The limit is 60 ms for 2,000 lines.

    HANSA_EXAMPLES=10000 pytest tests/test_course_markdown.py -k random_documents

reads 10,000 random documents and compares their words with those of the rendered HTML.
"""

from __future__ import annotations

import itertools
import re
import sys
from pathlib import Path
from statistics import median, quantiles
from time import process_time
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin

from course.catalog import shipped_modules
from course.parse import parse_lesson

if TYPE_CHECKING:
    from collections.abc import Callable

ROUNDS = 40
LIMIT = 60.0
HOSTILE = {
    "100,000 nested quotes": "> " * 100_000 + "x",
    "200,000 brackets": "[" * 200_000,
    "brackets in 200 paragraphs": ("[" * 9_000 + "\n\n") * 200,
    "50,000 comments never closed": "<!--" * 50_000,
    "a line of 1.9 MB": "word " * 380_000,
}


def long_lesson(lines: int) -> str:
    """The shipped lessons as one, cut to a number of lines."""
    sources = [path.read_text(encoding="utf-8") for path in sorted(shipped_modules().rglob("[0-9]*-*.md"))]
    bodies = [source.split("---\n", 2)[2].split("\n") for source in sources]
    body = list(itertools.islice(itertools.cycle(itertools.chain.from_iterable(bodies)), lines - 3))
    numbers = itertools.count()
    text = re.sub(r"<!-- q id=", lambda _: f"<!-- q id=n{next(numbers)}-", "\n".join(body))
    return f"---\ntitle: Long\n---\n{text}"


def timed(work: Callable[[], object]) -> float:
    """Milliseconds of the processor that some work takes."""
    begun = process_time()
    work()
    return (process_time() - begun) * 1000


def main() -> None:
    """Print the figures."""
    lines = int(sys.argv[1]) if len(sys.argv) > 1 else 2_000
    text = long_lesson(lines)
    path = Path("01-long.md")
    bare = MarkdownIt("gfm-like2").use(footnote_plugin)
    lesson = parse_lesson(path, "m", text)
    print(f"{text.count(chr(10)) + 1} lines, {len(text):,} characters, {len(lesson.items)} questions")
    ours, theirs = [], []
    for _ in range(ROUNDS):
        ours.append(timed(lambda: parse_lesson(path, "m", text)))
        theirs.append(timed(lambda: bare.parse(text)))
    for name, times in (("lesson", ours), ("bare parser", theirs)):
        print(f"{name:12} {min(times):6.1f} {median(times):6.1f} {quantiles(times, n=20)[-1]:6.1f} ms")
    print(f"limit        {LIMIT * lines / 2_000:6.1f} ms")
    for name, source in HOSTILE.items():
        print(f"{name:30} {timed(lambda source=source: parse_lesson(path, 'm', source_of(source))):8.0f} ms")


def source_of(body: str) -> str:
    """A lesson with that body."""
    return f"---\ntitle: T\n---\n{body}"


if __name__ == "__main__":
    main()
