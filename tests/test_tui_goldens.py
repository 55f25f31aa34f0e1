"""Every page as text, at two sizes, with few colours and none, and in Danish; every key and every way out of it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from scenes import SCENES, build_app, furnish, reach

if TYPE_CHECKING:
    from conftest import Stage

GOLDENS = Path(__file__).parent / "goldens"
RENEWING = "HANSA_RENEW_GOLDENS"
"""Environment variable that has the files written anew."""

SMALL, LARGE = (80, 24), (120, 40)


@pytest.fixture(autouse=True)
def _course(stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The scenes play in a folder whose name is no part of the pages."""
    monkeypatch.chdir(tmp_path)
    stage.home, stage.course_folder = Path("home"), Path("course")
    furnish(stage, monkeypatch)


def compare(name: str, shown: str) -> None:
    """Hold a page against its file, or write the file."""
    file = GOLDENS / f"{name}.txt"
    if os.environ.get(RENEWING):
        assert not os.environ.get("CI"), f"{RENEWING} is set: goldens are renewed by hand and looked at"
        file.parent.mkdir(exist_ok=True)
        file.write_text(shown + "\n", encoding="utf-8", newline="\n")
    assert shown + "\n" == file.read_text(encoding="utf-8"), f"look at the page; {RENEWING}=1 writes it anew"


@pytest.mark.parametrize("scene", SCENES)
@pytest.mark.parametrize(
    ("spoken", "size"), [("en", SMALL), ("en", LARGE), ("da", SMALL)], indirect=["spoken"]
)
async def test_a_page_looks_as_it_did(stage: Stage, scene: str, size: tuple[int, int], spoken: str):
    app = build_app(SCENES[scene], stage)
    app.services.language = spoken
    async with app.run_test(size=size) as pilot:
        await reach(SCENES[scene], stage, pilot)
        width, height = size
        tail = "" if spoken == "en" else f"-{spoken}"
        compare(f"{scene}-{width}x{height}{tail}", stage.text(app))
