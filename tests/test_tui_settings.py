"""The settings page: language, look, keys, reviews, chat model and data, by keys and by mouse."""

from __future__ import annotations

import json
import os
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from tui.console.screen import run_in_chosen_language
from tui.keymap import rebindable, refusal
from tui.preferences import Preferences, problem_words, read_preferences, write_preferences
from tui.screens.keys import KeyRow
from tui.settings import SettingsError
from tui.start import Start
from tui.stored import RECORD, WORKBOOK, erase, exported_lines, size_words, stored

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Stage
    from textual.pilot import Pilot

    from tui.app import HansaApp

SIZES = [(80, 24), (120, 40)]
PLAIN = """\
  Settings
 ──────────────────────────────────────────────────────────────────────────────

▸ Language    Interface                                            English
  Look        Colours                                                 dark
              Reduced motion                                           off
              Show pictures                                            off
  Keys        Keys of the commands                            as they come
              Keys of vim: j k g G ctrl+d ctrl+u                       off
  Reviews     A day bears                                     about 10 min
  Assistant   Chat model                           none: answers are quotes
  Data        Your data and what is sent where"""


async def open_settings(stage: Stage, pilot: Pilot[Any]) -> str:
    await stage.see(pilot, "Modules")
    await pilot.press("f2")
    return await stage.see(pilot, "▸ Language")


def told(app: HansaApp) -> str:
    return "\n".join(each.message for each in app._notifications)


def row_of(app: HansaApp, name: str) -> KeyRow:
    return next(row for row in app.screen.query(KeyRow).results() if row.command.id == name)


def kept(stage: Stage) -> Preferences:
    preferences, problems = read_preferences(stage.home / "settings.toml")
    assert problems == ()
    return preferences


# The file ------------------------------------------------------------------------------------------


def test_what_was_chosen_is_read_again_and_the_rest_of_the_file_stays(tmp_path: Path):
    path = tmp_path / "settings.toml"
    path.write_text('[assistant]\nmodel = "well"\n[interface]\nlater = 1\n', encoding="utf-8")
    chosen = Preferences(language="da", theme="light", vim_motions=True, keys={"next.n": "x,right"})
    write_preferences(path, chosen)
    assert read_preferences(path) == (chosen, ())
    text = path.read_text(encoding="utf-8")
    assert 'model = "well"' in text
    assert "later = 1" in text


def test_defaults_are_not_written_so_that_better_ones_may_come(tmp_path: Path):
    path = tmp_path / "settings.toml"
    write_preferences(path, Preferences(reduced_motion=True))
    assert "theme" not in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ('[interface]\ntheme = "pink"', "interface.theme"),
        ('[interface]\nlanguage = "xx"', "interface.language"),
        ("[interface]\nvim_motions = 1", "interface.vim_motions"),
        ('[interface]\nshow_pictures = "yes"', "interface.show_pictures"),
        ("[interface]\nreview_minutes = 0", "interface.review_minutes"),
        ("[interface]\nreview_minutes = true", "interface.review_minutes"),
        ('interface = "x"', "interface"),
        ('[keys]\n"next.n" = 5', "keys.next.n"),
        ('[keys]\n"next.n" = "\\u001b"', "keys.next.n"),
        ("[interface", "settings.toml"),
    ],
)
def test_a_bad_value_is_named_in_a_sentence_and_the_default_stands_in(tmp_path: Path, text: str, named: str):
    path = tmp_path / "settings.toml"
    path.write_text(text, encoding="utf-8")
    preferences, problems = read_preferences(path)
    assert preferences == Preferences()
    assert problems == (named,)
    words = problem_words(path, named)
    assert "default" in words
    assert "\n" not in words


def test_one_bad_value_leaves_the_others(tmp_path: Path):
    path = tmp_path / "settings.toml"
    path.write_text('[interface]\ntheme = "pink"\nvim_motions = true\n', encoding="utf-8")
    assert read_preferences(path)[0] == Preferences(vim_motions=True)


def test_a_damaged_file_is_not_overwritten(tmp_path: Path):
    path = tmp_path / "settings.toml"
    path.write_text("no TOML", encoding="utf-8")
    with pytest.raises(SettingsError, match="mend it"):
        write_preferences(path, Preferences(theme="light"))
    assert path.read_text(encoding="utf-8") == "no TOML"


async def test_a_bad_value_is_told_when_the_application_opens(stage: Stage):
    stage.home.mkdir()
    (stage.home / "settings.toml").write_text('[interface]\ntheme = "pink"\n', encoding="utf-8")
    app = stage.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await stage.until(pilot, lambda: "interface.theme" in told(app))
        assert app.theme == "hansa-dark"


