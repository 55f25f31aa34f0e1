"""Bullets, labels and lead-ins are known by their edges."""

from __future__ import annotations

import pytest

from index.marks import LONGEST_LEAD_IN, bullet_length, is_label, lead_in


@pytest.mark.parametrize(
    ("line", "length"),
    [
        ("- one", 2),
        ("•  one", 3),
        ("12. one", 4),
        ("(3) one", 4),
        ("b) one", 3),
        ("-one", 0),
        ("–", 0),
        ("2019. one", 0),
        ("29. Juni 2017: Auftakt", 0),
        ("1. maj", 0),
        ("B. Hansen", 0),
        ("2 thematic visits", 0),
        ("1.5 million", 0),
        ("", 0),
    ],
)
def test_a_bullet_needs_a_blank_after_it(line: str, length: int):
    assert bullet_length(line) == length


@pytest.mark.parametrize(
    "line",
    [
        "Project duration: 54 months (01.01.2017 – 30.06.2021)",
        "Total project value : EUR 1,376,708",
        "Projektets budget:\xa0 EUR 770,860.00",
        "2nd call: open until March",
        "Czas trwania: 36 miesięcy",
    ],
)
def test_a_name_and_its_value_make_a_label(line: str):
    assert is_label(line)


@pytest.mark.parametrize(
    "line",
    [
        "Project partners:",
        "the rest: nothing",
        "- Duration: 54 months",
        "See https://example.eu for more",
        "At 10:30 we met",
        "This is a long sentence in which somebody said to all of us: go home",
        "It ended. After that: nothing",
        "Note: it ended. Then it began again.",
    ],
)
def test_other_lines_are_no_labels(line: str):
    assert not is_label(line)


@pytest.mark.parametrize(
    ("text", "lead"),
    [
        ("The partners are:", "The partners are"),
        ("It ended in 2021. The outputs are:", "The outputs are"),
        ("The outputs are.", ""),
        (":", ""),
        ("x" * LONGEST_LEAD_IN + ":", "x" * LONGEST_LEAD_IN),
        ("x" * (LONGEST_LEAD_IN + 1) + ":", ""),
    ],
)
def test_the_last_short_sentence_leads_to_a_list(text: str, lead: str):
    assert lead_in(text) == lead
