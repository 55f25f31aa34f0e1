"""XQuAD as test sets for `hansa evaluate retrieval`, in the layout of BEIR.

usage: xquad_to_beir.py XQUAD_FOLDER OUTPUT_FOLDER

XQUAD_FOLDER holds xquad.en.json, xquad.de.json and xquad.es.json. Writes one folder for each pair of languages,
`de-en` for German questions over English paragraphs, and `mixed`: paragraph i in the language i mod 3 alone,
80 in each, and all questions in all three languages. Paragraphs get no title.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

LANGUAGES = ("en", "de", "es")

Paragraphs = list[tuple[str, list[str]]]
"""Texts, each with its questions."""


def load(folder: Path) -> dict[str, Paragraphs]:
    """Paragraphs by language."""
    loaded = {}
    for language in LANGUAGES:
        found = json.loads((folder / f"xquad.{language}.json").read_text(encoding="utf-8"))
        paragraphs = [paragraph for article in found["data"] for paragraph in article["paragraphs"]]
        loaded[language] = [(each["context"], [qa["question"] for qa in each["qas"]]) for each in paragraphs]
    return loaded


def convert(folder: Path, output: Path) -> list[Path]:
    """Write every test set; where each is."""
    data = load(folder)
    count = len(data[LANGUAGES[0]])
    written = []
    for asked in LANGUAGES:
        for spoken in LANGUAGES:
            texts = [text for text, _ in data[spoken]]
            written.append(_write(output / f"{asked}-{spoken}", texts, data, (asked,)))
    mixed = [data[LANGUAGES[number % len(LANGUAGES)]][number][0] for number in range(count)]
    written.append(_write(output / "mixed", mixed, data, LANGUAGES))
    return written


def _write(folder: Path, texts: Sequence[str], data: dict[str, Paragraphs], asked: Sequence[str]) -> Path:
    (folder / "qrels").mkdir(parents=True, exist_ok=True)
    documents = [{"_id": f"p{number}", "title": "", "text": text} for number, text in enumerate(texts)]
    questions, judgements = [], ["query-id\tcorpus-id\tscore"]
    for language in asked:
        for number, (_, all_words) in enumerate(data[language]):
            for place, words in enumerate(all_words):
                name = f"{language}-{number}-{place}"
                questions.append({"_id": name, "text": words})
                judgements.append(f"{name}\tp{number}\t1")
    _write_lines(folder / "corpus.jsonl", [json.dumps(each, ensure_ascii=False) for each in documents])
    _write_lines(folder / "queries.jsonl", [json.dumps(each, ensure_ascii=False) for each in questions])
    _write_lines(folder / "qrels" / "test.tsv", judgements)
    return folder


def _write_lines(path: Path, lines: Sequence[str]) -> None:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        raise SystemExit(__doc__)
    for place in convert(Path(sys.argv[1]), Path(sys.argv[2])):
        print(place)
