"""The stylesheet of the application, parsed once for each look.

Textual forgets what it has parsed whenever a page brings styles of its own and whenever the first page of a mode is
shown, and remembers 64 sources; the pages of Hansa have more. Parsing all of them takes longer than a frame may.
"""

from __future__ import annotations

from textual.css.stylesheet import Stylesheet

MOST_SOURCES = 1_000
"""Sources whose rules are remembered; every kind of widget is one."""


class LastingStylesheet(Stylesheet):
    """Parses a source again only when a variable has changed."""

    def __init__(self, *, variables: dict[str, str]) -> None:
        super().__init__(variables=variables)
        self._parse_cache.grow(MOST_SOURCES)

    def set_variables(self, variables: dict[str, str]) -> None:
        """Take the variables of a look; what was parsed is forgotten if they differ from those in use."""
        if variables != self._variables:
            super().set_variables(variables)

    def reparse(self) -> None:
        """Gather the rules of all sources; those of new ones are parsed.

        Raises:
            StylesheetParseError: if a source is no valid TCSS.
        """
        self.parse()
