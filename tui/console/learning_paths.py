"""`hansa course paths`: the paths through the course, and the choice of one."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tui.clean import clean_line
from tui.console.opening import open_services
from tui.console.plain import wrapped
from tui.language import _

if TYPE_CHECKING:
    from argparse import Namespace

    from course.learning_paths import Route

NONE = "none"
"""Name that chooses no path."""


def run(options: Namespace) -> int:
    """Print every path with its steps and the time that is left; with `--choose` follow one first."""
    from course.errors import NotFound
    from tui.plan import all_routes, read_plan, time_words

    services = open_services(options)
    routes = all_routes(services)
    services.close()
    settings = services.paths.settings
    if options.choose is not None:
        path = services.learning_paths.path(options.choose)
        if path is None and options.choose.casefold() != NONE:
            names = ", ".join(route.path.id for route in routes)
            message = _("There is no path `{name}`; there is {names}, or {none}.")
            raise NotFound(message.format(name=options.choose, names=names, none=NONE))
        services.choose_path(path.id if path else "")
    chosen = read_plan(settings)
    if options.json:
        print(json.dumps([_as_json(route, chosen) for route in routes], ensure_ascii=False))
        return 0
    for route in routes:
        mark = _(", your plan") if route.path.id == chosen else ""
        left = time_words(route.minutes_left) if route.minutes_left else _("done")
        print(f"{route.path.id}  {clean_line(route.path.title)}: {left}{mark}")
        print("\n".join(wrapped(clean_line(route.path.about), "    ")))
        for number, step in enumerate(route.steps, 1):
            state = _("done") if step.done else _("{minutes} min").format(minutes=step.minutes_left)
            print("\n".join(wrapped(f"{number}. {clean_line(step.title)}, {state}", "    ", "       ")))
    if not chosen:
        print(_("You follow the modules in order; --choose P1 follows a path."))
    return 0


def _as_json(route: Route, chosen: str) -> dict[str, Any]:
    return {
        "id": route.path.id,
        "title": route.path.title,
        "about": route.path.about,
        "chosen": route.path.id == chosen,
        "minutes_left": route.minutes_left,
        "steps": [
            {"ref": step.ref, "title": step.title, "minutes_left": step.minutes_left, "done": step.done}
            for step in route.steps
        ],
    }
