"""A generation: the derived indexes of a collection at one moment, published by one rename."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING

from .database import is_read, make_read_lock, told_plainly

if TYPE_CHECKING:
    from pathlib import Path

    from .store import Store

LAYOUT = 1
"""Of the folder of a generation and of the words in it; another one is built anew."""

READ_LOCK = "readers.sqlite"
KEYWORDS = "keywords"
VECTORS = "vectors.faiss"
_MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation holds."""

    generation: int
    passages: int
    vectors: int
    fingerprint: str | None
    """Of the model that made the vectors."""
    layout: int = LAYOUT
    files: dict[str, tuple[int, str]] = field(default_factory=dict)
    """Size and SHA-256 of every derived file."""


def generation_folder(folder: Path, number: int) -> Path:
    """Where a generation of a collection lies."""
    return folder / "generations" / str(number)


def current_generation(folder: Path) -> int:
    """The generation that readers are to use; 0 if there is none."""
    try:
        return int((folder / "current").read_text(encoding="ascii"))
    except (OSError, ValueError):
        return 0


def load_manifest(folder: Path, number: int) -> Manifest | None:
    """The manifest of a generation whose files are all there with their sizes; None if it must be rebuilt."""
    home = generation_folder(folder, number)
    try:
        found = json.loads((home / _MANIFEST).read_text(encoding="utf-8"))
        manifest = Manifest(**found)
        sizes = all((home / name).stat().st_size == size for name, (size, _) in manifest.files.items())
    except (OSError, ValueError, TypeError):
        return None
    whole = sizes and manifest.generation == number and manifest.layout == LAYOUT
    return manifest if whole and (home / READ_LOCK).exists() else None


def damaged_files(folder: Path, manifest: Manifest) -> list[Path]:
    """The derived files of a generation whose content is not what was written."""
    home = generation_folder(folder, manifest.generation)
    return [home / name for name, (_, digest) in manifest.files.items() if _digest(home / name) != digest]


def publish(folder: Path, store: Store, number: int, fingerprint: str | None) -> Manifest:
    """Build a generation from the truth and let readers use it from now on."""
    with told_plainly(folder / "generations"):
        home = generation_folder(folder, number)
        building = home.with_name(f".building-{number}")
        for leftover in (building, home):
            shutil.rmtree(leftover, ignore_errors=True)
        building.mkdir(parents=True)
        manifest = _build(building, store, number, fingerprint)
        building.rename(home)
        _sync(home.parent)
        _point_to(folder, number)
    store.set_generation(number)
    return manifest


def _build(building: Path, store: Store, number: int, fingerprint: str | None) -> Manifest:
    # 0.15 s for both libraries, needed only to build and to search.
    from .keywords import build_keywords  # noqa: PLC0415
    from .vectors import build_vectors  # noqa: PLC0415

    build_keywords(building / KEYWORDS, store.passages(number))
    rows = store.vectors(fingerprint, number) if fingerprint else []
    if rows:
        build_vectors(building / VECTORS, rows)
    files = {
        path.relative_to(building).as_posix(): (path.stat().st_size, _digest(path))
        for path in sorted(building.rglob("*"))
        if path.is_file() and not path.name.startswith(".") and path.suffix != ".lock"
    }
    make_read_lock(building / READ_LOCK)
    passages = len(store.passage_rows(number))
    manifest = Manifest(number, passages, len(rows), fingerprint, files=files)
    (building / _MANIFEST).write_text(json.dumps(asdict(manifest), indent=1), encoding="utf-8")
    for path in building.rglob("*"):
        _sync(path)
    return manifest


def _point_to(folder: Path, number: int) -> None:
    pointer = folder / "current.next"
    pointer.write_text(str(number), encoding="ascii")
    _sync(pointer)
    pointer.replace(folder / "current")
    _sync(folder)


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return ""


def _sync(path: Path) -> None:
    """Have the disk keep a file, or the names in a folder where the system can."""
    if path.is_dir() and os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY if os.name != "nt" else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def clean_up(folder: Path, store: Store, current: int) -> None:
    """Remove the generations that nobody reads any more, with the rows that only they saw."""
    kept = [current]
    for home in (folder / "generations").iterdir():
        number = int(home.name) if home.name.isdigit() else 0
        if number == current or is_read(home / READ_LOCK):
            kept.append(number)
        else:
            shutil.rmtree(home, ignore_errors=True)
    with store.writing():
        store.forget(sorted(set(kept)))
