from __future__ import annotations

from pathlib import Path

import pytest

from course.catalog import shipped_modules
from course.check import check, pages_under
from course.problems import Severity

GOOD = (
    "<!-- q id={id} outcome=O1 -->\n### P {id}?\n\n- [x] a\n  > yes\n- [ ] b\n  > no\n\n"
    "> [!TIP]\n> look\n\n> [!NOTE]\n> because\n<!-- /q -->\n"
)


@pytest.fixture
def module(tmp_path: Path) -> Path:
    folder = tmp_path / "01-mod"
    folder.mkdir()
    (folder / "module.md").write_text("---\ntitle: M\noutcomes: {O1: explain}\n---\nHello.\n")
    (folder / "01-less.md").write_text(
        f"---\ntitle: L\noutcomes: [O1]\n---\n## One\n\n### Deep\n\n{GOOD.format(id='q1')}"
    )
    (folder / "quiz.md").write_text(f"---\ntitle: Q\n---\n{GOOD.format(id='q1')}")
    return folder


def lesson(module: Path, body: str, head: str = "title: X") -> Path:
    path = module / "02-extra.md"
    path.write_text(f"---\n{head}\n---\n{body}")
    return path


def told(path: Path, **known: set[str]) -> list[tuple[int, str]]:
    problems = check(path, **known).problems  # type: ignore[arg-type]
    return [(problem.place.line, problem.code) for problem in problems if problem.severity is Severity.ERROR]


def test_a_good_course_has_no_problems(module: Path):
    assert check(module.parent).problems == ()
    assert check(module).problems == ()
    assert check(module / "01-less.md").problems == ()


def test_what_ships_has_no_problems():
    assert [str(problem) for problem in check(shipped_modules()).problems] == []


@pytest.mark.parametrize(
    "target",
    [
        "#one",
        "#deep",
        "#q1",
        "lesson:mod/less",
        "lesson:mod/less#one",
        "lesson:mod/less#deep",
        "lesson:mod/quiz",
        "lesson:mod/quiz#q1",
        "lesson:mod/less#q1",
        "lesson:mod",
        "https://europa.eu",
        "mailto:a@b.eu",
        "guide:anything#at-all",
        "01-less.md",
        "assets/a%20b.png",
    ],
)
def test_links_that_lead_somewhere(module: Path, target: str):
    (module / "assets").mkdir()
    (module / "assets" / "a b.png").write_text("")
    path = lesson(module, f"## One\n\n### Deep\n\n[x](<{target}>)\n\n{GOOD.format(id='q1')}")
    assert check(path).problems == ()


@pytest.mark.parametrize(
    ("target", "code", "words"),
    [
        ("#none", "L001", "no such heading or question in this file"),
        ("lesson:mod/les", "L002", "did you mean `less`?"),
        ("lesson:mud/less", "L002", "did you mean `mod`?"),
        ("lesson:mod/less#none", "L002", "has no heading or question `none`"),
        ("lesson:mod#none", "L002", "has no heading or question `none`"),
        ("lesson:mod/quiz#q9", "L002", "has no heading or question `q9`"),
        ("term:sme", "L004", "no such term"),
        ("missing.png", "L005", "is missing"),
        ("../../etc/passwd", "L006", "leaves the module"),
        ("/etc/passwd", "L006", "leaves the module"),
    ],
)
@pytest.mark.parametrize("mark", ["", "!"])
def test_links_that_lead_nowhere(module: Path, target: str, code: str, words: str, mark: str):
    (problem,) = check(lesson(module, f"a\n\nb\nb {mark}[x]({target}) c")).problems
    assert (problem.code, problem.place.line) == (code, 7)
    assert problem.place.column == len(f"b {mark}[x](") + 1
    assert words in problem.message


def test_terms_are_those_of_the_glossary(module: Path):
    (module.parent / "glossary.md").write_text("---\ntitle: G\n---\n## SME\n\nA small firm.\n")
    assert told(lesson(module, "[a](term:sme)\n\n[b](term:none)")) == [(6, "L004")]


def test_links_in_every_corner_are_looked_at(module: Path):
    body = (
        "| [t](#1) |\n|---|\n| [c](#2) |\n\n> [!TIP]\n> - [l](#3)\n\n![i](4.png)\n\n"
        "x[^n]\n\n[^n]: [f](#5)\n\n"
        "<!-- q id=q2 outcome=O1 -->\n### P [p](#6)\n\n[b](#7)\n\n"
        "- [x] a [o](#8)\n  > [f](#9)\n- [ ] b\n\n> [!TIP]\n> [h](#10)\n\n"
        "> [!NOTE]\n> [e](#11)\n<!-- /q -->\n"
    )
    found = check(lesson(module, body)).problems
    assert sorted(
        {problem.message.split()[2] for problem in found if problem.message.startswith("The link")}
    ) == sorted(f"#{number}" for number in (1, 2, 3, 5, 6, 7, 8, 9, 10, 11))
    assert any("4.png" in problem.message for problem in found)


def test_guides_are_checked_when_they_are_known(module: Path):
    path = lesson(module, "[a](guide:kissme) [b](guide:kissme#money) [c](guide:kissme#none)")
    assert told(path) == []
    assert told(path, known_guides={"kissme", "kissme#money"}) == [(4, "L003")]


