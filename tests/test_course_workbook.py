from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.errors import WorkbookError
from course.forms import read_form
from course.workbook import (
    LONGEST_VALUE,
    Sheet,
    State,
    Workbook,
    as_markdown,
    from_markdown,
    value_of,
)

ROOT = Path(__file__).parents[1]
DAY = date(2026, 11, 22)
FORM = read_form("form A23-network-map", "A23 Network map\nContact: a\nSector: b\nWhat flows: c")


@pytest.fixture
def workbook(tmp_path: Path) -> Workbook:
    return Workbook(tmp_path / "home" / "workbook")


@given(st.lists(st.text(max_size=60), min_size=3, max_size=3), st.text(max_size=60))
def test_what_is_written_is_read_back(texts: list[str], note: str):
    values = {field.name: value_of(text) for field, text in zip(FORM.fields, texts, strict=True)}
    sheet = Sheet(FORM.id, FORM.title, values, "" if "Last changed" in note else value_of(note))
    assert from_markdown(FORM.id, as_markdown(sheet, DAY)).fitted(FORM) == sheet


@given(st.text(alphabet="# \\\n-a`", max_size=80))
def test_signs_of_markdown_in_a_value_do_not_make_fields(text: str):
    sheet = Sheet(FORM.id, FORM.title).fitted(FORM).filled_in("Contact", text)
    again = from_markdown(FORM.id, as_markdown(sheet, DAY)).fitted(FORM)
    assert again.values == sheet.values


@given(st.text(max_size=300))
def test_any_file_can_be_read_and_saved_without_losing_a_word(text: str):
    sheet = from_markdown(FORM.id, text)
    assert from_markdown(FORM.id, as_markdown(sheet, DAY)).values == sheet.values


def test_a_file_is_readable_markdown(workbook: Workbook):
    sheet = workbook.sheet(FORM).filled_in("Contact", "a cousin\n# two aunts")
    workbook.save(sheet, DAY)
    assert workbook.path(FORM.id).read_text(encoding="utf-8") == (
        "# A23 Network map\n\nLast changed on 2026-11-22.\n\n"
        "## Contact\n\na cousin\n\\# two aunts\n\n## Sector\n\n## What flows\n"
    )


def test_a_file_changed_by_hand_is_read_with_tolerance(workbook: Workbook):
    workbook.folder.mkdir(parents=True)
    workbook.path(FORM.id).write_bytes(
        "\ufeff# My map\r\n\r\nFor the board.\r\n\r\n### what  FLOWS\r\nnews\r\n\r\n## Own idea\r\nkeep me\r\n"
        "## contact\r\n\r\nfirst\r\n## Contact\r\nsecond\x1b[2J\r\n".encode()
    )
    sheet = workbook.sheet(FORM)
    assert sheet.values == {
        "Contact": "first\nsecond\N{REPLACEMENT CHARACTER}[2J",
        "Sector": "",
        "What flows": "news",
        "Own idea": "keep me",
    }
    assert sheet.note == "For the board."
    workbook.save(sheet.filled_in("Sector", "energy"), DAY)
    text = workbook.path(FORM.id).read_text(encoding="utf-8")
    assert "For the board." in text
    assert "## Own idea\n\nkeep me" in text
    assert text.index("## Sector\n\nenergy") < text.index("## What flows\n\nnews")


def test_a_heading_with_a_long_run_of_blanks_is_read_at_once(workbook: Workbook):
    workbook.folder.mkdir(parents=True)
    text = "# Title\n\n## Contact" + " " * 900_000 + "person  \t\n\nGrete\n"
    workbook.path(FORM.id).write_text(text, encoding="utf-8")
    assert list(workbook.read(FORM.id).values.values()) == ["Grete"]


def test_a_sheet_is_empty_then_begun_then_filled(workbook: Workbook):
    sheet = workbook.sheet(FORM)
    assert (sheet.state, sheet.source) == (State.EMPTY, None)
    sheet = sheet.filled_in("Contact", " \n")
    assert sheet.state is State.EMPTY
    sheet = sheet.filled_in("Contact", "a cousin")
    assert (sheet.state, sheet.empty_fields) == (State.BEGUN, ("Sector", "What flows"))
    assert sheet.filled_in("Sector", "x").filled_in("What flows", "y").state is State.FILLED


def test_values_hold_no_control_characters_and_have_bounds():
    assert value_of("a\x00b\x1b]0;x\x07\r\nc  \n\n") == "a\ufffdb\ufffd]0;x\ufffd\nc"
    assert value_of("\ud800") == "?"
    assert len(value_of("x" * (LONGEST_VALUE + 1))) == LONGEST_VALUE


