"""Formats that libraries in C open are parsed in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from threading import Event, Thread

import pytest

from index import workshop
from index.parsed import Parsed, RefusedError, from_json
from index.read import read_guide
from index.workshop import Workshop, parse_apart

DEEP = b"<div>" * 60_000
"""Takes the parser minutes."""


@pytest.fixture
def shop():
    shop = Workshop(seconds=120)
    yield shop
    shop.close()


def ask(shop, data=b"<title>T</title><p>Hello.", ending=".html", name="x"):
    return shop.parse({"ending": ending, "name": name, "first_line": 1}, data)


def test_what_comes_back_is_what_the_parser_made(shop):
    parsed = ask(shop, b"<title>T</title><h2>Head</h2><p>Hello \xc3\xb8.")
    assert (parsed.title, parsed.text, parsed.language) == ("T", "Head\n\nHello ø.", "")
    assert [each.headings for each in parsed.blocks] == [(), ("Head",)]
    assert from_json(parsed.to_json()) == parsed


def test_one_process_serves_many_files(shop):
    ask(shop)
    first = shop._process
    ask(shop)
    assert shop._process is first


def test_a_parser_that_hangs_is_ended_and_the_next_file_is_read(shop, monkeypatch):
    ask(shop)
    hanging = shop._process
    with monkeypatch.context() as patch:
        patch.setattr(shop, "_seconds", 0.5)
        with pytest.raises(RefusedError, match=r"takes longer than 0\.5 seconds to read; split it"):
            ask(shop, DEEP)
    assert hanging.poll() is not None
    assert ask(shop).text == "Hello."


def test_a_parser_that_crashes_takes_one_file_alone(shop):
    over = Event()

    def crash() -> None:
        """Whatever process there is while the file is read, it is killed."""
        while not over.wait(0.05):
            if process := shop._process:
                process.kill()

    killer = Thread(target=crash, daemon=True)
    killer.start()
    with pytest.raises(RefusedError, match="seems to be damaged; open it, save it anew"):
        ask(shop, DEEP)
    over.set()
    killer.join()
    assert ask(shop).text == "Hello."


def test_an_error_that_no_parser_should_raise_is_a_sentence(shop):
    with pytest.raises(RefusedError, match="cannot be parsed, it seems to be damaged"):
        ask(shop, b"\xff", ending=".md")
    assert ask(shop).text == "Hello."


def test_a_process_with_nothing_to_do_goes(shop):
    shop._idle = 0.05
    ask(shop)
    for _ in range(6_000):
        if shop._process is None:
            break
        time.sleep(0.02)
    assert shop._process is None
    assert ask(shop).text == "Hello."


def test_what_is_refused_there_is_refused_here():
    with pytest.raises(RefusedError, match="is no PDF that can be opened"):
        parse_apart(".pdf", b"nothing", "x")


def test_long_markdown_is_parsed_apart(tmp_path, monkeypatch):
    path = tmp_path / "long.md"
    path.write_text("---\ntitle: Long\n---\n\n" + "A line of text.\n\n" * 10_000, encoding="utf-8")
    seen = []

    def noted(*arguments) -> Parsed:
        seen.append(arguments[0])
        return parse_apart(*arguments)

    monkeypatch.setattr("index.read.parse_apart", noted)
    guide = read_guide(path)
    assert seen == [".md"]
    assert (guide.title, len(guide.blocks), guide.blocks[0].line) == ("Long", 10_000, 5)


def test_the_process_ends_with_the_one_that_started_it():
    code = (
        "from index.workshop import parse_apart, shared_workshop;"
        "parse_apart('.html', b'<p>x', 'x'); print(shared_workshop()._process.pid, flush=True)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    pid = int(done.stdout)
    assert not done.stderr
    if os.name == "posix":
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


def test_there_is_one_workshop():
    assert workshop.shared_workshop() is workshop.shared_workshop()


@pytest.mark.skipif(os.name != "posix", reason="no limits on this system")
@pytest.mark.parametrize(("hidden", "limited"), [("", "True"), ("sys.modules['resource'] = None", "False")])
def test_limits_hold_where_the_system_has_them_and_are_no_error_elsewhere(hidden: str, limited: str):
    lines = (
        "import sys",
        "from index.bench import MOST_MEMORY, limit_resources",
        hidden,
        "limit_resources(1.0)",
        "sys.modules.pop('resource', None)",
        "import resource",
        "print(resource.getrlimit(resource.RLIMIT_AS)[0] == MOST_MEMORY)",
    )
    done = subprocess.run(
        [sys.executable, "-c", "\n".join(lines)], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == limited


def test_a_value_that_is_no_answer_is_refused():
    with pytest.raises(TypeError, match="blocks"):
        from_json({"title": "", "text": "", "blocks": 3, "language": ""})
    assert Parsed("", "", ()).empty
