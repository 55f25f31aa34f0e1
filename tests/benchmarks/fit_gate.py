"""Fits the answerability gate on development questions, and tells how well it separates those it was not fitted on.

usage: PYTHONPATH=. python tests/benchmarks/fit_gate.py SHARED [--xquad N] [--keep FILE]

SHARED holds `data/project-pages` and `data/xquad`. Samples: of the two sets of questions on the shipped guides those
that are not held out, those on the project pages, and N English XQuAD questions, once as they are and once with the
paragraph that holds the answer taken out (1190, all); a third as many each of German and Spanish ones, on paragraphs in
their own language and on the English ones. Writes `assistant/gate.toml`, and prints by cross-validation the area under
the curve, the refusals at fixed rates of false refusals and the calibration curve. An article or a guide is held out as
a whole.
`--keep` saves the samples, or reads them if the file is there.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from development import GUIDES, own_questions, xquad

from assistant.gate import gates_for
from assistant.parts import parts_of
from assistant.question import read_question
from index.embed import find_embedder
from index.measures import figure

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from development import Asked

    from index.embed import Embedder

TARGET = Path(__file__).parent.parent.parent / "assistant" / "gate.toml"
FOLDS = 8
PENALTY = {"named": 0.03, "unnamed": 0.0432, "across": 0.01}
"""How strongly coefficients are held back, by gate: the questions that name a guide are few."""
FALSE_REFUSALS = {"named": 0.018, "unnamed": 0.0432, "across": 0.08}
"""Share of the answerable questions that a gate refuses; the objections refuse some more.

With the objections, `unnamed` refuses 5 % of XQuAD's English questions (`xquad_answers.py`). Across languages answers
are harder to tell from what is near, and a false one is worse than none.
"""
WEIGHTS = {"xquad": 2.0, "guides": 1.0, "factbook": 1.0, "project-pages": 0.6}
"""How much each source counts, its answerable questions and the others alike."""
FEW = 120
"""Samples of a source below which it counts for less."""


@dataclass(frozen=True)
class Sample:
    """What the gate sees of a question, and whether the guides hold the answer."""

    source: str
    group: str
    gates: list[str]
    """Names of the gates that judge it."""
    right: bool
    features: dict[str, float]


def main() -> None:
    """Collect the samples, fit, write and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("shared", type=Path)
    parser.add_argument("--xquad", type=int, default=1190, help="questions of XQuAD (1190)")
    parser.add_argument("--keep", type=Path, help="where samples are kept")
    options = parser.parse_args()
    if options.keep and options.keep.exists():
        samples = [Sample(**each) for each in json.loads(options.keep.read_text(encoding="utf-8"))]
    else:
        embedder, reason = find_embedder()
        if embedder is None:
            raise SystemExit(reason)
        with tempfile.TemporaryDirectory() as folder:
            samples = list(collect(questions(options.shared, options.xquad, Path(folder), embedder)))
        if options.keep:
            options.keep.write_text(json.dumps([asdict(each) for each in samples]), encoding="utf-8")
    fit_and_report(samples)


