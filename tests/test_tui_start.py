"""What the start does without: modules that are not needed yet, styles parsed twice, garbage looked for."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tui.stylesheet import LastingStylesheet

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[1]
HEAVY = "pydantic", "sqlalchemy", "numpy", "yaml", "course.items", "course.blocks", "tui.prose"


@pytest.fixture
def printed(tmp_path: Path) -> Callable[[str], str]:
    """What a program prints in a process of its own."""

    def run(program: str) -> str:
        environment = {**os.environ, "HANSA_HOME": str(tmp_path), "PYTHONPATH": str(ROOT)}
        command = [sys.executable, "-c", program]
        done = subprocess.run(
            command, capture_output=True, encoding="utf-8", env=environment, check=True, timeout=120
        )
        return done.stdout.strip()

    return run


def test_home_and_the_page_of_the_assistant_load_neither_record_nor_guides_nor_questions(
    printed: Callable[[str], str],
):
    loaded = f"print([name for name in {HEAVY} if name in sys.modules])"
    services = (
        "from tui.paths import Paths; from tui.services import Services; Services(Paths.find()).course\n"
    )
    printed(services)  # the course is remembered from now on
    pages = "import tui.app, tui.screens.home, tui.screens.ask\n"
    assert printed(f"import sys\n{pages}{services}{loaded}") == "[]"


def test_what_is_loaded_is_never_looked_through_for_garbage_but_later_garbage_is_collected(
    printed: Callable[[str], str],
):
    program = (
        "import gc\nfrom tui import garbage\n"
        "garbage.settle(); print(gc.isenabled(), gc.get_freeze_count())\n"
        "garbage.pause(); print(gc.isenabled())\n"
        "garbage.settle(); print(gc.isenabled(), gc.get_freeze_count() > 1000)\n"
        "cycle = []; cycle.append(cycle); del cycle; print(gc.collect() > 0)\n"
    )
    assert printed(program).split("\n") == ["True 0", "False", "True True", "True"]


def test_the_application_collects_garbage_once_it_has_started(printed: Callable[[str], str]):
    program = (
        "import asyncio, gc\nfrom tui import garbage\nfrom tui.app import HansaApp\nfrom tui.paths import Paths\n"
        "from tui.services import Services\nfrom tui.start import Start\n"
        "async def start():\n"
        "    async with HansaApp(Services(Paths.find()), Start()).run_test() as pilot:\n"
        "        await pilot.pause()\n"
        "        print(gc.isenabled(), gc.get_freeze_count() > 1000)\n"
        "garbage.pause()\nasyncio.run(start())\n"
    )
    assert printed(program) == "True True"


def test_styles_are_parsed_again_only_for_another_look():
    styles = LastingStylesheet(variables={"accent": "#ff0000"})
    styles.add_source("Row { color: $accent; }", ("rows", ""))
    styles.reparse()
    first = styles.rules[0]
    styles.set_variables({"accent": "#ff0000"})
    styles.add_source("List { color: $accent; }", ("list", ""))
    styles.reparse()
    assert styles.rules[0] is first
    assert len(styles.rules) == 2
    styles.set_variables({"accent": "#0000ff"})
    styles.reparse()
    assert [rule.styles.color.hex for rule in styles.rules] == ["#0000FF", "#0000FF"]
