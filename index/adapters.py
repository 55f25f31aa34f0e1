"""LangChain's seams: our embedder, index and collection for its users, and its embedding models for us.

Nothing is traced, whatever the environment says, unless the one who makes a retriever asks for it.
"""

from __future__ import annotations

import hashlib
import json
import uuid
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings
from langchain_core.retrievers import BaseRetriever
from langchain_core.vectorstores import VectorStore
from langsmith import tracing_context
from pydantic import ConfigDict

from .centroids import language_centroids, less_leaning
from .collection import Collection
from .embed import Reading
from .errors import GuideIndexError, IndexUnusableError
from .language import detect
from .search import GuideIndex  # noqa: TC001 - pydantic reads it
from .textfile import as_guide, write_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from langchain_core.callbacks import CallbackManagerForRetrieverRun
    from langchain_core.runnables import RunnableConfig

    from .embed import Embedder, Floats
    from .model import Hit

_TINY = 1e-9
_OURS = 384
"""Width of the shipped model's vectors, from which the mean of a language is taken off."""
_TOLD = ("title", "language", "topics")
"""Metadata that a search looks at."""


class GuideEmbeddings(Embeddings):
    """Our embedder as LangChain takes it, for other vector stores.

    Each text is freed of what its language alone says, so that stores which know nothing of languages find across
    them; compare by inner product or cosine.
    """

    def __init__(self, embedder: Embedder) -> None:
        self.embedder = embedder

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """One vector for each text that is to be found."""
        vectors = self.embedder.passages(texts)
        return [_freed(vector, text) for vector, text in zip(vectors, texts, strict=True)]

    def embed_query(self, text: str) -> list[float]:
        """The vector of a question."""
        return _floats(less_leaning(self.embedder.question(text), detect(text)))


def _freed(vector: Floats, text: str) -> list[float]:
    centroid = language_centroids().get(detect(text))
    return _floats(vector if centroid is None or centroid.shape != vector.shape else vector - centroid)


def _floats(vector: Floats) -> list[float]:
    return [float(value) for value in vector]


class LangChainEmbedder:
    """Any embedding model of LangChain as our embedder.

    Its name goes with the vectors: what another model embedded is never compared.
    """

    def __init__(self, embeddings: Embeddings, name: str) -> None:
        self._embeddings = embeddings
        self._name = name
        self._dimensions = 0

    @property
    def fingerprint(self) -> str:
        """Names the model; vectors of different ones are never compared."""
        return f"langchain:{self._name}:{self.dimensions}"

    @property
    def dimensions(self) -> int:
        """Numbers in a vector, found out with a first question."""
        if not self._dimensions:
            self._dimensions = len(self.question("?"))
        return self._dimensions

    def passages(self, texts: Sequence[str]) -> Floats:
        """One row of length one for each text that is to be found."""
        if not texts:
            return np.empty((0, self.dimensions), np.float32)
        return _unit(self._embeddings.embed_documents(list(texts)))

    def question(self, text: str) -> Floats:
        """The vector of a question, of length one."""
        vector: Floats = _unit([self._embeddings.embed_query(text)])[0]
        return vector

    def read(self, text: str) -> Reading:
        """The vector of a question alone, as LangChain's models tell nothing of its words."""
        return _wordless(self.question(text))

    def read_parts(self, parts: Sequence[str]) -> list[Reading]:
        """A vector for each part of a passage, read by itself."""
        return [_wordless(vector) for vector in self.passages(parts)]


def _wordless(vector: Floats) -> Reading:
    return Reading(vector, (), np.empty((0, len(vector)), np.float32))


def _unit(vectors: Sequence[Sequence[float]]) -> Floats:
    """Vectors of length one; those as wide as the shipped model's get a zero more, so as not to be taken for them."""
    rows = np.array(vectors, np.float32)
    if rows.shape[1] == _OURS:
        rows = np.pad(rows, ((0, 0), (0, 1)))
    unit: Floats = rows / (np.linalg.norm(rows, axis=1, keepdims=True) + _TINY)
    return unit


