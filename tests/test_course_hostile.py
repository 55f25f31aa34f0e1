"""A hostile module ends in one clear sentence each time, and never hangs."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import yaml

from course.catalog import load_course, open_lesson
from course.check import check
from course.errors import CourseError, FileUnreadable
from course.header import read_header
from course.markdown import read_markdown
from course.model import Paragraph, Problem, Raw, plain
from course.parse import parse_lesson, parse_quiz
from course.pattern import PatternFault, compiled
from course.source import MAX_BYTES, read_source
from course.tokens import MAX_BRACKETS


def module_with(folder: Path, name: str, text: str) -> Path:
    module = folder / "01-m"
    module.mkdir(exist_ok=True)
    module.joinpath("module.md").write_text("---\ntitle: M\n---\n", encoding="utf-8")
    path = module / name
    path.write_text(text, encoding="utf-8")
    return path


def problems_of(text: str) -> tuple[Problem, ...]:
    """What is told of a lesson with this text."""
    return parse_lesson(Path("x.md"), "m", f"---\ntitle: T\n---\n{text}").problems


def only_problem(folder: Path) -> Problem:
    """The one problem of a course, on one line and without control characters."""
    (problem,) = load_course(folder).problems
    assert "\n" not in problem.message
    assert str(problem).isprintable()
    return problem


BOMBS = {
    "laughs": "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: [*b,*b,*b,*b,*b,*b,*b,*b,*b]",
    "merge": "a: &a {x: 1}\nb:\n  <<: *a\n  <<: *a",
    "deep": "a: " + "[" * 20_000,
    "closed": "a: " + "[" * 600 + "]" * 600,
    "mappings": "a: " + "{b: " * 400 + "}" * 400,
    "tag": "a: !!python/object/apply:os.system [echo]",
    "self": "a: &a [*a]",
    "long": "a: " + "x" * 70_000,
    "digits": "minutes: " + "9" * 5_000,
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_in_the_front_matter(name: str, tmp_path: Path):
    path = module_with(tmp_path, "01-x.md", f"---\ntitle: T\n{BOMBS[name]}\n---\nText.\n")
    problem = only_problem(tmp_path)
    assert problem.place.file == path
    assert problem.message.startswith("The front matter")


def test_a_line_of_ten_megabytes(tmp_path: Path):
    module_with(tmp_path, "01-x.md", "---\ntitle: T\n---\n" + "x" * 10_000_000)
    assert only_problem(tmp_path).message == "This file is larger than 2 MB; split it into several lessons."


def test_a_long_line_within_the_limit_is_shown_as_written_and_told():
    line = "word *soft* " * 100_000
    lesson = parse_lesson(Path("x.md"), "m", f"---\ntitle: T\n---\n{line}")
    (block,) = lesson.sections[0].blocks
    assert isinstance(block, Paragraph)
    assert plain(block.text) == line.strip()
    (problem,) = lesson.problems
    assert (problem.code, problem.place.line) == ("M002", 4)


@pytest.mark.parametrize(
    "text", ["> " * 100_000 + "words", ">" * 100_000 + "words", "- " * 100_000 + "words"]
)
def test_a_hundred_thousand_levels_are_shown_as_written(text: str):
    (block,) = read_markdown(text).blocks
    assert isinstance(block, Raw)
    assert block.text == text
    lesson = parse_lesson(Path("x.md"), "m", f"---\ntitle: T\n---\n{text}")
    assert [problem.code for problem in lesson.problems] == ["M001"]


@pytest.mark.parametrize(
    "text",
    [
        "<!--" * 50_000,
        "[" * 200_000,
        ("[" * 9_000 + "\n\n") * 20,
        "![" * 100_000,
        "[a](" * 50_000,
        "*a_ " * 50_000,
        "`" * 5_000 + " ".join("`" * count for count in range(400)),
        "<a " * 60_000,
        "[^a]" * 20_000,
        "^[" * 40_000,
        "|" * 50_000 + "\n" + "|-" * 50_000,
        "# " + "[x" * 100_000,
        "## " + "<!--" * 50_000,
    ],
)
def test_what_takes_other_readers_minutes_is_read_with_its_words(text: str):
    lesson = parse_lesson(Path("x.md"), "m", f"---\ntitle: T\n---\n{text}\n\nlast words\n")
    assert "last words" in repr(lesson.sections)


def test_brackets_beyond_the_limit_are_told_once_a_paragraph():
    text = ("[" * 9_000 + "\n\n") * (MAX_BRACKETS // 9_000 + 2)
    lesson = parse_lesson(Path("x.md"), "m", f"---\ntitle: T\n---\n{text}")
    assert [problem.code for problem in lesson.problems] == ["M002", "M002"]


@pytest.mark.parametrize(
    "source", ["(a+)+b", "(a|a)*b", "(a|ab)*c", "(.*)*x", "(.*.*.*.*)*x", "(a?){40}b", "([a-z]+)*1"]
)
def test_a_pattern_that_goes_back_for_ever_elsewhere_ends_here(source: str):
    assert not compiled(source).matches("a" * 1_000)


@pytest.mark.parametrize("source", ["((a{40}){40}){40}", "a" * 300, "(?=a)b", "(a)\\1", "a{999}"])
def test_a_pattern_beyond_the_limits_is_refused(source: str):
    with pytest.raises(PatternFault):
        compiled(source)


def test_a_pattern_that_is_refused_is_told_with_the_question():
    body = "<!-- q id=x -->\n### P\n\n- = /((a{40}){40}){40}/\n"
    (problem,) = parse_lesson(Path("x.md"), "m", f"---\ntitle: T\n---\n{body}").problems
    assert (problem.code, problem.message.count("\n")) == ("Q022", 0)


def test_a_symbolic_link_out_of_the_folder(tmp_path: Path):
    secret = tmp_path / "secret.md"
    secret.write_text("---\ntitle: Secret\n---\nSecret.\n", encoding="utf-8")
    module_with(tmp_path, "02-y.md", "---\ntitle: T\n---\nText.\n").with_name("01-x.md").symlink_to(secret)
    problem = only_problem(tmp_path)
    assert "is a link that leaves its folder" in problem.message
    assert [head.title for head in load_course(tmp_path).modules[0].lessons] == ["T"]


def test_a_link_put_there_after_the_list_was_read(tmp_path: Path):
    path = module_with(tmp_path, "01-x.md", "---\ntitle: T\n---\nText.\n")
    module = load_course(tmp_path).modules[0]
    path.unlink()
    path.symlink_to("/etc/hostname")
    with pytest.raises(FileUnreadable, match="leaves its folder"):
        open_lesson(module, module.lessons[0])


@pytest.mark.parametrize(
    "name", ["../../secret", "/etc/passwd", "..", "bank/../../x", "C:/x", "bank\\x", "~/x", "a/./b"]
)
def test_a_draw_from_outside_the_folder(name: str, tmp_path: Path):
    path = module_with(tmp_path, "quiz.md", f"---\ntitle: Q\n---\n<!-- draw from={name} -->\n")
    told = {problem.code: problem.message for problem in parse_quiz(path, "m").problems}
    assert "leads out of the module" in told["Q031"]


def test_a_draw_through_a_symbolic_link(tmp_path: Path):
    path = module_with(tmp_path, "quiz.md", "---\ntitle: Q\n---\n<!-- draw from=bank/x -->\n")
    outside = tmp_path / "outside"
    outside.mkdir()
    outside.joinpath("x.md").write_text("---\ntitle: X\n---\n", encoding="utf-8")
    path.with_name("bank").symlink_to(outside)
    told = {problem.code: problem.message for problem in parse_quiz(path, "m").problems}
    assert "leads out of the module" in told["Q031"]


@pytest.mark.parametrize("own", ["a\x1b[31m", "a\x07b", "a\u0085b", "a/b", "../a", "<b>", "a\u202eb"])
def test_an_id_with_control_characters_or_paths(own: str):
    text = f'---\ntitle: T\n---\n<!-- q id="{own}" -->\n### P\n\n- [x] a\n- [ ] b\n'
    lesson = parse_lesson(Path("x.md"), "m", text)
    assert lesson.items == ()
    (problem,) = lesson.problems
    assert problem.code == "Q002"
    assert "\x1b" not in str(problem)


def test_a_title_cannot_drive_the_terminal(tmp_path: Path):
    module_with(tmp_path, "01-x.md", '---\ntitle: "a\\e[31mb\\x9b"\n---\nText.\n')
    (head,) = load_course(tmp_path).modules[0].lessons
    assert not {"\x1b", "\x9b"} & set(head.title)


def test_half_a_character_in_a_title_can_be_written_to_any_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("course.header._LOADER", yaml.SafeLoader)  # that of systems without libyaml
    module_with(tmp_path, "01-x.md", '---\ntitle: "a\\ud800b"\n---\nText.\n')
    (head,) = load_course(tmp_path).modules[0].lessons
    assert head.title == "a\N{REPLACEMENT CHARACTER}b"


@pytest.mark.parametrize("data", [b"\xff\xfe\x00", b"---\ntitle: \xe6\n---\n", b"\x00" * 100, b"---\n", b""])
def test_bytes_that_are_no_lesson(data: bytes, tmp_path: Path):
    module_with(tmp_path, "01-x.md", "").write_bytes(data)
    assert only_problem(tmp_path).message.endswith(".")


def test_a_file_is_never_read_beyond_the_limit(tmp_path: Path):
    path = tmp_path / "x.md"
    path.write_bytes(b"x" * (MAX_BYTES + 1))
    with pytest.raises(FileUnreadable, match="larger than 2 MB"):
        read_source(path)


def test_a_folder_named_as_a_lesson(tmp_path: Path):
    path = module_with(tmp_path, "01-x.md", "")
    path.unlink()
    path.mkdir()
    assert "cannot be read" in only_problem(tmp_path).message


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names on this system")
def test_a_pipe_in_place_of_a_lesson_is_not_waited_for(tmp_path: Path):
    path = module_with(tmp_path, "01-x.md", "")
    path.unlink()
    os.mkfifo(path)
    assert only_problem(tmp_path).message == "This file cannot be read: it is no ordinary file."


def test_many_keys_are_read_in_bounded_time():
    text = "---\n" + "\n".join(f"k{number}: 1" for number in range(5_000)) + "\n---\n"
    with pytest.raises(CourseError):
        parse_lesson(Path("x.md"), "m", text)
    assert len(read_header(text, Path("x.md")).values) == 5_000


@pytest.mark.parametrize(
    ("target", "told"),
    [
        ("a%00b.png", "leaves the module"),
        ("x" * 400 + ".png", "is missing"),
        ("a/" * 3000 + "b.png", "is missing"),
    ],
)
def test_a_link_to_a_file_that_cannot_be_is_told(tmp_path: Path, target: str, told: str):
    page = module_with(tmp_path, "01-l.md", f"---\ntitle: L\n---\n\n## S\n\n![words]({target})\n")
    messages = [problem.message for problem in check(page, frozenset()).problems]
    assert [message for message in messages if told in message]
    assert max(map(len, messages)) < 200


def choice_of(count: int) -> str:
    return "- [x] right\n" + "".join(f"- [ ] option {number}\n" for number in range(count - 1))


@pytest.mark.parametrize(
    ("answers", "what"),
    [
        (choice_of(27), "27 options"),
        (choice_of(20_000), "20000 options"),
        ("".join(f"- card {number} => group {number}\n" for number in range(27)), "27 groups"),
        ("".join(f"- left {number} -> right {number}\n" for number in range(27)), "27 right sides"),
        ("It is [[ (a) | " + " | ".join(map(str, range(26))) + " ]].\n", "27 choices"),
    ],
)
def test_more_answers_than_letters_are_refused(answers: str, what: str):
    (problem,) = problems_of(f"<!-- q id=x -->\n### P\n\n{answers}")
    assert problem.code == "Q013"
    assert what in problem.message


def test_as_many_answers_as_letters_are_taken():
    assert problems_of(f"<!-- q id=x -->\n### P\n\n{choice_of(26)}") == ()


@pytest.mark.parametrize("count", ["0000019" + "9" * 5_000, "9" * 5_000, "1001", "0", "-1", "1.5", "²"])
def test_a_count_that_cannot_be_meant(count: str):
    text = f"<!-- pool id=p pick={count} -->\n\n<!-- /pool -->\n"
    assert "must be a whole number from 1 to 1000" in problems_of(text)[0].message


def test_a_key_with_a_long_run_of_blanks_is_read_at_once():
    keys = "".join(f"- = 1{' ' * 9_000}x{number}\n" for number in range(40))
    assert problems_of(f"<!-- q id=x -->\n### P\n\n{keys}") == ()


def test_a_long_key_that_must_be_a_number_is_refused():
    (problem,) = problems_of(f"<!-- q id=x type=number -->\n### P\n\n- = 1{' ' * 9_000}x\n")
    assert (problem.code, len(problem.message) < 200) == ("Q020", True)


def test_a_link_to_a_number_of_thousands_of_digits_leads_nowhere(tmp_path: Path):
    module_with(tmp_path, "01-x.md", f"---\ntitle: T\n---\n[there](lesson:1/{'1' * 5_000})\n")
    assert "L002" in {problem.code for problem in check(tmp_path).problems}
