"""How listing, home and checking grow with the number of modules.

usage: PYTHONPATH=. python tests/benchmarks/many_modules.py [MODULES [LESSONS]]

Writes a course of MODULES modules (1000) with LESSONS lessons each (10), then times the list of modules without and
with what was remembered from the last time, the first frame of the home screen beside that of thirty modules, and
`hansa course check`. Everything stands in a folder of its own that is removed afterwards.
"""

from __future__ import annotations

import asyncio
import os
import resource
import sys
import tempfile
from pathlib import Path
from time import perf_counter, process_time
from typing import TYPE_CHECKING

from course.catalog import load_course
from course.check import check
from course.rules.example import OPTIONS, asked, lesson_file, module_file, quiz_file

if TYPE_CHECKING:
    from collections.abc import Callable

LONG_AGO = 1_700_000_000
"""When the files were written, as far as their times tell; what is younger than some seconds is read anew."""


def write_course(root: Path, modules: int, lessons: int) -> None:
    """Modules with lessons of five sections, two of them with a question."""
    section = "## Part {number}\n\nA firm writes down what it wants. Then it writes down what it offers.\n"
    for number in range(1, modules + 1):
        folder = root / f"{number:04}-module-{number}"
        folder.mkdir(parents=True)
        names = [f"{place:02}-lesson-{place}.md" for place in range(1, lessons + 1)]
        files = {"module.md": module_file(O1="prepare a first call"), "quiz.md": quiz_file(question("q1"))}
        for name in names:
            parts = [section.format(number=part) for part in range(1, 6)]
            parts[1] += "\n" + question("q-one") + "\n"
            parts[3] += "\n" + question("q-two") + "\n"
            files[name] = lesson_file(
                "\n".join(parts), f"title: Lesson {name[:2]}\nminutes: 12\noutcomes: [O1]"
            )
        for name, text in files.items():
            (folder / name).write_text(text, encoding="utf-8")
            os.utime(folder / name, (LONG_AGO, LONG_AGO))


def question(name: str) -> str:
    """A question that breaks no rule."""
    return asked("### What comes first in a call?", OPTIONS, id=name)


def timed(words: str, work: Callable[[], object]) -> object:
    """Do some work and print how long it took."""
    begun = perf_counter(), process_time()
    result = work()
    tell(words, *begun)
    return result


def tell(words: str, wall: float, busy: float) -> None:
    """Print how long ago two clocks were read."""
    waited, worked = (perf_counter() - wall) * 1000, (process_time() - busy) * 1000
    print(f"{words:<52} {waited:8.0f} ms  ({worked:.0f} ms of processor)")


async def first_frame(words: str, folder: Path, memory: Path, home: Path) -> None:
    """Open the home screen over a course and leave as soon as it is painted."""
    import tui.app  # noqa: PLC0415 - not part of what is timed before
    from tui.app import HansaApp  # noqa: PLC0415
    from tui.paths import Paths  # noqa: PLC0415
    from tui.services import Services  # noqa: PLC0415

    begun = perf_counter(), process_time()
    services = Services(Paths(home))
    services.course = load_course(folder, remembered=memory)

    class Once(HansaApp):
        CSS_PATH = Path(tui.app.__file__).with_name("app.tcss")

        def on_ready(self) -> None:
            self.screen.call_after_refresh(self.leave)

        def leave(self) -> None:
            tell(words, *begun)
            self.exit()

    async with Once(services).run_test() as pilot:
        await pilot.pause()
    services.close()


def main() -> None:
    """Write the course and time what people wait for."""
    modules, lessons = (
        int(sys.argv[place]) if len(sys.argv) > place else usual for place, usual in ((1, 1000), (2, 10))
    )
    with tempfile.TemporaryDirectory() as name:
        root, home = Path(name) / "course", Path(name) / "home"
        timed(
            f"write {modules} modules with {modules * lessons} lessons",
            lambda: write_course(root, modules, lessons),
        )
        memory = home / "modules.txt"
        timed("list, nothing remembered", lambda: load_course(root, remembered=memory))
        for _ in range(3):
            timed("list, remembered", lambda: load_course(root, remembered=memory))
        print(f"{'size of what is remembered':<52} {memory.stat().st_size / 1000:8.0f} kB")
        course = load_course(root, remembered=memory)
        timed("every lesson of it", lambda: sum(1 for _ in course.lesson_heads()))
        few = Path(name) / "few"
        write_course(few, 30, lessons)
        for folder, words in ((few, "home, 30 modules"), (root, f"home, {modules} modules")):
            load_course(folder, remembered=memory)
            for _ in range(3):
                asyncio.run(first_frame(words, folder, memory, home))
        report = timed("check", lambda: check(root))
        print(f"{len(report.problems)} problems in {report.files} files")
        print(f"{'most memory':<52} {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000:8.0f} MB")


if __name__ == "__main__":
    main()
