"""Finding words in a lesson."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tui.widgets.lines import LinesView

if TYPE_CHECKING:
    from conftest import Stage

SIZES = pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40)])
LESSON = """\
---
title: Salt
minutes: 5
---

## One

Salt is dear.

## Two

{filler}

> [!NOTE]
> {words} and the price of salt goes up and down.

{filler}

<!-- q id=who -->
### Who carries salt?

- [x] Ships
- [ ] Stones
<!-- /q -->
"""
FILLER = "\n\n".join(f"Paragraph {number} tells of ports." for number in range(30))


@pytest.fixture
def salt(stage: Stage) -> Stage:
    """The small course with a long lesson."""
    text = LESSON.format(filler=FILLER, words="word " * 11)
    stage.course_folder.joinpath("01-small", "03-salt.md").write_text(text, encoding="utf-8")
    return stage


def marked(app) -> list[str]:
    """The words that are marked on the page, in order."""
    found = []
    for view in app.screen.column.query(LinesView):
        content = view.render()
        spans = [span for span in content.spans if str(span.style) in {"bold underline", "bold reverse"}]
        found += [content.plain[span.start : span.end] for span in spans]
    return found


@SIZES
async def test_matches_are_counted_marked_and_visited(salt: Stage, size: tuple[int, int]):
    app = salt.app("small/salt")
    async with app.run_test(size=size) as pilot:
        await salt.see(pilot, "section 1 of 2")
        await pilot.press("slash", *"salt", "enter")
        text = await salt.see(pilot, "“salt”: match 1 of 3")
        assert "n Next match" in text
        assert "N Match before" in text
        assert marked(app) == ["Salt"]
        await pilot.press("n")
        text = await salt.see(pilot, "match 2 of 3")
        await salt.see(pilot, "goes up and down.")
        assert marked(app) == ["salt", "salt"]
        await pilot.press("n")
        await salt.see(pilot, "Who carries salt?")
        await pilot.press("n")
        await salt.see(pilot, "match 1 of 3")
        await salt.see(pilot, "section 1 of 2")
        await pilot.press("N")
        await salt.see(pilot, "Who carries salt?")
        await pilot.press("escape")
        await salt.see(pilot, "p Previous")
        assert marked(app) == []
        assert "match" not in salt.text(app)
        await pilot.press("comma")
        await salt.see(pilot, "section 1 of 2")


async def test_words_are_found_over_the_end_of_a_line_of_a_callout(salt: Stage):
    app = salt.app("small/salt")
    async with app.run_test() as pilot:
        await salt.see(pilot, "section 1 of 2")
        await pilot.press("slash", *"price of salt goes", "enter")
        await salt.see(pilot, "match 1 of 1")
        await salt.until(pilot, lambda: len(marked(app)) == 1)
        assert "\n" in marked(app)[0]


async def test_what_is_not_there_is_told_and_esc_closes(salt: Stage):
    app = salt.app("small/salt")
    async with app.run_test() as pilot:
        await salt.see(pilot, "section 1 of 2")
        await pilot.press("slash", *"gold", "enter")
        await salt.until(pilot, lambda: bool(app._notifications))
        assert next(iter(app._notifications)).message == "“gold” does not stand in this lesson."
        await pilot.press("slash")
        await salt.see(pilot, "gold")
        await pilot.press("escape")
        await salt.until(pilot, lambda: "gold" not in salt.text(app))
        await pilot.press("n")
        await salt.see(pilot, "section 2 of 2")


async def test_the_mouse_goes_from_match_to_match(salt: Stage):
    app = salt.app("small/salt")
    async with app.run_test() as pilot:
        await salt.see(pilot, "section 1 of 2")
        await pilot.press("slash", *"salt", "enter")
        await salt.see(pilot, "match 1 of 3")
        await salt.click_words(pilot, "n Next match")
        await salt.see(pilot, "match 2 of 3")
        await salt.click_words(pilot, "End search")
        await salt.see(pilot, "t Contents")
