"""The page of the chat model: those of this machine, agreed to or not; and answers that a model words."""

from __future__ import annotations

import os
import stat
import tomllib
from threading import Event
from typing import TYPE_CHECKING, Any

import pytest

from assistant import local_servers
from assistant.chat_settings import ChatSettings
from assistant.model import ChatTrace, Cut
from tui.screens.chat_model import ChatModelScreen, ConsentScreen
from tui.settings import SettingsError, read_chat, write_chat

if TYPE_CHECKING:
    from conftest import ChatServer, Stage
    from textual.pilot import Pilot

RAN = "How long did the ferry run?"
COST = "The ferry ran for 54 months."


@pytest.fixture
def found(chat_server: ChatServer, monkeypatch: pytest.MonkeyPatch) -> ChatServer:
    """The scripted server, where servers are looked for."""
    monkeypatch.setattr(
        "tui.screens.chat_model.find_servers", lambda: local_servers.find_servers((chat_server.port,))
    )
    return chat_server


def settings_of(stage: Stage) -> ChatSettings:
    return read_chat(stage.home / "settings.toml")


async def open_page(stage: Stage, pilot: Pilot[Any]) -> None:
    await pilot.press("f2")
    await stage.see(pilot, "Chat model")
    await stage.click_words(pilot, "Chat model")


async def test_a_model_is_used_only_after_it_was_told_what_is_sent(stage: Stage, found: ChatServer):
    before = len(found.seen())
    app = stage.app()
    async with app.run_test() as pilot:
        await open_page(stage, pilot)
        text = await stage.see(pilot, "▸ well")
        assert "No chat model is used" in text
        assert "Ollama" in text
        assert "Turn it off" not in text
        await pilot.press("enter")
        text = " ".join((await stage.see(pilot, "What it would be sent:")).split())
        assert "on this machine" in text
        assert "6 passages" in text
        assert "Never: your lessons and marks" in text
        assert "▸ Do not use it" in text
        await pilot.press("enter")
        await stage.until(pilot, lambda: not isinstance(app.screen, ConsentScreen))
        assert not settings_of(stage).is_on
        await pilot.press("enter")
        await stage.see(pilot, "▸ Do not use it")
        await pilot.press("down", "enter")
        text = await stage.see(pilot, "well at http://127.0.0.1")
        assert "puts answers into words" in text
        assert settings_of(stage).is_on
        assert stage.assistant.chat.name == "well"
        await pilot.press("up")
        await stage.see(pilot, "▸ Turn it off")
        await pilot.press("enter")
        await stage.see(pilot, "No chat model is used")
        assert not settings_of(stage).is_on
        assert stage.assistant.chat is None
    assert len(found.seen()) == before


async def test_esc_agrees_to_nothing_and_goes_back(stage: Stage, found: ChatServer):
    del found
    app = stage.app()
    async with app.run_test() as pilot:
        await open_page(stage, pilot)
        await stage.see(pilot, "▸ well")
        await pilot.press("enter")
        await stage.see(pilot, "What it would be sent:")
        await pilot.press("escape")
        await stage.see(pilot, "▸ well")
        await pilot.press("escape")
        await stage.until(pilot, lambda: not isinstance(app.screen, ChatModelScreen))
        assert not settings_of(stage).is_on


