from __future__ import annotations

from pathlib import Path

import pytest

from course.catalog import load_course, open_lesson, open_quiz
from course.drawing import drawn
from course.errors import FileUnreadable
from course.file_names import languages_of
from course.model import Choice, Module, Severity, plain
from course.titles import in_language
from course.translations import drift, section_digests

SAMPLE = Path(__file__).parent / "fixtures" / "courses" / "sample"

SOURCE = """\
---
title: A page
---

Above.

## One case

Velmora builds sensors.

<!-- q id=x case=one-case -->
### What is it?

- [x] yes
- [ ] no
<!-- /q -->

## Two things

More.
"""
DANISH = """\
---
title: En side
---

Ovenover.

## Et tilfælde

Velmora bygger følere.

<!-- q id=x case=one-case -->
### Hvad er det?

- [x] ja
- [ ] nej
<!-- /q -->

## To ting

Mere. Se [her](#two-things).
"""


@pytest.fixture
def module(tmp_path: Path) -> Module:
    folder = tmp_path / "01-m"
    folder.mkdir()
    for name, text in {
        "module.md": "---\ntitle: M\n---\n",
        "01-page.md": SOURCE,
        "01-page.da.md": DANISH,
        "quiz.md": SOURCE,
        "quiz.da.md": DANISH,
    }.items():
        folder.joinpath(name).write_text(text, encoding="utf-8")
    return load_course(tmp_path).modules[0]


def test_a_lesson_is_read_in_its_translation_under_the_ids_of_its_source(module: Module):
    head = module.lessons[0]
    source, danish = open_lesson(module, head), open_lesson(module, head, "da")
    assert (source.language, danish.language) == ("en", "da")
    assert danish.problems == ()
    assert [section.title for section in danish.sections] == ["En side", "Et tilfælde", "To ting"]
    assert [section.id for section in danish.sections] == [section.id for section in source.sections]
    (item,) = danish.items
    assert item.frame.id == source.items[0].frame.id
    assert item.frame.case is not None
    assert item.frame.case.id == "m/page#one-case"


def test_a_list_shows_the_titles_of_translations_under_the_ids_of_the_sources(module: Module):
    module.path.joinpath("module.md").write_text(
        "---\ntitle: M\noutcomes: {O1: call, O2: write}\n---\n", encoding="utf-8"
    )
    module.path.joinpath("module.da.md").write_text(
        "---\ntitle: Modulet\noutcomes: {O1: ringe, O3: mere}\n---\n", encoding="utf-8"
    )
    course = load_course(module.path.parent)
    (danish,) = in_language(course, "da")
    (head,) = danish.lessons
    assert (danish.id, danish.title) == ("m", "Modulet")
    assert danish.outcomes == {"O1": "ringe", "O2": "write"}
    assert (head.title, head.section_titles) == ("En side", ("En side", "Et tilfælde", "To ting"))
    assert (head.id, head.section_ids) == (module.lessons[0].id, module.lessons[0].section_ids)
    assert in_language(course, "de").modules[0].title == "M"
    assert in_language(course, "en") is course


def test_a_list_keeps_the_titles_of_the_source_where_a_translation_cannot_stand_for_it(module: Module):
    module.path.joinpath("module.da.md").write_text("---\ntitle: [\n---\n", encoding="utf-8")
    module.path.joinpath("01-page.da.md").write_text(DANISH.partition("## To ting")[0], encoding="utf-8")
    (danish,) = in_language(load_course(module.path.parent), "da")
    assert danish.title == "M"
    assert danish.lessons[0].title == "En side"
    assert danish.lessons[0].section_titles == module.lessons[0].section_titles


def test_a_language_without_a_translation_gives_the_source(module: Module):
    assert open_lesson(module, module.lessons[0], "de").language == "en"
    assert languages_of(module.lessons[0].path) == ("da",)


