"""`hansa evaluate`: how well the index and the assistant do on a test set."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

from tui.clean import clean
from tui.console.opening import open_assistant, open_services, preparation
from tui.language import _

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterable, Iterator, Mapping

    from assistant.evaluate import Asked, Count, Report
    from index.evaluate import Evaluation
    from index.measures import Figure

RUN_DEPTH = 100
"""Documents a question in a run."""


def retrieval(options: Namespace) -> int:
    """Print how well the documents of a test set are found, with 95 % intervals."""
    from index.embed import find_embedder
    from index.evaluate import evaluate, write_run

    paths = open_services(options).paths
    embedder = None if options.keywords else find_embedder(paths.home)[0]
    outcome = evaluate(
        options.folder,
        paths.evaluation_cache,
        embedder,
        depth=RUN_DEPTH if options.run_file else 10,
        progress=preparation(),
    )
    if options.run_file:
        write_run(outcome.found, options.run_file)
    if outcome.note and not options.keywords:
        print(outcome.note, file=sys.stderr)
    print(json.dumps(_as_json(outcome)) if options.json else render(outcome))
    return 0


def _as_json(outcome: Evaluation) -> dict[str, object]:
    figures = {name: round(figure.mean, 6) for name, figure in outcome.figures.items()}
    intervals = {
        name: [round(figure.low, 6), round(figure.high, 6)] for name, figure in outcome.figures.items()
    }
    return {
        **figures,
        "interval": intervals,
        "questions": len(outcome.found),
        "documents": outcome.documents,
        "passages": outcome.passages,
        "languages": dict(outcome.languages),
        "keywords_only": bool(outcome.note),
        "ms": {name: round(value, 2) for name, value in outcome.milliseconds().items()},
    }


def render(outcome: Evaluation) -> str:
    """The outcome as a few plain lines."""
    spoken = sorted(outcome.languages.items(), key=lambda entry: -entry[1])
    languages = ", ".join(f"{count} {language}" for language, count in spoken)
    times = outcome.milliseconds()
    asked = _("{questions} questions, {documents} documents ({languages}), {passages} passages")
    spent = _(
        "{embed:.1f} ms to embed a question; "
        "the rest of a search {search_p50:.1f} ms (p50), {search_p95:.1f} ms (p95)"
    )
    lines = [
        asked.format(
            questions=len(outcome.found),
            documents=outcome.documents,
            languages=languages,
            passages=outcome.passages,
        ),
        *(_line(name, figure) for name, figure in outcome.figures.items()),
        spent.format(**times),
    ]
    return "\n".join(lines)


def _line(name: str, figure: Figure) -> str:
    between = _("95 % between {low:.3f} and {high:.3f}").format(low=figure.low, high=figure.high)
    return f"{name:<10}{figure.mean:.3f}   {between}"


def answers(options: Namespace) -> int:
    """Print how many questions of a test set are answered and refused as they should be, with 95 % intervals."""
    from assistant.evaluate import ask, report
    from assistant.question_set import load_questions

    questions = load_questions(options.file)
    assistant = open_assistant(open_services(options))
    asked = tuple(_counted((ask(assistant, question) for question in questions), len(questions)))
    outcome = report(asked)
    if options.json:
        print(json.dumps(_report_as_json(outcome)))
        return 0
    print(clean(render_report(outcome)))
    for each in outcome.wrong if options.wrong else ():
        print(clean(render_wrong(each)))
    return 0


def _counted(asked: Iterable[Asked], total: int) -> Iterator[Asked]:
    """The same, with a counter on the terminal if somebody watches."""
    for number, each in enumerate(asked, 1):
        if sys.stderr.isatty():
            end = "\n" if number == total else ""
            told = _("Asked {number} of {total} questions").format(number=number, total=total)
            print("\r" + told, end=end, file=sys.stderr)
        yield each


def _report_as_json(outcome: Report) -> dict[str, object]:
    median, longest = outcome.words
    p50, p95 = outcome.milliseconds
    return {
        "questions": outcome.questions,
        **_counts_as_json(outcome.counts),
        "kinds": {name: _counts_as_json(counts) for name, counts in outcome.kinds.items()},
        "languages": {name: _counts_as_json(counts) for name, counts in outcome.languages.items()},
        "quotes": {"shown": outcome.shown, "differing": outcome.differing},
        "words": {"median": median, "longest": longest},
        "ms": {"p50": round(p50, 1), "p95": round(p95, 1)},
        "wrong": [each.question.id for each in outcome.wrong],
    }


def _counts_as_json(counts: Mapping[str, Count]) -> dict[str, object]:
    return {name: _count_as_json(count) for name, count in counts.items()}


def _count_as_json(count: Count) -> dict[str, object]:
    found = count.figure
    return {
        "count": count.count,
        "of": count.of,
        "share": round(found.mean, 6) if found else None,
        "interval": [round(found.low, 6), round(found.high, 6)] if found else None,
    }


MEASURES = {
    "facts_in_answer": _("all facts in the answer"),
    "facts_in_citations": _("all facts in what is cited"),
    "refused_wrongly": _("refused, though the guides hold it"),
    "asked_back_wrongly": _("asked back, though one guide fits"),
    "refused_rightly": _("refused, as no guide holds it"),
    "asked_back_rightly": _("asked back, as several guides fit"),
    "facts_in_best_passage": _("baseline, best passage: all facts in it"),
}
"""What the measures say, by name."""
COLUMNS = {
    "facts_in_answer": _("in answer"),
    "facts_in_citations": _("in cited"),
    "refused_wrongly": _("refused wrongly"),
    "refused_rightly": _("rightly"),
    "asked_back_rightly": _("asked back"),
}
"""The measures that are shown for each kind and language, with their heads."""


def render_report(outcome: Report) -> str:
    """The outcome as plain lines."""
    p50, p95 = outcome.milliseconds
    median, longest = outcome.words
    differing = _("{count} of {shown} quotes differ from the text at their place")
    lines = [
        _("Questions: {count}; shares stand with their 95 % intervals").format(count=outcome.questions),
        *(_measure(MEASURES[name], count) for name, count in outcome.counts.items()),
        "",
        *_table(_("kind"), outcome.kinds),
        "",
        *_table(_("language"), outcome.languages),
        "",
        differing.format(count=outcome.differing, shown=outcome.shown),
        _("words of an answer: {median:.0f} (median), {longest} (longest)").format(
            median=median, longest=longest
        ),
        _("time for an answer: {p50:.0f} ms (median), {p95:.0f} ms (p95)").format(p50=p50, p95=p95),
    ]
    return "\n".join(lines)


def _measure(name: str, count: Count) -> str:
    found = count.figure
    if found is None:
        return f"{name:<40}" + _("no such question")
    words = _("{count:>4} of {of:<4}{mean:6.1%} ({low:.1%} to {high:.1%})")
    return f"{name:<40}" + words.format(
        count=count.count, of=count.of, mean=found.mean, low=found.low, high=found.high
    )


def _table(head: str, groups: Mapping[str, Mapping[str, Count]]) -> list[str]:
    widths = [max(11, len(title) + 2) for title in COLUMNS.values()]
    rows = [
        [f"{count.count}/{count.of}" if count.of else "-" for count in _columns(counts)]
        for counts in groups.values()
    ]
    return [
        f"{name or '-':<16}" + "".join(f"{cell:>{width}}" for cell, width in zip(cells, widths, strict=True))
        for name, cells in zip([head, *groups], [list(COLUMNS.values()), *rows], strict=True)
    ]


def _columns(counts: Mapping[str, Count]) -> list[Count]:
    return [counts[name] for name in COLUMNS]


def render_wrong(asked: Asked) -> str:
    """A question that went wrong, what was wanted and what was replied."""
    question, answer = asked.question, asked.answer
    wanted = _("to be asked back") if asked.is_unclear else "; ".join(question.answer_facts) or _("a refusal")
    lines = [
        f"\n{question.id}: {question.question} ({answer.verdict}, {answer.trace.probability:.2f})",
        "  " + _("wanted: {facts}").format(facts=wanted),
        *(f"  {line}" for line in answer.answer.splitlines()),
    ]
    return "\n".join(lines)
