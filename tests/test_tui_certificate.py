from __future__ import annotations

from typing import TYPE_CHECKING

import pypdfium2
import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Stage
    from textual.pilot import Pilot

SIZES = [(80, 24), (120, 40)]


@pytest.fixture
def stage(stage: Stage) -> Stage:
    """The second lesson of the first module, one page long, in place of nine."""
    stage.course_folder.joinpath("01-small", "02-practice.md").write_text(
        "---\ntitle: Practice\nminutes: 9\n---\n\n## Only\n\nText.\n", encoding="utf-8"
    )
    return stage


def read_all(stage: Stage) -> None:
    services = stage.services()
    for head in services.course.modules[0].lessons:
        for section_id in head.section_ids:
            services.record.visit(section_id, 0, stage.clock())
    services.close()


def file_of(stage: Stage, suffix: str = ".pdf") -> Path:
    return stage.home / "certificates" / f"certificate-small{suffix}"


async def pass_the_quiz(stage: Stage, pilot: Pilot[None]) -> str:
    await stage.see(pilot, "not begun")
    await pilot.press("enter")
    await stage.see(pilot, "question 1 of 3")
    await pilot.press("a", "enter")
    await stage.see(pilot, "question 2 of 3")
    await pilot.press("b", "enter")
    await stage.see(pilot, "question 3 of 3")
    await pilot.press(*"ship", "enter")
    return await stage.see(pilot, "✓ Passed with 100 %.")


async def to_certificate(stage: Stage, pilot: Pilot[None]) -> None:
    await pass_the_quiz(stage, pilot)
    await stage.click_words(pilot, "Get your certificate")


async def named(stage: Stage, pilot: Pilot[None], name: str = "Łucja Ødegård") -> str:
    await stage.see(pilot, "Which name is to stand on it?")
    await pilot.press(*name, "enter")
    return await stage.see(pilot, "Save as PDF")


async def told(stage: Stage, pilot: Pilot[None], words: str) -> None:
    """Wait until something is told for a moment."""
    await stage.until(pilot, lambda: any(words in told.message for told in pilot.app._notifications))


@pytest.mark.parametrize("size", SIZES)
async def test_from_the_first_lesson_to_the_certificate(stage: Stage, size: tuple[int, int]):
    app = stage.app()
    async with app.run_test(size=size) as pilot:
        await stage.see(pilot, "▸ Begin")
        await pilot.press("enter")
        for number in range(1, 5):
            await stage.see(pilot, f"section {number} of 4")
            await pilot.press("n")
        await stage.see(pilot, "▸ Go on to Practice")
        await pilot.press("enter")
        await stage.see(pilot, "section 1 of 1")
        await pilot.press("n")
        await stage.see(pilot, "▸ Go on to the quiz")
        await pilot.press("enter")
        await pass_the_quiz(stage, pilot)
        await stage.click_words(pilot, "Get your certificate")
        text = await named(stage, pilot)
        assert "You have completed the module “Small module”." in text
        assert "Certificate of completion" in text
        assert max(len(line) for line in text.split("\n")) <= size[0]
        await pilot.press("enter")
        await stage.see(pilot, "Saved:")
    document = pypdfium2.PdfDocument(file_of(stage).read_bytes())
    shown = document[0].get_textpage().get_text_range()
    document.close()
    for words in ("Łucja Ødegård", "the module “Small module”", "tell what floats", "tell what sinks"):
        assert words in shown


async def test_what_is_missing_is_told_with_the_way_there(stage: Stage):
    app = stage.app("small/quiz")
    async with app.run_test() as pilot:
        await to_certificate(stage, pilot)
        text = await stage.see(pilot, "2 lessons are left to read")
        assert "▸ Read Reading and looking" in text
        assert "Save as PDF" not in text
        await pilot.press("down", "enter")
        await stage.see(pilot, "section 1 of 1")


async def test_the_name_is_asked_once_and_can_be_changed(stage: Stage):
    read_all(stage)
    app = stage.app("small/quiz")
    async with app.run_test() as pilot:
        await to_certificate(stage, pilot)
        await named(stage, pilot, "First")
        await pilot.press("escape")
        await stage.see(pilot, "✓ Passed")
        await stage.click_words(pilot, "Get your certificate")
        await stage.see(pilot, "Change the name: First")
        await pilot.press("e")
        await stage.see(pilot, "Which name is to stand on it?")
        await pilot.press("escape")
        await stage.see(pilot, "Change the name: First")
        await stage.click_words(pilot, "Change the name: First")
        await stage.see(pilot, "Which name is to stand on it?")
        await pilot.press("end", *(["backspace"] * 5), *"Second", "enter")
        await stage.see(pilot, "Change the name: Second")


async def test_an_empty_name_is_told(stage: Stage):
    read_all(stage)
    app = stage.app("small/quiz")
    async with app.run_test() as pilot:
        await to_certificate(stage, pilot)
        await stage.see(pilot, "Which name")
        await pilot.press("enter")
        await told(stage, pilot, "A certificate needs a name")


async def test_a_file_is_replaced_only_when_asked(stage: Stage):
    read_all(stage)
    file = file_of(stage, ".md")
    file.parent.mkdir(parents=True)
    file.write_text("mine", encoding="utf-8")
    app = stage.app("small/quiz")
    async with app.run_test() as pilot:
        await to_certificate(stage, pilot)
        await named(stage, pilot)
        for keys in (["escape"], ["enter"]):
            await pilot.press("m")
            await stage.see(pilot, "▸ Keep the file that is there")
            await pilot.press(*keys)
            await stage.see(pilot, "You have completed")
            assert file.read_text(encoding="utf-8") == "mine"
        await pilot.press("m")
        await stage.see(pilot, "▸ Keep the file that is there")
        await pilot.press("down", "enter")
        await stage.see(pilot, "Saved:")
    assert file.read_text(encoding="utf-8").startswith("# Certificate of completion\n\n## Łucja Ødegård")


async def test_letters_that_a_pdf_lacks_and_a_folder_in_the_way_are_told(stage: Stage):
    read_all(stage)
    app = stage.app("small/quiz")
    async with app.run_test() as pilot:
        await to_certificate(stage, pilot)
        await named(stage, pilot, "王")
        await pilot.press("s")
        await told(stage, pilot, "The PDF has no letters for 王")
        stage.home.joinpath("certificates").write_text("in the way", encoding="utf-8")
        await pilot.press("m")
        await told(stage, pilot, "cannot be written")


async def test_the_palette_saves_the_certificate(stage: Stage):
    read_all(stage)
    app = stage.app("small/quiz")
    async with app.run_test() as pilot:
        await to_certificate(stage, pilot)
        await named(stage, pilot)
        await pilot.press("ctrl+p")
        await pilot.press(*"markdown")
        await stage.see(pilot, "Save the certificate as Markdown.")
        await pilot.press("enter")
        await stage.until(pilot, file_of(stage, ".md").exists)


async def test_a_quiz_that_was_passed_before_offers_the_certificate(stage: Stage):
    read_all(stage)
    app = stage.app("small/quiz")
    async with app.run_test() as pilot:
        await pass_the_quiz(stage, pilot)
    app.services.close()
    again = stage.app("small/quiz")
    async with again.run_test() as pilot:
        await stage.see(pilot, "Last time you reached 100 %.")
        await stage.click_words(pilot, "Get your certificate")
        await stage.see(pilot, "Which name is to stand on it?")
