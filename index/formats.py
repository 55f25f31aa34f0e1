"""The parser of each format that is parsed apart, by the ending of its files."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .parsed import Parsed


def parse_bytes(ending: str, data: bytes, name: str, first_line: int = 1) -> Parsed:
    """What the bytes of a file hold; each parser is loaded when it is first needed.

    Raises:
        RefusedError: They cannot become a guide.
    """
    if ending == ".md":
        from .markdown import parse_markdown  # noqa: PLC0415 - 0.1 s

        return parse_markdown(data.decode(), name, first_line)
    if ending == ".pdf":
        from .pdf import parse_pdf  # noqa: PLC0415 - 0.1 s

        return parse_pdf(data, name)
    if ending == ".docx":
        from .docx import parse_docx  # noqa: PLC0415 - 0.3 s

        return parse_docx(data)
    from .html import parse_html  # noqa: PLC0415 - selectolax

    return parse_html(data)
