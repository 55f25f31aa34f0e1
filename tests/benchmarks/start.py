"""How fast Hansa starts and reacts, and how much memory it takes.

usage: python tests/benchmarks/start.py

Each figure is set against a rival that is measured in the same run, turn by turn, or against a fixed limit. Figures
are medians unless they say p95. Everything runs in a home of its own that is removed afterwards, with compiled modules
as an installation has them, for the rivals too. On a busy machine look at the processor times under the figures: they
leave out the waiting for other programs.
"""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import json
import os
import pty
import select
import struct
import subprocess
import sys
import tempfile
import termios
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from textual.app import App

    from index.embed import Floats, Reading
    from tui.app import HansaApp

    Times = dict[str, list[tuple[float, float]]]

ROOT = Path(__file__).parents[2]
QUESTIONS = ROOT / "tests" / "fixtures" / "questions" / "project-pages.jsonl"
QUESTION = "How long did KISS ME run?"
WIDTH, HEIGHT = 80, 24
PATIENCE = 120.0
"""Seconds after which something is taken to hang."""
LESSONS = 24
"""Lessons that are read, spread over the course; each has some six sections."""
ROUNDS = 3
"""How often the pages are changed."""

COMMAND = "import sys\nfrom tui.cli import main\nsys.exit(main(sys.argv[1:]))"
"""What the installed `hansa` does."""
HOME = """
import sys
from pathlib import Path
import tui.app
from tui.cli import main
class Once(tui.app.HansaApp):
    CSS_PATH = Path(tui.app.__file__).with_name("app.tcss")
    def on_ready(self):
        self.screen.call_after_refresh(self.exit)
tui.app.HansaApp = Once
sys.exit(main([]))
"""
"""The same, left after the first frame."""
BARE = """
from textual.app import App
from textual.widgets import Static
class Once(App):
    def compose(self):
        yield Static("Modules")
    def on_ready(self):
        self.screen.call_after_refresh(self.exit)
Once().run()
"""
PAINTED = b"Modules"
"""Words of the first frame of both."""


@dataclass(frozen=True)
class Figure:
    """One line of the table."""

    name: str
    value: float
    unit: str
    against: str
    base: float
    """What the ratio is to."""
    limit: float
    """The most that the value may be."""

    def line(self) -> str:
        """The figure, what it is set against, their ratio, and whether it is within its limit."""
        within = "yes" if self.value <= self.limit else "NO"
        value = f"{shown(self.value)} {self.unit}"
        return f"{self.name:<50} {value:>9}   {self.against:<42} {self.value / self.base:5.2f} ×   {within}"


def limited(name: str, value: float, unit: str, limit: float) -> Figure:
    """A figure that has a fixed limit."""
    return Figure(name, value, unit, f"limit {shown(limit)} {unit}", limit, limit)


def shown(value: float) -> str:
    """A number with two digits that count."""
    return f"{value:.0f}" if value >= 10 else f"{value:.2f}"


def main() -> None:
    """Measure everything and print the table, line by line as it is known."""
    if len(sys.argv) > 1:
        print(json.dumps(CHILDREN[sys.argv[1]]()))
        return
    if hasattr(os, "getloadavg"):
        print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f} at the start\n")
    print(f"{'figure':<50} {'measured':>9}   {'against':<42} {'ratio':>7}   within")
    with tempfile.TemporaryDirectory() as folder:
        for part in (commands, first_paint, asking, reacting, retrieving, memory):
            for figure in part(Path(folder)):
                print(figure.line() if isinstance(figure, Figure) else f"  {figure}", flush=True)


# Whole processes ---------------------------------------------------------------------------------


def commands(folder: Path) -> Iterator[Figure | str]:
    """`--version` and `--help` against an interpreter that does nothing."""
    bare = [sys.executable, "-c", "pass"]
    for option in ("--version", "--help"):
        command = [sys.executable, "-c", COMMAND, option]
        ours, rival = alternating(lambda c=command: ran(c, folder), lambda: ran(bare, folder))
        against = f"python -c pass {shown(rival.elapsed)} ms, +100 ms allowed"
        yield Figure(f"hansa {option}", ours.elapsed, "ms", against, rival.elapsed, rival.elapsed + 100)
        yield f"processor time {shown(ours.processor)} ms and {shown(rival.processor)} ms"


def first_paint(folder: Path) -> Iterator[Figure | str]:
    """The home screen against a bare Textual application with one line, both in a pseudo-terminal."""
    ours, rival = alternating(lambda: painted(HOME, folder), lambda: painted(BARE, folder))
    against = f"bare Textual app {shown(rival.elapsed)} ms, 1.5 × allowed"
    yield Figure("first paint of home", ours.elapsed, "ms", against, rival.elapsed, 1.5 * rival.elapsed)
    ratio = ours.processor / rival.processor
    own, other = shown(ours.processor), shown(rival.processor)
    yield f"processor time to the end {own} ms and {other} ms: {ratio:.2f} ×"


