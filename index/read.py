"""Files, read into guides."""

from __future__ import annotations

import re
from pathlib import Path

from .errors import UnreadableGuideError
from .files import MARKDOWN_ENDINGS, GuideFile, load_file
from .frontmatter import parse_front_matter
from .language import LANGUAGES, detect
from .markdown import parse_markdown
from .model import BlockKind, Guide
from .plaintext import parse_plain
from .source import clean, decode

_NOT_IN_SLUG = re.compile(r"[^\w.]+")
_LANGUAGE_SAMPLE = 20_000


def slug_of(name: str) -> str:
    """The slug that a file name gives: `KISS me.txt` is `kiss-me`, `x.da.md` is `x.da`."""
    return _NOT_IN_SLUG.sub("-", Path(name).stem.casefold()).strip("-._") or "guide"


def parse_file(file: GuideFile) -> Guide:
    """The guide that a file holds.

    Raises:
        UnreadableGuideError: The file cannot become a guide.
    """
    path = file.path
    source = clean(decode(file.data, path))
    front, skip = parse_front_matter(source, path)
    body, lines_before = source[skip:], source.count("\n", 0, skip)
    if path.suffix.lower() in MARKDOWN_ENDINGS:
        title, text, blocks = parse_markdown(body, front.title, lines_before + 1)
    else:
        title, blocks = parse_plain(body, path.stem.split(".")[0], lines_before + 1)
        text = body
    if all(block.kind is BlockKind.HEADING for block in blocks):
        raise UnreadableGuideError(f"{path} holds no text; write something into it or leave it out.")
    return Guide(
        slug=front.slug or slug_of(path.name),
        title=front.title or title or path.stem,
        text=text,
        blocks=blocks,
        language=front.language or _language_in_name(path) or detect(text[:_LANGUAGE_SAMPLE]),
        digest=file.digest,
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


def _language_in_name(path: Path) -> str:
    ending = Path(path.stem).suffix.removeprefix(".").lower()
    return ending if ending in LANGUAGES else ""
