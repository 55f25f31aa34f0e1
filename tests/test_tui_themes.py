"""The looks: what stands in them can be read by everyone, with few colours and with none."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import pytest
from rich.color import Color as RichColor
from rich.color import ColorSystem
from textual.color import Color

from tui.preferences import LOOKS as NAMES
from tui.preferences import read_preferences
from tui.theme import LOOKS, TERMINAL, look_after

if TYPE_CHECKING:
    from conftest import Stage
    from textual.theme import Theme

TEXTS = ("foreground", "accent", "warning", "error", "success", "muted", "right", "wrong")
GROUNDS = ("background", "panel")
DRAWN = [theme for theme in LOOKS.values() if theme is not TERMINAL]
PAIRS = list(product(DRAWN, TEXTS, GROUNDS))

PROTANOPIA = (
    (0.152286, 1.052583, -0.204868),
    (0.114503, 0.786281, 0.099216),
    (-0.003882, -0.048116, 1.051998),
)
DEUTERANOPIA = (
    (0.367322, 0.860646, -0.227968),
    (0.280085, 0.672501, 0.047413),
    (-0.011820, 0.042940, 0.968881),
)
TRITANOPIA = (
    (1.255528, -0.076749, -0.178779),
    (-0.078411, 0.930809, 0.147602),
    (0.004733, 0.691367, 0.303900),
)
"""How colours are seen, in linear light; Machado, Oliveira and Fernandes (2009), severity 1."""


def colour(theme: Theme, name: str) -> str:
    return str(theme.variables.get(name) or getattr(theme, name))


def linear(code: str) -> tuple[float, ...]:
    parts = [int(code[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    return tuple(part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)


def luminance(code: str) -> float:
    red, green, blue = linear(code)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_computed_as_the_guidelines_do():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize(("theme", "text", "ground"), PAIRS, ids=lambda part: getattr(part, "name", part))
def test_every_text_can_be_read_on_every_ground(theme: Theme, text: str, ground: str):
    least = 7 if theme.name == "hansa-contrast" else 4.5
    assert contrast(colour(theme, text), colour(theme, ground)) >= least


def test_lines_can_be_seen_in_high_contrast():
    theme = LOOKS["contrast"]
    assert contrast(colour(theme, "faint"), colour(theme, "background")) >= 3


@pytest.mark.parametrize("sight", [PROTANOPIA, DEUTERANOPIA, TRITANOPIA])
def test_right_and_wrong_differ_for_every_kind_of_colour_vision(sight):
    theme = LOOKS["colour-blind"]

    def seen(code: str) -> list[float]:
        light = linear(code)
        return [sum(part * each for part, each in zip(row, light, strict=True)) for row in sight]

    apart = zip(seen(colour(theme, "right")), seen(colour(theme, "wrong")), strict=True)
    assert sum((one - other) ** 2 for one, other in apart) ** 0.5 > 0.3


@pytest.mark.parametrize(("theme", "text", "ground"), PAIRS, ids=lambda part: getattr(part, "name", part))
def test_nothing_vanishes_with_16_colours(theme: Theme, text: str, ground: str):
    def number(name: str) -> int | None:
        return RichColor.parse(colour(theme, name)).downgrade(ColorSystem.STANDARD).number

    assert number(text) != number(ground)


def test_the_terminals_own_look_names_no_colour_of_its_own():
    for name in (*TEXTS, *GROUNDS, "faint"):
        assert Color.parse(colour(TERMINAL, name)).ansi is not None, name


def test_every_look_can_be_chosen_and_follows_another():
    assert tuple(LOOKS) == NAMES
    look, seen = NAMES[0], []
    for _ in NAMES:
        seen.append(look)
        look = look_after(look)
    assert seen == list(NAMES)
    assert look == NAMES[0]


def colours_of(app) -> set[str]:
    """Every colour that is written to the terminal."""
    found = set()
    for strip in app.screen._compositor.render_strips(app.size):
        for segment in strip.apply_filter(app._filters[-1], app.screen.background_colors[1]):
            if segment.style is not None:
                found |= {part.name for part in (segment.style.color, segment.style.bgcolor) if part}
    return found


async def test_a_look_is_changed_by_key_and_kept(stage: Stage):
    app = stage.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await stage.see(pilot, "Modules")
        await pilot.press("f4")
        await stage.until(pilot, lambda: app.theme == "hansa-light")
        await app.workers.wait_for_complete()
    assert read_preferences(stage.home / "settings.toml")[0].theme == "light"
    again = stage.app()
    async with again.run_test(size=(80, 24)) as pilot:
        await stage.see(pilot, "Modules")
        assert again.theme == "hansa-light"


@pytest.mark.parametrize("look", NAMES)
async def test_every_look_shows_the_same_words(stage: Stage, look: str):
    texts = []
    for name in (NAMES[0], look):
        app = stage.app("small/reading")
        app.services.prefer(theme=name)
        app.theme = LOOKS[name].name
        async with app.run_test(size=(80, 24)) as pilot:
            texts.append(await stage.see(pilot, "Welcome to the small"))
    assert texts[0] == texts[1]


@pytest.mark.parametrize("look", NAMES)
async def test_no_colour_is_written_where_none_is_wanted(stage: Stage, look: str, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    (stage.home).mkdir()
    (stage.home / "settings.toml").write_text(f'[interface]\ntheme = "{look}"\n', encoding="utf-8")
    app = stage.app("small/reading")
    async with app.run_test(size=(80, 24)) as pilot:
        await stage.see(pilot, "Welcome to the small")
        for name in colours_of(app):
            if name != "default":
                red, green, blue = Color.parse(name).rgb
                assert red == green == blue, name
