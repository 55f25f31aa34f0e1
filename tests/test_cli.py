"""The `hansa` command, as real processes in a home of its own."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from index.collection import shipped_guides
from tui import __version__
from tui.cli import build_parser

HANSA = [sys.executable, "-c", "import sys; from tui.cli import main; sys.exit(main())"]
ROOT = Path(__file__).parent.parent
PAGE = "Harbour Links\nProject duration: 30 months (01.03.2018 – 31.08.2020)\nProject value: EUR 640,000.00\n"


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A home in which the guides are prepared once."""
    folder = tmp_path_factory.mktemp("shared-home")
    run("guides", "list", home=folder)
    return folder


@pytest.fixture
def own_home(home, tmp_path):
    """A copy of it, to be written to."""
    return Path(shutil.copytree(home, tmp_path / "home"))


def run(*arguments, home, text="", status=0, folder=None):
    """Run one command to its end; no traceback may reach its user."""
    environment = {**os.environ, "HANSA_HOME": str(home), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [*HANSA, *map(str, arguments)],
        input=text if isinstance(text, bytes) else text.encode(),
        capture_output=True,
        env=environment,
        cwd=folder or Path(home).parent,
        timeout=120,
        check=False,
    )
    done.stdout, done.stderr = done.stdout.decode(), done.stderr.decode()
    assert "Traceback" not in done.stderr, done.stderr
    assert done.returncode == status, (done.stdout, done.stderr)
    return done


def sentence_of(done):
    """What was said on stderr, which must be one line."""
    lines = done.stderr.strip().splitlines()
    assert len(lines) == 1, lines
    return lines[0]


@pytest.mark.parametrize("wrong", ["many", "0", "101", "1e2", "9" * 5000])
def test_a_number_that_cannot_be_is_told_in_plain_words(tmp_path, wrong):
    for command, words in (
        (("search", "boats", "-k", wrong), "choose a number from 1 to 100"),
        (("serve", "--port", f"{wrong}-"), "choose a port from 1 to 65535"),
    ):
        done = run(*command, home=tmp_path / "home", status=2)
        assert words in done.stderr


def test_the_home_of_nobody_is_no_fault(tmp_path):
    done = run("history", "list", home="~nosuchuser/hansa", folder=tmp_path)
    assert done.stdout == "Nothing was asked yet.\n"


def test_a_name_with_control_sequences_is_told_without_them(tmp_path):
    done = run("import", "\x1b]0;gone\x07mine.jsonl", home=tmp_path / "home", status=3)
    assert "mine.jsonl cannot be read" in done.stderr
    assert not {"\x1b", "\x07"} & set(done.stderr)


def test_bytes_that_are_no_letters_are_no_fault(tmp_path):
    done = run("history", "erase", home=tmp_path / "home", text=b"\xff\xfe\n")
    assert "Nothing was erased." in done.stdout


def test_no_conversation_has_the_number_nought(tmp_path):
    told = sentence_of(run("history", "erase", "0", "--yes", home=tmp_path / "home", status=2))
    assert "0" in told


def test_version_and_help(tmp_path):
    assert run("--version", home=tmp_path).stdout == f"hansa {__version__}\n"
    shown = run("--help", home=tmp_path).stdout
    for command in (
        "learn",
        "quiz",
        "ask",
        "search",
        "guides",
        "course",
        "review",
        "progress",
        "export",
        "import",
        "erase",
        "doctor",
    ):
        assert command in shown


def test_version_and_help_load_nothing_heavy():
    code = (
        "import sys\nfrom tui.cli import main\n"
        "try: main(['--help'])\nexcept SystemExit: pass\n"
        "print(sorted({'pydantic','textual','sqlalchemy','numpy','faiss','tantivy','yaml'} & set(sys.modules)),"
        " file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stderr.strip() == "[]"


def test_every_command_stands_in_the_readme():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    actions = [action for action in build_parser()._actions if action.choices]
    for command in actions[0].choices:
        assert f"hansa {command}" in readme, command


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["nosuch"], "invalid choice: 'nosuch'"),
        (["ask", "--json"], "Say what to ask"),
        (["search", "x", "-k", "0"], "argument -k: choose a number from 1 to 100"),
        (["guides"], "the following arguments are required: ACTION"),
    ],
)
def test_wrong_usage_ends_with_2_and_is_told(tmp_path, arguments, told):
    done = run(*arguments, home=tmp_path, status=2)
    assert told in done.stderr
    assert not done.stdout


def test_ask_prints_an_answer_with_its_sources(home):
    shown = run("ask", "How long did KISS ME run?", home=home).stdout
    assert "54 months" in shown
    assert "[1] KISS ME" in shown