# The page ------------------------------------------------------------------------------------------


async def test_the_page_stands_whole_in_a_small_window(stage: Stage):
    app = stage.app()
    async with app.run_test(size=(80, 24)) as pilot:
        text = await open_settings(stage, pilot)
        assert [line.split() for line in text.splitlines()[: len(PLAIN.splitlines())]] == [
            line.split() for line in PLAIN.splitlines()
        ]
        assert "…" not in text


@pytest.mark.parametrize("size", SIZES)
async def test_every_line_does_something_by_mouse(stage: Stage, size: tuple[int, int], monkeypatch):
    monkeypatch.setattr("tui.screens.chat_model.find_servers", lambda: ())
    app = stage.app()
    async with app.run_test(size=size) as pilot:
        await open_settings(stage, pilot)
        for words, shows in (
            ("Interface", "Polski"),
            ("Colours", "high contrast"),
            ("Keys of the commands", "Next look"),
            ("A day bears", "about 60 min"),
            ("Chat model", "No chat model runs on this machine"),
            ("Your data", "Nothing is sent anywhere"),
        ):
            await stage.click_words(pilot, words)
            await stage.see(pilot, shows)
            await pilot.press("escape")
            await stage.see(pilot, "Language    Interface")
        for words, name in (
            ("Reduced motion", "reduced_motion"),
            ("Show pictures", "show_pictures"),
            ("Keys of vim", "vim_motions"),
        ):
            await stage.click_words(pilot, words)
            assert getattr(app.services.preferences, name) is True
        await app.workers.wait_for_complete()
    assert kept(stage) == Preferences(reduced_motion=True, show_pictures=True, vim_motions=True)


async def test_minutes_of_reviews_are_chosen_and_kept(stage: Stage):
    app = stage.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await open_settings(stage, pilot)
        await stage.click_words(pilot, "A day bears")
        await stage.see(pilot, "▸ about 10 min")
        await pilot.press("down", "enter")
        await stage.see(pilot, "about 15 min")
        await app.workers.wait_for_complete()
    assert kept(stage).review_minutes == 15


async def test_settings_that_cannot_be_written_are_told(stage: Stage):
    stage.home.write_text("a file in place of the folder", encoding="utf-8")
    app = stage.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f4")
        await stage.until(pilot, lambda: bool(app._notifications))


# Language ------------------------------------------------------------------------------------------


async def test_a_language_leads_back_to_the_settings_above_the_same_place(stage: Stage):
    app = stage.app("small/reading")
    async with app.run_test(size=(80, 24)) as pilot:
        await stage.see(pilot, "Welcome to the small")
        await pilot.press("n")
        await stage.see(pilot, "What the page can show")
        await pilot.press("f2")
        await stage.see(pilot, "▸ Language")
        await pilot.press("enter")
        await stage.see(pilot, "▸ English")
        await pilot.press("down", "enter")
        await stage.until(pilot, lambda: app.is_leaving)
    assert app.return_value == Start(ref="small/reading#what-the-page-can-show", settings=True)
    assert app.services.preferences.language == "da"
    again = stage.app(app.return_value.ref, settings=True)
    async with again.run_test(size=(80, 24)) as pilot:
        await stage.see(pilot, "Settings")
        await pilot.press("escape")
        await stage.see(pilot, "What the page can show")


# Keys ----------------------------------------------------------------------------------------------


async def test_a_new_key_works_at_once_and_stands_in_footer_and_help(stage: Stage):
    app = stage.app("small/reading")
    async with app.run_test(size=(80, 24)) as pilot:
        await stage.see(pilot, "n Next")
        await pilot.press("f2")
        await stage.see(pilot, "Keys of the commands")
        await stage.click_words(pilot, "Keys of the commands")
        await stage.see(pilot, "Go to the next section")
        row_of(app, "next.n").focus()
        await pilot.press("enter")
        await stage.see(pilot, "Press the new key for “Next”.")
        await pilot.press("p")
        await stage.see(pilot, "p is the key of “")
        await pilot.press("x")
        await stage.see(pilot, "1 changed")
        await pilot.press("escape", "escape")
        text = await stage.see(pilot, "x Next")
        assert text.splitlines()[-1].split()[:2] == ["x", "Next"]
        await pilot.press("x")
        await stage.see(pilot, "What the page can show")
        await pilot.press("right")
        await stage.see(pilot, "Write it down")
        await pilot.press("p", "n")
        await stage.see(pilot, "What the page can show")
        await pilot.press("question_mark")
        text = await stage.see(pilot, "You changed some keys")
        assert any(line.split()[:2] == ["x", "Go"] for line in text.splitlines())
        await app.workers.wait_for_complete()
    assert kept(stage).keys == {"next.n": "x,right"}


