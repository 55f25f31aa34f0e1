"""How fast and how large a collection gets, next to others on the same texts.

usage: python tests/benchmarks/scale.py SHARED [--sizes 1000 10000 100000] [--embed] [--no-peers]

SHARED holds `data/xquad`, whose sentences are put together anew into passages of three or four, fifty a guide, each
guide in one language. Vectors are made up; with `--embed` a hundred passages are embedded as well, to compare the
rate with that of the bare model. Every collection is searched in a process of its own, with XQuAD questions. Peers
are LangChain's BM25 retriever (needs langchain-community and rank_bm25) and its in-memory store, both asked less often,
and bare tantivy and bare FAISS.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import time
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import numpy as np

LANGUAGES = ("en", "de", "es")
PASSAGES_A_GUIDE = 50
QUESTIONS = 200
QUESTIONS_FOR_LANGCHAIN = 20
"""A query of theirs takes seconds in a large collection."""
DIMENSIONS = 384


class MadeUp:
    """Vectors that depend on nothing but the text."""

    fingerprint, dimensions = "made-up", DIMENSIONS

    def passages(self, texts: Sequence[str]) -> np.ndarray:
        """A row for each text."""
        import numpy as np  # noqa: PLC0415 - measured

        rows = [
            np.random.default_rng(zlib.crc32(text.encode())).standard_normal(DIMENSIONS) for text in texts
        ]
        matrix = np.stack(rows).astype(np.float32)
        return matrix / np.linalg.norm(matrix, axis=1, keepdims=True)

    def question(self, text: str) -> np.ndarray:
        """The vector of a question."""
        return self.passages([text])[0]


def resident() -> tuple[float, float]:
    """Megabytes of memory of this process: all, and without the files mapped into it."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    sizes = {line.split(":")[0]: int(line.split()[1]) / 1024 for line in lines if line.startswith("Rss")}
    return sum(sizes.values()), sizes["RssAnon"]


def timed(work: Callable[[], object]) -> float:
    """Seconds that some work takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def spread(times: Sequence[float]) -> dict[str, float]:
    """First, median and 95th percentile in milliseconds."""
    ordered = sorted(times)
    return {
        "first": times[0] * 1000,
        "p50": ordered[len(ordered) // 2] * 1000,
        "p95": ordered[len(ordered) * 95 // 100] * 1000,
    }


def sentences(shared: Path, language: str) -> list[str]:
    """The sentences of XQuAD in a language."""
    articles = json.loads((shared / "data" / "xquad" / f"xquad.{language}.json").read_text(encoding="utf-8"))[
        "data"
    ]
    texts = [paragraph["context"] for article in articles for paragraph in article["paragraphs"]]
    return [part for text in texts for part in re.split(r"(?<=[.!?])\s+", text) if len(part.split()) > 5]


def questions(shared: Path) -> list[str]:
    """Questions in all languages."""
    found = []
    for language in LANGUAGES:
        path = shared / "data" / "xquad" / f"xquad.{language}.json"
        articles = json.loads(path.read_text(encoding="utf-8"))["data"]
        found += [
            qa["question"]
            for article in articles
            for paragraph in article["paragraphs"]
            for qa in paragraph["qas"]
        ]
    return random.Random(5).sample(found, QUESTIONS)


def write_guides(shared: Path, folder: Path, count: int, seed: int = 1) -> list[str]:
    """Guides of fifty passages each; the passages."""
    dice = random.Random(seed)
    known = [sentences(shared, language) for language in LANGUAGES]
    passages = []
    for number in range(count // PASSAGES_A_GUIDE):
        drawn = dice.choices(known, (6, 2, 2))[0]
        parts = [" ".join(dice.sample(drawn, dice.choice((3, 4)))) for _ in range(PASSAGES_A_GUIDE)]
        passages += parts
        body = "\n\n".join(f"## Part {place}\n\n{part}" for place, part in enumerate(parts))
        (folder / f"guide{number:05}.md").write_text(f"# Guide {number}\n\n{body}\n", encoding="utf-8")
    return passages


def main() -> None:
    """Build and measure every size."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("shared", type=Path)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    parser.add_argument("--embed", action="store_true")
    parser.add_argument("--no-peers", action="store_true")
    parser.add_argument("--search", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.search:
        print(json.dumps(searched(Path(options.search), questions(options.shared))))
        return
    print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}")
    for size in options.sizes:
        with tempfile.TemporaryDirectory() as place:
            measure(options.shared, Path(place), size, peers=not options.no_peers)
    if options.embed:
        embedding_rate(options.shared)


