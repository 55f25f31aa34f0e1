"""Make index/weights/e5-small.onnx and e5-small-int8.onnx, the layers of the embedding model without their weights.

usage: weightless_graph.py [FOLDER]

The first computes in 4-bit weights, the second in whole numbers, quicker and a little less exact. The
weights are handed over when the graph is opened, so that only 40 kB of it need to be shipped. Needs onnx,
which the product itself does not. The result depends on the shapes in the weights file alone.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from onnx import ModelProto, NodeProto, TensorProto, helper, numpy_helper

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from index.layers import BLOCK, named_weights, whole_weights
from index.weights import find_weights, hansa_home, load_weights

if TYPE_CHECKING:
    from index.weights import Weights

_OPERATORS = 17
_RUNTIME_DOMAIN = "com.microsoft"
_FORMAT = 8
_EXACT = 1


class _Graph:
    """Collects the nodes of the graph."""

    def __init__(self, weights: Weights, *, whole: bool = False) -> None:
        self.weights = weights
        self.whole = whole
        self.nodes: list[NodeProto] = []

    def node(self, operator: str, inputs: list[str], output: str, domain: str = "", **options: Any) -> str:  # noqa: ANN401 - as onnx has it
        self.nodes.append(helper.make_node(operator, inputs, [output], domain=domain, **options))
        return output

    def norm(self, value: str, name: str) -> str:
        inputs = [value, f"{name}.weight", f"{name}.bias"]
        return self.node("LayerNormalization", inputs, f"{name}.out", axis=-1, epsilon=self.weights.epsilon)

    def linear(self, value: str, name: str, width: int) -> str:
        if self.whole:
            inputs = [value, f"{name}.whole", f"{name}.scales", "", f"{name}.bias"]
            return self.node("DynamicQuantizeMatMul", inputs, f"{name}.out", _RUNTIME_DOMAIN)
        blocks = self.weights.tensors[f"{name}.w"]
        product = self.node(
            "MatMulNBits",
            [value, f"{name}.packed", f"{name}.scales"],
            f"{name}.product",
            _RUNTIME_DOMAIN,
            K=width,
            N=blocks.size * BLOCK // width,
            bits=4,
            block_size=BLOCK,
            accuracy_level=_EXACT,
        )
        return self.node("Add", [product, f"{name}.bias"], f"{name}.out")

    def layer(self, value: str, name: str) -> str:
        width, inner = self.weights.width, self.weights.inner_width
        query, key, meaning = (self.linear(value, f"{name}.{part}", width) for part in "qkv")
        attended = self.node(
            "MultiHeadAttention",
            [query, key, meaning, "", "mask"],
            f"{name}.attention",
            _RUNTIME_DOMAIN,
            num_heads=self.weights.heads,
        )
        mixed = self.linear(attended, f"{name}.ao", width)
        value = self.norm(self.node("Add", [value, mixed], f"{name}.mixed"), f"{name}.aln")
        wide = self.node("Gelu", [self.linear(value, f"{name}.fi", width)], f"{name}.wide", _RUNTIME_DOMAIN)
        narrow = self.linear(wide, f"{name}.fo", inner)
        return self.norm(self.node("Add", [value, narrow], f"{name}.sum"), f"{name}.oln")

    def pool(self, value: str) -> str:
        """The mean over the tokens, of length one; its divisor cancels out."""
        mask = self.node(
            "Unsqueeze", [self.node("Cast", ["mask"], "mask.numbers", to=TensorProto.FLOAT), "last"], "m"
        )
        kept = self.node("Mul", [value, mask], "kept")
        total = self.node("ReduceSum", [kept, "tokens"], "total", keepdims=0)
        return self.node("LpNormalization", [total], "y", axis=-1, p=2)


def _external(name: str, values: np.ndarray) -> TensorProto:
    tensor = TensorProto(
        name=name,
        dims=values.shape,
        data_type=helper.np_dtype_to_tensor_dtype(values.dtype),
        data_location=TensorProto.EXTERNAL,
    )
    for key, value in (("location", "weights"), ("offset", "0"), ("length", str(values.nbytes))):
        entry = tensor.external_data.add()
        entry.key, entry.value = key, value
    return tensor


def build(weights: Weights, *, whole: bool = False) -> bytes:
    """The graph: rows of the embedding table and a mask in, a vector and the state of each token out."""
    graph = _Graph(weights, whole=whole)
    value = graph.norm("x", "emb.ln")
    for layer in range(weights.layers):
        value = graph.layer(value, f"l{layer}")
    graph.pool(value)
    graph.node("Identity", [value], "states")
    named = whole_weights(weights) if whole else named_weights(weights)
    tensors = [_external(name, values) for name, values in named]
    axes = [
        numpy_helper.from_array(np.array([axis], np.int64), name)
        for name, axis in (("tokens", 1), ("last", 2))
    ]
    inputs = [
        helper.make_tensor_value_info("x", TensorProto.FLOAT, ["B", "T", weights.width]),
        helper.make_tensor_value_info("mask", TensorProto.INT32, ["B", "T"]),
    ]
    outputs = [
        helper.make_tensor_value_info("y", TensorProto.FLOAT, ["B", weights.width]),
        helper.make_tensor_value_info("states", TensorProto.FLOAT, ["B", "T", weights.width]),
    ]
    whole = helper.make_graph(graph.nodes, "multilingual-e5-small", inputs, outputs, [*tensors, *axes])
    operators = [helper.make_opsetid("", _OPERATORS), helper.make_opsetid(_RUNTIME_DOMAIN, 1)]
    model: ModelProto = helper.make_model(whole, opset_imports=operators, ir_version=_FORMAT)
    graph_bytes: bytes = model.SerializeToString(deterministic=True)
    return graph_bytes


def main() -> None:
    """Write the graphs where the command line says, or into the package."""
    default = Path(__file__).resolve().parent.parent / "index" / "weights"
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else default
    weights = load_weights(find_weights(hansa_home()))
    for name, whole in (("e5-small.onnx", False), ("e5-small-int8.onnx", True)):
        graph = build(weights, whole=whole)
        (folder / name).write_bytes(graph)
        print(f"{folder / name}: {len(graph)} bytes")


if __name__ == "__main__":
    main()
