"""What stands on a certificate, and what is still missing for one, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import __version__
from .language import _, plural
from .paragraphs import Look, Paragraph
from .quiz_words import time_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date, datetime

    from course.certificate import Certificate, Completion, Missing


def certificate_paragraphs(certificate: Certificate, today: date) -> tuple[Paragraph, ...]:
    """The certificate as a document; `today` is when it is made."""
    return tuple(_paragraphs(certificate, today))


def _paragraphs(certificate: Certificate, today: date) -> Iterator[Paragraph]:
    yield Paragraph(_("Certificate of completion"), Look.TITLE)
    yield Paragraph(certificate.name, Look.HEADING)
    completed = _("completed {title} on {date}.")
    yield Paragraph(completed.format(title=certificate.title, date=_day(certificate.at)))
    if certificate.minutes:
        takes = _("Reading and doing take about {time}.")
        yield Paragraph(takes.format(time=time_words(certificate.minutes)))
    several = len(certificate.completions) > 1
    for completion in certificate.completions:
        yield from _of_one(completion, several=several)
    yield Paragraph(_means(certificate.completions), Look.NOTE)
    made = _("Made by Hansa {version} on {date} from the learner's own record.")
    yield Paragraph(made.format(version=__version__, date=today.isoformat()), Look.NOTE)


def _of_one(completion: Completion, *, several: bool) -> Iterator[Paragraph]:
    """One module: its version and the outcomes reached; among several also its title and day."""
    version = _("Version {version} of the module.").format(version=completion.version)
    if several:
        yield Paragraph(completion.title, Look.HEADING)
        yield Paragraph(_("Completed on {date}.").format(date=_day(completion.at)))
    if completion.version:
        yield Paragraph(version)
    if completion.outcomes:
        yield Paragraph(_("Outcomes reached"), Look.SUBHEADING if several else Look.HEADING)
    for outcome in completion.outcomes:
        yield Paragraph(outcome, Look.ITEM)


def _means(completions: Sequence[Completion]) -> str:
    needed = {one.pass_percent for one in completions if one.pass_percent is not None}
    if not needed:
        return _("Completed means that every lesson was read.")
    words = _(
        "Completed means that every lesson was read and every quiz passed, with at least {percent} % in all and in "
        "each outcome. It was learnt alone; nobody watched over the quiz."
    )
    return words.format(percent=min(needed))


def title_of(modules: Sequence[str]) -> str:
    """What was completed, in the words of a certificate, from the titles of its modules."""
    if len(modules) == 1:
        return _("the module “{title}”").format(title=modules[0])
    return _("the whole course of {count} modules").format(count=len(modules))


def missing_words(title: str, missing: Missing) -> str:
    """What a module still wants, in one sentence."""
    count = len(missing.lessons)
    lessons = plural("{count} lesson is left to read", "{count} lessons are left to read", count)
    quiz = _("the quiz is not passed")
    both = _("{lessons}, and {quiz}").format(lessons=lessons, quiz=quiz)
    left = (both if missing.quiz else lessons) if count else quiz
    return _("“{title}” is not completed yet: {left}.").format(title=title, left=left)


def _day(at: datetime) -> str:
    return at.astimezone().date().isoformat()
