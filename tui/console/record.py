"""`hansa progress`, `export` and `erase`: the learner's own data."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

from tui.console.opening import open_services
from tui.language import _
from tui.stored import CONVERSATION, erase_record

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator

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
    print(_("Next: {words}").format(words=step.words or step.section_id or step.id))
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
            _("  Lessons: {lessons_done} of {lessons_total}, about {minutes_left} minutes left").format(
                lessons_done=here.lessons_done,
                lessons_total=here.lessons_total,
                minutes_left=here.minutes_left,
            )
        )
        if here.quiz and here.quiz.best is not None:
            state = _("passed") if here.quiz.passed else _("not passed yet")
            print(_("  Quiz: {state}, best {best} %").format(state=state, best=here.quiz.best))
            for outcome, share in sorted(here.quiz.outcomes.items()):
                print(f"    {round(share * 100):>3} %  {module.outcomes.get(outcome, outcome)}")


def export(options: Namespace) -> int:
    """Print everything that is known of the learner: lines of JSON, or Markdown to read."""
    services = open_services(options)
    if options.markdown:
        from assistant.export import as_markdown
        from course.moving import exported
        from tui.console.diary import diary

        for line in diary(exported(services.record, services.clock())):
            print(line)
        print(as_markdown(services.history.conversations()))
    else:
        from tui.stored import exported_lines

        for line in exported_lines(services):
            print(line)
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
        reason = _("{file} cannot be read: {strerror}; name a file that `hansa export` printed.").format(
            file=options.file, strerror=error.strerror
        )
        raise RecordError(reason) from error
    new = services.history.take_in(map(from_line, talks))
    services.close()
    for kind, name in _KINDS.items():
        print(
            _("{name}: {new} new, {known} known already").format(
                name=name, new=merged.new[kind], known=merged.known[kind]
            )
        )
    print(_("Conversations: {new} new, {count} known already").format(new=new, count=len(talks) - new))
    return 0


def _without_talks(lines: Iterator[str], talks: list[str]) -> Iterator[str]:
    """The lines of a learner's record; those of conversations are put aside."""
    for line in lines:
        if line.startswith(f'{{"kind": "{CONVERSATION}"'):
            talks.append(line)
        else:
            yield line


_KINDS = {
    "visit": _("Visits"),
    "run": _("Sittings"),
    "answer": _("Answers"),
    "flag": _("Flags"),
    "question": _("Questions as they were asked"),
}


def erase(options: Namespace) -> int:
    """Delete everything that is known of the learner, after asking."""
    services = open_services(options)
    if not options.yes and not _agreed(str(services.paths.home)):
        print(_("Nothing was deleted."))
        return 0
    erase_record(services)
    print(_("Your data is deleted."))
    return 0


def _agreed(home: str) -> bool:
    print(
        _("This deletes every visit, answer, result and conversation in {home}. It cannot be undone.").format(
            home=home
        )
    )
    print(_("Type {word} to go on: ").format(word=_("yes")), end="", flush=True)
    return sys.stdin.readline().strip().casefold() in {"yes", _("yes").casefold()}
