"""Passages follow the structure of a guide, cover it and hold its exact text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from index.markdown import parse_markdown
from index.model import Block, BlockKind, Guide, Passage
from index.plaintext import parse_plain
from index.split import LEAST_WORDS, MOST_WORDS, split

if TYPE_CHECKING:
    from collections.abc import Sequence


def markdown_guide(source: str):
    parsed = parse_markdown(source)
    title, text, blocks = parsed.title, parsed.text, parsed.blocks
    return Guide("g", title, text, blocks, "en", "")


def plain_guide(source: str):
    title, blocks = parse_plain(source, "g")
    return Guide("g", title, source, blocks, "en", "")


def sentence(words: int, start: str = "Word"):
    return " ".join([start, *["word"] * (words - 2), "end."])


def counts(passages: Sequence[Passage]):
    return [len(passage.text.split()) for passage in passages]


def test_a_passage_never_crosses_a_heading():
    passages = split(markdown_guide("# T\n\nIntro.\n\n## A\n\nOne.\n\n### B\n\nTwo.\n\n## C\n\nThree.\n"))
    assert [(passage.heading, passage.text) for passage in passages] == [
        ("", "Intro."),
        ("A", "One."),
        ("A › B", "Two."),
        ("C", "Three."),
    ]
    assert [passage.position for passage in passages] == [0, 1, 2, 3]
    assert [passage.line for passage in passages] == [3, 7, 11, 15]


def test_short_neighbours_are_joined():
    guide = markdown_guide("## A\n\n" + "\n\n".join(sentence(50) for _ in range(4)))
    assert counts(split(guide)) == [200]


def test_long_sections_are_cut_into_even_passages():
    guide = markdown_guide("## A\n\n" + "\n\n".join(sentence(40) for _ in range(11)))
    assert counts(split(guide)) == [160, 160, 120]


def test_a_long_paragraph_is_cut_between_sentences():
    guide = markdown_guide(" ".join(sentence(30) for _ in range(20)))
    passages = split(guide)
    assert all(passage.text.endswith("end.") and passage.text.startswith("Word") for passage in passages)
    assert all(count <= MOST_WORDS for count in counts(passages))
    assert all(count >= LEAST_WORDS for count in counts(passages)[:-1])


def test_a_sentence_longer_than_a_passage_is_cut_between_words():
    guide = markdown_guide("word " * 500)
    assert sum(counts(split(guide))) == 500
    assert max(counts(split(guide))) <= MOST_WORDS


def test_a_list_stays_with_the_line_that_leads_to_it():
    items = "\n".join(f"- {sentence(30)}" for _ in range(6))
    guide = markdown_guide(f"# T\n\n## A\n\n{sentence(150)}\n\nThe steps are:\n\n{items}\n")
    first, second = split(guide)
    assert first.text.endswith("end.")
    assert second.text.startswith("The steps are:")
    assert second.headings == ("A",)


def test_items_cut_off_from_their_lead_keep_it_in_their_path():
    items = "\n".join(f"- {sentence(60)}" for _ in range(8))
    passages = split(markdown_guide(f"# T\n\n## A\n\nThe steps are:\n\n{items}\n"))
    assert passages[0].headings == ("A",)
    assert passages[-1].headings == ("A", "The steps are")


def test_labels_after_a_list_stand_apart_from_its_heading():
    guide = plain_guide(
        "Project partners\n1) Euregio (DE)\n2) EGTC (FR)\nDuration: 54 months\nValue: EUR 5\n"
    )
    assert [(passage.headings, passage.text) for passage in split(guide)] == [
        (("Project partners",), "1) Euregio (DE)\n2) EGTC (FR)"),
        ((), "Duration: 54 months\nValue: EUR 5"),
    ]


def check(guide: Guide):
    passages = split(guide)
    end = 0
    for position, passage in enumerate(passages):
        assert passage.position == position
        assert passage.start >= end
        assert passage.text == guide.text[passage.start : passage.end] != ""
        assert len(passage.text.split()) <= MOST_WORDS
        end = passage.end
    inside = "".join(passage.text for passage in passages)
    blocks = [block for block in guide.blocks if block.kind is not BlockKind.HEADING]
    wanted = "".join(guide.text[block.start : block.end] for block in blocks)
    assert "".join(inside.split()) == "".join(wanted.split())
    for heading in guide.blocks:
        if heading.kind is BlockKind.HEADING:
            assert all(heading.end <= each.start or heading.start >= each.end for each in passages)


PIECES = st.one_of(
    st.integers(1, 4).map(lambda level: "#" * level + " Heading"),
    st.integers(1, 300).map(lambda count: "word " * count),
    st.integers(1, 60).map(lambda count: " ".join(sentence(9) for _ in range(count))),
    st.integers(1, 30).map(lambda count: "Steps:\n\n" + "\n".join(f"- {sentence(20)}" for _ in range(count))),
    st.just("| a | b |\n|---|---|\n| 1 | 2 |"),
    st.just("> said\n\n```\ncode\n```"),
)


@settings(max_examples=60)
@given(st.lists(PIECES, max_size=12))
def test_passages_cover_any_markdown_without_overlap(pieces: list[str]):
    check(markdown_guide("\n\n".join(pieces)))


@settings(max_examples=60)
@given(st.lists(st.one_of(PIECES, st.sampled_from(["PARTNERS", "Value: EUR 5", "Goals:", ""])), max_size=14))
def test_passages_cover_any_text_without_overlap(lines: list[str]):
    check(plain_guide("\n".join(lines)))


def test_a_passage_knows_its_page_and_its_own_language():
    german = (
        "Das ist ein Absatz, der nicht in der Sprache des übrigen Textes steht und auch lang genug ist. " * 3
    )
    text = f"An opening.\n\nHead\n\n{german.strip()}"
    start = text.index("Das")
    blocks = (
        Block(BlockKind.PARAGRAPH, 0, 11, (), 1, page=3),
        Block(BlockKind.HEADING, 13, 17, (), 3, 1, page=4),
        Block(BlockKind.PARAGRAPH, start, len(text), ("Head",), 5, page=4),
    )
    passages = split(Guide("g", "G", text, blocks, "en", ""))
    assert [(each.page, each.language) for each in passages] == [(3, "en"), (4, "de")]