def asking(folder: Path) -> Iterator[Figure | str]:
    """`hansa ask` as a whole process, with an empty home and later."""
    command = [sys.executable, "-c", COMMAND, "ask", QUESTION]
    homes = [folder / f"first-{number}" for number in range(3)]
    first = [ran(command, home) for home in homes]
    later = [ran(command, homes[0]) for _ in range(7)]
    yield limited("hansa ask, first (prepares the shipped guides)", middle(first).elapsed / 1000, "s", 60)
    yield f"processor time {shown(middle(first).processor / 1000)} s"
    yield limited("hansa ask, later", middle(later).elapsed / 1000, "s", 2)
    yield f"processor time {shown(middle(later).processor / 1000)} s"
    for name, runs in (("first", first), ("later", later)):
        yield limited(f"hansa ask, {name}: peak memory", middle(runs).megabytes, "MB", 250)


@dataclass(frozen=True)
class Run:
    """What a process took."""

    elapsed: float
    """Milliseconds."""
    processor: float
    """Milliseconds of processor time."""
    megabytes: float
    """The most memory held at once."""


def alternating(ours: Callable[[], Run], rival: Callable[[], Run], times: int = 15) -> tuple[Run, Run]:
    """Medians of two measurements taken in turn; the first pair warms the caches and is dropped."""
    pairs = [(ours(), rival()) for _ in range(times + 1)][1:]
    return middle([pair[0] for pair in pairs]), middle([pair[1] for pair in pairs])


def middle(runs: Sequence[Run]) -> Run:
    """The median of each figure."""
    columns = zip(*((run.elapsed, run.processor, run.megabytes) for run in runs), strict=True)
    return Run(*map(median, columns))


def ran(command: Sequence[str], home: Path) -> Run:
    """Run a process to its end."""
    began = perf_counter()
    child = subprocess.Popen(command, env=environment(home), stdout=subprocess.DEVNULL, cwd=home.parent)
    return ended(child, began)


def ended(child: subprocess.Popen[bytes], began: float, at: float = 0.0) -> Run:
    """What a process took until it ended, or until a moment before."""
    _, status, usage = os.wait4(child.pid, 0)
    elapsed = (at or perf_counter()) - began
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit(f"{child.args} failed")
    peak = usage.ru_maxrss / (1e6 if sys.platform == "darwin" else 1000)
    return Run(elapsed * 1000, (usage.ru_utime + usage.ru_stime) * 1000, peak)


