from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from index import Collection, find_embedder, read_guide, shipped_guides
from index.prebuilt import prebuilt_vectors
from index.records import passage_key, passage_text
from index.split import split

if TYPE_CHECKING:
    from pathlib import Path

EMBEDDER, REASON = find_embedder()
pytestmark = pytest.mark.skipif(EMBEDDER is None, reason=REASON or "")


def test_every_passage_of_the_shipped_guides_has_its_vector():
    ready = prebuilt_vectors(EMBEDDER.fingerprint)
    lacking = [
        f"{path.name}:{passage.line}"
        for path in sorted(shipped_guides().glob("*.md"))
        for passage in split(read_guide(path))
        if passage_key(passage) not in ready
    ]
    assert not lacking, "run python .ci/prebuilt_vectors.py"


def test_a_prebuilt_vector_is_the_one_that_the_model_gives(tmp_path: Path):
    name = "interreg-north-sea.md"
    source = tmp_path / name
    source.write_text((shipped_guides() / name).read_text(encoding="utf-8"), encoding="utf-8")
    passage = split(read_guide(source))[0]
    stored = np.frombuffer(prebuilt_vectors(EMBEDDER.fingerprint)[passage_key(passage)], "<f2").astype(
        np.float32
    )
    (computed,) = EMBEDDER.passages([passage_text(passage)])
    assert float(stored @ computed) > 0.999


def test_a_new_collection_of_the_shipped_guides_embeds_nothing(tmp_path: Path):
    told = []
    collection = Collection(tmp_path / "index", EMBEDDER)
    report = collection.update([shipped_guides()], origin="shipped", progress=told.append)
    assert report.embedded == 0
    assert collection.counts().vectors == report.passages
    assert not collection.check()


def test_a_changed_passage_is_embedded_and_the_others_are_not(tmp_path: Path):
    guide = tmp_path / "interreg-north-sea.md"
    text = (shipped_guides() / guide.name).read_text(encoding="utf-8")
    assert "joined." in text
    guide.write_text(text.replace("France joined.", "France joined later."), encoding="utf-8")
    report = Collection(tmp_path / "index", EMBEDDER).update([guide])
    assert report.embedded == 1


def test_another_model_gets_none_of_them():
    assert prebuilt_vectors("another model") == {}
