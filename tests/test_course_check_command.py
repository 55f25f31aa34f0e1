from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from course.check import check
from course.errors import ModuleUnreadable
from course.markdown import read_markdown
from course.marker import TYPES
from course.model import Choice, Paragraph, plain
from course.parse import parse_lesson, parse_quiz
from course.rules.example import OPTIONS, asked, files_of, lesson_file
from course.template import new_module
from course.walk import texts_of
from tui.cli import main
from tui.console.markdown import markdown_lines

if TYPE_CHECKING:
    from collections.abc import Iterable

    from course.model import Block, Item

ROOT = Path(__file__).parents[1]


@pytest.fixture
def module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "01-example"
    folder.mkdir()
    for name, text in files_of(asked("### What now?", OPTIONS)).items():
        (folder / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return folder


def page(module: Path, body: str, head: str = "title: A page") -> Path:
    path = module / "02-page.md"
    path.write_text(lesson_file(body, head), encoding="utf-8")
    return path


# Checking ---------------------------------------------------------------------------------------------


def test_a_good_course(module: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["course", "check", str(module)]) == 0
    assert capsys.readouterr().out == "No problems in 4 files.\n"


def test_problems_are_told_as_editors_read_them(module: Path, capsys: pytest.CaptureFixture[str]):
    page(module, asked("### What now?", "- [x] a\n  > Yes.\n- [ ] b") + "\n\nSee [this](#none).")
    assert main(["course", "check", "."]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "01-example/02-page.md:10:1: W101 The option “b” has no feedback; say in a quote under it why it is wrong.",
        (
            "01-example/02-page.md:19:12: L001 The link #none leads nowhere; there is no such heading or question "
            "in this file."
        ),
        "1 error and 1 warning in 4 files.",
    ]


def test_warnings_alone_are_no_failure(module: Path, capsys: pytest.CaptureFixture[str]):
    page(module, asked("### What now?", "- [x] a\n  > Yes.\n- [ ] b"))
    assert main(["course", "check", "."]) == 0
    assert capsys.readouterr().out.endswith("1 warning in 4 files.\n")
    page(module, "<!-- allow W101: b needs none -->\n" + asked("### What now?", "- [x] a\n  > Yes.\n- [ ] b"))
    assert main(["course", "check", "."]) == 0
    assert capsys.readouterr().out == "No problems in 4 files; 1 warning explained.\n"


def test_problems_as_json(module: Path, capsys: pytest.CaptureFixture[str]):
    page(module, "See\n[this](#none).")
    assert main(["course", "check", "--json", "."]) == 1
    (problem,) = json.loads(capsys.readouterr().out)
    assert problem == {
        "file": str(Path("01-example", "02-page.md")),
        "line": 6,
        "column": 8,
        "code": "L001",
        "message": "The link #none leads nowhere; there is no such heading or question in this file.",
        "severity": "error",
    }


def test_control_characters_of_a_name_do_not_reach_the_terminal(
    module: Path, capsys: pytest.CaptureFixture[str]
):
    (module / "03-\x1b[31m.md").write_text("no title", encoding="utf-8")
    main(["course", "check", "."])
    assert "\x1b" not in capsys.readouterr().out


def test_one_file_alone(module: Path, capsys: pytest.CaptureFixture[str]):
    page(module, "See [this](#none).")
    assert main(["course", "check", str(module / "quiz.md")]) == 0
    assert capsys.readouterr().out == "No problems in 1 file.\n"


def test_excerpts_on_a_terminal(
    module: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    page(module, "See [this](#none).")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    main(["course", "check", "."])
    assert capsys.readouterr().out.splitlines()[1:3] == ["    5 | See [this](#none).", "      |            ^"]


# Mending ----------------------------------------------------------------------------------------------


def test_mending_writes_ids_and_tells_what_is_left(module: Path, capsys: pytest.CaptureFixture[str]):
    path = page(module, asked("### What now?", OPTIONS).replace("id=q-page ", ""))
    assert main(["course", "check", "."]) == 1
    assert main(["course", "check", "--fix", "."]) == 0
    told = capsys.readouterr()
    assert told.out.endswith("No problems in 4 files.\n")
    assert told.err == f"Mended {Path('01-example', '02-page.md')}.\n"
    assert "<!-- q id=q-what-now outcome=O1 -->" in path.read_text()
    assert main(["course", "check", "--fix", "."]) == 0
    assert capsys.readouterr().err == ""


def test_a_diff_changes_nothing(module: Path, capsys: pytest.CaptureFixture[str]):
    path = page(module, "Text. ")
    before = path.read_bytes()
    assert main(["course", "check", "--diff", "."]) == 1
    assert capsys.readouterr().out.splitlines()[-2:] == ["-Text. ", "+Text."]
    assert path.read_bytes() == before
    path.write_text(path.read_text().replace("Text. ", "Text."))
    assert main(["course", "check", "--diff", "."]) == 0


def test_what_was_mended_can_be_taken_back(module: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    path = page(module, "Text. \n\n" + asked("### What now?", OPTIONS).replace("id=q-page ", ""))
    before = path.read_bytes()
    main(["course", "check", "--fix", "--diff", str(path)])
    patch = capsys.readouterr().out.partition("No problems")[0]
    subprocess.run(["git", "apply", "-R", "-p0", "-"], input=patch.encode(), check=True, cwd=tmp_path)
    assert path.read_bytes() == before


# A new module -----------------------------------------------------------------------------------------


def test_a_new_module_passes_the_check_and_is_taken_in(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["course", "new", "first export", "--folder", str(tmp_path)]) == 0
    folder = tmp_path / "01-first-export"
    assert str(folder) in capsys.readouterr().out
    assert check(tmp_path).problems == ()
    assert main(["--course", str(tmp_path), "course", "list"]) == 0
    assert "First export" in capsys.readouterr().out


def test_a_new_module_has_every_common_question_type(tmp_path: Path):
    folder = new_module("x", tmp_path)
    lessons = [parse_lesson(path, "x") for path in sorted(folder.glob("0*.md"))]
    items = [item for lesson in lessons for item in lesson.items]
    items += parse_quiz(folder / "quiz.md", "x").items
    assert {kind_of(item) for item in items} == set(TYPES) - {"likert"}


def kind_of(item: Item) -> str:
    if isinstance(item, Choice):
        return "truefalse" if item.true_false else "multiple" if item.multiple else "single"
    return {"ShortText": "text", "Numeric": "number"}.get(type(item).__name__, type(item).__name__.lower())


def test_new_modules_are_numbered_on(tmp_path: Path):
    assert new_module("a", tmp_path).name == "01-a"
    assert new_module("b", tmp_path).name == "02-b"
    (tmp_path / "02-b").rename(tmp_path / "41-b")
    assert new_module("Über uns", tmp_path).name == "42-über-uns"


def test_a_name_that_is_taken_is_refused_and_nothing_is_touched(tmp_path: Path):
    folder = new_module("a", tmp_path)
    (folder / "module.md").write_text("mine")
    with pytest.raises(ModuleUnreadable, match="already"):
        new_module("A", tmp_path)
    assert (folder / "module.md").read_text() == "mine"
    assert [path.name for path in tmp_path.iterdir()] == ["01-a"]


@pytest.mark.parametrize("name", ["", " ", "..", "../a", "a/b", "a\\b", "-", "x" * 90])
def test_a_name_that_cannot_be_used_is_refused(tmp_path: Path, name: str):
    with pytest.raises(ModuleUnreadable, match="cannot be called"):
        new_module(name, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_title_with_quotes(tmp_path: Path):
    new_module('The "big" $one: a # start', tmp_path)
    assert check(tmp_path).problems == ()


def test_a_folder_that_is_a_file(tmp_path: Path):
    (tmp_path / "file").write_text("")
    with pytest.raises(ModuleUnreadable, match="cannot be made"):
        new_module("a", tmp_path / "file")


# Printing ---------------------------------------------------------------------------------------------


@pytest.fixture
def course(tmp_path: Path) -> list[str]:
    new_module("first export", tmp_path)
    return ["--course", str(tmp_path), "course", "show"]


def shown(arguments: Iterable[str], capsys: pytest.CaptureFixture[str]) -> str:
    assert main([*arguments]) == 0
    return capsys.readouterr().out


@pytest.mark.parametrize("form", [[], ["--markdown"]])
def test_a_print_out_gives_no_answer_away(
    course: list[str], form: list[str], capsys: pytest.CaptureFixture[str]
):
    text = shown([*course, *form, "first-export/before-the-call"], capsys)
    assert "What you want and what you offer" in text
    assert "[x]" not in text
    assert "The other side hears at once" not in text
    assert "Think of the person who answers the phone." not in text
    steps = ["Say the sentence", "Ask whether this", "Listen", "Name the next step"]
    places = [text.rindex(step) for step in steps]
    assert places != sorted(places)


def test_the_key_agrees_with_the_print_out(course: list[str], capsys: pytest.CaptureFixture[str]):
    text = shown([*course, "first-export/quiz"], capsys)
    key = shown([*course, "--key", "first-export/quiz"], capsys)
    block = text.partition("Question 1\n")[2].partition("Question 2\n")[0]
    answer = key.partition("Question 1\n")[2].splitlines()[0]
    assert answer in block
    assert "We look for a tester" in answer
    assert "A wish and an offer tell the other side whether it can help." in key
    order = key.partition("Right order: ")[2].splitlines()[0].split(", ")
    entries = text.partition("Put the steps before a call in order.")[2]
    steps = ["Write the sentence", "List the people", "Choose whom to call first"]
    assert all(f"{number}. {step}" in entries for number, step in zip(order, steps, strict=True))


def test_the_key_to_a_section_keeps_the_numbers_of_the_lesson(
    course: list[str], capsys: pytest.CaptureFixture[str]
):
    ref = "first-export/before-the-call#whom-to-call"
    assert "Question 2\n" in shown([*course, ref], capsys)
    key = shown([*course, "--key", ref], capsys)
    assert "Question 1\n" not in key
    assert "Question 2\n" in key


SAID = """\
Running **strong** and *soft* text with `co*de`, a [link](https://example.org/a_b), 2 * 3 * 4 and <5.[^1]

1. not a list? 5\\. yes
2. two

   more

- a
  - b
- [ ] c

> quoted
>
> > twice

> [!WARNING]
> Mind the gap.

| A \\| B | C |
|:--|--:|
| *x* | `y` |

```python
print("```")
```

![A picture](a.png)

---

### Heading # with _signs_

[^1]: The note.
"""


def words_of(blocks: Iterable[Block]) -> list[str]:
    return [plain(text) for text, _ in texts_of(blocks)]


def test_markdown_printed_reads_the_same_again():
    document = read_markdown(SAID)
    blocks = [block for block in document.blocks if not hasattr(block, "kind") or True]
    again = read_markdown("\n".join([*markdown_lines([*blocks, *document.footnotes.values()])]))
    assert words_of(again.blocks) == words_of(blocks)
    assert [type(block) for block in again.blocks] == [type(block) for block in blocks]
    assert "\n".join(markdown_lines(again.blocks)) == "\n".join(markdown_lines(blocks))


@pytest.mark.parametrize(
    "words", ["# no heading", "- no list", "1. no list", "> no quote", "a_b_c", "[x](y)", "<b>", "a|b"]
)
def test_signs_stay_signs(words: str):
    from course.model import Span  # noqa: PLC0415 - needed here alone

    lines = "\n".join(markdown_lines([Paragraph((Span(words),), 1)]))
    (block,) = read_markdown(lines).blocks
    assert isinstance(block, Paragraph)
    assert plain(block.text) == words


def test_checks_run_as_a_command_of_their_own(module: Path):
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "from tui.cli import main; raise SystemExit(main())",
            "course",
            "check",
            str(module),
        ],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_strictly_warnings_count(module: Path):
    assert main(["course", "check", "--strict", str(module)]) == 0
    page(module, asked("### What now?", "- [x] a\n  > Yes.\n- [ ] b"))
    assert main(["course", "check", "--strict", str(module)]) == 1