@pytest.mark.parametrize(
    ("body", "head", "line", "code"),
    [
        ("Text.", "title: X\ncolour: red", 3, "F001"),
        ("Text.", "title: X\noutcomes: [O9]", 3, "O001"),
        ("Text.", "summary: no title", 1, "C104"),
        ("Text.", "id: less\ntitle: X", 1, "C102"),
        ("<div>x</div>", "title: X", 4, "M001"),
        ("a <b>x</b>", "title: X", 4, "M001"),
        ("<!-- q id=q9 outcome=O9 -->\n### P?\n\n- [x] a\n- [ ] b", "title: X", 4, "O001"),
        ("<!-- q id=q9 -->\n### P?\n\n- [ ] a\n- [ ] b", "title: X", 7, "Q012"),
        (GOOD.format(id="q1") * 2, "title: X", 18, "Q003"),
        ("<!-- q id=q9 variant-of=none -->\n### P?\n\n- [x] a\n- [ ] b", "title: X", 4, "Q045"),
        ("<!-- q id=q9 -->\n### P?\n\n- [x] a <!-- 50% -->\n- [ ] b", "title: X", 4, "K001"),
        ("<!-- q id=q9 -->\n### P?\n\n- ~ same\n- = Same", "title: X", 4, "K001"),
        ("<!-- q id=q9 unit=EUR -->\n### P?\n\n- = 5 <!-- 40% -->", "title: X", 4, "K001"),
    ],
)
def test_faults_and_their_places(module: Path, body: str, head: str, line: int, code: str):
    assert (line, code) in told(lesson(module, body, head))


def test_problems_are_sorted_and_written_for_an_editor(module: Path):
    lesson(module, "[b](#none)\n\n<div>\n", "title: X\ncolour: red")
    (module / "quiz.md").write_text("---\ntitle: Q\n---\n")
    shown = [str(problem).removeprefix(f"{module}/") for problem in check(module).problems]
    assert [line.split(" ")[0:2] for line in shown] == [
        ["02-extra.md:3:1:", "F001"],
        ["02-extra.md:5:5:", "L001"],
        ["02-extra.md:7:1:", "M001"],
        ["module.md:3:12:", "W301"],
        ["quiz.md:1:1:", "Q042"],
    ]


def test_only_what_was_asked_for_is_told(module: Path):
    lesson(module, "[b](#none)")
    assert check(module / "01-less.md").problems == ()
    assert len(check(module / "02-extra.md").problems) == 1


def test_translations_are_checked_as_well(module: Path):
    (module / "01-less.da.md").write_text(
        f"---\ntitle: L\n---\n## Et\n\n[x](#one) [y](#et)\n\n{GOOD.format(id='q1')}"
    )
    assert told(module) == [(6, "L001")]


def test_questions_in_an_introduction_are_told(module: Path):
    (module / "module.md").write_text(f"---\ntitle: M\noutcomes: {{O1: x}}\n---\n{GOOD.format(id='q1')}")
    assert told(module) == [(5, "Q043")]


def test_an_undecodable_file_is_told_and_the_rest_is_read(module: Path):
    (module / "02-bad.md").write_bytes(b"---\ntitle: \xff\n---\n")
    lesson(module, "[b](#none)")
    assert [problem.code for problem in check(module).problems] == ["C104", "L001"]


def test_a_path_that_cannot_be_looked_at_is_told():
    (problem,) = check(Path("x" * 300)).problems
    assert (problem.code, pages_under(Path("x" * 300))) == ("C104", ())


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (f"[there]({'x' * 300}.txt)", "L005"),
        (f"![there]({'x' * 300}.png)", "L005"),
        (f"<!-- draw from={'x' * 300} -->", "Q031"),
        (f"<!-- draw from={'x/' * 3_000}x -->", "Q031"),
    ],
)
def test_a_name_that_no_disk_takes_is_told(module: Path, body: str, code: str):
    lesson(module, body)
    assert code in {problem.code for problem in check(module).problems}


def test_a_place_without_a_course(tmp_path: Path):
    assert [problem.code for problem in check(tmp_path / "none").problems] == ["C104"]
    assert [problem.code for problem in check(tmp_path).problems] == ["C103"]


def test_the_sample_of_every_construct_has_no_errors():
    sample = Path(__file__).parent / "fixtures" / "courses" / "sample"
    assert told(sample, known_guides={"kiss-me", "kiss-me#dates-and-money"}) == []


def test_a_file_of_no_module_is_told(module: Path):
    stray = module.parent / "notes.md"
    stray.write_text("Text.")
    assert told(stray) == [(1, "C103")]


@pytest.mark.parametrize(
    ("body", "codes"),
    [
        ("<!-- allow " * 80_000, {"M001"}),
        (("word " * 30 + ".\n\n") * 4_000, {"W201", "W203"}),
    ],
)
def test_a_hostile_file_is_checked_in_bearable_time(module: Path, body: str, codes: set[str]):
    path = lesson(module, body)
    assert {problem.code for problem in check(path).problems} <= codes


def test_a_link_may_lead_to_the_modules_that_ship(module: Path):
    good = "[a](lesson:open-innovation/from-closed-to-open#a-bakery-in-bologna)"
    (problem,) = check(lesson(module, f"{good} [b](lesson:open-innovation/none)")).problems
    assert (problem.code, problem.place.column) == ("L002", len(good) + len(" [b](") + 1)


@pytest.mark.parametrize(
    ("body", "line", "column"),
    [
        ("A short one. {long}", 4, 14),
        ("A short one.\nAnother. {long}", 5, 10),
        ("> - A *very*\n>   short one.\n>   **Long** ones {long}", 6, 7),
        ("| a |\n|---|\n| b |\n\n## Next\n\n{long}", 10, 1),
    ],
)
def test_a_long_sentence_is_pointed_at_where_it_begins(module: Path, body: str, line: int, column: int):
    sentence = "So [this](#q1) is a sentence that goes " + "on and " * 12 + "on."
    path = lesson(module, body.format(long=sentence) + f"\n\n{GOOD.format(id='q1')}")
    (problem,) = check(path).problems
    assert (problem.code, problem.place.line, problem.place.column) == ("W203", line, column)
