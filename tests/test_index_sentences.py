"""Sentences with their places, in several languages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.markdown import parse_markdown
from index.model import Block, BlockKind, Guide
from index.plaintext import parse_plain
from index.sentences import block_sentences, sentence_spans, sentences


def cut(text: str, kind: BlockKind = BlockKind.PARAGRAPH):
    return [each.text for each in block_sentences(text, Block(kind, 0, len(text), (), 1))]


@pytest.mark.parametrize(
    "pieces",
    [
        ["It ran for 54 months.", "It ended in 2021."],
        ["Tools, e.g. Trans-S3, were tested.", "They work."],
        ["See No. 5 and Art. 12 of the rules.", "Dr. Smith and J. P. Hansen wrote it."],
        ["It ran 01.01.2017 – 30.06.2021.", "The value was 1.176.540,00 EUR."],
        ["Really?", "Yes!", "So it is…", "Good."],
        ['He said "It works."', "Then he left."],
        ["(A note in brackets.)", "The text goes on."],
        ["Det gælder bl.a. Norden, f.eks. Danmark, ca. 50 firmaer.", "Det slutter den 1. juli 2021."],
        ["Mødet var d. 3. Marts 2020 i Aalborg.", "Alle kom."],
        ["Das gilt z. B. für Firmen, d.h. Betriebe.", "Es endete am 30. Juni 2021.", "Ende."],
        ["Projekt trwał m.in. w Polsce, tzw. etap 1.", "Zakończył się w 2021 r. zgodnie z planem."],
        ["¿Cuánto duró?", "¡Mucho!", "Véase el art. 5 de la ley."],
        ["Le projet (cf. p. 5) est fini.", "« Il marche. »", "Bien."],
        ["Ποιο είναι το έργο.", "Είναι μεγάλο."],
        ["Rates were 83.67 % etc. and so on.", "Version 2.0 came later."],
        ["The U.S. Embassy came.", "It stayed."],
        ["Phase 1 took 24 months.", "2 thematic visits were made."],
    ],
)
def test_sentences_end_where_a_reader_ends_them(pieces: list[str]):
    assert cut(" ".join(pieces)) == pieces


@pytest.mark.parametrize("kind", [BlockKind.LABEL, BlockKind.TABLE_ROW, BlockKind.CODE])
def test_labels_rows_and_code_stay_whole(kind: BlockKind):
    assert cut("Value: EUR 5. Of which 3. For all.", kind) == ["Value: EUR 5. Of which 3. For all."]


@pytest.mark.parametrize("mark", ["- ", "1. ", "• ", "(2) "])
def test_the_mark_of_an_item_is_no_part_of_its_sentence(mark: str):
    assert cut(f"{mark}Aalborg is first. Zaragoza is second.", BlockKind.LIST_ITEM) == [
        "Aalborg is first.",
        "Zaragoza is second.",
    ]


def test_a_wrapped_sentence_keeps_its_line_break():
    assert cut("It goes on\nover two lines. It ends.") == ["It goes on\nover two lines.", "It ends."]


def guide_of(source: str):
    parsed = parse_markdown(source)
    title, text, blocks = parsed.title, parsed.text, parsed.blocks
    return Guide("g", title, text, blocks, "en", "")


def test_sentences_of_a_guide_know_where_they_stand():
    guide = guide_of("# T\n\n## Partners\n\nThe partners are:\n\n- Aalborg. It leads.\n- Burgos\n")
    found = sentences(guide)
    assert [each.text for each in found] == ["The partners are:", "Aalborg.", "It leads.", "Burgos"]
    assert found[1].headings == ("Partners", "The partners are")
    assert [each.line for each in found] == [5, 7, 7, 8]
    assert all(guide.text[each.start : each.end] == each.text for each in found)


def test_a_span_gives_the_sentences_that_touch_it():
    guide = guide_of("One is here. Two is here. Three is here.")
    start = guide.text.index("is here. Three")
    assert [each.text for each in sentences(guide, start)] == ["Two is here.", "Three is here."]
    assert [each.text for each in sentences(guide, 0, 12)] == ["One is here."]


@given(st.text(alphabet=st.sampled_from("aB. !?1\n-«»\"'):"), max_size=120))
def test_spans_cover_a_text_but_for_blanks_whatever_it_says(text: str):
    _, blocks = parse_plain(text, "x")
    for block in blocks:
        end = block.start
        for start, last in sentence_spans(text, block):
            assert start >= end
            assert not text[end:start].strip()
            assert last > start
            end = last
        assert end == block.end
