"""Leaving the application: what was to be saved is saved, however early the key to leave came."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui import leaving

if TYPE_CHECKING:
    from conftest import Stage
    from textual.pilot import Pilot


def test_a_choice_made_in_the_moment_of_leaving_is_kept(stage: Stage):
    app = stage.app()

    async def choose_and_leave(_pilot: Pilot[None]) -> None:
        app.prefer(theme="light")
        app.exit()

    run = app.run
    app.run = lambda **options: run(headless=True, auto_pilot=choose_and_leave, **options)  # type: ignore[method-assign, assignment]
    leaving.run(app)
    assert 'theme = "light"' in (stage.home / "settings.toml").read_text(encoding="utf-8")