def test_ask_json_keeps_its_promise_about_quotes(own_home, tmp_path):
    page = tmp_path / "harbour-links.txt"
    page.write_text(PAGE, encoding="utf-8")
    done = run("ask", "--json", "--guides", page, "How long did Harbour Links run?", home=own_home)
    answer = json.loads(done.stdout)
    assert answer["verdict"] == "answered"
    (citation,) = answer["citations"]
    assert citation["quote"] in PAGE
    assert PAGE[citation["start"] : citation["end"]] == citation["quote"]
    assert citation["path"] == str(page)


def test_ask_answers_a_question_a_line(home):
    questions = "How long did KISS ME run?\n\nWhat is the capital of France?\n"
    lines = run("ask", "-", "--json", home=home, text=questions).stdout.splitlines()
    assert [json.loads(line)["verdict"] for line in lines] == ["answered", "not_found"]


def test_a_danish_question_gets_danish_words(home):
    answer = json.loads(run("ask", "--json", "Hvad er budgettet for GoSmart & Excel BSR?", home=home).stdout)
    assert answer["language"] == "da"
    assert "770.860" in answer["answer"]
    assert answer["citations"][0]["guide"] == "gosmart-excel-bsr.da"


def test_a_field_of_just_what_is_asked_wins_over_a_sentence_about_a_part(home):
    answer = json.loads(run("ask", "--json", "When did InterVentures start?", home=home).stdout)
    assert "1 August 2019" in answer["sentences"][0]["text"]


def test_a_line_above_a_list_brings_its_list(home):
    answer = json.loads(run("ask", "--json", "Who are the four partners of SMEGoNet?", home=home).stdout)
    assert "four partners" in answer["answer"]
    assert len(answer["sentences"]) == 4


def test_what_is_not_in_the_guides_is_refused(home):
    answer = json.loads(run("ask", "--json", "What did KISS ME spend on travel?", home=home).stdout)
    assert answer["verdict"] == "not_found"
    assert answer["citations"] == []
    assert answer["nearest"]


@pytest.mark.parametrize("question", ["", "   ", "x " * 2000])
def test_a_question_that_cannot_be_asked_ends_in_one_sentence(home, question):
    assert sentence_of(run("ask", question, home=home, status=2))


def test_search_prints_passages(home):
    found = json.loads(run("search", "co-financing rate", "-k", "3", "--json", home=home).stdout)
    assert [hit["rank"] for hit in found] == [1, 2, 3]
    assert "InterVentures" in run("search", "InterVentures co-financing", home=home).stdout


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("empty.txt", b"", "empty"),
        ("binary.txt", b"\x00\x01\x02" * 100, "binary"),
        ("odd.txt", "Værdi: 5 kr. På dansk, æøå".encode("cp1252"), "UTF-8"),
        ("huge.txt", b"word " * 4_500_000, "20"),
        ("table.xlsx", b"PK", "Markdown"),
    ],
)
def test_a_bad_guide_is_named_with_the_remedy(own_home, tmp_path, name, data, told):
    path = tmp_path / name
    path.write_bytes(data)
    asked = run("ask", "--guides", path, "What is it?", home=own_home, status=3)
    assert name in sentence_of(asked)
    assert told in sentence_of(asked)
    added = run("guides", "add", path, home=own_home, status=1)
    assert name in sentence_of(added)
    shipped = len(list(shipped_guides().glob("*.md")))
    assert f"\n{shipped} guides\n" in run("guides", "list", home=own_home).stdout


def test_bad_guides_never_stop_good_ones(own_home, tmp_path):
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "good.txt").write_text(PAGE, encoding="utf-8")
    (folder / "empty.txt").write_bytes(b"")
    done = run("ask", "--guides", folder, "How long did Harbour Links run?", home=own_home)
    assert "30 months" in done.stdout
    assert "empty.txt" in sentence_of(done)


def test_guides_are_added_shown_asked_and_removed(own_home, tmp_path):
    page = tmp_path / "harbour-links.txt"
    page.write_text(PAGE, encoding="utf-8")
    run("guides", "add", page, home=own_home)
    assert "harbour-links" in run("guides", "list", home=own_home).stdout
    assert "Project duration" in run("guides", "show", "harbour-links", home=own_home).stdout
    assert "30 months" in run("ask", "How long did Harbour Links run?", home=own_home).stdout
    run("guides", "remove", "harbour-links", home=own_home)
    assert "harbour-links" not in run("guides", "list", home=own_home).stdout
    assert "harbour-links" in sentence_of(run("guides", "remove", "harbour-links", home=own_home, status=3))
    assert "stays" in sentence_of(run("guides", "remove", "kiss-me", home=own_home, status=3))


