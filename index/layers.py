"""The layers of the embedding model as onnxruntime takes them: a bare graph of one layer, and the weights of each."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import onnxruntime

from .errors import ModelUnusableError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from .weights import Weights

    Floats: TypeAlias = NDArray[np.float32]
    Named: TypeAlias = tuple[str, NDArray[Any]]

FIRST = "e5-small-first.onnx"
"""The graph of what comes before the layers: rows are normalised."""
LAYER, WHOLE_LAYER = "e5-small-layer.onnx", "e5-small-layer-int8.onnx"
"""The graphs of a layer: in 4-bit weights, and in whole numbers."""
_LINEAR = ("q", "k", "v", "ao", "fi", "fo")
_NORMS = ("aln", "oln")
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
    """Vectors of pieces and of places in a text, read from the file as they are needed and let go of again."""

    def __init__(self, weights: Weights) -> None:
        self._weights = weights
        self._width = weights.width
        self._pieces = weights.tensors["emb.word"].reshape(-1, weights.width // BLOCK)
        kind = weights.tensors["emb.type"].reshape(-1, weights.width)[0]
        self._places = weights.tensors["emb.pos"].reshape(-1, weights.width) + kind

    def rows(self, numbers: Sequence[int]) -> Floats:
        """One row for each piece of a text, its place told in it."""
        blocks = self._pieces[list(numbers)]
        self._weights.let_go()
        rows: Floats = unpacked(blocks).reshape(-1, self._width) + self._places[: len(numbers)]
        return rows


def first_weights(weights: Weights) -> Iterator[Named]:
    """The weights of what comes before the layers, by the names that its graph knows them under."""
    return _norm(weights, "emb.", "ln")


def layer_weights(weights: Weights, number: int, *, whole: bool) -> Iterator[Named]:
    """The weights of a layer by the names of its graph, 4-bit or for computing in whole numbers."""
    linear, layer = _whole if whole else _packed, f"l{number}."
    for part in _LINEAR:
        yield from linear(weights, layer, part)
    for part in _NORMS:
        yield from _norm(weights, layer, part)


def _packed(weights: Weights, layer: str, part: str) -> Iterator[Named]:
    blocks = weights.tensors[f"{layer}{part}.w"]
    yield f"{part}.packed", _repacked(blocks).reshape(-1, _inner(weights, part) // BLOCK, BLOCK // 2)
    yield f"{part}.scales", blocks["d"].astype(np.float32)
    yield f"{part}.bias", weights.tensors[f"{layer}{part}.b"]


def _whole(weights: Weights, layer: str, part: str) -> Iterator[Named]:
    """Each column has one scale."""
    columns = unpacked(weights.tensors[f"{layer}{part}.w"]).reshape(-1, _inner(weights, part)).T
    scales = np.abs(columns).max(axis=0) / WHOLE + np.float32(_TINY)
    yield f"{part}.whole", np.rint(columns / scales).astype(np.int8)
    yield f"{part}.scales", scales
    yield f"{part}.bias", weights.tensors[f"{layer}{part}.b"]


def _inner(weights: Weights, part: str) -> int:
    return weights.inner_width if part == "fo" else weights.width


def _norm(weights: Weights, layer: str, part: str) -> Iterator[Named]:
    yield f"{part}.weight", weights.tensors[f"{layer}{part}.w"]
    yield f"{part}.bias", weights.tensors[f"{layer}{part}.b"]


def _repacked(blocks: NDArray[Any]) -> NDArray[np.uint8]:
    """Neighbours side by side in a byte, where the file has the two halves of a block."""
    pairs = blocks["qs"]
    whole = np.concatenate([pairs & 15, pairs >> 4], axis=1)
    packed: NDArray[np.uint8] = whole[:, 0::2] | (whole[:, 1::2] << 4)
    return packed


class Layers:
    """The layers, ready to compute in the thread that calls: a session each, for opening one takes thrice its weights.

    Args:
        weights: What was read of the file is let go of, layer by layer.
        whole: Whether to compute in whole numbers: half the time, and states that differ by a hundredth.

    Raises:
        ModelUnusableError: This onnxruntime cannot run them.
    """

    def __init__(self, weights: Weights, *, whole: bool = False) -> None:
        graph = _graph(WHOLE_LAYER if whole else LAYER)
        self._sessions = [_open_session(first_weights(weights), _graph(FIRST))]
        for number in range(weights.layers):
            self._sessions.append(_open_session(layer_weights(weights, number, whole=whole), graph))
            weights.let_go()

    def states(self, rows: Floats) -> Floats:
        """The state of each piece of a text, from its row of the embedding table."""
        states, mask = rows[None], np.ones((1, len(rows)), np.int32)
        for session in self._sessions:
            (states,) = session.run(["states"], {"x": states, "mask": mask})
        found: Floats = states[0]
        return found


def _graph(name: str) -> bytes:
    return (files("index") / "weights" / name).read_bytes()


def _open_session(named: Iterator[Named], graph: bytes) -> onnxruntime.InferenceSession:
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
