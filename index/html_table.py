"""Tables of HTML as rows of cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .html_tree import attribute, dropped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from selectolax.lexbor import LexborNode

_MOST_SPANNED = 100
_LONGEST_CELL = 600
"""Letters; tables with longer cells were made to place things on a page."""


def is_layout(table: LexborNode) -> bool:
    """Whether a table only places things on the page."""
    if attribute(table, "role") in {"presentation", "none"}:
        return True
    if len(table.css("table")) > 1 or table.css_first("h1, h2, h3, h4, form") is not None:
        return True
    if table.css_first("th, caption, thead") is not None:
        return False
    rows = table.css("tr")
    single = all(len(_cells(row)) <= 1 for row in rows)
    return single or any(len(cell.text()) > _LONGEST_CELL for row in rows for cell in _cells(row))


def table_rows(
    table: LexborNode, words: Callable[[LexborNode], str]
) -> tuple[tuple[str, ...] | None, list[tuple[str, ...]]]:
    """Names of the columns, if the table has them, and the cells of each row below."""
    header: tuple[str, ...] | None = None
    rows: list[tuple[str, ...]] = []
    carried: dict[int, tuple[int, str]] = {}
    for row in table.css("tr"):
        cells = tuple(_spread(row, carried, words))
        if not any(cells) or dropped(row):
            continue
        if not rows and _names_columns(row):
            header = cells if header is None else tuple(map(_joined, header, cells))
        else:
            rows.append(cells)
    if not rows and header:
        return None, [header]
    return header, rows


def _cells(row: LexborNode) -> list[LexborNode]:
    return [node for node in row.iter() if node.tag in {"td", "th"}]


def _names_columns(row: LexborNode) -> bool:
    in_head = row.parent is not None and row.parent.tag == "thead"
    return in_head or all(cell.tag == "th" for cell in _cells(row))


def _joined(above: str, below: str) -> str:
    return above if above == below else f"{above} {below}".strip()


def _spread(
    row: LexborNode, carried: dict[int, tuple[int, str]], words: Callable[[LexborNode], str]
) -> Iterator[str]:
    """The cells of a row, each in its column: what spans rows is said again, what spans columns once."""
    column = 0
    for cell in _cells(row):
        while column in carried:
            yield _again(carried, column)
            column += 1
        said, down = words(cell), _span(cell, "rowspan")
        for place in range(_span(cell, "colspan")):
            if down > 1:
                carried[column] = (down - 1, said if place == 0 else "")
            yield said if place == 0 else ""
            column += 1
    while column in carried:
        yield _again(carried, column)
        column += 1


def _again(carried: dict[int, tuple[int, str]], column: int) -> str:
    left, said = carried.pop(column)
    if left > 1:
        carried[column] = (left - 1, said)
    return said


def _span(cell: LexborNode, name: str) -> int:
    said = attribute(cell, name)
    return max(1, min(int(said), _MOST_SPANNED)) if said.isascii() and said.isdigit() and len(said) < 9 else 1
