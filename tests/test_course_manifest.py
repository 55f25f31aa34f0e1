from __future__ import annotations

import json
import os
from errno import ENOSPC
from typing import TYPE_CHECKING

import pytest

import course.heads
from course.catalog import load_course, open_lesson, shipped_modules
from course.rules.example import files_of

if TYPE_CHECKING:
    from pathlib import Path

LONG_AGO = 1_700_000_000


def settle(folder: Path, when: int = LONG_AGO) -> None:
    """Let the files look as if they were written some time ago."""
    for path in folder.rglob("*.md"):
        os.utime(path, (when, when))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for number in (1, 2):
        folder = tmp_path / "course" / f"0{number}-mod-{number}"
        folder.mkdir(parents=True)
        for name, text in files_of("Text.").items():
            (folder / name).write_text(text, encoding="utf-8")
    settle(tmp_path)
    return tmp_path / "course"


@pytest.fixture
def memory(tmp_path: Path) -> Path:
    return tmp_path / "home" / "modules.txt"


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the modules whose files are opened."""
    names: list[str] = []
    load = course.heads.load_module
    monkeypatch.setattr(course.heads, "load_module", lambda folder: names.append(folder.name) or load(folder))
    return names


def test_a_second_list_opens_no_file_and_is_the_same(root: Path, memory: Path, read: list[str]):
    first = load_course(root, remembered=memory)
    assert read == ["01-mod-1", "02-mod-2"]
    second = load_course(root, remembered=memory)
    assert read == ["01-mod-1", "02-mod-2"]
    assert [list(module.lessons) for module in second] == [list(module.lessons) for module in first]
    assert first.modules == second.modules
    module = second.modules[0]
    assert len(module.lessons) == 2
    assert open_lesson(module, module.lessons[1]).title == "A page"
    assert [head.id for head in module.lessons[:1]] == ["mod-1/first-call"]


def test_what_ships_is_remembered_whole(memory: Path):
    fresh = load_course(shipped_modules())
    load_course(shipped_modules(), remembered=memory)
    assert load_course(shipped_modules(), remembered=memory).modules == fresh.modules


@pytest.mark.parametrize("name", ["module.md", "01-first-call.md", "quiz.md"])
def test_a_changed_file_is_read_again(root: Path, memory: Path, read: list[str], name: str):
    load_course(root, remembered=memory)
    read.clear()
    path = root / "02-mod-2" / name
    path.write_text(path.read_text().replace("title: ", "title: New "))
    settle(root, LONG_AGO + 60)
    for other in (root / "01-mod-1").iterdir():
        os.utime(other, (LONG_AGO, LONG_AGO))
    load_course(root, remembered=memory)
    assert read == ["02-mod-2"]


def test_files_and_folders_that_come_and_go_are_seen(root: Path, memory: Path):
    load_course(root, remembered=memory)
    (root / "01-mod-1" / "02-page.md").unlink()
    (root / "02-mod-2" / "module.md").unlink()
    (root / "02-mod-2").rename(root / "03-mod-3")
    found = load_course(root, remembered=memory)
    assert [(module.id, len(module.lessons)) for module in found] == [("mod-1", 1)]
    assert [problem.code for problem in found.problems] == ["C103"]


def test_what_was_written_a_moment_ago_is_not_remembered(root: Path, memory: Path, read: list[str]):
    (root / "01-mod-1" / "quiz.md").touch()
    load_course(root, remembered=memory)
    read.clear()
    load_course(root, remembered=memory)
    assert read == ["01-mod-1"]


def test_faults_are_told_every_time(root: Path, memory: Path):
    (root / "01-mod-1" / "02-page.md").write_text("no title")
    settle(root)
    told = [load_course(root, remembered=memory).problems for _ in range(2)]
    assert told[0] == told[1]
    assert len(told[0]) == 1


def test_links_are_followed_with_care_every_time(root: Path, memory: Path, tmp_path: Path):
    load_course(root, remembered=memory)
    outside = tmp_path / "secret.md"
    outside.write_text("---\ntitle: Secret\n---\n")
    (root / "01-mod-1" / "03-link.md").symlink_to(outside)
    found = load_course(root, remembered=memory)
    assert "leaves its folder" in found.problems[0].message


@pytest.mark.parametrize(
    "damage",
    [
        lambda _: "",
        lambda _: "something else",
        lambda text: text[: len(text) // 2],
        lambda text: text.replace("{", "[", 3),
        lambda text: text.replace('"title"', '"tittle"'),
        lambda text: text.replace("[[", "[", 1),
        lambda text: text.replace("first-call", "first_call"),
        lambda text: text + "\n\n\n",
        lambda text: "\x00\xff" + text,
    ],
)
def test_a_damaged_memory_is_no_memory(root: Path, memory: Path, damage):
    fresh = load_course(root, remembered=memory)
    memory.write_text(damage(memory.read_text()), encoding="utf-8")
    found = load_course(root, remembered=memory)
    assert [list(module.lessons) for module in found] == [list(module.lessons) for module in fresh]


def test_where_nothing_can_be_written_all_is_read(root: Path, tmp_path: Path):
    blocked = tmp_path / "file"
    blocked.write_text("")
    assert len(load_course(root, remembered=blocked / "modules.txt").modules) == 2


def test_a_disk_that_fills_up_leaves_nothing_behind(
    root: Path, memory: Path, monkeypatch: pytest.MonkeyPatch
):
    def full(_part: Path, _path: Path) -> None:
        raise OSError(ENOSPC, "No space left on device")

    monkeypatch.setattr("course.manifest.Path.replace", full)
    assert len(load_course(root, remembered=memory).modules) == 2
    assert list(memory.parent.iterdir()) == []


def test_folders_that_are_gone_are_forgotten(root: Path, memory: Path):
    load_course(root, remembered=memory)
    for path in (root / "02-mod-2").iterdir():
        path.unlink()
    (root / "02-mod-2").rmdir()
    (root / "01-mod-1" / "quiz.md").unlink()
    load_course(root, remembered=memory)
    kept = [line for line in memory.read_text().split("\n") if line.startswith('"')]
    assert kept == [json.dumps(str(root / "01-mod-1"))]
