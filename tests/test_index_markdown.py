"""Markdown becomes readable text, with a block for each piece of it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import markdown as module
from index.markdown import parse_markdown
from index.model import BlockKind
from index.source import clean

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.model import Block

SPECIFICATION = Path(__file__).parent.parent.parent / "shared" / "data" / "commonmark" / "spec.txt"

SCRAPS = (
    *("A b", "1. a", "12 c", "- ", "# ", "## T", " #", "> ", "|", "-|-", "==", "---", "```", "(a)", '"q"'),
    *("\n", "\n\n", "\n \n", "  ", "    ", "[a]", "[a]: /u", "[^1]: ", "*x*", "<b>", "<!--", "-->", "&amp;"),
)


def read(source: str, title: str = ""):
    parsed = parse_markdown(source, title)
    text, blocks = parsed.text, parsed.blocks
    return [(block.kind, block.headings, text[block.start : block.end]) for block in blocks]


def words(source: str):
    return [text for _, _, text in read(source)]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("A *firm* in a **region** with `code`.", "A firm in a region with code."),
        ("See [the guide](https://x.eu) and <https://y.eu>.", "See the guide and https://y.eu."),
        ("![A map](map.png) of it", "A map of it"),
        ("one\ntwo  \nthree", "one two three"),
        ("~~old~~ new", "old new"),
        ("a<br>b <b>bold</b>", "a b bold"),
        ("&euro; 5 &amp; more", "€ 5 & more"),
        ("dir &#x202e; end", "dir end"),
    ],
)
def test_markup_is_taken_out_and_words_stay(source: str, text: str):
    assert words(source) == [text]


def test_headings_make_a_path():
    blocks = read("# Guide\n\n## One\n\n### Deep\n\ntext\n\n## Two\n\nmore\n")
    assert [(path, text) for _, path, text in blocks] == [
        ((), "Guide"),
        ((), "One"),
        (("One",), "Deep"),
        (("One", "Deep"), "text"),
        ((), "Two"),
        (("Two",), "more"),
    ]


def test_a_first_heading_other_than_the_title_stays_in_the_path():
    assert read("# Part one\n\ntext", "The guide")[1][1] == ("Part one",)


def test_lists_keep_their_marks_and_stand_below_the_line_that_leads_to_them():
    blocks = read("The partners are:\n\n- Aalborg\n- Zaragoza\n  1. city\n  2. region\n\nText after.\n")
    lead = ("The partners are",)
    assert blocks[1:] == [
        (BlockKind.LIST_ITEM, lead, "- Aalborg"),
        (BlockKind.LIST_ITEM, lead, "- Zaragoza"),
        (BlockKind.LIST_ITEM, lead, "1. city"),
        (BlockKind.LIST_ITEM, lead, "2. region"),
        (BlockKind.PARAGRAPH, (), "Text after."),
    ]


def test_an_ordered_list_counts_from_its_own_start():
    assert words("3. three\n4. four") == ["3. three", "4. four"]


def test_an_item_that_leads_to_a_list_stands_over_it():
    assert read("- Partners:\n  - Aalborg\n")[1][1] == ("Partners",)


def test_a_second_paragraph_of_an_item_is_a_paragraph():
    assert [kind for kind, _, _ in read("- one\n\n  more\n")] == [BlockKind.LIST_ITEM, BlockKind.PARAGRAPH]


def test_each_row_of_a_table_reads_by_itself():
    table = "| Partner | Country | |\n|---|---|---|\n| HAMAG | Croatia | x |\n| Pannon | | |\n"
    assert words(table) == ["Partner: HAMAG; Country: Croatia; x", "Partner: Pannon"]


def test_quotes_alerts_code_and_labels_are_known():
    source = "> said\n\n> [!NOTE]\n> mind this\n\n```python\nx = 1\n```\n\nDuration: 54 months\n"
    assert [(kind, text) for kind, _, text in read(source)] == [
        (BlockKind.QUOTE, "said"),
        (BlockKind.QUOTE, "Note: mind this"),
        (BlockKind.CODE, "x = 1"),
        (BlockKind.LABEL, "Duration: 54 months"),
    ]


def test_html_keeps_its_words_and_loses_its_comments():
    assert words("<div>\n<p>Hello <b>you</b></p>\n<!-- secret -->\n</div>\n") == ["Hello you"]


def test_footnotes_are_paragraphs_at_the_end():
    assert words("Fact.[^1]\n\n[^1]: Source of it.\n") == ["Fact.", "Source of it."]


def test_lines_are_those_of_the_file():
    blocks = parse_markdown("# T\n\ntext\n\n- a\n- b\n\n| h |\n|---|\n| c |\n", first_line=10).blocks
    assert [block.line for block in blocks] == [10, 12, 14, 15, 19]


def check_blocks(text: str, blocks: Sequence[Block]):
    end = 0
    for block in blocks:
        assert block.start >= end
        assert not text[end : block.start].strip()
        assert text[block.start : block.end].strip()
        end = block.end
    assert not text[end:].strip()


@given(st.text(alphabet=st.sampled_from("ab \n#-*>|`[]()!:1.<&~_^"), max_size=150))
def test_blocks_cover_the_text_whatever_the_source(source: str):
    parsed = parse_markdown(clean(source))
    text, blocks = parsed.text, parsed.blocks
    check_blocks(text, blocks)


@given(st.lists(st.sampled_from(SCRAPS), max_size=25).map("".join))
def test_the_short_way_through_plain_text_reads_the_same(source: str):
    short, rules = parse_markdown(clean(source)), module._parser().block.ruler
    rules.disable("plain")
    try:
        assert parse_markdown(clean(source)) == short
    finally:
        rules.enable("plain")


def test_the_specification_of_markdown_is_read_whole():
    if not SPECIFICATION.exists():
        if os.environ.get("CI") == "true" and SPECIFICATION.parent.parent.exists():
            pytest.fail(f"{SPECIFICATION} is missing")
        pytest.skip("the CommonMark specification is not beside this clone")
    parsed = parse_markdown(clean(SPECIFICATION.read_text(encoding="utf-8")))
    text, blocks = parsed.text, parsed.blocks
    check_blocks(text, blocks)
    assert len(blocks) > 1000


@pytest.mark.parametrize("source", [">" * 3000 + " deep", "- " * 3000 + "deep", "[" * 3000, "*" * 3000 + "a"])
def test_deep_nesting_ends(source: str):
    parsed = parse_markdown(source)
    text, blocks = parsed.text, parsed.blocks
    check_blocks(text, blocks)