async def test_the_page_is_reached_from_the_palette_and_has_help(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("tui.screens.chat_model.find_servers", lambda: ())
    app = stage.app()
    async with app.run_test() as pilot:
        await stage.see(pilot, "Modules")
        await pilot.press("ctrl+p")
        await pilot.pause()
        await pilot.press(*"settings")
        await stage.see(pilot, "Choose language, look, keys")
        await pilot.press("enter")
        await stage.see(pilot, "Chat model")
        await stage.click_words(pilot, "Chat model")
        text = await stage.see(pilot, "No chat model runs on this machine.")
        assert "r Look again" in text
        await pilot.press("question_mark")
        await stage.see(pilot, "hansa model use NAME --address URL")


async def test_looking_again_finds_a_server_that_was_started_meanwhile(
    stage: Stage, chat_server: ChatServer, monkeypatch: pytest.MonkeyPatch
):
    started = Event()

    def find() -> tuple[local_servers.LocalServer, ...]:
        return local_servers.find_servers((chat_server.port,)) if started.is_set() else ()

    monkeypatch.setattr("tui.screens.chat_model.find_servers", find)
    app = stage.app()
    async with app.run_test() as pilot:
        await open_page(stage, pilot)
        await stage.see(pilot, "No chat model runs on this machine.")
        started.set()
        await pilot.press("r")
        await stage.see(pilot, "▸ well")


async def test_settings_that_cannot_be_read_are_told_and_kept(stage: Stage, found: ChatServer):
    del found
    stage.home.mkdir()
    path = stage.home / "settings.toml"
    path.write_text("this is no TOML", encoding="utf-8")
    app = stage.app()
    async with app.run_test() as pilot:
        await open_page(stage, pilot)
        await stage.until(
            pilot, lambda: any("cannot be read as TOML" in each.message for each in app._notifications)
        )
    assert path.read_text(encoding="utf-8") == "this is no TOML"


# Answers of a model --------------------------------------------------------------------------------


async def test_sentences_of_a_model_are_shown_as_they_come(stage: Stage):
    held = Event()
    stage.assistant.will_answer(
        RAN,
        f"{COST} [1]",
        [COST],
        model="well",
        note="The chat model well broke off.",
        trace={
            "chat": ChatTrace(
                model="well",
                sent_characters=10,
                requests=2,
                checked=2,
                kept=1,
                cut=(Cut(text="It cost a fortune.", reason="it cites no passage that was given"),),
            )
        },
    )
    stage.assistant.told = lambda _: held.wait(60)
    app = stage.app(asks=True, question=RAN)
    async with app.run_test(size=(80, 30)) as pilot:
        text = await stage.see(pilot, COST)
        assert "Worded by" not in text
        assert "Looking in the guides" not in text
        held.set()
        text = await stage.see(pilot, "Worded by well, each sentence checked. The chat model well broke")
        assert text.count(COST) == 1
        await pilot.press("tab", "y")
        await stage.until(pilot, lambda: "Worded by well" in app.clipboard)
        await pilot.press("i")
        text = await stage.see(pilot, "well wrote 2 sentences; 1 of them are proved")
        assert "It was asked twice" in text
        assert "it cites no passage that was given: It cost a fortune." in " ".join(text.split())


async def test_with_reduced_motion_an_answer_is_shown_once_it_is_whole(stage: Stage):
    held, told = Event(), Event()
    stage.assistant.will_answer(RAN, f"{COST} [1]", [COST], model="well")

    def hold(_sentence: object) -> None:
        told.set()
        held.wait(60)

    stage.assistant.told = hold
    app = stage.app(asks=True, question=RAN)
    app.services.prefer(reduced_motion=True)
    async with app.run_test(size=(80, 30)) as pilot:
        await stage.until(pilot, told.is_set)
        await pilot.pause()
        assert COST not in stage.text(app)
        assert "Looking in the guides" in stage.text(app)
        held.set()
        await stage.see(pilot, "Worded by well")
        assert stage.text(app).count(COST) == 1


class Model:
    """A chat model as the pages see it."""

    name = "well"

    def __init__(self) -> None:
        self.given_up = 0

    def give_up(self) -> None:
        self.given_up += 1


async def test_a_new_conversation_and_leaving_do_not_wait_for_a_model(stage: Stage):
    model = stage.assistant.chat = Model()
    app = stage.app(asks=True)
    async with app.run_test() as pilot:
        await stage.see(pilot, "1 guide · worded by well")
        await pilot.press(*"Who?", "enter")
        await stage.see(pilot, "You     Who?")
        await pilot.press("ctrl+n")
        await stage.until(pilot, lambda: model.given_up == 1)
    assert model.given_up == 2
    assert stage.assistant.chat is None


async def test_the_page_names_the_model_and_tells_of_broken_settings(stage: Stage):
    stage.assistant.chat = Model()
    app = stage.app(asks=True)
    app.services.settings_problem = "The settings cannot be read."
    async with app.run_test() as pilot:
        await stage.see(pilot, "1 guide · worded by well")
        await stage.until(pilot, lambda: bool(app._notifications))
        assert next(iter(app._notifications)).message == "The settings cannot be read."


# The file ------------------------------------------------------------------------------------------


def test_what_is_written_is_read_again_and_all_else_is_kept(tmp_path):
    path = tmp_path / "deep" / "settings.toml"
    path.parent.mkdir()
    path.write_text(
        'name = "é\\u0001"\ndays = [1, 2]\nat = 2026-11-22T09:00:00\n'
        '[look]\ndark = true\nsize = 1.5\n"a b" = { c = "d" }\n',
        encoding="utf-8",
    )
    before = tomllib.loads(path.read_text(encoding="utf-8"))
    chosen = ChatSettings(model='a "quoted" \\ name\u007f', address="http://127.0.0.1:1/v1").agreed_to()
    write_chat(path, chosen)
    assert read_chat(path) == chosen
    after = tomllib.loads(path.read_text(encoding="utf-8"))
    after.pop("assistant")
    assert after == before
    assert [each.name for each in path.parent.iterdir()] == ["settings.toml"]


def test_no_file_means_no_model(tmp_path):
    assert read_chat(tmp_path / "settings.toml") == ChatSettings()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[assistant", "cannot be read as TOML"),
        ('[assistant]\nmodel = ["a"]', "assistant.model"),
        ('[assistant]\naddress = "gopher://x"', "assistant.address"),
        ('assistant = "x"', "cannot be used"),
    ],
)
def test_a_setting_that_cannot_be_is_named(tmp_path, text, words):
    path = tmp_path / "settings.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match=words) as caught:
        read_chat(path)
    assert "\n" not in str(caught.value)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="permissions bind no administrator")
def test_a_folder_that_cannot_be_written_keeps_the_old_file(tmp_path):
    path = tmp_path / "settings.toml"
    write_chat(path, ChatSettings(model="old"))
    tmp_path.chmod(stat.S_IRUSR | stat.S_IXUSR)
    try:
        with pytest.raises(OSError, match="settings"):
            write_chat(path, ChatSettings(model="new"))
    finally:
        tmp_path.chmod(stat.S_IRWXU)
    assert read_chat(path).model == "old"
