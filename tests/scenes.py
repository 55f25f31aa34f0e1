"""Every page of the application, and how each is reached over a small course, in any language."""

from __future__ import annotations

import asyncio
import shutil
from dataclasses import dataclass, field
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from course.catalog import open_lesson, open_quiz
from course.response import Chosen, Typed
from course.solve import right_response

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest
    from conftest import Stage
    from textual.pilot import Pilot

    from tui.app import HansaApp

SAMPLE = Path(__file__).parent / "fixtures" / "courses" / "sample"
"""A course with each construct once; its module joins the two small ones."""

RAN, TRAVEL, BUDGET, BROKEN = "How long did the ferry run?", "And the travel?", "What was the budget?", "Why?"
COST = "The ferry ran for 54 months."
TREASURE = "At the very end stands the hidden treasure of the guide."

PATHS = """\
[[path]]
id = "P0"
title = "Short way"
about = "A self-check and one lesson."
steps = ["self-checks/open-innovation-readiness", "other/more"]

[[path]]
id = "P1"
title = "Long way"
about = "Every module, one after another."
steps = ["other", "small", "sample"]
"""

GUIDES = {
    "salt-road.md": "---\ntitle: The salt road\nslug: salt-road\nlanguage: en\ntopics: [trade, roads]\n---\n\n"
    "The road led from Lüneburg to Lübeck.\n\n## What it cost\n\nA cart of salt cost three marks in Lübeck.\n",
    "boats.md": "---\ntitle: Skibe og havne\nslug: boats\nlanguage: da\ntopics: [trade]\n---\n\n"
    "Koggen sejlede til Lübeck med sild.\n",
}

LASTING = {"watch", "warm"}
"""Groups of work that goes on as long as a page is open, or changes nothing on it."""


@dataclass(frozen=True)
class Scene:
    """A page as a learner meets it."""

    shows: str
    """Class of the page on top."""
    ref: str | None = None
    """Where the application opens."""
    keys: str = ""
    """Keys that lead on from there; each is pressed when the page has come to rest."""
    opens: Callable[[HansaApp], object] = field(default=lambda _app: None)
    """Leads on before the keys do."""
    before: Callable[[Stage], object] = field(default=lambda _stage: None)
    """What is in the record already."""
    start: dict[str, Any] = field(default_factory=dict)
    """How the application opens otherwise."""
    app: Callable[[Stage], HansaApp] | None = None
    """Makes the application, where it is another one."""
    sees: str = ""
    """Words of the course or a guide that come after a pause."""


def build_app(scene: Scene, stage: Stage) -> HansaApp:
    """The application that opens for a scene."""
    scene.before(stage)
    return scene.app(stage) if scene.app else stage.app(scene.ref, **scene.start)


async def reach(scene: Scene, stage: Stage, pilot: Pilot[Any]) -> None:
    """Walk to the page of a scene and let it come to rest."""
    await rest(stage, pilot)
    scene.opens(pilot.app)  # type: ignore[arg-type]
    await rest(stage, pilot)
    for key in scene.keys.split():
        await pilot.press(key)
        await rest(stage, pilot)
    if scene.sees:
        await stage.until(pilot, lambda: scene.sees in stage.text(pilot.app))
        await rest(stage, pilot)
    await stage.until(pilot, lambda: type(pilot.app.screen).__name__ == scene.shows)
    await rest(stage, pilot)


async def rest(stage: Stage, pilot: Pilot[Any], looks: int = 2) -> None:
    """Wait until nothing is being worked on and the screen stays as it is for some looks more."""
    app, before, calm = pilot.app, "", 0
    for _ in range(4000):
        await pilot.pause()
        busy = any(worker.is_running and worker.group not in LASTING for worker in app.workers)
        if busy:
            await asyncio.sleep(0.002)
        shown = stage.text(app)
        calm = calm + 1 if shown == before and not busy else 0
        if calm == looks:
            return
        before = shown
    raise AssertionError("It did not come to rest; the screen shows:\n" + stage.text(app))


