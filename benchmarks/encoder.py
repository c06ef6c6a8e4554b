"""What the bundled model costs a search: one text, one picture, as ONNX Runtime serves them.

Against the same in torch, within the same run; medians, for machines are noisy.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from PIL import Image

from search.encoders import get_encoder
from search.encoders.presets import local_directory, resolve
from search.encoders.torch_clip import TorchEncoder

MODEL = "vitrine-mini"
TEXTS = (
    "red boots",
    "blue t-shirt without collar",
    "white sneakers with red sole",
    "something for coffee",
    "long blue dress without sleeves",
)
ROUNDS = 40


def run(*, products: int) -> dict[str, Any]:
    served, reference = get_encoder(MODEL), TorchEncoder(MODEL)
    noise = np.random.default_rng(0).integers(0, 256, (640, 640, 3), dtype=np.uint8)
    picture = Image.fromarray(noise)
    directory = local_directory(resolve(MODEL))
    weights = sum(file.stat().st_size for file in directory.iterdir()) if directory else 0

    def text(encoder: Any) -> float:
        return _median_ms(encoder.encode_texts, [[text] for text in TEXTS])

    def image(encoder: Any) -> float:
        return _median_ms(encoder.encode_images, [[picture]])

    figures = {
        "model directory, MB": weights / 1e6,
        "a text, ms": text(served),
        "a text in torch, ms": text(reference),
        "a picture of 640 pixels, ms": image(served),
        "a picture in torch, ms": image(reference),
    }
    figures["text, ratio to torch"] = figures["a text, ms"] / figures["a text in torch, ms"]
    figures["picture, ratio to torch"] = (
        figures["a picture of 640 pixels, ms"] / figures["a picture in torch, ms"]
    )
    return figures


def _median_ms(encode: Callable[[Any], Any], batches: Sequence[Any]) -> float:
    for batch in batches:  # warm
        encode(batch)
    times = []
    for _ in range(ROUNDS):
        for batch in batches:
            start = time.perf_counter()
            encode(batch)
            times.append(time.perf_counter() - start)
    return 1000 * statistics.median(times)
