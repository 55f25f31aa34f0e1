"""The next generation while it is made: the files of the last one, with what is added and taken out."""

from __future__ import annotations

import json
import shutil
from dataclasses import asdict, replace
from functools import partial
from typing import TYPE_CHECKING, Self

from .database import make_read_lock, told_plainly
from .generation import (
    BASE,
    KEYWORDS,
    MANIFEST,
    READ_LOCK,
    RECENT,
    REMOVED,
    VECTORS,
    Manifest,
    clean_up,
    derived_files,
    generation_folder,
    link_files,
    point_to,
    removed_ids,
    sync,
    write_removed,
)
from .records import passage_key

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from .keywords import KeywordWriter
    from .prepare import Prepared
    from .store import Store

_RECENT_AT_LEAST = 2_000
_RECENT_SHARE = 0.2
"""Of the base; when more vectors than both came after it or were removed, the base is built anew."""


class Draft:
    """A generation to be; without `publish` nothing of it remains."""

    def __init__(self, folder: Path, store: Store, number: int, before: Manifest | None) -> None:
        self.number = number
        self._folder = folder
        self._store = store
        self._before = before
        self._last = generation_folder(folder, before.generation) if before else None
        self._home = generation_folder(folder, number).with_name(f".building-{number}")
        self._keywords: KeywordWriter | None = None
        self._removed: list[int] = []
        self._added: list[int] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._keywords = None
        shutil.rmtree(self._home, ignore_errors=True)

    @property
    def differs(self) -> bool:
        """Whether it has other passages than the generation before, or there is none."""
        return self._last is None or bool(self._added or self._removed)

    def _writer(self) -> KeywordWriter:
        if self._keywords is None:
            # 0.1 s for tantivy, needed only where passages change.
            from .keywords import KeywordWriter  # noqa: PLC0415

            self._begin()
            self._keywords = KeywordWriter(self._home / KEYWORDS)
            if self._last is None:
                self._add_all(self._keywords)
        return self._keywords

    def _begin(self) -> None:
        """Start from the files of the generation before."""
        shutil.rmtree(self._home, ignore_errors=True)
        self._home.mkdir(parents=True)
        if self._last:
            link_files(self._last / KEYWORDS, self._home / KEYWORDS)

    def _add_all(self, writer: KeywordWriter) -> None:
        from .terms import passage_terms  # noqa: PLC0415 - needed only where there is no generation before

        for passage in self._store.passages(self.number - 1):
            writer.add(passage.id, passage_key(passage), passage_terms(passage))

    def take(self, given: Prepared, origin: str, reader: int) -> None:
        """Store a guide and add its passages."""
        keys = [passage_key(passage) for passage in given.passages]
        first = self._store.add_guide(given, keys, origin, reader, self.number)
        with told_plainly(self._home):
            writer = self._writer()
            for number, (key, found) in enumerate(zip(keys, given.terms, strict=True), first):
                writer.add(number, key, found)
        self._added += range(first, first + len(keys))

    def retire(self, row: int) -> None:
        """Let a guide end with the generation before."""
        ids = self._store.retire(row, self.number)
        with told_plainly(self._home):
            for number in ids:
                self._writer().remove(number)
        self._removed += ids

    def publish(self, fingerprint: str | None, *, embedded: bool = False) -> Manifest:
        """Finish and let readers use it from now on.

        Args:
            fingerprint: Of the model whose vectors it is to hold.
            embedded: Whether passages of the generation before may have got vectors.
        """
        home = generation_folder(self._folder, self.number)
        with told_plainly(self._home):
            self._finish_keywords()
            manifest = self._write_vectors(fingerprint, embedded=embedded)
            known = self._before.files if self._before else {}
            manifest = replace(manifest, files=derived_files(self._home, known))
            (self._home / MANIFEST).write_text(json.dumps(asdict(manifest), indent=1), encoding="utf-8")
            for name in (f"{VECTORS}/{BASE}", f"{VECTORS}/{RECENT}", f"{VECTORS}/{REMOVED}"):
                if manifest.files.get(name) != known.get(name):
                    sync(self._home / name)
            sync(self._home / MANIFEST)
            make_read_lock(self._home / READ_LOCK)
            sync(self._home)
            shutil.rmtree(home, ignore_errors=True)
            self._home.rename(home)
            sync(home.parent)
            point_to(self._folder, self.number)
        clean_up(self._folder, self._store, self.number)
        return manifest

    def _finish_keywords(self) -> None:
        if self._last is None or self.differs:
            self._writer().finish()
            self._keywords = None
        else:
            self._begin()

    def _write_vectors(self, fingerprint: str | None, *, embedded: bool) -> Manifest:
        manifest = Manifest(self.number, self._store.count_passages(self.number), 0, fingerprint)
        if fingerprint is None:
            return manifest
        before = self._before
        if before is None or before.fingerprint != fingerprint or not before.base or not self._last:
            return self._vectors_anew(manifest)
        removed = {*removed_ids(self._last / VECTORS), *self._removed}
        added = (
            self._vectors_to_come(fingerprint) if embedded else self._with_vector(fingerprint, self._added)
        )
        gone = len(self._with_vector(fingerprint, self._removed))
        manifest = replace(manifest, vectors=before.vectors + len(added) - gone)
        if before.recent + len(added) + len(removed) > max(_RECENT_AT_LEAST, _RECENT_SHARE * before.base):
            return self._vectors_anew(manifest)
        link_files(self._last / VECTORS, self._home / VECTORS)
        recent = self._write_recent(fingerprint, added, removed) if added else before.recent
        (self._home / VECTORS / REMOVED).unlink(missing_ok=True)
        write_removed(self._home / VECTORS, removed)
        return replace(manifest, base=before.base, recent=recent)

    def _with_vector(self, fingerprint: str, ids: Sequence[int]) -> list[int]:
        return [number for number, _, _ in self._store.vectors_by_id(fingerprint, ids)]

    def _vectors_to_come(self, fingerprint: str) -> list[int]:
        """Passages that have a vector which the generation before does not hold."""
        from .vectors import VectorIndex  # noqa: PLC0415 - FAISS, needed only where vectors change

        held = set(VectorIndex(self._last / VECTORS).ids().tolist()) if self._last else set()
        return [
            number for number in self._store.ids_with_vector(fingerprint, self.number) if number not in held
        ]

    def _write_recent(self, fingerprint: str, added: Sequence[int], removed: set[int]) -> int:
        """Write what came after the base anew; how many vectors it is."""
        from .vectors import VectorFile, build_vectors  # noqa: PLC0415 - FAISS, see above

        path = self._home / VECTORS / RECENT
        held = VectorFile(path).ids.tolist() if path.exists() else []
        path.unlink(missing_ok=True)
        ids = sorted({*held, *added} - removed)
        build_vectors(path, ids, partial(self._store.vectors_by_id, fingerprint))
        return len(ids)

    def _vectors_anew(self, manifest: Manifest) -> Manifest:
        fingerprint = manifest.fingerprint or ""
        ids = self._store.ids_with_vector(fingerprint, self.number)
        if not ids:
            return replace(manifest, vectors=0)
        from .vectors import build_vectors  # noqa: PLC0415 - FAISS, see above

        (self._home / VECTORS).mkdir()
        build_vectors(self._home / VECTORS / BASE, ids, partial(self._store.vectors_by_id, fingerprint))
        return replace(manifest, vectors=len(ids), base=len(ids))
