from __future__ import annotations

import subprocess
import sys
from errno import EACCES
from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import course as package
from course.catalog import (
    load_course,
    open_introduction,
    open_lesson,
    open_quiz,
    shipped_modules,
)
from course.errors import CourseError, FileUnreadable, ModuleUnreadable, NotFound
from course.file_names import bare_name, is_translation, lesson_paths
from course.header import read_header, without_header
from course.heads import load_module
from course.model import Course, Footnote, Heading, Paragraph, QuizMode, plain
from course.outline import outline
from course.parse import parse_lesson, parse_quiz
from course.references import find
from course.slugs import Slugs, heading_words, slug
from course.source import MAX_BYTES, read_source

FIXTURES = Path(__file__).parent / "fixtures" / "course"
ROOT = Path(__file__).resolve().parents[1]
QUESTION = "<!-- q id=q1 outcome=O1 -->\n### P?\n\n- [x] a\n- [ ] b\n"


def write(path: Path, title: str, body: str = "", more: str = "") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"---\ntitle: {title}\n{more}---\n{body}", encoding="utf-8")
    return path


@pytest.fixture
def root(tmp_path: Path) -> Path:
    write(tmp_path / "02-second" / "module.md", "Second", "Hello.", "outcomes: {O1: explain}\npass: 60\n")
    write(
        tmp_path / "02-second" / "01-one.md", "One", f"Intro.\n\n## A b\n\n{QUESTION}\n## C\n", "minutes: 7\n"
    )
    write(tmp_path / "02-second" / "10-ten.md", "Ten", "## X\n", "minutes: 5\noptional: true\n")
    write(tmp_path / "02-second" / "2_two.md", "Two", "Only start.\n", "id: zwei\n")
    write(tmp_path / "02-second" / "01-one.da.md", "En", "Indled.\n\n## Å b\n\nTekst.\n\n## Ø\n")
    write(tmp_path / "02-second" / "quiz.md", "Quiz", f"Read well.\n\n{QUESTION}", "mode: exam\npass: 80\n")
    write(tmp_path / "01-first" / "module.md", "First")
    (tmp_path / "02-second" / "README.md").write_text("for trainers")
    (tmp_path / "02-second" / "assets").mkdir()
    return tmp_path


@pytest.fixture
def course(root: Path) -> Course:
    return load_course(root)


# Listing ----------------------------------------------------------------------------------------


def test_modules_and_lessons_in_order(course: Course):
    assert course.problems == ()
    assert [(module.id, module.number, module.title) for module in course] == [
        ("first", 1, "First"),
        ("second", 2, "Second"),
    ]
    heads = course.modules[1].lessons
    assert [head.id for head in heads] == ["second/one", "second/zwei", "second/ten"]
    assert [(head.minutes, head.optional) for head in heads] == [(7, False), (0, False), (5, True)]


def test_head_of_a_lesson(course: Course):
    head = course.modules[1].lessons[0]
    assert head.section_ids == ("second/one#start", "second/one#a-b", "second/one#c")
    assert head.section_titles == ("One", "A b", "C")
    assert head.item_ids == ((), ("second/one#q1",), ())


def test_module_values(course: Course):
    module = course.modules[1]
    assert (module.pass_percent, module.minutes, dict(module.outcomes)) == (80, 12, {"O1": "explain"})
    assert module.quiz_id == "second/quiz"
    assert module.quiz_path is not None
    assert course.modules[0].quiz_path is None


def test_a_pass_mark_that_nobody_can_reach_is_left_out(root: Path):
    write(root / "02-second" / "module.md", "Second", more="id: second\npass: 700\n")
    write(root / "02-second" / "quiz.md", "Quiz", more="pass: 101\n")
    assert load_course(root).modules[1].pass_percent == 70


def test_a_single_module_folder_is_a_course(root: Path):
    assert [module.id for module in load_course(root / "02-second")] == ["second"]


def test_several_roots(root: Path, tmp_path_factory: pytest.TempPathFactory):
    other = tmp_path_factory.mktemp("other")
    write(other / "02-second" / "module.md", "Taken")
    write(other / "03-third" / "module.md", "Third")
    found = load_course(root, other, other / "missing")
    assert [module.id for module in found] == ["first", "second", "third"]
    assert sorted(problem.code for problem in found.problems) == ["C101", "C103"]


