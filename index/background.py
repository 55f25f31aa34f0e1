"""Vectors, computed in the background: stopped and taken up again at will, by one process at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .model import Progress
from .records import passage_text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from .embed import Embedder
    from .store import Store

BATCH = 32
"""Passages embedded between two commits: what a kill can lose, some seconds of work."""

PIECE = 2
"""Passages embedded before it is told how far that is: work can be stopped within a fraction of a second."""


def embed_missing(
    store: Store, embedder: Embedder, missing: Sequence[tuple[bytes, int]], tell: Callable[[Progress], None]
) -> int:
    """Compute and keep the vectors of passages, batch by batch; how many were computed.

    Those of the guides that come with the product are there already.
    """
    # 0.1 s for FAISS and numpy, needed only here.
    from .prebuilt import prebuilt_vectors  # noqa: PLC0415
    from .vectors import to_blob  # noqa: PLC0415

    ready = prebuilt_vectors(embedder.fingerprint)
    known = [(key, ready[key]) for key, _ in missing if key in ready]
    if known:
        store.add_vectors(known, embedder.fingerprint)
        missing = [(key, number) for key, number in missing if key not in ready]
    embedded = 0
    for start in range(0, len(missing), BATCH):
        batch = missing[start : start + BATCH]
        passages = store.passages_by_id([number for _, number in batch])
        there = [(key, passages[number]) for key, number in batch if number in passages]
        vectors: list[tuple[bytes, int, bytes]] = []
        try:
            for first in range(0, len(there), PIECE):
                piece = there[first : first + PIECE]
                tell(Progress(start + first, len(missing), "embedding passages", piece[0][1].title))
                found = embedder.passages([passage_text(passage) for _, passage in piece])
                vectors += [
                    (key, passage.id, to_blob(vector))
                    for (key, passage), vector in zip(piece, found, strict=True)
                ]
        finally:
            # A guide may have been removed meanwhile.
            left = store.passages_by_id([number for _, number, _ in vectors])
            kept = [(key, blob) for key, number, blob in vectors if number in left]
            store.add_vectors(kept, embedder.fingerprint)
        embedded += len(kept)
    tell(Progress(len(missing), len(missing), "embedding passages"))
    return embedded
