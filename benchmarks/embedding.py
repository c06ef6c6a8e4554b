"""How much of the bare model's speed the write flow keeps.

The flow is what a worker does from claim to stored vector: it reads files, decodes, resizes,
encodes, and writes to PostgreSQL. Three yardsticks, each the same encoder on like pictures in
batches of the same size, one batch after another, with nothing stored:

- *bare*: pixels that are decoded and resized already: inference has all cores to itself. **The
  ratio is the flow's rate to this one**, the hardest.
- *from pictures*: pictures that are decoded already, and are resized in the loop.
- *from files*: a plain loop that reads, decodes (whole), resizes and encodes.

Where texts are embedded as well, they are in the yardsticks too.

No flow reaches the bare rate on the same cores: what decoding takes of them, inference does not
get. The *bound* is the share that inference has of the processor time that the flow takes in this
process: the ratio of a flow that left no core idle for a moment. The milliseconds are processor
time for a picture, the least of all rounds; *rest* is claiming, hashing, writing, and Python.

Twice: for the bundled model, so small that a picture's decoding costs as much as its encoding, and
for one of the size of CLIP's ViT-B/32 with random weights, where encoding is nearly all.
"""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from statistics import median
from typing import Any

import numpy as np
from django.conf import settings
from django.db import connection
from PIL import Image
from tqdm import tqdm

from benchmarks.random_model import random_vit
from benchmarks.scratch import scratch_shop
from search import indexing, model_versions, pipeline
from search.decoding import decode, input_size
from search.models import Embedding, EmbeddingModel
from shop.catalog.models import ProductImage

ROUNDS = 3
# The large model is measured on so many times fewer products.
LARGE_SHARE = 5


def run(*, products: int) -> dict[str, Any]:
    with scratch_shop(products):
        figures = _measure("vitrine-mini", "vitrine-mini", products)
        EmbeddingModel.objects.all().delete()
        with random_vit() as reference:
            count = max(settings.EMBEDDING_BATCH, products // LARGE_SHARE)
            figures |= _measure("ViT-B/32", reference, count)
    return figures


def _measure(name: str, reference: str, count: int) -> dict[str, Any]:
    print(f"  {name}: preparing the model", flush=True)
    model = model_versions.build(reference)
    encoder = model.encoder()
    size = input_size(encoder)
    files = [
        (image.image.storage, image.image.name)
        for image in ProductImage.objects.order_by("pk")[: settings.EMBEDDING_BATCH]
    ]
    data = [_read(*file) for file in files]
    pictures = [decode_whole(file) for file in data]
    pixels = np.stack([encoder.preprocess(picture) for picture in pictures])
    texts = product_texts(settings.EMBEDDING_BATCH)
    batches = [
        min(settings.EMBEDDING_BATCH, count - first)
        for first in range(0, count, settings.EMBEDDING_BATCH)
    ]

    def bare() -> None:
        for n in batches:
            encoder.encode_pixels(pixels[:n])

    def from_pictures() -> None:
        for n in batches:
            encoder.encode_images(pictures[:n])

    def from_files() -> None:
        for n in batches:
            encoder.encode_images([decode_whole(_read(*file)) for file in files[:n]])

    def texts_alone() -> None:
        for n in batches:
            encoder.encode_texts(texts[:n])

    def flow() -> None:
        for _ in pipeline.run(lambda: {model: encoder}):
            pass

    steps: list[tuple[str, Callable[[], None]]] = [
        ("bare", bare),
        ("from pictures", from_pictures),
        ("from files", from_files),
        ("texts", texts_alone),
        ("flow", flow),
        ("flow with texts", flow),
    ]
    encoder.encode_pixels(pixels[:2])
    encoder.encode_texts(texts[:2])
    wall: dict[str, list[float]] = {step: [] for step, _ in steps}
    processor: dict[str, list[float]] = {step: [] for step, _ in steps}
    # Interleaved, for machines are noisy.
    rounds = [(step, work) for _ in range(ROUNDS) for step, work in steps]
    for step, work in (bar := tqdm(rounds, leave=False)):
        bar.set_description(f"{name}: {step}")
        if work is flow:
            _make_pending(count, texts=step == "flow with texts")
        began, used = time.perf_counter(), time.process_time()
        work()
        wall[step].append(time.perf_counter() - began)
        processor[step].append(time.process_time() - used)
        if work is flow:
            left = Embedding.objects.exclude(status=Embedding.Status.DONE).count()
            assert not left, f"{left} are not embedded"  # noqa: S101

    def ratio(flow: str, *yardsticks: str) -> float:
        """Of rates; the median of what each round gave."""
        return median(
            sum(wall[step][n] for step in yardsticks) / wall[flow][n] for n in range(ROUNDS)
        )

    def milliseconds(seconds: float, pictures: int = count) -> float:
        return 1000 * seconds / pictures

    inference = min(processor["bare"])
    decoding = _processor_seconds(lambda: [decode(file, size) for file in data])
    decoded = [decode(file, size) for file in data]
    resizing = _processor_seconds(lambda: [encoder.preprocess(image) for image in decoded])
    profile = {
        "inference": milliseconds(inference),
        "decoding": milliseconds(decoding, len(data)),
        "resizing": milliseconds(resizing, len(data)),
    }
    whole = milliseconds(min(processor["flow"]))
    profile["rest"] = whole - sum(profile.values())
    return {
        f"{name}: pictures": count,
        f"{name}: bare, a second": count / median(wall["bare"]),
        f"{name}: from pictures, a second": count / median(wall["from pictures"]),
        f"{name}: from files, a second": count / median(wall["from files"]),
        f"{name}: flow, a second": count / median(wall["flow"]),
        f"{name}: RATIO of flow to bare": ratio("flow", "bare"),
        f"{name}: bound of it": milliseconds(inference) / whole,
        f"{name}: flow to from pictures": ratio("flow", "from pictures"),
        f"{name}: flow to from files": ratio("flow", "from files"),
        f"{name}: flow with texts, products a second": count / median(wall["flow with texts"]),
        f"{name}: RATIO to bare, with texts": ratio("flow with texts", "bare", "texts"),
        **{f"{name}: {part}, ms": value for part, value in profile.items()},
    }


def _read(storage: Any, name: str) -> bytes:
    with storage.open(name) as file:
        content: bytes = file.read()
    return content


def decode_whole(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data)).convert("RGB")


def _processor_seconds(work: Callable[[], Any]) -> float:
    seconds = []
    for _ in range(ROUNDS):
        used = time.process_time()
        work()
        seconds.append(time.process_time() - used)
    return min(seconds)


def product_texts(count: int) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT {indexing.PRODUCT_TEXT}
              FROM catalog_product product
              JOIN catalog_category category ON category.id = product.category_id
             ORDER BY product.id LIMIT %s
            """,  # noqa: S608  (constants only)
            [count],
        )
        return [text for (text,) in cursor.fetchall()]


def _make_pending(count: int, *, texts: bool) -> None:
    """The pictures of `count` products, and their texts or not; as if nothing were embedded."""
    Embedding.objects.all().delete()
    products = ProductImage.objects.order_by("pk").values_list("product_id", flat=True)[:count]
    indexing.mark_pending(list(products))
    if not texts:
        Embedding.objects.filter(kind=Embedding.Kind.TEXT).delete()
