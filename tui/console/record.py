"""`hansa progress`, `export` and `erase`: the learner's own data."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

from tui.console.opening import open_services

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator

    from course.model import Course
    from course.progress import ModuleProgress, Progress


CONVERSATION = "conversation"
"""Kind of the lines of an export that hold a conversation with the guides."""


def progress(options: Namespace) -> int:
    """Print how far the learner is."""
    from course.journey import next_step
    from course.progress import progress as derive
    from tui.plan import left_words, place_words, planned, step_on

    services = open_services(options)
    visits, attempts, runs = services.record.visits(), services.record.attempts(), services.record.runs()
    so_far = derive(services.course, visits, attempts, runs)
    plan = planned(services, so_far, visits, attempts, runs)
    step = step_on(plan, services.course, so_far, next_step(services.course, visits, attempts, runs))
    services.close()
    if options.json:
        print(json.dumps([_as_json(module) for module in so_far.modules], ensure_ascii=False))
        return 0
    _print(services.course, so_far)
    if plan is not None:
        print(", ".join(filter(None, (f"Plan: {place_words(plan)}", left_words(plan)))))
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
    from assistant.export import as_markdown, plain
    from course.moving import exported

    services = open_services(options)
    lines = exported(services.record, services.clock())
    talks = services.history.conversations()
    if options.markdown:
        from tui.console.diary import diary

        for line in diary(lines):
            print(line)
        print(as_markdown(talks))
    else:
        for row in lines:
            print(json.dumps(row, ensure_ascii=False))
        for talk in talks:
            print(json.dumps({"kind": CONVERSATION, **plain(talk)}, ensure_ascii=False))
    services.close()
    return 0


def take_in(options: Namespace) -> int:
    """Take in what `hansa export` printed on another machine; what is known already is left as it is."""
    from assistant.export import from_line
    from course.errors import RecordError
    from course.moving import LONGEST_LINE, merge

    services = open_services(options)
    talks: list[str] = []
    try:
        with options.file.open(encoding="utf-8", errors="replace") as file:
            lines = iter(lambda: file.readline(LONGEST_LINE + 1), "")
            merged = merge(services.record, _without_talks(lines, talks))
    except OSError as error:
        reason = f"{options.file} cannot be read: {error.strerror}; name a file that `hansa export` printed."
        raise RecordError(reason) from error
    new = services.history.take_in(map(from_line, talks))
    services.close()
    for kind, name in _KINDS.items():
        print(f"{name}: {merged.new[kind]} new, {merged.known[kind]} known already")
    print(f"Conversations: {new} new, {len(talks) - new} known already")
    return 0


def _without_talks(lines: Iterator[str], talks: list[str]) -> Iterator[str]:
    """The lines of a learner's record; those of conversations are put aside."""
    for line in lines:
        if line.startswith(f'{{"kind": "{CONVERSATION}"'):
            talks.append(line)
        else:
            yield line


_KINDS = {
    "visit": "Visits",
    "run": "Sittings",
    "answer": "Answers",
    "flag": "Flags",
    "self-check": "Self-checks",
    "question": "Questions as they were asked",
}


def erase(options: Namespace) -> int:
    """Delete everything that is known of the learner, after asking."""
    from course.record import erase_file

    services = open_services(options)
    if not options.yes and not _agreed(str(services.paths.home)):
        print("Nothing was deleted.")
        return 0
    erase_file(services.paths.record)
    services.history.erase_all()
    services.close()
    print("Your data is deleted.")
    return 0


def _agreed(home: str) -> bool:
    print(
        f"This deletes every visit, answer, result, self-check and conversation in {home}. It cannot be undone."
    )
    print("Type yes to go on: ", end="", flush=True)
    return sys.stdin.readline().strip().lower() == "yes"
