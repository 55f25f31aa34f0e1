"""Test sets of questions: what a file must hold, what is counted, and a run from the command line."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from assistant import Answer, Citation, Verdict
from assistant.errors import UnusableQuestionsError
from assistant.evaluate import Asked, Count, ask, counts, holds_all, report
from assistant.model import Elapsed
from assistant.question_set import LARGEST, TestQuestion, load_questions

ROOT = Path(__file__).parent.parent
HANSA = [sys.executable, "-c", "import sys; from tui.cli import main; sys.exit(main())"]
TEXT = "Harbour Links ran for 30 months. It was worth EUR 640,000."
ROW = {"id": "1", "lang": "en", "question": "How long?", "answer_facts": ["30 months"], "answerable": True}


def replied(verdict: str, text: str = "", quotes: tuple[str, ...] = (), total: float = 10.0) -> Answer:
    citations = tuple(
        Citation(
            n=number,
            guide="harbour",
            title="Harbour Links",
            path="harbour.txt",
            heading="",
            line=1,
            start=TEXT.index(quote),
            end=TEXT.index(quote) + len(quote),
            quote=quote,
            score=1.0,
        )
        for number, quote in enumerate(quotes, 1)
    )
    return Answer(
        question="?",
        language="en",
        verdict=Verdict(verdict),
        answer=text,
        citations=citations,
        elapsed_ms=Elapsed(retrieve=1.0, answer=1.0, total=total),
    )


def asked(answer: Answer, *, best: str = "", **more: object) -> Asked:
    return Asked(TestQuestion.model_validate({**ROW, **more}), answer, best, len(answer.citations), 0)


ANSWERED = replied("answered", "It ran for 30 months. [1]", ("Harbour Links ran for 30 months.",))
REFUSED = replied("not_found", "Not in the guides. Nearest: a page on 30 months.")
BACK = replied("clarify", "Which one do you mean?")


@pytest.mark.parametrize(
    ("text", "facts", "held"),
    [
        ("It ran for\n  30 Months.", ["30 months"], True),
        ("Ende: 30. Juni 2021", ["30 June 2021|30. juni 2021"], True),
        ("30 months, EUR 640,000", ["30 months", "640,000"], True),
        ("30 months", ["30 months", "640,000"], False),
        ("3 months", ["30 months"], False),
        ("STRASSE", ["Straße"], True),
    ],
)
def test_a_fact_is_found_in_any_case_line_break_or_spelling(text, facts, held):
    assert holds_all(text, facts) is held


def test_every_measure_counts_the_questions_it_is_about():
    outcome = [
        asked(ANSWERED, best=TEXT),
        asked(
            replied("answered", "It was worth EUR 640,000. [1]", ("It was worth EUR 640,000.",)), best=TEXT
        ),
        asked(REFUSED),
        asked(BACK),
        asked(REFUSED, answerable=False, answer_facts=[]),
        asked(ANSWERED, answerable=False, answer_facts=[]),
        asked(BACK, answerable=False, answer_facts=[]),
        asked(BACK, kind="underspecified"),
        asked(ANSWERED, kind="underspecified"),
    ]
    assert counts(outcome) == {
        "facts_in_answer": Count(1, 4),
        "facts_in_citations": Count(1, 4),
        "refused_wrongly": Count(1, 4),
        "asked_back_wrongly": Count(1, 4),
        "refused_rightly": Count(1, 3),
        "asked_back_rightly": Count(1, 2),
        "facts_in_best_passage": Count(2, 4),
    }
    assert [each.is_right for each in outcome] == [True, False, False, False, True, False, False, True, False]


def test_a_fact_may_stand_in_what_is_cited_and_not_in_the_answer():
    shortened = replied("answered", "It ran long. [1]", ("Harbour Links ran for 30 months.",))
    measured = counts([asked(shortened)])
    assert measured["facts_in_answer"] == Count(0, 1)
    assert measured["facts_in_citations"] == Count(1, 1)


def test_groups_keep_the_order_of_the_file():
    told = report(
        [asked(REFUSED, lang="pl"), asked(ANSWERED, lang="da"), asked(ANSWERED, lang="pl", kind="number")]
    )
    assert list(told.languages) == ["pl", "da"]
    assert told.languages["pl"]["facts_in_answer"] == Count(1, 2)
    assert {kind: measured["facts_in_answer"].of for kind, measured in told.kinds.items()} == {
        "": 2,
        "number": 1,
    }


def test_shares_carry_wilsons_interval():
    found = Count(9, 10).figure
    assert found
    assert (found.mean, round(found.low, 4), round(found.high, 4)) == (0.9, 0.5958, 0.9821)
    assert Count(0, 0).figure is None


def test_words_are_those_of_answers_and_times_leave_the_first_question_out():
    slow = replied("not_found", "one two three four", total=900.0)
    told = report([asked(slow), asked(ANSWERED), asked(ANSWERED)])
    assert told.words == (6, 6)
    assert told.milliseconds == (10.0, 10.0)
    assert [each.answer for each in told.wrong] == [slow]
    alone = report([asked(slow)])
    assert alone.words == (0, 0)
    assert alone.milliseconds[0] == 900.0


@pytest.mark.parametrize(("start", "differing"), [(0, 0), (1, 1)])
def test_a_quote_that_stands_elsewhere_is_counted(start, differing):
    quote = ANSWERED.citations[0].model_copy(update={"start": start})
    answer = ANSWERED.model_copy(update={"citations": (quote,)})
    passage = SimpleNamespace(passage=SimpleNamespace(text=TEXT))
    index = SimpleNamespace(
        guide=lambda slug: SimpleNamespace(text=TEXT, slug=slug), search=lambda *_, **__: [passage]
    )
    outcome = ask(SimpleNamespace(index=index, ask=lambda *_: answer), TestQuestion.model_validate(ROW))
    assert (outcome.shown, outcome.differing) == (1, differing)
    assert outcome.best_passage == TEXT


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("not json", "is no JSON object"),
        ("[1]", "is no JSON object"),
        (json.dumps({key: value for key, value in ROW.items() if key != "lang"}), "lacks lang"),
        (json.dumps({**ROW, "id": "2", "lang": "English"}), "has no usable lang"),
        (json.dumps({**ROW, "id": "2", "answerable": "yes"}), "has no usable answerable"),
        (json.dumps({**ROW, "id": "2", "answer_facts": "30 months"}), "has no usable answer_facts"),
        (json.dumps({**ROW, "id": "2", "answer_facts": ["30 months| "]}), "has no usable answer_facts"),
        (json.dumps({**ROW, "id": "2", "question": " ?! "}), "cannot be asked: The question holds no words"),
        (json.dumps({**ROW, "id": "2", "question": "why " * 600}), "ask again with at most 2000"),
        (json.dumps(ROW), "has the same id as line 1; give each its own"),
    ],
)
def test_a_broken_line_is_named_with_its_number(tmp_path, line, fault):
    path = tmp_path / "questions.jsonl"
    path.write_text(f"{json.dumps(ROW)}\n\n{line}\n", encoding="utf-8")
    with pytest.raises(UnusableQuestionsError, match="line 3,") as told:
        load_questions(path)
    assert fault in str(told.value)
    assert "\n" not in str(told.value)


@pytest.mark.parametrize(
    ("content", "fault"),
    [(None, "is not there"), (b"", "is empty"), (b"\n \n", "is empty"), (b"\xff\xfe\x00", "is not UTF-8")],
)
def test_a_file_that_cannot_be_used_is_named(tmp_path, content, fault):
    path = tmp_path / "questions.jsonl"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(UnusableQuestionsError, match=fault) as told:
        load_questions(path)
    assert str(path) in str(told.value)


def test_a_file_that_is_too_large_is_not_read(tmp_path):
    path = tmp_path / "questions.jsonl"
    with path.open("wb") as file:
        file.truncate(LARGEST + 1)
    with pytest.raises(UnusableQuestionsError, match="larger than 20 MB"):
        load_questions(path)


def test_a_folder_is_no_file_of_questions(tmp_path):
    with pytest.raises(UnusableQuestionsError, match="cannot be read"):
        load_questions(tmp_path)


def test_ids_may_be_numbers_and_more_fields_may_stand_there(tmp_path):
    path = tmp_path / "questions.jsonl"
    path.write_text(json.dumps({**ROW, "id": 7, "page": "harbour"}), encoding="utf-8-sig")
    assert load_questions(path)[0].id == "7"


GUIDES = {
    "harbour-links.txt": "Harbour Links\nProject duration: 30 months (01.03.2018 – 31.08.2020)\n"
    "Project value: EUR 640,000.00\n",
    "night-ferries.txt": "Night Ferries\nProject duration: 18 months\nProject value: EUR 95,000.00\n",
}
QUESTIONS = [
    {
        "id": "duration",
        "lang": "en",
        "question": "How long did Harbour Links run?",
        "answer_facts": ["30 months"],
        "answerable": True,
        "kind": "number",
    },
    {
        "id": "value",
        "lang": "de",
        "question": "Wie viel war Harbour Links wert?",
        "answer_facts": ["640,000"],
        "answerable": True,
        "kind": "number",
    },
    {
        "id": "never-there",
        "lang": "en",
        "question": "How long did Harbour Links run?\x07",
        "answer_facts": ["31 months"],
        "answerable": True,
        "kind": "number",
    },
    {
        "id": "capital",
        "lang": "en",
        "question": "What is the capital of France?",
        "answer_facts": [],
        "answerable": False,
        "kind": "unanswerable",
    },
    {
        "id": "unclear",
        "lang": "en",
        "question": "What was the project value?",
        "answer_facts": ["Harbour Links", "Night Ferries"],
        "answerable": True,
        "kind": "underspecified",
    },
]


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    home = tmp_path_factory.mktemp("home")
    place = tmp_path_factory.mktemp("set")
    for name, text in GUIDES.items():
        (place / name).write_text(text, encoding="utf-8")
    lines = [json.dumps(row, ensure_ascii=False) for row in QUESTIONS]
    (place / "questions.jsonl").write_text("\n".join(lines), encoding="utf-8")
    guides = [part for name in GUIDES for part in ("--guides", place / name)]

    def start(file: str, *options: str, status: int = 0) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [*HANSA, "evaluate", "answers", place / file, *guides, *options],
            capture_output=True,
            text=True,
            encoding="utf-8",
            env={**os.environ, "HANSA_HOME": str(home), "PYTHONPATH": str(ROOT)},
            timeout=120,
            check=False,
        )
        assert done.returncode == status, done.stderr
        return done

    return start


def test_a_run_prints_one_line_of_json_for_scripts(run):
    (line,) = run("questions.jsonl", "--json").stdout.splitlines()
    told = json.loads(line)
    assert told["questions"] == 5
    assert (told["facts_in_answer"]["count"], told["facts_in_answer"]["of"]) == (2, 3)
    assert told["facts_in_answer"]["interval"] == pytest.approx([0.207658, 0.938507], abs=1e-5)
    assert told["facts_in_citations"]["count"] == 2
    assert told["refused_wrongly"]["count"] == 0
    assert told["refused_rightly"] == {
        "count": 1,
        "of": 1,
        "share": 1.0,
        "interval": pytest.approx([0.2065, 1.0], abs=1e-4),
    }
    assert told["asked_back_rightly"]["count"] == 1
    assert told["facts_in_best_passage"]["of"] == 3
    assert told["kinds"]["unanswerable"]["facts_in_answer"]["share"] is None
    assert told["languages"]["de"]["facts_in_answer"]["count"] == 1
    assert told["quotes"]["differing"] == 0
    assert told["quotes"]["shown"] >= 3
    assert told["wrong"] == ["never-there"]
    assert told["words"].keys() == {"median", "longest"}
    assert told["ms"].keys() == {"p50", "p95"}


def test_a_run_prints_plain_lines_and_what_went_wrong(run):
    shown = run("questions.jsonl", "--wrong").stdout
    assert "2 of 3" in shown
    assert "66.7% (20.8% to 93.9%)" in shown
    assert "never-there: How long did Harbour Links run?" in shown
    assert "\x07" not in shown
    assert "wanted: 31 months" in shown
    assert "\nduration:" not in shown
    assert all(len(line) <= 80 for line in shown.split("\n\nnever-there")[0].splitlines())


def test_an_unusable_file_ends_with_3_and_one_sentence(run):
    done = run("nowhere.jsonl", status=3)
    assert done.stdout == ""
    (told,) = done.stderr.splitlines()
    assert "nowhere.jsonl is not there" in told
