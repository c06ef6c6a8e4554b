"""A worker that is killed in the middle of an import, and a Redis that is emptied: it goes on to
the right end, and its report says what was done.

Real processes: a worker with its scheduler.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import redis
from django.conf import settings

from shop.catalog.models import Product, Variant
from shop.exchange.models import CatalogImport, ImportState
from tests.e2e.servers import with_path
from tests.shop.exchange.making import many, started
from tests.shop.workers import Workers, kill, workers

pytestmark = pytest.mark.django_db(transaction=True)

# Another database of Redis than other tests have, for it is emptied.
REDIS_URL = with_path(os.environ["REDIS_URL"], "5")
PRODUCTS = 200


@pytest.fixture
def start_worker(tmp_path: Path) -> Iterator[Workers]:
    redis.Redis.from_url(REDIS_URL).flushdb()
    environ = {"EXCHANGE_ROOT": str(settings.EXCHANGE_ROOT)}
    with workers(tmp_path / "worker.log", "celery", REDIS_URL, **environ) as start:
        yield start


def wait_until(condition: Callable[[], bool], what: str) -> None:
    end = time.monotonic() + 240
    while not condition():
        assert time.monotonic() < end, what
        time.sleep(0.02)


def test_a_killed_worker_and_an_emptied_redis_lose_and_double_nothing(
    start_worker: Workers, admin_user: Any
) -> None:
    run = started(many(PRODUCTS), actor=admin_user)

    def done() -> int:
        return int(CatalogImport.objects.values_list("done", flat=True).get(pk=run.pk))

    worker = start_worker()  # nobody rang: the sweep finds the import
    wait_until(lambda: done() >= 20, "the import did not begin")
    kill(worker)
    before = done()
    redis.Redis.from_url(REDIS_URL).flushdb()
    assert 20 <= before < PRODUCTS

    start_worker()
    wait_until(
        lambda: CatalogImport.objects.get(pk=run.pk).state == ImportState.DONE,
        "the import did not go on",
    )

    run.refresh_from_db()
    assert (run.done, run.created, run.unchanged, run.skipped) == (PRODUCTS, PRODUCTS, 0, 0)
    assert Product.objects.count() == Variant.objects.count() == PRODUCTS
    assert run.lines.filter(kind="created").count() == PRODUCTS
