"""A collection of guides in one folder: written by one, searched by many."""

from __future__ import annotations

import sqlite3
from contextlib import ExitStack, closing, contextmanager
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from .background import embed_missing
from .database import BUSY_SECONDS, hold_read_lock, write_lock
from .draft import Draft
from .errors import IndexBusyError, IndexUnusableError, UnknownGuideError
from .files import load_files
from .generation import READ_LOCK, current_generation, generation_folder, load_manifest
from .language import forget_model
from .memory import give_back
from .model import Progress, Report
from .search import GuideIndex
from .store import Store
from .update import nothing_to_do, take_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from .doctor import Finding
    from .embed import Embedder
    from .files import GuideFile
    from .model import Guide, GuideHead, Problem
    from .update import Taken

_OPEN_ATTEMPTS = 10
_PATIENCE = 3600.0
"""Seconds that the background waits for other writers."""


def shipped_guides() -> Path:
    """The folder of the guides that come with the product."""
    return Path(str(files("index") / "guides"))


def _silent(_: Progress) -> None:
    """Tell nobody."""


class Counts(NamedTuple):
    """How much a generation holds."""

    guides: int
    passages: int
    vectors: int


class Collection:
    """Guides with their passages and vectors; every change is published as a new generation.

    The folder holds `truth.sqlite`, `generations/` with what is derived from it, and `current`, which
    names the generation in force. A kill at any point leaves the last one published.
    """

    def __init__(self, folder: Path, embedder: Embedder | None = None) -> None:
        self.folder = folder
        self.embedder = embedder

    @contextmanager
    def _truth(self, wait: float = BUSY_SECONDS) -> Iterator[Store]:
        with closing(Store(self.folder / "truth.sqlite", wait)) as store:
            yield store

    @contextmanager
    def _writing(self, wait: float = BUSY_SECONDS, *, anew: bool = False) -> Iterator[tuple[Store, Draft]]:
        """The truth and the draft of the next generation, for one writer at a time."""
        with write_lock(self.folder / "write.lock", wait), self._truth(wait) as store:
            base = max(current_generation(self.folder), store.generation())
            with store.writing():
                store.undo_after(base)
                if store.generation() != base:
                    store.set_generation(base)
            before = None if anew else load_manifest(self.folder, base)
            with Draft(self.folder, store, base + 1, before) as draft:
                yield store, draft

    def update(
        self,
        paths: Iterable[Path],
        *,
        origin: str = "added",
        progress: Callable[[Progress], None] | None = None,
        replace: bool = False,
    ) -> Report:
        """Take in the guides at paths, files or folders; what has not changed is left alone.

        They can be searched by their words first; the vectors follow.

        Args:
            paths: Files and folders.
            origin: `shipped` or `added`.
            progress: Told how far the update is; what it raises stops the update, losing no vector.
            replace: Remove the guides of this origin that are not among the paths.
        """
        tell = progress or _silent
        found = list(load_files(paths))
        taken = self._nothing_new(found, origin, replaces=replace)
        if taken is None:
            with self._writing() as (store, draft):
                taken = take_in(store, draft, found, origin=origin, replaces=replace, tell=tell)
                if draft.differs:
                    tell(Progress(0, 1, "building the index"))
                    draft.publish(self._fingerprint())
            forget_model()
            give_back()
        embedded = self.embed(origin=origin, progress=tell)
        with self._truth() as store:
            rows = store.guide_rows(current_generation(self.folder))
        passages = sum(row.head.passages for row in rows)
        return Report(len(rows), passages, embedded, taken.unchanged, taken.problems)

    def _nothing_new(
        self, found: Sequence[GuideFile | Problem], origin: str, *, replaces: bool
    ) -> Taken | None:
        """What an update would report if it had nothing to take in; it then waits for no other writer."""
        number = current_generation(self.folder)
        if load_manifest(self.folder, number) is None:
            return None
        with self._truth() as store:
            if store.generation() != number:
                return None
            return nothing_to_do(store, number, found, origin=origin, replaces=replaces)

    def embed(self, *, origin: str | None = None, progress: Callable[[Progress], None] | None = None) -> int:
        """Compute the vectors that are missing and publish them; how many there were.

        The collection can be searched and changed meanwhile. What `progress` raises stops it, losing nothing.
        Where another process is at it already, nothing is done.

        Args:
            origin: Only for guides of this origin.
            progress: Told how far it is.
        """
        manifest = load_manifest(self.folder, current_generation(self.folder))
        if self.embedder is None or (
            manifest
            and manifest.fingerprint == self.embedder.fingerprint
            and manifest.vectors == manifest.passages
        ):
            return 0
        tell, embedded = progress or _silent, 0
        with ExitStack() as stack:
            try:
                stack.enter_context(write_lock(self.folder / "embed.lock", 0))
            except IndexBusyError:
                return 0
            store = stack.enter_context(self._truth(_PATIENCE))
            while missing := store.without_vector(
                self.embedder.fingerprint, current_generation(self.folder), origin
            ):
                embedded += embed_missing(store, self.embedder, missing, tell)
            self._publish_vectors(store, tell)
        return embedded

    def _publish_vectors(self, store: Store, tell: Callable[[Progress], None]) -> None:
        """Publish the vectors that the generation in force does not hold yet, if there are any."""
        fingerprint, number = self._fingerprint(), current_generation(self.folder)
        manifest = load_manifest(self.folder, number)
        if (
            manifest
            and fingerprint == manifest.fingerprint
            and manifest.vectors == len(store.ids_with_vector(fingerprint or "", number))
        ):
            return
        tell(Progress(0, 1, "building the index"))
        with self._writing(_PATIENCE) as (_, draft):
            draft.publish(fingerprint, embedded=True)

    def remove(self, slug: str) -> None:
        """Take a guide out of the collection.

        Raises:
            UnknownGuideError: No guide has that slug.
        """
        with self._writing() as (store, draft):
            rows = store.guide_rows(draft.number - 1, slug)
            if not rows:
                raise UnknownGuideError(
                    f"There is no guide called {slug}; `hansa guides list` names them all."
                )
            with store.writing():
                draft.retire(rows[0].id)
            draft.publish(self._fingerprint())

    def guides(self) -> tuple[GuideHead, ...]:
        """The guides of the collection, by slug."""
        with self.open() as index:
            return index.guides()

    def guide(self, slug: str) -> Guide:
        """A guide with its text and blocks.

        Raises:
            UnknownGuideError: No guide has that slug.
        """
        with self.open() as index:
            return index.guide(slug)

    def open(self) -> GuideIndex:
        """The generation in force, for search; what is missing of it is first built again from the truth.

        Raises:
            IndexUnusableError: The folder cannot be used.
        """
        for _ in range(_OPEN_ATTEMPTS):
            number = current_generation(self.folder)
            index = self._opened(number)
            if index is not None:
                return index
            if number == current_generation(self.folder):
                self._rebuild()
        raise IndexUnusableError(f"{self.folder} does not stay whole; remove it and add your guides again.")

    def _opened(self, number: int) -> GuideIndex | None:
        """A generation held for reading; None if it is not there, or not whole."""
        try:
            in_use = hold_read_lock(generation_folder(self.folder, number) / READ_LOCK)
        except sqlite3.Error:
            return None
        manifest = load_manifest(self.folder, number)
        if manifest is None:
            in_use.close()
            return None
        return GuideIndex(self.folder, Store(self.folder / "truth.sqlite"), manifest, in_use, self.embedder)

    def _rebuild(self) -> None:
        """Build a generation if the one in force is not whole, or if there is none."""
        with self._writing() as (_, draft):
            if load_manifest(self.folder, current_generation(self.folder)) is None:
                draft.publish(self._fingerprint())

    def _fingerprint(self) -> str | None:
        """Of the model in use; without one, of the model that made the vectors there are."""
        if self.embedder:
            return self.embedder.fingerprint
        before = load_manifest(self.folder, current_generation(self.folder))
        return before.fingerprint if before else None

    def counts(self) -> Counts:
        """How much the generation in force holds."""
        with self.open() as index:
            return Counts(len(index.guides()), len(index), index.vectors)

    def check(self) -> tuple[Finding, ...]:
        """What is wrong with the collection: the truth proved by itself, what is derived by the truth."""
        from .doctor import examine  # noqa: PLC0415 - numpy, FAISS and tantivy, needed only here

        with self._truth() as store:
            return examine(self.folder, store)

    def repair(self, progress: Callable[[Progress], None] | None = None) -> tuple[Finding, ...]:
        """Mend what can be mended, and build everything derived again; what is wrong after that."""
        from .doctor import damaged_truth, mend  # noqa: PLC0415 - see above

        with self._writing(anew=True) as (store, draft):
            if any(damaged_truth(store)):
                return self.check()
            fingerprint = self._fingerprint() or store.last_fingerprint()
            with store.writing():
                mend(store, draft)
            draft.publish(fingerprint)
        self.embed(progress=progress)
        return self.check()
