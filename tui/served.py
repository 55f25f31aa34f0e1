"""The application of one visitor of `hansa serve`: its data in a folder of its own, drawn for a browser."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from tui.language import choose, language_in_use, users_language
from tui.paths import Paths
from tui.services import Services
from tui.start import Start


def main() -> None:
    """Run it until the browser leaves."""
    parser = argparse.ArgumentParser()
    parser.add_argument("home", type=Path)
    parser.add_argument("--course", action="append", default=[], type=Path)
    parser.add_argument("--language", default="")
    options = parser.parse_args()
    choose(users_language(os.environ))
    services = Services(Paths(options.home), course_folders=tuple(options.course), is_shared=True)
    language = services.preferences.language or language_in_use()
    choose(language)
    services.language = options.language or services.preferences.course_language or language
    from tui.console.screen import open_app  # noqa: PLC0415 - after the arguments are known to be right

    open_app(services, Start())


if __name__ == "__main__":
    main()
