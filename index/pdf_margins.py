"""What runs along the top and foot of the pages of a PDF, told from what stands on them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from .pdf_lines import Line

_MARGIN = 0.12
"""Share of the height of a page in which headers and footers stand, at each end."""
_ENOUGH = 3
"""Pages on which a line stands to be taken for a header; in a document of so few, all but one."""
_FIRST_NUMBER = re.compile(r"\A\D{0,12}(\d{1,5})\b")
_LAST_NUMBER = re.compile(r"\b(\d{1,5})(?=\D{0,12}(?:\d{1,5}\W{0,3})?\Z)")
_LONGEST_RUNNING = 120
_LEADER = re.compile(r"(?:\.\s?){5,}\s*[\divxl]{1,6}\Z")
"""The dots of a table of contents and the page they lead to."""
_PAGE_NUMBER = re.compile(
    r"\W*(?P<word>page|seite|side|sida|sivu|página|pagina|pág\.?|strona|stránka|oldal|lapa|p\.?)?\s*"
    r"(?P<number>\d{1,4}|[ivxl]{1,7})\s*(?P<of>(?:/|of|von|af|av|de|di|van|z|sur)\s*\d{1,4})?\W*",
    re.IGNORECASE,
)


def body_size(pages: Iterable[Sequence[Line]]) -> float:
    """The size in which most letters are set."""
    letters: Counter[float] = Counter()
    for line in (line for page in pages for line in page):
        letters[line.size] += len(line.text)
    return max(letters, key=lambda size: (letters[size], -size), default=1.0)


def without_running(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """The lines of each page without headers, footers, page numbers and the entries of a table of contents."""
    body = body_size(pages)
    edge = [line for page in pages for line in page if _in_margin(line)]
    enough = max(2, min(_ENOUGH, len(pages) - 1))
    running = _repeated(edge, enough) | _counting(edge, enough, body)
    return [[line for line in page if id(line) not in running and not _is_navigation(line)] for page in pages]


def _is_navigation(line: Line) -> bool:
    """Whether a line says by itself that it numbers its page, or leads to another."""
    return bool(_LEADER.search(line.text)) or (_in_margin(line) and _is_page_number(line))


def _in_margin(line: Line) -> bool:
    return not _MARGIN * line.height < line.base < (1 - _MARGIN) * line.height


def _repeated(lines: Iterable[Line], enough: int) -> set[int]:
    """The same words at the same height on enough pages."""
    alike: defaultdict[tuple[str, int], list[Line]] = defaultdict(list)
    for line in lines:
        alike[line.text.casefold(), round(line.base / 6)].append(line)
    return _ids(group for group in alike.values() if len({line.page for line in group}) >= enough)


def _counting(lines: Iterable[Line], enough: int, body: float) -> set[int]:
    """Lines at the same height that begin or end with a number that counts the pages."""
    alike: defaultdict[tuple[int, bool, int], list[Line]] = defaultdict(list)
    for line in lines:
        if line.size > body * 1.1 or len(line.text) > _LONGEST_RUNNING:
            continue
        for at_end, pattern in ((False, _FIRST_NUMBER), (True, _LAST_NUMBER)):
            for match in pattern.finditer(line.text):
                alike[round(line.base / 6), at_end, int(match[1]) - line.page].append(line)
    return _ids(group for group in alike.values() if len({line.page for line in group}) >= enough)


def _ids(groups: Iterable[list[Line]]) -> set[int]:
    return {id(line) for group in groups for line in group}


def _is_page_number(line: Line) -> bool:
    """Whether a line says by itself that it numbers its page."""
    match = _PAGE_NUMBER.fullmatch(line.text)
    if not match:
        return False
    roman = match["number"].isalpha()
    return bool(match["word"] or match["of"]) or roman or match["number"] == str(line.page)
