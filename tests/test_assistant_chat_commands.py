"""`hansa model`, and `hansa ask` with a chat model, as real processes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from argparse import Namespace
from pathlib import Path

import pytest

from assistant import local_servers
from index.embed import find_embedder
from tui.console.doctor import _chat_model
from tui.paths import Paths
from tui.services import Services

ROOT = Path(__file__).parent.parent
HANSA = [sys.executable, "-c", "import sys; from tui.cli import main; sys.exit(main())"]
PAGE = "Harbour Links\nHarbour Links ran for 30 months. The total value of Harbour Links was EUR 640,000.\n"
RAN = "How long did Harbour Links run?"
SAYS = "Harbour Links ran for 30 months. [1]"


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    if find_embedder()[0] is None:
        pytest.skip(find_embedder()[1])
    folder = tmp_path_factory.mktemp("home")
    (folder / "harbour-links.txt").write_text(PAGE, encoding="utf-8")
    return folder


def environment(home, **more: str):
    return {**os.environ, "HANSA_HOME": str(home), "PYTHONPATH": str(ROOT), **more}


def run(*arguments, home, status=0, text="", **more: str):
    done = subprocess.run(
        [*HANSA, *map(str, arguments)],
        input=text,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=environment(home, **more),
        timeout=120,
        check=False,
    )
    assert "Traceback" not in done.stderr, done.stderr
    assert done.returncode == status, (done.stdout, done.stderr)
    return done


def ask(home, *more, **options: str):
    return run("ask", *more, "--guides", home / "harbour-links.txt", RAN, home=home, **options)


def test_nothing_is_used_until_the_user_agrees(home, chat_server):
    assert "No chat model is used" in run("model", home=home).stdout
    refused = run("model", "use", "well", "--address", chat_server.address, home=home)
    assert "What it is sent:" in refused.stdout
    assert "--yes" in refused.stderr
    assert not (home / "settings.toml").exists()
    assert json.loads(ask(home, "--json").stdout)["model"] is None


def test_a_model_is_chosen_answers_and_is_turned_off(home, chat_server):
    chosen = run("model", "use", "well", "--address", chat_server.address, "--yes", home=home)
    assert "on this machine" in chosen.stdout
    assert f"well at {chat_server.address}" in (home / "settings.toml").read_text(encoding="utf-8")
    assert "well puts answers into words" in run("model", "show", home=home).stdout
    shown = ask(home).stdout
    assert shown.startswith(SAYS)
    assert "Worded by well, each sentence checked." in shown
    answer = json.loads(ask(home, "--json").stdout)
    assert answer["model"] == "well"
    assert list(answer) == [
        "question", "language", "verdict", "answer", "sentences", "citations", "nearest", "model", "elapsed_ms"
    ]  # fmt: skip
    run("model", "off", home=home)
    assert json.loads(ask(home, "--json").stdout)["model"] is None


def test_a_model_that_fails_is_told_beside_the_guides_own_words(home, chat_server):
    run("model", "use", "wrong-key", "--address", chat_server.address, "--yes", home=home)
    done = ask(home, HANSA_MODEL_KEY="sk-hansa-test-77", HANSA_DEBUG="1")
    assert "30 months" in done.stdout
    assert "refuses the key" in done.stderr
    assert "sk-hansa-test-77" not in done.stdout + done.stderr
    run("model", "off", home=home)


def test_a_settings_file_changed_by_hand_sends_nothing_elsewhere(home, chat_server):
    run("model", "use", "well", "--address", "http://127.0.0.1:9/v1", "--yes", home=home)
    path = home / "settings.toml"
    moved = path.read_text(encoding="utf-8").replace(
        'address = "http://127.0.0.1:9/v1"', f'address = "{chat_server.address}"'
    )
    path.write_text(moved, encoding="utf-8")
    before = len(chat_server.seen())
    assert json.loads(ask(home, "--json").stdout)["model"] is None
    assert len(chat_server.seen()) == before
    path.write_text("[assistant", encoding="utf-8")
    done = ask(home)
    assert "30 months" in done.stdout
    assert "cannot be read as TOML" in done.stderr
    path.unlink()


def test_the_preview_shows_what_would_be_sent(home):
    guides = ("--guides", home / "harbour-links.txt")
    shown = run("model", "show", *guides, RAN, home=home).stdout
    assert "The passages and the question are data" in shown
    assert "Harbour Links ran for 30 months." in shown
    assert (
        "Nothing would be sent"
        in run("model", "show", *guides, "Who is the king of France?", home=home).stdout
    )


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("use", "well", "--address", "gopher://x"), "is no address"),
        (("use", "a-model-that-nobody-has"), "name its server with --address"),
        (("key",), "Choose a model first"),
    ],
)
def test_what_cannot_be_chosen_is_told_in_a_sentence(home, arguments, words):
    done = run("model", *arguments, home=home, status=2)
    assert words in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


@pytest.mark.skipif(os.name == "nt", reason="needs a pseudo-terminal")
def test_on_a_terminal_each_sentence_is_printed_as_soon_as_it_is_proved(home, chat_server):
    import pty  # noqa: PLC0415 - not on Windows

    run("model", "use", "stops", "--address", chat_server.address, "--yes", home=home)
    master, slave = pty.openpty()
    command = [*HANSA, "ask", "--guides", str(home / "harbour-links.txt"), RAN]
    child = subprocess.Popen(command, stdout=slave, stderr=slave, stdin=slave, env=environment(home))
    os.close(slave)
    try:
        seen = b""
        deadline = time.monotonic() + 60
        while SAYS.encode() not in seen and time.monotonic() < deadline:
            seen += os.read(master, 65_536)
        assert SAYS.encode() in seen
        assert child.poll() is None, (
            "the model has stopped without an end; the sentence was not waiting for it"
        )
    finally:
        child.kill()
        child.wait()
        os.close(master)
        run("model", "off", home=home)


def test_doctor_finds_servers_and_asks_them_for_nothing_but_models(home, chat_server, monkeypatch):
    monkeypatch.setattr(local_servers, "PORTS", (9, chat_server.port))
    services = Services(Paths(home))
    before = len(chat_server.seen())
    found = _chat_model("Chat model", services)
    assert found.fine
    assert f"none used; found Ollama at {chat_server.address} with 2 models" in found.words
    assert len(chat_server.seen()) == before
    run("model", "use", "well", "--address", "http://127.0.0.1:9/v1", "--yes", home=home)
    gone = _chat_model("Chat model", services)
    assert not gone.fine
    assert "start its server, or turn it off with hansa model off" in gone.words
    run("model", "use", "well", "--address", chat_server.address, "--yes", home=home)
    assert "is used" in _chat_model("Chat model", services).words
    run("model", "off", home=home)


def test_list_names_the_command_for_each_model(home, chat_server, monkeypatch, capsys):
    from tui.console import model  # noqa: PLC0415 - imported as the command does

    del home
    found = local_servers.find_servers((chat_server.port,))
    monkeypatch.setattr(local_servers, "find_servers", lambda: found)
    assert model.show_found(Namespace()) == 0
    assert f"hansa model use well --address {chat_server.address}" in capsys.readouterr().out
    monkeypatch.setattr(local_servers, "find_servers", lambda: ())
    model.show_found(Namespace())
    assert "Start one, such as Ollama" in capsys.readouterr().out
