"""Files are written whole or not at all."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from assistant.chat_settings import ChatSettings
from course.errors import CourseError
from tui.certificates import write
from tui.drafts import Drafts
from tui.plan import read_plan
from tui.preferences import read_preferences
from tui.stored import export_to
from tui.whole_files import write_new, write_over

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from conftest import Stage


@contextmanager
def full_disk() -> Iterator[None]:
    """No file grows beyond a kilobyte, as on a disk that is full."""
    resource = pytest.importorskip("resource")  # not known on Windows
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_full_disk_leaves_no_part_of_a_new_file(tmp_path: Path):
    with full_disk(), pytest.raises(OSError, match="too large"):
        write_new(tmp_path / "new.md", (b"x" * 5000,))
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_leaves_the_old_file_whole(tmp_path: Path):
    file = tmp_path / "own.pdf"
    write_over(file, b"old")
    with full_disk(), pytest.raises(OSError, match="too large"):
        write(file, b"x" * 5000, replace=True)
    assert file.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [file]


def test_a_new_file_takes_the_place_of_none(tmp_path: Path):
    file = tmp_path / "own.md"
    file.write_bytes(b"old")
    with pytest.raises(FileExistsError):
        write_new(file, (b"new",))
    assert file.read_bytes() == b"old"


def test_an_export_that_breaks_off_leaves_no_file(stage: Stage, tmp_path: Path):
    services, file = stage.services(), tmp_path / "mine.jsonl"
    services.paths.record.mkdir(parents=True)
    with pytest.raises(CourseError):
        export_to(services, file)
    assert not file.exists()


def test_a_draft_that_finds_no_room_leaves_the_others(tmp_path: Path):
    drafts = Drafts(tmp_path / "drafts.json")
    drafts.keep("one", "short")
    with full_disk():
        drafts.keep("two", "x" * 5000)
    assert [path.name for path in tmp_path.iterdir()] == ["drafts.json"]
    assert drafts.take("one") == "short"


def test_choices_that_are_kept_at_the_same_time_all_stay(stage: Stage):
    services = stage.services()

    def prefer(minutes: int) -> None:
        services.prefer(review_minutes=minutes)
        services.keep_preferences()

    with ThreadPoolExecutor(3) as pool:
        for number in range(1, 41):
            kept = (
                pool.submit(prefer, number),
                pool.submit(services.choose_path, f"P{number}"),
                pool.submit(
                    services.choose_chat, ChatSettings(model=f"m{number}", address="http://127.0.0.1:1/v1")
                ),
            )
            for each in kept:
                each.result()
    path = services.paths.settings
    assert read_plan(path) == "P40"
    assert read_preferences(path)[0].review_minutes == 40
    assert services.chat_settings().model == "m40"