class GuideRetriever(BaseRetriever):
    """Passages of an index as LangChain's documents, with all that a citation needs in their metadata."""

    index: GuideIndex
    k: int = 5
    """Passages at most."""
    language: str | None = None
    guides: tuple[str, ...] | None = None
    topics: tuple[str, ...] | None = None
    per_guide: int | None = None
    traced: bool = False
    """Whether LangChain may send what it sees to where the environment says."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    def invoke(self, input: str, config: RunnableConfig | None = None, **kwargs: Any) -> list[Document]:  # noqa: A002, ANN401 - as LangChain has it
        """The passages that best fit a question, best first."""
        with tracing_context(enabled=None if self.traced else False):
            return super().invoke(input, config, **kwargs)

    async def ainvoke(
        self,
        input: str,  # noqa: A002 - as LangChain has it
        config: RunnableConfig | None = None,
        **kwargs: Any,  # noqa: ANN401
    ) -> list[Document]:
        """The same without waiting."""
        with tracing_context(enabled=None if self.traced else False):
            return await super().ainvoke(input, config, **kwargs)

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun, k: int | None = None
    ) -> list[Document]:
        del run_manager
        hits = self.index.search(
            query,
            k=self.k if k is None else k,
            language=self.language,
            guides=self.guides,
            topics=self.topics,
            per_guide=self.per_guide,
        )
        return [_passage_document(hit) for hit in hits]


def _passage_document(hit: Hit) -> Document:
    passage = hit.passage
    about = {name: getattr(passage, name) for name in ("guide", "title", "heading", "start", "end", "line")}
    about |= {"language": passage.language, "score": hit.scores.fused}
    return Document(page_content=passage.text, metadata=about, id=str(passage.id))


class GuideVectorStore(VectorStore):
    """A folder of documents, searched by meaning and words; each document is a guide of a collection.

    A `title`, `language` or `topics` in the metadata serve the search as those of a guide do.
    """

    def __init__(self, folder: Path, embedder: Embedder | None) -> None:
        self._documents = folder / "documents"
        self._embedder = embedder
        self._collection = Collection(folder / "index", embedder)

    @property
    def embeddings(self) -> Embeddings | None:
        """The model in use."""
        return GuideEmbeddings(self._embedder) if self._embedder else None

    @classmethod
    def from_texts(
        cls,
        texts: list[str],
        embedding: Embeddings,
        metadatas: list[dict[Any, Any]] | None = None,
        *,
        ids: list[str] | None = None,
        folder: Path | str = "",
        name: str = "",
        **kwargs: Any,  # noqa: ANN401 - as LangChain has it
    ) -> GuideVectorStore:
        """A store with some texts in a folder; any model but ours needs a name.

        Raises:
            GuideIndexError: No folder is given, or no name for the model.
        """
        del kwargs
        ours = isinstance(embedding, GuideEmbeddings)
        if not folder or not (ours or name):
            raise GuideIndexError(
                "Say in which folder the store lies, and the name of the model: folder=…, name=…."
            )
        embedder = embedding.embedder if isinstance(embedding, GuideEmbeddings) else None
        store = cls(Path(folder), embedder or LangChainEmbedder(embedding, name))
        store.add_texts(texts, metadatas, ids=ids)
        return store

    def add_texts(
        self,
        texts: Iterable[str],
        metadatas: list[dict[Any, Any]] | None = None,
        *,
        ids: list[str] | None = None,
        **kwargs: Any,  # noqa: ANN401 - as LangChain has it
    ) -> list[str]:
        """Take in texts; one with a known id replaces what was there.

        Raises:
            GuideIndexError: A text holds nothing to find, or its metadata cannot be kept; nothing is taken in.
        """
        del kwargs
        every = list(texts)
        abouts = metadatas or [{} for _ in every]
        names = [name or str(uuid.uuid4()) for name in (ids or [""] * len(every))]
        pairs = [(name, _record(text, about)) for name, text, about in zip(names, every, abouts, strict=True)]
        paths = [self._write(name, *record) for name, record in dict(pairs).items()]
        report = self._collection.update(paths)
        if report.problems:
            raise GuideIndexError(report.problems[0].message)
        return names

    def _write(self, name: str, text: str, about: str) -> Path:
        path = self._documents / f"{_slug(name)}.txt"
        known = json.loads(about)
        write_text(path.with_suffix(".json"), json.dumps([name, text, known]))
        write_text(path, as_guide(text, {key: known[key] for key in _TOLD if known.get(key)}))
        return path

    def get_by_ids(self, ids: Sequence[str], /) -> list[Document]:
        """The documents with some ids, those that are there."""
        found = (self._load(_slug(name)) for name in ids)
        return [document for document in found if document]

    def _load(self, slug: str) -> Document | None:
        try:
            name, text, about = json.loads((self._documents / f"{slug}.json").read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None
        return Document(page_content=text, metadata=about, id=name)

    def delete(self, ids: list[str] | None = None, **kwargs: Any) -> bool | None:  # noqa: ANN401 - as LangChain has it
        """Take documents out, all of them where no ids are given; unknown ids are passed over."""
        del kwargs
        every = [path.stem for path in self._documents.glob("*.json")] if ids is None else map(_slug, ids)
        known = {guide.slug for guide in self._collection.guides()}
        for slug in every:
            if slug in known:
                self._collection.remove(slug)
            for ending in (".txt", ".json"):
                (self._documents / slug).with_suffix(ending).unlink(missing_ok=True)
        return True

    def similarity_search(self, query: str, k: int = 4, **kwargs: Any) -> list[Document]:  # noqa: ANN401 - as LangChain has it
        """The documents that best fit a question, best first; `language`, `topics` filter them."""
        return [document for document, _ in self.similarity_search_with_score(query, k, **kwargs)]

    def similarity_search_with_score(
        self,
        query: str,
        k: int = 4,
        **kwargs: Any,  # noqa: ANN401 - as LangChain has it
    ) -> list[tuple[Document, float]]:
        """The same with the score of the best passage of each, higher is better.

        Raises:
            IndexUnusableError: The documents were embedded with another model.
        """
        with self._collection.open() as index:
            if self._embedder and len(index) and index.keywords_only:
                raise IndexUnusableError(
                    "The documents were embedded with another model; open the store with that one, or add them again."
                )
            hits = index.search(query, k=k, per_guide=1, **kwargs)
        pairs = ((self._load(hit.passage.guide), hit.scores.fused) for hit in hits)
        return [(document, score) for document, score in pairs if document]


def _slug(name: str) -> str:
    return f"t{hashlib.sha256(name.encode()).hexdigest()[:24]}"


def _record(text: str, about: dict[Any, Any]) -> tuple[str, str]:
    """A text with its metadata as they can be kept."""
    if not text.strip():
        raise GuideIndexError("A text is empty; leave it out.")
    try:
        return text, json.dumps(about)
    except (TypeError, ValueError):
        raise GuideIndexError(
            f"The metadata {about} cannot be kept; use words, numbers, lists and mappings."
        ) from None