def measure(shared: Path, place: Path, size: int, *, peers: bool) -> None:
    """One size."""
    from index import Collection  # noqa: PLC0415 - a search process must not have it loaded yet

    source = place / "source"
    source.mkdir()
    passages = write_guides(shared, source, size)
    words = sum(len(text.split()) for text in passages) / len(passages)
    print(f"\n{len(passages):,} passages of {words:.0f} words, load {os.getloadavg()[0]:.1f}")
    folder = place / "index"
    text_only = Collection(folder)
    before = os.times()
    seconds = timed(lambda: text_only.update([source]))
    work = sum(os.times()[:4]) - sum(before[:4])
    row(
        "text from Markdown",
        f"{seconds:.2f} s, {len(passages) / seconds:,.0f} passages/s;"
        f" {work / len(passages) * 1e6:.0f} us of work a passage",
    )
    collection = Collection(folder, MadeUp())
    seconds = timed(collection.embed)
    row("vectors kept and published", f"{seconds:.2f} s (made up)")
    told = subprocess.run(
        [sys.executable, __file__, str(shared), "--search", str(folder)],
        check=True,
        capture_output=True,
        text=True,
    )
    found = json.loads(told.stdout)
    row("load", f"{found['load']:.3f} s")
    row("search", show(found["search"]))
    row(
        "memory above the empty process",
        f"{found['all']:.0f} MB, {found['anon']:.0f} MB without mapped files; libraries {found['libraries']:.0f} MB",
    )
    row("unchanged run", f"{timed(lambda: collection.update([source])):.3f} s")
    row("delete a guide", ", ".join(f"{seconds * 1000:.0f}" for seconds in deletions(collection)) + " ms")
    change(collection, shared, source, size)
    if peers:
        compare(place, passages, questions(shared))


def row(name: str, value: str) -> None:
    """One line of the table."""
    print(f"  {name:32} {value}", flush=True)


def show(times: dict[str, float]) -> str:
    """First, median and 95th percentile."""
    return f"first {times['first']:.1f}, p50 {times['p50']:.1f}, p95 {times['p95']:.1f} ms"


def searched(folder: Path, asked: Sequence[str]) -> dict[str, object]:
    """Times and memory of a process that opens a collection and searches it."""
    bare = resident()[0]
    import faiss  # noqa: F401, PLC0415 - libraries are told apart from what the collection takes
    import tantivy  # noqa: F401, PLC0415

    from index import Collection  # noqa: PLC0415

    everything, anonymous = resident()
    bare = everything - bare
    collection = Collection(folder, MadeUp())
    start = time.perf_counter()
    index = collection.open()
    index._opened()
    load = time.perf_counter() - start
    times = [timed(lambda text=text: index.search(text)) for text in asked]
    everything, anonymous = resident()[0] - everything, resident()[1] - anonymous
    return {
        "load": load,
        "libraries": bare,
        "search": spread(times),
        "all": everything,
        "anon": anonymous,
    }


def deletions(collection: object) -> Iterator[float]:
    """Seconds that taking out each of five guides takes."""
    for number in (1, 3, 5, 7, 9):
        yield timed(lambda slug=f"guide{number:05}": collection.remove(slug))


