"""Files, read into guides."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import TYPE_CHECKING

from .errors import UnreadableGuideError
from .files import HTML_ENDINGS, MARKDOWN_ENDINGS, PAGED_ENDINGS, load_file
from .frontmatter import FrontMatter, parse_front_matter
from .language import LANGUAGES, detect
from .markdown import parse_markdown
from .model import Guide
from .parsed import Parsed, RefusedError
from .plaintext import parse_plain
from .source import clean, decode
from .workshop import parse_apart

if TYPE_CHECKING:
    from .files import GuideFile

_NOT_IN_SLUG = re.compile(r"[^\w.]+")
_LANGUAGE_SAMPLE = 20_000
_MOST_IN_PROCESS = 64 * 1024
"""Characters of Markdown that cannot take long whatever they are; more is parsed apart."""
_SAY_NOTHING = frozenset({"index", "readme", "default"})
"""Names of files that are named after their folder."""


def slug_of(name: str) -> str:
    """The slug that a file name gives: `KISS me.txt` is `kiss-me`, `x.da.md` is `x.da`."""
    return _NOT_IN_SLUG.sub("-", Path(name).stem.casefold()).strip("-._") or "guide"


def parse_file(file: GuideFile) -> Guide:
    """The guide that a file holds.

    Raises:
        UnreadableGuideError: The file cannot become a guide.
    """
    path, data = file.path, file.data
    front = FrontMatter()
    try:
        if path.suffix.lower() in HTML_ENDINGS | PAGED_ENDINGS:
            parsed = parse_apart(path.suffix.lower(), data, _telling_name(path))
        else:
            front, parsed = _parse_text(data, path)
    except RefusedError as error:
        raise UnreadableGuideError(f"{path} {error}") from error
    if parsed.empty:
        raise UnreadableGuideError(f"{path} holds no text; write something into it or leave it out.")
    return Guide(
        slug=front.slug or slug_of(_telling_name(path) + path.suffix),
        title=front.title or parsed.title or _telling_name(path),
        text=parsed.text,
        blocks=parsed.blocks,
        language=front.language or _language_in_name(path) or _language_of(parsed),
        digest=hashlib.sha256(data).hexdigest(),
        path=str(path),
        topics=front.topics,
        sources=front.sources,
        licence=front.licence,
        checked_on=front.checked_on,
    )


def read_guide(path: Path) -> Guide:
    """The guide that the file at a path holds.

    Raises:
        UnreadableGuideError: The file cannot become a guide.
    """
    return parse_file(load_file(path))


def _parse_text(data: bytes, path: Path) -> tuple[FrontMatter, Parsed]:
    source = clean(decode(data, path))
    front, skip = parse_front_matter(source, path)
    body, first_line = source[skip:], source.count("\n", 0, skip) + 1
    if path.suffix.lower() not in MARKDOWN_ENDINGS:
        title, blocks = parse_plain(body, _telling_name(path).split(".")[0], first_line)
        return front, Parsed(title, body, blocks)
    if len(body) <= _MOST_IN_PROCESS:
        return front, parse_markdown(body, front.title, first_line)
    return front, parse_apart(".md", body.encode(), front.title, first_line)


def _language_of(parsed: Parsed) -> str:
    said = parsed.language if parsed.language in LANGUAGES else None
    return detect(parsed.text[:_LANGUAGE_SAMPLE], said)


def _language_in_name(path: Path) -> str:
    ending = Path(path.stem).suffix.removeprefix(".").lower()
    return ending if ending in LANGUAGES else ""


def _telling_name(path: Path) -> str:
    """The name of a file without its ending; of its folder, where the file's says nothing."""
    return path.parent.name or path.stem if path.stem.casefold() in _SAY_NOTHING else path.stem
