"""Proves a collection: the truth by its own seals, and what is derived from it by the truth."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from .errors import GuideIndexError, IndexUnusableError
from .files import load_file
from .generation import (
    KEYWORDS,
    VECTORS,
    Manifest,
    current_generation,
    damaged_files,
    generation_folder,
    load_manifest,
    read_manifest,
)
from .keywords import KeywordIndex, key_number
from .prepare import of_guide, prepare
from .records import block_rows, passage_key, text_seal, vector_seal
from .vectors import VectorIndex, centred

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .draft import Draft
    from .model import Guide
    from .prepare import Prepared
    from .store import GuideRow, Store

REMEDY = "run `hansa guides doctor --repair`."
_NEAR = 0.02
"""How far the number of a vector may be from its blob: some steps of 8 bits."""
_PIECE = 5_000


class Kind(StrEnum):
    """What can be wrong."""

    TRUTH = "truth"
    """The database itself."""
    GUIDE = "guide"
    """The text of a guide, or its passages."""
    VECTOR = "vector"
    """A vector as it is stored."""
    GENERATION = "generation"
    """The derived files are not whole, or not the last ones."""
    FILE = "file"
    """A derived file has other bytes than were written."""
    KEYWORDS = "keywords"
    """The keyword index holds other passages than the truth."""
    VECTORS = "vectors"
    """The vector index holds other vectors than the truth."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is wrong."""

    kind: Kind
    thing: str
    """The guide, file or number that it is about."""
    message: str
    """One sentence with the remedy."""


def examine(folder: Path, store: Store) -> tuple[Finding, ...]:
    """Everything that is wrong with a collection."""
    damage = list(damaged_truth(store))
    if damage:
        return tuple(damage)
    number = current_generation(folder)
    if not number and not store.generation():
        return ()
    found = [*damaged_guides(store, max(number, store.generation())), *damaged_vectors(store)]
    return (*found, *_derived(folder, store, number))


def damaged_truth(store: Store) -> Iterator[Finding]:
    """What SQLite finds wrong with its file."""
    try:
        broken = [str(row[0]) for row in store.rows("PRAGMA quick_check(5)") if row[0] != "ok"]
        lost = len(store.rows("PRAGMA foreign_key_check"))
        broken += [f"{lost} rows belong to nothing"] if lost else []
    except IndexUnusableError as error:
        yield Finding(Kind.TRUTH, store.path.name, str(error))
        return
    if broken:
        yield Finding(
            Kind.TRUTH,
            store.path.name,
            f"{store.path} is damaged ({broken[0]}); remove the folder {store.path.parent} and add your guides again.",
        )


def damaged_guides(store: Store, generation: int) -> Iterator[Finding]:
    """Guides whose text, blocks or passages are not those that were stored."""
    for row in store.guide_rows(generation):
        wrong = guide_fault(store, row, generation)
        if wrong:
            slug, remedy = row.head.slug, REMEDY
            if restored(store, row, generation) is None:
                remedy = f"remove it with `hansa guides remove {slug}` and add its file again."
            yield Finding(Kind.GUIDE, slug, f"The guide {slug} {wrong}; {remedy}")


def guide_fault(store: Store, row: GuideRow, generation: int) -> str:
    """What is wrong with a guide; empty if nothing is."""
    guide = intact(store, row, generation)
    if guide is None:
        return "is not as it was stored"
    passages, keys = store.passages_of(guide.slug, generation), store.keys_of(row.id)
    if [passage.position for passage in passages] != list(range(row.head.passages)):
        return "has lost passages"
    for passage in passages:
        cited = guide.text[passage.start : passage.end]
        if keys[passage.id] != passage_key(passage) or cited != passage.text:
            return "has passages that are not in its text"
    return ""


def intact(store: Store, row: GuideRow, generation: int) -> Guide | None:
    """A guide if its text and blocks are those that were stored."""
    try:
        guide = store.guide(row.head.slug, generation)
    except ValueError:
        return None
    whole = guide is not None and store.seal_of(row.id) == text_seal(guide.text, block_rows(0, guide.blocks))
    return guide if whole else None


def restored(store: Store, row: GuideRow, generation: int) -> Prepared | None:
    """A damaged guide made anew from its stored text, else from its file if that is the same; else None."""
    guide = intact(store, row, generation)
    try:
        if guide:
            return of_guide(guide)
        file = load_file(Path(row.head.path))
        return prepare(file).under(row.head.slug) if file.digest == row.head.digest else None
    except GuideIndexError:
        return None


def damaged_vectors(store: Store) -> Iterator[Finding]:
    """Vectors that are not those which were computed for their passages."""
    bad, orphans = len(set(broken_vectors(store))), len(store.orphaned_vectors())
    if bad:
        yield Finding(Kind.VECTOR, "stored vectors", f"{_are(bad, 'vector')} not as computed; {REMEDY}")
    if orphans:
        yield Finding(Kind.VECTOR, "stored vectors", f"{_are(orphans, 'vector')} of no passage; {REMEDY}")


