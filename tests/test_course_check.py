from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from course.catalog import shipped_modules
from course.check import check

if TYPE_CHECKING:
    from pathlib import Path

GOOD = "<!-- q id={id} outcome=O1 -->\n### P {id}?\n\n- [x] a\n- [ ] b\n<!-- /q -->\n"


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
    return [(problem.place.line, problem.code) for problem in check(path, **known)]  # type: ignore[arg-type]


def test_a_good_course_has_no_problems(module: Path):
    assert check(module.parent) == ()
    assert check(module) == ()
    assert check(module / "01-less.md") == ()


def test_what_ships_has_no_problems():
    assert [str(problem) for problem in check(shipped_modules())] == []


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
        "lesson:mod",
        "https://europa.eu",
        "mailto:a@b.eu",
        "term:sme",
        "guide:anything#at-all",
        "01-less.md",
        "assets/a%20b.png",
    ],
)
def test_links_that_lead_somewhere(module: Path, target: str):
    (module / "assets").mkdir()
    (module / "assets" / "a b.png").write_text("")
    path = lesson(module, f"## One\n\n### Deep\n\n[x](<{target}>)\n\n{GOOD.format(id='q1')}")
    assert check(path) == ()


@pytest.mark.parametrize(
    ("target", "words"),
    [
        ("#none", "no such heading in this file"),
        ("lesson:mod/les", "did you mean `less`?"),
        ("lesson:mud/less", "did you mean `mod`?"),
        ("lesson:mod/less#none", "has no heading `none`"),
        ("lesson:mod#none", "has no heading `none`"),
        ("missing.png", "is missing"),
        ("../../etc/passwd", "leaves the module"),
        ("/etc/passwd", "leaves the module"),
    ],
)
@pytest.mark.parametrize("mark", ["", "!"])
def test_links_that_lead_nowhere(module: Path, target: str, words: str, mark: str):
    (problem,) = check(lesson(module, f"a\n\nb {mark}[x]({target}) c"))
    assert (problem.code, problem.place.line) == ("L001", 6)
    assert words in problem.message


def test_links_in_every_corner_are_looked_at(module: Path):
    body = (
        "| [t](#1) |\n|---|\n| [c](#2) |\n\n> [!TIP]\n> - [l](#3)\n\n![i](4.png)\n\n"
        "x[^n]\n\n[^n]: [f](#5)\n\n"
        "<!-- q id=q2 outcome=O1 -->\n### P [p](#6)\n\n[b](#7)\n\n"
        "- [x] a [o](#8)\n  > [f](#9)\n- [ ] b\n\n> [!TIP]\n> [h](#10)\n\n"
        "> [!NOTE]\n> [e](#11)\n<!-- /q -->\n"
    )
    found = check(lesson(module, body))
    assert sorted(
        {problem.message.split()[2] for problem in found if problem.message.startswith("The link")}
    ) == sorted(f"#{number}" for number in (1, 2, 3, 5, 6, 7, 8, 9, 10, 11))
    assert any("4.png" in problem.message for problem in found)


def test_guides_are_checked_when_they_are_known(module: Path):
    path = lesson(module, "[a](guide:kissme) [b](guide:kissme#money) [c](guide:kissme#none)")
    assert told(path) == []
    assert told(path, known_guides={"kissme", "kissme#money"}) == [(4, "L001")]


@pytest.mark.parametrize(
    ("body", "head", "line", "code"),
    [
        ("Text.", "title: X\ncolour: red", 3, "F001"),
        ("Text.", "title: X\noutcomes: [O9]", 1, "O001"),
        ("Text.", "summary: no title", 1, "C104"),
        ("Text.", "id: less\ntitle: X", 1, "C102"),
        ("<div>x</div>", "title: X", 4, "M001"),
        ("a <b>x</b>", "title: X", 4, "M001"),
        ("<!-- q id=q9 outcome=O9 -->\n### P?\n\n- [x] a\n- [ ] b", "title: X", 4, "O001"),
        ("<!-- q id=q9 -->\n### P?\n\n- [ ] a\n- [ ] b", "title: X", 7, "Q012"),
        (GOOD.format(id="q1") * 2, "title: X", 10, "Q003"),
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
    shown = [str(problem).removeprefix(f"{module}/") for problem in check(module)]
    assert [line.split(" ")[0:2] for line in shown] == [
        ["02-extra.md:3:1:", "F001"],
        ["02-extra.md:5:1:", "L001"],
        ["02-extra.md:7:1:", "M001"],
        ["quiz.md:1:1:", "Q042"],
    ]


def test_only_what_was_asked_for_is_told(module: Path):
    lesson(module, "[b](#none)")
    assert check(module / "01-less.md") == ()
    assert len(check(module / "02-extra.md")) == 1


def test_translations_are_checked_as_well(module: Path):
    (module / "01-less.da.md").write_text("---\ntitle: L\n---\n## Et\n\n[x](#one) [y](#et)\n")
    assert told(module) == [(6, "L001")]


def test_questions_in_an_introduction_are_told(module: Path):
    (module / "module.md").write_text(f"---\ntitle: M\noutcomes: {{O1: x}}\n---\n{GOOD.format(id='q1')}")
    assert told(module) == [(5, "Q043")]


def test_an_undecodable_file_is_told_and_the_rest_is_read(module: Path):
    (module / "02-bad.md").write_bytes(b"---\ntitle: \xff\n---\n")
    lesson(module, "[b](#none)")
    assert [problem.code for problem in check(module)] == ["C104", "L001"]


def test_a_place_without_a_course(tmp_path: Path):
    assert [problem.code for problem in check(tmp_path / "none")] == ["C104"]
    assert [problem.code for problem in check(tmp_path)] == ["C103"]
