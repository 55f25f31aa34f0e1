"""PDFs become running text with headings, lists, tables and pages."""

from __future__ import annotations

import pytest

from index.model import BlockKind
from index.parsed import RefusedError
from index.pdf import parse_pdf
from index.pdf_lines import MOST_PAGES


def told(parsed, kind=None):
    return [parsed.text[each.start : each.end] for each in parsed.blocks if kind in {None, each.kind}]


@pytest.fixture(scope="module")
def report(documents):
    """Three pages with a running head, page numbers and everything else that a report has."""
    lines, bold = documents.lines, documents.BOLD

    def page(number, *parts) -> list[tuple[float, float, str, float, str]]:
        head = lines("Guide to ferries", top=805, size=9)
        foot = lines(f"Page {number} of 3", top=36, left=280, size=9)
        return [*head, *(words for part in parts for words in part), *foot]

    first = page(
        1,
        lines("Crossing the Baltic", top=760, size=18, font=bold),
        lines(
            "The ferry line was a project of many inter-",
            "national partners. It opened cross-",
            "border trade, since cross-border trade is old.",
        ),
        lines("Money", top=670, size=13, font=bold),
        lines("The partners are:", top=650),
        lines("• the port of Lübeck with all of its old", top=636, left=82),
        lines("warehouses", top=622, left=92),
        lines("• the port of Tallinn", top=608, left=82),
        lines("1. a numbered one", top=594, left=82),
        lines("Name", top=560, font=bold) + lines("Amount", top=560, left=250, font=bold),
        lines("The last paragraph of this page runs on until it ends", top=490),
    )
    rows = [("Cog", "10,000 euro", 546), ("Oar", "12 euro", 532)]
    for name, amount, top in rows:
        first += lines(name, top=top) + lines(amount, top=top, left=250)
    first.sort(key=lambda words: -words[1])
    second = page(
        2,
        lines("on the second page. Another sentence stands here.", top=760),
        lines("A bold heading", top=730, font=bold),
        lines("Text below it that ends.", top=710),
    )
    third = page(3, lines("Duration: 54 months", "Budget: 5 million euro", top=760))
    return parse_pdf(documents.pdf([first, second, third]))


def test_the_largest_heading_is_the_title(report):
    assert report.title == "Crossing the Baltic"


def test_headings_are_told_by_size_and_weight(report):
    headings = [
        (report.text[each.start : each.end], each.level)
        for each in report.blocks
        if each.kind is BlockKind.HEADING
    ]
    assert headings == [("Crossing the Baltic", 1), ("Money", 2), ("A bold heading", 3)]


def test_words_broken_at_the_end_of_a_line_are_whole_again(report):
    assert "many international partners" in report.text
    assert "opened cross-border trade" in report.text


def test_what_runs_along_the_pages_is_gone(report):
    assert "Guide to ferries" not in report.text
    assert "Page" not in report.text


def test_items_stand_below_the_line_that_leads_to_them(report):
    assert told(report, BlockKind.LIST_ITEM) == [
        "- the port of Lübeck with all of its old warehouses",
        "- the port of Tallinn",
        "1. a numbered one",
    ]
    item = next(each for each in report.blocks if each.kind is BlockKind.LIST_ITEM)
    assert item.headings == ("Money", "The partners are")


def test_rows_of_a_table_read_alone(report):
    assert told(report, BlockKind.TABLE_ROW) == [
        "Name: Cog; Amount: 10,000 euro",
        "Name: Oar; Amount: 12 euro",
    ]


def test_a_sentence_over_a_page_break_is_one_and_the_next_has_its_own_page(report):
    pages = {report.text[each.start : each.end]: each.page for each in report.blocks}
    assert pages["The last paragraph of this page runs on until it ends on the second page."] == 1
    assert pages["Another sentence stands here."] == 2
    assert pages["Text below it that ends."] == 2
    assert pages["Duration: 54 months"] == 3


def test_labels_are_kept_apart(report):
    assert told(report, BlockKind.LABEL) == ["Duration: 54 months", "Budget: 5 million euro"]


