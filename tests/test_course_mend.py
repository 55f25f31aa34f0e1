from __future__ import annotations

import stat
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from course.errors import FileUnreadable
from course.mend import mend, write
from course.parse import parse_lesson

if TYPE_CHECKING:
    from pathlib import Path

QUESTION = "<!-- q outcome=O1 -->\n### What now?\n\n- [X] a\n- [ ] b\n<!-- /q -->\n"


def lesson(folder: Path, body: str, name: str = "01-a.md") -> Path:
    path = folder / name
    path.write_bytes(f"---\ntitle: A\n---\n{body}".encode())
    return path


def mended(path: Path) -> str:
    return mend(path).after.partition("---\n")[2].partition("---\n")[2]


def test_a_question_gets_the_id_that_it_goes_by(tmp_path: Path):
    path = lesson(tmp_path, QUESTION)
    before = parse_lesson(path, "m").items[0].frame.id
    write(mend(path))
    after = parse_lesson(path, "m")
    assert after.items[0].frame.id == before == "m/a#q-what-now"
    assert after.problems == ()
    assert "<!-- q id=q-what-now outcome=O1 -->" in path.read_text()


def test_an_id_that_is_there_is_kept(tmp_path: Path):
    body = QUESTION.replace("<!-- q", "<!-- q id=own").replace("[X]", "[x]")
    assert not mend(lesson(tmp_path, body)).changed


def test_a_quiz_is_mended_as_well(tmp_path: Path):
    assert "id=q-what-now" in mended(lesson(tmp_path, QUESTION, "quiz.md"))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a \nb\t\n", "a\nb\n"),
        ("a", "a\n"),
        ("a\n\n\n", "a\n"),
        ("a\r\nb\r\n", "a\nb\n"),
        ("- [X] a\n- [ ] b\n", "- [x] a\n- [ ] b\n"),
        ("   \n\na\n", "\n\na\n"),
    ],
)
def test_spacing_is_tidied(tmp_path: Path, before: str, after: str):
    assert mended(lesson(tmp_path, before)) == after


@pytest.mark.parametrize(
    "body",
    [
        "a  \nb\n",
        "```\ncode \n- [X] a\n```\n",
        "    code  \n\n    more\n",
        "~~~\n```\nx \n~~~\n",
        "a `b  c` d\n",
    ],
)
def test_what_means_something_is_left_alone(tmp_path: Path, body: str):
    assert mended(lesson(tmp_path, body)) == body


@pytest.mark.parametrize("body", [b"---\ntitel: A\n---\n" + QUESTION.encode(), b"---\ntitle: [\n---\na \n"])
def test_a_file_that_cannot_be_read_is_left_alone(tmp_path: Path, body: bytes):
    path = tmp_path / "01-a.md"
    path.write_bytes(body)
    assert not mend(path).changed


def test_a_file_that_is_no_text_is_told(tmp_path: Path):
    path = tmp_path / "01-a.md"
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(FileUnreadable):
        mend(path)


def test_the_diff_tells_every_change(tmp_path: Path):
    diff = mend(lesson(tmp_path, QUESTION.rstrip("\n"))).diff("m/01-a.md")
    assert diff.startswith("--- m/01-a.md\n+++ m/01-a.md\n@@")
    assert "-<!-- q outcome=O1 -->\n+<!-- q id=q-what-now outcome=O1 -->\n" in diff
    assert "\\ No newline at end of file" in diff


def test_writing_keeps_permissions_and_leaves_nothing_behind(tmp_path: Path):
    path = lesson(tmp_path, QUESTION)
    path.chmod(0o640)
    write(mend(path))
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert [own.name for own in tmp_path.iterdir()] == ["01-a.md"]


def test_a_file_that_changed_meanwhile_is_not_overwritten(tmp_path: Path):
    path = lesson(tmp_path, QUESTION)
    change = mend(path)
    path.write_text("---\ntitle: B\n---\nnew\n")
    with pytest.raises(FileUnreadable, match="changed while"):
        write(change)
    assert path.read_text() == "---\ntitle: B\n---\nnew\n"
    assert [own.name for own in tmp_path.iterdir()] == ["01-a.md"]


LINES = st.lists(
    st.sampled_from(
        [
            *(
                "",
                " ",
                "a ",
                "a  ",
                "\tb\t",
                "## S ",
                "- x ",
                "  > f\t",
                "1. s",
                "> q ",
                "```",
                "~~~",
                "    c ",
            ),
            *(
                "| a | b | ",
                "|---|---|",
                "- [X] y ",
                "- [ ] n",
                "<!-- q -->",
                "<!-- q outcome=O1 -->",
                "### P? ",
            ),
            *(
                "<!-- /q -->",
                "> [!TIP] ",
                "- = 5 ± 1 ",
                "[[ (a) | b ]] ",
                "x\r",
                "<div> ",
                "</div>",
                "<!-- note",
            ),
            *("-->", "[^1] ", "[^1]: n "),
        ]
    ),
    max_size=14,
)


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(LINES)
def test_mending_keeps_the_meaning_and_is_done_once(tmp_path: Path, lines: list[str]):
    path = lesson(tmp_path, "\n".join(lines))
    before = parse_lesson(path, "m")
    write(mend(path))
    after = parse_lesson(path, "m")
    assert [item.frame.id for item in after.all_items] == [item.frame.id for item in before.all_items]
    assert [section.title for section in after.sections] == [section.title for section in before.sections]
    assert not mend(path).changed
