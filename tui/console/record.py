"""`hansa progress`, `export` and `erase`: the learner's own data."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

from tui.console.opening import open_services

if TYPE_CHECKING:
    from argparse import Namespace

    from course.model import Course
    from course.progress import ModuleProgress, Progress


def progress(options: Namespace) -> int:
    """Print how far the learner is."""
    from course.journey import next_step
    from course.progress import progress as derive

    services = open_services(options)
    visits, attempts, runs = services.record.visits(), services.record.attempts(), services.record.runs()
    so_far = derive(services.course, visits, attempts, runs)
    step = next_step(services.course, visits, attempts, runs)
    services.close()
    if options.json:
        print(json.dumps([_as_json(module) for module in so_far.modules], ensure_ascii=False))
        return 0
    _print(services.course, so_far)
    print(f"Next: {step.words or step.section_id or step.id}")
    return 0


def _as_json(module: ModuleProgress) -> dict[str, object]:
    quiz = module.quiz
    return {
        "module": module.module_id,
        "lessons_done": module.lessons_done,
        "lessons": module.lessons_total,
        "minutes_left": module.minutes_left,
        "quiz": {
            "best": quiz.best,
            "latest": quiz.latest,
            "passed": quiz.passed,
            "outcomes": dict(quiz.outcomes),
        }
        if quiz
        else None,
        "done": module.done,
    }


def _print(course: Course, so_far: Progress) -> None:
    for module in course:
        here = so_far.module(module.id)
        print(module.title)
        print(
            f"  Lessons: {here.lessons_done} of {here.lessons_total}, about {here.minutes_left} minutes left"
        )
        if here.quiz and here.quiz.best is not None:
            state = "passed" if here.quiz.passed else "not passed yet"
            print(f"  Quiz: {state}, best {here.quiz.best} %")
            for outcome, share in sorted(here.quiz.outcomes.items()):
                print(f"    {round(share * 100):>3} %  {module.outcomes.get(outcome, outcome)}")


def export(options: Namespace) -> int:
    """Print everything that is known of the learner: lines of JSON, or Markdown to read."""
    from course.moving import exported

    services = open_services(options)
    lines = exported(services.record, services.clock())
    if options.markdown:
        from tui.console.diary import diary

        for line in diary(lines):
            print(line)
    else:
        for row in lines:
            print(json.dumps(row, ensure_ascii=False))
    services.close()
    return 0


def take_in(options: Namespace) -> int:
    """Take in what `hansa export` printed on another machine; what is known already is left as it is."""
    from course.errors import RecordError
    from course.moving import LONGEST_LINE, merge

    services = open_services(options)
    try:
        with options.file.open(encoding="utf-8", errors="replace") as file:
            merged = merge(services.record, iter(lambda: file.readline(LONGEST_LINE + 1), ""))
    except OSError as error:
        reason = f"{options.file} cannot be read: {error.strerror}; name a file that `hansa export` printed."
        raise RecordError(reason) from error
    services.close()
    for kind, name in _KINDS.items():
        print(f"{name}: {merged.new[kind]} new, {merged.known[kind]} known already")
    return 0


_KINDS = {
    "visit": "Visits",
    "run": "Sittings",
    "answer": "Answers",
    "flag": "Flags",
    "question": "Questions as they were asked",
}


def erase(options: Namespace) -> int:
    """Delete everything that is known of the learner, after asking."""
    from course.record import erase_file

    services = open_services(options)
    record = services.paths.record
    if not options.yes and not _agreed(str(record)):
        print("Nothing was deleted.")
        return 0
    erase_file(record)
    print("Your data is deleted.")
    return 0


def _agreed(file: str) -> bool:
    print(f"This deletes every visit, answer and result in {file}. It cannot be undone.")
    print("Type yes to go on: ", end="", flush=True)
    return sys.stdin.readline().strip().lower() == "yes"