def test_what_another_program_wrote_meanwhile_is_kept(workbook: Workbook):
    sheet, kept = workbook.save(workbook.sheet(FORM).filled_in("Contact", "mine"), DAY)
    assert kept is None
    theirs = as_markdown(sheet.filled_in("Contact", "theirs"), DAY)
    for number in (1, 2):
        workbook.path(FORM.id).write_text(theirs, encoding="utf-8")
        sheet, kept = workbook.save(sheet.filled_in("Contact", f"mine again {number}"), DAY)
        assert kept == workbook.folder / f"A23-network-map.kept-{number}.md"
        assert kept.read_text(encoding="utf-8") == theirs
    assert workbook.sheet(FORM).values["Contact"] == "mine again 2"
    assert workbook.names() == (FORM.id,)


def test_a_first_save_does_not_lose_a_file_that_came_meanwhile(workbook: Workbook):
    sheet = workbook.sheet(FORM)
    workbook.folder.mkdir(parents=True)
    workbook.path(FORM.id).write_text("# Mine\n\n## Contact\n\nby hand\n", encoding="utf-8")
    _, kept = workbook.save(sheet.filled_in("Sector", "energy"), DAY)
    assert kept is not None
    assert "by hand" in kept.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["../A23-map", "A23", "A23-map/x", "a.b", "", "A23-map\n", "/etc/passwd"])
def test_no_name_leads_out_of_the_folder(workbook: Workbook, name: str):
    with pytest.raises(WorkbookError, match="cannot name a file"):
        workbook.path(name)


def test_a_link_out_of_the_folder_is_not_followed(workbook: Workbook, tmp_path: Path):
    secret = tmp_path / "secret.md"
    secret.write_text("## Contact\n\nsecret\n", encoding="utf-8")
    workbook.folder.mkdir(parents=True)
    workbook.path(FORM.id).symlink_to(secret)
    with pytest.raises(WorkbookError, match="leaves the workbook"):
        workbook.sheet(FORM)
    with pytest.raises(WorkbookError, match="leaves the workbook"):
        workbook.save(Sheet(FORM.id, FORM.title).fitted(FORM), DAY)
    assert "secret" in secret.read_text(encoding="utf-8")


@pytest.mark.parametrize(("data", "words"), [(b"\xff\xfe\x00", "not in UTF-8"), (b"x" * 1_000_001, "1 MB")])
def test_a_file_that_cannot_be_read_is_told_and_left_alone(workbook: Workbook, data: bytes, words: str):
    workbook.folder.mkdir(parents=True)
    workbook.path(FORM.id).write_bytes(data)
    with pytest.raises(WorkbookError, match=words):
        workbook.sheet(FORM)
    assert workbook.path(FORM.id).read_bytes() == data


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path):
    tmp_path.joinpath("file").write_text("", encoding="utf-8")
    workbook = Workbook(tmp_path / "file" / "workbook")
    with pytest.raises(WorkbookError, match="cannot be written"):
        workbook.save(Sheet(FORM.id, FORM.title).fitted(FORM), DAY)


def test_erasing_takes_the_kept_versions_too_and_nothing_else(workbook: Workbook):
    sheet, _ = workbook.save(workbook.sheet(FORM), DAY)
    workbook.path(FORM.id).write_text("other", encoding="utf-8")
    workbook.save(sheet.filled_in("Contact", "x"), DAY)
    workbook.save(Sheet("A24-picture", "A24 Picture", {"Place": "here"}), DAY)
    own = workbook.folder / "notes.txt"
    own.write_text("mine", encoding="utf-8")
    assert workbook.erase(FORM.id) == 2
    assert workbook.names() == ("A24-picture",)
    assert workbook.erase() == 1
    assert list(workbook.folder.iterdir()) == [own]


WRITER = """
import sys
from datetime import date
from pathlib import Path
from course.workbook import Sheet, Workbook
workbook = Workbook(Path(sys.argv[1]))
sheet = Sheet("A23-network-map", "A23 Network map", {"Contact": "0" * 15000})
number = 0
while True:
    sheet, _ = workbook.save(sheet.filled_in("Contact", str(number % 10) * 15000), date(2026, 11, 22))
    if number == 0:
        print("begun", flush=True)
    number += 1
"""


def test_a_killed_program_leaves_a_whole_file(workbook: Workbook):
    for _ in range(5):
        with subprocess.Popen(
            [sys.executable, "-c", WRITER, str(workbook.folder)],
            stdout=subprocess.PIPE,
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        ) as process:
            assert process.stdout
            process.stdout.readline()
            process.kill()
        value = workbook.read(FORM.id).values["Contact"]
        assert len(value) == 15000
        assert len(set(value)) == 1
    assert workbook.names() == (FORM.id,)
