"""A learner's record as Markdown, to be read: what was opened, asked, answered and reached."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tui.clean import clean_line
from tui.language import _

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
    yield "# " + _("My learning")
    yield ""
    yield _("Written by Hansa on {date}.").format(date=_day(groups["record"][0]["exported"]))
    for row in groups.get("name", []):
        words = _("Name for certificates, {date}: {name}.")
        yield words.format(date=_day(row["at"]), name=clean_line(row["name"]))
    yield from _visits(groups.get("visit", []))
    answers = groups.get("answer", [])
    for run in groups.get("run", []):
        own = [row for row in answers if row["run"] == run["run"]]
        yield from _run(run, own, [row for row in flags if row["run"] == run["run"]], asked)
    alone = [row for row in answers if row["run"] is None]
    if alone:
        yield from _heading(_("Answers in lessons"))
        for row in alone:
            yield from _answer(row, asked)
    for row in groups.get("self-check", []):
        yield from _self_check(row)
    yield from _ticks(groups.get("tick", []))
    yield from _notes(groups.get("note", []))


def _visits(rows: list[_Row]) -> Iterator[str]:
    if rows:
        yield from _heading(_("Sections read"))
        yield from ("| " + _("section | when | line") + " |", "|---|---|--:|")
    for row in rows:
        yield f"| {_cell(row['section_id'])} | {_day(row['at'])} | {row['position']} |"


def _ticks(rows: list[_Row]) -> Iterator[str]:
    if rows:
        yield from _heading(_("Ticks in checklists"))
    for row in rows:
        words = _("ticked") if row["ticked"] else _("tick taken away")
        entry = _("entry {place} of {section_id} ({language}, {digest})").format(**row)
        yield f"- {words}: {clean_line(entry)}, {_day(row['at'])}"


def _notes(rows: list[_Row]) -> Iterator[str]:
    if rows:
        yield from _heading(_("Notes and bookmarks"))
    for row in rows:
        if row["removed"]:
            yield "- " + _("deleted: {what}, {date}").format(what=clean_line(row["id"]), date=_day(row["at"]))
            continue
        where = _("{section_id}, block {number}: {words}").format(
            section_id=row["section_id"], number=row["block"] + 1, words=row["words"]
        )
        words = _("note at {where}, {date}") if row["text"] else _("bookmark at {where}, {date}")
        yield "- " + words.format(where=clean_line(where), date=_day(row["at"]))
        yield from (f"  > {clean_line(line)}" for line in row["text"].splitlines())


def _run(run: _Row, answers: list[_Row], flags: list[_Row], asked: dict[str, _Row]) -> Iterator[str]:
    terms = run["terms"]
    yield from _heading(f"{clean_line(terms['title'] or run['quiz_id'])}, {_day(run['started'])}")
    ended = _("not finished")
    if run["finished"]:
        ended = _("finished {date}").format(date=_day(run["finished"]))
    yield _("{quiz_id}, {mode}, {ended}, seed {seed}, pass mark {percent} %.").format(
        ended=ended, percent=terms["pass_percent"], **run
    )
    if terms["minutes"]:
        yield _("Minutes: {minutes}.").format(minutes=terms["minutes"])
    for name, words in terms["outcomes"].items():
        yield f"- {clean_line(name)}: {clean_line(words)}"
    yield ""
    for planned in run["plan"]:
        own = [row for row in answers if row["item_id"] == planned["item_id"]]
        for row in own:
            yield from _answer(row, asked)
        if not own:
            yield f"- {_question(planned['digest'], planned['item_id'], asked)}"
            yield "  - " + _("not answered")
    for row in flags:
        words = _("flag") if row["flagged"] else _("flag taken away")
        yield f"- {words}: {row['item_id']}, {_day(row['at'])}"


def _self_check(row: _Row) -> Iterator[str]:
    words = _("Self-check {check} of {rater}, {date}") if row["rater"] else _("Self-check {check}, {date}")
    yield from _heading(
        words.format(check=row["check_id"], rater=clean_line(row["rater"]), date=_day(row["started"]))
    )
    yield _("Finished {date}.").format(date=_day(row["finished"])) if row["finished"] else _("Not finished.")
    yield ""
    for name, rating in row["ratings"].items():
        words = _("I do not know") if rating is None else str(rating)
        yield f"- {name}: {words}"
    for name, words in row["evidence"].items():
        yield "- " + _("{name}, noted: {words}").format(name=name, words=clean_line(words))


def _heading(words: str) -> tuple[str, ...]:
    return ("", f"## {words}", "")


def _answer(row: _Row, asked: dict[str, _Row]) -> Iterator[str]:
    source = asked.get(row["item_digest"], {})
    yield f"- {_question(row['item_digest'], row['item_id'], asked)}"
    given = clean_line(_response(row["response"], source))
    yield "  - " + _("answered {date}: {answer}").format(date=_day(row["at"]), answer=given)
    if row["share"] is not None:
        right = _("right: {percent} %, points: {points:g}")
        yield "  - " + right.format(percent=round(100 * row["share"]), points=row["points"])
    more = {_("hints"): row["hints"], _("seconds"): row["seconds"], _("certainty"): row["certainty"]}
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
