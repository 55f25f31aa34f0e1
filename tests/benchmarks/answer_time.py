"""How long an answer takes in a large collection, beyond embedding the question.

usage: PYTHONPATH=. python tests/benchmarks/answer_time.py SHARED [--passages 10000] [--questions 100]

SHARED holds `data/xquad`, whose sentences are put together anew into passages (see scale.py). Their vectors are made
up, so that nothing has to be embedded; the question and the passages read for it go through the real model. Every
question is asked once, so nothing is read before.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from scale import MadeUp, questions, write_guides

from assistant import Assistant
from index import Collection
from index.embed import find_embedder

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np

    from index.embed import Embedder, Reading


class Mixed(MadeUp):
    """Made-up vectors for passages; questions and readings by the model, with the time that questions take."""

    def __init__(self, model: Embedder) -> None:
        self._model = model
        self.fingerprint, self.dimensions = "made-up", model.dimensions
        self.spent = 0.0

    def question(self, text: str) -> np.ndarray:
        """The vector of a question."""
        began = time.perf_counter()
        vector = self._model.question(text)
        self.spent += time.perf_counter() - began
        return vector

    def read(self, text: str) -> Reading:
        """A question word by word: embedding it once more."""
        return self._model.read(text)

    def read_parts(self, parts: Sequence[str]) -> list[Reading]:
        """The parts of a passage."""
        return self._model.read_parts(parts)


def main() -> None:
    """Build the collection, ask, print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("shared", type=Path)
    parser.add_argument("--passages", type=int, default=10_000)
    parser.add_argument("--questions", type=int, default=100)
    options = parser.parse_args()
    model, reason = find_embedder()
    if model is None:
        raise SystemExit(reason)
    mixed = Mixed(model)
    with tempfile.TemporaryDirectory() as name:
        source = Path(name, "source")
        source.mkdir()
        write_guides(options.shared, source, options.passages)
        collection = Collection(Path(name, "index"), mixed)
        collection.update([source])
        with collection.open() as index:
            assistant = Assistant(index)
            assistant.ask("What is the first question for?")
            walls, processor = [], []
            for text in questions(options.shared)[: options.questions]:
                mixed.spent = 0.0
                began, used = time.perf_counter(), time.process_time()
                assistant.ask(text)
                walls.append((time.perf_counter() - began - mixed.spent) * 1000)
                processor.append((time.process_time() - used - mixed.spent) * 1000)
            print(f"{len(index)} passages, {len(walls)} questions, load {os.getloadavg()[0]:.1f}")
    for what, times in (("ms", sorted(walls)), ("processor ms", sorted(processor))):
        print(f"{what}: median {times[len(times) // 2]:.0f}, p95 {times[int(len(times) * 0.95)]:.0f}")


if __name__ == "__main__":
    main()