def test_broken_modules_stop_nothing(root: Path):
    (root / "03-no-head").mkdir()
    (root / "03-no-head" / "01-a.md").write_text("text")
    write(root / "04-no-title" / "module.md", "''")
    (root / "05-bad-yaml").mkdir()
    (root / "05-bad-yaml" / "module.md").write_text("---\ntitle: [\n---\n")
    (root / "06-binary").mkdir()
    (root / "06-binary" / "module.md").write_bytes(b"---\ntitle: \xff\n---\n")
    write(root / "02-second" / "03-bad.md", "Bad", more="title: twice\n")
    write(root / "02-second" / "04-same.md", "Same", more="id: one\n")
    found = load_course(root)
    assert [module.id for module in found] == ["first", "second"]
    assert len(found.modules[1].lessons) == 3
    told = {
        problem.place.file.parent.name + "/" + problem.place.file.name: problem.code
        for problem in found.problems
    }
    assert told == {
        "03-no-head/module.md": "C103",
        "04-no-title/module.md": "C104",
        "05-bad-yaml/module.md": "C104",
        "06-binary/module.md": "C104",
        "02-second/03-bad.md": "C104",
        "02-second/04-same.md": "C102",
    }


@pytest.mark.parametrize("read", ["course.catalog.list_folder", "course.heads.lesson_paths"])
def test_a_folder_that_may_not_be_read_stops_no_other(root: Path, monkeypatch: pytest.MonkeyPatch, read: str):
    home, name = read.rsplit(".", 1)
    known = getattr(import_module(home), name)

    def refused(folder: Path | str) -> object:
        if str(folder).endswith("02-second"):
            raise PermissionError(EACCES, "Permission denied")
        return known(folder)

    monkeypatch.setattr(read, refused)
    found = load_course(root)
    assert [module.id for module in found] == ["first"]
    (problem,) = found.problems
    assert problem.place.file == root / "02-second"
    assert problem.message == "This folder cannot be read: Permission denied."


def test_a_link_that_leaves_its_folder_is_not_followed(root: Path, tmp_path_factory: pytest.TempPathFactory):
    outside = write(tmp_path_factory.mktemp("outside") / "secret.md", "Secret", "words")
    (root / "02-second" / "05-link.md").symlink_to(outside)
    (root / "07-link").symlink_to(outside.parent, target_is_directory=True)
    found = load_course(root)
    assert [module.id for module in found] == ["first", "second"]
    assert "leaves its folder" in found.problems[0].message
    (root / "02-second" / "quiz.md").unlink()
    (root / "02-second" / "quiz.md").symlink_to(outside)
    assert load_module(root / "02-second").quiz_path is None


def test_hidden_files_are_left_out(root: Path):
    write(root / "02-second" / "_draft.md", "Draft")
    write(root / ".git" / "module.md", "Not one")
    assert len(load_course(root).modules[1].lessons) == 3
    assert len(load_course(root).modules) == 2


@pytest.mark.parametrize(
    ("name", "bare"),
    [("02-open-innovation", "open-innovation"), ("3_B c", "b-c"), ("plain", "plain"), ("2026", "2026")],
)
def test_bare_names(name: str, bare: str):
    assert bare_name(name) == bare


def test_translations_are_known_by_their_source(root: Path):
    folder = root / "02-second"
    assert is_translation(folder / "01-one.da.md")
    write(folder / "06-e.g.md", "Not a translation")
    assert not is_translation(folder / "06-e.g.md")
    assert [path.name for path in lesson_paths(folder)] == ["01-one.md", "2_two.md", "06-e.g.md", "10-ten.md"]


# Opening ----------------------------------------------------------------------------------------


def test_an_opened_lesson_agrees_with_its_head(course: Course):
    for module, head in course.lesson_heads():
        lesson = open_lesson(module, head)
        assert lesson.id == head.id
        assert tuple(section.id for section in lesson.sections) == head.section_ids
        assert tuple(section.title for section in lesson.sections) == head.section_titles


def test_a_translation_keeps_the_ids_of_its_source(course: Course):
    module = course.modules[1]
    lesson = open_lesson(module, module.lessons[0], language="da")
    assert (lesson.title, lesson.language, lesson.id) == ("En", "da", "second/one")
    assert [(section.id, section.title) for section in lesson.sections] == [
        ("second/one#start", "En"),
        ("second/one#a-b", "Å b"),
        ("second/one#c", "Ø"),
    ]
    assert lesson.problems == ()


def test_a_translation_takes_the_id_that_its_source_names(root: Path):
    write(root / "02-second" / "2_two.md", "Two", QUESTION, "id: zwei\n")
    write(root / "02-second" / "2_two.da.md", "To", QUESTION)
    module = load_module(root / "02-second")
    lesson = open_lesson(module, module.lessons[1], language="da")
    assert (lesson.id, lesson.items[0].frame.id) == ("second/zwei", "second/zwei#q1")


@pytest.mark.parametrize("language", ["pl", "../x", "", "da/../.."])
def test_without_a_translation_the_source_is_read(course: Course, language: str):
    module = course.modules[1]
    assert open_lesson(module, module.lessons[0], language=language).title == "One"


