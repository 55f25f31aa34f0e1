"""Test sets in BEIR's layout, and the figures and runs made of them."""

from __future__ import annotations

import json
import runpy
import subprocess
import sys
from pathlib import Path
from random import Random

import ir_measures
import pytest
from hypothesis import given
from hypothesis import strategies as st
from ir_measures import RR, R, Success, nDCG

from index.beir import load_test_set
from index.errors import UnusableTestSetError
from index.evaluate import evaluate, write_run
from index.measures import MEASURES, figure
from index.textfile import NO_TITLE, as_guide

TESTS = Path(__file__).parent
SCRIPTED = runpy.run_path(str(TESTS / "fixtures" / "index" / "scripted.py"))["ScriptedEmbedder"]
JUDGED = {"hit@1": Success @ 1, "recall@5": R @ 5, "mrr@10": RR @ 10, "ndcg@10": nDCG @ 10}
WORDS = [
    "ferry",
    "harbour",
    "salt",
    "herring",
    "cog",
    "league",
    "Lübeck",
    "Bergen",
    "wax",
    "fur",
    "amber",
    "cloth",
]


def write_set(folder: Path, documents: dict[str, str], questions: dict[str, str], qrels: list[str]) -> Path:
    (folder / "qrels").mkdir(parents=True)
    for name, rows in (("corpus", documents), ("queries", questions)):
        lines = [json.dumps({"_id": number, "text": text}) for number, text in rows.items()]
        (folder / f"{name}.jsonl").write_text("\n".join(lines), encoding="utf-8")
    lines = ["query-id\tcorpus-id\tscore", *qrels]
    (folder / "qrels" / "test.tsv").write_text("\n".join(lines), encoding="utf-8")
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Sixty documents of random words, twenty questions, graded answers to eighteen of them."""
    draw = Random(7)  # noqa: S311 - for a made-up set
    documents = {f"doc{n}": " ".join(draw.choices(WORDS, k=12)) + "." for n in range(60)}
    questions = {f"q{n}": f"Who sold {' and '.join(draw.sample(WORDS, 3))}?" for n in range(20)}
    qrels = [f"q{n}\tdoc{d}\t{draw.choice([0, 1, 2])}" for n in range(18) for d in draw.sample(range(60), 6)]
    return write_set(tmp_path / "set", documents, questions, [*qrels, "q0\tdoc1\t1"])


@pytest.mark.parametrize("with_vectors", [True, False])
def test_figures_are_those_of_ir_measures(folder: Path, tmp_path: Path, with_vectors: bool):  # noqa: FBT001
    outcome = evaluate(folder, tmp_path / "cache", SCRIPTED() if with_vectors else None, depth=50)
    write_run(outcome.found, tmp_path / "run")
    judgements = [
        ir_measures.Qrel(question, name, grade)
        for question, grades in load_test_set(folder).judgements.items()
        for name, grade in grades.items()
    ]
    run = list(ir_measures.read_trec_run(str(tmp_path / "run")))
    theirs = ir_measures.calc_aggregate(JUDGED.values(), judgements, run)
    for name, measure in JUDGED.items():
        assert outcome.figures[name].mean == pytest.approx(theirs[measure], abs=1e-9)
    assert outcome.documents == 60
    assert bool(outcome.note) is not with_vectors


@given(
    st.permutations([f"d{n}" for n in range(14)]),
    st.dictionaries(st.sampled_from(["d0", "d1", "d5", "d9", "x"]), st.integers(0, 3)),
)
def test_measures_are_those_of_ir_measures_for_any_ranking(found: list[str], grades: dict[str, int]):
    grades = {**grades, "d3": 1}
    run = [ir_measures.ScoredDoc("q", name, -rank) for rank, name in enumerate(found)]
    qrels = [ir_measures.Qrel("q", name, grade) for name, grade in grades.items()]
    theirs = ir_measures.calc_aggregate(JUDGED.values(), qrels, run)
    for name, measure in MEASURES.items():
        assert measure(found, grades) == pytest.approx(theirs[JUDGED[name]])


def test_nothing_found_counts_as_nothing():
    assert [measure([], {"d": 1}) for measure in MEASURES.values()] == [0, 0, 0, 0]


def test_an_interval_holds_the_mean_and_narrows():
    few, many = figure([1.0, 0.0, 1.0, 1.0]), figure([1.0, 0.0, 1.0, 1.0] * 100)
    assert few.low < many.low < 0.75 < many.high < few.high
    assert figure([0.5, 1 / 3, 1.0] * 9) == figure([0.5, 1 / 3, 1.0] * 9)
    assert figure([1.0] * 10).high == 1.0


def test_the_best_passage_of_a_long_document_counts(tmp_path: Path):
    long = (
        " ".join(f"Sentence {n} tells of a slow crossing in fog." for n in range(120))
        + " Amber was sold here."
    )
    folder = write_set(
        tmp_path / "set",
        {"long": long, "short": "Fog and a crossing."},
        {"q": "Who sold amber?"},
        ["q\tlong\t1"],
    )
    outcome = evaluate(folder, tmp_path / "cache", SCRIPTED())
    assert outcome.passages > outcome.documents == 2
    (found,) = outcome.found
    assert [name for name, _ in found.documents] == ["long", "short"]


def test_a_second_run_embeds_nothing_and_finds_the_same(folder: Path, tmp_path: Path):
    first = evaluate(folder, tmp_path / "cache", SCRIPTED())
    again = SCRIPTED()
    second = evaluate(folder, tmp_path / "cache", again)
    assert again.embedded == 0
    assert [each.documents for each in first.found] == [each.documents for each in second.found]


def test_languages_are_detected_and_empty_documents_left_out(tmp_path: Path):
    documents = {
        "a": "The ferry is at the quay and the harbour is closed.",
        "b": "Die Fähre ist im Hafen und der Kai ist nicht frei.",
        "c": " ",
    }
    folder = write_set(tmp_path / "set", documents, {"q": "Where is the ferry?"}, ["q\ta\t1", "q\tc\t1"])
    outcome = evaluate(folder, tmp_path / "cache", SCRIPTED())
    assert dict(outcome.languages) == {"en": 1, "de": 1}
    assert outcome.figures["recall@5"].mean == 0.5


def test_a_document_without_a_title_gets_none():
    assert as_guide("Text.", {"title": ""}) == f'---\n{{"title": "{NO_TITLE}"}}\n---\nText.'
    assert json.loads(as_guide("", {"title": "A\n: b"}).split("\n")[1]) == {"title": "A : b"}


BAD = {
    "no corpus": ("corpus.jsonl", None, "corpus.jsonl is not there; name a folder with corpus.jsonl"),
    "no qrels": ("qrels/test.tsv", None, "test.tsv is not there"),
    "no json": ("corpus.jsonl", '{"_id": "1", "text": "a"}\nxx', "line 2, is no object like"),
    "a list": ("queries.jsonl", "[1]", "line 1, is no object like"),
    "no text": ("corpus.jsonl", '{"_id": "1"}', "is no object like"),
    "twice": ("queries.jsonl", '{"_id": "1", "text": "a"}\n{"_id": "1", "text": "b"}', "_id 1 again"),
    "spaces": ("corpus.jsonl", '{"_id": "1 2", "text": "a"}', "an empty _id or one with spaces"),
    "empty": ("corpus.jsonl", "\n", "is empty"),
    "latin": ("corpus.jsonl", b'{"_id": "1", "text": "\xe4"}', "is not UTF-8"),
    "unjudged": ("qrels/test.tsv", "q0\tdoc1\t0", "holds no relevant document"),
    "columns": ("qrels/test.tsv", "q0\t0\tdoc1\t1", "line 1, is not a query-id"),
    "unknown": ("qrels/test.tsv", "other\tdoc1\t1", "judges the question other"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_test_set_is_told_in_one_sentence(folder: Path, name: str):
    path, content, told = BAD[name]
    if content is None:
        (folder / path).unlink()
    else:
        (folder / path).write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(UnusableTestSetError, match=told) as caught:
        load_test_set(folder)
    assert "\n" not in str(caught.value)


def hansa(home: Path, *words: object) -> subprocess.CompletedProcess[str]:
    code = "import sys; from tui.cli import main; sys.exit(main())"
    environment = {"HANSA_HOME": str(home), "PYTHONPATH": str(TESTS.parent), "PATH": ""}
    command = [sys.executable, "-c", code, "evaluate", "retrieval", *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=environment)


def test_the_command_prints_one_line_of_json_and_writes_a_run(folder: Path, tmp_path: Path):
    run = tmp_path / "run"
    done = hansa(tmp_path / "home", folder, "--keywords", "--json", "--run", run)
    assert done.returncode == 0, done.stderr
    (line,) = done.stdout.splitlines()
    found = json.loads(line)
    assert set(JUDGED) < set(found)
    assert found["questions"] == len({row.split()[0] for row in run.read_text(encoding="utf-8").splitlines()})
    assert found["keywords_only"]
    assert found["ms"]["search_p95"] >= found["ms"]["search_p50"] > 0
    plain = hansa(tmp_path / "home", folder, "--keywords")
    assert f"hit@1     {found['hit@1']:.3f}   95 % between" in plain.stdout


def test_the_command_tells_a_bad_folder_in_one_sentence(tmp_path: Path):
    done = hansa(tmp_path / "home", tmp_path / "nothing")
    assert done.returncode == 3
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1
    assert "is not there; name a folder" in done.stderr


def test_xquad_becomes_test_sets(tmp_path: Path):
    for language in ("en", "de", "es"):
        paragraphs = [
            {"context": f"{language} {n}", "qas": [{"question": f"{language}? {n}"}]} for n in range(6)
        ]
        content = json.dumps({"data": [{"title": "T", "paragraphs": paragraphs}]})
        (tmp_path / f"xquad.{language}.json").write_text(content, encoding="utf-8")
    convert = runpy.run_path(str(TESTS / "benchmarks" / "xquad_to_beir.py"))["convert"]
    assert len(convert(tmp_path, tmp_path / "out")) == 10
    across = load_test_set(tmp_path / "out" / "de-en")
    assert across.documents[4].text == "en 4"
    assert across.questions["de-4-0"] == "de? 4"
    assert across.judgements["de-4-0"] == {"p4": 1}
    mixed = load_test_set(tmp_path / "out" / "mixed")
    assert [each.text for each in mixed.documents] == ["en 0", "de 1", "es 2", "en 3", "de 4", "es 5"]
    assert len(mixed.questions) == 18
