"""The application of one visitor of `hansa serve`: its data in a folder of its own, drawn for a browser."""

from __future__ import annotations

import argparse
from pathlib import Path

from tui.paths import Paths
from tui.services import Services
from tui.start import Start


def main() -> None:
    """Run it until the browser leaves."""
    parser = argparse.ArgumentParser()
    parser.add_argument("home", type=Path)
    parser.add_argument("--course", action="append", default=[], type=Path)
    parser.add_argument("--language", default="en")
    options = parser.parse_args()
    services = Services(
        Paths(options.home), course_folders=tuple(options.course), language=options.language, is_shared=True
    )
    from tui.console.screen import open_app  # noqa: PLC0415 - after the arguments are known to be right

    open_app(services, Start())


if __name__ == "__main__":
    main()
