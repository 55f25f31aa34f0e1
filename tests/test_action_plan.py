from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from docx import Document

from course.errors import NotFound
from tui.action_plan import action_plan, new_file, plan_docx, plan_markdown
from tui.document import as_docx
from tui.plan import write_plan
from tui.plan_rubric import labelled, rating_of, rubric_form, rubric_lines, short_lines, verdict_words

if TYPE_CHECKING:
    from conftest import Stage
    from textual.pilot import Pilot

ROOT = Path(__file__).parents[1]
COMMAND = "from tui.cli import main; raise SystemExit(main())"
TODAY = date(2026, 11, 22)
SIZES = pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
PATHS = """\
[[path]]
id = "P0"
title = "Short"
about = "One lesson and the plan."
steps = ["self-checks/open-innovation-readiness", "nowhere", "other/first", "other/plan"]

[[path]]
id = "P1"
title = "Market"
about = "A market and the plan."
steps = ["other/market", "other/plan"]
"""


def lesson(title: str, form: str) -> str:
    return f"---\ntitle: {title}\n---\n\n## Before\n\nText.\n\n## Your turn\n\n```form {form}\n```\n"


LESSONS = {
    "02-first.md": lesson(
        "A first step", "A06-openness-line\nA06 Openness line - Velmora\nProject: a sensor"
    ),
    "03-intent.md": lesson(
        "Our intent", "A10-intent\nA10 Open innovation intent\nBusiness goal: 10 % more\nDate:"
    ),
    "04-market.md": lesson("Choosing a market", "A40-market-matrix\nA40 Market matrix\nMarket: Denmark"),
    "05-plan.md": lesson(
        "The plan", "A66-action-plan\nA66 Twelve-month action plan\nGoal: grow\nPriorities:\nStop list:"
    ),
}


