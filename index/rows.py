"""Rows of tables as lines that can be read alone."""

from __future__ import annotations

from itertools import islice, zip_longest
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

WIDEST = 40
"""Cells in one line; a wider row goes on in the next line, under its first cell."""
_LONGEST_NAME = 80


def row_lines(header: Sequence[str], cells: Sequence[str]) -> Iterator[str]:
    """`Programme: Eureka; Budget: 5 million`, in as many lines as it takes."""
    parts = _parts(header, cells)
    line = list(islice(parts, WIDEST))
    first = line[:1]
    while line:
        yield "; ".join(line)
        line = list(islice(parts, WIDEST))
        if line and len(first[0]) <= _LONGEST_NAME:
            line = first + line


def _parts(header: Sequence[str], cells: Sequence[str]) -> Iterator[str]:
    for name, cell in zip_longest(header, cells, fillvalue=""):
        if cell:
            short = name if len(name) <= _LONGEST_NAME else f"{name[:_LONGEST_NAME]}…"
            yield f"{short}: {cell}" if short and short != cell else cell


def table_lines(
    rows: Sequence[Sequence[str]], header: Sequence[str] | None
) -> Iterator[tuple[Sequence[str], Sequence[str]]]:
    """Header and cells of each row; in a table of two columns without a header, the first names the second."""
    pairs = header is None and all(len(row) <= 2 for row in rows)
    for row in rows:
        if pairs and len(row) == 2 and all(row) and len(row[0]) <= _LONGEST_NAME:
            yield (row[0].rstrip(": "),), (row[1],)
        else:
            yield header or (), row