async def test_keys_are_given_back_one_by_one_and_all_at_once(stage: Stage):
    app = stage.app()
    app.services.prefer(keys={"next.n": "x,right", "contents.t": "z"})
    async with app.run_test(size=(80, 24)) as pilot:
        await open_settings(stage, pilot)
        await stage.see(pilot, "2 changed")
        await stage.click_words(pilot, "Keys of the commands")
        await stage.see(pilot, "Go to the next section")
        row_of(app, "next.n").focus()
        await pilot.press("delete")
        await stage.see(pilot, "1 changed")
        await pilot.press("end", "enter")
        await stage.see(pilot, "as they come")
        assert app.services.preferences.keys == {}


def test_a_key_that_two_commands_want_in_the_file_is_kept_for_the_first(tmp_path: Path):
    path = tmp_path / "settings.toml"
    path.write_text('[keys]\n"next.n" = "x,right"\n"contents.t" = "x"\n"links.l" = "z"\n', encoding="utf-8")
    preferences, problems = read_preferences(path)
    assert preferences.keys == {"next.n": "x,right", "links.l": "z"}
    assert problems == ("keys.contents.t",)


def test_a_key_that_cannot_be_given_is_refused_in_a_sentence():
    commands = {command.id: command for command in rebindable()}
    move, new = commands["next.n"], commands["new.ctrl+n"]
    for command, key, words in (
        (move, "enter", "the same everywhere"),
        (move, "b", "choose answers"),
        (move, "4", "choose answers"),
        (move, "t", "the key of “"),
        (move, "n", "its key already"),
        (new, "x", "while you type"),
        (new, "ctrl+a", "edits text"),
    ):
        assert words in refusal(command, key, {}, motions=False), key
    assert refusal(move, "x", {}, motions=False) == ""
    assert refusal(new, "f9", {}, motions=False) == ""
    assert "Move" in refusal(move, "j", {}, motions=True)
    assert refusal(move, "j", {}, motions=False) == ""
    assert refusal(move, "t", {"contents.t": "z", "result.t": "z"}, motions=False) != ""


async def test_motions_of_vim_move_only_where_they_are_wanted(stage: Stage):
    app = stage.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await open_settings(stage, pilot)
        await pilot.press("j")
        assert "▸ Language" in stage.text(app)
        app.prefer(vim_motions=True)
        await pilot.press("j", "j")
        await stage.until(pilot, lambda: "Reduced motion" in marked(stage.text(app)))
        await pilot.press("k")
        await stage.until(pilot, lambda: "Colours" in marked(stage.text(app)))
        await pilot.press("G")
        await stage.until(pilot, lambda: "Your data" in marked(stage.text(app)))
        await pilot.press("g")
        await stage.until(pilot, lambda: "Interface" in marked(stage.text(app)))


def marked(text: str) -> str:
    return next((line for line in text.splitlines() if "▸" in line), "")


