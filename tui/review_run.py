"""Reviews and the record: what is due today, begin, go on, skip."""

from __future__ import annotations

from typing import TYPE_CHECKING

from course.finding import find_files, still_there
from course.history import REVIEW, Terms
from course.model import QuizMode
from course.review import before_module, next_variant, plan_reviews, recalled
from course.sitting import Sitting

from .language import _, plural
from .quiz_run import Sat, hand_in, sat_of, started

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from course.history import Attempt, Run
    from course.model import Module
    from course.review import Due, Plan

    from .services import Services


def todays_plan(services: Services, minutes: int | None = None) -> Plan:
    """What is due now, as the record tells; without minutes, as many as the settings say."""
    return plan_of(services, services.record.attempts(), services.record.runs(), minutes)


def plan_of(
    services: Services, attempts: Sequence[Attempt], runs: Sequence[Run], minutes: int | None = None
) -> Plan:
    """What is due now after these answers, of the questions that the course still has."""
    now = services.clock()
    return plan_reviews(
        attempts,
        runs,
        now=now,
        day=day_of(now),
        minutes=minutes or services.preferences.review_minutes,
        admitted=still_there(services.course),
        asked=services.record.asked(attempt.item_digest for attempt in attempts),
    )


def day_of(now: datetime) -> datetime:
    """When the learner's day began: midnight where they are."""
    return now.astimezone().replace(hour=0, minute=0, second=0, microsecond=0)


def open_review(services: Services) -> Sat | None:
    """The review that was begun today and is not finished; older ones are closed as they are."""
    runs = [run for run in services.record.runs(REVIEW) if run.finished is None]
    for run in runs:
        sat = sat_of(services, run)
        if run is runs[-1] and run.started >= day_of(services.clock()) and not sat.sitting.finished:
            return sat
        hand_in(services, sat)
    return None


def begin_review(services: Services, due: Sequence[Due], review_id: str = REVIEW) -> Sat:
    """A review of the questions that are due, as the course words them now; those that are gone are left out.

    Of a question with variants, the one is asked that follows the one answered last.
    """
    files = find_files(services.course, [one.item_id for one in due], services.language)
    variants = (next_variant(one.item_id, files[one.item_id]) for one in due)
    asked = tuple(item for item in variants if item is not None and item.frame.review)
    terms = Terms(title=_("Review"), tries=1)
    seed = int(services.clock().timestamp())
    return started(services, Sitting(review_id, QuizMode.PRACTICE, terms, seed, asked), mode=REVIEW)


def start_id(module: Module) -> str:
    """The id under which the questions before a module stand in the record."""
    return f"{REVIEW}/{module.id}"


def due_before(services: Services, module: Module) -> tuple[Due, ...]:
    """Questions from other modules to ask before a module that nobody opened yet; none once they were asked."""
    record, course = services.record, services.course
    sections = {name for head in module.lessons for name in head.section_ids}
    if record.runs(start_id(module)) or any(visit.section_id in sections for visit in record.visits()):
        return ()
    attempts, runs, now = record.attempts(), record.runs(), services.clock()
    known = recalled(
        attempts,
        runs,
        admitted=still_there(course),
        asked=record.asked(attempt.item_digest for attempt in attempts),
    )
    plan = plan_of(services, attempts, runs)
    return before_module(course, module, known, plan, now=now, day=day_of(now))


def skip(services: Services, module: Module) -> None:
    """Note that the questions before a module were not wanted, so that they are not offered again."""
    hand_in(services, begin_review(services, (), start_id(module)))


def today_words(plan: Plan) -> str:
    """How much there is today: `6 questions, about 4 minutes`; empty when there is nothing."""
    if not plan.today:
        return ""
    questions = plural("{count} question", "{count} questions", len(plan.today))
    minutes = plural("about {count} minute", "about {count} minutes", plan.minutes)
    return f"{questions}, {minutes}"


def again_words(plan: Plan) -> str:
    """How many questions there are to look at again today; empty when there are none."""
    if not plan.today:
        return ""
    return plural("{count} question to look at again", "{count} questions to look at again", len(plan.today))


def spread_words(plan: Plan) -> str:
    """How a backlog is spread, and a word after a break; empty when there is neither."""
    words = []
    if plan.after_break and plan.waiting:
        words.append(plural("Welcome back after {count} day.", "Welcome back after {count} days.", plan.away))
    if len(plan.days) > 1:
        waiting = _("{count} questions wait. They are spread over {days} days, none longer than a usual one.")
        words.append(waiting.format(count=plan.waiting, days=len(plan.days)))
        words.append(_("What you most likely forgot comes first. There is nothing to catch up on."))
    return " ".join(words)


def known_words(sat: Sat) -> str:
    """How many questions of a review were known."""
    marks = sat.sitting.marks.values()
    words = _("You knew {known} of {count}.")
    return words.format(known=sum(mark.right for mark in marks), count=len(sat.sitting.items))
