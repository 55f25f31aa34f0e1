"""The layers of the embedding model as onnxruntime takes them: a bare graph, and its weights by name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import onnxruntime

from .errors import ModelUnusableError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from .weights import Weights

    Floats: TypeAlias = NDArray[np.float32]
    Named: TypeAlias = tuple[str, NDArray[Any]]

LINEAR = {"q": "q", "k": "k", "v": "v", "ao": "ao", "fi": "fi", "fo": "fo"}
NORMS = ("aln", "oln")
_TINY = 1e-12
BLOCK = 32
"""Weights that share one scale."""
WHOLE = 63
"""Largest weight as a whole number; seven bits, so that no processor overflows when it adds products of two."""


def unpacked(blocks: NDArray[Any]) -> Floats:
    """4-bit blocks as numbers, 32 in a row."""
    pairs = blocks["qs"]
    whole = np.concatenate([pairs & 15, pairs >> 4], axis=-1).astype(np.float32) - 8
    return whole * blocks["d"].astype(np.float32)[..., None]


class EmbeddingTable:
    """Vectors of pieces and of places in a text, read from the file as they are needed."""

    def __init__(self, weights: Weights) -> None:
        self._width = weights.width
        self._pieces = weights.tensors["emb.word"].reshape(-1, weights.width // BLOCK)
        kind = weights.tensors["emb.type"].reshape(-1, weights.width)[0]
        self._places = weights.tensors["emb.pos"].reshape(-1, weights.width) + kind

    def rows(self, numbers: Sequence[int]) -> Floats:
        """One row for each piece of a text, its place told in it."""
        rows: Floats = (
            unpacked(self._pieces[list(numbers)]).reshape(-1, self._width) + self._places[: len(numbers)]
        )
        return rows


def named_weights(weights: Weights) -> Iterator[Named]:
    """The weights of the graph by the names it knows them under."""
    return _in_order(weights, _packed)


def whole_weights(weights: Weights) -> Iterator[Named]:
    """The same for the graph that computes in whole numbers: each column has one scale."""
    return _in_order(weights, _whole)


def _in_order(weights: Weights, linear: Callable[[Weights, str, int], Iterator[Named]]) -> Iterator[Named]:
    yield from _norm(weights, "emb.ln")
    for layer in range(weights.layers):
        for part in LINEAR:
            inner = weights.inner_width if part == "fo" else weights.width
            yield from linear(weights, f"l{layer}.{part}", inner)
        for part in NORMS:
            yield from _norm(weights, f"l{layer}.{part}")


def _packed(weights: Weights, name: str, inner: int) -> Iterator[Named]:
    blocks = weights.tensors[f"{name}.w"]
    yield f"{name}.packed", _repacked(blocks).reshape(-1, inner // BLOCK, BLOCK // 2)
    yield f"{name}.scales", blocks["d"].astype(np.float32)
    yield f"{name}.bias", weights.tensors[f"{name}.b"]


def _whole(weights: Weights, name: str, inner: int) -> Iterator[Named]:
    columns = unpacked(weights.tensors[f"{name}.w"]).reshape(-1, inner).T
    scales = np.abs(columns).max(axis=0) / WHOLE + np.float32(_TINY)
    yield f"{name}.whole", np.rint(columns / scales).astype(np.int8)
    yield f"{name}.scales", scales
    yield f"{name}.bias", weights.tensors[f"{name}.b"]


def _norm(weights: Weights, name: str) -> Iterator[Named]:
    yield f"{name}.weight", weights.tensors[f"{name}.w"]
    yield f"{name}.bias", weights.tensors[f"{name}.b"]


def _repacked(blocks: NDArray[Any]) -> NDArray[np.uint8]:
    """Neighbours side by side in a byte, where the file has the two halves of a block."""
    pairs = blocks["qs"]
    whole = np.concatenate([pairs & 15, pairs >> 4], axis=1)
    packed: NDArray[np.uint8] = whole[:, 0::2] | (whole[:, 1::2] << 4)
    return packed


Session: TypeAlias = onnxruntime.InferenceSession
"""The layers, ready to compute."""


def open_session(named: Iterable[Named], graph: bytes) -> Session:
    """The graph with its weights by name, computing in the thread that calls it.

    Raises:
        ModelUnusableError: This onnxruntime cannot run it.
    """
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.log_severity_level = 3
    # The arena grows in powers of two and never shrinks; it spares no time that could be measured.
    options.enable_cpu_mem_arena = False
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    arrays = {name: np.ascontiguousarray(values) for name, values in named}
    values = [onnxruntime.OrtValue.ortvalue_from_numpy(array) for array in arrays.values()]
    try:
        options.add_external_initializers(list(arrays), values)
        return onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
    except Exception as error:
        raise ModelUnusableError(
            "This onnxruntime cannot run the embedding model; install the version that Hansa asks for."
        ) from error
