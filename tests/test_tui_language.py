"""The languages of the interface: complete catalogues, the right one from the first word on, every page in it."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from gettext import GNUTranslations
from importlib import import_module
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from tui.console.screen import run_in_chosen_language
from tui.language import DOMAIN, LANGUAGES, LOCALES, SOURCE, choose, language_in_use, plural, users_language
from tui.start import Start

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

    from babel.messages.catalog import Message
    from conftest import Stage
    from textual.pilot import Pilot

    from tui.app import HansaApp

ROOT = Path(__file__).parent.parent
COMPLETE = ("da", "de", "es", "pl")
"""Languages that must have every text; the others may follow."""
PRESENT = sorted(path.parent.parent.name for path in LOCALES.glob(f"*/LC_MESSAGES/{DOMAIN}.po"))
SOURCES = sorted((ROOT / "tui").rglob("*.py"))
PLACE = re.compile(r"\{[^{}]*\}|%\([a-z_]+\)[a-z]|%[srd]")
SPEAKING = {
    "da": ("Indstillinger", "Programmets sprog", "Tilbage"),
    "de": ("Einstellungen", "Sprache", "Zurück"),
    "es": ("Ajustes", "Idioma", "Volver"),
    "pl": ("Ustawienia", "Język", "Wróć"),
}
SIZES = [(80, 24), (120, 40)]


@pytest.fixture(scope="module")
def catalogues() -> ModuleType:
    spec = spec_from_file_location("catalogues", ROOT / ".ci" / "catalogues.py")
    assert spec
    assert spec.loader
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def file_of(language: str) -> Path:
    return LOCALES / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def pairs(message: Message) -> list[tuple[str, str]]:
    """Each translation with the text that it stands for; the first of plural forms stands for one."""
    if isinstance(message.id, str):
        return [(message.id, str(message.string))]
    one, many = message.id
    return [(many if place else one, each) for place, each in enumerate(message.string)]


# Catalogues ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", COMPLETE)
def test_every_text_of_the_interface_is_translated(catalogues: ModuleType, language: str):
    wanted = {text.id for text in catalogues.template() if text.id}
    catalogue = catalogues.read(file_of(language))
    assert {text.id for text in catalogue if text.id} == wanted, "run .ci/catalogues.py"
    assert [text.id for text in catalogues.untranslated(catalogue)] == []


def test_the_template_holds_every_text(catalogues: ModuleType):
    assert catalogues.TEMPLATE.read_bytes() == catalogues.written(catalogues.template()), (
        "run .ci/catalogues.py"
    )


@pytest.mark.parametrize("language", PRESENT)
def test_translations_keep_places_and_spaces(catalogues: ModuleType, language: str):
    catalogue = catalogues.read(file_of(language))
    for message in catalogue:
        if not message.id:
            continue
        for text, translation in pairs(message):
            if not translation:
                continue
            assert sorted(PLACE.findall(translation)) == sorted(PLACE.findall(text)), text
            assert translation.count("\n") == text.count("\n"), text
            for end in (str.lstrip, str.rstrip):
                assert (end(translation) == translation) == (end(text) == text), text
        if isinstance(message.id, tuple):
            assert len(message.string) == catalogue.num_plurals, message.id


@pytest.mark.parametrize("language", PRESENT)
def test_the_compiled_catalogue_says_what_the_source_says(catalogues: ModuleType, language: str):
    with file_of(language).with_suffix(".mo").open("rb") as file:
        compiled = GNUTranslations(file)
    for message in catalogues.read(file_of(language)):
        if message.id and isinstance(message.id, str) and message.string:
            found = compiled.pgettext(message.context, message.id) if message.context else None
            assert (found or compiled.gettext(message.id)) == message.string, "run .ci/catalogues.py"


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_text_can_be_gathered(path: Path):
    """What is gathered are literals; in an f-string, older versions of Python hide them."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    calls = [
        node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    ]
    hidden = {part for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in ast.walk(node)}
    for call in calls:
        if call.func.id in {"_", "in_sense", "plural"}:  # type: ignore[attr-defined]
            texts = call.args[: 1 if call.func.id == "_" else 2]  # type: ignore[attr-defined]
            assert all(isinstance(text, ast.Constant) for text in texts), f"line {call.lineno}"
            assert call not in hidden, f"line {call.lineno}"
    imported = {
        each.name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for each in node.names
    }
    if "_" in imported:
        stored = [node for node in ast.walk(tree) if isinstance(node, ast.Name) and node.id == "_"]
        assert not any(isinstance(node.ctx, ast.Store) for node in stored)


def test_every_language_has_a_name_and_a_place():
    assert set(PRESENT) <= set(LANGUAGES)
    assert SOURCE in LANGUAGES


