"""Embed the guides that come with the product, so that their users need not.

usage: python .ci/prebuilt_vectors.py

To be run after a guide was changed; what has not changed is taken from the vectors that are there.
"""

from __future__ import annotations

import sys
import tempfile
from contextlib import closing
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from index import Collection, find_embedder, shipped_guides
from index.prebuilt import write_prebuilt
from index.store import Store


def main() -> None:
    """Write the vectors of all shipped guides."""
    embedder, reason = find_embedder()
    if embedder is None:
        raise SystemExit(reason)
    with tempfile.TemporaryDirectory() as folder:
        collection = Collection(Path(folder), embedder)
        report = collection.update([shipped_guides()], origin="shipped")
        with closing(Store(Path(folder) / "truth.sqlite")) as store:
            vectors = [(key, vector) for key, _, vector, _ in store.sealed_vectors()]
    path = write_prebuilt(embedder.fingerprint, vectors)
    print(
        f"{path.name}: {len(vectors)} vectors, {report.embedded} of them new, {path.stat().st_size // 1024} kB"
    )


if __name__ == "__main__":
    main()
