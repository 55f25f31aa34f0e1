"""How well the index finds the documents of a test set."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from math import inf
from statistics import median, quantiles
from time import perf_counter
from typing import TYPE_CHECKING

from .beir import load_test_set
from .collection import Collection
from .measures import MEASURES, figure
from .textfile import as_guide, write_text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from .beir import Document, TestSet
    from .embed import Embedder, Floats, Reading
    from .measures import Figure
    from .model import Progress
    from .search import GuideIndex

_A_FOLDER = 1000
_COMPLETE = ".complete"
_STEP = 1e-5


@dataclass(frozen=True, slots=True)
class Found:
    """What was found for a question, the best document first."""

    question: str
    """Its id."""
    documents: tuple[tuple[str, float], ...]
    """Ids with the score of their best passage."""
    embedding: float
    """Milliseconds to turn the question into a vector."""
    searching: float
    """Milliseconds of all the rest."""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The outcome for a test set."""

    documents: int
    passages: int
    languages: Mapping[str, int]
    """Documents by the language that was detected."""
    figures: Mapping[str, Figure]
    """By name of the measure."""
    found: tuple[Found, ...]
    note: str
    """Why meaning was not compared; empty if it was."""

    def milliseconds(self) -> dict[str, float]:
        """Times a question, the first one left out as it opens the index."""
        later = self.found[1:] or self.found
        searching = [each.searching for each in later]
        return {
            "embed": median(each.embedding for each in later),
            "search_p50": median(searching),
            "search_p95": quantiles([*searching, *searching], n=20)[-1],
        }


class _Stopwatch:
    """An embedder that tells how long the last question took."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self.fingerprint = embedder.fingerprint
        self.dimensions = embedder.dimensions
        self.elapsed = 0.0

    def passages(self, texts: Sequence[str]) -> Floats:
        return self._embedder.passages(texts)

    def question(self, text: str) -> Floats:
        start = perf_counter()
        vector = self._embedder.question(text)
        self.elapsed = perf_counter() - start
        return vector

    def read(self, text: str) -> Reading:
        return self._embedder.read(text)

    def read_parts(self, parts: Sequence[str]) -> list[Reading]:
        return self._embedder.read_parts(parts)


def evaluate(
    folder: Path,
    cache: Path,
    embedder: Embedder | None,
    *,
    depth: int = 10,
    progress: Callable[[Progress], None] | None = None,
) -> Evaluation:
    """Ask every question of the test set in a folder.

    Args:
        folder: In the layout of BEIR.
        cache: Where indexes are kept from one run to the next.
        embedder: Compares meaning; without one, words alone are.
        depth: Documents to find for each question.
        progress: Told how far the indexing is.

    Raises:
        UnusableTestSetError: The folder holds no such test set.
    """
    tests = load_test_set(folder)
    timed = _Stopwatch(embedder) if embedder else None
    home = cache / tests.digest[:24]
    names = write_documents(tests.documents, home / "documents")
    collection = Collection(home / "index", timed)
    collection.update([home / "documents"], progress=progress, replace=True)
    with collection.open() as index:
        found = tuple(_ask(index, timed, names, each, depth) for each in tests.questions.items())
        languages: dict[str, int] = {}
        for guide in index.guides():
            languages[guide.language] = languages.get(guide.language, 0) + 1
        return Evaluation(len(names), len(index), languages, _figures(tests, found), found, index.note)


def write_documents(documents: Sequence[Document], folder: Path) -> dict[str, str]:
    """Each document as a file to be read like any guide; the id of each by the slug of its guide."""
    names = {f"d{number}": each.id for number, each in enumerate(documents) if each.text.strip()}
    done = folder / _COMPLETE
    if done.exists():
        return names
    shutil.rmtree(folder, ignore_errors=True)
    for number, each in enumerate(documents):
        if f"d{number}" in names:
            path = folder / str(number // _A_FOLDER) / f"d{number}.txt"
            write_text(path, as_guide(each.text, {"title": each.title}))
    write_text(done, "")
    return names


def _ask(
    index: GuideIndex, timed: _Stopwatch | None, names: Mapping[str, str], asked: tuple[str, str], depth: int
) -> Found:
    """Search once; of a document with several passages, the best one counts."""
    start = perf_counter()
    hits = index.search(asked[1], k=depth, per_guide=1)
    elapsed = perf_counter() - start
    embedding = timed.elapsed if timed and not index.keywords_only else 0.0
    documents = tuple((names[hit.passage.guide], hit.scores.fused) for hit in hits)
    return Found(asked[0], documents, embedding * 1000, (elapsed - embedding) * 1000)


def _figures(tests: TestSet, found: Sequence[Found]) -> dict[str, Figure]:
    rankings = [([name for name, _ in each.documents], tests.judgements[each.question]) for each in found]
    return {name: figure([measure(*each) for each in rankings]) for name, measure in MEASURES.items()}


def write_run(found: Sequence[Found], path: Path) -> None:
    """Write what was found in the form that trec_eval and its kin read.

    They order by score alone, so of equal scores the later one is written a little lower.
    """
    with path.open("w", encoding="utf-8", newline="\n") as run:
        for each in found:
            lowest = inf
            for rank, (name, score) in enumerate(each.documents, 1):
                lowest = min(score, lowest - _STEP)
                run.write(f"{each.question} Q0 {name} {rank} {lowest:.6f} hansa\n")
