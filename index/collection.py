"""A collection of guides in one folder: written by one, searched by many."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from .database import hold_read_lock, write_lock
from .errors import IndexUnusableError, UnknownGuideError
from .files import load_files
from .generation import (
    READ_LOCK,
    clean_up,
    current_generation,
    damaged_files,
    generation_folder,
    load_manifest,
    publish,
)
from .model import Problem, Progress, Report
from .search import GuideIndex
from .store import Store
from .update import embed_missing, take_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from .embed import Embedder
    from .generation import Manifest
    from .model import Guide, GuideHead

_OPEN_ATTEMPTS = 10
_TEXT_FIRST = 200
"""Passages without a vector from which the text is published before they are embedded."""


def shipped_guides() -> Path:
    """The folder of the guides that come with the product."""
    return Path(str(files("index") / "guides"))


def _silent(_: Progress) -> None:
    """Tell nobody."""


def _opened(path: Path) -> closing[Store]:
    return closing(Store(path))


class Collection:
    """Guides with their passages and vectors; every change is published as a new generation.

    The folder holds `truth.sqlite`, `generations/` with what is derived from it, and `current`, which
    names the generation in force. A kill at any point leaves the last one published.
    """

    def __init__(self, folder: Path, embedder: Embedder | None = None) -> None:
        self.folder = folder
        self.embedder = embedder

    @property
    def _truth(self) -> Path:
        return self.folder / "truth.sqlite"

    def update(
        self,
        paths: Iterable[Path],
        *,
        origin: str = "added",
        progress: Callable[[Progress], None] | None = None,
        replace: bool = False,
    ) -> Report:
        """Take in the guides at paths, files or folders; what has not changed is left alone.

        Args:
            paths: Files and folders.
            origin: `shipped` or `added`.
            progress: Told how far the update is; what it raises stops the update, losing no vector.
            replace: Remove the guides of this origin that are not among the paths.
        """
        tell = progress or _silent
        found = list(load_files(paths))
        with write_lock(self.folder / "write.lock"), _opened(self._truth) as store:
            base = self._settle(store)
            taken = take_in(store, found, base=base, origin=origin, replace=replace, tell=tell)
            embedded = self._bring_up(store, base, tell, changed=taken.changed)
            rows = store.guide_rows(current_generation(self.folder))
            passages = sum(row.head.passages for row in rows)
            return Report(len(rows), passages, embedded, taken.unchanged, taken.problems)

    def remove(self, slug: str) -> None:
        """Take a guide out of the collection.

        Raises:
            UnknownGuideError: No guide has that slug.
        """
        with write_lock(self.folder / "write.lock"), _opened(self._truth) as store:
            base = self._settle(store)
            rows = [row for row in store.guide_rows(base) if row.head.slug == slug]
            if not rows:
                raise UnknownGuideError(
                    f"There is no guide called {slug}; `hansa guides list` names them all."
                )
            store.retire(rows[0].id, base + 1)
            self._bring_up(store, base, _silent, changed=True)

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
            try:
                in_use = hold_read_lock(generation_folder(self.folder, number) / READ_LOCK)
            except sqlite3.Error:
                self._repair()
                continue
            manifest = load_manifest(self.folder, number)
            if manifest:
                return GuideIndex(self.folder, Store(self._truth), manifest, in_use, self.embedder)
            in_use.close()
            self._repair()
        raise IndexUnusableError(f"{self.folder} does not stay whole; remove it and add your guides again.")

    def check(self) -> tuple[Problem, ...]:
        """What is wrong with the derived indexes, proved against the truth; `repair` mends it."""
        number = current_generation(self.folder)
        manifest = load_manifest(self.folder, number)
        if manifest is None:
            return (
                Problem(
                    str(self.folder), "The index is not whole; run `hansa guides doctor` to build it again."
                ),
            )
        remedy = "is damaged; run `hansa guides doctor` to build it again."
        problems = [
            Problem(str(path), f"{path.name} {remedy}") for path in damaged_files(self.folder, manifest)
        ]
        with _opened(self._truth) as store:
            if len(store.passage_rows(number)) != manifest.passages:
                problems.append(Problem(str(self._truth), f"The count of passages {remedy}"))
        return tuple(problems)

    def repair(self) -> None:
        """Build everything that is derived from the truth again."""
        with write_lock(self.folder / "write.lock"), _opened(self._truth) as store:
            base = self._settle(store)
            self._publish(store, base + 1)

    def _repair(self) -> None:
        """Build a generation if the one in force is not whole, or if there is none."""
        with write_lock(self.folder / "write.lock"), _opened(self._truth) as store:
            if load_manifest(self.folder, current_generation(self.folder)) is None:
                self._publish(store, self._settle(store) + 1)

    def _settle(self, store: Store) -> int:
        """Undo what a killed update left behind; the generation in force."""
        base = max(current_generation(self.folder), store.generation())
        with store.writing():
            store.undo_after(base)
        return base

    def _bring_up(self, store: Store, base: int, tell: Callable[[Progress], None], *, changed: bool) -> int:
        """Embed what has no vector, and publish if anything differs from the generation in force."""
        manifest = load_manifest(self.folder, base)
        target = base + 1 if changed else base
        missing = store.without_vector(self.embedder.fingerprint, target) if self.embedder else []
        if changed and len(missing) > _TEXT_FIRST:
            manifest = self._publish(store, target)
        embedded = embed_missing(store, self.embedder, missing, tell) if self.embedder and missing else 0
        stale = manifest is None or manifest.generation < target or self._outdated(manifest)
        if stale or embedded:
            tell(Progress(0, 1, "building the index"))
            self._publish(store, max(target, current_generation(self.folder) + 1))
        return embedded

    def _outdated(self, manifest: Manifest) -> bool:
        return self.embedder is not None and manifest.fingerprint != self.embedder.fingerprint

    def _publish(self, store: Store, number: int) -> Manifest:
        """Publish a generation; without a model, with the vectors that the one before had."""
        before = load_manifest(self.folder, current_generation(self.folder))
        last = before.fingerprint if before else None
        fingerprint = self.embedder.fingerprint if self.embedder else last
        manifest = publish(self.folder, store, number, fingerprint)
        clean_up(self.folder, store, number)
        return manifest
