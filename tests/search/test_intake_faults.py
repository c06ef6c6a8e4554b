"""The worker killed and Redis emptied while photos arrive: all are stored and found, none twice.

A real worker with its scheduler; the photos come in as a page sends them, some of them twice.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import redis

from search.intake_parts import count_found
from search.models import EmbeddingModel
from shop.catalog.models import Product, ProductImage
from shop.intake import arranging
from shop.intake.models import Batch, Draft, File, Way
from tests.e2e.servers import with_path
from tests.factories import picture_bytes
from tests.shop.intake.dropping import admin, drop_one
from tests.shop.intake.dropping import drop as begin_with
from tests.shop.workers import kill, workers

pytestmark = pytest.mark.django_db(transaction=True)

# Another database of Redis than other tests have, for it is emptied.
REDIS_URL = with_path(os.environ["REDIS_URL"], "4")
PHOTOS = 40
HEAL_SECONDS = 90.0


def test_a_killed_worker_and_an_emptied_redis_lose_and_double_no_photo(
    vitrine_mini: EmbeddingModel, tmp_path: Path
) -> None:
    redis.Redis.from_url(REDIS_URL).flushdb()
    batch = begin_with("folder 0/first.jpg")
    queues = "embeddings,pictures"
    with workers(tmp_path / "worker.log", queues, REDIS_URL, EMBEDDING_BATCH="4") as start:
        worker = start()
        send(batch, range(PHOTOS // 2))
        wait_for(lambda: count_found(keys()) > 0)
        kill(worker)
        redis.Redis.from_url(REDIS_URL).flushdb()
        # The page goes on: sending, sending again what had no answer, putting together, deleting.
        send(batch, range(PHOTOS // 2 - 4, PHOTOS))
        arranging.put_together(batch=batch, way=Way.FOLDER, actor=admin())
        arranging.discard(batch=batch, images=keys()[:1], actor=admin())
        assert Draft.objects.filter(state=Draft.State.GOING).exists()

        start()

        wait_for(lambda: not Draft.objects.filter(state=Draft.State.GOING).exists())
        wait_for(lambda: count_found(keys()) == PHOTOS)

    images = ProductImage.objects.all()
    assert images.count() == images.values("content_hash").distinct().count() == PHOTOS
    assert batch.files.filter(state=File.State.STORED).count() == PHOTOS + 1
    assert Product.objects.count() == 4


def send(batch: Batch, numbers: range) -> None:
    for number in numbers:
        data = picture_bytes((64, 64), seed=5000 + number)
        drop_one(batch, f"folder {number % 4}/{number}.jpg", data)


def keys() -> list[int]:
    return list(ProductImage.objects.order_by("pk").values_list("pk", flat=True))


def wait_for(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + HEAL_SECONDS
    while not condition():
        assert time.monotonic() < end, "Photos were lost."
        time.sleep(0.1)
