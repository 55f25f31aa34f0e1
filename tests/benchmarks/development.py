"""The questions that weights are fitted on, each with the collection it is asked of.

SHARED holds `data/project-pages` and `data/xquad`. Of the questions on the shipped guides, every third by the hash of
its id is held out: it is never fitted on, and only counted at the end.
"""

from __future__ import annotations

import hashlib
import json
import random
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.assistant import Assistant
from index.cache import index_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from index.embed import Embedder
    from index.model import Hit
    from index.search import GuideIndex

QUESTIONS = Path(__file__).parent.parent / "fixtures" / "questions"
GUIDES = Path(__file__).parent.parent.parent / "index" / "guides"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, what a right answer holds, and whom it is asked."""

    source: str
    group: str
    """What is held out together: an article or a guide."""
    assistant: Assistant
    text: str
    language: str
    facts: tuple[str, ...]
    """Each with its forms parted by `|`; empty where the guides do not hold the answer."""


def held_out(name: str) -> bool:
    """Whether the question with an id is kept for the end."""
    return int(hashlib.sha256(name.encode()).hexdigest(), 16) % 3 == 0


def holds(fact: str, text: str) -> bool:
    """Whether a text holds a fact in one of its forms."""
    flat = " ".join(text.lower().split())
    return any(" ".join(form.lower().split()) in flat for form in fact.split("|"))


def own_questions(name: str, guides: Path, folder: Path, embedder: Embedder) -> Iterator[Asked]:
    """The questions of a file, follow-ups and those held out left out.

    What belongs together is of one page, of guides whose names begin alike, or from one chapter of the facts.
    """
    assistant = Assistant(index_of([guides], folder / name, embedder))
    for line in (QUESTIONS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row.get("history") or row["kind"] == "underspecified" or held_out(row["id"]):
            continue
        group = row.get("page") or " ".join((row.get("guides") or row.get("facts") or [""])[:1]).split("-")[0]
        facts = tuple(row["answer_facts"]) if row["answerable"] else ()
        yield Asked(name, group, assistant, row["question"], row["lang"], facts)


def xquad(
    source: Path, asked: str, held: str, count: int, folder: Path, embedder: Embedder
) -> Iterator[Asked]:
    """XQuAD questions with and, without facts, less the paragraph that answers them; 0 for all."""
    paragraphs, questions = _read(source / f"xquad.{held}.json"), _read(source / f"xquad.{asked}.json")
    place = folder / f"xquad-{held}"
    place.mkdir(parents=True, exist_ok=True)
    for number, (_, context, _) in enumerate(paragraphs):
        head = f"---\ntitle: P{number:03}\nslug: p{number:03}\nlanguage: {held}\n---\n\n"
        (place / f"p{number:03}.md").write_text(head + context + "\n", encoding="utf-8")
    assistant = Assistant(index_of([place], folder / f"index-{held}", embedder))
    whole = assistant.index
    every = [
        (number, article, text, answers[0])
        for number, (article, _, own) in enumerate(questions)
        for (text, _), (_, answers) in zip(own, paragraphs[number][2], strict=True)
    ]
    for number, article, text, fact in random.Random(7).sample(every, count or len(every)):
        name, slug = f"xquad {asked}→{held}", f"p{number:03}"
        yield Asked(name, str(article), assistant, text, asked, (fact,))
        assistant.index = Less(whole, slug)  # type: ignore[assignment]
        yield Asked(name, str(article), assistant, text, asked, ())
        assistant.index = whole


Paragraph = tuple[int, str, list[tuple[str, list[str]]]]
"""Number of the article, text, and questions with their answers."""


def _read(path: Path) -> list[Paragraph]:
    return [
        (
            number,
            paragraph["context"],
            [(qa["question"], [each["text"] for each in qa["answers"]]) for qa in paragraph["qas"]],
        )
        for number, article in enumerate(json.loads(path.read_text(encoding="utf-8"))["data"])
        for paragraph in article["paragraphs"]
    ]


class Less:
    """An index in which one guide is not to be found, neither ranked nor counted."""

    def __init__(self, index: GuideIndex, slug: str) -> None:
        self._index = index
        self._others = {head.slug for head in index.guides()} - {slug}

    def search(self, text: str, k: int, guides: Iterable[str] | None = None) -> list[Hit]:
        """The best passages of the other guides."""
        others = self._others if guides is None else self._others.intersection(guides)
        return self._index.search(text, k=k, guides=others)

    def __getattr__(self, name: str) -> object:
        return getattr(self._index, name)
