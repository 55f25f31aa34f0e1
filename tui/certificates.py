"""Certificates from the record: what is completed, the document, its file."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from course.assessments import assessments_of, finished_own
from course.certificate import Completion, Missing, alone, certificate_of, completion_of
from course.learner_name import name_in
from course.learning_paths import parts_of
from course.slugs import slug

from .certificate_words import certificate_paragraphs, missing_words, title_of
from .language import _
from .paragraphs import markdown_of
from .whole_files import write_new, write_over

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from course.learning_paths import LearningPath
    from course.model import Module
    from course.self_check import SelfCheckHead

    from .paragraphs import Paragraph
    from .services import Services


@dataclass(frozen=True, slots=True)
class Earned:
    """What the record says about some modules that a certificate may name."""

    name: str
    """Name of the learner; empty when nobody asked for it yet."""
    title: str
    """What the certificate is of, in its words."""
    found: tuple[tuple[Module, Completion | Missing], ...]
    """How each module was completed, or what it still wants."""
    path_id: str = ""
    """Short name of the path that it is of; empty when it is of none."""
    unchecked: tuple[SelfCheckHead, ...] = ()
    """Self-checks of the path that were not finished."""

    @property
    def completed(self) -> bool:
        """Whether nothing is missing."""
        return bool(self.found) and len(self.complete) == len(self.found) and not self.unchecked

    @property
    def missing(self) -> tuple[tuple[Module, str], ...]:
        """Each module that still wants something, and what in one sentence."""
        wanting = ((module, one) for module, one in self.found if isinstance(one, Missing))
        return tuple((module, missing_words(module.title, one)) for module, one in wanting)

    @property
    def complete(self) -> tuple[Module, ...]:
        """The modules that are completed."""
        return tuple(module for module, one in self.found if isinstance(one, Completion))


def read_earned(services: Services, modules: Sequence[Module]) -> Earned:
    """What the record says about these modules."""
    record = services.record
    visits, attempts, runs = record.visits(), record.attempts(), record.runs()
    found = tuple((module, completion_of(module, visits, attempts, runs)) for module in modules)
    return Earned(name_in(record), title_of([module.title for module in modules]), found)


def read_earned_on(services: Services, path: LearningPath) -> Earned:
    """What the record says about the steps of a path: its modules, its single lessons, its self-checks."""
    learnt, checks = parts_of(path, services.course, services.self_checks)
    earned = read_earned(
        services, [module if head is None else alone(module, head) for module, head in learnt]
    )
    done = {own.check_id for own in finished_own(assessments_of(services.record))}
    unchecked = tuple(check for check in checks if check.id not in done)
    title = _("the path “{title}”").format(title=f"{path.id} {path.title}")
    return replace(earned, title=title, path_id=path.id, unchecked=unchecked)


def document_of(services: Services, earned: Earned) -> tuple[Paragraph, ...]:
    """The certificate as a document; `NotCompleted` while something is missing."""
    certificate = certificate_of(earned.name, earned.title, (one for _module, one in earned.found))
    return certificate_paragraphs(certificate, services.clock().astimezone().date())


def encoded(paragraphs: Sequence[Paragraph], language: str, *, as_pdf: bool) -> bytes:
    """The document as the bytes of a file; `UnshownLetters` when a PDF cannot show a letter of it."""
    if not as_pdf:
        return markdown_of(paragraphs).encode("utf-8")
    from .pdf import pdf_of  # noqa: PLC0415 - 0.1 s with PDFium, needed only for a PDF

    return pdf_of(paragraphs, language)


def file_name(earned: Earned, suffix: str) -> str:
    """A name for the file: of the path, of the module, or of the course."""
    what = earned.path_id or (earned.found[0][0].id if len(earned.found) == 1 else _("course"))
    kind = slug(_("certificate"))
    return f"{kind}-{slug(what)}{suffix}"


def write(file: Path, data: bytes, *, replace: bool = False) -> None:
    """Write a file; one that is there is replaced only when that is wanted, else `FileExistsError`."""
    if replace:
        write_over(file, data)
    else:
        write_new(file, (data,))
