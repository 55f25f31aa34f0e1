"""`hansa review`: what is due today, line by line or on its screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.console.linear import is_linear
from tui.language import _

if TYPE_CHECKING:
    from argparse import Namespace

    from tui.services import Services


def run(options: Namespace) -> int:
    """Ask what is due today for at most `--minutes`, in plain lines or on its screen."""
    if not is_linear(options):
        from tui.console.screen import open_review_screen

        return open_review_screen(options)
    from tui.console.opening import open_services

    services = open_services(options)
    look_again(services, options.minutes)
    services.close()
    return 0


def look_again(services: Services, minutes: int | None = None) -> bool:
    """Go on with today's review or begin it; False when the learner stops before its end."""
    from tui.console.quiz import ask_every
    from tui.quiz_run import hand_in
    from tui.review_run import begin_review, known_words, open_review, spread_words, today_words, todays_plan

    sat = open_review(services)
    if sat is None:
        plan = todays_plan(services, minutes)
        if not plan.today:
            print(_("Nothing is due today. Questions you answer come back here when it is time."))
            return True
        print(_("Today's review: {plan}.").format(plan=today_words(plan)))
        if spread_words(plan):
            print(spread_words(plan))
        sat = begin_review(services, plan.today)
    done = ask_every(services, sat, practice=True)
    if done is None:
        return False
    print(f"\n{known_words(hand_in(services, done))}")
    return True
