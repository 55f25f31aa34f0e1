from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from course.assessment_rows import handed_on
from course.assessments import Assessment, assessments_of, begin, finish, rate
from tui.widgets.self_check import SelfCheckArea

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Stage
    from textual.pilot import Pilot

REF = "self-checks/open-innovation-readiness"
VELMORA = ("4332", "2423", "2244", "2145", "2311", "2212")
SIZES = pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])


@pytest.fixture
def stage(stage: Stage) -> Stage:
    """With the lesson to which the advice for a missing list leads."""
    module = stage.course_folder / "03-ip"
    module.mkdir()
    module.joinpath("module.md").write_text(
        "---\ntitle: Rights\nid: ip-and-contracts\n---\n\nHello.\n", encoding="utf-8"
    )
    lesson = "---\ntitle: Your map of rights\nminutes: 35\n---\n\n## Why\n\nThe map begins.\n"
    module.joinpath("01-ip-map.md").write_text(lesson, encoding="utf-8")
    return stage


def kept(stage: Stage) -> tuple[Assessment, ...]:
    services = stage.services()
    found = assessments_of(services.record)
    services.close()
    return found


async def fill(stage: Stage, pilot: Pilot[None], groups: tuple[str, ...] = VELMORA) -> None:
    await stage.see(pilot, "begins with the first group")
    await pilot.press("enter")
    for number, keys in enumerate(groups, 1):
        await stage.see(pilot, f"group {number} of 6")
        await pilot.press(*keys)
        await pilot.press("enter")


@SIZES
async def test_a_self_check_is_taken_with_the_keys_and_shows_its_result(stage: Stage, size: tuple[int, int]):
    app = stage.app(REF)
    async with app.run_test(size=size) as pilot:
        text = await stage.see(pilot, "self-check")
        assert "about 12 minutes" in text
        await fill(stage, pilot)
        text = await stage.see(pilot, "Total: 39 of 100, Build.")
        assert "Protection and agreements: 19, Start" in text
        assert text.index("Protection and agreements") < text.index("Direction and leadership")
        assert "████" in text
        assert max(len(line) for line in text.split("\n")) <= size[0]
    (own,) = kept(stage)
    assert own.finished
    assert own.ratings["SA1-E2"] == 3
    assert len(own.ratings) == 24


@SIZES
async def test_a_group_fits_the_window(stage: Stage, size: tuple[int, int]):
    app = stage.app(REF)
    async with app.run_test(size=size) as pilot:
        await stage.see(pilot, "begins with the first group")
        await pilot.press("enter")
        text = await stage.see(pilot, "group 1 of 6")
        assert "Direction and leadership" in text
        assert "k I do not know" in text
        assert "We have decided what we will not share or do with partners." in text
        assert "One fact on this" in text
        assert "enter Go on" in text


async def test_i_do_not_know_is_an_answer_and_is_listed(stage: Stage):
    app = stage.app(REF)
    async with app.run_test(size=(80, 100)) as pilot:
        await fill(stage, pilot, ("k2k2", "5kkk", *VELMORA[2:]))
        text = await stage.see(pilot, "Total:")
        assert "Openness culture: not enough information, 3 not known" in text
        assert "Direction and leadership: 25, Start, 2 not known" in text
        assert "You do not know this yet; find it out" in text
        assert "A1 We can say" in text


async def test_nothing_goes_on_while_a_statement_is_open(stage: Stage):
    app = stage.app(REF)
    async with app.run_test() as pilot:
        await stage.see(pilot, "begins with the first group")
        await pilot.press("enter", "4", "down", "down", "3", "enter")
        text = await stage.see(pilot, "statements are not rated yet")
        assert "k is an answer too." in text
        assert "group 1 of 6" in text
        await pilot.press("k", "k", "enter")
        await stage.see(pilot, "group 2 of 6")
        await pilot.press("p")
        text = await stage.see(pilot, "group 1 of 6")
        assert "(4)" in text
        assert "(k)" in text
        await pilot.press("p")
        await stage.see(pilot, "begins with the first group")


async def test_keys_that_come_faster_than_the_page_lose_nothing(stage: Stage):
    app = stage.app(REF)
    async with app.run_test() as pilot:
        await stage.see(pilot, "begins with the first group")
        await pilot.press("enter")
        await stage.see(pilot, "group 1 of 6")
        area = app.screen.query_one(SelfCheckArea)
        for value in (3, 2, 1, 0):
            area.pick(value)
        await app.screen.run_action("go_on")
        await stage.see(pilot, "group 2 of 6")
    assert kept(stage)[0].ratings == {"SA1-A1": 4, "SA1-A2": 3, "SA1-A3": 2, "SA1-A4": 1}


async def test_finishing_twice_is_finishing_once(stage: Stage):
    app = stage.app(REF)
    async with app.run_test() as pilot:
        await fill(stage, pilot, VELMORA[:5])
        await stage.see(pilot, "group 6 of 6")
        await pilot.press(*"2212")
        page = app.screen
        await page.run_action("go_on")
        await page.run_action("go_on")
        await stage.see(pilot, "Total: 39 of 100, Build.")
        assert not app._notifications


async def test_a_click_rates_too(stage: Stage):
    app = stage.app(REF)
    async with app.run_test() as pilot:
        await stage.see(pilot, "begins with the first group")
        await stage.click_words(pilot, "enter Go on")
        await stage.see(pilot, "group 1 of 6")
        await stage.click_words(pilot, "  1     2     3")
        await stage.until(pilot, lambda: "(1)" in stage.text(app))
    assert kept(stage)[0].ratings == {"SA1-A1": 1}


