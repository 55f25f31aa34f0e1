"""How well the extractive answer holds the right span, and how well missing paragraphs are noticed, on XQuAD.

usage: xquad_answers.py XQUAD_FOLDER [--language en]… [--questions N]

XQUAD_FOLDER holds xquad.en.json, xquad.de.json and xquad.es.json. Each language is a collection of its 240 paragraphs,
without titles, and is asked in its own language: each question once as it is, and once with the paragraph that holds
its answer taken out. Prints, with counts and Wilson's 95 % intervals, in how many answers the right span stands in the
first three sentences; the share refused with the paragraph out, and with it in, at the threshold in force; and the
share refused at the threshold that refuses at most 5 % of the questions whose paragraph is in. The baseline refuses
by the nearness of meaning of the best passage alone.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from assistant import Assistant
from assistant.evaluate import Count, holds_all
from index.cache import index_of
from index.embed import find_embedder
from index.textfile import as_guide, write_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant import Answer
    from index.embed import Embedder
    from index.model import Hit
    from index.search import GuideIndex

LANGUAGES = ("en", "de", "es")
FALSE_REFUSALS = 0.05
SENTENCES = 3


@dataclass(frozen=True)
class Question:
    """A question, the spans that answer it and the slug of the paragraph that holds them."""

    text: str
    spans: tuple[str, ...]
    slug: str


class Without:
    """An index in which one guide cannot be found."""

    def __init__(self, index: GuideIndex) -> None:
        self._index = index
        self._slugs = [guide.slug for guide in index.guides()]
        self.slug = ""

    def search(
        self, text: str, *, guides: Sequence[str] | None = None, **options: int | str | None
    ) -> list[Hit]:
        left = [slug for slug in guides or self._slugs if slug != self.slug]
        return self._index.search(text, guides=left, **options)

    def __getattr__(self, name: str) -> object:
        return getattr(self._index, name)


def load(path: Path, folder: Path) -> list[Question]:
    """Write each paragraph as a text of its own, and return the questions."""
    questions = []
    articles = json.loads(path.read_text(encoding="utf-8"))["data"]
    paragraphs = [paragraph for article in articles for paragraph in article["paragraphs"]]
    for number, paragraph in enumerate(paragraphs):
        slug = f"p{number:03}"
        write_text(folder / f"{slug}.txt", as_guide(paragraph["context"], {}))
        for asked in paragraph["qas"]:
            spans = tuple(answer["text"] for answer in asked["answers"])
            questions.append(Question(asked["question"], spans, slug))
    return questions


def measure(
    language: str, questions: Sequence[Question], folder: Path, cache: Path, embedder: Embedder
) -> None:
    """Ask every question twice and print what came of it."""
    index = Without(index_of([folder], cache, embedder))
    assistant = Assistant(index)  # type: ignore[arg-type]
    held, lost = [], []
    for number, question in enumerate(questions, 1):
        index.slug = ""
        held.append(assistant.ask(question.text, language))
        index.slug = question.slug
        lost.append(assistant.ask(question.text, language))
        if sys.stderr.isatty():
            print(f"\r{language} {number} of {len(questions)}", end="", file=sys.stderr)
    report(language, questions, held, lost)


def report(
    language: str, questions: Sequence[Question], held: Sequence[Answer], lost: Sequence[Answer]
) -> None:
    """Print the measures of one language."""
    spans = sum(map(shows_span, held, questions))
    print(f"\n{language}: {len(questions)} questions")
    line(f"span in the first {SENTENCES} sentences", spans, len(held))
    line("the same, of those answered", spans, sum(bool(answer.citations) for answer in held))
    line("paragraph out: refused", sum(map(refused, lost)), len(lost))
    line("paragraph in: refused", sum(map(refused, held)), len(held))
    for name, score in (("the gate", chance), ("baseline", nearness)):
        sweep(name, [score(answer) for answer in held], [score(answer) for answer in lost])


def shows_span(answer: Answer, question: Question) -> bool:
    """Whether one of the spans stands in the first sentences."""
    first = " ".join(sentence.text for sentence in answer.sentences[:SENTENCES])
    return any(holds_all(first, [span]) for span in question.spans)


def refused(answer: Answer) -> bool:
    """Whether nothing was answered."""
    return not answer.citations


def chance(answer: Answer) -> float:
    """The gate's probability; none where something else than the threshold refused."""
    by_rule = refused(answer) and answer.trace.probability >= answer.trace.threshold
    return -math.inf if by_rule else answer.trace.probability


def nearness(answer: Answer) -> float:
    """Nearness of meaning of the best passage."""
    return max((passage.dense or 0.0 for passage in answer.trace.considered), default=-math.inf)


def sweep(name: str, held: Sequence[float], lost: Sequence[float]) -> None:
    """Print what is refused at the highest threshold with few enough false refusals."""
    threshold = sorted(held)[math.floor(FALSE_REFUSALS * len(held))]
    wrongly = sum(score < threshold for score in held)
    line(f"{name}, refused below {threshold:.3f}", sum(score < threshold for score in lost), len(lost))
    line(f"{name}, refused wrongly there", wrongly, len(held))


def line(name: str, count: int, of: int) -> None:
    """Print how many of so many, with the share and its interval."""
    found = Count(count, of).figure
    share = f"{found.mean:.1%} (95 % {found.low:.1%} to {found.high:.1%})" if found else "none"
    print(f"  {name:38} {count:>5} of {of:<5} {share}", flush=True)


def main() -> None:
    """Measure each language."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--language", action="append", choices=LANGUAGES)
    parser.add_argument("--questions", type=int, default=1190, help="how many, drawn at random (1190: all)")
    options = parser.parse_args()
    embedder, reason = find_embedder()
    if embedder is None:
        sys.exit(reason)
    with tempfile.TemporaryDirectory() as place:
        for language in options.language or LANGUAGES:
            folder = Path(place, language)
            questions = load(options.folder / f"xquad.{language}.json", folder)
            drawn = Random(7).sample(questions, min(options.questions, len(questions)))
            measure(language, drawn, folder, Path(place, f"{language}-index"), embedder)


if __name__ == "__main__":
    main()
