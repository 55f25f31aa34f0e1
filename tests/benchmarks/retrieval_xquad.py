"""How well the index finds paragraphs, by the dense score, the keyword score and what is made of both.

usage: retrieval_xquad.py XQUAD_FOLDER [QUESTIONS]

XQUAD_FOLDER holds xquad.en.json, xquad.de.json and xquad.es.json; QUESTIONS is how many to ask in each
language (300). Each paragraph becomes one guide, so that reading, passages and search are the product's.
"""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from index import Collection, find_embedder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from index import GuideIndex, Hit

_LANGUAGES = ("en", "de", "es")
_RANK_CONSTANT = 60
_DEEPEST = 10

Question = tuple[str, str, str]
"""Language, words, slug of the guide that answers."""


def _load(folder: Path) -> dict[str, list[tuple[str, list[str]]]]:
    """Paragraphs with their questions, by language."""
    loaded = {}
    for language in _LANGUAGES:
        found = json.loads((folder / f"xquad.{language}.json").read_text(encoding="utf-8"))
        paragraphs = [paragraph for article in found["data"] for paragraph in article["paragraphs"]]
        loaded[language] = [(each["context"], [qa["question"] for qa in each["qas"]]) for each in paragraphs]
    return loaded


def _write_guides(folder: Path, paragraphs: list[tuple[str, str]]) -> None:
    folder.mkdir()
    for number, (language, text) in enumerate(paragraphs):
        front = f"---\ntitle: Paragraph\nlanguage: {language}\n---\n"
        (folder / f"p{number}.md").write_text(front + text, encoding="utf-8")


def _questions(data: list[tuple[str, list[str]]], language: str, count: int) -> list[Question]:
    asked = [
        (language, words, f"p{number}") for number, (_, all_words) in enumerate(data) for words in all_words
    ]
    step = max(1, len(asked) // count)
    return asked[::step][:count]


def _by(part: Callable[[Hit], float]) -> Callable[[list[Hit]], list[str]]:
    return lambda hits: [hit.passage.guide for hit in sorted(hits, key=part, reverse=True)]


def _rank_fusion(hits: list[Hit]) -> list[str]:
    scores: dict[str, float] = {}
    for order in (_by(_dense)(hits), _by(_keyword)(hits)):
        for rank, guide in enumerate(dict.fromkeys(order), 1):
            scores[guide] = scores.get(guide, 0.0) + 1 / (_RANK_CONSTANT + rank)
    return sorted(scores, key=lambda guide: -scores[guide])


def _dense(hit: Hit) -> float:
    return hit.scores.dense or 0.0


def _keyword(hit: Hit) -> float:
    return hit.scores.keyword


_RULES: dict[str, Callable[[list[Hit]], list[str]]] = {
    "dense less centroid": _by(_dense),
    "keywords": _by(_keyword),
    "rank fusion": _rank_fusion,
    "the rule": _by(lambda hit: hit.scores.fused),
}


def _ranks(index: GuideIndex, questions: list[Question]) -> Iterator[tuple[dict[str, int], float]]:
    """Rank of the right guide by each rule, and milliseconds of the search."""
    for language, words, right in questions:
        start = perf_counter()
        index.search(words, k=_DEEPEST, asked_in=language)
        elapsed = (perf_counter() - start) * 1000
        hits = index.search(words, k=len(index), asked_in=language)
        orders = {name: list(dict.fromkeys(rule(hits))) for name, rule in _RULES.items()}
        yield {name: order.index(right) + 1 for name, order in orders.items()}, elapsed


def _report(name: str, index: GuideIndex, questions: list[Question]) -> None:
    found = list(_ranks(index, questions))
    times = statistics.quantiles([elapsed for _, elapsed in found], n=20)
    speed = f"p50 {times[9]:.0f} ms, p95 {times[18]:.0f} ms"
    print(f"\n{name}: {len(questions)} questions, {len(index)} passages, {speed}")
    for rule in _RULES:
        ranks = [by_rule[rule] for by_rule, _ in found]
        first = sum(rank == 1 for rank in ranks) / len(ranks)
        five = sum(rank <= 5 for rank in ranks) / len(ranks)
        mean = sum(1 / rank for rank in ranks if rank <= _DEEPEST) / len(ranks)
        print(f"  {rule:20} hit@1 {first:.3f}   recall@5 {five:.3f}   MRR@10 {mean:.3f}")


def main() -> None:
    """Print a table for collections in one language, asked in it and in others, and for a mixed one."""
    data = _load(Path(sys.argv[1]))
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 300
    embedder, reason = find_embedder()
    if embedder is None:
        sys.exit(reason)
    size = len(data["en"])
    layouts = {language: [language] * size for language in _LANGUAGES}
    layouts["mixed"] = [_LANGUAGES[number % len(_LANGUAGES)] for number in range(size)]
    asked = {"en": _LANGUAGES, "de": ("de",), "es": ("es",), "mixed": _LANGUAGES}
    with tempfile.TemporaryDirectory() as place:
        collection = Collection(Path(place, "index"), embedder)
        for name, layout in layouts.items():
            texts = [(language, data[language][number][0]) for number, language in enumerate(layout)]
            _write_guides(Path(place, name), texts)
            collection.update([Path(place, name)], replace=True)
            with collection.open() as index:
                for language in asked[name]:
                    _report(f"{language} → {name}", index, _questions(data[language], language, count))


if __name__ == "__main__":
    main()
