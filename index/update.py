"""What an update does to the truth: changed files are taken in, missing vectors computed."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from .errors import DuplicateGuideError, GuideIndexError, UnreadableGuideError
from .files import READER_VERSION, GuideFile
from .model import Problem, Progress
from .split import split
from .store import passage_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from .embed import Embedder
    from .model import Guide, Passage
    from .store import GuideRow, Store

    Tell = Callable[[Progress], None]

_BATCH = 16
"""Passages embedded between two commits."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of the files given to an update."""

    changed: bool
    unchanged: int
    problems: tuple[Problem, ...]


def take_in(
    store: Store, found: Sequence[GuideFile | Problem], *, base: int, origin: str, replace: bool, tell: Tell
) -> Taken:
    """Bring the guides of files into the generation after `base`, all of them in one transaction."""
    intake = _Intake(store, base, origin, replaces=replace, paths=frozenset(_path_of(item) for item in found))
    with store.writing():
        for done, item in enumerate(found):
            tell(Progress(done, len(found), "reading guides"))
            intake.take(item)
        intake.finish()
    tell(Progress(len(found), len(found), "reading guides"))
    return Taken(intake.changed, intake.unchanged, tuple(intake.problems))


def _path_of(item: GuideFile | Problem) -> str:
    return str(item.path)


@dataclass(slots=True)
class _Intake:
    """The state of one update while its files are taken in."""

    store: Store
    base: int
    origin: str
    replaces: bool
    paths: frozenset[str]
    changed: bool = False
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

    def take(self, item: GuideFile | Problem) -> None:
        """Take in one file, or note why not."""
        if isinstance(item, Problem):
            self.problems.append(item)
            return
        known = self.by_path.get(str(item.path))
        if known and known.head.digest == item.digest and known.reader == READER_VERSION:
            self.unchanged += 1
            self.claimed[known.head.slug] = known.head.path
            return
        # 0.15 s for pydantic and markdown-it, needed only for what has changed.
        from .read import parse_file  # noqa: PLC0415

        try:
            guide = parse_file(item)
            self._add(replace(guide, slug=self._free_slug(guide, known)), known)
        except GuideIndexError as error:
            self.problems.append(Problem(str(item.path), str(error)))

    def _add(self, guide: Guide, known: GuideRow | None) -> None:
        passages = split(guide)
        if not passages:
            raise UnreadableGuideError(
                f"{guide.path} holds no text; write something into it or leave it out."
            )
        for old in {row.id for row in (known, self.by_slug.get(guide.slug)) if row}:
            self.store.retire(old, self.base + 1)
        self.store.add_guide(guide, passages, self.origin, READER_VERSION, self.base + 1)
        self.claimed[guide.slug] = guide.path
        self.changed = True

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

    def finish(self) -> None:
        """Take out the guides of this origin that no file stands for any more."""
        if not self.replaces:
            return
        for path, row in self.by_path.items():
            if path not in self.paths:
                self.changed = True
                self.store.retire(row.id, self.base + 1)


def embed_missing(
    store: Store, embedder: Embedder, missing: Sequence[tuple[bytes, Passage]], tell: Tell
) -> int:
    """Compute and keep the vectors of passages, batch by batch; how many there were."""
    # 0.1 s for FAISS and numpy, needed only here.
    from .vectors import to_blob  # noqa: PLC0415

    for start, batch in _batches(missing):
        tell(Progress(start, len(missing), "embedding passages"))
        vectors = embedder.passages([passage_text(passage) for _, passage in batch])
        blobs = [(key, to_blob(vector)) for (key, _), vector in zip(batch, vectors, strict=True)]
        store.add_vectors(blobs, embedder.fingerprint)
    tell(Progress(len(missing), len(missing), "embedding passages"))
    return len(missing)


def _batches(
    missing: Sequence[tuple[bytes, Passage]],
) -> Iterator[tuple[int, Sequence[tuple[bytes, Passage]]]]:
    for start in range(0, len(missing), _BATCH):
        yield start, missing[start : start + _BATCH]