@pytest.fixture
def stage(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> Stage:
    for name, text in LESSONS.items():
        stage.course_folder.joinpath("02-other", name).write_text(text, encoding="utf-8")
    file = stage.course_folder.parent / "paths.toml"
    file.write_text(PATHS, encoding="utf-8")
    monkeypatch.setattr("course.learning_paths.shipped_paths", lambda: file)
    return stage


def write(stage: Stage, form: str, **fields: str) -> None:
    folder = stage.home / "workbook"
    folder.mkdir(parents=True, exist_ok=True)
    text = "".join(f"## {name.replace('_', ' ')}\n\n{words}\n\n" for name, words in fields.items())
    folder.joinpath(f"{form}.md").write_text(text, encoding="utf-8")


def rate(stage: Stage, *ratings: str) -> None:
    names = [line.id.replace(" ", "_") for line in rubric_lines()]
    write(stage, "R66-plan-rubric", **dict(zip(names, ratings, strict=False)))


def plan_text(stage: Stage) -> str:
    return plan_markdown(action_plan(stage.services()), TODAY)


def sources(stage: Stage) -> list[str]:
    return [own.task.form.code for own in action_plan(stage.services()).sources]


def test_an_empty_plan_says_what_is_missing_and_where_to_fill_it_in(stage: Stage):
    text = plan_text(stage)
    assert text.startswith(
        "# A66 Twelve-month action plan\n\n2026-11-22\n\nThe plan is empty. It rests on 2 forms"
    )
    assert (
        "Still empty: Goal, Priorities, Stop list. A66 Twelve-month action plan: fill it in in the lesson"
        in text
    )
    assert "“Our intent”, or with `hansa workbook edit A10`" in text
    assert "“Choosing a market”, or with `hansa workbook edit A40`" in text
    assert "The plan is done when every line has at least 2." in text
    assert (
        "| Goal | A business goal with a number and a date | It also rests on evidence from your forms |  |"
        in text
    )
    assert "Not at 2 yet: Goal (not rated), Priorities (not rated)" in text


def test_what_was_written_stands_in_its_place(stage: Stage):
    write(stage, "A66-action-plan", Goal="20 % more | abroad\n\\# by June", Stop_list="fairs")
    write(stage, "A10-intent", Business_goal="ten new customers")
    rate(stage, "3 | clear", "2", "1", "2", "0", "2", "2", "2")
    text = plan_text(stage)
    parts = [
        "## The plan",
        "**Goal**\n\n20 % more | abroad  \n\\# by June",
        "Still empty: Priorities.",
        "## What it rests on",
        "### A10 Open innovation intent",
        "ten new customers",
        "Still empty: Date.",
        "### Not begun yet",
        "A40 Market matrix",
        "## How good is the plan?",
        "3 \\| clear |",
        "Not at 2 yet: Actions (1), Protection and rules (0).",
    ]
    places = [text.index(part) for part in parts]
    assert places == sorted(places)


def test_the_forms_are_those_of_the_chosen_path(stage: Stage):
    settings = stage.home / "settings.toml"
    assert sources(stage) == ["A10", "A40"]
    write_plan(settings, "P1")
    assert sources(stage) == ["A40"]
    write_plan(settings, "P0")
    assert sources(stage) == ["A06"]
    write(stage, "A40-market-matrix", Market="Poland")
    assert sources(stage) == ["A06", "A40"]


def test_the_document_for_a_word_processor_holds_the_same(stage: Stage, tmp_path: Path):
    write(stage, "A66-action-plan", Goal="grow \ufffe twice")
    rate(stage, *("2" * 8))
    file = tmp_path / "plan.docx"
    file.write_bytes(plan_docx(action_plan(stage.services()), TODAY))
    document = Document(str(file))
    words = [paragraph.text for paragraph in document.paragraphs]
    assert words[0] == "A66 Twelve-month action plan"
    assert "grow \ufffd twice" in words
    assert "Every line has at least 2: the plan is done." in words
    (table,) = document.tables
    assert [cell.text for cell in table.rows[0].cells] == ["Line", "2 means", "3 means", "Mine, 0 to 3"]
    assert len(table.rows) == 9
    assert table.rows[1].cells[3].text == "2"


def test_a_course_without_the_form_says_so(stage: Stage):
    stage.course_folder.joinpath("02-other", "05-plan.md").unlink()
    with pytest.raises(NotFound, match="no form A66"):
        action_plan(stage.services())


@pytest.mark.parametrize(
    ("text", "rating"),
    [("3", 3), (" 0 no goal", 0), ("2: see A10", 2), ("20", None), ("", None), ("good 3", None), ("4", None)],
)
def test_a_rating_is_the_number_at_the_beginning(text: str, rating: int | None):
    assert rating_of(text) == rating


def test_the_rubric_is_that_of_the_syllabus(stage: Stage):
    names = [
        "Goal",
        "Priorities",
        "Actions",
        "Partners",
        "Protection and rules",
        "Measures",
        "Risks and stop rules",
        "Review",
    ]
    assert [line.name for line in rubric_lines()] == names
    rate(stage, *("2" * 7))
    sheet = stage.services().workbook.sheet(rubric_form())
    assert short_lines(sheet) == (("Review", None),)
    assert "Review (not rated)" in verdict_words(sheet)


def test_a_document_never_replaces_another(tmp_path: Path):
    first = new_file(tmp_path, TODAY, ".md")
    assert first.name == "action-plan-2026-11-22.md"
    first.touch()
    assert new_file(tmp_path, TODAY, ".md").name == "action-plan-2026-11-22-2.md"


async def to_plan(stage: Stage, pilot: Pilot[None]) -> str:
    await stage.see(pilot, "Modules")
    await pilot.press("w")
    await stage.see(pilot, "p Action plan")
    await pilot.press("p")
    return await stage.see(pilot, "What it rests on")


@SIZES
async def test_the_plan_is_a_key_away_and_leads_to_its_forms(stage: Stage, size: tuple[int, int]):
    write(stage, "A10-intent", Business_goal="ten new customers")
    app = stage.app()
    async with app.run_test(size=size) as pilot:
        text = await to_plan(stage, pilot)
        assert "▸ A66 Twelve-month action plan" in text
        assert "begun, 1 of 2" in text
        assert max(len(line) for line in text.split("\n")) <= size[0]
        await stage.click_words(pilot, "A40 Market matrix")
        await stage.see(pilot, "Choosing a market")


async def test_the_plan_is_rated_and_written_as_a_document(stage: Stage):
    app = stage.app()
    async with app.run_test(size=(80, 60)) as pilot:
        await to_plan(stage, pilot)
        await pilot.press("down", "down", "down", *"3 really")
        await pilot.press("up", "m")
        await stage.until(pilot, lambda: bool(app._notifications))
        assert "action-plan-" in next(iter(app._notifications)).message
        await pilot.press("d")
        folder = stage.home / "workbook"
        await stage.until(pilot, lambda: any(folder.glob("*.docx")))
    (document,) = folder.glob("action-plan-*.md")
    assert "| 3 really |" in document.read_text(encoding="utf-8")
    assert stage.services().workbook.names() == ("R66-plan-rubric",)


async def test_a_course_without_the_plan_tells_on_its_page(stage: Stage):
    stage.course_folder.joinpath("02-other", "05-plan.md").unlink()
    app = stage.app()
    async with app.run_test() as pilot:
        await stage.see(pilot, "Modules")
        await pilot.press("w")
        await stage.see(pilot, "p Action plan")
        await pilot.press("p")
        await stage.see(pilot, "The course has no form A66 for the plan.")
        await pilot.press("m")
        await stage.until(pilot, lambda: bool(app._notifications))
        assert "no form A66" in next(iter(app._notifications)).message


def hansa(stage: Stage, *arguments: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", COMMAND, "--course", str(stage.course_folder), "workbook", *arguments],
        input=typed,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        cwd=ROOT,
        env=os.environ | {"HANSA_HOME": str(stage.home)},
        timeout=60,
    )


def test_the_command_rates_prints_and_writes_the_plan(stage: Stage, tmp_path: Path):
    rated = hansa(stage, "plan", "--rate", typed="3\n\n2\n\n.\n").stdout
    assert "0 missing, 1 vague, 2 usable, 3 strong." in rated
    assert "Not at 2 yet: Actions (not rated)" in rated
    assert "| 3 |" in hansa(stage, "plan").stdout
    for name, start in (("plan.md", b"# A66"), ("plan.docx", b"PK")):
        file = tmp_path / name
        assert hansa(stage, "plan", "-o", str(file)).stdout == f"Written: {file}\n"
        assert file.read_bytes().startswith(start)
        assert "exists already" in hansa(stage, "plan", "-o", str(file)).stderr
    assert hansa(stage, "plan", "--docx").returncode == 2
    exported = hansa(stage, "export").stdout
    assert "## My action plan\n\n### How good is my plan?" in exported
    assert "Sheets of other courses" not in exported


def test_ratings_stay_when_the_interface_speaks_another_language(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
):
    rate(stage, "3", "1")
    english = rubric_form().fields
    monkeypatch.setattr("tui.plan_rubric._", lambda words: f"«{words}»")
    workbook = stage.services().workbook
    form = rubric_form()
    assert [own.name for own in form.fields] == [own.name for own in english]
    assert form.fields[0].title == "«Goal»"
    assert short_lines(workbook.sheet(form))[0] == ("«Priorities»", 1)
    assert labelled(workbook.sheet(form)).values["«Goal»"] == "3"


def test_a_document_may_have_a_title_of_any_length_and_any_letters():
    document = Document(BytesIO(as_docx("Plan \uffff " + "x" * 300, ())))
    assert document.paragraphs[0].text.endswith("x" * 300)
    assert len(document.core_properties.title) == 255
