# ruff: noqa: PLC0415 - most tests need neither the interface nor the assistant
from __future__ import annotations

import os
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from contextlib import AbstractContextManager
    from types import ModuleType

    from textual.app import App
    from textual.pilot import Pilot

    from assistant.model import Answer, Citation, Sentence
    from index.model import Guide
    from tui.app import HansaApp
    from tui.services import Services


settings.register_profile(
    "hansa",
    deadline=None,  # a busy machine is no fault
    suppress_health_check=[HealthCheck.too_slow],  # nor is a slow draw
    derandomize="HANSA_EXAMPLES" not in os.environ,  # the same examples each time, unless more are asked for
)
settings.load_profile("hansa")


@pytest.fixture(autouse=True)
def _own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads or writes what belongs to the person who runs it."""
    monkeypatch.setenv("HANSA_HOME", str(tmp_path_factory.mktemp("home")))
    monkeypatch.setenv("HANSA_LANGUAGE", "en")
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    for name in ("HANSA_MODEL_KEY", "NO_COLOR", "FORCE_COLOR", "TEXTUAL_ANIMATIONS"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="session")
def documents() -> ModuleType:
    """Makes files of each format that guides come in; see `fixtures/index/documents.py`."""
    from importlib.util import module_from_spec, spec_from_file_location

    place = Path(__file__).parent / "fixtures" / "index" / "documents.py"
    spec = spec_from_file_location("documents", place)
    assert spec
    assert spec.loader
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@dataclass(frozen=True)
class ChatServer:
    """A server process on this machine, and what it was sent."""

    port: int

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    def seen(self) -> list[dict[str, Any]]:
        """Every request for a reply so far."""
        import json
        from urllib.request import ProxyHandler, build_opener

        with build_opener(ProxyHandler({})).open(f"http://127.0.0.1:{self.port}/seen", timeout=10) as page:
            found: list[dict[str, Any]] = json.load(page)
            return found


@contextmanager
def _served(*arguments: str) -> Iterator[ChatServer]:
    import subprocess
    import sys

    script = Path(__file__).parent / "fixtures" / "chat" / "server.py"
    with subprocess.Popen([sys.executable, script, *arguments], stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout
        try:
            yield ChatServer(int(child.stdout.readline()))
        finally:
            child.kill()


@pytest.fixture(scope="session")
def chat_server() -> Iterator[ChatServer]:
    """A scripted OpenAI-compatible server; see `fixtures/chat/server.py` for what its models do."""
    with _served() as server:
        yield server


@pytest.fixture
def obeying_server(tmp_path: Path) -> Callable[[dict[str, str]], AbstractContextManager[ChatServer]]:
    """Starts a server whose model `obeys` does what it finds in passages: what it says, by instruction."""
    import json

    def start(obedience: dict[str, str]) -> AbstractContextManager[ChatServer]:
        script = tmp_path / "obedience.json"
        script.write_text(json.dumps(obedience), encoding="utf-8")
        return _served("0", str(script))

    return start


@contextmanager
def _speech() -> Iterator[Callable[[str], None]]:
    import sys

    from tui.language import SOURCE, choose, load_anew

    kept = {name: module for name, module in sys.modules.items() if name.startswith("tui.")}

    def begin(language: str) -> None:
        choose(language)
        load_anew()

    yield begin
    begin(SOURCE)
    sys.modules.update(kept)
    for name, module in kept.items():
        parent, _dot, child = name.rpartition(".")
        setattr(sys.modules[parent], child, module)


@pytest.fixture
def speak() -> Iterator[Callable[[str], None]]:
    """Has the interface speak another language: every page is loaded anew; the old ones come back at the end."""
    with _speech() as begin:
        yield begin


@pytest.fixture(scope="module")
def spoken(request: pytest.FixtureRequest) -> Iterator[str]:
    """The language that is spoken, for many tests in a row: loading every page anew takes half a second."""
    if request.param == "en":
        yield request.param
        return
    with _speech() as begin:
        begin(request.param)
        yield request.param


# The full-screen application -----------------------------------------------------------------------

LESSON = """\
---
title: Reading and looking
minutes: 6
outcomes: [O1]
---

