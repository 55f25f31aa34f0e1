"""Translations and their sources: sections that stand for each other, and those that changed since.

The translation notes a digest of each section of its source in its front matter:

    digests:
      start: gdbfkcia
      three-directions: ajholhoe
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from .comments import without_comments
from .errors import FileUnreadable
from .file_names import language_of
from .header import read_header, without_header
from .outline import outline
from .problems import Place, Problem, Severity
from .source import read_source

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from .header import Header
    from .outline import Outlined

_LETTERS = str.maketrans("0123456789abcdef", "abcdefghijklmnop")
_LENGTH = 8


def source_of(path: Path) -> Path | None:
    """The file that `NAME.<language>.md` translates; None for any other file."""
    language = language_of(path)
    return path.with_name(f"{path.stem.removesuffix(f'.{language}')}.md") if language else None


def aligned(sections: Sequence[Outlined], path: Path) -> tuple[Outlined, ...]:
    """The sections of a file; those of a translation under the slugs of its source, place by place."""
    source = source_of(path)
    if source is None:
        return tuple(sections)
    try:
        wanted, _ = _outlined(source)
    except FileUnreadable:
        return tuple(sections)
    if len(wanted) != len(sections):
        return tuple(sections)
    return tuple(replace(own, slug=other.slug) for own, other in zip(sections, wanted, strict=True))


def section_digests(path: Path) -> dict[str, str]:
    """Eight letters from a to p for each section of a file, by its slug.

    Comments and blank space do not count: an attribute that changes asks for no new translation.

    Raises:
        FileUnreadable: when the file or its front matter cannot be read.
    """
    sections, lines = _outlined(path)
    ends = [*(section.line - 1 for section in sections[1:]), len(lines)]
    return {
        section.slug: _digest("\n".join(lines[section.line - 1 : end]))
        for section, end in zip(sections, ends, strict=True)
    }


def drift(translation: Path) -> Iterator[Problem]:
    """A warning for each section of the source that changed since it was translated, or was not noted.

    Raises:
        FileUnreadable: when a file or its front matter cannot be read.
    """
    source = source_of(translation)
    if source is None:
        return
    header = read_header(read_source(translation), translation)
    place = Place(translation, header.line("digests"))
    noted, current = _noted(header), section_digests(source)
    for slug, digest in current.items():
        reason = _reason(slug, digest, noted)
        if reason:
            message = f"The section `{slug}` {reason}, then write `{slug}: {digest}` under digests."
            yield Problem(place, "C302", message, Severity.WARNING)
    for slug in noted:
        if slug not in current:
            message = f"The source has no section `{slug}` any more; remove it under digests."
            yield Problem(place, "C302", message, Severity.WARNING)


def _outlined(path: Path) -> tuple[tuple[Outlined, ...], list[str]]:
    """The sections of a file, and its lines."""
    source = read_source(path)
    header = read_header(source, path)
    body = without_header(source, header)
    return outline(body, " ".join(str(header.values.get("title", "")).split())), body.split("\n")


def _noted(header: Header) -> dict[str, str]:
    value = header.values.get("digests")
    return {str(key): str(digest) for key, digest in value.items()} if isinstance(value, dict) else {}


def _reason(slug: str, digest: str, noted: Mapping[str, str]) -> str:
    if slug not in noted:
        return "has no digest; compare it with its source"
    return "" if noted[slug] == digest else "changed in the source since it was translated; compare the two"


def _digest(text: str) -> str:
    """Letters alone, as YAML reads some digits as a number in octal."""
    words = " ".join(without_comments(text).split())
    return hashlib.sha256(words.encode()).hexdigest()[:_LENGTH].translate(_LETTERS)