def test_a_quiz_draws_the_same_questions_in_every_language(module: Module):
    source, danish = open_quiz(module), open_quiz(module, "da")
    assert danish.language == "da"
    assert [item.frame.id for item in drawn(source, 3)] == [item.frame.id for item in drawn(danish, 3)]
    item = danish.items[0]
    assert isinstance(item, Choice)
    assert plain(item.options[0].text) == "ja"


def test_a_quiz_draws_from_the_translation_of_a_bank(module: Module):
    bank = module.path / "bank"
    bank.mkdir()
    for name, text in {"b.md": SOURCE, "b.da.md": DANISH}.items():
        bank.joinpath(name).write_text(text, encoding="utf-8")
    for name in ("quiz.md", "quiz.da.md"):
        module.path.joinpath(name).write_text(
            "---\ntitle: Q\n---\n<!-- draw from=bank/b -->\n", encoding="utf-8"
        )
    (source,), (danish,) = open_quiz(module).items, open_quiz(module, "da").items
    assert (source.frame.id, plain(source.frame.prompt)) == ("m/bank/b#x", "What is it?")
    assert (danish.frame.id, plain(danish.frame.prompt)) == ("m/bank/b#x", "Hvad er det?")


def test_a_missing_section_is_told(module: Module):
    path = module.path / "01-page.da.md"
    path.write_text(DANISH.partition("## To ting")[0], encoding="utf-8")
    lesson = open_lesson(module, module.lessons[0], "da")
    assert "2 sections, its source 3" in lesson.problems[-1].message
    assert len(lesson.sections) == 2


def noted(module: Module) -> Path:
    """The translation with the digests of its source as it stands."""
    path = module.path / "01-page.da.md"
    digests = section_digests(module.path / "01-page.md")
    lines = "".join(f"  {slug}: {digest}\n" for slug, digest in digests.items())
    path.write_text(DANISH.replace("En side\n", f"En side\ndigests:\n{lines}"), encoding="utf-8")
    return path


def test_a_translation_without_digests_is_told_which_to_write(module: Module):
    problems = list(drift(module.path / "01-page.da.md"))
    digests = section_digests(module.path / "01-page.md")
    assert list(digests) == ["start", "one-case", "two-things"]
    assert len(problems) == 3
    for problem, (slug, digest) in zip(problems, digests.items(), strict=True):
        assert f"write `{slug}: {digest}` under digests" in problem.message
        assert problem.severity is Severity.WARNING


def test_only_the_section_that_changed_is_told(module: Module):
    path = noted(module)
    assert list(drift(path)) == []
    source = module.path / "01-page.md"
    source.write_text(SOURCE.replace("More.", "Much more."), encoding="utf-8")
    (problem,) = drift(path)
    assert "`two-things` changed in the source" in problem.message
    assert problem.place.line == 3


@pytest.mark.parametrize(
    ("before", "after"),
    [("id=x", "id=x points=2"), ("More.\n", "More.\n\n\n"), ("Above.", "Above. <!-- me -->")],
)
def test_comments_and_blank_space_ask_for_no_new_translation(module: Module, before: str, after: str):
    path = noted(module)
    module.path.joinpath("01-page.md").write_text(SOURCE.replace(before, after), encoding="utf-8")
    assert list(drift(path)) == []


def test_a_section_that_is_gone_is_told(module: Module):
    path = noted(module)
    text = SOURCE.partition("## Two things")[0]
    module.path.joinpath("01-page.md").write_text(text, encoding="utf-8")
    (problem,) = drift(path)
    assert "no section `two-things` any more" in problem.message


def test_a_file_that_translates_nothing_has_no_drift(module: Module):
    assert list(drift(module.path / "01-page.md")) == []
    with pytest.raises(FileUnreadable):
        section_digests(module.path / "none.md")


def test_the_sample_translation_is_up_to_date():
    assert list(drift(SAMPLE / "01-sample" / "01-text.da.md")) == []