async def test_it_goes_on_after_a_restart_where_it_was_left(stage: Stage):
    app = stage.app(REF)
    async with app.run_test() as pilot:
        await stage.see(pilot, "begins with the first group")
        await pilot.press("enter", *"4332", "tab", *"an NDA n", "enter")
        await stage.see(pilot, "group 2 of 6")
        await pilot.press("2", "k", "tab", *"half a fa", "ctrl+q")
    own = kept(stage)[0]
    assert own.finished is None
    assert own.ratings["SA1-B2"] is None
    assert own.evidence == {"SA1-A": "an NDA n", "SA1-B": "half a fa"}
    app = stage.app(REF)
    async with app.run_test() as pilot:
        text = await stage.see(pilot, "group 2 of 6")
        assert "(k)" in text
        assert "half a fa" in text
        await pilot.press("3", "3", "enter")
        await stage.see(pilot, "group 3 of 6")


async def test_opening_it_alone_begins_nothing(stage: Stage):
    app = stage.app(REF)
    async with app.run_test() as pilot:
        await stage.see(pilot, "begins with the first group")
        await pilot.press("enter")
        await stage.see(pilot, "group 1 of 6")
        await pilot.press("escape")
        await stage.see(pilot, "Modules")
    assert kept(stage) == ()


async def test_advice_leads_to_its_lesson(stage: Stage):
    app = stage.app(REF)
    async with app.run_test(size=(80, 60)) as pilot:
        await fill(stage, pilot)
        text = await stage.see(pilot, "Look at this first, whatever the total")
        assert "You said: 2, slightly true." in text
        await stage.click_words(pilot, "Your map of rights")
        await stage.see(pilot, "The map begins.")


async def test_a_second_time_is_compared_with_the_first(stage: Stage):
    app = stage.app(REF)
    async with app.run_test(size=(80, 120)) as pilot:
        await fill(stage, pilot)
        await stage.see(pilot, "Total: 39 of 100")
        await pilot.press("n")
        await fill(stage, pilot, (*VELMORA[:4], "4444", "2222"))
        text = await stage.see(pilot, "Since 2026-11-22")
        assert "Protection and agreements: 19 before, 75 now, 56 more" in text
        assert "Process and learning: 19 before, 25 now, 6 more (may be chance)" in text
        assert "Openness culture: 44 before, 44 now, no change" in text
        assert "result 2 of 2" in text
        await pilot.press("left")
        text = await stage.see(pilot, "result 1 of 2")
        assert "Since" not in text
        await pilot.press("right")
        await stage.see(pilot, "result 2 of 2")


async def test_the_result_of_a_colleague_shows_what_to_talk_about(stage: Stage, tmp_path: Path):
    services = stage.services()
    ratings: dict[str, int | None] = {
        f"SA1-{letter}{number}": int(key)
        for letter, keys in zip("ABCDEF", VELMORA, strict=True)
        for number, key in enumerate(keys, 1)
    }
    ratings["SA1-A1"] = 1
    at = stage.clock()
    services.close()
    own = Assessment(0, "open-innovation-readiness", at, "", ratings, {}, at)
    file = tmp_path / "mara.json"
    file.write_text(json.dumps(handed_on(own, "Mara")), encoding="utf-8")
    app = stage.app(REF)
    async with app.run_test(size=(80, 120)) as pilot:
        await fill(stage, pilot)
        await stage.see(pilot, "Total: 39 of 100")
        await pilot.press("i")
        await stage.see(pilot, "The result of a colleague")
        await pilot.press(*"~nosuchuser/nothing.json", "enter")
        await stage.until(pilot, lambda: bool(app._notifications))
        assert "cannot be read" in next(iter(app._notifications)).message
        await pilot.press("i")
        await stage.see(pilot, "Path of the file")
        await pilot.press(*str(file), "enter")
        text = await stage.see(pilot, "Talk about this: you, Mara")
        assert "you 4, Mara 1." in " ".join(text.split())
    assert [each.rater for each in kept(stage)].count("Mara") == 1


@SIZES
async def test_the_list_is_a_key_away_and_tells_how_far_each_is(stage: Stage, size: tuple[int, int]):
    app = stage.app()
    async with app.run_test(size=size) as pilot:
        await stage.see(pilot, "Modules")
        await pilot.press("s")
        text = await stage.see(pilot, "SA2  Internationalisation readiness")
        assert "not taken yet" in text
        assert "about 12 minutes" in text
        await pilot.press("enter")
        await stage.see(pilot, "begins with the first group")
        await pilot.press("enter", "4")
        await stage.until(pilot, lambda: "(4)" in stage.text(app))
        await pilot.press("escape")
        await stage.see(pilot, "Modules")
        await pilot.press("s")
        await stage.see(pilot, "begun, 1 of 24")


async def test_the_palette_leads_to_the_self_checks(stage: Stage):
    app = stage.app()
    async with app.run_test() as pilot:
        await stage.see(pilot, "Modules")
        await pilot.press("ctrl+p", *"self-checks")
        await stage.see(pilot, "See how ready your firm is")
        await pilot.press("enter")
        await stage.see(pilot, "SA1  Open innovation readiness")


async def test_both_results_are_read_together(stage: Stage):
    services = stage.services()
    for code, name in (("SA1", "open-innovation-readiness"), ("SA2", "internationalisation-readiness")):
        own = begin(services.record, name, stage.clock())
        for letter in "ABCDEF":
            for number in range(1, 5):
                rate(services.record, own.id, f"{code}-{letter}{number}", 4, stage.clock())
        finish(services.record, own.id, stage.clock())
    services.close()
    app = stage.app(REF)
    async with app.run_test(size=(80, 120)) as pilot:
        text = await stage.see(pilot, "Read together: Both 60 or more")
        assert "Internationalisation readiness: 75 of 100" in text