def test_a_guide_that_does_not_exist_is_told(own_home, tmp_path):
    assert "nowhere.md" in sentence_of(run("guides", "add", tmp_path / "nowhere.md", home=own_home, status=3))
    run("ask", "--guides", tmp_path / "nowhere.md", "What?", home=own_home, status=3)


def test_a_heading_is_shown_alone(home):
    shown = run("guides", "show", "kiss-me#aim", home=home).stdout
    assert "make SMEs more able to innovate" in shown
    assert "Milestones" not in shown
    assert "partners" in sentence_of(run("guides", "show", "kiss-me#nosuch", home=home, status=3))


def test_the_course_is_listed_and_printed(home):
    listed = json.loads(run("course", "list", "--json", home=home).stdout)
    module = next(module for module in listed if module["id"] == "open-innovation")
    assert len(module["lessons"]) == 5
    printed = run("course", "show", "open-innovation/from-closed-to-open", home=home).stdout
    assert "A bakery in Bologna" in printed
    assert max(len(line) for line in printed.splitlines() if "https:" not in line) <= 76


def test_shipped_modules_pass_the_check(home):
    told = run("course", "check", "--strict", home=home).stdout
    assert re.fullmatch(r"No problems in \d+ files(; \d+ warnings? explained)?\.\n", told)


def test_a_broken_question_is_reported_with_its_place_and_the_rest_is_read(home, tmp_path):
    module = tmp_path / "course" / "01-ports"
    module.mkdir(parents=True)
    (module / "module.md").write_text(
        "---\ntitle: Ports\noutcomes: {O1: know a port}\n---\n", encoding="utf-8"
    )
    lesson = module / "01-quay.md"
    lesson.write_text(
        "---\ntitle: The quay\n---\n\n## A page\n\nA quay is where ships lie.\n\n"
        "<!-- q id=broken outcome=O1 -->\n### What is a quay?\n\n- [ ] A fish\n- [ ] A song\n<!-- /q -->\n\n"
        "More text.\n",
        encoding="utf-8",
    )
    done = run("course", "check", module.parent, home=home, status=1)
    assert f"{lesson.name}:12:1: Q012" in done.stdout
    problems = json.loads(run("course", "check", module.parent, "--json", home=home, status=1).stdout)
    assert problems[0]["line"] == 12
    printed = run("--course", module.parent, "course", "show", "ports/quay", home=home).stdout
    assert "More text." in printed
    assert "A quay is where ships lie." in printed


def test_a_quiz_is_taken_in_plain_lines_and_counts(own_home):
    first = run("quiz", "open-innovation", "--plain", home=own_home, text="h\nq\n").stdout
    assert "Question 1 of 13." in first
    assert "Your answers are saved" in first
    answers = answers_for(first.count("")) * 40
    last = run("quiz", "2", "--plain", home=own_home, text=answers).stdout
    assert "Question 13 of 13." in last
    modules = json.loads(run("progress", "--json", home=own_home).stdout)
    taken = {module["module"]: module["quiz"]["latest"] for module in modules if module["quiz"]}
    assert taken.pop("open-innovation") is not None
    assert set(taken.values()) == {None}
    assert len(answers_in(own_home)) == 13


def answers_in(home):
    """The answers in the record, as `hansa export` prints them."""
    rows = [json.loads(line) for line in run("export", home=home).stdout.splitlines()]
    assert rows[0]["format"] == "hansa-record"
    return [row for row in rows if row["kind"] == "answer"]


def answers_for(_):
    """Lines of which one fits every type of question, each with a certainty; the others are told to be read again."""
    return "a\n2\na b\n2\n1a 2a 3a 4a 5a 6a 7a 8a\n2\n"


