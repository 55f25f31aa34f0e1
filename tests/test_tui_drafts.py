"""What was typed and not given when the application ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tui.drafts import LARGEST_FILE, MOST_DRAFTS, Drafts
from tui.stored import erase_record

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Stage


def test_a_text_comes_back_once_and_leaves_no_file(tmp_path: Path):
    path = tmp_path / "home" / "drafts.json"
    Drafts(path).keep("m/l#q", "half an\x1b answer")
    assert Drafts(path).take("elsewhere") == ""
    assert Drafts(path).take("m/l#q") == "half an\N{REPLACEMENT CHARACTER} answer"
    assert Drafts(path).take("m/l#q") == ""
    assert not path.exists()


def test_the_oldest_are_forgotten(tmp_path: Path):
    drafts = Drafts(tmp_path / "drafts.json")
    for number in range(MOST_DRAFTS + 1):
        drafts.keep(str(number), "text")
    assert drafts.take("0") == ""
    assert drafts.take("1") == "text"


@pytest.mark.parametrize(
    "content", [b"{", b"[1]", b'{"a": 1}', b"\xff", b"[" * 100_000, b" " * (LARGEST_FILE + 1)]
)
def test_a_damaged_file_holds_nothing_and_is_written_anew(tmp_path: Path, content: bytes):
    path = tmp_path / "drafts.json"
    path.write_bytes(content)
    assert Drafts(path).take("a") == ""
    Drafts(path).keep("a", "text")
    assert Drafts(path).take("a") == "text"


def test_erasing_takes_what_was_typed_too(stage: Stage):
    services = stage.services()
    services.drafts.keep("a", "text")
    erase_record(services)
    assert services.drafts.take("a") == ""


@pytest.mark.parametrize(
    ("section", "keys", "shown"),
    [("a-word", "Hans", "Hans"), ("gaps", "Lyon", "Lyon")],
)
async def test_what_was_typed_is_there_again(stage: Stage, section: str, keys: str, shown: str):
    app = stage.app(f"small/practice#{section}")
    async with app.run_test(size=(80, 30)) as pilot:
        await stage.see(pilot, "of 9")
        await pilot.press("tab", *(["tab"] if section == "gaps" else []), *keys)
        await stage.see(pilot, shown)
        app.exit()
    again = stage.app(f"small/practice#{section}")
    async with again.run_test(size=(80, 30)) as pilot:
        await stage.see(pilot, shown)
        assert again.services.record.attempts() == ()


async def test_an_answer_that_was_given_is_not_typed_again(stage: Stage):
    app = stage.app("small/practice#a-word")
    async with app.run_test(size=(80, 30)) as pilot:
        await stage.see(pilot, "of 9")
        await pilot.press("tab", *"Hansa", "enter")
        await stage.see(pilot, "Correct")
        app.exit()
    assert not app.services.paths.drafts.exists()
