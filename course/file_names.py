"""What the names of files and folders say: the order, the bare name, the language."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .source import is_file, stays_inside

if TYPE_CHECKING:
    from pathlib import Path

_NUMBER = re.compile(r"(\d+)[-_. ]+")
_TRANSLATION = re.compile(r".+\.([a-z]{2,3}(?:-[A-Za-z]{2,4})?)$")
_SPECIAL = frozenset({"module", "quiz", "readme"})
_MAX_NUMBER_DIGITS = 9


def is_translation(path: Path) -> bool:
    """Whether the file is `NAME.<language>.md` beside a `NAME.md`."""
    match = _TRANSLATION.match(path.stem)
    return bool(match) and path.with_name(f"{path.stem.rsplit('.', 1)[0]}.md").is_file()


def language_of(path: Path) -> str:
    """The language that the name of a translation tells; empty for any other file."""
    return path.stem.rpartition(".")[2] if is_translation(path) else ""


def languages_of(path: Path) -> tuple[str, ...]:
    """The languages into which a file is translated, in order."""
    from glob import escape  # noqa: PLC0415 - needed only where a lesson is open

    found = path.parent.glob(f"{escape(path.stem)}.*.md")
    return tuple(sorted(language for language in map(language_of, found) if language))


def lesson_paths(folder: Path) -> list[Path]:
    """The lesson files of a module in reading order, translations left out."""
    files = (
        path
        for path in folder.iterdir()
        if path.suffix == ".md"
        and not path.name.startswith((".", "_"))
        and path.stem.lower() not in _SPECIAL
        and not is_translation(path)
    )
    return sorted(files, key=lambda path: (order_number(path.name), path.name))


def bare_name(name: str) -> str:
    """The name without the number that orders it."""
    from .slugs import slug  # noqa: PLC0415 - with its patterns, needed only where a file has changed

    return slug(_NUMBER.sub("", name, count=1) if _NUMBER.match(name) else name)


def order_number(name: str) -> int:
    """The number that orders a file or folder; a very large one when it has none."""
    match = _NUMBER.match(name)
    return int(match[1][:_MAX_NUMBER_DIGITS]) if match else 10**_MAX_NUMBER_DIGITS


def translation_of(path: Path, language: str) -> Path | None:
    """The version of a file in a language; None when there is none inside its folder."""
    if not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z]{2,4})?", language):
        return None
    found = path.with_name(f"{path.stem}.{language}.md")
    return found if is_file(found) and stays_inside(found, path.parent) else None
