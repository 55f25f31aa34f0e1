"""What is thought of an answer, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.conversation import Reason
from assistant.verdict import Verdict

from .language import _

if TYPE_CHECKING:
    from assistant.conversation import Feedback
    from assistant.model import Answer


def reasons_for(answer: Answer) -> tuple[tuple[Reason, str], ...]:
    """What may be wrong with an answer, in the order to choose from."""
    refused = answer.verdict in {Verdict.NOT_FOUND, Verdict.CLARIFY}
    wanted = [Reason.REFUSED] if refused else [Reason.WRONG, Reason.INCOMPLETE]
    wanted += [Reason.OFF_TOPIC] if refused else [Reason.OFF_TOPIC, Reason.UNFOUNDED]
    return tuple((reason, reason_words(reason)) for reason in wanted)


def reason_words(reason: Reason) -> str:
    """One reason as a sentence without its stop."""
    words = {
        Reason.WRONG: _("It says something wrong"),
        Reason.INCOMPLETE: _("Something is missing"),
        Reason.OFF_TOPIC: _("It answers another question"),
        Reason.UNFOUNDED: _("The guides do not say this; it should have been refused"),
        Reason.REFUSED: _("The guides do say it; it should have been answered"),
    }
    return words[reason]


def feedback_words(feedback: Feedback | None) -> str:
    """What was noted about an answer; empty if nothing was."""
    if feedback is None:
        return ""
    if feedback.good or feedback.reason is None:
        return _("+ You found this good.") if feedback.good else _("− You found this bad.")
    words = _("− You noted: {reason}.").format(reason=reason_words(feedback.reason))
    return words + "\n" + _("It is kept as a test question.") if feedback.is_case else words
