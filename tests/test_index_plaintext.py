"""Text without markup becomes blocks by what its lines look like."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.model import BlockKind
from index.plaintext import parse_plain
from index.read import read_guide

PAGE = """SolarLink

Funding : Interreg North Sea
Project partners
1) Port of Aalborg (DK)
2) Solar Valley (DE)
Project duration: 36 months (01.03.2019 – 28.02.2022)
Total value: EUR 1,200,000.00
Purpose of the project
SolarLink brought small firms in four regions together, so that they could sell their services abroad.
Results:
- Twelve firms found a partner.
- A handbook was written.
What came after
The partners met once a year until 2024, and two of them started a new project with new members.
"""
PAGES = Path(__file__).parent.parent.parent / "shared" / "data" / "project-pages"


def read(text: str, stem: str = "solar-link"):
    title, blocks = parse_plain(text, stem)
    return title, [(block.kind, block.headings, text[block.start : block.end]) for block in blocks]


def test_a_page_is_read_as_a_person_reads_it():
    title, blocks = read(PAGE)
    item, label, heading = BlockKind.LIST_ITEM, BlockKind.LABEL, BlockKind.HEADING
    assert title == "SolarLink"
    assert [(kind, path, words[:24]) for kind, path, words in blocks] == [
        (heading, (), "SolarLink"),
        (label, (), "Funding : Interreg North"),
        (heading, (), "Project partners"),
        (item, ("Project partners",), "1) Port of Aalborg (DK)"),
        (item, ("Project partners",), "2) Solar Valley (DE)"),
        (label, (), "Project duration: 36 mon"),
        (label, (), "Total value: EUR 1,200,0"),
        (heading, (), "Purpose of the project"),
        (BlockKind.PARAGRAPH, ("Purpose of the project",), "SolarLink brought small "),
        (heading, ("Purpose of the project",), "Results:"),
        (item, ("Purpose of the project", "Results"), "- Twelve firms found a p"),
        (item, ("Purpose of the project", "Results"), "- A handbook was written"),
        (heading, (), "What came after"),
        (BlockKind.PARAGRAPH, ("What came after",), "The partners met once a "),
    ]


def test_lines_are_counted_from_one():
    _, blocks = parse_plain(PAGE, "solar-link")
    assert [block.line for block in blocks][:4] == [1, 3, 4, 5]


def test_capitals_are_headings_wherever_they_stand():
    _, blocks = read("Et afsnit om noget.\nPROJEKTPARTNERE\n• A\n• B\nBUDGET I ALT\nEUR 770,860.00\n")
    assert [words for kind, _, words in blocks if kind is BlockKind.HEADING] == [
        "PROJEKTPARTNERE",
        "BUDGET I ALT",
    ]


def test_an_amount_alone_is_no_heading():
    _, blocks = read(
        "EUR 770,860.00\n\nThe whole budget of the project was paid out in the first year, as planned."
    )
    assert blocks[0][0] is BlockKind.PARAGRAPH


@pytest.mark.parametrize("mark", ["-", "–", "•", "*", "1.", "1)", "(1)", "a)"])
def test_every_kind_of_bullet_opens_an_item(mark: str):
    _, blocks = read(f"Goals:\n{mark} grow abroad\n")
    assert blocks[-1] == (BlockKind.LIST_ITEM, ("Goals",), f"{mark} grow abroad")


def test_a_year_opens_no_item():
    _, blocks = read(
        "In the year\n2019. That was all there was to say about the matter at that time, and more."
    )
    assert blocks[-1][0] is BlockKind.PARAGRAPH


def test_the_last_sentence_before_a_list_leads_to_it():
    _, blocks = read(
        "The project ended in 2021 with a meeting. The main outputs are:\n\n• a method;\n• a system.\n"
    )
    assert blocks[1][1] == ("The main outputs are",)


def test_a_long_sentence_leads_to_nothing():
    long = (
        "The outputs of the regular project that were used for this "
        + "very " * 12
        + "long extension stage are:"
    )
    _, blocks = read(f"{long}\n\n• a method\n")
    assert blocks[1][1] == ()


def test_lines_wrapped_at_a_width_make_one_paragraph():
    text = (
        "A first heading\n\nThe project brings together partners from five regions, and\n"
        "they meet four times a year to learn from each other and to\nwrite a plan for the region.\n\n"
        "Another paragraph stands here that is also wrapped at sixty\nletters and ends here.\n"
    )
    _, blocks = read(text)
    assert [kind for kind, _, _ in blocks] == [BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.PARAGRAPH]


def test_an_indented_line_goes_on_with_its_item():
    _, blocks = read("Goals:\n- to grow\n  abroad\n- to learn\n")
    assert [words for kind, _, words in blocks if kind is BlockKind.LIST_ITEM] == [
        "- to grow\n  abroad",
        "- to learn",
    ]


@pytest.mark.parametrize(
    ("text", "stem", "title"),
    [
        (
            "Project objective\nThe KISS ME project is about innovation in four border regions.",
            "kiss-me",
            "KISS ME",
        ),
        ("If you wish to know a bit more, read on.", "cluster-innovation", "Cluster innovation"),
        ("SME Go Global\n\nThe network (SmeGoNet) works well.", "smegonet", "SmeGoNet – SME Go Global"),
        ("InterVentures\nDuration: 36 months", "interventures", "InterVentures"),
    ],
)
def test_a_title_is_what_the_text_calls_itself(text: str, stem: str, title: str):
    assert parse_plain(text, stem)[0] == title


@given(st.text(alphabet=st.sampled_from("aB1 :.-•\n\xa0"), max_size=200))
def test_blocks_are_in_order_apart_and_leave_out_only_blanks_and_rules(text: str):
    _, blocks = parse_plain(text, "x")
    end = 0
    for block in blocks:
        assert not text[end : block.start].strip("-* \n\xa0")
        assert text[block.start : block.end] == text[block.start : block.end].strip()
        assert block.end > block.start >= end
        end = block.end
    assert not text[end:].strip("-* \n\xa0")


def page(name: str):
    path = PAGES / name
    if not path.exists():
        if os.environ.get("CI") == "true" and PAGES.parent.exists():
            pytest.fail(f"{path} is missing")
        pytest.skip("the real project pages are not beside this clone")
    return read_guide(path)


def test_partners_and_figures_of_a_real_page_stand_under_their_own_headings():
    guide = page("kiss-me.txt")
    paths = {guide.text[block.start : block.end]: block.headings for block in guide.blocks}
    assert guide.title == "KISS ME"
    assert paths["1) Euregio RhineWaal (DE)"] == ("Project partners",)
    assert paths["Project duration: 54 months (01.01.2017 – 30.06.2021)"] == ()


def test_a_real_danish_page_is_danish_with_its_capitals_as_headings():
    guide = page("gosmart-excel-bsr.da.txt")
    assert (guide.language, guide.title) == ("da", "GoSmart & Excel BSR")
    assert "TILKNYTTEDE ORGANISATIONER" in {block.headings[0] for block in guide.blocks if block.headings}
    budget = next(block for block in guide.blocks if "770,860.00" in guide.text[block.start : block.end])
    assert (budget.kind, budget.headings) == (BlockKind.LABEL, ())
