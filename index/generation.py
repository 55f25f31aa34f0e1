"""A generation: the derived indexes of a collection at one moment, published by one rename.

Its files never change. The next one shares them by links, and adds what differs.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
from array import array
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from .database import readers_kept_out

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from .store import Store

LAYOUT = 2
"""Of the folder of a generation and of the words in it; another one is built anew."""

MOST_GENERATIONS = 2**32
"""More than there ever are; a larger number is damage."""

READ_LOCK = "readers.sqlite"
KEYWORDS = "keywords"
VECTORS = "vectors"
MANIFEST = "manifest.json"
BASE, RECENT, REMOVED = "base.faiss", "recent.faiss", "removed.ids"
"""The vectors that many generations share, those that came after, and which of both are not to be found."""
_OLD = ".old-"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation holds."""

    generation: int
    passages: int
    vectors: int
    fingerprint: str | None
    """Of the model that made the vectors."""
    base: int = 0
    """Vectors in the file that many generations share."""
    recent: int = 0
    """Vectors in the file with what came after it."""
    layout: int = LAYOUT
    files: dict[str, tuple[int, str]] = field(default_factory=dict)
    """Size and SHA-256 of every derived file."""


def generation_folder(folder: Path, number: int) -> Path:
    """Where a generation of a collection lies."""
    return folder / "generations" / str(number)


def current_generation(folder: Path) -> int:
    """The generation that readers are to use; 0 if there is none, or if the file that names it is damaged."""
    try:
        number = int((folder / "current").read_text(encoding="ascii"))
    except (OSError, ValueError):
        return 0
    return number if 0 <= number < MOST_GENERATIONS else 0


def read_manifest(folder: Path, number: int) -> Manifest | None:
    """The manifest of a generation; None if there is none that can be read."""
    try:
        found = json.loads((generation_folder(folder, number) / MANIFEST).read_text(encoding="utf-8"))
        files = {name: (int(size), str(digest)) for name, (size, digest) in found["files"].items()}
        manifest = Manifest(**{**found, "files": files})
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None
    return manifest if manifest.generation == number and manifest.layout == LAYOUT else None


def load_manifest(folder: Path, number: int) -> Manifest | None:
    """The manifest of a generation whose files are all there with their sizes; None if it must be rebuilt."""
    home = generation_folder(folder, number)
    manifest = read_manifest(folder, number)
    if manifest is None or not (home / READ_LOCK).exists():
        return None
    try:
        whole = all((home / name).stat().st_size == size for name, (size, _) in manifest.files.items())
    except (OSError, ValueError):
        return None
    return manifest if whole else None


def damaged_files(folder: Path, manifest: Manifest) -> list[Path]:
    """The derived files of a generation whose content is not what was written."""
    home = generation_folder(folder, manifest.generation)
    return [home / name for name, (_, digest) in manifest.files.items() if _digest(home / name) != digest]


def derived_files(home: Path, known: dict[str, tuple[int, str]]) -> dict[str, tuple[int, str]]:
    """Size and digest of every derived file in a folder; what is known by name was there before."""
    found: dict[str, tuple[int, str]] = {}
    for path in sorted(home.rglob("*")):
        name = path.relative_to(home).as_posix()
        if not path.is_file() or path.suffix == ".lock":
            continue
        shared = name in known and path.stat().st_nlink > 1
        found[name] = known[name] if shared else (path.stat().st_size, _digest(path))
    return found


def link_files(before: Path, home: Path) -> None:
    """Let a new folder share the files of another; they are copied where the disk knows no links."""
    home.mkdir(parents=True)
    for path in before.iterdir():
        if path.suffix == ".lock":
            continue
        try:
            os.link(path, home / path.name)
        except OSError:
            shutil.copyfile(path, home / path.name)


def removed_ids(folder: Path) -> array[int]:
    """Ids of the passages whose vectors are not to be found any more."""
    found = array("q")
    with contextlib.suppress(FileNotFoundError):
        found.frombytes((folder / REMOVED).read_bytes())
    return found


def write_removed(folder: Path, ids: Iterable[int]) -> None:
    """Note such ids."""
    (folder / REMOVED).write_bytes(array("q", sorted(set(ids))).tobytes())


def point_to(folder: Path, number: int) -> None:
    """Let readers use a generation from now on."""
    pointer = folder / "current.next"
    pointer.write_text(str(number), encoding="ascii")
    sync(pointer)
    pointer.replace(folder / "current")
    sync(folder)


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return ""


def sync(path: Path) -> None:
    """Have the disk keep a file, or the names in a folder where the system can."""
    if path.is_dir() and os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY if os.name != "nt" else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def clean_up(folder: Path, store: Store, current: int) -> None:
    """Note what is published; remove the generations that nobody reads any more, with the rows only they saw."""
    kept = [current]
    for home in list((folder / "generations").iterdir()):
        number = int(home.name) if home.name.isdigit() else 0
        if number == current or (number and not _set_aside(home)):
            kept.append(number)
    with store.writing(lasting=False):
        store.set_generation(current)
        store.forget(sorted(set(kept)))
    _sweep((folder / "generations").glob(".*"))


def _set_aside(home: Path) -> bool:
    """Take a generation away unless somebody reads it; nobody comes to read it meanwhile."""
    try:
        with readers_kept_out(home / READ_LOCK) as free:
            if free:
                home.rename(home.with_name(f"{_OLD}{home.name}"))
            return free
    except OSError:
        return False


def _sweep(homes: Iterable[Path]) -> None:
    for home in homes:
        shutil.rmtree(home, ignore_errors=True)
