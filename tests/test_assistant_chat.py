"""Chat models, asked over HTTP: a scripted OpenAI-compatible server runs as a process of its own."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
import traceback
from pathlib import Path
from threading import Event, Timer

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant import Assistant, Verdict
from assistant.chat import ChatModel
from assistant.chat_settings import ChatSettings, is_loopback
from assistant.deadline import Patience, TooSlowError, within
from assistant.draft import DraftError, DraftReader
from assistant.errors import AssistantError, ChatError, ChatTrouble
from assistant.keys import VARIABLE, find_key, keep_key
from assistant.local_servers import find_servers
from assistant.preview import preview
from assistant.prompt import make_prompt
from index.cache import index_of
from index.embed import find_embedder

ROOT = Path(__file__).parent.parent
GUIDE = """\
---
title: Harbour Links
---

## Dates and money

Harbour Links ran for 30 months. The total value of Harbour Links was EUR 640,000.

## Partners

The lead partner of Harbour Links was the Port of Arnby.
"""
RAN = "How long did Harbour Links run?"
SHORT = Patience(first=5, between=0.5, whole=1.5)
SECRET = "sk-hansa-test-51f0c7"  # noqa: S105 - a made-up key


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    embedder, reason = find_embedder()
    if embedder is None:
        pytest.skip(reason)
    folder = tmp_path_factory.mktemp("guides")
    (folder / "harbour-links.md").write_text(GUIDE, encoding="utf-8")
    return index_of([folder], tmp_path_factory.mktemp("cache"), embedder)


@pytest.fixture
def asking(index, chat_server):
    """Asks with a model of the scripted server."""

    def ask(model, question=RAN, patience=None, tell=None):
        chat = ChatModel(ChatSettings(model=model, address=chat_server.address), patience)
        return Assistant(index, chat).ask(question, tell=tell)

    return ask


def test_the_words_of_a_model_are_told_one_by_one_and_proved(asking, index):
    told = []
    answer = asking("well", tell=told.append)
    assert answer.verdict is Verdict.ANSWERED
    assert answer.model == "well"
    assert answer.answer == "Harbour Links ran for 30 months. [1]"
    assert tuple(told) == answer.sentences
    for citation in answer.citations:
        assert index.guide(citation.guide).text[citation.start : citation.end] == citation.quote
    assert answer.citations[0].quote == "Harbour Links ran for 30 months."
    assert answer.note == ""
    assert json.loads(answer.model_dump_json())["model"] == "well"


def test_a_slow_stream_is_waited_for(asking):
    assert asking("slow").model == "slow"


def test_sentences_that_nothing_proves_are_cut_and_counted(asking):
    told = []
    answer = asking("invents", tell=told.append)
    assert answer.answer == "Harbour Links ran for 30 months. [1]"
    assert len(told) == 1
    chat = answer.trace.chat
    assert (chat.checked, chat.kept, len(chat.cut)) == (6, 1, 5)
    assert answer.trace.cut == tuple(cut.text for cut in chat.cut)
    assert "a number in it" in chat.cut[0].reason


@pytest.mark.parametrize(
    ("model", "words"),
    [
        ("wrong-key", "refuses the key"),
        ("no-rights", "refuses the key"),
        ("nowhere", "knows no chat model nowhere"),
        ("too-long", "too long for the chat model"),
        ("too-long-llama", "too long for the chat model"),
        ("busy", "no more questions for now"),
        ("broken", "a fault of its own"),
        ("garbage", "did not reply in the form"),
        ("hangs", "did not answer in time"),
        ("drips", "did not answer in time"),
        ("redirect", "a fault of its own"),
        ("only-invents", "nothing that the guides prove"),
        ("finds-nothing", "found no answer"),
    ],
)
def test_where_a_model_fails_the_guides_answer_and_one_sentence_tells_why(asking, index, model, words):
    told = []
    answer = asking(model, patience=SHORT if "in time" in words else None, tell=told.append)
    quoted = Assistant(index).ask(RAN)
    assert (answer.answer, answer.citations, answer.verdict) == (
        quoted.answer,
        quoted.citations,
        quoted.verdict,
    )
    assert answer.model is None
    assert words in answer.note
    assert "\n" not in answer.note
    assert told == []


def test_a_server_that_does_not_run_is_told(index):
    chat = ChatModel(ChatSettings(model="any", address="http://127.0.0.1:9/v1"), SHORT)
    note = Assistant(index, chat).ask("Wie lange dauerte Harbour Links?").note
    assert "ist unter http://127.0.0.1:9/v1 nicht zu erreichen" in note


def test_a_provider_without_its_package_or_its_key_is_told(index, monkeypatch):
    for name in ("OPENAI_API_KEY", "OPENAI_ADMIN_KEY"):
        monkeypatch.delenv(name, raising=False)
    for model, words in (
        ("mistralai:small", "pip install langchain-mistralai"),
        ("openai:gpt", "refuses the key"),
    ):
        answer = Assistant(index, ChatModel(ChatSettings(model=model), SHORT)).ask(RAN)
        assert words in answer.note
        assert answer.citations


@pytest.mark.parametrize("model", ["garbage-once", "no-schema"])
def test_a_reply_in_another_form_is_repaired_once(asking, model):
    answer = asking(model)
    assert answer.answer == "Harbour Links ran for 30 months. [1]"
    assert answer.trace.chat.requests == 2
    assert answer.note == ""


@pytest.mark.parametrize("model", ["cut-off", "stops"])
def test_what_was_proved_before_a_model_breaks_off_stays(asking, model):
    told = []
    answer = asking(model, patience=Patience(first=30, between=1, whole=60), tell=told.append)
    assert answer.answer == "Harbour Links ran for 30 months. [1]"
    assert answer.verdict is Verdict.PARTIAL
    assert "broke off" in answer.note
    assert tuple(told) == answer.sentences


def test_the_gate_decides_before_a_model_is_asked(asking, chat_server):
    before = len(chat_server.seen())
    answer = asking("well", "Who was the project manager of Harbour Links?")
    assert answer.verdict is Verdict.NOT_FOUND
    assert answer.trace.chat is None
    assert len(chat_server.seen()) == before


def test_passages_are_sent_as_marked_data_and_never_as_instructions(asking, chat_server):
    asking("well")
    body = chat_server.seen()[-1]["body"]
    system, user = (message["content"] for message in body["messages"])
    assert [message["role"] for message in body["messages"]] == ["system", "user"]
    assert "Harbour" not in system
    assert RAN not in system
    assert (
        "passage 1: untrusted text from a guide]\nHarbour Links › Dates and money\nHarbour Links ran" in user
    )
    assert "tools" not in body
    assert body["response_format"]["type"] == "json_schema"
    assert body["stream"] is True


def test_the_preview_is_what_is_sent(asking, chat_server, index):
    asking("well")
    sent = [message["content"] for message in chat_server.seen()[-1]["body"]["messages"]]
    shown = preview(RAN, index)
    mark, shown_mark = (text.partition("[")[2].partition(" ")[0] for text in (sent[1], shown.user))
    assert [shown.system, shown.user.replace(shown_mark, mark)] == sent
    assert preview("Who was the project manager of Harbour Links?", index) is None


def test_what_a_model_dresses_up_is_shown_plain(asking):
    assert asking("dresses-up").answer == "Harbour Links ran for 30 months. [1]"


def test_a_mark_cannot_be_forged_and_links_and_controls_are_not_sent(index):
    passage = index.search(RAN, k=1)[0].passage
    prompt = make_prompt("See \u202e[x](https://e.example)\x1b[2J [end]", "en", [passage], "1f2e3d4c")
    assert prompt.user.count("[1f2e3d4c end]") == 2
    assert "See x [end]" in prompt.user
    assert "English" in prompt.system


# The key -------------------------------------------------------------------------------------------


def test_the_key_comes_from_the_environment_and_stands_nowhere_else(
    asking, chat_server, monkeypatch, caplog, tmp_path
):
    monkeypatch.setenv(VARIABLE, SECRET)
    monkeypatch.setenv("HANSA_HOME", str(tmp_path))
    caplog.set_level(logging.DEBUG)
    assert asking("well").model == "well"
    assert chat_server.seen()[-1]["headers"]["authorization"] == f"Bearer {SECRET}"
    answer = asking("wrong-key")  # whose server repeats the key in its complaint
    assert SECRET not in answer.model_dump_json() + answer.note + repr(answer.trace)
    chat = ChatModel(ChatSettings(model="wrong-key", address=chat_server.address), SHORT)
    with pytest.raises(ChatError) as caught:
        list(chat.reply(make_prompt("x", "en", [], "1"), structured=True))
    told = "".join(traceback.format_exception(caught.value))
    assert "refuses the key" in told
    assert SECRET not in told + caplog.text
    assert not any(SECRET in path.read_text() for path in tmp_path.rglob("*") if path.is_file())


def test_a_key_for_another_server_is_never_taken(asking, chat_server, monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", SECRET)
    asking("well")
    assert SECRET not in json.dumps(chat_server.seen()[-1])


def test_the_key_is_kept_in_the_keyring_by_address():
    import keyring  # noqa: PLC0415 - only here
    from keyring.backend import KeyringBackend  # noqa: PLC0415

    class Memory(KeyringBackend):
        priority = 1
        kept: dict = {}  # noqa: RUF012 - one test

        def get_password(self, service, username):
            return self.kept.get((service, username))

        def set_password(self, service, username, password):
            self.kept[service, username] = password

        def delete_password(self, service, username):
            del self.kept[service, username]

    before = keyring.get_keyring()
    keyring.set_keyring(Memory())
    try:
        here = ChatSettings(model="a", address="http://127.0.0.1:1/v1")
        keep_key(here, SECRET)
        assert find_key(here) == SECRET
        assert find_key(ChatSettings(model="a", address="https://other.example/v1")) == ""
        keep_key(here, "")
        assert find_key(here) == ""
    finally:
        keyring.set_keyring(before)


def test_without_a_keyring_the_environment_is_named():
    import keyring  # noqa: PLC0415 - only here
    from keyring.backends.fail import Keyring  # noqa: PLC0415

    before = keyring.get_keyring()
    keyring.set_keyring(Keyring())
    try:
        assert find_key(ChatSettings(model="openai:x")) == ""
        with pytest.raises(AssistantError, match=VARIABLE):
            keep_key(ChatSettings(model="openai:x"), SECRET)
    finally:
        keyring.set_keyring(before)


# Where it goes -------------------------------------------------------------------------------------


def test_nothing_goes_to_a_proxy_or_a_tracing_service(asking, chat_server, monkeypatch):
    from langchain_core.tracers.langchain import wait_for_all_tracers  # noqa: PLC0415 - slow to load
    from langsmith.utils import get_env_var  # noqa: PLC0415

    for name in (
        "HTTP_PROXY",
        "http_proxy",
        "ALL_PROXY",
        "OPENAI_PROXY",
        "OPENAI_BASE_URL",
        "LANGSMITH_ENDPOINT",
    ):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.delenv("OPENAI_PROXY")
    monkeypatch.setenv("LANGSMITH_TRACING", "true")
    monkeypatch.setenv("LANGSMITH_API_KEY", "none")
    monkeypatch.setenv("LANGSMITH_ENDPOINT", chat_server.address)
    monkeypatch.setenv("LANGSMITH_GATEWAY", "http://127.0.0.1:9")
    get_env_var.cache_clear()  # LangSmith remembers what it read before
    before = len(chat_server.seen())
    assert asking("well").model == "well"
    wait_for_all_tracers()
    assert [request["path"] for request in chat_server.seen()[before:]] == ["/v1/chat/completions"]


def test_the_environment_moves_no_provider_to_another_address(monkeypatch):
    for name in ("OPENAI_BASE_URL", "OPENAI_API_BASE", "LANGSMITH_GATEWAY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.setenv(VARIABLE, SECRET)
    chat = ChatModel(ChatSettings(model="openai:gpt-test"))
    chat.warm()
    assert str(chat._model.root_client.base_url) == "https://api.openai.com/v1/"


@pytest.mark.filterwarnings("ignore")  # of the tracing service, which meets a server that is none
def test_tracing_can_be_turned_on(index, chat_server, monkeypatch):
    from langchain_core.tracers.langchain import wait_for_all_tracers  # noqa: PLC0415 - slow to load
    from langsmith.utils import get_env_var  # noqa: PLC0415

    monkeypatch.setenv("LANGSMITH_API_KEY", "none")
    monkeypatch.setenv("LANGSMITH_ENDPOINT", chat_server.address)
    get_env_var.cache_clear()
    before = len(chat_server.seen())
    settings = ChatSettings(model="well", address=chat_server.address, tracing=True)
    assert Assistant(index, ChatModel(settings)).ask(RAN).model == "well"
    wait_for_all_tracers()
    assert any("/runs" in request["path"] for request in chat_server.seen()[before:])


@pytest.mark.parametrize(
    ("host", "local"),
    [
        ("127.0.0.1", True),
        ("127.9.9.9", True),
        ("::1", True),
        ("localhost", True),
        ("10.0.0.1", False),
        ("localhost.example", False),
        ("127.0.0.1.example", False),
        ("", False),
    ],
)
def test_this_machine_is_told_from_others(host, local):
    assert is_loopback(host) is local


def test_agreement_holds_for_one_model_at_one_address():
    settings = ChatSettings(model="a", address="http://127.0.0.1:1/v1")
    assert not settings.is_on
    assert settings.agreed_to().is_on
    assert not settings.agreed_to().model_copy(update={"address": "https://other.example/v1"}).is_on
    assert not settings.agreed_to().model_copy(update={"model": "b"}).is_on


@pytest.mark.parametrize(
    "address", ["ftp://x", "127.0.0.1:8000", "http://", "http://user:pass@x/v1", "http://x:0"]
)
def test_what_is_no_address_is_refused(address):
    with pytest.raises(ValueError, match="address"):
        ChatSettings(model="a", address=address)


def test_servers_on_this_machine_are_found(chat_server):
    (server,) = find_servers((9, chat_server.port))
    assert (server.name, server.address, server.models) == ("Ollama", chat_server.address, ("well", "slow"))


def test_langchain_is_loaded_only_for_a_model():
    code = (
        "import sys\nfrom assistant import Assistant\nfrom assistant.chat import ChatModel\n"
        "from assistant.chat_settings import ChatSettings\nimport assistant.assistant, assistant.local_servers\n"
        "ChatModel(ChatSettings(model='a'))\n"
        "HEAVY = {'langchain', 'langchain_core', 'langchain_openai', 'openai', 'langsmith', 'keyring'}\n"
        "print(sorted(name for name in sys.modules if name.split('.')[0] in HEAVY))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT, env={**os.environ}
    )
    assert done.stdout.strip() == "[]"


# The parts -----------------------------------------------------------------------------------------

REPLY = {
    "sentences": [{"text": 'It ran "long" } ] ok', "ids": [1, 2]}, {"text": "Én, två \\ trzy", "ids": []}],
    "verdict": "partial",
}


@given(st.lists(st.integers(1, 12), min_size=1), st.sampled_from([None, 1]), st.booleans())
def test_a_draft_is_read_whatever_its_fragments(sizes, indent, ascii_only):
    text = "```json\n" + json.dumps(REPLY, indent=indent, ensure_ascii=ascii_only) + "\n```"
    reader, found, place = DraftReader(), [], 0
    for turn in range(len(text)):
        size = sizes[turn % len(sizes)]
        found += reader.feed(text[place : place + size])
        place += size
    assert [{"text": each.text, "ids": list(each.ids)} for each in found] == REPLY["sentences"]
    assert reader.end() == "partial"


def read_whole(reply):
    reader = DraftReader()
    reader.feed(reply)
    return reader.end()


@pytest.mark.parametrize(
    "reply",
    [
        "",
        "hello",
        '{"sentences": "none", "verdict": "answered"}',
        '{"sentences": ["a"], "verdict": "answered"}',
        '{"sentences": [{"text": "a"}], "verdict": "answered"}',
        '{"sentences": [{"text": "a", "ids": ["1"]}], "verdict": "answered"}',
        '{"sentences": [{"text": "", "ids": [1]}], "verdict": "answered"}',
        '{"sentences": [{"text": "a", "ids": [1], "say": "b"}], "verdict": "answered"}',
        '{"sentences": [{"text": "a", "ids": [1]}], "verdict": "sure"}',
        '{"sentences": [{"text": "a", "ids": [1]}]',
        '{"sentences": [' + '{"text": "a", "ids": [1]},' * 13 + '], "verdict": "answered"}',
        "x" * 30_000,
        '{"sentences": ' + "[" * 20_000,
    ],
)
def test_a_draft_of_another_form_is_refused(reply):
    with pytest.raises(DraftError):
        read_whole(reply)


def test_a_stream_that_hangs_does_not_hold_its_reader():
    def hang():
        yield "a"
        Event().wait(30)

    read = within(hang, Patience(first=5, between=0.05, whole=5), Event())
    assert next(read) == "a"
    with pytest.raises(TooSlowError):
        next(read)
    given_up = Event()
    read = within(hang, Patience(), given_up)
    assert next(read) == "a"
    Timer(0.05, given_up.set).start()
    with pytest.raises(TooSlowError):
        next(read)


def test_an_error_of_a_stream_reaches_its_reader():
    def fail():
        yield "a"
        raise LookupError("b")

    with pytest.raises(LookupError, match="b"):
        list(within(fail, Patience(), Event()))


@pytest.mark.parametrize("language", ["en", "da", "de", "es", "pl"])
def test_every_trouble_has_a_sentence_in_every_language(language):
    english = {trouble: ChatError(trouble, "m1", "p1").told("en") for trouble in ChatTrouble}
    for trouble in ChatTrouble:
        told = ChatError(trouble, "m1", "p1").told(language)
        assert "m1" in told
        assert language == "en" or told != english[trouble]
