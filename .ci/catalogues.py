"""Compile every message catalogue that stands in a package: X.po becomes X.mo beside it.

usage: catalogues.py

Needs Babel, which the product itself does not: it reads the compiled files with the standard library.
"""

from __future__ import annotations

import io
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent


def compiled(catalogue: Path) -> bytes:
    """The compiled form of a catalogue."""
    buffer = io.BytesIO()
    with catalogue.open("rb") as source:
        write_mo(buffer, read_po(source))
    return buffer.getvalue()


def main() -> None:
    """Compile the catalogues of all packages."""
    for source in sorted(ROOT.glob("*/locales/*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        target.write_bytes(compiled(source))
        print(target.relative_to(ROOT))


if __name__ == "__main__":
    main()