def test_a_translation_with_a_section_too_few_is_told(root: Path):
    write(root / "02-second" / "01-one.da.md", "En", "## Å\n")
    module = load_module(root / "02-second")
    (problem,) = open_lesson(module, module.lessons[0], language="da").problems
    assert problem.message == "This translation has 1 sections, its source 3; translate section by section."


def test_a_quiz(course: Course):
    quiz = open_quiz(course.modules[1])
    assert (quiz.id, quiz.mode, quiz.pass_percent) == ("second/quiz", QuizMode.EXAM, 80)
    assert [item.frame.id for item in quiz.items] == ["second/quiz#q1"]
    assert len(quiz.introduction) == 1


def test_a_module_without_a_quiz(course: Course):
    with pytest.raises(ModuleUnreadable, match="`first` has no quiz yet"):
        open_quiz(course.modules[0])


def test_an_introduction(course: Course):
    (block,) = open_introduction(course.modules[1])
    assert isinstance(block, Paragraph)
    assert plain(block.text) == "Hello."


def test_quiz_problems():
    quiz = parse_quiz(Path("quiz.md"), "m", f"---\ntitle: Q\n---\n{QUESTION}<!-- /q -->\n\nStray.\n")
    assert [(problem.code, problem.place.line) for problem in quiz.problems] == [("W107", 11)]
    empty = parse_quiz(Path("quiz.md"), "m", "---\ntitle: Q\n---\n")
    assert [problem.code for problem in empty.problems] == ["Q042"]


def test_a_quiz_question_brings_its_footnote():
    text = f"---\ntitle: Q\n---\n{QUESTION}\n> [!NOTE]\n> See[^a].\n<!-- /q -->\n\n[^a]: Source.\n"
    quiz = parse_quiz(Path("quiz.md"), "m", text)
    assert isinstance(quiz.items[0].frame.explanation[-1], Footnote)
    assert quiz.problems == ()


# Files ------------------------------------------------------------------------------------------


def test_a_file_too_large(tmp_path: Path):
    path = tmp_path / "a.md"
    path.write_bytes(b"x" * (MAX_BYTES + 1))
    with pytest.raises(FileUnreadable, match="larger than 2 MB; split it"):
        read_source(path)


def test_a_file_in_another_encoding(tmp_path: Path):
    path = tmp_path / "a.md"
    path.write_bytes(b"one\ntwo \xe6\n")
    with pytest.raises(FileUnreadable, match=r"a\.md:2:1: This file is not in UTF-8; save it in UTF-8\."):
        read_source(path)


def test_a_file_that_is_missing(tmp_path: Path):
    with pytest.raises(FileUnreadable, match="cannot be read"):
        read_source(tmp_path / "none.md")


def test_newlines_and_byte_order_mark(tmp_path: Path):
    path = tmp_path / "a.md"
    path.write_bytes(b"\xef\xbb\xbfa\r\nb\rc\x1b\x0c")
    assert read_source(path) == "a\nb\nc\ufffd\ufffd"


# Sections ---------------------------------------------------------------------------------------


def test_footnotes_stand_at_the_foot_of_the_section_that_calls_them():
    text = "---\ntitle: T\n---\n## A\n\nx[^1] y[^2]\n\n## B\n\nz[^2]\n\n[^1]: One.\n[^2]: Two.\n"
    lesson = parse_lesson(Path("t.md"), "m", text)
    notes = [
        [block.number for block in section.blocks if isinstance(block, Footnote)]
        for section in lesson.sections
    ]
    assert notes == [[1, 2], [2]]


def test_the_title_is_not_said_twice():
    lesson = parse_lesson(Path("t.md"), "m", "---\ntitle: My *title*\n---\n# My *title*\n\n## A\n")
    assert [section.title for section in lesson.sections] in (["A"], ["My *title*", "A"])
    lesson = parse_lesson(Path("t.md"), "m", "---\ntitle: Mine\n---\n# Mine\n\nText.\n\n# Other\n")
    assert [type(block) for block in lesson.sections[0].blocks] == [Paragraph, Heading]


def test_sections_are_cut_only_at_real_headings():
    body = (
        "## A\n\n```\n## code\n```\n\n~~~~\n## code\n~~~\n## code\n~~~~\n\n<!--\n## hidden\n-->\n\n"
        "<div>\n## raw\n</div>\n\n> ## quoted\n\n### Inner\n\n## A ##\n\n  ## indented\n"
    )
    lesson = parse_lesson(Path("t.md"), "m", f"---\ntitle: T\n---\n{body}")
    assert [section.id for section in lesson.sections] == ["m/t#a", "m/t#a-1"]