def test_kill_9_in_a_quiz_loses_no_answer(own_home):
    environment = {**os.environ, "HANSA_HOME": str(own_home), "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(
        [*HANSA, "quiz", "2", "--plain"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env=environment,
    )
    assert process.stdin
    assert process.stdout
    seen = ""
    while "Question 3 of 13" not in seen:
        seen += process.stdout.readline()
        if "Question" in seen.splitlines()[-1]:
            process.stdin.write(answers_for(0))
            process.stdin.flush()
    process.send_signal(signal.SIGKILL)
    process.wait(timeout=120)
    process.stdin.close()
    process.stdout.close()
    given = len(answers_in(own_home))
    assert given >= 2
    again = run("quiz", "2", "--plain", home=own_home, text="q\n").stdout
    assert f"You go on at question {given + 1}." in again


def test_a_learner_can_export_and_erase(own_home):
    run("quiz", "2", "--plain", home=own_home, text=answers_for(0))
    assert "Nothing was deleted." in run("erase", home=own_home, text="no\n").stdout
    assert answers_in(own_home)
    run("erase", "--yes", home=own_home)
    assert answers_in(own_home) == []


def test_data_moves_to_another_machine_and_nothing_is_doubled(own_home, home, tmp_path):
    run("quiz", "2", "--plain", home=own_home, text=answers_for(0) * 40)
    file = tmp_path / "me.jsonl"
    file.write_text(run("export", home=own_home).stdout, encoding="utf-8")
    other = Path(shutil.copytree(home, tmp_path / "other"))
    assert "Answers: 13 new, 0 known already" in run("import", file, home=other).stdout
    assert "Answers: 0 new, 13 known already" in run("import", file, home=other).stdout
    assert run("progress", "--json", home=other).stdout == run("progress", "--json", home=own_home).stdout
    assert answers_in(other) == answers_in(own_home)
    shown = run("export", "--markdown", home=other).stdout
    assert shown.startswith("# My learning\n")
    assert shown.count("  - answered 2") == 13


def test_a_file_that_is_no_export_is_told(own_home, tmp_path):
    file = tmp_path / "notes.txt"
    file.write_text("Dear diary", encoding="utf-8")
    assert "Line 1" in sentence_of(run("import", file, home=own_home, status=3))
    assert "gone.jsonl" in sentence_of(run("import", tmp_path / "gone.jsonl", home=own_home, status=3))
    assert str(tmp_path) in sentence_of(run("import", tmp_path, home=own_home, status=3))


def test_a_record_of_a_newer_version_is_left_alone(own_home):
    run("progress", home=own_home)
    record = own_home / "learner.sqlite"
    with sqlite3.connect(record) as database:
        names = [row[1] for row in database.execute("PRAGMA table_info(migrations)")]
        values = {"name": "9999-from-the-future"}
        known = [name for name in names if name in values]
        columns = ", ".join(names)
        row = tuple(values.get(name, "2030-01-01T00:00:00+00:00") for name in names)
        assert known
        database.execute(f"INSERT INTO migrations ({columns}) VALUES ({', '.join('?' * len(row))})", row)
    database.close()
    before = record.read_bytes()
    told = sentence_of(run("progress", home=own_home, status=3))
    assert "learner.sqlite" in told
    assert record.read_bytes() == before


def test_a_home_that_cannot_be_written_is_told(tmp_path):
    file = tmp_path / "not-a-folder"
    file.write_text("x", encoding="utf-8")
    for command in (["progress"], ["ask", "How long did KISS ME run?"], ["guides", "list"]):
        assert str(file) in sentence_of(run(*command, home=file, status=3))
    assert "PROBLEM" in run("doctor", home=file, status=1).stdout


def test_without_a_terminal_everything_is_told_line_by_line(own_home):
    assert "1. Begin: Module 1 · " in run(home=own_home).stdout
    assert "Section 1 of " in run("learn", home=own_home).stdout
    assert "Question 1 of " in run("quiz", "2", home=own_home).stdout
    assert "Nothing is due today." in run("review", home=own_home).stdout
    assert "54 months" in run("ask", home=own_home, text="How long did KISS ME run?\n").stdout


def test_doctor_finds_a_sound_installation_in_order(home):
    shown = run("doctor", home=home).stdout
    assert "Everything is in order." in shown
    assert "PROBLEM" not in shown


def test_the_main_paths_need_no_network(own_home, tmp_path):
    page = tmp_path / "harbour-links.txt"
    page.write_text(PAGE, encoding="utf-8")
    code = (
        "import socket, sys\n"
        "allowed = set()\n"
        "def check(host):\n"
        "    if host not in allowed: raise AssertionError(f'the network was used: {host}')\n"
        "class Watched(socket.socket):\n"
        "    def connect(self, address):\n"
        "        if self.family != getattr(socket, 'AF_UNIX', None): check(address[0])\n"
        "        super().connect(address)\n"
        "look_up = socket.getaddrinfo\n"
        "def watched(host, *rest, **named):\n"
        "    check(host)\n"
        "    return look_up(host, *rest, **named)\n"
        "socket.socket, socket.getaddrinfo = Watched, watched\n"
        "from tui.cli import main\n"
        f"assert main(['ask', '--guides', {str(page)!r}, 'How long did Harbour Links run?']) == 0\n"
        "assert main(['ask', 'What did SMEGoNet do?']) == 0\n"
        "assert main(['course', 'show', '2/1']) == 0\n"
        "assert main(['progress']) == 0\n"
        "allowed.add('127.0.0.1')\n"  # where it looks for chat models
        "assert main(['doctor']) == 0\n"
    )
    environment = {**os.environ, "HANSA_HOME": str(own_home)}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=environment, cwd=ROOT, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "30 months" in done.stdout
