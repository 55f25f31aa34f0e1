"""The findings about a question in words, each with what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from course.findings import ENOUGH, Fault

from .language import _

if TYPE_CHECKING:
    from course.findings import Finding


def finding_words(finding: Finding) -> str:
    """One sentence on what the figures tell, and what to do about it."""
    words = {
        Fault.TOO_FEW: _("Too few answers to judge ({count} of at least {enough})."),
        Fault.NEGATIVE: _("Stronger learners get it wrong more often: check the key."),
        Fault.STRONG_CHOOSE_WRONG: _(
            "The strongest learners choose {option} rather than the right option: check the key."
        ),
        Fault.TOO_HARD: _("Hardly anybody gets it right: check the key, and whether it was taught."),
        Fault.WORSE_THAN_GUESSING: _("Blind guessing would do better: look for what misleads."),
        Fault.TOO_EASY: _("Too easy to tell who knows it."),
        Fault.WEAK: _("Tells little about who knows the rest: make it clearer, or ask something else."),
        Fault.UNUSED_OPTION: _("Option {option} is chosen by nobody: replace it."),
        Fault.NONE: _("No fault shows."),
    }[finding.fault]
    return words.format(count=finding.count, enough=ENOUGH, option=finding.option.upper())
