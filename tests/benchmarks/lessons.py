"""How long a lesson of 2,000 lines takes to parse, and what hostile texts cost.

usage: python tests/benchmarks/lessons.py [LINES]

The lesson is made of the shipped ones, one after another, with ids of their own. Times are of the processor, in
milliseconds: the least, the median and the 95th percentile of 40 rounds. The bare parser, which builds no blocks, reads
the same text in the same rounds, so that a busy machine shows. The limit is 60 ms for 2,000 lines.

Then the lesson is opened on a screen of 80 × 24, from the key to the text that stands there: with its sections, and
once more as a single page. The limit is 200 ms. A lesson of one line is opened in the same rounds. The guides are
prepared before, as on every start but the first, since their preparation runs in the same process.

    HANSA_EXAMPLES=10000 pytest tests/test_course_markdown.py -k random_documents

reads 10,000 random documents and compares their words with those of the rendered HTML.
"""

from __future__ import annotations

import asyncio
import itertools
import re
import sys
import tempfile
from pathlib import Path
from statistics import median, quantiles
from time import process_time
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin

from course.catalog import load_course, shipped_modules
from course.parse import parse_lesson
from tui.app import HansaApp
from tui.paths import Paths
from tui.services import Services
from tui.start import Start

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

ROUNDS = 40
LIMIT = 60.0
OPENED, OPEN_LIMIT = 20, 200.0
PAUSE = 2.0
"""Seconds to read between two lessons; a key without effect comes before each, as nobody opens a lesson without one."""
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


def services_of(lessons: Iterable[str], folder: Path) -> Services:
    """What the application works with, over a course of some lessons called `m/l0`, `m/l1` and so on."""
    module = folder / "course" / "01-m"
    module.mkdir(parents=True)
    module.joinpath("module.md").write_text("---\ntitle: M\nid: m\n---\n", encoding="utf-8")
    for number, lesson in enumerate(lessons):
        module.joinpath(f"0{number}-l{number}.md").write_text(lesson, encoding="utf-8")
    services = Services(Paths(folder / "home"))
    services.course = load_course(module.parent)
    return services


async def opened(lessons: Mapping[str, str], folder: Path) -> dict[str, list[float]]:
    """Milliseconds of the processor until each lesson stands on the screen."""
    times: dict[str, list[float]] = {name: [] for name in lessons}
    services = services_of(lessons.values(), folder)
    services.assistant()
    app = HansaApp(services, Start(ref="m/l0"))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause(1)
        for _ in range(OPENED):
            for number, name in enumerate(lessons):
                await pilot.press("f9")
                times[name].append(await _open(app, f"m/l{number}"))
                await pilot.pause(PAUSE)
    services.close()
    return times


async def _open(app: HansaApp, lesson_id: str) -> float:
    begun = process_time()
    app.open_place(lesson_id)
    while True:
        page = getattr(app.screen, "page", None)
        there = page is not None and app.screen.lesson.id == lesson_id and page.widgets[0].virtual_region
        if there:
            return (process_time() - begun) * 1000
        await asyncio.sleep(0.001)


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
    one_page = re.sub(r"(?m)^## ", "### ", text)
    lessons = {"one line": source_of("Text.\n"), "sections": text, "one page": one_page}
    with tempfile.TemporaryDirectory() as folder:
        opening = asyncio.run(opened(lessons, Path(folder)))
    for name, times in opening.items():
        print(
            f"{name:12} {min(times):6.1f} {median(times):6.1f} {quantiles(times, n=20)[-1]:6.1f} ms to open"
        )
    print(f"limit        {OPEN_LIMIT:6.1f} ms")
    for name, source in HOSTILE.items():
        print(f"{name:30} {timed(lambda source=source: parse_lesson(path, 'm', source_of(source))):8.0f} ms")


def source_of(body: str) -> str:
    """A lesson with that body."""
    return f"---\ntitle: T\n---\n{body}"


if __name__ == "__main__":
    main()
