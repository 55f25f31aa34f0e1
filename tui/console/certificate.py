"""`hansa certificate`: the certificate of a module, of a path, or of the whole course."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from tui.clean import clean, clean_line
from tui.console.opening import open_services
from tui.language import _

if TYPE_CHECKING:
    from argparse import Namespace
    from pathlib import Path

    from tui.certificates import Earned
    from tui.services import Services


def run(options: Namespace) -> int:
    """Print the certificate as Markdown, or write it to a file as Markdown or PDF."""
    from dataclasses import replace

    out: Path | None = options.out
    as_pdf = options.pdf or (out is not None and out.suffix.lower() == ".pdf")
    if as_pdf and out is None:
        print(_("A PDF needs a file: add -o certificate.pdf."), file=sys.stderr)
        return 2
    services = open_services(options)
    earned = _earned(services, options.ref)
    if not earned.completed:
        print(_told(earned), file=sys.stderr)
        return 1
    name = _name(services, options.name, earned.name)
    return _print_or_write(services, replace(earned, name=name), out, as_pdf=as_pdf)


def _earned(services: Services, ref: str | None) -> Earned:
    from course.references import find
    from tui.certificates import read_earned, read_earned_on

    path = services.learning_paths.path(ref) if ref else None
    if path is not None:
        return read_earned_on(services, path)
    course = services.course
    return read_earned(services, [find(course, ref).module] if ref else course.modules)


def _told(earned: Earned) -> str:
    """Why there is no certificate yet, and of what there is one."""
    if earned.path_id:
        words = _("{title} is not completed yet. Left are: {names}.")
        left = (*(module.title for module, _why in earned.missing), *(own.title for own in earned.unchecked))
        title = earned.title[:1].upper() + earned.title[1:]
        return clean_line(words.format(title=title, names=", ".join(left)))
    if len(earned.found) == 1:
        return clean_line(earned.missing[0][1])
    done = earned.complete
    words = _("The course is not completed yet: {done} of {count} modules are.")
    more = _("`hansa progress` tells what is left.")
    if done:
        names = ", ".join(module.id for module in done)
        more = _("Name one of them for its certificate: {names}.").format(names=names)
    return clean_line(f"{words.format(done=len(done), count=len(earned.found))} {more}")


def _name(services: Services, given: str | None, kept: str) -> str:
    """The name for the certificate: a new one is kept, and asked for when none is."""
    from course.learner_name import keep_name

    if given is None and kept:
        return kept
    if given is None:
        print(_("Your name, as it is to stand on the certificate:"), end=" ", file=sys.stderr, flush=True)
        given = sys.stdin.readline()
        if not sys.stdin.isatty():
            print(file=sys.stderr)
    return keep_name(services.record, given, services.clock())


def _print_or_write(services: Services, earned: Earned, out: Path | None, *, as_pdf: bool) -> int:
    from tui.certificates import document_of, encoded, write
    from tui.paragraphs import UnshownLetters, markdown_of, unshown_words

    paragraphs = document_of(services, earned)
    if out is None:
        print(clean(markdown_of(paragraphs)), end="")
        return 0
    try:
        data = encoded(paragraphs, services.language, as_pdf=as_pdf)
    except UnshownLetters as error:
        print(unshown_words(error.letters), file=sys.stderr)
        return 1
    replaced = out.is_file()
    if replaced and not _agreed(out):
        print(_("Nothing was written."), file=sys.stderr)
        return 1
    write(out, data, replace=replaced)
    print(_("Written: {file}").format(file=out))
    return 0


def _agreed(out: Path) -> bool:
    words = _("{file} exists already. Type {word} to replace it:").format(file=out, word=_("yes"))
    print(words, end=" ", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().casefold() in {"yes", _("yes").casefold()}