def furnish(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """A course of three modules, paths through it, two guides that ship, a talk, and a chat model that starts late."""
    shutil.copytree(SAMPLE / "01-sample", stage.course_folder / "03-sample")
    shutil.copyfile(SAMPLE / "glossary.md", stage.course_folder / "glossary.md")
    paths, shelf = stage.course_folder.parent / "paths.toml", stage.course_folder.parent / "shelf"
    paths.write_text(PATHS, encoding="utf-8")
    shelf.mkdir()
    for name, text in GUIDES.items():
        (shelf / name).write_text(text, encoding="utf-8")
    monkeypatch.setattr("course.learning_paths.shipped_paths", lambda: paths)
    monkeypatch.setattr("index.collection.shipped_guides", lambda: shelf)
    page, servers = import_module("tui.screens.chat_model"), import_module("assistant.local_servers")
    later = (servers.LocalServer("Ollama", "http://127.0.0.1:11434/v1", ("small-model",)),)
    looks = iter([()])
    monkeypatch.setattr(page, "find_servers", lambda: next(looks, later))
    _teach(stage)


def _teach(stage: Stage) -> None:
    """An answer, a refusal, a question back and a trace."""
    from assistant.model import Answer, Considered, Elapsed, Option, Trace  # noqa: PLC0415 - 0.2 s
    from assistant.verdict import Verdict  # noqa: PLC0415 - with it

    scripted = stage.assistant
    scripted.will_answer(
        RAN,
        "The ferry ran for 54 months [1].\n- and hid a treasure [2]",
        [COST, TREASURE],
        suggestions=("Who were the partners?", TRAVEL),
        trace=Trace(
            considered=(
                Considered(
                    guide="ferry",
                    heading="Dates and money",
                    line=11,
                    fused=0.5,
                    dense=0.7,
                    dense_z=1,
                    keyword=3,
                    used=True,
                    reason="used: it fits",
                ),
            ),
            features={"coverage": 0.9, "best_sentence": 0.71},
            probability=0.83,
            threshold=0.5,
            missing=("travel",),
            cut=("A bold claim.",),
            keywords_only=True,
        ),
    )
    near = "The nearest passages are about: The ferry › Dates and money."
    refusal = f"Not in the guides. No passage holds: travel. {near}"
    scripted.will_answer(TRAVEL, refusal, [COST], refused=True)
    scripted.answers[BUDGET] = Answer(
        question=BUDGET,
        language="en",
        verdict=Verdict.CLARIFY,
        answer="The question fits several guides. Which one do you mean: The ferry, The quay?",
        nearest=(scripted.citation(1, COST),),
        options=(Option(guide="ferry", name="The ferry"), Option(guide="quay", name="The quay")),
        elapsed_ms=Elapsed(retrieve=1, answer=2, total=3),
    )
    scripted.answers[BROKEN] = ValueError("out of paper")


# What happened before --------------------------------------------------------------------------------


def answered(stage: Stage, days: int = 5) -> None:
    """Three questions answered, one of them wrong, then some days gone by."""
    giving, services = import_module("tui.giving"), stage.services()
    module = services.course.modules[0]
    items = {item.frame.id.partition("#")[2]: item for item in open_lesson(module, module.lessons[1]).items}
    giving.give(services, items["single"], Chosen(options=(0,)), seconds=30.0)
    giving.give(services, items["word"], Typed(text="Hansa"), seconds=40.0)
    giving.give(services, items["number"], Typed(text="999"), seconds=50.0)
    services.close()
    stage.moment += timedelta(days=days)


def worked(stage: Stage) -> None:
    """The first module completed, certainty told, three days ago."""
    giving, run = import_module("tui.giving"), import_module("tui.quiz_run")
    services = stage.services()
    module = services.course.modules[0]
    for head in module.lessons:
        for section_id in head.section_ids:
            services.record.visit(section_id, 0, stage.clock())
            stage.moment += timedelta(minutes=4)
    items = {item.frame.id.partition("#")[2]: item for item in open_lesson(module, module.lessons[1]).items}
    giving.give(services, items["single"], Chosen(options=(1,)))
    for certainty in (*[3] * 12, 1):
        giving.give(services, items["word"], Typed(text="Hansa"), certainty=certainty)
    sat = run.begin(services, open_quiz(module), module, None)
    for item in sat.sitting.items:
        giving.give(services, item, right_response(item), run_id=sat.run.id)
    run.hand_in(services, sat)
    services.close()
    stage.moment += timedelta(days=3)


def named(stage: Stage) -> None:
    """The same, and the name for certificates is known."""
    worked(stage)
    services = stage.services()
    import_module("course.learner_name").keep_name(services.record, "Łucja Ødegård", stage.clock())
    services.close()


def checked(stage: Stage) -> None:
    """Both self-checks were taken."""
    matters = import_module("course.assessments")
    services = stage.services()
    for code, name in (("SA1", "open-innovation-readiness"), ("SA2", "internationalisation-readiness")):
        own = matters.begin(services.record, name, stage.clock())
        for place, letter in enumerate("ABCDEF"):
            for number in range(1, 5):
                rating = None if (place, number) == (1, 2) else 1 + (place + number) % 5
                matters.rate(services.record, own.id, f"{code}-{letter}{number}", rating, stage.clock())
        matters.finish(services.record, own.id, stage.clock())
    services.close()


# Pages that are opened directly ----------------------------------------------------------------------


def push(module: str, name: str, *arguments: object) -> Callable[[HansaApp], object]:
    """Lays a page over the present one."""
    return lambda app: app.push_screen(getattr(import_module(f"tui.screens.{module}"), name)(*arguments))


def push_remove(app: HansaApp) -> None:
    """Asks whether a guide is to be removed."""
    head = import_module("index.model").GuideHead("ferry", "The ferry", "en", "ferry.md", "added", "0" * 64)
    push("removing", "RemoveGuideScreen", head)(app)


def push_consent(app: HansaApp) -> None:
    """Asks whether a chat model may be used."""
    settings = import_module("assistant.chat_settings").ChatSettings(
        model="small-model", address="http://127.0.0.1:11434/v1"
    )
    push("chat_model", "ConsentScreen", settings)(app)


def push_note_of_term(app: HansaApp) -> None:
    """Explains a term."""
    app.open_term("open-innovation")


def push_new_key(app: HansaApp) -> None:
    """Asks for another key of the first command."""
    push("keys", "NewKeyScreen", import_module("tui.keymap").rebindable()[0])(app)


def follow(target: str) -> Callable[[HansaApp], object]:
    """Follows a link."""
    return lambda app: app.follow_link(import_module("tui.messages").LinkFollowed(target))


def focus_row(value: object) -> Callable[[HansaApp], object]:
    """Marks the line with a value."""

    def mark(app: HansaApp) -> None:
        rows = app.screen.query(import_module("tui.widgets.rows").Row)
        next(row for row in rows.results() if row.value == value).focus()

    return mark


def own_guides(stage: Stage) -> HansaApp:
    """The application over guides in a real collection, searched by keywords."""
    from index.collection import Collection  # noqa: PLC0415 - 0.2 s, needed by few pages

    services = stage.services()
    services._assistant = None
    services._collection = Collection(services.paths.collection)
    return import_module("tui.app").HansaApp(services, import_module("tui.start").Start())  # type: ignore[no-any-return]


def preview(stage: Stage) -> HansaApp:
    """The preview of a lesson with a mistake in it."""
    reading, paths = import_module("tui.previewing"), import_module("tui.paths")
    lesson = stage.course_folder / "01-small" / "02-practice.md"
    text = lesson.read_text(encoding="utf-8")
    lesson.write_text(
        text.replace("- [x] True", "- [ ] True").replace("](lesson:", "](lessons:"), encoding="utf-8"
    )
    services = reading.PreviewServices(paths.Paths(stage.home))
    services.clock = stage.clock
    read = reading.read_file(reading.first_file(lesson), frozenset({"ferry"}))
    return import_module("tui.preview_app").PreviewApp(services, read, read.module, frozenset({"ferry"}))  # type: ignore[no-any-return]


def asking(question: str, keys: str = "", shows: str = "AskScreen") -> Scene:
    """The assistant, asked a question."""
    return Scene(shows, keys=keys, start={"asks": True, "question": question})


def practice(section: str, keys: str = "") -> Scene:
    """A question of the practice lesson."""
    return Scene("LessonScreen", f"small/practice#{section}", keys)


def self_check(keys: str = "") -> Scene:
    """A self-check."""
    return Scene("SelfCheckScreen", "self-checks/open-innovation-readiness", keys)


SCENES: dict[str, Scene] = {
    # Home
    "home-first": Scene("HomeScreen"),
    "home": Scene("HomeScreen", before=worked),
    "home-module": Scene("HomeScreen", keys="end enter", before=worked),
    "palette": Scene("CommandPalette", keys="ctrl+p"),
    "help-home": Scene("HelpScreen", keys="f1"),
    # A lesson
    "lesson": Scene("LessonScreen", "small/reading"),
    "lesson-blocks": Scene("LessonScreen", "small/reading#what-the-page-can-show"),
    "lesson-blocks-end": Scene("LessonScreen", "small/reading#what-the-page-can-show", "end"),
    "lesson-list": Scene("LessonScreen", "small/reading#your-list", "tab space"),
    "lesson-text": Scene("LessonScreen", "sample/text#running-text"),
    "lesson-alerts": Scene("LessonScreen", "sample/text#alerts-and-your-list"),
    "lesson-end": Scene("LessonScreen", "small/reading#the-last-page", "n"),
    "lesson-pointing": Scene("LessonScreen", "small/reading#what-the-page-can-show", "m down"),
    "lesson-noted": Scene("LessonScreen", "small/reading", "m b e O t t o ctrl+s"),
    "lesson-note": Scene("NoteScreen", "small/reading", "m e O t t o"),
    "lesson-found": Scene("LessonScreen", "small/reading", "slash s t e p enter"),
    "contents": Scene("ListScreen", "small/reading", "t"),
    "links": Scene("ListScreen", "small/reading", "l"),
    "marks": Scene("ListScreen", "small/reading", "m b escape B"),
    "lesson-language": Scene("ListScreen", "sample/text", "v"),
    "term": Scene("TermScreen", "small/reading", opens=push_note_of_term),
    "web": Scene("WebScreen", "small/reading", opens=follow("https://example.org/page")),
    "file": Scene(
        "FileScreen", "small/reading", opens=push("web", "FileScreen", Path("/pages/quay.png"), "A quay")
    ),
    "help-lesson": Scene("HelpScreen", "small/reading", "f1"),
    "tour": Scene("LessonScreen", keys="f6"),
    # Questions
    "one": practice("one-of-three", "tab h"),
    "one-answered": practice("one-of-three", "tab b enter"),
    "several": practice("two-of-three", "tab a b"),
    "several-answered": practice("two-of-three", "tab a b enter"),
    "truth": practice("true-or-not", "tab"),
    "truth-answered": practice("true-or-not", "tab a enter"),
    "word": practice("a-word", "tab H a n s e"),
    "word-answered": practice("a-word", "tab H a n s e enter"),
    "number": practice("a-number", "tab 2 0 5"),
    "number-answered": practice("a-number", "tab 2 0 5 enter"),
    "pairs": practice("pairs", "tab a up"),
    "pairs-answered": practice("pairs", "tab a c enter"),
    "groups": practice("groups", "tab a up"),
    "groups-answered": practice("groups", "tab a b enter"),
    "order": practice("an-order", "tab d"),
    "order-answered": practice("an-order", "tab d enter"),
    "gaps": practice("gaps", "tab b"),
    "gaps-answered": practice("gaps", "tab b tab T r a v e enter"),
    "certainty": Scene("LessonScreen", "sample/questions#choices", "tab a"),
    "certainty-asked": Scene("LessonScreen", "sample/questions#choices", "tab a enter"),
    "certainty-answered": Scene("LessonScreen", "sample/questions#choices", "tab a enter 2"),
    "open": Scene("LessonScreen", "sample/questions#typing", "tab tab tab tab tab tab tab tab O u r s"),
    "opinion": Scene("LessonScreen", "sample/after#your-view-now", "tab 4"),
    "opinion-answered": Scene("LessonScreen", "sample/after#your-view-now", "tab 4 down 3 enter"),
    "case": Scene("LessonScreen", "sample/questions#the-case-again", "tab"),
    "form": Scene("LessonScreen", "sample/after#your-turn", "tab"),
    # Quizzes
    "quiz": Scene("QuizScreen", "small/quiz"),
    "quiz-question": Scene("QuizScreen", "small/quiz", "enter b"),
    "quiz-passed": Scene("QuizScreen", "small/quiz", "enter a enter b enter s h i p enter"),
    "quiz-not-passed": Scene("QuizScreen", "small/quiz", "enter b enter b enter n o enter"),
    "quiz-answer": Scene("QuizScreen", "small/quiz", "enter b enter b enter n o enter enter"),
    "quiz-practice": Scene("QuizScreen", "other/quiz", "enter b enter"),
    "exam": Scene("ExamScreen", "sample/quiz"),
    "exam-sheet": Scene("ExamScreen", "sample/quiz", "enter"),
    "exam-question": Scene("ExamScreen", "sample/quiz", "enter enter f a"),
    "exam-hand-in": Scene("ExamScreen", "sample/quiz", "enter h"),
    "attempts": Scene("ListScreen", "small/quiz", "down down enter", before=worked),
    "attempt": Scene("AttemptScreen", "small/quiz", "down down enter enter", before=worked),
    "review": Scene("ReviewScreen", before=answered, start={"reviews": True}),
    "review-question": Scene("ReviewScreen", keys="enter", before=answered, start={"reviews": True}),
    "review-nothing": Scene("ReviewScreen", start={"reviews": True}),
    # Asking
    "ask": Scene("AskScreen", start={"asks": True}),
    "ask-answer": asking(RAN),
    "ask-refusal": asking(TRAVEL),
    "ask-back": asking(BUDGET),
    "ask-failed": asking(BROKEN),
    "source": asking(RAN, "2", "GuideScreen"),
    "why": asking(RAN, "tab i", "WhyScreen"),
    "feedback": asking(RAN, "tab minus", "FeedbackScreen"),
    "ask-export": asking(RAN, "ctrl+s", "ExportScreen"),
    "filter": asking(RAN, "ctrl+g", "FilterScreen"),
    "history": asking(RAN, "ctrl+r", "HistoryScreen"),
    "help-ask": asking(RAN, "f1", "HelpScreen"),
    # Guides
    "guides": Scene("GuidesScreen", keys="g", app=own_guides, sees="The salt road"),
    "guides-found": Scene("GuidesScreen", keys="g slash m a r k s", app=own_guides, sees="three marks"),
    "guides-filter": Scene("FilterScreen", keys="g f", app=own_guides),
    "guides-add": Scene("AddGuidesScreen", keys="g plus", app=own_guides),
    "guides-remove": Scene("RemoveGuideScreen", opens=push_remove),
    "guide": Scene("GuideScreen", opens=lambda app: app.open_guide("ferry")),
    "guide-found": Scene(
        "GuideScreen", keys="slash t a l l i n n", opens=lambda app: app.open_guide("ferry")
    ),
    "guide-contents": Scene("ListScreen", keys="t", opens=lambda app: app.open_guide("ferry")),
    # Everywhere
    "search": Scene("SearchScreen", keys="f3"),
    "search-found": Scene("SearchScreen", keys="f3 s a l t", app=own_guides, sees="three marks"),
    "settings": Scene("SettingsScreen", keys="f2"),
    "settings-look": Scene("ListScreen", keys="f2 down enter"),
    "keys": Scene("KeysScreen", opens=push("keys", "KeysScreen")),
    "new-key": Scene("NewKeyScreen", opens=push_new_key),
    "chat-model": Scene("ChatModelScreen", opens=push("chat_model", "ChatModelScreen")),
    "consent": Scene("ConsentScreen", opens=push_consent),
    "data": Scene("DataScreen", opens=push("data", "DataScreen")),
    "data-export": Scene("ExportScreen", opens=push("data", "ExportScreen", Path("/pages/mine.jsonl"))),
    "data-erase": Scene("EraseScreen", opens=push("data", "EraseScreen", "Everything")),
    # What was reached
    "progress-first": Scene("ProgressScreen", keys="o"),
    "progress": Scene("ProgressScreen", keys="o", before=worked),
    "progress-module": Scene("ModuleProgressScreen", keys="o enter", before=worked),
    "certificate-missing": Scene("CertificateScreen", keys="o end enter", before=worked),
    "certificate-name": Scene("CertificateScreen", keys="o enter enter", before=worked),
    "certificate": Scene("CertificateScreen", keys="o enter enter", before=named),
    "plan": Scene("PlanScreen", keys="p"),
    "workbook": Scene("WorkbookScreen", keys="w"),
    "action-plan": Scene("ActionPlanScreen", opens=lambda app: app.open_action_plan()),
    "self-checks": Scene("SelfChecksScreen", keys="s"),
    "self-check": self_check(),
    "self-check-group": self_check("enter 4 k"),
    "self-check-result": Scene(
        "SelfCheckResultScreen", "self-checks/open-innovation-readiness", before=checked
    ),
    "self-check-import": Scene("ImportScreen", "self-checks/open-innovation-readiness", "i", before=checked),
    # Writing a course
    "preview": Scene("PreviewScreen", app=preview),
    "preview-files": Scene("ListScreen", keys="f", app=preview),
}
"""Each page under the name of its files; where a page looks different from state to state, once for each."""
