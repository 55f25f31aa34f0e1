"""A test set for retrieval in the layout of BEIR: documents, questions, and which answers which."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .errors import UnusableTestSetError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

CORPUS, QUERIES, QRELS = "corpus.jsonl", "queries.jsonl", "qrels/test.tsv"
_QRELS_FIELDS = 3


@dataclass(frozen=True, slots=True)
class Document:
    """One document that may be found."""

    id: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class TestSet:
    """Documents, questions and judgements."""

    documents: tuple[Document, ...]
    questions: Mapping[str, str]
    """Text by id, of the questions that have a judgement."""
    judgements: Mapping[str, Mapping[str, int]]
    """Grades of documents by id of question, then of document; above 0 is relevant."""
    digest: str
    """Names the documents by their content."""

    __test__ = False


def load_test_set(folder: Path) -> TestSet:
    """The test set in a folder.

    Raises:
        UnusableTestSetError: A file is missing or cannot be used.
    """
    documents = tuple(
        Document(row["_id"], row.get("title", ""), row["text"]) for row in _rows(folder / CORPUS)
    )
    questions = {row["_id"]: row["text"] for row in _rows(folder / QUERIES)}
    judgements = _judgements(folder / QRELS)
    for question in judgements:
        if question not in questions:
            raise UnusableTestSetError(
                f"{folder / QRELS} judges the question {question}, which is not in {QUERIES}; add it there."
            )
    digest = hashlib.sha256((folder / CORPUS).read_bytes()).hexdigest()
    return TestSet(documents, {number: questions[number] for number in judgements}, judgements, digest)


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise UnusableTestSetError(
            f"{path} is not there; name a folder with {CORPUS}, {QUERIES} and {QRELS}."
        ) from None
    except UnicodeDecodeError as error:
        raise UnusableTestSetError(f"{path} is not UTF-8 text; save it as UTF-8.") from error
    except OSError as error:
        raise UnusableTestSetError(
            f"{path} cannot be read ({error.strerror}); check its permissions."
        ) from error


def _rows(path: Path) -> Iterator[dict[str, str]]:
    """The objects of a file, one a line, each with an id of its own."""
    seen: set[str] = set()
    for number, line in enumerate(_read(path).split("\n"), 1):
        if not line.strip():
            continue
        row = _row(line, f"{path}, line {number},")
        if row["_id"] in seen:
            raise UnusableTestSetError(
                f"{path}, line {number}, has the _id {row['_id']} again; give each its own."
            )
        seen.add(row["_id"])
        yield row
    if not seen:
        raise UnusableTestSetError(f"{path} is empty; write one JSON object a line into it.")


def _row(line: str, place: str) -> dict[str, str]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        row = None
    wanted = isinstance(row, dict) and {"_id", "text"} <= row.keys()
    if not wanted or not isinstance(row["text"], str) or not isinstance(row.get("title") or "", str):
        raise UnusableTestSetError(f'{place} is no object like {{"_id": "1", "text": "…"}}; correct it.')
    return {"_id": _id(row["_id"], place), "title": row.get("title") or "", "text": row["text"]}


def _id(value: object, place: str) -> str:
    name = str(value) if isinstance(value, str | int) else ""
    if not name or any(map(str.isspace, name)):
        raise UnusableTestSetError(f"{place} has an empty _id or one with spaces; give it another one.")
    return name


def _judgements(path: Path) -> dict[str, dict[str, int]]:
    """Grades by question and document, of the questions that have a relevant one."""
    found: dict[str, dict[str, int]] = {}
    for number, line in enumerate(_read(path).splitlines(), 1):
        fields = line.split("\t") if "\t" in line else line.split()
        if not line.strip() or (number == 1 and fields[-1].strip() == "score"):
            continue
        if len(fields) != _QRELS_FIELDS or not fields[2].strip().removeprefix("-").isdecimal():
            raise UnusableTestSetError(
                f"{path}, line {number}, is not a query-id, a corpus-id and a score between tabs; correct it."
            )
        found.setdefault(fields[0].strip(), {})[fields[1].strip()] = int(fields[2])
    answered = {question: grades for question, grades in found.items() if max(grades.values()) > 0}
    if not answered:
        raise UnusableTestSetError(
            f"{path} holds no relevant document; write query-id, corpus-id and 1 between tabs, one a line."
        )
    return answered