def painted(source: str, home: Path) -> Run:
    """Start an application; `elapsed` ends with its first words on the terminal."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", HEIGHT, WIDTH, 0, 0))
    began = perf_counter()
    command = [sys.executable, "-c", source]
    child = subprocess.Popen(command, env=environment(home), stdin=slave, stdout=slave, stderr=slave)
    os.close(slave)
    seen, at = b"", 0.0
    while piece := read(master, began):
        seen += piece
        if not at and PAINTED in seen:
            at = perf_counter()
    if not at:
        child.kill()
        raise SystemExit(f"The first words never came:\n{seen.decode(errors='replace')}")
    run = ended(child, began, at)
    os.close(master)
    return run


def read(terminal: int, began: float) -> bytes:
    """What comes next from a terminal; nothing when it is closed or nothing comes for too long."""
    left = began + PATIENCE - perf_counter()
    if not select.select([terminal], [], [], max(0.0, left))[0]:
        return b""
    with contextlib.suppress(OSError):
        return os.read(terminal, 65536)
    return b""


def environment(home: Path) -> dict[str, str]:
    """The environment of a child, with a home of its own, this checkout first, and compiled modules beside the home."""
    path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
    own = {"HANSA_HOME": str(home), "PYTHONPATH": path, "TERM": "xterm-256color", "COLORTERM": "truecolor"}
    own["PYTHONPYCACHEPREFIX"] = str(home.parent / "compiled")
    dropped = {"NO_COLOR", "PYTHONDONTWRITEBYTECODE"}
    return {name: value for name, value in os.environ.items() if name not in dropped} | own


def in_child(name: str, home: Path) -> Any:  # noqa: ANN401 - JSON
    """What a part of this file measures in a process of its own."""
    command = [sys.executable, __file__, name]
    done = subprocess.run(command, env=environment(home), stdout=subprocess.PIPE, check=True, timeout=600)
    return json.loads(done.stdout)


# Inside the application --------------------------------------------------------------------------


def reacting(folder: Path) -> Iterator[Figure | str]:
    """Opening a section, answering a question, changing the page."""
    for name, times in in_child("react", folder / "first-0").items():
        elapsed, processor = zip(*times, strict=True)
        yield limited(f"{name}: p95 of {len(times)}", share(elapsed, 0.95), "ms", 200)
        p50, p95 = shown(share(processor, 0.5)), shown(share(processor, 0.95))
        yield f"p50 {shown(share(elapsed, 0.5))} ms; processor time: p50 {p50} ms, p95 {p95} ms"


def share(values: Sequence[float], part: float) -> float:
    """The value that this part of the values does not go beyond."""
    return sorted(values)[min(len(values) - 1, int(len(values) * part))]


def react() -> Times:
    """Milliseconds of each deed, and of processor time, by what it is."""
    return asyncio.run(_react())


async def _react() -> Times:
    from tui.start import Start  # noqa: PLC0415 - only in the child

    times: Times = {"open a section": [], "answer a question": [], "switch screens": []}
    app = application(Start())
    async with app.run_test(size=(WIDTH, HEIGHT)):
        await until(app, lambda: type(app.screen).__name__ == "HomeScreen" and app.screen._standing)
        heads = [head for _, head in app.services.course.lesson_heads()]
        for head in heads[:: max(1, len(heads) // LESSONS)]:
            await read_lesson(app, head.id, times)
        app.services.record.visit(head.section_ids[0], 0, app.services.clock())
        for _ in range(ROUNDS):
            await change_pages(app, times["switch screens"])
    app.services.close()
    return times


async def read_lesson(app: HansaApp, lesson_id: str, times: Times) -> None:
    """Go through a lesson, answering every question rightly."""
    from course.solve import right_response  # noqa: PLC0415 - only in the child
    from tui.widgets.item import ItemView  # noqa: PLC0415

    app.open_place(lesson_id)
    await until(app, lambda: getattr(getattr(app.screen, "lesson", None), "id", "") == lesson_id)
    await until(app, lambda: app.screen.is_mounted and app.screen.query("#text .title"))
    while app.screen.section is not None:
        for view in list(app.screen.query(ItemView)):
            if view.mark is not None:
                view.action_again()
            view.area.restore(right_response(view.item))
            view.take_focus()
            await settled(app)
            times["answer a question"].append(
                await timed(app, view.action_answer, lambda v=view: v.mark is not None)
            )
        app.screen.column.focus()
        header, before = app.screen.header, app.screen.header.how_far
        times["open a section"].append(
            await timed(app, lambda: app.simulate_key("n"), lambda h=header, b=before: h.how_far != b)
        )


async def change_pages(app: HansaApp, times: list[tuple[float, float]]) -> None:
    """From a lesson to the search, help, contents and home, and back."""
    steps = (
        ("f3", "SearchScreen"), ("escape", "LessonScreen"), ("f1", "HelpScreen"), ("escape", "LessonScreen"),
        ("t", "ListScreen"), ("escape", "LessonScreen"), ("escape", "HomeScreen"), ("c", "LessonScreen"),
    )  # fmt: skip
    for key, page in steps:
        if page == "HomeScreen":
            app.screen.column.focus()
            await settled(app)
        times.append(
            await timed(app, lambda k=key: app.simulate_key(k), lambda p=page: type(app.screen).__name__ == p)
        )
        if page == "HomeScreen":
            await until(app, lambda: app.screen._standing)
            await settled(app)


async def timed(app: App[Any], deed: Callable[[], object], done: Callable[[], object]) -> tuple[float, float]:
    """Milliseconds from a key to the drawn page; the pauses that a pilot makes between keys are left out."""
    began, worked = perf_counter(), process_time()
    deed()
    await until(app, done)
    await until(app, lambda: app.screen.is_mounted)
    await settled(app)
    app.screen._compositor.render_strips(app.size)
    elapsed, processor = perf_counter() - began, process_time() - worked
    await asyncio.sleep(0.05)
    return elapsed * 1000, processor * 1000


async def until(app: App[Any], holds: Callable[[], object]) -> None:
    """Let the application work until something holds."""
    end = perf_counter() + PATIENCE
    while not holds():
        if perf_counter() > end:
            raise SystemExit(f"It did not happen on {app.screen}")
        await asyncio.sleep(0.0005)


async def settled(app: App[Any]) -> None:
    """Let the application draw what has changed."""
    drawn = asyncio.Event()
    app.screen.call_after_refresh(drawn.set)
    await until(app, drawn.is_set)


def application(start: Any) -> HansaApp:  # noqa: ANN401 - a class of the product
    """The application over the shipped course and guides, begun as `hansa` begins it."""
    from tui import garbage  # noqa: PLC0415 - only in the child

    garbage.pause()
    from tui.app import HansaApp  # noqa: PLC0415 - while nothing is collected
    from tui.paths import Paths  # noqa: PLC0415
    from tui.services import Services  # noqa: PLC0415

    return HansaApp(Services(Paths.find()), start)


# The assistant -----------------------------------------------------------------------------------


def retrieving(folder: Path) -> Iterator[Figure | str]:
    """Search, and search with the gate, without the time in which the model reads the question."""
    found = in_child("retrieve", folder / "first-0")
    count = len(found["search"])
    yield limited(f"search, question embedded: p95 of {count}", share(found["search"], 0.95), "ms", 50)
    yield limited(
        f"search and gate, question embedded: p95 of {count}", share(found["whole"], 0.95), "ms", 50
    )
    yield f"p50 {shown(share(found['whole'], 0.5))} ms"
    yield f"of it the model reading sentences of the guides: p50 {shown(share(found['sentences'], 0.5))} ms"
    yield f"embedding the question, for comparison: p50 {shown(share(found['question'], 0.5))} ms"


@dataclass
class Clocked:
    """An embedder that tells how long it works on questions and on sentences."""

    inner: Any
    question_ms: float = 0.0
    sentence_ms: float = 0.0

    @property
    def fingerprint(self) -> str:
        """That of the embedder inside."""
        return self.inner.fingerprint

    def question(self, text: str) -> Floats:
        """The vector of a question."""
        began = perf_counter()
        try:
            return self.inner.question(text)
        finally:
            self.question_ms += (perf_counter() - began) * 1000

    def read(self, text: str) -> Reading:
        """A question with its words."""
        began = perf_counter()
        try:
            return self.inner.read(text)
        finally:
            self.question_ms += (perf_counter() - began) * 1000

    def read_parts(self, parts: Sequence[str]) -> list[Reading]:
        """The parts of a passage with their words."""
        began = perf_counter()
        try:
            return self.inner.read_parts(parts)
        finally:
            self.sentence_ms += (perf_counter() - began) * 1000


def retrieve() -> dict[str, list[float]]:
    """Milliseconds of each development question."""
    from assistant.parts import parts_of  # noqa: PLC0415 - only in the child
    from assistant.question import read_question  # noqa: PLC0415
    from tui.paths import Paths  # noqa: PLC0415
    from tui.services import Services  # noqa: PLC0415

    assistant = Services(Paths.find()).assistant()
    clock = assistant.index.embedder = Clocked(assistant.index.embedder)
    asked = [json.loads(line)["question"] for line in QUESTIONS.read_text(encoding="utf-8").splitlines()]
    times: dict[str, list[float]] = {"search": [], "whole": [], "sentences": [], "question": []}
    for text in [asked[0], *asked]:
        clock.question_ms = clock.sentence_ms = 0.0
        began = perf_counter()
        parts = parts_of(read_question(text, assistant.topics), assistant.topics)
        hits = [assistant.retrieve(part) for part in parts]
        searched = (perf_counter() - began) * 1000 - clock.question_ms
        for part, found in zip(parts, hits, strict=True):
            assistant.work_out(part, found)
        whole = (perf_counter() - began) * 1000 - clock.question_ms
        for name, value in zip(times, (searched, whole, clock.sentence_ms, clock.question_ms), strict=True):
            times[name].append(value)
    return {name: values[1:] for name, values in times.items()}


def memory(folder: Path) -> Iterator[Figure]:
    """The application after it has shown a lesson and answered a question."""
    for name, home in (("guides prepared", "first-0"), ("empty home", "never-used")):
        peak = in_child("answer", folder / home)
        yield limited(f"app after the first answer, {name}: peak", peak, "MB", 250)


def answer() -> float:
    """Peak megabytes of an application that read a lesson and asked once."""
    return asyncio.run(_answer())


async def _answer() -> float:
    from tui.start import Start  # noqa: PLC0415 - only in the child

    app = application(Start())
    async with app.run_test(size=(WIDTH, HEIGHT)):
        await until(app, lambda: type(app.screen).__name__ == "HomeScreen" and app.screen._standing)
        app.open_place(next(app.services.course.lesson_heads())[1].id)
        await until(app, lambda: app.screen.is_mounted and app.screen.query("#text .title"))
        await settled(app)
        app.ask_about(QUESTION)
        await until(app, lambda: type(app.screen).__name__ == "AskScreen" and app.dialogue.turn)
        await settled(app)
        peak = peak_memory()
    app.services.close()
    return peak


def peak_memory() -> float:
    """The most megabytes that this process held at once."""
    status = Path("/proc/self/status")
    if status.exists():
        lines = dict(line.split(":", 1) for line in status.read_text(encoding="ascii").splitlines())
        return int(lines["VmHWM"].split()[0]) / 1000
    import resource  # noqa: PLC0415 - only where there is no /proc

    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1e6 if sys.platform == "darwin" else 1000)


CHILDREN = {"react": react, "retrieve": retrieve, "answer": answer}

if __name__ == "__main__":
    main()