def test_a_section_called_start_does_not_clash():
    lesson = parse_lesson(Path("t.md"), "m", "---\ntitle: T\n---\nText.\n\n## Start\n")
    assert [section.id for section in lesson.sections] == ["m/t#start", "m/t#start-1"]


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("What **is** *it*?", "What is it?"),
        ("A [link](x) and ![pic](y)", "A link and pic"),
        ("`code` &amp; more ##", "code & more"),
        ("Snake_case_name stays", "Snake_case_name stays"),
        ("Note[^1] <!-- x -->", "Note"),
        ("\\*stars\\*", "*stars*"),
        ("2 * 3 * 4", "2 * 3 * 4"),
    ],
)
def test_words_of_a_heading(source: str, words: str):
    assert heading_words(source) == words


def test_slugs():
    assert [slug(text) for text in ("What it *is*?", "Ærø & Łódź", "a  b", "…")] == [
        "what-it-is",
        "ærø--łódź",
        "a--b",
        "section",
    ]
    slugs = Slugs("taken")
    assert [slugs.take(text) for text in ("Taken", "taken", "new")] == ["taken-1", "taken-2", "new"]


LINES = st.sampled_from(
    [
        "## A",
        "## B c",
        "# T",
        "### q",
        "text",
        "",
        "```",
        "~~~",
        "<!-- x -->",
        "<!--",
        "-->",
        "<div>",
        "</div>",
        "- a",
        "  b",
        "> q",
        "<!-- q id=a -->",
        "- [x] y",
        "- [ ] n",
        "    code",
        "[^1]: n",
        "---",
        "|a|",
        "|-|",
    ]
)


@settings(max_examples=200)
@given(st.lists(LINES, max_size=14))
def test_outline_and_parse_always_agree_on_sections(lines: list[str]):
    source = "---\ntitle: T\n---\n" + "\n".join(lines)
    header = read_header(source, Path("t.md"))
    found = [f"m/t#{section.slug}" for section in outline(without_header(source, header), "T")]
    lesson = parse_lesson(Path("t.md"), "m", source)
    assert [section.id for section in lesson.sections] in (found, ["m/t#start", *found])


# References -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("reference", "module", "lesson", "section"),
    [
        ("second", "second", None, None),
        ("2", "second", None, None),
        ("second/one", "second", "second/one", None),
        ("2/1", "second", "second/one", None),
        ("second/2", "second", "second/zwei", None),
        ("lesson:second/one#a-b", "second", "second/one", "second/one#a-b"),
        ("2/1#2", "second", "second/one", "second/one#a-b"),
        (" second/one/ ", "second", "second/one", None),
    ],
)
def test_references(course: Course, reference: str, module: str, lesson: str | None, section: str | None):
    found = find(course, reference)
    assert found.module.id == module
    assert (found.lesson.id if found.lesson else None) == lesson
    assert (found.section_id, found.is_quiz) == (section, False)


def test_reference_to_a_quiz(course: Course):
    assert find(course, "2/quiz").is_quiz


@pytest.mark.parametrize(
    ("reference", "told"),
    [
        ("secnd", "There is no module `secnd`; did you mean `second`?"),
        ("9", "There is no module `9`; there is first, second."),
        ("", "There is no module ``; there is first, second."),
        ("2/on", "The module `second` has no lesson `on`; did you mean `one`?"),
        ("2/7", "The module `second` has no lesson `7`; there is one, zwei, ten, quiz."),
        ("2/1#a", "The lesson `second/one` has no section `a`; did you mean `a-b`?"),
        ("first/quiz", "The module `first` has no lesson `quiz`."),
        ("second#x", "`second#x` names a section but no lesson; write `second/LESSON#x`."),
    ],
)
def test_references_that_lead_nowhere(course: Course, reference: str, told: str):
    with pytest.raises(NotFound) as caught:
        find(course, reference)
    assert str(caught.value) == told


# What ships, and what it costs ------------------------------------------------------------------


def test_every_shipped_module_can_be_opened():
    shipped = load_course(shipped_modules())
    assert shipped.problems == ()
    for module, head in shipped.lesson_heads():
        lesson = open_lesson(module, head)
        assert tuple(section.id for section in lesson.sections) == head.section_ids
        assert (
            tuple(tuple(item.frame.id for item in section.items) for section in lesson.sections)
            == head.item_ids
        )


def test_listing_a_course_imports_nothing_heavy():
    script = (
        "import sys, course, course.catalog as c; c.load_course(c.shipped_modules());"
        "heavy = ('pydantic', 'sqlalchemy', 'markdown_it', 'mdit_py_plugins', 'linkify_it');"
        "print([name for name in heavy if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("name", package.__all__)
def test_every_public_name_is_there_and_documented(name: str):
    value = getattr(package, name)
    assert name in {"Response", "Item"} or value.__doc__


def test_no_other_name_is_there():
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = package.nothing
    assert issubclass(package.CourseError, CourseError)


def test_a_question_leads_to_its_section(course: Course):
    assert find(course, "second/one#q1").section_id == "second/one#a-b"
    with pytest.raises(NotFound, match="no section `q9`"):
        find(course, "second/one#q9")
