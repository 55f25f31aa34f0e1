"""`hansa review`: what is due today, line by line or on its screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.language import _

if TYPE_CHECKING:
    from argparse import Namespace


def run(options: Namespace) -> int:
    """Ask what is due today; with `--plain` in plain lines, for at most `--minutes`."""
    if not options.plain:
        from tui.console.screen import open_review_screen

        return open_review_screen(options)
    from tui.console.opening import open_services
    from tui.console.quiz import ask_every
    from tui.quiz_run import hand_in
    from tui.review_run import begin_review, known_words, open_review, spread_words, today_words, todays_plan

    services = open_services(options)
    sat = open_review(services)
    if sat is None:
        plan = todays_plan(services, options.minutes)
        if not plan.today:
            print(_("Nothing is due today. Questions you answer come back here when it is time."))
            return 0
        print(_("Today's review: {plan}.").format(plan=today_words(plan)))
        if spread_words(plan):
            print(spread_words(plan))
        sat = begin_review(services, plan.today)
    done = ask_every(services, sat, practice=True)
    if done is None:
        return 0
    print(f"\n{known_words(hand_in(services, done))}")
    return 0