Welcome to the small lesson. It has a [guide](guide:ferry), a [lesson](lesson:small/practice), and the
[web](https://example.org/page).

## What the page can show

A paragraph with **strong**, *soft* and `coded` words, and a note.[^one]

- first thing
  - nested thing
- second thing

1. step one
2. step two

> [!WARNING]
> Mind the gap.

> Quoted words.

```text
code [b]line[/b]
```

| Name | What it is worth |
|------|-----------------:|
| Boat | 10 |
| A very long name of a thing that will need to be wrapped in its cell | 20 |

![A ferry at the quay](ferry.png)

[^one]: The note at the foot.

## Your list

- [ ] Write it down
- [ ] Show it to somebody

## The last page

That was all.
"""

PRACTICE = """\
---
title: Practice
minutes: 9
outcomes: [O1]
---

## One of three

<!-- q id=single outcome=O1 -->
### Which one floats?

- [x] The boat
  > It floats.
- [ ] The stone
  > Stones sink.
- [ ] The anchor
  > Anchors hold.

> [!TIP]
> Think of harbours.

> [!TIP]
> It has sails.

> [!NOTE]
> Boats float because they are hollow.

> [!CAUTION]
> Heavy things need a hull.
<!-- /q -->

## Two of three

<!-- q id=multiple outcome=O1 -->
### Which two are ports? Choose two.

- [x] Hamburg
- [x] Lübeck
- [ ] Bern
<!-- /q -->

## True or not

<!-- q id=truth type=truefalse outcome=O1 -->
### Ships carried salt.

- [x] True
- [ ] False
<!-- /q -->

## A word

<!-- q id=word outcome=O1 -->
### What is the word for a union of towns?

- = Hansa
  > Yes, the Hansa.
- = league

> [!TIP]
> It is the name of this program.
<!-- /q -->

## A number

<!-- q id=number outcome=O1 unit=towns -->
### How many towns?

- = 200 ± 10
<!-- /q -->

## Pairs

<!-- q id=pairs outcome=O1 shuffle=no -->
### Join each town to its river.

- Hamburg → Elbe
- Bremen → Weser
-  → Rhine
<!-- /q -->

## Groups

<!-- q id=groups outcome=O1 shuffle=no -->
### Put each into its group.

- Herring => Goods
- Cog => Ships
<!-- /q -->

## An order

<!-- q id=order outcome=O1 -->
### Put the steps in order.

1. Load
2. Sail
3. Sell
<!-- /q -->

## Gaps

<!-- q id=gaps outcome=O1 -->
### Fill the gaps.

The city of [[ (Lübeck) | Bern ]] stands on the river [[Trave]].
<!-- /q -->
"""

QUIZ = """\
---
title: Small quiz
mode: {mode}
pass: 60
shuffle: false
---

<!-- q id=q1 outcome=O1 shuffle=no -->
### Does a boat float?

- [x] It does
  > Right.
- [ ] It does not
  > It does.
<!-- /q -->

<!-- q id=q2 outcome=O2 shuffle=no -->
### Does a stone float?

- [ ] It floats
  > It sinks.
- [x] It sinks
  > Right.
<!-- /q -->

<!-- q id=q3 outcome=O2 -->
### What carries salt?

- = ship
<!-- /q -->
"""


def _write_course(folder: Path) -> Path:
    for number, slug, mode in ((1, "small", "check"), (2, "other", "practice")):
        module = folder / f"{number:02}-{slug}"
        module.mkdir(parents=True)
        module.joinpath("module.md").write_text(
            f"---\ntitle: {slug.title()} module\nid: {slug}\noutcomes:\n  O1: tell what floats\n"
            "  O2: tell what sinks\npass: 60\n---\n\nHello.\n",
            encoding="utf-8",
        )
        module.joinpath("quiz.md").write_text(QUIZ.format(mode=mode), encoding="utf-8")
    small = folder / "01-small"
    small.joinpath("01-reading.md").write_text(LESSON, encoding="utf-8")
    small.joinpath("02-practice.md").write_text(PRACTICE, encoding="utf-8")
    other = folder / "02-other"
    other.joinpath("01-more.md").write_text("---\ntitle: More\n---\n\n## Only\n\nText.\n", encoding="utf-8")
    return folder


GUIDE_LINES = (
    ("heading", "Dates and money"),
    ("paragraph", "The ferry ran for 54 months. It cost 1,000 euro in all."),
    ("heading", "Partners"),
    ("list-item", "The harbour of Lübeck"),
    ("list-item", "The harbour of Tallinn [b]not markup[/b]"),
    *(("paragraph", f"Paragraph {number} tells of a long crossing.") for number in range(30)),
    ("paragraph", "At the very end stands the hidden treasure of the guide."),
)


def _guide() -> Guide:
    from index.model import Block, BlockKind, Guide

    text, blocks, headings = "", [], ()
    for line, (kind, words) in enumerate(GUIDE_LINES, 10):
        headings = (words,) if kind == "heading" else headings
        blocks.append(Block(BlockKind(kind), len(text), len(text) + len(words), headings, line, 2))
        text += words + "\n\n"
    return Guide("ferry", "The ferry", text, tuple(blocks), "en", "0" * 64, checked_on="2026-11-22")


class ScriptedIndex:
    """One guide, no search."""

    keywords_only = False

    def __init__(self) -> None:
        self._guide = _guide()

    def guides(self) -> tuple[Any, ...]:
        from index.model import GuideHead

        return (GuideHead("ferry", "The ferry", "en", "ferry.md", "shipped", "0" * 64, passages=3),)

    def guide(self, slug: str) -> Guide:
        from index.errors import UnknownGuideError

        if slug != "ferry":
            raise UnknownGuideError(f"There is no guide called {slug}.")
        return self._guide


class ScriptedAssistant:
    """Replies with what the test wrote down, in words that any question begins with."""

    def __init__(self) -> None:
        self.index = ScriptedIndex()
        self.answers: dict[str, Answer | Exception] = {}
        self.asked: list[str] = []
        self.earlier: list[tuple[str, ...]] = []
        self.suggested: dict[str, tuple[str, ...]] = {}
        self.chat: Any = None
        self.told: Callable[[Sentence], object] = lambda _: None

    def suggest(
        self, answer: Answer, earlier: Sequence[Answer] = (), go_on: Callable[[], bool] = lambda: True
    ) -> tuple[str, ...]:
        del earlier
        return self.suggested.get(answer.question, ()) if go_on() else ()

    def ask(
        self,
        question: str,
        language: str | None = None,
        earlier: Sequence[Answer] = (),
        tell: Callable[[Sentence], None] | None = None,
    ) -> Answer:
        del language
        self.asked.append(question)
        self.earlier.append(tuple(answer.question for answer in earlier))
        answer = self.answers[question]
        if isinstance(answer, Exception):
            raise answer
        if answer.model and tell is not None:
            for sentence in answer.sentences:
                tell(sentence)
                self.told(sentence)
        return answer

    def citation(self, number: int, quote: str) -> Citation:
        from assistant.model import Citation

        start = self.index.guide("ferry").text.index(quote)
        return Citation(
            n=number,
            guide="ferry",
            title="The ferry",
            path="ferry.md",
            heading="Dates and money",
            line=11,
            start=start,
            end=start + len(quote),
            quote=quote,
            score=0.5,
        )

    def will_answer(self, question: str, text: str, quotes: Iterable[str], **more: object) -> None:
        from assistant.model import Answer, Elapsed, Sentence
        from assistant.verdict import Verdict

        citations = tuple(self.citation(number, quote) for number, quote in enumerate(quotes, 1))
        refused = more.pop("refused", False)
        self.suggested[question] = more.pop("suggestions", ())  # type: ignore[assignment]
        self.answers[question] = Answer(
            question=question,
            language="en",
            verdict=Verdict.NOT_FOUND if refused else Verdict.ANSWERED,
            answer=text,
            sentences=() if refused else (Sentence(text=text, citations=(1,)),),
            citations=() if refused else citations,
            nearest=citations if refused else (),
            elapsed_ms=Elapsed(retrieve=1, answer=2, total=3),
            **more,  # type: ignore[arg-type]
        )


@dataclass
class Stage:
    """An application over a small course and a scripted assistant, and eyes to look at it."""

    home: Path
    course_folder: Path
    assistant: ScriptedAssistant = field(default_factory=ScriptedAssistant)
    moment: datetime = datetime(2026, 11, 22, 9, tzinfo=UTC)

    def clock(self) -> datetime:
        self.moment += timedelta(seconds=1)
        return self.moment

    def services(self) -> Services:
        from course.catalog import load_course
        from tui.paths import Paths
        from tui.services import Services

        services = Services(Paths(self.home), clock=self.clock)
        services.course = load_course(self.course_folder)
        services._assistant = self.assistant  # type: ignore[assignment]
        return services

    def app(self, ref: str | None = None, **start: object) -> HansaApp:
        from tui.app import HansaApp
        from tui.start import Start

        return HansaApp(self.services(), Start(ref=ref, **start))  # type: ignore[arg-type]

    @staticmethod
    def text(app: App[Any]) -> str:
        """What stands on the screen."""
        strips = app.screen._compositor.render_strips(app.size)
        return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips)

    @staticmethod
    async def until(pilot: Pilot[Any], predicate: Callable[[], bool], tries: int = 4000) -> None:
        """Let the application work until something holds; it gets a minute at least, and so many turns."""
        end = monotonic() + 60
        while tries > 0 or monotonic() < end:
            if predicate():
                await pilot.pause()
                return
            await pilot.pause(0.005)
            tries -= 1
        raise AssertionError("It did not happen; the screen shows:\n" + Stage.text(pilot.app))

    async def see(self, pilot: Pilot[Any], words: str) -> str:
        """Wait until some words stand on the screen."""
        await self.until(pilot, lambda: words in self.text(pilot.app))
        return self.text(pilot.app)

    @staticmethod
    async def click_words(pilot: Pilot[Any], words: str) -> None:
        """Click on the first place where some words stand."""
        for row, line in enumerate(Stage.text(pilot.app).split("\n")):
            if words in line:
                await pilot.click(offset=(line.index(words) + 1, row))
                await pilot.pause()
                return
        raise AssertionError(f"{words!r} is not on the screen:\n{Stage.text(pilot.app)}")


@pytest.fixture
def stage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Stage:
    """The application over a small course, nothing read or answered yet."""
    monkeypatch.setattr("textual._wait.SLEEP_GRANULARITY", 1 / 200)
    monkeypatch.setattr("textual._wait.SLEEP_IDLE", 1 / 2000)
    # What was told stays, however slowly the test goes on.
    monkeypatch.setattr("textual.app.App.NOTIFICATION_TIMEOUT", 3600)
    return Stage(tmp_path / "home", _write_course(tmp_path / "course"))
