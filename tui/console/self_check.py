"""`hansa self-check`: taken line by line, results, history, comparison, and results of colleagues."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

from tui.clean import clean, clean_line
from tui.console.linear import is_linear
from tui.console.opening import open_services
from tui.console.plain import lines_of, wrapped
from tui.language import _
from tui.whole_files import write_new

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator
    from pathlib import Path

    from course.assessments import Assessment
    from course.readiness import Profile
    from course.self_check import Dimension, SelfCheck
    from tui.self_check_run import Filling, Result, Taken
    from tui.self_check_words import Line
    from tui.services import Services

STOP, BACK, KEEP = "q", "b", ""
WORDS = 52
"""Columns of the words before a bar."""


def run(options: Namespace) -> int:
    """Do what the options tell with a self-check; without one, list them all."""
    if options.take_in is not None:
        return _take_in(options)
    if options.ref is None:
        return _show_all(options)
    if options.export:
        return _export(options)
    if options.history:
        return _history(options)
    if options.result is not None or options.json:
        return _show_result(options)
    if is_linear(options):
        take(open_services(options), options.ref)
        return 0
    from tui.console.screen import open_self_check_screen

    return open_self_check_screen(options)


# Taking it -------------------------------------------------------------------------------------------


def take(services: Services, ref: str) -> bool:
    """Take a self-check statement by statement; False when the learner stops before its end."""
    from tui.self_check_run import Filling, taken
    from tui.self_check_words import scale_words

    state = taken(services, ref)
    check, begun = state.check, state.open
    print(clean_line(check.title))
    print()
    print("\n".join(map(clean, lines_of(check.introduction))))
    asked = _("Type a number or a letter: {scale}.").format(scale=clean_line(scale_words(check)))
    print("\n".join(wrapped(asked)))
    print(_("b goes back, q stops. Each answer is saved at once."))
    filling = Filling(services, check.id, begun.id if begun else None)
    ratings = dict(begun.ratings) if begun else {}
    if ratings:
        words = _("You go on where you stopped: {answered} of {count} are answered.")
        print(words.format(answered=len(ratings), count=len(check.statements)))
    noted = dict(begun.evidence) if begun else {}
    if not _ask_all(check, filling, ratings, noted):
        filling.write()
        print(_("Stopped. Your answers are saved; the same command goes on here."))
        return False
    filling.finish()
    filling.write()
    _tell(taken(services, check.id), None)
    return True


def _ask_all(
    check: SelfCheck, filling: Filling, ratings: dict[str, int | None], noted: dict[str, str]
) -> bool:
    """Ask every statement that is open, group by group; False when the learner stops."""
    places = [(dimension, own) for dimension in check.dimensions for own in dimension.statements]
    at = next((place for place, (_dimension, own) in enumerate(places) if own.id not in ratings), len(places))
    while at < len(places):
        dimension, statement = places[at]
        if statement is dimension.statements[0]:
            print(f"\n{clean_line(dimension.title)}")
        print()
        numbered = _("{number} of {count}. {statement}").format(
            number=at + 1, count=len(places), statement=clean_line(statement.text)
        )
        print("\n".join(wrapped(numbered)))
        reply = _reply(ratings.get(statement.id, 0))
        if reply == STOP:
            return False
        if reply == BACK:
            at = max(0, at - 1)
            continue
        if reply != KEEP:
            ratings[statement.id] = None if reply == "k" else int(reply)
            filling.rate(statement.id, ratings[statement.id])
            filling.write()
        if statement is dimension.statements[-1] and not _note(dimension, filling, noted):
            return False
        at += 1
    return True


def _reply(before: int | None) -> str:
    """A number from 1 to 5, k, b or q; nothing keeps what was answered before, and the end of the input is q."""
    kept = "k" if before is None else str(before)
    given = before != 0
    prompt = _("Your answer (1 to 5, k, enter keeps {kept}): ") if given else _("Your answer (1 to 5, k): ")
    while True:
        print(prompt.format(kept=kept), end="", flush=True)
        line = sys.stdin.readline()
        reply = line.strip().lower()
        if not line or reply == STOP:
            return STOP
        if reply in {"1", "2", "3", "4", "5", "k", BACK} or (reply == KEEP and given):
            return reply
        print(_("Type a number from 1 to 5, k for “I do not know”, b to go back or q to stop."))


def _note(dimension: Dimension, filling: Filling, noted: dict[str, str]) -> bool:
    """Ask for one fact; an empty line keeps what is noted. False when the input ended."""
    known = dimension.id in noted
    prompt = (
        _("One fact on this, or an empty line (now: {words}): ")
        if known
        else _("One fact on this, or an empty line: ")
    )
    print(prompt.format(words=clean_line(noted.get(dimension.id, ""))), end="", flush=True)
    line = sys.stdin.readline()
    words = line.strip()
    if words:
        noted[dimension.id] = words
        filling.note(dimension.id, words)
        filling.write()
    return bool(line)


# Looking at it ---------------------------------------------------------------------------------------


def _show_result(options: Namespace) -> int:
    from tui.self_check_run import result_of, taken

    state = taken(open_services(options), options.ref)
    number = options.result or None
    if options.json:
        print(json.dumps(_as_json(result_of(state, number)), ensure_ascii=False))
        return 0
    return _tell(state, number)


def _tell(state: Taken, number: int | None) -> int:
    from tui.self_check_run import result_of
    from tui.self_check_words import day_words, result_parts

    result = result_of(state, number)
    print(f"\n{clean_line(result.check.title)}, {day_words(result.assessment.started)}")
    for part in result_parts(result):
        print()
        if part.heading:
            print(f"{clean_line(part.heading)}")
        for line in part.lines:
            print("\n".join(_with_bar(line)))
        for words in lines_of(part.blocks, "  "):
            if words:
                print(clean(words))
        for title, ref in part.links:
            print(f"    {clean_line(title)}: hansa learn {clean_line(ref)}")
    return 0


def _with_bar(line: Line) -> Iterator[str]:
    """A line in words, and its bar beside it or, after long words, beneath."""
    words = list(wrapped(clean(line.words), "  ", "    "))
    if line.bar and len(words) == 1 and len(words[0]) <= WORDS:
        words = [f"{words[0]:<{WORDS}}  {line.bar}"]
    elif line.bar:
        words.append(" " * (WORDS + 2) + line.bar)
    yield from words


def _history(options: Namespace) -> int:
    from course.readiness import profile_of
    from tui.self_check_run import taken
    from tui.self_check_words import day_words

    state = taken(open_services(options), options.ref)
    rows = [_summary(own, profile_of(state.check, own.ratings)) for own in state.all]
    if options.json:
        print(json.dumps(rows, ensure_ascii=False))
        return 0
    if not rows:
        print(_("{check} was not taken yet.").format(check=state.check.code))
    number = 0
    for own, row in zip(state.all, rows, strict=True):
        if own.finished is None:
            state_now = _("not finished, {count} answered").format(count=len(own.ratings))
            print(f"   {day_words(own.started)}  {state_now}")
            continue
        number += own.mine
        score = _("no total") if row["total"] is None else _("{total} of 100, {band}").format(**row)
        mark = f"{number}." if own.mine else ""
        print(f"{mark:<3}{day_words(own.started)}  {score}  {clean_line(own.rater)}".rstrip())
    return 0


def _show_all(options: Namespace) -> int:
    from tui.self_check_run import taken
    from tui.self_check_words import state_words

    services = open_services(options)
    states = [taken(services, head.id) for head in services.self_checks]
    if options.json:
        print(json.dumps([_listed(state) for state in states], ensure_ascii=False))
        return 0
    for head, state in zip(services.self_checks, states, strict=True):
        words = _("{title}, about {minutes} minutes: {state}").format(
            title=clean_line(head.title), minutes=head.minutes, state=state_words(state)
        )
        print(f"{head.code}  {words}")
        print("\n".join(wrapped(clean_line(head.summary), "     ")))
    return 0


def _listed(state: Taken) -> dict[str, Any]:
    check = state.check
    return {
        "code": check.code,
        "id": check.id,
        "title": check.title,
        "minutes": check.minutes,
        "taken": len(state.finished),
        "open": state.open is not None,
    }


def _summary(own: Assessment, profile: Profile) -> dict[str, Any]:
    return {
        "rater": own.rater,
        "started": own.started.isoformat(),
        "finished": own.finished.isoformat() if own.finished else None,
        "total": profile.total if own.finished else None,
        "band": profile.band.title if own.finished and profile.band else None,
    }


def _as_json(result: Result) -> dict[str, Any]:
    from course.readiness import differences, total_shift

    profile = result.profile
    shift = total_shift(result.before[1], profile) if result.before else None
    people = [result.assessment.ratings, *(own.ratings for own in result.colleagues)]
    return {
        **_summary(result.assessment, profile),
        "check": result.check.code,
        "dimensions": [
            {
                "id": score.dimension.id,
                "title": score.dimension.title,
                "score": score.score,
                "band": score.band.title if score.band else None,
                "unknown": [own.id for own in score.unknown],
            }
            for score in profile.scores
        ],
        "lowest": [score.dimension.id for score in profile.lowest],
        "critical": [own.id for own in profile.critical],
        "change": None if shift is None else {"by": shift.by, "tells": shift.tells},
        "talk_about": [own.statement.id for own in differences(result.check, people)],
        "joint": result.joint.title if result.joint else None,
        "ratings": dict(result.assessment.ratings),
        "evidence": dict(result.assessment.evidence),
    }


# Handing it on ---------------------------------------------------------------------------------------


def _export(options: Namespace) -> int:
    from course.assessment_rows import handed_on
    from course.assessments import LONGEST_NAME
    from tui.self_check_run import result_of, taken

    name = " ".join((options.name or "").split())[:LONGEST_NAME]
    if not name:
        print(_("Tell whose result it is: add --name, such as --name Mara."), file=sys.stderr)
        return 2
    result = result_of(taken(open_services(options), options.ref), options.result or None)
    text = json.dumps(handed_on(result.assessment, name), ensure_ascii=False, indent=2) + "\n"
    out: Path | None = options.out
    if out is None:
        print(text, end="")
        return 0
    write_new(out, (text.encode("utf-8"),))
    print(_("Written: {out}").format(out=out))
    return 0


def _take_in(options: Namespace) -> int:
    from tui.self_check_files import take_in

    services = open_services(options)
    own, new = take_in(services, options.take_in, options.name or "")
    words = (
        _("The result of {rater} for {check} is taken in.")
        if new
        else _("The result of {rater} for {check} is known already.")
    )
    print(words.format(rater=clean_line(own.rater), check=own.check_id))
    return 0
