from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from course.catalog import load_course, shipped_modules
from course.errors import FileUnreadable
from course.history import Visit
from course.learning_paths import LearningPath, path_problems, read_paths, route_of, shipped_paths, unmet
from course.progress import progress
from course.self_check import self_check_heads

if TYPE_CHECKING:
    from pathlib import Path

COURSE = load_course(shipped_modules())
HEADS = self_check_heads()
PATHS = read_paths()
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
TRY = LearningPath(
    "P9",
    "A try",
    "To try it.",
    ("self-checks/open-innovation-readiness", "open-innovation", "ip-and-contracts/secrets-and-ndas"),
)


def visits(*lessons: str) -> tuple[Visit, ...]:
    heads = {head.id: head for _, head in COURSE.lesson_heads()}
    return tuple(Visit(section, 0, NOON) for lesson in lessons for section in heads[lesson].section_ids)


def test_the_paths_are_those_of_the_syllabus():
    assert [path.id for path in PATHS.paths] == ["P0", "P1", "P2", "P3", "P4"]
    assert PATHS.path("p1") == PATHS.paths[1]
    assert PATHS.path("P7") is None
    assert all(path.title and path.about for path in PATHS.paths)


def test_a_path_is_told_in_danish_where_it_is_translated():
    danish = read_paths(language="da")
    assert danish.paths[0].title == "Hurtig start"
    assert [path.steps for path in danish.paths] == [path.steps for path in PATHS.paths]
    assert read_paths(language="pl").paths[0].title == "Quick start"


def test_time_left_is_that_of_what_is_not_done():
    route = route_of(TRY, COURSE, progress(COURSE, ()), HEADS)
    assert [step.minutes_left for step in route.steps] == [12, 180, 40]
    assert route.minutes_left == 232
    assert not route.only_modules
    later = progress(
        COURSE, visits("open-innovation/from-closed-to-open", "ip-and-contracts/secrets-and-ndas")
    )
    route = route_of(TRY, COURSE, later, HEADS, {"open-innovation-readiness"})
    assert [step.minutes_left for step in route.steps] == [0, 150, 0]
    assert [step.done for step in route.steps] == [True, False, True]


def test_the_next_part_follows_what_was_done_last():
    route = route_of(TRY, COURSE, progress(COURSE, ()), HEADS)
    first = route.next_leaf()
    assert first
    assert first.id == "self-checks/open-innovation-readiness"
    assert route.place_of(first) == 1
    assert route.next_leaf("somewhere/else") == first
    inside = route.next_leaf("open-innovation/absorptive-capacity")
    assert inside
    assert inside.id == "open-innovation/absorptive-capacity"
    assert route.place_of(inside) == 2


def test_what_was_left_out_comes_after_the_end_and_failed_quizzes_last():
    so_far = progress(COURSE, visits("ip-and-contracts/secrets-and-ndas"))
    route = route_of(TRY, COURSE, so_far, HEADS)
    leaf = route.next_leaf("ip-and-contracts/secrets-and-ndas")
    assert leaf
    assert leaf.id == "self-checks/open-innovation-readiness"
    module = route.steps[1]
    *read, quiz = module.leaves
    leaves = (*(replace(own, done=True) for own in read), replace(quiz, tried=True))
    failed = replace(route, steps=(route.steps[0], replace(module, leaves=leaves), route.steps[2]))
    assert failed.next_leaf("open-innovation/quiz") == leaf
    done = replace(failed, steps=failed.steps[1:2])
    assert done.next_leaf("open-innovation/quiz") == leaves[-1]


def test_a_path_that_is_done_has_nothing_next():
    everything = tuple(
        replace(own, done=True) for own in route_of(TRY, COURSE, progress(COURSE, ()), HEADS).steps[1].leaves
    )
    route = route_of(replace(TRY, steps=()), COURSE, progress(COURSE, ()), HEADS)
    assert route.next_leaf() is None
    route = route_of(replace(TRY, steps=("open-innovation",)), COURSE, progress(COURSE, ()), HEADS)
    assert replace(route, steps=(replace(route.steps[0], leaves=everything),)).next_leaf() is None


def test_a_step_that_the_course_does_not_have_is_left_out_and_told_with_its_line(tmp_path: Path):
    file = tmp_path / "paths.toml"
    file.write_text(
        '[[path]]\nid = "P0"\ntitle = "A"\nabout = "B"\nsteps = [\n    "open-innovation",\n    "nowhere/at-all",\n]\n'
        '[[prerequisite]]\nfirst = ["open-innovatio"]\nbefore = ["ip-and-contracts"]\n',
        encoding="utf-8",
    )
    paths = read_paths(file)
    route = route_of(paths.paths[0], COURSE, progress(COURSE, ()), HEADS)
    assert [step.ref for step in route.steps] == ["open-innovation"]
    assert route.only_modules
    told = path_problems(paths, COURSE, HEADS)
    assert [(problem.place.line, problem.code) for problem in told] == [(7, "L002"), (10, "L002")]
    assert "The step nowhere/at-all of P0 leads nowhere." in told[0].message
    assert "did you mean `open-innovation`" in told[1].message


@pytest.mark.parametrize(
    "text",
    [
        "[[path",
        "",
        '[[path]]\nid = "P0"\n',
        'path = "x"',
        '[[path]]\nid="a"\ntitle="b"\nabout="c"\nsteps="d"',
    ],
)
def test_a_broken_file_of_paths_is_told_in_one_sentence(tmp_path: Path, text: str):
    file = tmp_path / "paths.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(FileUnreadable, match="each needs id, title, about and steps"):
        read_paths(file)


def test_what_is_better_read_first_is_told_until_it_is_read():
    fresh = progress(COURSE, ())
    assert unmet(PATHS, COURSE, fresh, "finding-partners/profile-and-pitch") == ("Secrets and NDAs",)
    assert unmet(PATHS, COURSE, fresh, "finding-partners") == ()
    module = next(own for own in COURSE if own.id == "open-innovation")
    assert unmet(PATHS, COURSE, fresh, "open-innovation-in-practice/lead-users") == (module.title,)
    read = progress(
        COURSE, visits("ip-and-contracts/secrets-and-ndas", *(head.id for head in module.lessons))
    )
    assert unmet(PATHS, COURSE, read, "finding-partners/profile-and-pitch") == ()
    assert unmet(PATHS, COURSE, read, "open-innovation-in-practice") == ()


def test_the_file_ships_with_the_package():
    assert shipped_paths().is_file()
