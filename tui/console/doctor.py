"""`hansa doctor`: what is wrong with this installation, and how to mend it."""

from __future__ import annotations

import os
import shutil
import sys
from dataclasses import dataclass
from importlib.metadata import packages_distributions
from typing import TYPE_CHECKING

from tui import __version__
from tui.console.failure import describe
from tui.console.opening import open_services, preparation
from tui.language import _, plural

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator

    from tui.services import Services

LEAST_WIDTH, LEAST_HEIGHT = 80, 24
"""Size of the terminal for which the screens are made."""
PACKAGES = ("assistant", "course", "index", "tui")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at."""

    name: str
    fine: bool
    words: str


def run(options: Namespace) -> int:
    """Look at everything and print a line for each; exit status 1 when something is wrong."""
    services = open_services(options)
    if options.fetch_model:
        from tui.console.model_fetch import fetch_model

        print(fetch_model(services.paths.home))
    findings = list(_look(services))
    for finding in findings:
        print(f"{'ok     ' if finding.fine else 'PROBLEM'}  {finding.name}: {finding.words}")
    services.close()
    wrong = sum(not finding.fine for finding in findings)
    print(_("{wrong} problems found.").format(wrong=wrong) if wrong else _("Everything is in order."))
    return 1 if wrong else 0


def _look(services: Services) -> Iterator[Finding]:
    yield Finding("Hansa", fine=True, words=f"{__version__}, Python {sys.version.split()[0]}")
    yield _installation()
    yield _terminal()
    for name, check in (
        (_("Data folder"), _home),
        (_("Learner record"), _record),
        (_("Conversations"), _conversations),
        (_("Course"), _course),
        (_("Embedding model"), _model),
        (_("Guides"), _guides),
        (_("Chat model"), _chat_model),
    ):
        try:
            yield check(name, services)
        except Exception as error:  # noqa: BLE001 - every failure of a part is a finding of its own
            yield Finding(name, fine=False, words=describe(error))


def _installation() -> Finding:
    """Whether another distribution overwrites one of our packages."""
    owners = packages_distributions()
    strangers = {name: sorted(set(owners.get(name, ())) - {"hansa"}) for name in PACKAGES}
    clashes = [
        _("{name} also comes from {others}").format(name=name, others=", ".join(others))
        for name, others in strangers.items()
        if others
    ]
    if clashes:
        words = _("{clashes}; install Hansa into an environment of its own").format(
            clashes="; ".join(clashes)
        )
        return Finding(_("Installation"), fine=False, words=words)
    return Finding(_("Installation"), fine=True, words=_("no other package gets in the way"))


def _terminal() -> Finding:
    if not sys.stdout.isatty():
        return Finding(_("Terminal"), fine=True, words=_("none here; commands print plain text"))
    size = shutil.get_terminal_size()
    shown = f"{size.columns} × {size.lines}, {os.environ.get('TERM', 'unknown')}"
    if size.columns < LEAST_WIDTH or size.lines < LEAST_HEIGHT:
        return Finding(
            _("Terminal"),
            fine=False,
            words=_("{shown}; make the window at least {least_width} × {least_height}").format(
                shown=shown, least_width=LEAST_WIDTH, least_height=LEAST_HEIGHT
            ),
        )
    return Finding(_("Terminal"), fine=True, words=shown)


def _home(name: str, services: Services) -> Finding:
    home = services.paths.home
    home.mkdir(parents=True, exist_ok=True)
    probe = home / f".probe-{os.getpid()}"
    probe.write_text("", encoding="utf-8")
    probe.unlink()
    free = shutil.disk_usage(home).free // 1_000_000
    if free < 100:
        return Finding(
            name,
            fine=False,
            words=_("{home} has only {free} MB left; free some space").format(home=home, free=free),
        )
    return Finding(name, fine=True, words=_("{home}, {free:,} MB free").format(home=home, free=free))


def _record(name: str, services: Services) -> Finding:
    attempts = len(services.record.attempts())
    return Finding(
        name,
        fine=True,
        words=_("{record}, {attempts} answers").format(record=services.paths.record, attempts=attempts),
    )


def _conversations(name: str, services: Services) -> Finding:
    kept = len(services.history.heads())
    return Finding(
        name,
        fine=True,
        words=_("{history}, {kept} conversations").format(history=services.paths.history, kept=kept),
    )


def _course(name: str, services: Services) -> Finding:
    course = services.course
    if course.problems:
        return Finding(
            name,
            fine=False,
            words=_("{problems}; hansa course check tells more").format(problems=course.problems[0]),
        )
    return Finding(name, fine=True, words=plural("{count} module", "{count} modules", len(course.modules)))


def _model(name: str, services: Services) -> Finding:
    from index.embed import find_embedder

    embedder, reason = find_embedder(services.paths.home)
    if embedder is None:
        words = _(
            "{reason} Until then answers are found by keywords alone; hansa doctor --fetch-model fetches it."
        ).format(reason=reason)
        return Finding(name, fine=False, words=words)
    embedder.question("ready?")
    return Finding(name, fine=True, words=embedder.fingerprint)


def _guides(name: str, services: Services) -> Finding:
    index = services.open_index(preparation())
    problems = services.collection.check()
    if problems:
        return Finding(name, fine=False, words=problems[0].message)
    return Finding(
        name,
        fine=True,
        words=_("{count} guides in {collection}").format(
            count=len(index.guides()), collection=services.paths.collection
        ),
    )


def _chat_model(name: str, services: Services) -> Finding:
    """Which chat model is used and which could be; this machine alone is asked, for a list of models."""
    from assistant.local_servers import PORTS, find_servers

    settings = services.chat_settings()
    servers = find_servers(tuple(dict.fromkeys((*PORTS, *settings.local_ports))))
    found = "; ".join(
        _("{name} at {address} with {count} models").format(
            name=server.name, address=server.address, count=len(server.models)
        )
        for server in servers
    )
    if not settings.is_on:
        if not servers:
            return Finding(
                name, fine=True, words=_("none used, none found on this machine; answers are quotes")
            )
        return Finding(
            name,
            fine=True,
            words=_("none used; found {found}; hansa model list shows how to use one").format(found=found),
        )
    if settings.is_local and not any(server.address == settings.address for server in servers):
        words = _(
            "{destination} does not answer; start its server, or turn it off with hansa model off"
        ).format(destination=settings.destination)
        return Finding(name, fine=False, words=words)
    return Finding(
        name,
        fine=True,
        words=_("{destination} is used").format(destination=settings.destination)
        + (_("; found {found}").format(found=found) if found else ""),
    )
