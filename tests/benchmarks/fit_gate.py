"""Fits the answerability gate on development questions, and tells how well it separates.

usage: python tests/benchmarks/fit_gate.py SHARED [--xquad N]

SHARED holds `data/project-pages` and `data/xquad`. Samples: the development questions on the project pages
(answerable and not), and N XQuAD questions for each pair of languages, once as they are and once with the
paragraph that holds the answer taken out. Prints the coefficients for `assistant/gate.py`, the area under the
curve and the refusals at fixed rates of false refusals, all by ten-fold cross-validation.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from assistant.assistant import Assistant, parts_of
from assistant.candidates import candidates_of, weigh
from assistant.extract import extract
from assistant.gate import COEFFICIENTS, gate_features
from assistant.question import read_question
from index.cache import index_of
from index.embed import find_embedder

if TYPE_CHECKING:
    from collections.abc import Iterator

QUESTIONS = Path(__file__).parent.parent / "fixtures" / "questions" / "project-pages.jsonl"
PAIRS = (("en", "en"), ("de", "de"), ("es", "es"), ("de", "en"), ("es", "en"))
"""Languages of question and paragraphs."""
Sample = tuple[str, list[float], bool]


def main() -> None:
    """Collect the samples, fit, print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("shared", type=Path)
    parser.add_argument("--xquad", type=int, default=60, help="questions for each pair of languages (60)")
    options = parser.parse_args()
    embedder, reason = find_embedder()
    if embedder is None:
        raise SystemExit(reason)
    with tempfile.TemporaryDirectory() as folder:
        samples = list(project_samples(options.shared, Path(folder), embedder))
        for asked, held in PAIRS:
            samples += xquad_samples(
                options.shared / "data" / "xquad", asked, held, options.xquad, Path(folder), embedder
            )
    report(samples)


def features_of(assistant: Assistant, text: str, language: str, without: str = "") -> list[float] | None:
    """What the gate sees of a question; `without` names a guide that is not to be found."""
    question = read_question(text, assistant.topics, language)
    seen = []
    for part in parts_of(question):
        hits = [hit for hit in assistant.retrieve(part) if hit.passage.guide != without]
        candidates = candidates_of(hits, assistant.index)
        weighed = weigh(part, candidates, assistant.index)
        extracts = extract(part, weighed, candidates, assistant.index)
        if not extracts:
            return None
        features, _ = gate_features(part, weighed, extracts, assistant.index)
        seen.append([features[name] for name in COEFFICIENTS])
    return min(seen, key=lambda row: row[0])


def project_samples(shared: Path, folder: Path, embedder: object) -> Iterator[Sample]:
    """The development questions on the project pages."""
    index = index_of([shared / "data" / "project-pages"], folder / "pages", embedder)
    assistant = Assistant(index)
    for line in QUESTIONS.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        features = features_of(assistant, row["question"], row["lang"])
        if features:
            yield f"pages {row['lang']}", features, row["answerable"]


def xquad_samples(
    source: Path, asked: str, held: str, count: int, folder: Path, embedder: object
) -> Iterator[Sample]:
    """XQuAD questions with and without the paragraph that answers them."""
    paragraphs, questions = _read(source / f"xquad.{held}.json"), _read(source / f"xquad.{asked}.json")
    place = folder / f"xquad-{held}"
    place.mkdir(exist_ok=True)
    for number, (title, context, _) in enumerate(paragraphs):
        head = f"---\ntitle: {json.dumps(title)}\nslug: p{number:03}\nlanguage: {held}\n---\n\n"
        (place / f"p{number:03}.md").write_text(head + context + "\n", encoding="utf-8")
    assistant = Assistant(index_of([place], folder / f"index-{held}", embedder))
    every = [(f"p{number:03}", text) for number, (_, _, texts) in enumerate(questions) for text in texts]
    for slug, text in random.Random(7).sample(every, count):
        for without, answerable in (("", True), (slug, False)):
            features = features_of(assistant, text, asked, without)
            if features:
                yield f"xquad {asked}→{held}", features, answerable


def _read(path: Path) -> list[tuple[str, str, list[str]]]:
    articles = json.loads(path.read_text(encoding="utf-8"))["data"]
    return [
        (
            article.get("title", "").replace("_", " "),
            paragraph["context"],
            [qa["question"] for qa in paragraph["qas"]],
        )
        for article in articles
        for paragraph in article["paragraphs"]
    ]


def fit(rows: np.ndarray, right: np.ndarray, penalty: float = 0.02) -> tuple[np.ndarray, float]:
    """Logistic regression with a quadratic penalty, by gradient ascent on standardised features."""
    middle, spread = rows.mean(0), rows.std(0) + 1e-6
    table = np.c_[(rows - middle) / spread, np.ones(len(rows))]
    weights = np.zeros(table.shape[1])
    for _ in range(4000):
        chance = 1 / (1 + np.exp(-table @ weights))
        weights += 0.5 * (table.T @ (right - chance) / len(right) - penalty * np.r_[weights[:-1], 0])
    coefficients = weights[:-1] / spread
    return coefficients, float(weights[-1] - coefficients @ middle)


def report(samples: list[Sample]) -> None:
    """Print the fitted gate and how well it does on samples it was not fitted on."""
    groups = np.array([group for group, _, _ in samples])
    rows = np.array([features for _, features, _ in samples])
    right = np.array([answerable for _, _, answerable in samples], float)
    scores = np.zeros(len(samples))
    shuffled = np.random.default_rng(1).permutation(len(samples))
    for part in np.array_split(shuffled, 10):
        rest = np.setdiff1d(shuffled, part)
        coefficients, bias = fit(rows[rest], right[rest])
        scores[part] = rows[part] @ coefficients + bias
    for group in ("", *sorted(set(groups))):
        kept = np.array([name.startswith(group) for name in groups])
        print(f"{group or 'all':14} {_row(scores[kept], right[kept])}")
    coefficients, bias = fit(rows, right)
    print(f"BIAS = {bias:.2f}")
    for name, value in zip(COEFFICIENTS, coefficients, strict=True):
        print(f'    "{name}": {value:.2f},')
    for rate in (0.05, 0.1, 0.15):
        cut = np.quantile(scores[right == 1], rate)
        print(f"threshold for {rate:.0%} false refusals: {1 / (1 + np.exp(-cut)):.2f}")


def _row(scores: np.ndarray, right: np.ndarray) -> str:
    yes, no = scores[right == 1], scores[right == 0]
    if not len(yes) or not len(no):
        return f"{len(yes)} answerable, {len(no)} not"
    area = (yes[:, None] > no).mean() + (yes[:, None] == no).mean() / 2
    refused = [f"{(no < np.quantile(yes, rate)).mean():.2f} at {rate:.0%}" for rate in (0.05, 0.1, 0.15)]
    return (
        f"{len(yes)} answerable, {len(no)} not; area {area:.3f}; refused {', '.join(refused)} false refusals"
    )


if __name__ == "__main__":
    main()
