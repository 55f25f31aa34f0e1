"""The findings about a question in words, each with what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from course.item_findings import ENOUGH, Flaw

from .language import _

if TYPE_CHECKING:
    from course.item_findings import Finding


def finding_words(finding: Finding) -> str:
    """One sentence on what the figures tell, and what to do about it."""
    words = {
        Flaw.TOO_FEW: _("Too few answers to judge ({count} of at least {enough})."),
        Flaw.TOO_FEW_LEARNERS: _("Too few learners to judge ({count} of at least {enough})."),
        Flaw.NEGATIVE: _("Stronger learners get it wrong more often: check the key."),
        Flaw.STRONG_CHOOSE_WRONG: _(
            "The strongest learners choose {option} rather than the right option: check the key."
        ),
        Flaw.TOO_HARD: _("Hardly anybody gets it right: check the key, and whether it was taught."),
        Flaw.WORSE_THAN_GUESSING: _("Blind guessing would do better: look for what misleads."),
        Flaw.TOO_EASY: _("Too easy to tell who knows it."),
        Flaw.WEAK: _("Tells little about who knows the rest: make it clearer, or ask something else."),
        Flaw.UNUSED_OPTION: _("Option {option} is chosen by nobody: replace it."),
        Flaw.NONE: _("No fault shows."),
    }[finding.flaw]
    return words.format(count=finding.count, enough=ENOUGH, option=finding.option.upper())
