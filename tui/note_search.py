"""The learner's notes and bookmarks, looked up by their words and by those of the block at which they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .folded import places_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from course.notes import Note


def find_notes(noted: Sequence[Note], words: Sequence[str]) -> list[Note]:
    """The notes and bookmarks that hold every folded word: first those whose own text does."""
    if not words:
        return []
    written = [note for note in noted if _holds(note.text, words)]
    around = [note for note in noted if note not in written and _holds(_all_words(note), words)]
    return written + around


def _all_words(note: Note) -> str:
    return f"{note.text} {note.anchor.words}"


def _holds(text: str, words: Sequence[str]) -> bool:
    return all(places_of([word], text) for word in words)
