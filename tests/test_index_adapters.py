"""LangChain's own standard tests on our adapters, and what those tests leave out."""

from __future__ import annotations

import runpy
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from langchain_core.documents import Document
from langchain_core.embeddings import DeterministicFakeEmbedding
from langchain_core.vectorstores import InMemoryVectorStore
from langchain_tests.integration_tests import RetrieversIntegrationTests, VectorStoreIntegrationTests
from langchain_tests.unit_tests import EmbeddingsUnitTests
from langsmith.utils import tracing_is_enabled

from index import Collection
from index.adapters import GuideEmbeddings, GuideRetriever, GuideVectorStore, LangChainEmbedder
from index.centroids import less_leaning
from index.errors import GuideIndexError, IndexUnusableError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from index import GuideIndex

ROOT = Path(__file__).parent.parent
SCRIPTED = runpy.run_path(str(ROOT / "tests" / "fixtures" / "index" / "scripted.py"))["ScriptedEmbedder"]


class TestEmbeddings(EmbeddingsUnitTests):
    @property
    def embeddings_class(self) -> type[GuideEmbeddings]:
        return GuideEmbeddings

    @property
    def embedding_model_params(self) -> dict[str, Any]:
        return {"embedder": SCRIPTED()}


class TestVectorStore(VectorStoreIntegrationTests):
    @pytest.fixture
    def vectorstore(self, tmp_path: Path) -> GuideVectorStore:
        return GuideVectorStore(tmp_path / "store", SCRIPTED())


@pytest.fixture
def index(tmp_path: Path) -> Iterator[GuideIndex]:
    source = tmp_path / "guides"
    source.mkdir()
    for name in ("ferry", "harbour", "cog", "wax"):
        text = (
            f"---\ntitle: The {name}\nlanguage: en\ntopics: [{name}]\n---\n## All\n\nAll about the {name}.\n"
        )
        (source / f"{name}.md").write_text(text, encoding="utf-8")
    collection = Collection(tmp_path / "index", SCRIPTED())
    collection.update([source])
    with collection.open() as opened:
        yield opened


class TestRetriever(RetrieversIntegrationTests):
    @pytest.fixture(autouse=True)
    def given(self, index: GuideIndex):
        self.index = index

    @property
    def retriever_constructor(self) -> type[GuideRetriever]:
        return GuideRetriever

    @property
    def retriever_constructor_params(self) -> dict[str, Any]:
        return {"index": self.index}

    @property
    def retriever_query_example(self) -> str:
        return "What about the ferry?"


def test_a_retriever_tells_all_that_a_citation_needs(index: GuideIndex):
    document = GuideRetriever(index=index).invoke("What about the ferry?")[0]
    about = document.metadata
    assert (about["guide"], about["title"], about["heading"], about["language"]) == (
        "ferry",
        "The ferry",
        "All",
        "en",
    )
    assert index.guide("ferry").text[about["start"] : about["end"]] == document.page_content


def test_a_retriever_filters(index: GuideIndex):
    found = GuideRetriever(index=index, topics=("cog",)).invoke("ferry")
    assert [each.metadata["guide"] for each in found] == ["cog"]
    assert GuideRetriever(index=index, language="da").invoke("ferry") == []


