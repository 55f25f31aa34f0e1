from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.blocks import Code, FormBlock
from course.catalog import load_course, shipped_modules
from course.check import check
from course.forms import FormFault, FormField, forms_in, read_form
from course.markdown import read_markdown
from course.parse import parse_lesson
from course.snapshot import item_from, item_source
from course.walk import blocks_in
from course.workbook import tasks_of

MAP = """\
A23 Network map - Velmora (fictional)
Contact:       former colleague
Strength (weak or strong): weak
What flows:    nothing now;
               news about plants
Must:          coats glass
Must:          5 to 100 staff
Wake-up call:
"""


def test_a_form_has_a_title_an_owner_and_fields():
    form = read_form("form A23-network-map", MAP)
    assert (form.id, form.code, form.title) == ("A23-network-map", "A23", "A23 Network map")
    assert form.example_of == "Velmora (fictional)"
    assert form.fields == (
        FormField("Contact", "", "former colleague"),
        FormField("Strength", "weak or strong", "weak"),
        FormField("What flows", "", "nothing now;\nnews about plants"),
        FormField("Must", "", "coats glass\n5 to 100 staff"),
        FormField("Wake-up call"),
    )


def test_a_form_is_written_as_it_is_read():
    form = read_form("form A23-network-map", MAP)
    assert read_form("form A23-network-map", "\n".join(form.lines())) == form


@pytest.mark.parametrize(
    ("info", "body", "words"),
    [
        ("form", MAP, "needs a name of its own"),
        ("form network-map", MAP, "needs a name of its own"),
        ("form ../A23-map", MAP, "needs a name of its own"),
        ("form A23-network-map", "", "has no title"),
        ("form A23-network-map", "Contact: a colleague\nPlace: here", "has no title"),
        ("form A23-network-map", "A23 Network map", "has no field"),
        ("form A23-network-map", "A23 Network map\nContact: x\nno colon here", "“no colon here” is no field"),
        (
            "form A23-network-map",
            "A23 Network map\n" + "\n".join(f"F{n}:" for n in range(61)),
            "60 are the most",
        ),
    ],
)
def test_a_form_that_cannot_be_filled_in_is_told(info: str, body: str, words: str):
    with pytest.raises(FormFault, match=words):
        read_form(info, body)


def test_a_lesson_holds_forms_as_blocks_and_faulty_ones_as_code():
    text = f"```form A23-network-map\n{MAP}```\n\n```form\nnothing\n```\n"
    form, code = read_markdown(text).blocks
    assert isinstance(form, FormBlock)
    assert form.form == read_form("form A23-network-map", MAP)
    assert isinstance(code, Code)
    assert code.text == "nothing\n"


def test_control_characters_never_reach_a_form():
    (block,) = read_markdown("```form A01-plan\nA01 Plan\x1b[2J\nWhom: a\x9bb\n```\n").blocks
    assert isinstance(block, FormBlock)
    assert block.form.title == "A01 Plan\N{REPLACEMENT CHARACTER}[2J"
    assert block.form.fields[0].example == "a\N{REPLACEMENT CHARACTER}b"


def test_forms_are_found_without_a_parser_where_the_parser_finds_them():
    text = (
        f"Text.\n\n~~~~markdown\n```form A99-not-a-form\n{MAP}```\n~~~~\n\n"
        f"  ```form A23-network-map\n  {MAP.replace(chr(10), chr(10) + '  ').rstrip(' ')}  ```\n\n"
        f"```form A24-open-ended\n{MAP}"
    )
    parsed = [(b.line, b.form) for b in read_markdown(text).blocks if isinstance(b, FormBlock)]
    assert forms_in(text) == parsed
    assert [form.code for _, form in parsed] == ["A23", "A24"]


@given(st.text(alphabet="`~form A1-b:\n (x)", max_size=200))
def test_no_text_breaks_the_reading_of_forms(text: str):
    for _, form in forms_in(text):
        assert read_form(f"form {form.id}", "\n".join(form.lines())) == form


def test_the_shipped_lessons_end_with_their_forms():
    course = load_course(shipped_modules())
    tasks = tasks_of(course)
    assert {f"A{number:02}" for number in range(1, 33)} <= {task.form.code for task in tasks}
    for task in tasks:
        lesson = parse_lesson(task.lesson.path, task.module.id)
        section = next(own for own in lesson.sections if own.id == task.section_id)
        assert task.form in [
            block.form for block in blocks_in(section.blocks) if isinstance(block, FormBlock)
        ]
        assert task.form.example_of
        assert any(field.example for field in task.form.fields)


def test_forms_of_a_lesson_that_went_away_are_left_out(tmp_path: Path):
    module = tmp_path / "01-one"
    module.mkdir()
    module.joinpath("module.md").write_text("---\ntitle: One\n---\n", encoding="utf-8")
    lesson = module / "01-a.md"
    lesson.write_text(f"---\ntitle: A\n---\n\n## B\n\n```form A23-network-map\n{MAP}```\n", encoding="utf-8")
    course = load_course(tmp_path)
    assert [task.section_id for task in tasks_of(course)] == ["one/a#b"]
    lesson.unlink()
    assert tasks_of(course) == ()


def test_a_question_that_holds_a_form_can_be_kept_in_the_record():
    asked = f"<!-- q id=a -->\n### Which?\n\n```form A23-network-map\n{MAP}```\n\n- [x] x\n- [ ] y\n"
    text = f"---\ntitle: A\n---\n\n## B\n\n{asked}"
    (item,) = parse_lesson(Path("01-a.md"), "one", text).all_items
    assert FormBlock in {type(block) for block in item.frame.body}
    kept = item_from(item_source(item))
    assert [block.form for block in kept.frame.body if isinstance(block, FormBlock)] == [
        read_form("form A23-network-map", MAP)
    ]


@pytest.mark.parametrize(
    ("name", "body"),
    [
        (
            "quiz.md",
            "```form A23-map\nA23 Map\nContact:\n```\n\n<!-- q id=a -->\n### Which?\n\n- [x] x\n- [ ] y\n",
        ),
        (
            "01-a.md",
            "<!-- q id=a -->\n### Which?\n\n```form A23-map\nA23 Map\nContact:\n```\n\n- [x] x\n- [ ] y\n",
        ),
        ("01-a.md", "- one\n\n  ```form A23-map\n  A23 Map\n  Contact:\n  ```\n"),
    ],
)
def test_a_form_where_it_cannot_be_filled_in_is_told(tmp_path: Path, name: str, body: str):
    module = tmp_path / "01-one"
    module.mkdir()
    module.joinpath("module.md").write_text("---\ntitle: One\n---\n", encoding="utf-8")
    module.joinpath(name).write_text(f"---\ntitle: A\n---\n\n{body}", encoding="utf-8")
    assert "Y003" in {problem.code for problem in check(tmp_path).problems}
