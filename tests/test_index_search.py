"""A search over a collection: filters, scores, widening and views that stay."""

from __future__ import annotations

import runpy
from dataclasses import replace
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

import pytest

from index import Collection, GuideIndex
from index.errors import UnknownGuideError

if TYPE_CHECKING:
    from collections.abc import Iterator

FIXTURES = Path(__file__).parent / "fixtures" / "index"
SCRIPTED = runpy.run_path(str(FIXTURES / "scripted.py"))["ScriptedEmbedder"]

GUIDES = {
    "kiss-me.md": "---\ntitle: KISS ME\nlanguage: en\ntopics: [smes]\n---\n"
    "## Time\n\nKISS ME ran for 54 months.\n\n"
    "## Money\n\nThe budget was EUR 1,176,540.00.\n\n## Aim\n\nFirms should innovate.\n",
    "inter.md": "---\ntitle: InterVentures\nlanguage: en\ntopics: [abroad, smes]\n---\n"
    "## Time\n\nInterVentures ran for 36 months.\n",
    "gosmart.da.md": "---\ntitle: GoSmart\nlanguage: da\ntopics: [abroad]\n---\n"
    "## Penge\n\nBudgettet er EUR 770,860.00.\n",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    source = tmp_path / "guides"
    source.mkdir()
    for name, text in GUIDES.items():
        (source / name).write_text(text, encoding="utf-8")
    return source


@pytest.fixture(params=[True, False], ids=["vectors", "keywords"])
def index(request: pytest.FixtureRequest, folder: Path, tmp_path: Path) -> Iterator[GuideIndex]:
    collection = Collection(tmp_path / "index", SCRIPTED() if request.param else None)
    collection.update([folder])
    with collection.open() as opened:
        yield opened


def found(index: GuideIndex, text: str, **options: object) -> list[str]:
    return [f"{hit.passage.guide} {hit.passage.heading}" for hit in index.search(text, **options)]


def test_the_passage_that_answers_comes_first(index: GuideIndex):
    assert found(index, "How many months KISS ME ran?")[0] == "kiss-me Time"
    assert found(index, "1176540")[0] == "kiss-me Money"
    assert found(index, "Hvad er Budgettet for GoSmart?")[0] == "gosmart.da Penge"


def test_ranks_count_from_one_and_scores_fall(index: GuideIndex):
    hits = index.search("months of the budget", k=3)
    assert [hit.rank for hit in hits] == list(range(1, len(hits) + 1))
    fused = [hit.scores.fused for hit in hits]
    assert fused == sorted(fused, reverse=True)


def test_parts_of_the_score_are_kept(index: GuideIndex):
    scores = index.search("How many months did KISS ME run?")[0].scores
    assert scores.keyword > 0
    assert (scores.dense is None) == (scores.dense_z is None) == index.keywords_only


def test_filters_come_before_the_ranking(index: GuideIndex):
    assert set(found(index, "months budget EUR", language="da")) == {"gosmart.da Penge"}
    assert set(found(index, "months ran", guides=["inter"])) == {"inter Time"}
    assert {name.split()[0] for name in found(index, "budget months", topics=["abroad"])} <= {
        "inter",
        "gosmart.da",
    }
    assert found(index, "months", guides=["inter"], topics=["none"]) == []
    assert found(index, "months", guides=[]) == []
    assert found(index, "months", language="xx") == []


def test_a_cap_keeps_one_guide_from_filling_the_list(index: GuideIndex):
    guides = [hit.passage.guide for hit in index.search("KISS ME months budget firms", per_guide=1)]
    assert len(guides) == len(set(guides))


@pytest.mark.parametrize("text", ["", "  \n", "?"])
def test_no_question_finds_nothing(index: GuideIndex, text: str):
    assert index.search(text) == []


def test_k_bounds_the_list(index: GuideIndex):
    assert len(index.search("months", k=1)) == 1
    assert index.search("months", k=0) == []


def test_a_passage_knows_its_text_place_and_neighbours(index: GuideIndex):
    passage = index.search("1176540")[0].passage
    guide = index.guide(passage.guide)
    assert guide.text[passage.start : passage.end] == passage.text
    assert index.passage(passage.id) == passage
    assert [other.heading for other in index.neighbours(passage)] == ["Time", "Aim"]
    assert [other.position for other in index.passages("kiss-me")] == [0, 1, 2]


DEEP = """\
---
title: Deep
language: en
---
Before any heading.

## Money

The budget.

### Own share

A quarter is paid by the firm.

### Grant

The grant pays the rest.

## Time

Two years.
"""


@pytest.fixture
def deep(tmp_path: Path) -> Iterator[GuideIndex]:
    (tmp_path / "deep.md").write_text(DEEP, encoding="utf-8")
    collection = Collection(tmp_path / "index")
    collection.update([tmp_path / "deep.md"])
    with collection.open() as opened:
        yield opened


@pytest.mark.parametrize(
    ("asked", "headings", "texts"),
    [
        ("budget", ("Money",), ["The budget.", "A quarter is paid by the firm.", "The grant pays the rest."]),
        ("quarter firm", ("Money", "Own share"), ["A quarter is paid by the firm."]),
        ("years", ("Time",), ["Two years."]),
        ("before heading", (), ["Before any heading."]),
    ],
)
def test_a_hit_can_be_widened_to_its_section(
    deep: GuideIndex, asked: str, headings: tuple[str, ...], texts: list[str]
):
    passage = deep.search(asked, k=1)[0].passage
    section = deep.section(passage)
    assert section.headings == headings
    assert [each.text for each in section.passages] == texts
    text = deep.guide("deep").text[section.start : section.end]
    assert (text.startswith(texts[0]), text.endswith(texts[-1])) == (True, True)


def test_a_section_of_a_long_guide_without_headings_is_all_of_it(tmp_path: Path):
    (tmp_path / "flat.txt").write_text("\n\n".join(["The ferry sails at noon. " * 30] * 4), encoding="utf-8")
    collection = Collection(tmp_path / "index")
    collection.update([tmp_path / "flat.txt"])
    with collection.open() as index:
        every = index.passages("flat")
        assert len(every) > 1
        assert index.section(every[1]).passages == every


def test_a_passage_that_is_no_longer_there_is_its_own_section(deep: GuideIndex):
    gone = replace(deep.passages("deep")[0], position=99)
    assert deep.section(gone).passages == (gone,)


def test_filters_go_together_and_the_cap_comes_last(index: GuideIndex):
    assert set(found(index, "months budget", language="en", topics=["abroad"])) == {"inter Time"}
    assert found(index, "months budget", language="da", guides=["inter"]) == []
    capped = index.search("months budget firms innovate", topics=["smes"], per_guide=1)
    assert sorted(hit.passage.guide for hit in capped) == ["inter", "kiss-me"]


def test_the_language_of_a_question_can_be_told(index: GuideIndex):
    asked = [
        index.search("GoSmart budget 770,860", asked_in=language)[0].passage.guide
        for language in ("en", "da")
    ]
    assert asked == ["gosmart.da", "gosmart.da"]


def test_an_unknown_guide_or_passage_is_told(index: GuideIndex):
    with pytest.raises(UnknownGuideError, match="no guide called nothing; `hansa guides list`"):
        index.guide("nothing")
    with pytest.raises(UnknownGuideError, match="no passage 999"):
        index.passage(999)


def test_heads_tell_what_a_list_shows(index: GuideIndex):
    head = index.guides()[-1]
    assert (head.slug, head.title, head.language, head.origin, head.passages) == (
        "kiss-me",
        "KISS ME",
        "en",
        "added",
        3,
    )
    assert head.topics == ("smes",)
    assert len(index) == 5


def test_without_a_model_the_index_says_so(folder: Path, tmp_path: Path):
    collection = Collection(tmp_path / "index")
    collection.update([folder])
    with collection.open() as index:
        assert index.keywords_only
        assert index.note.startswith("Searching by keywords only, as there is no embedding model")


def test_vectors_of_another_model_are_not_compared(folder: Path, tmp_path: Path):
    Collection(tmp_path / "index", SCRIPTED("first")).update([folder])
    with Collection(tmp_path / "index", SCRIPTED("second")).open() as index:
        assert index.keywords_only
        assert "not embedded with this model" in index.note
        assert index.search("months")[0].scores.dense is None


def test_an_open_view_stays_as_it_was(folder: Path, tmp_path: Path):
    collection = Collection(tmp_path / "index", SCRIPTED())
    collection.update([folder])
    with collection.open() as before:
        (folder / "inter.md").unlink()
        (folder / "kiss-me.md").write_text("Quite another text about months.", encoding="utf-8")
        collection.update([folder], replace=True)
        collection.update([folder], replace=True)
        assert found(before, "How many months KISS ME ran?")[0] == "kiss-me Time"
        assert before.guide("inter").title == "InterVentures"
        with collection.open() as after:
            assert after.generation > before.generation
            assert {head.slug for head in after.guides()} == {"gosmart.da", "kiss-me"}
            assert after.guide("kiss-me").text.startswith("Quite another")


def test_threads_share_an_index(index: GuideIndex):
    results: list[list[str]] = []
    threads = [
        Thread(target=lambda: results.append(found(index, "How many months KISS ME ran?"))) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(results) == 8
    assert all(result == results[0] for result in results)


def test_an_empty_collection_can_be_searched(tmp_path: Path):
    with Collection(tmp_path / "index", SCRIPTED()).open() as index:
        assert len(index) == 0
        assert index.search("anything") == []
        assert index.guides() == ()