async def test_nothing_is_traced_unless_asked_for(index: GuideIndex, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("LANGSMITH_TRACING", "true")
    seen: list[object] = []

    class Watched(GuideRetriever):
        def _get_relevant_documents(self, query: str, *, run_manager: object) -> list[Document]:
            del query, run_manager
            seen.append(tracing_is_enabled())
            return []

    Watched(index=index).invoke("ferry")
    await Watched(index=index).ainvoke("ferry")
    assert seen == [False, False]


def test_documents_come_back_as_they_were(tmp_path: Path):
    store = GuideVectorStore(tmp_path, SCRIPTED())
    given = [
        Document(
            page_content="---\nnot front matter", metadata={"title": "A: b", "deep": {"list": [1, None]}}
        ),
        Document(page_content="# Heading\n\n* salt\n", metadata={}),
    ]
    names = store.add_documents(given)
    assert [each.page_content for each in store.get_by_ids(names)] == [each.page_content for each in given]
    assert [each.metadata for each in store.get_by_ids(names)] == [each.metadata for each in given]
    assert GuideVectorStore(tmp_path, SCRIPTED()).similarity_search("salt", k=1)[0].id == names[1]


def test_a_store_filters_by_language_and_topic(tmp_path: Path):
    store = GuideVectorStore(tmp_path, SCRIPTED())
    store.add_texts(
        ["Salt.", "Salz."], [{"language": "en", "topics": ["a"]}, {"language": "de"}], ids=["1", "2"]
    )
    assert [each.id for each in store.similarity_search("Salt", language="de")] == ["2"]
    assert [each.id for each in store.similarity_search("Salz", topics=["a"])] == ["1"]


def test_everything_is_deleted_where_no_ids_are_given(tmp_path: Path):
    store = GuideVectorStore(tmp_path, SCRIPTED())
    names = store.add_texts(["Salt.", "Wax."])
    assert store.delete()
    assert store.get_by_ids(names) == []
    assert store.similarity_search("Salt") == []


@pytest.mark.parametrize(
    ("texts", "abouts", "told"),
    [(["Salt.", " "], None, "is empty"), (["Salt."], [{"x": {1, 2}}], "cannot be kept")],
)
def test_what_cannot_be_kept_is_told_and_nothing_taken_in(
    tmp_path: Path, texts: list[str], abouts: list[dict[str, Any]] | None, told: str
):
    store = GuideVectorStore(tmp_path, SCRIPTED())
    with pytest.raises(GuideIndexError, match=told):
        store.add_texts(texts, abouts)
    assert store.similarity_search("Salt") == []


def test_a_store_is_made_from_texts_and_any_model(tmp_path: Path):
    model = DeterministicFakeEmbedding(size=16)
    store = GuideVectorStore.from_texts(
        ["Salt.", "Wax."], model, ids=["1", "2"], folder=tmp_path, name="fake"
    )
    assert {each.id for each in store.as_retriever().invoke("Salt")} == {"1", "2"}
    with pytest.raises(GuideIndexError, match="in which folder"):
        GuideVectorStore.from_texts(["Salt."], model, folder=tmp_path)
    ours = GuideEmbeddings(SCRIPTED())
    assert GuideVectorStore.from_texts(["Wax."], ours, folder=tmp_path / "b").embeddings.embed_query("a")


def test_vectors_of_another_model_are_refused_with_advice(tmp_path: Path):
    first, second = (LangChainEmbedder(DeterministicFakeEmbedding(size=16), name) for name in ("one", "two"))
    GuideVectorStore(tmp_path, first).add_texts(["Salt."], ids=["1"])
    with pytest.raises(IndexUnusableError, match="with another model; open the store with that one"):
        GuideVectorStore(tmp_path, second).similarity_search("Salt")
    with Collection(tmp_path / "index", second).open() as index:
        assert index.keywords_only
        assert "not embedded with this model; run `hansa guides add`" in index.note
        assert index.search("Salt")[0].scores.dense is None


def test_added_anew_with_another_model_they_are_compared_again(tmp_path: Path):
    for name in ("one", "two"):
        store = GuideVectorStore(tmp_path, LangChainEmbedder(DeterministicFakeEmbedding(size=16), name))
        store.add_texts(["Salt."], ids=["1"])
    assert store.similarity_search("Salt")[0].id == "1"


def test_a_model_of_langchain_embeds_for_us():
    embedder = LangChainEmbedder(DeterministicFakeEmbedding(size=16), "fake")
    assert embedder.fingerprint == "langchain:fake:16"
    assert embedder.passages([]).shape == (0, 16)
    assert np.linalg.norm(embedder.passages(["a", "b"]), axis=1) == pytest.approx([1, 1], abs=1e-5)
    read = embedder.read("two words")
    assert read.vector == pytest.approx(embedder.question("two words"))
    assert (read.words, len(read.states)) == ((), 0)


def test_a_model_as_wide_as_ours_is_not_taken_for_it():
    embedder = LangChainEmbedder(DeterministicFakeEmbedding(size=384), "fake")
    assert embedder.dimensions == embedder.passages(["a"]).shape[1] == 385
    assert less_leaning(embedder.question("a"), "en") == pytest.approx(embedder.question("a"))


def test_our_embedder_serves_another_store():
    store = InMemoryVectorStore(GuideEmbeddings(SCRIPTED()))
    store.add_texts(["salt from Lübeck", "wax from Novgorod"])
    assert store.similarity_search("wax", k=1)[0].page_content == "wax from Novgorod"


def test_langchain_is_loaded_by_the_adapters_alone():
    code = (
        "import sys, index.search, index.collection, index.evaluate, assistant, tui.cli\n"
        "print(any(name.startswith('langchain') for name in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.strip() == "False"
