"""int8 answers queries where the ranking is unharmed, and nowhere else."""

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import onnx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from pytest_django.fixtures import Settings

from search import encoders
from search.encoders import cache, export, gate, get_encoder, quantization
from search.encoders.gate import compare_rankings, unharmed
from search.encoders.onnx import OnnxEncoder
from search.encoders.quantization import quantize

from .conftest import Pair
from .test_vectors import TEXTS, pictures

UNHARMED = {
    f"{measure}_{searched}": value
    for searched in ("texts", "pictures")
    for measure, value in {"overlap": 0.99, "first": 0.99, "regret": 0.001}.items()
} | {"cosine_min": 0.999}


@pytest.fixture(autouse=True)
def small_towers_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quantization, "LEAST_WEIGHTS", 0)
    monkeypatch.setattr(gate, "TEXTS", 60)
    monkeypatch.setattr(gate, "PICTURES", 30)


@pytest.fixture
def folder(causal: Pair, tmp_path: Path) -> Path:
    """An export as it is before its int8 towers are made."""
    return shutil.copytree(causal.served.folder, tmp_path / "export")


@pytest.fixture
def lenient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tiny models with random weights are worse than any trained one: limits that they keep."""
    monkeypatch.setattr(gate, "LEAST_OVERLAP", 0.5)
    monkeypatch.setattr(gate, "MOST_REGRET", 0.2)
    monkeypatch.setattr(gate, "LEAST_COSINE", 0.8)


@pytest.mark.usefixtures("lenient")
def test_what_passes_answers_queries_and_nothing_else(folder: Path, causal: Pair) -> None:
    export._add_int8(folder)

    encoder = OnnxEncoder(folder, 1)
    manifest = cache.read_manifest(folder)
    assert manifest is not None
    assert encoder.int8 == {"text", "image"}
    assert manifest["int8"]["text"]["used"] is True
    assert set(UNHARMED) < set(manifest["int8"]["text"])
    assert cache.is_intact(folder)
    assert "text.int8.onnx" in manifest["files"]
    # then queries are near to float, yet not float
    query, exact = encoder.encode_query_text("red boots"), causal.served.encode_texts(["red boots"])
    assert query.dtype == np.float32
    assert query.shape == (24,)
    assert 0.9 < float(query @ exact[0]) < 1 - 1e-7
    # and the index is float
    np.testing.assert_array_equal(encoder.encode_texts(TEXTS), causal.served.encode_texts(TEXTS))
    images = pictures()[2:5]
    np.testing.assert_array_equal(
        encoder.encode_images(images), causal.served.encode_images(images)
    )


def test_a_tower_that_int8_ruins_is_served_in_float(folder: Path, causal: Pair) -> None:
    # given a projection of which one weight in each column leaves the others no steps
    model = onnx.load(folder / "text.onnx")
    for tensor in model.graph.initializer:
        if tensor.dims == [32, 24]:
            weights = onnx.numpy_helper.to_array(tensor).copy()
            weights[0] = 300
            tensor.CopyFrom(onnx.numpy_helper.from_array(weights, tensor.name))
    (folder / "text.onnx.data").unlink()
    onnx.save(model, folder / "text.onnx")

    export._add_int8(folder)

    manifest = cache.read_manifest(folder)
    assert manifest is not None
    assert manifest["int8"]["text"]["used"] is False
    assert manifest["int8"]["text"]["overlap_texts"] < 0.95
    assert not (folder / "text.int8.onnx").exists()
    assert cache.is_intact(folder)
    encoder = OnnxEncoder(folder, 1)
    assert "text" not in encoder.int8
    np.testing.assert_allclose(
        encoder.encode_query_text("red boots"), encoder.encode_texts(["red boots"])[0], atol=1e-5
    )


@pytest.mark.usefixtures("no_encoders_loaded", "lenient")
def test_a_setting_turns_it_off(
    folder: Path, causal: Pair, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    export._add_int8(folder)
    monkeypatch.setattr(encoders, "find_export", lambda resolved: folder)

    settings.ENCODER_INT8 = False

    encoder = get_encoder(causal.reference)
    assert isinstance(encoder, OnnxEncoder)
    assert encoder.int8 == frozenset()


def test_towers_of_convolutions_and_small_ones_stay_float(
    causal: Pair, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    # given a tower of one convolution and a small product
    nodes = [
        onnx.helper.make_node("Conv", ["pixels", "filter"], ["maps"]),
        onnx.helper.make_node("MatMul", ["maps", "weights"], ["vectors"]),
    ]
    random = np.random.default_rng(0)
    tensors = [
        onnx.numpy_helper.from_array(random.normal(size=(8, 3, 5, 5)).astype("f"), "filter"),
        onnx.numpy_helper.from_array(random.normal(size=(4, 2)).astype("f"), "weights"),
    ]
    graph = onnx.helper.make_graph(nodes, "tower", [], [], tensors)
    onnx.save(onnx.helper.make_model(graph), tmp_path / "image.onnx")
    target = tmp_path / "int8.onnx"

    assert not quantization.quantize_tower(tmp_path / "image.onnx", target)
    assert quantization.quantize_tower(causal.served.folder / "text.onnx", target)
    target.unlink()
    monkeypatch.setattr(quantization, "LEAST_WEIGHTS", 10**6)
    assert not quantization.quantize_tower(causal.served.folder / "text.onnx", target)
    assert not target.exists()


@pytest.mark.usefixtures("lenient")
def test_an_int8_vector_does_not_depend_on_what_is_asked_beside_it(folder: Path) -> None:
    export._add_int8(folder)
    encoder = OnnxEncoder(folder, 1)
    texts = [f"{word} boots {number}" for number in range(12) for word in ("red", "long blue")]
    alone = [encoder.encode_query_text(text) for text in texts]

    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(encoder.encode_query_text, texts))

    np.testing.assert_array_equal(together, alone)


@given(
    arrays.arrays(
        np.float32,
        arrays.array_shapes(min_dims=2, max_dims=2, max_side=12),
        elements=st.floats(-1e4, 1e4, width=32),
    )
)
def test_no_weight_moves_by_more_than_a_step(weights: np.ndarray) -> None:
    quantized, scale, zero = quantize(weights)

    restored = (quantized.astype(np.float32) - zero) * scale

    assert quantized.dtype == zero.dtype == np.uint8
    assert scale.shape == zero.shape == weights.shape[1:]
    assert (np.abs(restored - weights) <= 1.001 * scale).all()
    # zero is exact, so that what is padded with it stays padded
    assert (restored[weights == 0] == 0).all()


def test_the_same_queries_find_the_same() -> None:
    rows = unit_rows(40)

    figures = compare_rankings(rows, rows.copy(), rows)

    assert figures == {"overlap": 1, "first": 1, "regret": 0}


def test_an_exchange_of_equals_is_no_regret() -> None:
    # given twenty things, each twice, of which another query finds the other copy
    things = unit_rows(20)
    searched = np.concatenate([things + 1e-6, things])

    figures = compare_rankings(things[:5], things[:5] * (1 + 1e-6), searched)

    assert figures["regret"] == pytest.approx(0, abs=1e-5)


def test_worse_hits_are_regretted() -> None:
    rows = unit_rows(60)

    figures = compare_rankings(rows[:20], rows[20:40], rows[40:])

    assert figures["overlap"] < 0.9
    assert figures["regret"] > 0.1


@pytest.mark.parametrize(
    ("measure", "value"),
    [
        ("cosine_min", 0.97),
        *((f"{m}_{s}", 0.94) for m in ("overlap", "first") for s in ("texts", "pictures")),
        *((f"regret_{s}", 0.02) for s in ("texts", "pictures")),
        ("regret_texts", float("nan")),
        ("cosine_min", float("nan")),
    ],
)
def test_one_harm_is_enough(measure: str, value: float) -> None:
    assert unharmed(UNHARMED)
    assert not unharmed(UNHARMED | {measure: value})


def test_probes_are_many_varied_and_always_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    texts, images = gate.probe_texts(), gate.probe_pictures()

    assert texts == gate.probe_texts()
    assert len(set(texts)) == gate.TEXTS
    assert len({len(text.split()) for text in texts}) > 6
    assert [image.tobytes() for image in images] == [i.tobytes() for i in gate.probe_pictures()]
    assert len({image.tobytes() for image in images}) == len(images) == gate.PICTURES


def unit_rows(count: int) -> np.ndarray:
    rows = np.random.default_rng(3).normal(size=(count, 12)).astype(np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)
