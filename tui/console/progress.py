"""`hansa progress`: what was reached, how long it took, and what comes back when."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tui.clean import clean, clean_line
from tui.console.opening import open_services
from tui.language import _

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterable

    from course.overview import ModuleStanding, Overview
    from tui.paragraphs import Paragraph
    from tui.services import Services


def run(options: Namespace) -> int:
    """Print the overview, line by line or as JSON."""
    from tui.overviews import read_overview

    services = open_services(options)
    if options.json:
        found = read_overview(services)
        rows = [_as_json(standing, found) for standing in found.modules]
        print(json.dumps(rows, ensure_ascii=False))
    else:
        tell(services)
    services.close()
    return 0


def tell(services: Services) -> None:
    """Print the overview, and what comes next."""
    from course.journey import next_step
    from course.progress import progress
    from tui.overviews import read_overview
    from tui.plan import left_words, place_words, planned, step_on, step_words

    found = read_overview(services)
    visits, attempts, runs = services.record.visits(), services.record.attempts(), services.record.runs()
    so_far = progress(services.course, visits, attempts, runs)
    plan = planned(services, so_far, visits, attempts, runs)
    step = step_on(plan, services.course, so_far, next_step(services.course, visits, attempts, runs, so_far))
    _print(found)
    if plan is not None:
        words = ", ".join(filter(None, (place_words(plan), left_words(plan))))
        print(_("Plan: {words}").format(words=clean_line(words)))
    print(_("Next: {words}").format(words=clean_line(step_words(plan, services.course, step))))


def _as_json(standing: ModuleStanding, found: Overview) -> dict[str, object]:
    """One module; the reviews of a day are those of its own questions."""
    progress, quiz = standing.progress, standing.progress.quiz
    own = f"{progress.module_id}/"
    reviews = {day.day: sum(due.item_id.startswith(own) for due in day.due) for day in found.days}
    return {
        "module": progress.module_id,
        "lessons_done": progress.lessons_done,
        "lessons": progress.lessons_total,
        "minutes_spent": int(standing.seconds) // 60,
        "minutes_left": progress.minutes_left,
        "quiz": {
            "best": quiz.best,
            "latest": quiz.latest,
            "passed": quiz.passed,
            "outcomes": dict(quiz.outcomes),
        }
        if quiz
        else None,
        "done": progress.done,
        "completed": standing.completion.at.isoformat() if standing.completion else None,
        "outcomes": [
            {"id": one.name, "words": one.words, "best": one.best, "reached": one.reached}
            for one in standing.outcomes
        ],
        "certainty": [
            {"level": one.certainty, "answers": one.answers, "right": one.right} for one in standing.levels
        ],
        "questions": [
            {
                "id": one.item_id,
                "prompt": one.prompt,
                "answers": one.answers,
                "last": one.last_share,
                "last_at": one.last_at.isoformat(),
                "due": one.due.isoformat() if one.due else None,
            }
            for one in standing.questions
        ],
        "reviews": [{"day": day.isoformat(), "questions": count} for day, count in reviews.items() if count],
    }


def _print(found: Overview) -> None:
    from tui.console.plain import wrapped
    from tui.progress_words import (
        certainty_paragraphs,
        outcome_paragraphs,
        overview_words,
        question_paragraphs,
        review_paragraphs,
        standing_words,
    )

    print("\n".join(wrapped(overview_words(found))))
    for standing in found.modules:
        print(f"\n{standing.module.number}. {clean_line(standing.module.title)}")
        print("\n".join(wrapped(standing_words(standing), "   ")))
        _print_document(outcome_paragraphs(standing), "   ")
    print()
    _print_document(certainty_paragraphs(found.levels))
    print()
    _print_document(review_paragraphs(found.days))
    print()
    questions = [question for standing in found.modules for question in standing.questions]
    questions.sort(key=lambda question: question.last_at, reverse=True)
    _print_document(question_paragraphs(questions, found.days[0].day))
    print()


def _print_document(paragraphs: Iterable[Paragraph], indent: str = "") -> None:
    """Paragraphs as plain lines, headings with a colon, entries with a dash."""
    from tui.console.plain import wrapped
    from tui.paragraphs import Look

    for paragraph in paragraphs:
        text = clean(paragraph.text)
        if paragraph.look is Look.ITEM:
            print("\n".join(wrapped(text, f"{indent}- ", f"{indent}  ")))
        else:
            heading = paragraph.look is Look.SUBHEADING
            print("\n".join(wrapped(f"{text}:" if heading else text, indent)))
