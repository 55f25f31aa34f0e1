"""`hansa evaluate`: how well the index does on a test set."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

from tui.console.opening import open_services, preparation

if TYPE_CHECKING:
    from argparse import Namespace

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
    asked = f"{len(outcome.found)} questions, {outcome.documents} documents ({languages})"
    embedding = f"{times['embed']:.1f} ms to embed a question"
    searching = f"{times['search_p50']:.1f} ms (p50), {times['search_p95']:.1f} ms (p95)"
    lines = [
        f"{asked}, {outcome.passages} passages",
        *(_line(name, figure) for name, figure in outcome.figures.items()),
        f"{embedding}; the rest of a search {searching}",
    ]
    return "\n".join(lines)


def _line(name: str, figure: Figure) -> str:
    return f"{name:<10}{figure.mean:.3f}   95 % between {figure.low:.3f} and {figure.high:.3f}"
