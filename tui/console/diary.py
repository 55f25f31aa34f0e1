"""A learner's record as Markdown, to be read: what was opened, asked, answered and reached."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tui.clean import clean_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_Row = dict[str, Any]


def diary(rows: Iterable[_Row]) -> Iterator[str]:
    """The rows of an export as lines of Markdown; nothing in them is left out."""
    groups: dict[str, list[_Row]] = {}
    for row in rows:
        groups.setdefault(row["kind"], []).append(row)
    asked = {row["digest"]: row["source"] for row in groups.get("question", [])}
    flags = groups.get("flag", [])
    yield "# My learning"
    yield ""
    yield f"Written by Hansa on {_day(groups['record'][0]['exported'])}."
    for row in groups.get("name", []):
        yield f"Name for certificates, {_day(row['at'])}: {clean_line(row['name'])}."
    yield from _visits(groups.get("visit", []))
    answers = groups.get("answer", [])
    for run in groups.get("run", []):
        own = [row for row in answers if row["run"] == run["run"]]
        yield from _run(run, own, [row for row in flags if row["run"] == run["run"]], asked)
    alone = [row for row in answers if row["run"] is None]
    if alone:
        yield from ("", "## Answers in lessons", "")
        for row in alone:
            yield from _answer(row, asked)
    for row in groups.get("self-check", []):
        yield from _self_check(row)
    yield from _ticks(groups.get("tick", []))
    yield from _notes(groups.get("note", []))


def _visits(rows: list[_Row]) -> Iterator[str]:
    if rows:
        yield from ("", "## Sections read", "", "| section | when | line |", "|---|---|--:|")
    for row in rows:
        yield f"| {_cell(row['section_id'])} | {_day(row['at'])} | {row['position']} |"


def _ticks(rows: list[_Row]) -> Iterator[str]:
    if rows:
        yield from ("", "## Ticks in checklists", "")
    for row in rows:
        words = "ticked" if row["ticked"] else "tick taken away"
        entry = f"entry {row['place']} of {row['section_id']} ({row['language']}, {row['digest']})"
        yield f"- {words}: {clean_line(entry)}, {_day(row['at'])}"


def _notes(rows: list[_Row]) -> Iterator[str]:
    if rows:
        yield from ("", "## Notes and bookmarks", "")
    for row in rows:
        if row["removed"]:
            yield f"- deleted: {clean_line(row['id'])}, {_day(row['at'])}"
            continue
        where = f"{row['section_id']}, block {row['block'] + 1}: {row['words']}"
        yield f"- {'note' if row['text'] else 'bookmark'} at {clean_line(where)}, {_day(row['at'])}"
        yield from (f"  > {clean_line(line)}" for line in row["text"].splitlines())


def _run(run: _Row, answers: list[_Row], flags: list[_Row], asked: dict[str, _Row]) -> Iterator[str]:
    terms = run["terms"]
    yield from ("", f"## {clean_line(terms['title'] or run['quiz_id'])}, {_day(run['started'])}", "")
    ended = f"finished {_day(run['finished'])}" if run["finished"] else "not finished"
    yield f"{run['quiz_id']}, {run['mode']}, {ended}, seed {run['seed']}, pass mark {terms['pass_percent']} %."
    if terms["minutes"]:
        yield f"Minutes: {terms['minutes']}."
    for name, words in terms["outcomes"].items():
        yield f"- {clean_line(name)}: {clean_line(words)}"
    yield ""
    for planned in run["plan"]:
        own = [row for row in answers if row["item_id"] == planned["item_id"]]
        for row in own:
            yield from _answer(row, asked)
        if not own:
            yield f"- {_question(planned['digest'], planned['item_id'], asked)}"
            yield "  - not answered"
    for row in flags:
        yield f"- {'flag' if row['flagged'] else 'flag taken away'}: {row['item_id']}, {_day(row['at'])}"


def _self_check(row: _Row) -> Iterator[str]:
    whose = f" of {clean_line(row['rater'])}" if row["rater"] else ""
    yield from ("", f"## Self-check {row['check_id']}{whose}, {_day(row['started'])}", "")
    yield f"Finished {_day(row['finished'])}." if row["finished"] else "Not finished."
    yield ""
    for name, rating in row["ratings"].items():
        yield f"- {name}: {'I do not know' if rating is None else rating}"
    for name, words in row["evidence"].items():
        yield f"- {name}, noted: {clean_line(words)}"


def _answer(row: _Row, asked: dict[str, _Row]) -> Iterator[str]:
    source = asked.get(row["item_digest"], {})
    yield f"- {_question(row['item_digest'], row['item_id'], asked)}"
    yield f"  - answered {_day(row['at'])}: {clean_line(_response(row['response'], source))}"
    if row["share"] is not None:
        yield f"  - right: {round(100 * row['share'])} %, points: {row['points']:g}"
    more = {"hints": row["hints"], "seconds": row["seconds"], "certainty": row["certainty"]}
    told = [f"{name}: {value:g}" for name, value in more.items() if value]
    if told:
        yield f"  - {', '.join(told)}"


def _question(digest: str, item_id: str, asked: dict[str, _Row]) -> str:
    source = asked.get(digest)
    return f"**{clean_line(_text(source['frame']['prompt']))}** ({item_id})" if source else item_id


def _response(response: _Row, source: _Row) -> str:
    """An answer in the words of the question, where these are known."""
    options = source.get("options", [])
    if response["kind"] == "chosen" and options:
        return "; ".join(
            _text(options[place]["text"]) for place in response["options"] if place < len(options)
        )
    values = [value for name, value in response.items() if name != "kind"]
    return "; ".join(_listed(value) for value in values)


def _listed(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _text(spans: list[_Row]) -> str:
    return "".join(span["text"] for span in spans)


def _day(stamp: str) -> str:
    return stamp[:16].replace("T", " ")


def _cell(text: str) -> str:
    return clean_line(text).replace("|", "\\|")
