"""Make the graphs in index/weights, what the layers of the embedding model compute, without their weights.

usage: weightless_graph.py [FOLDER]

One normalises what comes before the layers. One is a layer that computes in 4-bit weights, and one a layer that
computes in whole numbers, quicker and a little less exact. The weights of each layer are handed over when a graph is
opened for it, so that only 6 kB need to be shipped. Needs onnx, which the product itself does not. The result depends
on the shapes in the weights file alone.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from onnx import ModelProto, NodeProto, TensorProto, helper

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from index.layers import BLOCK, FIRST, LAYER, WHOLE_LAYER, first_weights, layer_weights
from index.weights import find_weights, hansa_home, load_weights

if TYPE_CHECKING:
    import numpy as np

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
        blocks = self.weights.tensors[f"l0.{name}.w"]
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

    def layer(self, value: str) -> str:
        width, inner = self.weights.width, self.weights.inner_width
        query, key, meaning = (self.linear(value, part, width) for part in "qkv")
        attended = self.node(
            "MultiHeadAttention",
            [query, key, meaning, "", "mask"],
            "attention",
            _RUNTIME_DOMAIN,
            num_heads=self.weights.heads,
        )
        mixed = self.linear(attended, "ao", width)
        value = self.norm(self.node("Add", [value, mixed], "mixed"), "aln")
        wide = self.node("Gelu", [self.linear(value, "fi", width)], "wide", _RUNTIME_DOMAIN)
        narrow = self.linear(wide, "fo", inner)
        return self.norm(self.node("Add", [value, narrow], "sum"), "oln")


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


def build(weights: Weights, name: str) -> bytes:
    """The graph with a file name: the states of the tokens and a mask in, their states out."""
    whole = name == WHOLE_LAYER
    graph = _Graph(weights, whole=whole)
    value = graph.norm("x", "ln") if name == FIRST else graph.layer("x")
    graph.node("Identity", [value], "states")
    named = first_weights(weights) if name == FIRST else layer_weights(weights, 0, whole=whole)
    tensors = [_external(name, values) for name, values in named]
    shape = ["B", "T", weights.width]
    inputs = [
        helper.make_tensor_value_info("x", TensorProto.FLOAT, shape),
        helper.make_tensor_value_info("mask", TensorProto.INT32, ["B", "T"]),
    ]
    outputs = [helper.make_tensor_value_info("states", TensorProto.FLOAT, shape)]
    nodes = helper.make_graph(graph.nodes, "multilingual-e5-small", inputs, outputs, tensors)
    operators = [helper.make_opsetid("", _OPERATORS), helper.make_opsetid(_RUNTIME_DOMAIN, 1)]
    model: ModelProto = helper.make_model(nodes, opset_imports=operators, ir_version=_FORMAT)
    graph_bytes: bytes = model.SerializeToString(deterministic=True)
    return graph_bytes


def main() -> None:
    """Write the graphs where the command line says, or into the package."""
    default = Path(__file__).resolve().parent.parent / "index" / "weights"
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else default
    weights = load_weights(find_weights(hansa_home()))
    for name in (FIRST, LAYER, WHOLE_LAYER):
        graph = build(weights, name)
        (folder / name).write_bytes(graph)
        print(f"{folder / name}: {len(graph)} bytes")


if __name__ == "__main__":
    main()
