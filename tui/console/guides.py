"""`hansa guides`: list, read, add and remove guides."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

from tui.console.opening import open_index, open_services, preparation

if TYPE_CHECKING:
    from argparse import Namespace

    from index.model import Guide


def show_all(options: Namespace) -> int:
    """Print a line a guide."""
    index = open_index(open_services(options))
    guides = index.guides()
    for guide in guides:
        print(f"{guide.slug:<26} {guide.language:<4} {guide.title}")
    print(f"{len(guides)} guides")
    return 0


def add(options: Namespace) -> int:
    """Take in files and folders; files that could not be read are named, and the others stay."""
    from index.errors import GuideIndexError

    absent = [path for path in options.paths if not path.exists()]
    if absent:
        raise GuideIndexError(f"{absent[0]} does not exist: check the spelling, then add it again.")
    services = open_services(options)
    services.open_index(preparation())
    report = services.collection.update(options.paths, origin="added", progress=preparation())
    print(f"{report.guides} guides read, {report.embedded} passages new or changed.")
    for problem in report.problems:
        print(problem.message, file=sys.stderr)
    return 1 if report.problems else 0


def remove(options: Namespace) -> int:
    """Take a guide out of the collection."""
    open_services(options).collection.remove(options.slug)
    print(f"{options.slug} is removed.")
    return 0


def show(options: Namespace) -> int:
    """Print a guide, or what stands under one of its headings."""
    from index.errors import GuideIndexError

    slug, _, heading = options.slug.partition("#")
    guide = open_index(open_services(options)).guide(slug)
    lines = list(_lines(guide, heading))
    if not lines:
        known = ", ".join(
            dict.fromkeys(heading_slug(block.headings[-1]) for block in guide.blocks if block.headings)
        )
        raise GuideIndexError(f"{slug} has no heading {heading}; it has: {known}.")
    print("\n".join(lines))
    return 0


def _lines(guide: Guide, heading: str) -> list[str]:
    """The guide block by block, headings set apart; only those under `heading` when it is given."""
    wanted = [
        block
        for block in guide.blocks
        if not heading or heading in {heading_slug(part) for part in block.headings}
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


def heading_slug(heading: str) -> str:
    """The name by which a heading is linked, such as `dates-and-money`."""
    return re.sub(r"[\s]+", "-", re.sub(r"[^\w\s-]", "", heading.casefold()).strip())