def questions(shared: Path, count: int, folder: Path, embedder: Embedder) -> Iterator[Asked]:
    """Everything there is to fit on."""
    yield from own_questions("guides", GUIDES, folder, embedder)
    yield from own_questions("factbook", GUIDES, folder, embedder)
    yield from own_questions("project-pages", shared / "data" / "project-pages", folder, embedder)
    data = shared / "data" / "xquad"
    yield from xquad(data, "en", "en", count, folder, embedder)
    for asked, held in (("de", "de"), ("es", "es"), ("de", "en"), ("es", "en")):
        yield from xquad(data, asked, held, count // 3, folder, embedder)


def collect(asked: Iterable[Asked]) -> Iterator[Sample]:
    """What the gate sees of each question; of one about several guides, of its first part."""
    for each in asked:
        assistant = each.assistant
        question = read_question(each.text, assistant.topics, each.language)
        part = parts_of(question, assistant.topics)[0]
        work = assistant.work_out(part, assistant.retrieve(part))
        judgement = work.judgement
        cited = [each for core in work.extracts if not core.further for each in core.candidates]
        signs = {name: much for name, much in judgement.features.items() if name not in judgement.objections}
        if signs:
            source = each.source.split()[0]
            yield Sample(source, each.group, list(gates_for(part, cited)), bool(each.facts), signs)


def fit_and_report(samples: Sequence[Sample]) -> None:
    """Fit each gate, write them down and print how well they do on what they were not fitted on."""
    lines = [
        "# The fitted answerability gate; made by tests/benchmarks/fit_gate.py, which tells what is in it."
    ]
    chances = np.zeros(len(samples))
    for name, penalty in PENALTY.items():
        kept = np.array([name in each.gates for each in samples])
        own = [each for each in samples if name in each.gates]
        scores = cross_validated(own, penalty)
        names, coefficients, bias = fit(own, penalty)
        threshold = lowest_threshold(own, scores, FALSE_REFUSALS[name])
        lines += ["", f"[{name}]", f"bias = {bias:.4f}", f"threshold = {threshold:.4f}"]
        lines += ["", f"[{name}.coefficients]"]
        lines += [f"{each} = {much:.4f}" for each, much in zip(names, coefficients, strict=True)]
        report(name, own, scores, scores < logit(threshold))
        chances[kept] += 1 / (1 + np.exp(-scores)) / [len(each.gates) for each in own]
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")
    calibration(samples, chances)


def cross_validated(samples: Sequence[Sample], penalty: float) -> np.ndarray:
    """A score for each sample from a gate that was fitted without its article or guide."""
    groups = {key: place for place, key in enumerate(sorted({(each.source, each.group) for each in samples}))}
    folds = np.array([groups[each.source, each.group] % FOLDS for each in samples])
    scores = np.zeros(len(samples))
    for fold in range(FOLDS):
        rest = [each for each, own in zip(samples, folds, strict=True) if own != fold]
        names, coefficients, bias = fit(rest, penalty)
        for place in np.flatnonzero(folds == fold):
            row = np.array([samples[place].features[name] for name in names])
            scores[place] = row @ coefficients + bias
    return scores


def fit(samples: Sequence[Sample], penalty: float) -> tuple[list[str], np.ndarray, float]:
    """Logistic regression with a quadratic penalty, by Newton's method on standardised features."""
    names = sorted(samples[0].features)
    rows = np.array([[each.features[name] for name in names] for each in samples])
    right = np.array([each.right for each in samples], float)
    weight = sample_weights(samples)
    middle, spread = rows.mean(0), rows.std(0)
    spread[spread < 1e-9] = np.inf
    table = np.c_[(rows - middle) / spread, np.ones(len(rows))]
    held_back = np.diag([penalty] * len(names) + [1e-9])
    found = np.zeros(table.shape[1])
    for _ in range(30):
        chance = 1 / (1 + np.exp(-np.clip(table @ found, -30, 30)))
        slope = table.T @ (weight * (right - chance)) - held_back @ found
        bend = (table * (weight * chance * (1 - chance))[:, None]).T @ table + held_back
        found += np.linalg.solve(bend, slope)
    coefficients = found[:-1] / spread
    return names, coefficients, float(found[-1] - coefficients @ middle)


def sample_weights(samples: Sequence[Sample]) -> np.ndarray:
    """A weight for each sample, so that answerable questions and others of a source count alike; the sum is 1."""
    kinds = [(each.source, each.right) for each in samples]
    counts = {kind: kinds.count(kind) for kind in set(kinds)}
    weight = np.array([WEIGHTS[source] / max(counts[source, right], FEW) for source, right in kinds])
    return weight / weight.sum()


def lowest_threshold(samples: Sequence[Sample], scores: np.ndarray, share: float) -> float:
    """The probability below which a share of the answerable questions is."""
    answerable = [score for each, score in zip(samples, scores, strict=True) if each.right]
    return float(1 / (1 + np.exp(-np.quantile(answerable, share))))


def logit(chance: float) -> float:
    """The score that gives a probability."""
    return float(np.log(chance / (1 - chance)))


def report(name: str, samples: Sequence[Sample], scores: np.ndarray, refused: np.ndarray) -> None:
    """Print counts and areas for each source."""
    for source in sorted({each.source for each in samples}):
        own = np.array([each.source == source for each in samples])
        right = np.array([each.right for each in samples])
        yes, no = scores[own & right], scores[own & ~right]
        if not len(yes) or not len(no):
            continue
        area = (yes[:, None] > no).mean() + (yes[:, None] == no).mean() / 2
        at = [f"{np.mean(no < np.quantile(yes, rate)):.3f} at {rate:.0%}" for rate in (0.05, 0.1)]
        print(f"{name:8} {source:14} area {area:.3f}; refused {', '.join(at)} false refusals")
        print(
            f"  at the threshold: wrongly {_share(refused[own & right])}, rightly {_share(refused[own & ~right])}"
        )


def _share(refused: np.ndarray) -> str:
    found = figure([float(each) for each in refused])
    return (
        f"{int(refused.sum())} of {len(refused)} ({found.low:.1%} to {found.high:.1%})" if found else "0 of 0"
    )


def calibration(samples: Sequence[Sample], chance: np.ndarray) -> None:
    """Print, for each tenth of probability, how many samples there are and which share is answerable."""
    weight = sample_weights(samples)
    right = np.array([each.right for each in samples])
    print("probability  samples  mean  answerable")
    for tenth in range(10):
        own = (chance >= tenth / 10) & (chance < (tenth + 1) / 10 + (tenth == 9))
        if own.any():
            share = np.average(right[own], weights=weight[own])
            middle = np.average(chance[own], weights=weight[own])
            print(f"{tenth / 10:.1f} to {(tenth + 1) / 10:.1f} {own.sum():8} {middle:9.2f} {share:8.2f}")


if __name__ == "__main__":
    main()
