"""How much of the bare model's speed the write flow keeps.

Bare: pictures that are decoded already, encoded in batches of 64, nothing else. Flow: what a
worker does from claim to stored vector, for the same pictures, with files to read and decode; and
the products' texts with it, whose share is not counted for the flow.
"""

from __future__ import annotations

import time
from typing import Any

from django.conf import settings
from PIL import Image

from benchmarks.scratch import scratch_shop
from search import model_versions
from search.models import Embedding
from search.tasks import sweep
from shop.catalog.models import ProductImage


def run(*, products: int) -> dict[str, Any]:
    with scratch_shop(products):
        model = model_versions.build("vitrine-mini")
        encoder = model.encoder()
        pictures = []
        for image in ProductImage.objects.all():
            with image.image.open() as file:
                pictures.append(Image.open(file).convert("RGB"))
        encoder.encode_images(pictures[:64])  # warm
        start = time.perf_counter()
        for first in range(0, len(pictures), settings.EMBEDDING_BATCH):
            encoder.encode_images(pictures[first : first + settings.EMBEDDING_BATCH])
        bare = len(pictures) / (time.perf_counter() - start)
        start = time.perf_counter()
        sweep()
        flow = len(pictures) / (time.perf_counter() - start)
        done = Embedding.objects.filter(status="done").count()
        assert done == 2 * products, f"{done} of {2 * products} embedded"  # noqa: S101
    return {
        "pictures": products,
        "bare model, pictures a second": bare,
        "write flow, pictures (and texts) a second": flow,
        "ratio": flow / bare,
    }
