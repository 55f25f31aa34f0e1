"""`hansa guides`: list, read, add and remove guides."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

from index.section import heading_anchor
from tui.console.opening import open_index, open_services, preparation
from tui.language import _, plural

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence

    from index.doctor import Finding
    from index.model import Guide

STOPPED = 130
"""Exit status after Ctrl+C, as shells have it."""


def show_all(options: Namespace) -> int:
    """Print a line a guide."""
    index = open_index(open_services(options))
    guides = index.guides()
    for guide in guides:
        print(f"{guide.slug:<26} {guide.language:<4} {guide.title}")
    print(plural("{count} guide", "{count} guides", len(guides)))
    return 0


def add(options: Namespace) -> int:
    """Take in files and folders; what could not be read is named with the reason, and the others stay."""
    from course.source import is_there
    from index.errors import GuideIndexError
    from tui.console.adding import Adding
    from tui.console.stopping import stoppable
    from tui.console.telling import teller

    absent = [path for path in options.paths if not is_there(path)]
    if absent:
        raise GuideIndexError(
            _("{absent} does not exist: check the spelling, then add it again.").format(absent=absent[0])
        )
    services = open_services(options)
    services.open_index(None if options.json else preparation()).close()
    told = teller(as_json=options.json)
    with stoppable() as stop:
        added = Adding(services.collection, told, stop).run(options.paths)
    told.done(added)
    if added.stopped:
        return STOPPED
    return 1 if added.problems else 0


def remove(options: Namespace) -> int:
    """Take a guide out of the collection; one that ships would be back with the next command."""
    from index.errors import GuideIndexError

    collection = open_services(options).collection
    if any(head.slug == options.slug and head.origin == "shipped" for head in collection.guides()):
        raise GuideIndexError(
            _("{slug} comes with Hansa and stays; only guides that you added can be removed.").format(
                slug=options.slug
            )
        )
    collection.remove(options.slug)
    print(_("{slug} is removed.").format(slug=options.slug))
    return 0


def doctor(options: Namespace) -> int:
    """Prove the collection, and mend it if asked; what stays wrong is named."""
    collection = open_services(options).collection
    found: Sequence[Finding] = collection.check()
    wrong = len(found)
    if wrong and options.repair:
        found = collection.repair(preparation())
    if options.json:
        print(json.dumps({"found": wrong, "left": [asdict(each) for each in found]}, ensure_ascii=False))
        return 1 if found else 0
    for each in found:
        print(each.message)
    if found:
        return 1
    counts = collection.counts()
    mended = _("{wrong} faults mended: ").format(wrong=wrong) if wrong else ""
    print(
        _(
            "{mended}{guides} guides, {passages} passages, {vectors} vectors: truth, keywords and "
            "vectors agree."
        ).format(mended=mended, guides=counts.guides, passages=counts.passages, vectors=counts.vectors)
    )
    return 0


def show(options: Namespace) -> int:
    """Print a guide, or what stands under one of its headings."""
    from index.errors import GuideIndexError

    slug, _hash, heading = options.slug.partition("#")
    guide = open_index(open_services(options)).guide(slug)
    lines = list(_lines(guide, heading))
    if not lines:
        known = ", ".join(
            dict.fromkeys(heading_anchor(block.headings[-1]) for block in guide.blocks if block.headings)
        )
        raise GuideIndexError(
            _("{slug} has no heading {heading}; it has: {known}.").format(
                slug=slug, heading=heading, known=known
            )
        )
    print("\n".join(lines))
    return 0


def check(options: Namespace) -> int:
    """Proofread guides in Markdown; a line a fault."""
    from datetime import UTC, datetime

    from course.source import is_there
    from index.collection import shipped_guides
    from index.errors import GuideIndexError
    from index.files import MARKDOWN_ENDINGS, find_files
    from index.proofreading import facts_in, proofread

    places = options.paths or [shipped_guides()]
    absent = [path for path in (*places, *(options.facts or ())) if not is_there(path)]
    if absent:
        raise GuideIndexError(_("{absent} does not exist: check the spelling.").format(absent=absent[0]))
    paths = [path for path in find_files(places) if path.suffix.lower() in MARKDOWN_ENDINGS or path in places]
    facts = facts_in(*options.facts) if options.facts else None
    faults, count = proofread(paths, datetime.now(UTC).date(), facts)
    for fault in faults:
        print(fault)
    print(_("{count} guides, {count2} faults.").format(count=count, count2=len(faults)))
    return 1 if faults else 0


def _lines(guide: Guide, heading: str) -> list[str]:
    """The guide block by block, headings set apart; only those under `heading` when it is given."""
    wanted = [
        block
        for block in guide.blocks
        if not heading or heading in {heading_anchor(part) for part in block.headings}
    ]
    lines = [guide.title, ""] if not heading and wanted else []
    for block in wanted:
        text = guide.text[block.start : block.end].strip()
        if block.kind == "heading":
            lines += ["", text, "-" * min(len(text), 76)]
        elif block.kind == "list-item" and not text.startswith(("-", "•", "*")):
            lines.append(f"- {text}")
        else:
            lines.append(text)
    return lines
