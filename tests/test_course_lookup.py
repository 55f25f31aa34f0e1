"""Where words stand in a lesson."""

from __future__ import annotations

from pathlib import Path

from course.lookup import Hit, find_words
from course.parse import parse_lesson

TEXT = """\
---
title: T
---

## Salt and ships

Salt is dear. Ships carry
salt to the north.

| Goods | Price |
|---|---|
| Salt | 3 |

<!-- q id=q -->
### Who carries salt?

- [x] Ships
- [ ] Stones
  > Salt is too heavy.

> [!TIP]
> Salt water.

## Other

The **ships** carry.[^1]

[^1]: Salt.
"""


def hits(words):
    return find_words(parse_lesson(Path("01-l.md"), "m", TEXT), words)


def test_words_are_found_in_titles_prose_tables_questions_and_notes():
    assert hits("SALT") == (
        Hit(0, None, 0),
        Hit(0, 0, 0),
        Hit(0, 0, 1),
        Hit(0, 1, 0),
        Hit(0, 2, 0),
        Hit(1, 1, 0),
    )


def test_several_words_are_found_over_looks_and_line_ends():
    assert hits("carry  salt") == (Hit(0, 0, 0),)
    assert hits("ships carry") == (Hit(0, 0, 0), Hit(1, 0, 0))


def test_hints_and_feedback_are_not_given_away():
    assert not hits("too heavy")
    assert not hits("salt water")


def test_no_words_and_signs_of_patterns_find_nothing():
    assert not hits("  ")
    assert not hits("S.lt")
