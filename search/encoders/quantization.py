"""A tower's ONNX graph with its matrix products in int8: a quarter of the bytes, half the time.

Used by the exporter alone. Weights are quantised here, once, to 8 bits with a scale and a zero
point for each column; activations when they come, with one scale for all that is run together
(ONNX Runtime's `DynamicQuantizeMatMul`). All else stays float32, the embedding of tokens too: it
is looked up, not multiplied, and stays in the float tower's own file of weights.

Measured on ViT-B-32 (AVX2 without VNNI, one thread, texts of four tokens): float 12.5 ms; unsigned
weights by column 5.8 ms, mean cosine to float .9995; signed ones, whose products would overflow
there and so keep 7 bits, 5.7 ms and .9984; 8 bits by blocks (`MatMulNBits`) 9.8 ms and .9997.
Unsigned it is: as fast, and exact in its sums on every processor, so that a ranking measured on
one machine holds on another.

Because activations share a scale, a text's vector depends on what is run with it (up to 6e-3
where float stays within 1e-6): int8 towers are run on one row at a time.
"""

from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
from onnx.external_data_helper import load_external_data_for_tensor, uses_external_data

# Below this share of a tower's weights in matrix products, int8 has little to win: towers of
# convolutions, which ONNX Runtime does not run faster in int8. And below so many weights: they fit
# in a processor's cache, and the time goes elsewhere (vitrine-mini's text tower, 1.3 million: 0.3
# ms in float and in int8).
LEAST_SHARE = 0.5
LEAST_WEIGHTS = 5_000_000
# The products of the first block stay float: what it loses goes through all others. ViT-B-32 with
# random weights: the worst cosine to float .9996 instead of .9990, the hits among pictures that
# change 2.7% instead of 3.7%. Nothing else as small that was tried (attention's outputs, the last
# block, the projection) does as much.
FIRST_BLOCK = 4
_MULTIPLIED = {"MatMul", "Gemm", "Conv"}


def quantize_tower(source: Path, target: Path) -> bool:
    """Writes `target`, which goes on using the weights of `source` that stay as they are.

    False, and nothing is written, where too few weights are in matrix products.
    """
    model = onnx.load(source, load_external_data=False)
    graph = model.graph
    tensors = {tensor.name: tensor for tensor in graph.initializer}
    products = [
        node
        for node in graph.node
        if node.op_type == "MatMul" and len(_shape(tensors, node.input[1])) == 2
    ]
    multiplied = sum(
        _size(tensors, name)
        for node in graph.node
        if node.op_type in _MULTIPLIED
        for name in node.input
    )
    quantizable = sum(_size(tensors, node.input[1]) for node in products)
    if quantizable < max(LEAST_WEIGHTS, LEAST_SHARE * multiplied):
        return False

    for node in products[FIRST_BLOCK:]:
        weights = tensors[node.input[1]]
        if uses_external_data(weights):
            load_external_data_for_tensor(weights, str(source.parent))
        names = [f"{weights.name}.{part}" for part in ("int8", "scale", "zero")]
        arrays: tuple[npt.NDArray[Any], ...] = quantize(onnx.numpy_helper.to_array(weights))
        for name, array in zip(names, arrays, strict=True):
            tensors[name] = onnx.numpy_helper.from_array(array, name)
        quantized = onnx.helper.make_node(
            "DynamicQuantizeMatMul",
            [node.input[0], *names],
            list(node.output),
            name=node.name,
            domain="com.microsoft",
        )
        node.CopyFrom(quantized)

    used = {name for node in graph.node for name in node.input}
    del graph.initializer[:]
    graph.initializer.extend(tensor for name, tensor in tensors.items() if name in used)
    model.opset_import.append(onnx.helper.make_opsetid("com.microsoft", 1))
    target.write_bytes(model.SerializeToString())
    return True


def quantize(
    weights: npt.NDArray[np.float32],
) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.float32], npt.NDArray[np.uint8]]:
    """(k, n) float32 to (k, n) uint8, and for each column (n,) a scale, float32, and the uint8
    that stands for zero: `(quantized - zero) * scale` is at most a scale away from `weights`."""
    low = np.minimum(weights.min(axis=0), 0)
    high = np.maximum(weights.max(axis=0), 0)
    # A column of zeros has any scale but zero.
    scale = np.maximum((high - low) / 255, np.finfo(np.float32).tiny).astype(np.float32)
    zero = np.clip(np.rint(-low / scale), 0, 255)
    quantized = np.clip(np.rint(weights / scale) + zero, 0, 255)
    return quantized.astype(np.uint8), scale, zero.astype(np.uint8)


def _shape(tensors: dict[str, onnx.TensorProto], name: str) -> tuple[int, ...]:
    return tuple(tensors[name].dims) if name in tensors else ()


def _size(tensors: dict[str, onnx.TensorProto], name: str) -> int:
    return int(np.prod(tensors[name].dims)) if name in tensors else 0
