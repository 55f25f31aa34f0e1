"""How well each part of the search ranks alone, beside plain ways to join them and the rule in force.

usage: retrieval_xquad.py FOLDER [NAME]…

FOLDER holds the test sets that xquad_to_beir.py writes; NAME says which (all). Prints hit@1 with its count, recall@5,
and hit@1 over the questions of every other paragraph, to show how much it moves with the questions.
"""

from __future__ import annotations

import sys
import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from index import Collection, centroids, find_embedder, nearness
from index.beir import load_test_set
from index.evaluate import write_documents
from index.fusion import standardised

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from index import Embedder, GuideIndex, Hit
    from index.beir import TestSet

_RANK_CONSTANT = 60
_SAMPLE = 5
IN_FORCE = "the rule"
LEANING = centroids.LEANING


def _dense(hits: list[Hit]) -> list[float]:
    return [hit.scores.dense or 0.0 for hit in hits]


def _keyword(hits: list[Hit]) -> list[float]:
    return [hit.scores.keyword for hit in hits]


def _reciprocal_ranks(hits: list[Hit]) -> list[float]:
    total = [0.0] * len(hits)
    for scores in (_dense(hits), _keyword(hits)):
        order = sorted(range(len(hits)), key=lambda place: -scores[place])
        for rank, place in enumerate(order, 1):
            total[place] += 1 / (_RANK_CONSTANT + rank)
    return total


def _sum(hits: list[Hit]) -> list[float]:
    dense, keyword = (_z(scores(hits)) for scores in (_dense, _keyword))
    return list(0.7 * dense + 0.3 * keyword)


def _z(scores: Iterable[float]) -> np.ndarray:
    return standardised(np.array(list(scores)))


RULES = {
    "meaning alone": _dense,
    "keywords alone": _keyword,
    "reciprocal ranks": _reciprocal_ranks,
    ".7/.3 for all": _sum,
    IN_FORCE: lambda hits: [hit.scores.fused for hit in hits],
}


class _Remembering:
    """An embedder that works out each question once, as every test set asks the same ones."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self.fingerprint, self.dimensions = embedder.fingerprint, embedder.dimensions
        self.passages, self.read = embedder.passages, embedder.read
        self.question = cache(embedder.question)


def _search(index: GuideIndex, text: str, leaning: float) -> list[Hit]:
    centroids.LEANING = nearness.LEANING = leaning
    return index.search(text, k=len(index))


def _ranks(index: GuideIndex, tests: TestSet, names: Mapping[str, str]) -> dict[str, list[int]]:
    """Rank of the right document, by rule, for each question."""
    ranks: dict[str, list[int]] = {name: [] for name in RULES}
    for question, text in tests.questions.items():
        plain, leant = _search(index, text, 0.0), _search(index, text, LEANING)
        (right,) = tests.judgements[question]
        for name, rule in RULES.items():
            hits = leant if name == IN_FORCE else plain
            scores = rule(hits)
            order = sorted(range(len(hits)), key=lambda place: -scores[place])
            found = list(dict.fromkeys(names[hits[place].passage.guide] for place in order))
            ranks[name].append(found.index(right) + 1)
    return ranks


def _report(folder: Path, collection: Collection, place: Path) -> None:
    tests = load_test_set(folder)
    names = write_documents(tests.documents, place / folder.name)
    collection.update([place / folder.name], replace=True)
    with collection.open() as index:
        ranks = _ranks(index, tests, names)
        print(f"\n{folder.name}: {len(tests.questions)} questions, {len(index)} passages")
    odd = [int(next(iter(grades))[1:]) % 2 == 1 for grades in tests.judgements.values()]
    for rule, every in ranks.items():
        first = sum(rank == 1 for rank in every)
        five = sum(rank <= _SAMPLE for rank in every) / len(every)
        halves = [
            sum(rank == 1 for rank, other in zip(every, odd, strict=True) if other is half) / odd.count(half)
            for half in (False, True)
        ]
        print(
            f"  {rule:18} hit@1 {first / len(every):.4f} ({first})   recall@5 {five:.4f}"
            f"   halves {halves[0]:.3f} {halves[1]:.3f}",
            flush=True,
        )


def main() -> None:
    """Print a table for each test set."""
    if len(sys.argv) < 2:
        raise SystemExit(__doc__)
    folder = Path(sys.argv[1])
    embedder, reason = find_embedder()
    if embedder is None:
        sys.exit(reason)
    chosen = sys.argv[2:] or sorted(path.name for path in folder.iterdir() if path.is_dir())
    with tempfile.TemporaryDirectory() as place:
        collection = Collection(Path(place, "index"), _Remembering(embedder))
        for name in chosen:
            _report(folder / name, collection, Path(place))


if __name__ == "__main__":
    main()
