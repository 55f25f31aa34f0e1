"""What an update does to the truth and to the next generation: changed files are taken in."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from .errors import DuplicateGuideError, GuideIndexError, UnreadableGuideError
from .files import READER_VERSION, GuideFile
from .model import Problem, Progress

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from .draft import Draft
    from .model import Guide
    from .prepare import Prepared
    from .store import GuideRow, Store

    Tell = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of the files given to an update."""

    unchanged: int
    problems: tuple[Problem, ...]


def take_in(
    store: Store,
    draft: Draft,
    found: Sequence[GuideFile | Problem],
    *,
    origin: str,
    replaces: bool,
    tell: Tell,
) -> Taken:
    """Bring the guides of files into a draft and into the truth, all of them in one transaction."""
    intake = Intake(store, draft.number - 1, origin, replaces=replaces)
    changed = intake.look(found)
    first = str(changed[0].path) if changed else ""
    tell(Progress(len(found) - len(changed), len(found), "reading guides", first))
    with store.writing():
        if changed:
            # 0.15 s for pydantic and markdown-it, needed only for what has changed.
            from .crew import prepared  # noqa: PLC0415
            from .terms import forget_stretches  # noqa: PLC0415

            following = [*(str(file.path) for file in changed[1:]), ""]
            for count, (file, outcome) in enumerate(prepared(changed)):
                intake.take(file, outcome, draft)
                done = len(found) - len(changed) + count + 1
                tell(Progress(done, len(found), "reading guides", following[count]))
            forget_stretches()
        for row in intake.gone():
            draft.retire(row.id)
    return Taken(intake.unchanged, tuple(intake.problems))


def nothing_to_do(
    store: Store, generation: int, found: Sequence[GuideFile | Problem], *, origin: str, replaces: bool
) -> Taken | None:
    """What an update would report if none of the files brings anything new; None if one does."""
    intake = Intake(store, generation, origin, replaces=replaces)
    if intake.look(found) or intake.gone():
        return None
    return Taken(intake.unchanged, tuple(intake.problems))


@dataclass(slots=True)
class Intake:
    """The state of one update while its files are taken in."""

    store: Store
    base: int
    origin: str
    replaces: bool
    paths: frozenset[str] = frozenset()
    unchanged: int = 0
    problems: list[Problem] = field(default_factory=list)
    by_slug: dict[str, GuideRow] = field(default_factory=dict)
    by_path: dict[str, GuideRow] = field(default_factory=dict)
    claimed: dict[str, str] = field(default_factory=dict)
    """Path of the file that each slug was taken from in this update."""

    def __post_init__(self) -> None:
        rows = self.store.guide_rows(self.base)
        self.by_slug = {row.head.slug: row for row in rows}
        self.by_path = {row.head.path: row for row in rows if row.head.origin == self.origin}

    def look(self, found: Sequence[GuideFile | Problem]) -> list[GuideFile]:
        """The files that have changed; the others are counted."""
        self.paths = frozenset(str(item.path) for item in found)
        changed = []
        for item in found:
            if isinstance(item, Problem):
                self.problems.append(item)
                continue
            known = self.by_path.get(str(item.path))
            if known and known.head.digest == item.digest and known.reader == READER_VERSION:
                self.unchanged += 1
                self.claimed[known.head.slug] = known.head.path
            else:
                changed.append(item)
        return changed

    def take(self, file: GuideFile, outcome: Prepared | GuideIndexError, draft: Draft) -> None:
        """Take in one file, or note why not."""
        known = self.by_path.get(str(file.path))
        try:
            if isinstance(outcome, GuideIndexError):
                raise outcome
            given = outcome.under(self._free_slug(outcome.guide, known))
        except (DuplicateGuideError, UnreadableGuideError) as error:
            self.problems.append(Problem(str(file.path), str(error)))
            return
        slug = given.guide.slug
        for old in {row.id for row in (known, self.by_slug.get(slug)) if row}:
            draft.retire(old)
        draft.take(given, self.origin, READER_VERSION)
        self.claimed[slug] = given.guide.path

    def _free_slug(self, guide: Guide, known: GuideRow | None) -> str:
        """The slug of a guide, numbered if a guide of another origin has the one that its file name gives.

        Raises:
            DuplicateGuideError: Another file holds the slug.
        """
        from .read import slug_of  # noqa: PLC0415 - loaded by now

        slug, number = guide.slug, 1
        from_name = guide.slug == slug_of(Path(guide.path).name)
        while holder := self._holder(slug, guide.path):
            if known and known.head.slug == slug:
                break
            if (
                not from_name
                or self.by_slug.get(slug) is None
                or self.by_slug[slug].head.origin == self.origin
            ):
                raise DuplicateGuideError(
                    f"{guide.path} has the slug {slug} that {holder} has too; give one of them another name."
                )
            number += 1
            slug = f"{guide.slug}-{number}"
        return slug

    def _holder(self, slug: str, path: str) -> str:
        """Path of the other file that holds a slug and will go on holding it; empty if none does."""
        if slug in self.claimed:
            return self.claimed[slug]
        row = self.by_slug.get(slug)
        if row is None or row.head.path == path:
            return ""
        if row.head.origin != self.origin:
            return row.head.path
        leaves = self.replaces and row.head.path not in self.paths
        return "" if leaves or not Path(row.head.path).exists() else row.head.path

    def gone(self) -> list[GuideRow]:
        """The guides of this origin that no file stands for any more."""
        if not self.replaces:
            return []
        return [row for path, row in self.by_path.items() if path not in self.paths]