def change(collection: object, shared: Path, source: Path, size: int) -> None:
    """Every passage of one guide in a hundred, or of one, is written anew; the deleted ones stay away."""
    for number in (1, 3, 5, 7, 9):
        (source / f"guide{number:05}.md").unlink()
    with tempfile.TemporaryDirectory() as other:
        count = max(PASSAGES_A_GUIDE, size // 100)
        write_guides(shared, Path(other), count, seed=2)
        for number, path in enumerate(sorted(Path(other).iterdir())):
            path.replace(source / f"guide{10 + number:05}.md")
    report = None

    def update() -> None:
        nonlocal report
        report = collection.update([source])

    seconds = timed(update)
    row("change 1 %", f"{seconds:.2f} s, {report.embedded} embedded of {report.passages}")


def compare(place: Path, passages: Sequence[str], asked: Sequence[str]) -> None:
    """Others on the same texts."""
    bare_tantivy(place / "tantivy", passages, asked)
    bare_faiss(place, passages, asked)
    langchain_bm25(passages, asked)
    langchain_memory(passages, asked)


def bare_tantivy(folder: Path, passages: Sequence[str], asked: Sequence[str]) -> None:
    """Whole words in one field, the ten best asked for."""
    import tantivy  # noqa: PLC0415

    folder.mkdir()
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("body", index_option="freq")
    builder.add_integer_field("id", fast=True)
    index = tantivy.Index(builder.build(), path=str(folder))

    def build() -> None:
        writer = index.writer(64 * 1024 * 1024, num_threads=1)
        for number, text in enumerate(passages):
            writer.add_document(tantivy.Document(id=number, body=text))
        writer.commit()
        writer.wait_merging_threads()

    seconds = timed(build)
    index.reload()
    searcher = index.searcher()
    plain = [" ".join(re.findall(r"\w+", text.lower())) for text in asked]
    times = [
        timed(lambda text=text: searcher.search(index.parse_query(text, ["body"]), 10)) for text in plain
    ]
    row("bare tantivy", f"{len(passages) / seconds:,.0f} passages/s; {show(spread(times))}")


def bare_faiss(place: Path, passages: Sequence[str], asked: Sequence[str]) -> None:
    """8-bit vectors, the ten best asked for."""
    import faiss  # noqa: PLC0415
    import numpy as np  # noqa: PLC0415

    faiss.omp_set_num_threads(1)
    rows = np.random.default_rng(1).standard_normal((len(passages), DIMENSIONS)).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    index = faiss.IndexScalarQuantizer(DIMENSIONS, faiss.ScalarQuantizer.QT_8bit, faiss.METRIC_INNER_PRODUCT)

    def build() -> None:
        index.train(rows[:10_000])
        index.add(rows)
        faiss.write_index(index, str(place / "bare.faiss"))

    seconds = timed(build)
    times = [timed(lambda: index.search(rows[:1], 10)) for _ in asked]
    row("bare FAISS", f"{len(passages) / seconds:,.0f} vectors/s; {show(spread(times))}")


def langchain_bm25(passages: Sequence[str], asked: Sequence[str]) -> None:
    """LangChain's keyword retriever."""
    try:
        from langchain_community.retrievers import BM25Retriever  # noqa: PLC0415
    except ImportError as error:
        row("LangChain BM25Retriever", f"not run: {error}")
        return
    made = []
    seconds = timed(lambda: made.append(BM25Retriever.from_texts(list(passages), k=10)))
    times = [timed(lambda text=text: made[0].invoke(text)) for text in asked[:QUESTIONS_FOR_LANGCHAIN]]
    row("LangChain BM25Retriever", f"{len(passages) / seconds:,.0f} passages/s; {show(spread(times))}")


def langchain_memory(passages: Sequence[str], asked: Sequence[str]) -> None:
    """LangChain's vector store in memory, given vectors that cost nothing."""
    from langchain_core.embeddings import Embeddings  # noqa: PLC0415
    from langchain_core.vectorstores import InMemoryVectorStore  # noqa: PLC0415

    class Free(Embeddings):
        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            return MadeUp().passages(texts).tolist()

        def embed_query(self, text: str) -> list[float]:
            return MadeUp().question(text).tolist()

    store = InMemoryVectorStore(Free())
    seconds = timed(lambda: store.add_texts(list(passages)))
    some = asked[:QUESTIONS_FOR_LANGCHAIN]
    times = [timed(lambda text=text: store.similarity_search(text, k=10)) for text in some]
    row("LangChain InMemoryVectorStore", f"{len(passages) / seconds:,.0f} passages/s; {show(spread(times))}")


def embedding_rate(shared: Path) -> None:
    """The rate of an update against that of the bare model on one processor times the processors."""
    from index import Collection, find_embedder  # noqa: PLC0415
    from index.records import passage_text  # noqa: PLC0415

    embedder, reason = find_embedder()
    if embedder is None:
        row("embedding", f"not run: {reason}")
        return
    with tempfile.TemporaryDirectory() as place:
        source = Path(place) / "source"
        source.mkdir()
        write_guides(shared, source, 200)
        Collection(Path(place) / "index").update([source])
        collection = Collection(Path(place) / "index", embedder)
        with collection.open() as index:
            texts = [passage_text(each) for head in index.guides() for each in index.passages(head.slug)]
        embedder.passages(texts[:2])
        bare = 40 / timed(lambda: [embedder.passages([text]) for text in texts[:40]])
        seconds = timed(collection.embed)
    rate, cores = len(texts) / seconds, len(os.sched_getaffinity(0))
    row(
        "embedding",
        f"{rate:.1f} passages/s; bare {bare:.1f} on one of {cores} processors: {rate / bare / cores:.2f}",
    )


if __name__ == "__main__":
    main()
