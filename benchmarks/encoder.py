"""What a model costs a search: one text, one picture, as a web process encodes them.

Beside plain open_clip in torch (`encode_text` over its whole context, `encode_image`), and with
eight threads asking at once: by the query side, which lets them share runs, and one by one. For
the bundled model, and for ViT-B-32, the size that real shops use; its weights are random, which
changes no time. What is compared takes turns in the same minute, for machines are noisy: medians,
and ratios. int8 is timed whether the gate let it pass or not; its decision stands beside.
"""

from __future__ import annotations

import statistics
import tempfile
import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from benchmarks.random_model import ARCHITECTURE, random_vit
from search.encoders import prepare
from search.encoders.cache import read_manifest
from search.encoders.gate import probe_pictures, probe_texts
from search.encoders.onnx import OnnxEncoder, int8_tower
from search.encoders.presets import local_directory, resolve
from search.encoders.quantization import quantize_tower
from search.encoders.torch_clip import TorchEncoder

BUNDLED = "vitrine-mini"
TEXTS = (
    "red boots",
    "blue t-shirt without collar",
    "white sneakers with red sole",
    "something for coffee",
    "long blue dress without sleeves",
)
ROUNDS = 25
THREADS = 8
# How long eight threads ask for, each way.
SECONDS = 9.0


def run(*, products: int) -> dict[str, Any]:
    directory = local_directory(resolve(BUNDLED))
    weights = sum(file.stat().st_size for file in directory.iterdir()) if directory else 0
    figures: dict[str, Any] = {"model directory, MB": weights / 1e6}
    figures |= measure(BUNDLED, BUNDLED)
    with random_vit() as reference:
        figures |= measure(ARCHITECTURE, reference)
    return figures


def measure(name: str, model: str) -> dict[str, Any]:
    """The figures of a model, its name before each."""
    folder, reference = prepare(model), TorchEncoder(model)
    passed = {
        f"int8 {tower}, passed": facts["used"]
        for tower, facts in (read_manifest(folder) or {})["int8"].items()
    }
    with tempfile.TemporaryDirectory(prefix="vitrine-benchmark-") as scratch:
        int8 = with_int8(folder, Path(scratch))
        floating = OnnxEncoder(Path(scratch), int8=())
        eight_bit = OnnxEncoder(Path(scratch), int8=int8)
        figures = passed | alone(reference, floating, eight_bit, int8)
        figures |= together(floating, eight_bit, int8)
    return {f"{name}: {measure}": value for measure, value in figures.items()}


def with_int8(folder: Path, scratch: Path) -> list[str]:
    """Fills `scratch` with an export and the int8 towers that can be made of it; names them."""
    for file in folder.iterdir():
        (scratch / file.name).symlink_to(file)
    made = []
    for tower in ("text", "image"):
        target = scratch / f"{int8_tower(tower)}.onnx"
        if target.exists() or quantize_tower(folder / f"{tower}.onnx", target):
            made.append(tower)
    return made


def alone(
    reference: TorchEncoder, floating: OnnxEncoder, eight_bit: OnnxEncoder, int8: Iterable[str]
) -> dict[str, float]:
    picture = Image.fromarray(
        np.random.default_rng(0).integers(0, 256, (640, 640, 3), dtype=np.uint8)
    )
    figures: dict[str, float] = {}
    for what, tower, served, plain, asked in (
        ("a text", "text", "encode_query_text", reference.encode_texts, TEXTS),
        (
            "a picture of 640 pixels",
            "image",
            "encode_query_image",
            reference.encode_images,
            [picture],
        ),
    ):
        ways: dict[str, Callable[[Any], Any]] = {
            "torch": lambda item, plain=plain: plain([item]),
            "float": getattr(floating, served),
        }
        if tower in int8:
            ways["int8"] = getattr(eight_bit, served)
        times = in_turns(ways, asked)
        figures |= {f"{what}, {way}, ms": times[way] for way in times}
        figures |= {
            f"{what}, {way}, times faster than torch": times["torch"] / times[way]
            for way in times
            if way != "torch"
        }
    return figures


def in_turns(ways: dict[str, Callable[[Any], Any]], asked: Iterable[Any]) -> dict[str, float]:
    """Median milliseconds of each way, which take turns."""
    times: dict[str, list[float]] = {way: [] for way in ways}
    for turn in range(ROUNDS + 1):
        for item in asked:
            for way, encode in ways.items():
                start = time.perf_counter()
                encode(item)
                if turn:  # the first only warms
                    times[way].append(time.perf_counter() - start)
    return {way: 1000 * statistics.median(taken) for way, taken in times.items()}


def together(
    floating: OnnxEncoder, eight_bit: OnnxEncoder, int8: Iterable[str]
) -> dict[str, float]:
    """Queries a second by eight threads."""
    texts, pictures = probe_texts(), probe_pictures()
    ways: dict[str, tuple[Callable[[Any], Any], list[Any]]] = {
        "texts a second, float, one by one": (lambda text: floating.encode_texts([text]), texts),
        "texts a second, float, sharing runs": (floating.encode_query_text, texts),
        "pictures a second, float, one by one": (lambda p: floating.encode_images([p]), pictures),
        "pictures a second, float, sharing runs": (floating.encode_query_image, pictures),
    }
    if "text" in int8:
        ways["texts a second, int8"] = (eight_bit.encode_query_text, texts)
    if "image" in int8:
        ways["pictures a second, int8"] = (eight_bit.encode_query_image, pictures)
    rates: dict[str, list[float]] = {way: [] for way in ways}
    for _ in range(3):
        for way, (encode, asked) in ways.items():
            rates[way].append(a_second(encode, asked))
    return {f"{THREADS} threads, {way}": statistics.median(rates[way]) for way in ways}


def a_second(encode: Callable[[Any], Any], asked: list[Any]) -> float:
    """How many are answered a second while `THREADS` threads ask without a pause."""
    encode(asked[0])
    begun = time.perf_counter()
    counts = [0] * THREADS

    def ask(number: int) -> None:
        while time.perf_counter() < begun + SECONDS / 3:
            encode(asked[(number + THREADS * counts[number]) % len(asked)])
            counts[number] += 1

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / (time.perf_counter() - begun)
