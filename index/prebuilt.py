"""Vectors of the guides that come with the product, computed before it is shipped.

They spare a new user the minute in which these guides would be embedded. A passage that was changed since has
another key and is embedded like any other.
"""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

_FILE = "guides.npz"


def prebuilt_vectors(fingerprint: str) -> dict[bytes, bytes]:
    """Vectors by the key of their passage, both as the truth keeps them; none for another model."""
    model, vectors = _load()
    return vectors if model == fingerprint else {}


def write_prebuilt(fingerprint: str, vectors: Sequence[tuple[bytes, bytes]]) -> Path:
    """Write the vectors of a model, each with the key of its passage; the file they are in."""
    path = Path(str(files("index") / "weights" / _FILE))
    keys, rows = zip(*sorted(vectors), strict=True)
    np.savez_compressed(
        path,
        model=np.array(fingerprint),
        keys=np.array([np.frombuffer(key, np.uint8) for key in keys]),
        vectors=np.array([np.frombuffer(row, np.uint8) for row in rows]),
    )
    return path


def _load() -> tuple[str, dict[bytes, bytes]]:
    file = files("index") / "weights" / _FILE
    with file.open("rb") as stream, np.load(stream, allow_pickle=False) as arrays:
        pairs = zip(arrays["keys"], arrays["vectors"], strict=True)
        return str(arrays["model"]), {key.tobytes(): row.tobytes() for key, row in pairs}
