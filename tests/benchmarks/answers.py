"""How well questions are answered and refused.

usage: python tests/benchmarks/answers.py QUESTIONS.jsonl GUIDES [-v]

QUESTIONS holds lines `{id, lang, question, answer_facts, answerable}`; `|` parts spellings of a fact. Prints how many answerable questions were
answered, in how many of the answers every fact stands, how many of the others were refused, lengths and times;
with `-v` also every question that went wrong. The naive baseline answers everything with the best passage.
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
from pathlib import Path
from statistics import median

from assistant import Answer, Assistant
from index.cache import index_of
from index.embed import find_embedder


def main() -> None:
    """Ask every question and print the table."""
    arguments = [each for each in sys.argv[1:] if each != "-v"]
    if len(arguments) != 2:
        raise SystemExit(__doc__)
    rows = [json.loads(line) for line in Path(arguments[0]).read_text(encoding="utf-8").splitlines()]
    embedder, reason = find_embedder()
    print(reason or embedder.fingerprint)
    with tempfile.TemporaryDirectory() as folder:
        index = index_of([Path(arguments[1])], Path(folder), embedder)
        assistant = Assistant(index)
        asked = [(row, assistant.ask(row["question"], row["lang"])) for row in rows]
        naive = [
            _held(row, index.search(row["question"], k=1)[0].passage.text)
            for row in rows
            if row["answerable"]
        ]
    report(asked, naive, verbose="-v" in sys.argv)


def report(asked: list[tuple[dict, Answer]], naive: list[float], *, verbose: bool) -> None:
    """Print counts for every language and altogether."""
    for language in [*sorted({row["lang"] for row, _ in asked}), ""]:
        print(
            _line(
                language or "all",
                [(row, answer) for row, answer in asked if row["lang"].startswith(language)],
            )
        )
    print(
        f"naive    best passage: all facts in {sum(share == 1 for share in naive)} of {len(naive)}; refuses nothing"
    )
    words = sorted(len(answer.answer.split()) for _, answer in asked if answer.citations)
    times = sorted(answer.elapsed_ms.total for _, answer in asked)
    print(f"words: median {median(words)}, longest {words[-1]}")
    print(f"ms: median {median(times)}, p95 {times[len(times) * 95 // 100]}")
    for row, answer in asked if verbose else ():
        if bool(answer.citations) != row["answerable"] or (
            row["answerable"] and _held(row, answer.answer) < 1
        ):
            print(f"\n{row['id']} {answer.verdict} {answer.trace.probability} {row['question']}")
            print(f"  wanted {row['answer_facts']}")
            print(f"  got {answer.answer[:400]!r}\n  {answer.trace.features} missing {answer.trace.missing}")


def _line(name: str, asked: list[tuple[dict, Answer]]) -> str:
    yes = [(row, answer) for row, answer in asked if row["answerable"]]
    no = [answer for row, answer in asked if not row["answerable"]]
    answered = sum(bool(answer.citations) for _, answer in yes)
    whole = sum(_held(row, answer.answer) == 1 for row, answer in yes)
    share = sum(_held(row, answer.answer) for row, answer in yes) / max(1, len(yes))
    refused = sum(not answer.citations for answer in no)
    return (
        f"{name:8} answered {answered} of {len(yes)}, all facts in {whole}, share of facts {share:.2f}; "
        f"refused {refused} of {len(no)}"
    )


def _held(row: dict, text: str) -> float:
    facts = row["answer_facts"]
    flat = _flat(text)
    return sum(any(_flat(each) in flat for each in fact.split("|")) for fact in facts) / len(facts)


def _flat(text: str) -> str:
    return re.sub(r"\s+", " ", text.lower())


if __name__ == "__main__":
    main()