def test_a_hyphen_that_stands_for_the_rest_of_a_word_stays(documents):
    page = documents.lines("Sie nennt alle Vor-", "und Nachteile der Reise.")
    assert told(parse_pdf(documents.pdf([page]))) == ["Sie nennt alle Vor- und Nachteile der Reise."]


def test_paragraphs_are_told_by_the_space_between_them(documents):
    page = documents.lines("One line of the first", "and its second line.") + documents.lines(
        "Here is the second one,", "which has two lines.", top=690
    )
    assert told(parse_pdf(documents.pdf([page]))) == [
        "One line of the first and its second line.",
        "Here is the second one, which has two lines.",
    ]


def test_headings_all_of_one_size_are_told_by_their_shape(documents):
    page = (
        documents.lines("Purpose of the fund", top=760)
        + documents.lines(
            "The fund pays for the first half of a journey and", "for the way back home.", top=732
        )
        + documents.lines("2. Who may apply", top=690)
        + documents.lines(
            "Any firm with fewer than two hundred and fifty people", "may apply for it.", top=662
        )
    )
    parsed = parse_pdf(documents.pdf([page]))
    assert told(parsed, BlockKind.HEADING) == ["Purpose of the fund", "2. Who may apply"]


def test_page_numbers_that_only_count_are_gone_and_years_stay(documents):
    pages = [
        documents.lines(f"Page text number {word} ends.", top=700)
        + documents.lines(str(number), top=30, left=300)
        for number, word in enumerate(("one", "two", "three", "four"), 5)
    ]
    pages[0] += documents.lines("2027", top=60)
    text = parse_pdf(documents.pdf(pages)).text
    assert "2027" in text
    assert not {"5", "6", "7", "8"} & set(text.split())


def test_running_heads_that_change_with_the_chapter_are_gone(documents):
    pages = [
        documents.lines(f"Chapter {chapter}: {name} {number}", top=810)
        + documents.lines(f"What stands on page {number} of it.", top=600)
        for number, (chapter, name) in enumerate([(1, "Salt"), (1, "Salt"), (2, "Cogs"), (2, "Cogs")], 7)
    ]
    assert "Chapter" not in parse_pdf(documents.pdf(pages)).text


def test_a_table_of_contents_is_left_out(documents):
    page = documents.lines("1 Salt . . . . . . . . 3", "2 Cogs ........ 12", "What it says in the text.")
    assert parse_pdf(documents.pdf([page])).text == "What it says in the text."


def test_the_name_in_the_file_holds_where_its_pages_show_it(documents):
    page = documents.lines("EUREKA", size=30, top=780) + documents.lines(
        "A guide to clusters", "It ends here."
    )
    assert parse_pdf(documents.pdf([page], "A guide to clusters")).title == "A guide to clusters"
    assert parse_pdf(documents.pdf([page], "Microsoft Word - x.docx")).title == "EUREKA"


def test_blocks_tell_where_they_stand(report):
    assert all(report.text[each.start : each.end].strip() for each in report.blocks)
    assert [each.start for each in report.blocks] == sorted(each.start for each in report.blocks)


@pytest.mark.parametrize("data", [b"%PDF-1.4 nothing", b"garbage", b"%PDF-1.7\n" + bytes(500)])
def test_a_damaged_file_is_refused(data):
    with pytest.raises(RefusedError, match="seems to be damaged; save it anew"):
        parse_pdf(data)


def test_a_protected_file_is_refused(documents):
    with pytest.raises(RefusedError, match="is protected by a password; save it without one"):
        parse_pdf(documents.pdf([documents.lines("Secret.")], encrypted=True))


def test_pages_without_text_are_refused_as_scanned(documents):
    with pytest.raises(RefusedError, match="seems to be scanned; let OCR"):
        parse_pdf(documents.pdf([[], []]))


def test_too_many_pages_are_refused(documents):
    with pytest.raises(RefusedError, match="has more than 2,000 pages; split it"):
        parse_pdf(documents.pdf([[]] * (MOST_PAGES + 1)))