def broken_vectors(store: Store) -> Iterator[bytes]:
    """Keys of such vectors."""
    for key, fingerprint, vector, seal in store.sealed_vectors():
        if vector_seal(key, fingerprint, vector) != seal:
            yield key


def mend(store: Store, draft: Draft) -> None:
    """Make damaged guides anew, and let go of vectors that are wrong or belong to nothing."""
    before = draft.number - 1
    for row in store.guide_rows(before):
        if not guide_fault(store, row, before):
            continue
        given = restored(store, row, before)
        if given:
            draft.retire(row.id)
            draft.take(given, row.head.origin, row.reader)
    store.drop_vectors([*broken_vectors(store), *store.orphaned_vectors()])


def _many(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def _are(number: int, word: str) -> str:
    return f"{_many(number, word)} {'is' if number == 1 else 'are'}"


def _derived(folder: Path, store: Store, number: int) -> Iterator[Finding]:
    home, behind = generation_folder(folder, number), store.generation()
    if number != behind:
        yield _old(f"{number}, while the truth is at {behind}")
    if load_manifest(folder, number) is None:
        yield _old("not whole")
    manifest = read_manifest(folder, number)
    if manifest is None:
        return
    for path in damaged_files(folder, manifest):
        yield Finding(Kind.FILE, path.name, f"{path} has other bytes than were written; {REMEDY}")
    checks = (_keyword_faults(home, store, manifest), _vector_faults(home, store, manifest))
    names = ("keyword index", "vector index")
    for kind, name, faults in zip((Kind.KEYWORDS, Kind.VECTORS), names, checks, strict=True):
        try:
            for wrong in faults:
                yield Finding(kind, name, f"The {name} {wrong}; {REMEDY}")
        except (RuntimeError, ValueError, OSError) as error:
            yield Finding(kind, name, f"The {name} cannot be read ({_first_line(error)}); {REMEDY}")


def _old(what: str) -> Finding:
    return Finding(Kind.GENERATION, "generation", f"The generation in force is {what}; {REMEDY}")


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]


def _keyword_faults(home: Path, store: Store, manifest: Manifest) -> Iterator[str]:
    """What the keyword index holds, passage by passage, against the truth."""
    keys = store.all_keys(manifest.generation)
    wanted = {number: key_number(key) for number, key in keys.items()}
    index = KeywordIndex(home / KEYWORDS)
    held = index.keys()
    yield from _differences(held, wanted, "passage")
    if len(index) != len(held):
        yield f"holds {_many(len(index) - len(held), 'passage')} twice"
    changed = sum(held[number] != wanted[number] for number in held.keys() & wanted)
    if changed:
        yield f"holds {_many(changed, 'passage')} with another text"
    if manifest.passages != len(wanted):
        yield f"was made for {_many(manifest.passages, 'passage')}, not for {len(wanted)}"


def _vector_faults(home: Path, store: Store, manifest: Manifest) -> Iterator[str]:
    """What the vector index holds against the truth, each vector next to its own blob.

    Vectors that were computed since wait for the next generation: nothing is wrong with that.
    """
    fingerprint = manifest.fingerprint or ""
    wanted = store.ids_with_vector(fingerprint, manifest.generation)
    index = VectorIndex(home / VECTORS)
    ids, vectors = index.vectors()
    held = dict(zip(ids.tolist(), range(len(ids)), strict=True))
    if len(held) != len(ids):
        yield f"holds {_many(len(ids) - len(held), 'vector')} twice"
    waiting = set(wanted) - held.keys() if len(held) == manifest.vectors else set()
    yield from _differences(held, set(wanted) - waiting, "vector")
    if len(held) != manifest.vectors:
        yield f"was made for {_many(manifest.vectors, 'vector')}, and holds {len(held)}"
    common = [number for number in wanted if number in held]
    wrong = 0
    for start in range(0, len(common), _PIECE):
        numbers, exact = centred(store.vectors_by_id(fingerprint, common[start : start + _PIECE]))
        kept = vectors[[held[number] for number in numbers.tolist()]]
        wrong += int((np.abs(kept - exact).max(axis=1) > _NEAR).sum())
    if wrong:
        yield f"holds {_many(wrong, 'vector')} of another passage"


def _differences(held: Iterable[int], wanted: Iterable[int], what: str) -> Iterator[str]:
    there, due = set(held), set(wanted)
    if due - there:
        yield f"lacks {_many(len(due - there), what)}"
    if there - due:
        yield f"holds {_many(len(there - due), what)} that the truth does not have"
