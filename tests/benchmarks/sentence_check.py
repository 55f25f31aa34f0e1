"""How well true sentences are told from others by the words they cite, across languages.

usage: PYTHONPATH=. python tests/benchmarks/sentence_check.py SHARED/data/xquad [PARAGRAPHS]

Reads `xquad.LANGUAGE.json`, the same paragraphs in several languages. A sentence in one language cites the sentence
that it translates (it should pass) and another of the same paragraph (it should not). Only the check of the content is
measured here; numbers and names, which are compared letter by letter, are not looked at.
"""

from __future__ import annotations

import json
import math
import random
import sys
from pathlib import Path
from statistics import mean

from assistant.carried import LEAST, holds, is_carried
from index.embed import find_embedder
from index.model import Block, BlockKind
from index.sentences import sentence_spans

PAIRS = (("de", "en"), ("es", "en"), ("en", "de"), ("en", "en"))
"""Language of the sentence, and of what it cites."""


def main() -> None:
    """Print for each pair of languages how many of both kinds pass."""
    folder = Path(sys.argv[1])
    most = int(sys.argv[2]) if len(sys.argv) > 2 else 40
    embedder, reason = find_embedder()
    if embedder is None:
        raise SystemExit(reason)
    texts = {code: paragraphs(folder / f"xquad.{code}.json") for code in ("en", "de", "es")}
    chance = random.Random(7)
    chosen = chance.sample(range(len(texts["en"])), min(most, len(texts["en"])))
    for spoken, cited in PAIRS:
        outcome: dict[bool, list[tuple[float, float, bool]]] = {True: [], False: []}
        for number in chosen:
            ours, theirs = split(texts[spoken][number]), split(texts[cited][number])
            if len(ours) != len(theirs) or len(ours) < 2:
                continue
            place = chance.randrange(len(ours))
            other = chance.choice([each for each in range(len(theirs)) if each != place])
            said = embedder.read(ours[place])
            for true, source in ((True, theirs[place]), (False, theirs[other])):
                amounts = holds(ours[place], spoken, [source], said, [embedder.read(source)])
                absent = mean([amount < LEAST for amount in amounts]) if amounts else 1.0
                outcome[true].append(
                    (
                        mean(amounts) if amounts else 0.0,
                        absent,
                        is_carried(amounts, own_language=spoken == cited),
                    )
                )
        report(spoken, cited, outcome)


def report(spoken: str, cited: str, outcome: dict[bool, list[tuple[float, float, bool]]]) -> None:
    """One line for the true sentences and one for the others."""
    for true, name in ((True, "its own"), (False, "another")):
        rows = outcome[true]
        passed = sum(row[2] for row in rows)
        low, high = wilson(passed, len(rows))
        means = sorted(row[0] for row in rows)
        quartiles = " ".join(f"{means[int(len(means) * part)]:.2f}" for part in (0.05, 0.25, 0.5, 0.75, 0.95))
        print(
            f"{spoken} citing {cited}, {name:<8} {passed:>3} of {len(rows)} pass "
            f"({low:.0%} to {high:.0%}); mean hold 5/25/50/75/95 %: {quartiles}"
        )


def wilson(successes: int, trials: int, z: float = 1.96) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson, 1927)."""
    if not trials:
        return 0.0, 1.0
    share, spread = successes / trials, z * z / trials
    middle = (share + spread / 2) / (1 + spread)
    half = z * math.sqrt(share * (1 - share) / trials + spread / (4 * trials)) / (1 + spread)
    return max(0.0, middle - half), min(1.0, middle + half)


def paragraphs(path: Path) -> list[str]:
    """The contexts of a SQuAD file, in order."""
    articles = json.loads(path.read_text(encoding="utf-8"))["data"]
    return [paragraph["context"] for article in articles for paragraph in article["paragraphs"]]


def split(text: str) -> list[str]:
    """The sentences of a paragraph."""
    return [
        text[start:end]
        for start, end in sentence_spans(text, Block(BlockKind.PARAGRAPH, 0, len(text), (), 1))
    ]


if __name__ == "__main__":
    main()