# Choosing ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "en"),
        ({"LANG": "da_DK.UTF-8"}, "da"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "fr_FR.UTF-8"}, "en"),
        ({"LANG": "de_DE", "LC_ALL": "pl_PL"}, "pl"),
        ({"LANG": "de_DE", "HANSA_LANGUAGE": "es"}, "es"),
        ({"LANG": "de_DE", "HANSA_LANGUAGE": "xx"}, "de"),
    ],
)
def test_the_environment_names_the_language(environment: dict[str, str], language: str):
    assert users_language(environment) == language


def test_a_language_without_catalogue_is_spoken_in_english(speak: Callable[[str], None]):
    speak("xx")
    assert plural("{count} guide", "{count} guides", 2) == "2 guides"
    speak("da")
    assert language_in_use() == "da"
    assert plural("{count} guide", "{count} guides", 2) == "2 guider"
    choose("en")
    assert plural("{count} guide", "{count} guides", 1) == "1 guide"


def run(*arguments: str, home: Path, language: str, status: int = 0) -> str:
    environment = {**os.environ, "HANSA_HOME": str(home), "HANSA_LANGUAGE": language}
    done = subprocess.run(
        [sys.executable, "-c", "import sys; from tui.cli import main; sys.exit(main())", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=environment,
        cwd=ROOT,
        check=False,
    )
    assert done.returncode == status, done.stderr
    return done.stdout + done.stderr


def test_commands_speak_the_language_of_the_environment(tmp_path: Path):
    shown = run("--help", home=tmp_path, language="da")
    assert "brug: hansa" in shown
    assert "tag quizzen til et modul" in shown
    assert "vis denne hjælp" in shown
    assert "program's version" not in shown
    assert "fehlt" in run("quiz", home=tmp_path, language="de", status=2)
    assert "ingen guide" not in run("progress", home=tmp_path, language="da").casefold()


def test_the_next_step_is_told_in_the_language_of_the_interface(tmp_path: Path):
    told = run("progress", home=tmp_path, language="pl")
    assert re.search(r"^Dalej: .+ · .+ · sekcja 1 z \d+: ", told, re.MULTILINE)


def test_the_settings_go_before_the_environment(tmp_path: Path):
    (tmp_path / "settings.toml").write_text('[interface]\nlanguage = "da"\n', encoding="utf-8")
    assert "moduler er gennemført" in run("progress", home=tmp_path, language="de")


@pytest.fixture(params=[False, True], ids=["colour", "no colour"])
def _colour(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param:
        monkeypatch.setenv("NO_COLOR", "1")


# Pages ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", COMPLETE)
async def test_the_settings_stand_whole_in_every_language(
    stage: Stage, speak: Callable[[str], None], language: str, size: tuple[int, int]
):
    speak(language)
    app = stage.app()
    async with app.run_test(size=size) as pilot:
        await pilot.press("f2")
        title, interface, back = SPEAKING[language]
        text = await stage.see(pilot, interface)
        assert title in text
        assert back in text.splitlines()[-1]
        assert "…" not in text


@pytest.mark.usefixtures("_colour")
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", COMPLETE)
async def test_home_lesson_question_and_help_speak_the_language(
    stage: Stage,
    speak: Callable[[str], None],
    language: str,
    size: tuple[int, int],
):
    speak(language)
    words = {
        "da": ("Velkommen", "afsnit 1 af 4", "n Næste", "Vis lektionens afsnit.", "Besvar dette spørgsmål")
    }
    words["de"] = (
        "Willkommen",
        "Abschnitt 1 von 4",
        "n Nächstes",
        "Die Abschnitte dieser",
        "Diese Frage beantworten",
    )
    words["es"] = (
        "Le damos la bienvenida",
        "sección 1 de 4",
        "n Siguiente",
        "Mostrar las secciones",
        "Responder a esta pregunta",
    )
    words["pl"] = ("Witaj", "sekcja 1 z 4", "n Dalej", "Pokaż sekcje tej lekcji", "Odpowiedz na to pytanie")
    home, section, footer, help_words, question = words[language]
    app = stage.app()
    async with app.run_test(size=size) as pilot:
        await stage.see(pilot, home)
        app.open_place("small/reading")
        text = await stage.see(pilot, footer)
        assert footer in text.splitlines()[-1]
        assert section in text
        await pilot.press("question_mark")
        text = await stage.see(pilot, help_words)
        assert "Go back" not in text
        await pilot.press("escape")
        app.open_place("small/practice")
        await stage.see(pilot, question)


JUDGED = {
    "da": ("Skriv nogle få ord", "Du var tæt på: se på stavningen af “Hansa”."),
    "de": ("Schreiben Sie ein paar Wörter", "Fast: Prüfen Sie die Schreibung von „Hansa“."),
    "es": ("Escriba unas palabras", "Ha estado cerca: revise la ortografía de «Hansa»."),
    "pl": ("Wpisz kilka słów", "Było blisko: sprawdź pisownię „Hansa”."),
}


@pytest.mark.parametrize("language", COMPLETE)
async def test_a_mark_is_explained_in_the_language(stage: Stage, speak: Callable[[str], None], language: str):
    speak(language)
    app = stage.app("small/practice#a-word")
    wanted, explained = JUDGED[language]
    async with app.run_test(size=(80, 24)) as pilot:
        await stage.see(pilot, wanted)
        await pilot.press("tab", *"Hanse", "enter")
        text = await stage.see(pilot, explained)
        assert "You came close" not in text
        assert "Type a few words" not in text


async def test_a_line_that_is_no_number_is_told_in_the_language(stage: Stage, speak: Callable[[str], None]):
    speak("pl")
    app = stage.app("small/practice#a-number")
    async with app.run_test() as pilot:
        await stage.see(pilot, "Wpisz liczbę (jednostka: towns)")
        await pilot.press("tab", *"many", "enter")
        await stage.see(pilot, "na przykład 27,5 lub 27.5")


def go_home(_app: HansaApp) -> None:
    """Home is where the application opens."""


PAGES = {
    "home": go_home,
    "lesson": lambda app: app.open_place("small/reading"),
    "question": lambda app: app.open_place("small/practice"),
    "quiz": lambda app: app.open_place("small/quiz"),
    "practice quiz": lambda app: app.open_place("other/quiz"),
    "review": lambda app: app.open_review(),
    "ask": lambda app: app.action_ask(),
    "guides": lambda app: app.open_guides(),
    "guide": lambda app: app.open_guide("ferry"),
    "workbook": lambda app: app.open_workbook(),
    "settings": lambda app: app.action_settings(),
    "keys": lambda app: push(app, "keys", "KeysScreen"),
    "data": lambda app: push(app, "data", "DataScreen"),
    "chat model": lambda app: push(app, "chat_model", "ChatModelScreen"),
    "plan": lambda app: app.open_plan(),
    "self-checks": lambda app: app.open_self_checks(),
    "self-check": lambda app: app.open_place("self-checks/open-innovation-readiness"),
    "action plan": lambda app: app.open_action_plan(),
    "progress": lambda app: app.open_progress(),
    "certificate": lambda app: app.open_certificate(app.services.course.modules),
    "search": lambda app: app.action_search(),
    "tour": lambda app: app.action_tour(),
    "term": lambda app: app.open_term("ferry"),
    "history": lambda app: push(app, "history", "HistoryScreen"),
}


def push(app: HansaApp, module: str, name: str) -> None:
    app.push_screen(getattr(import_module(f"tui.screens.{module}"), name)())


@pytest.mark.parametrize("page", PAGES)
async def test_no_page_leaves_a_text_in_english(
    stage: Stage, speak: Callable[[str], None], catalogues: ModuleType, page: str
):
    english = {
        text.id
        for text in catalogues.read(file_of("da"))
        if isinstance(text.id, str) and len(text.id) > 8 and "{" not in text.id and text.string != text.id
    }
    speak("da")
    app = stage.app()
    async with app.run_test(size=(80, 40)) as pilot:
        await stage.see(pilot, "Velkommen")
        PAGES[page](app)
        await pilot.pause()
        await app.workers.wait_for_complete()
        await pilot.pause()
        shown = [stage.text(app)]
        await pilot.press("f1")
        shown.append(await stage.see(pilot, "denne sides taster"))
    for text in shown:
        lines = {" ".join(part.split()) for line in text.splitlines() for part in re.split(r"  +", line)}
        assert not lines & english


@pytest.mark.usefixtures("speak")
def test_another_language_is_spoken_at_once_and_at_the_same_place(stage: Stage):
    services = stage.services()
    seen: list[str] = []

    async def choose_danish(pilot: Pilot[Start]) -> None:
        await stage.see(pilot, "Welcome to the small")
        await pilot.press("f2")
        await stage.see(pilot, "▸ Language")
        await pilot.press("enter")
        await stage.see(pilot, "▸ English")
        await pilot.press("down", "enter")

    async def look_and_leave(pilot: Pilot[Start]) -> None:
        seen.append(await stage.see(pilot, "Indstillinger"))
        await pilot.press("escape")
        seen.append(await stage.see(pilot, "n Næste"))
        pilot.app.exit()

    pilots = [choose_danish, look_and_leave]

    def open_at(place: Start) -> SimpleNamespace:
        from tui.app import HansaApp  # noqa: PLC0415 - loaded anew

        app = HansaApp(services, place)
        return SimpleNamespace(
            run=lambda loop: app.run(headless=True, size=(80, 24), auto_pilot=pilots.pop(0), loop=loop),  # type: ignore[arg-type]
            exit=app.exit,
            return_code=0,
        )

    run_in_chosen_language(services, open_at, Start(ref="small/reading"))
    assert "Dansk" in seen[0]
    assert "Welcome to the small" in seen[1]
    assert language_in_use() == "da"
    assert services.language == "da"
    assert 'language = "da"' in (stage.home / "settings.toml").read_text(encoding="utf-8")