async def test_motions_of_vim_scroll_a_text(stage: Stage):
    app = stage.app("small/reading#what-the-page-can-show")
    app.services.prefer(vim_motions=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await stage.see(pilot, "A paragraph with")
        column = app.screen.query_one("#text")
        for key, moved in (("j", 1), ("G", 5), ("g", 0), ("ctrl+d", 5), ("ctrl+u", 0)):
            await pilot.press(key)
            await stage.until(
                pilot, lambda moved=moved: column.scroll_y >= moved if moved else column.scroll_y == 0
            )


@pytest.mark.parametrize("reduced", [False, True])
async def test_nothing_blinks_with_reduced_motion(stage: Stage, reduced: bool):  # noqa: FBT001
    app = stage.app(asks=True)
    app.services.prefer(reduced_motion=reduced)
    async with app.run_test(size=(80, 24)) as pilot:
        await stage.see(pilot, "Ask the guides")
        await stage.until(pilot, lambda: app.focused is not None)
        assert app.focused.cursor_blink is not reduced


# Data ----------------------------------------------------------------------------------------------


async def test_your_data_is_shown_exported_and_erased(stage: Stage, tmp_path: Path):
    app = stage.app("small/reading")
    file = tmp_path / "mine.jsonl"
    async with app.run_test(size=(80, 24)) as pilot:
        await stage.see(pilot, "Welcome to the small")
        await pilot.press("f2")
        await stage.see(pilot, "Your data")
        await stage.click_words(pilot, "Your data")
        text = await stage.see(pilot, "kB")
        assert str(stage.home) in text.replace("\n  ", "")
        assert "Your progress: pages read" in text
        await stage.click_words(pilot, "Export your progress")
        await stage.see(pilot, ".jsonl")
        app.screen.query_one("#file").value = "~nosuchuser/mine.jsonl"
        await pilot.press("enter")
        await stage.until(pilot, lambda: bool(told(app)))
        await stage.click_words(pilot, "Export your progress")
        await stage.see(pilot, ".jsonl")
        app.screen.query_one("#file").value = str(file)
        await pilot.press("enter")
        await stage.until(pilot, lambda: "Written:" in told(app))
        assert json.loads(file.read_text(encoding="utf-8").splitlines()[0])["kind"] == "record"
        await stage.click_words(pilot, "Erase your progress")
        await stage.see(pilot, "Type “erase”")
        await pilot.press(*"no", "enter")
        await stage.see(pilot, "another word")
        await pilot.press("backspace", "backspace", *"Erase", "enter")
        await stage.until(pilot, lambda: app.is_leaving)
    assert app.return_value == Start(settings=True, erases=RECORD)


def test_what_is_erased_is_gone_and_the_rest_stays(stage: Stage):
    services = stage.services()
    services.record.visit("small/reading#welcome", 0, services.clock())
    services.workbook.folder.mkdir()
    (services.workbook.folder / "A23-my-form.md").write_text("words", encoding="utf-8")
    assert len(list(exported_lines(services))) == 2
    assert erase(services, RECORD) == "Your progress and conversations are erased."
    assert len(list(exported_lines(services))) == 1
    assert (services.workbook.folder / "A23-my-form.md").exists()
    assert erase(services, WORKBOOK) == "Your workbook is erased."
    assert not (services.workbook.folder / "A23-my-form.md").exists()


def test_what_cannot_be_erased_is_told(stage: Stage):
    services = stage.services()
    services.paths.record.mkdir(parents=True)
    assert "cannot be removed" in erase(services, RECORD)


def test_sizes_count_every_file_once(stage: Stage):
    home = stage.home
    (home / "cache").mkdir(parents=True)
    (home / "learner.sqlite").write_bytes(b"x" * 1500)
    (home / "learner.sqlite-wal").write_bytes(b"x" * 500)
    (home / "cache" / "a").write_bytes(b"x" * 3_000_000)
    kept = stored(stage.services().paths)
    assert [each.size for each in kept] == [2000, 0, 0, 0, 0, 0, 3_000_000]
    assert [size_words(size) for size in (0, 1, 2000, 3_000_000)] == ["0 kB", "1 kB", "2 kB", "3 MB"]


@pytest.mark.usefixtures("speak")
def test_erasing_happens_while_no_page_is_open(stage: Stage):
    services = stage.services()
    services.record.visit("small/reading#welcome", 0, services.clock())
    places = [Start(settings=True, erases=RECORD), None]
    opened: list[Start] = []

    def open_at(place: Start) -> SimpleNamespace:
        opened.append(place)
        return SimpleNamespace(run=lambda **_more: places.pop(0), exit=list, return_code=0)

    run_in_chosen_language(services, open_at, Start())
    assert opened[0] == Start()
    assert opened[1].erases == ""
    assert opened[1].notice == "Your progress and conversations are erased."
    assert services.record.visits() == ()


async def test_settings_that_cannot_be_read_are_told_and_end_nothing(stage: Stage):
    (stage.home / "settings.toml").mkdir(parents=True)
    app = stage.app()
    async with app.run_test() as pilot:
        await stage.see(pilot, "Begin")
        await pilot.press("f2")
        assert "Chat model" in await stage.see(pilot, "cannot be read")
        await stage.click_words(pilot, "Your data")
        await stage.see(pilot, "Everything stands in")
        await pilot.press("escape")
        await stage.click_words(pilot, "Chat model")
        await stage.until(pilot, lambda: "so the defaults are used" in told(app).split("\n")[-1])
        assert "No chat model is used" in stage.text(app)


def test_a_folder_that_may_not_be_looked_at_counts_nothing(stage: Stage, monkeypatch: pytest.MonkeyPatch):
    locked = stage.home / "workbook"
    locked.mkdir(parents=True)
    (locked / "A23.md").write_bytes(b"x" * 700)
    (stage.home / "copied.txt").write_bytes(b"x" * 300)
    real = os.scandir

    def scan(path: object) -> object:
        if str(path) == str(locked):
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", scan)
    assert sum(each.size for each in stored(stage.services().paths)) == 300
