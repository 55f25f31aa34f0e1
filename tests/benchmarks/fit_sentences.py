"""Fits how much each feature of a sentence counts, and tells how often the best sentences are right.

usage: PYTHONPATH=. python tests/benchmarks/fit_sentences.py SHARED [--xquad N]

SHARED holds `data/project-pages` and `data/xquad`. A sentence is right if it holds a fact of the answer. The weights
make the right sentences of a question likely among all that were weighed (a softmax over them). Prints weights for
`assistant/weighing.py`, and by cross-validation over articles and guides how often one of the first three is right.
"""

from __future__ import annotations

import argparse
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from development import GUIDES, holds, own_questions, xquad

from assistant.parts import parts_of
from assistant.question import read_question
from index.embed import find_embedder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from development import Asked

PAIRS = (("en", "en"), ("de", "de"), ("es", "es"), ("de", "en"), ("es", "en"))
"""Languages of question and paragraphs."""
FOLDS = 5
PENALTY = 0.01
LEAST_SPREAD = 0.03


@dataclass(frozen=True)
class Choice:
    """The sentences weighed for a question."""

    source: str
    group: str
    names: tuple[str, ...]
    rows: np.ndarray
    right: np.ndarray


def main() -> None:
    """Collect, fit and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("shared", type=Path)
    parser.add_argument("--xquad", type=int, default=80, help="questions for each pair of languages (80)")
    options = parser.parse_args()
    embedder, reason = find_embedder()
    if embedder is None:
        raise SystemExit(reason)
    data = options.shared / "data"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        choices = list(collect(own_questions("guides", GUIDES, folder, embedder)))
        choices += collect(own_questions("project-pages", data / "project-pages", folder, embedder))
        for asked, held in PAIRS:
            choices += collect(xquad(data / "xquad", asked, held, options.xquad, folder, embedder))
    report(choices)


def collect(asked: Iterable[Asked]) -> Iterator[Choice]:
    """The choices of the answerable questions, one for each guide that is asked about."""
    for each in asked:
        assistant = each.assistant
        question = read_question(each.text, assistant.topics, each.language)
        for part in parts_of(question, assistant.topics) if each.facts else []:
            weighed = assistant.work_out(part, assistant.retrieve(part)).weighed
            if weighed:
                names = tuple(weighed[0].features)
                rows = np.array([[one.features[name] for name in names] for one in weighed])
                right = np.array(
                    [any(holds(fact, one.candidate.text) for fact in each.facts) for one in weighed]
                )
                yield Choice(each.source, f"{each.source.split()[0]} {each.group}", names, rows, right)


def fit(choices: Sequence[Choice], steps: int = 1500) -> np.ndarray:
    """The weights, by gradient ascent on standardised features; each source counts by the root of its size."""
    useful = [each for each in choices if each.right.any()]
    spread = np.concatenate([each.rows - each.rows.mean(0) for each in useful]).std(0)
    spread = np.maximum(spread, LEAST_SPREAD)
    sources = [each.source for each in useful]
    share = np.array([1 / sources.count(each.source) ** 0.5 for each in useful])
    share /= share.sum()
    found = np.zeros(len(spread))
    for _ in range(steps):
        slope = -PENALTY * found
        for each, much in zip(useful, share, strict=True):
            table = each.rows / spread
            odds = np.exp(table @ found - (table @ found).max())
            likely = odds / odds.sum()
            right = likely * each.right
            slope += much * (table.T @ (right / right.sum() - likely))
        found += 0.5 * slope
    weights: np.ndarray = found / spread
    return weights


def report(choices: Sequence[Choice]) -> None:
    """Print how often a right sentence comes first, and among the first three; then the weights."""
    groups = {name: place for place, name in enumerate(sorted({each.group for each in choices}))}
    ranks: dict[str, list[int]] = {}
    for fold in range(FOLDS):
        weights = fit([each for each in choices if groups[each.group] % FOLDS != fold])
        for each in choices:
            if groups[each.group] % FOLDS == fold:
                order = np.argsort(-(each.rows @ weights), kind="stable")
                rank = int(np.argmax(each.right[order])) if each.right.any() else len(order)
                ranks.setdefault(each.source, []).append(rank)
    for source, own in sorted(ranks.items()):
        first, three = sum(rank < 1 for rank in own), sum(rank < 3 for rank in own)
        print(f"{source:16} right first {first} of {len(own)}, among the first three {three}")
    for name, weight in zip(choices[0].names, fit(choices), strict=True):
        print(f'    "{name}": {weight:.2f},')


if __name__ == "__main__":
    main()
