"""Bring the message catalogues up to date: gather the texts of the interface, update X.po, compile X.mo beside it.

usage: catalogues.py

`tui/locales/hansa.pot` gets every text of the interface; each catalogue of it gets what is new and loses what is
gone, and what still lacks a translation is told. The catalogues of the assistant are only compiled: their texts stand
in the catalogues alone. Needs Babel, which the product itself does not: it reads the compiled files with the standard
library.
"""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

if TYPE_CHECKING:
    from collections.abc import Iterator

    from babel.messages.catalog import Message

ROOT = Path(__file__).resolve().parent.parent
INTERFACE = ROOT / "tui"
TEMPLATE = INTERFACE / "locales" / "hansa.pot"
KEYWORDS = {"_": None, "plural": (1, 2), "in_sense": ((1, "c"), 2)}
"""Functions whose first arguments are texts of the interface."""
WIDTH = 110
MOST_TOLD = 20
"""Texts without translation that are printed."""
BEGUN = datetime(2026, 11, 22, tzinfo=UTC)
"""Written as the date of every catalogue, so that a run that finds nothing new changes no file."""

UNWANTED = (b'"Report-Msgid', b'"Last-Translator', b'"Language-Team', b'"Generated-By', b'"Project-Id')
"""Lines of the head of a catalogue that tell nothing here."""

ARGPARSE = (
    "usage: ",
    "options",
    "positional arguments",
    "show this help message and exit",
    "show program's version number and exit",
    "%(prog)s: error: %(message)s\n",
    "argument %(argument_name)s: %(message)s",
    "the following arguments are required: %s",
    "one of the arguments %s is required",
    "unrecognized arguments: %s",
    "not allowed with argument %s",
    "expected one argument",
    "expected at least one argument",
    "invalid choice: %(value)r (choose from %(choices)s)",
    "invalid %(type)s value: %(value)r",
    "ignored explicit argument %r",
    "ambiguous option: %(option)s could match %(matches)s",
)
"""What the standard library says about the arguments of a command."""


def template() -> Catalog:
    """Every text of the interface, with the files in which it stands."""
    catalogue = _empty()
    for path, _line, text, comments, context in extract_from_dir(
        INTERFACE, method_map=[("**.py", "python")], keywords=KEYWORDS, comment_tags=("Translators:",)
    ):
        catalogue.add(text, None, [(f"tui/{path}", 0)], auto_comments=comments, context=context)
    for text in ARGPARSE:
        catalogue.add(text, None, [("argparse", 0)])
    return catalogue


def _empty(locale: str | None = None) -> Catalog:
    return Catalog(
        locale=locale,
        project="Hansa",
        version="",
        creation_date=BEGUN,
        revision_date=BEGUN,
        header_comment="# Texts of the interface. `python .ci/catalogues.py` brings this file up to date.",
        fuzzy=False,
    )


def written(catalogue: Catalog) -> bytes:
    """A catalogue as a file of text, in the order of the files that hold the texts."""
    buffer = io.BytesIO()
    write_po(buffer, catalogue, width=WIDTH, sort_by_file=True, include_lineno=False, ignore_obsolete=True)
    lines = buffer.getvalue().splitlines(keepends=True)
    return b"".join(line for line in lines if not line.startswith(UNWANTED))


def read(path: Path) -> Catalog:
    """The catalogue in a file."""
    with path.open("rb") as source:
        catalogue = read_po(source)
    catalogue.creation_date = catalogue.revision_date = BEGUN
    return catalogue


def updated(path: Path, texts: Catalog) -> Catalog:
    """The catalogue in a file, with the texts that there are now; one that now has plural forms is anew."""
    before, after = read(path), _empty(path.parent.parent.name)
    for text in texts:
        if text.id:
            old = before.get(text.id, text.context)
            string = old.string if old and old.pluralizable == text.pluralizable else None
            after.add(text.id, string, text.locations, auto_comments=text.auto_comments, context=text.context)
    return after


def untranslated(catalogue: Catalog) -> Iterator[Message]:
    """Texts without a translation, or with one that nobody looked through."""
    for message in catalogue:
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        if message.id and (message.fuzzy or not all(strings)):
            yield message


def compiled(path: Path) -> bytes:
    """The compiled form of the catalogue in a file."""
    buffer = io.BytesIO()
    write_mo(buffer, read(path))
    return buffer.getvalue()


def main() -> None:
    """Bring all catalogues up to date."""
    texts = template()
    TEMPLATE.write_bytes(written(texts))
    for path in sorted(TEMPLATE.parent.glob("*/LC_MESSAGES/hansa.po")):
        catalogue = updated(path, texts)
        path.write_bytes(written(catalogue))
        lacking = list(untranslated(catalogue))
        print(f"{path.relative_to(ROOT)}: {len(lacking)} texts without translation")
        for text in lacking[:MOST_TOLD]:
            print(f"  {text.id}")
    for path in sorted(ROOT.glob("*/locales/*/LC_MESSAGES/*.po")):
        target = path.with_suffix(".mo")
        target.write_bytes(compiled(path))
        print(target.relative_to(ROOT))


if __name__ == "__main__":
    main()
