"""`hansa serve`: the application in browsers, each visitor with data of their own."""

from __future__ import annotations

import errno
import os
import sys
from typing import TYPE_CHECKING

from tui.language import _
from tui.web.addresses import Address

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator

TOKEN_VARIABLE = "HANSA_TOKEN"  # noqa: S105 - a name, no token
"""Environment variable that holds the access token, which other users of the machine cannot read there."""


def run(options: Namespace) -> int:
    """Serve until ctrl+c; an address that others reach needs an access token."""
    from tui.web.visitors import SHORTEST_TOKEN

    token = options.token or os.environ.get(TOKEN_VARIABLE, "")
    os.environ.pop(TOKEN_VARIABLE, None)
    address = Address(options.host, options.port, options.public_url)
    if not address.is_private and not token:
        print(_unguarded(address), file=sys.stderr)
        return 2
    if token and len(token) < SHORTEST_TOKEN:
        words = _("This access token can be guessed: take one of {count} characters or more.")
        print(words.format(count=SHORTEST_TOKEN), file=sys.stderr)
        return 2
    return _serve(address, token, options)


def _unguarded(address: Address) -> str:
    words = _(
        "{host} can be reached from other machines, and whoever reaches it could read and answer as a learner: "
        "set an access token in {variable} or with --token, or leave --host and --public-url away."
    )
    host = address.public or address.host
    return words.format(host=host, variable=TOKEN_VARIABLE)


def _serve(address: Address, token: str, options: Namespace) -> int:
    from tui.paths import Paths
    from tui.web.server import WebServer
    from tui.web.visitors import Visitors

    visitors = Visitors(Paths.find().visitors, token)
    try:
        WebServer(address, visitors, options.sessions, list(_arguments(options))).serve()
    except OSError as error:
        if error.errno not in {errno.EADDRINUSE, errno.EADDRNOTAVAIL, errno.EACCES}:
            raise
        words = _("{host} port {port} cannot be used here: choose another with --port or --host.")
        print(words.format(host=address.host, port=address.port), file=sys.stderr)
        return 3
    return 0


def _arguments(options: Namespace) -> Iterator[str]:
    """What the application of a visitor is told as well."""
    for folder in options.course:
        yield from ("--course", str(folder.absolute()))
    if options.language:
        yield from ("--language", options.language)
