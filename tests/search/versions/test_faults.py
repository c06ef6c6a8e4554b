"""A worker killed, and Redis emptied, in the middle of a model's build: it goes on to the end."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from search.models import Embedding, EmbeddingModel, ModelBuild
from search.versions import preparing
from search.versions.readiness import readiness
from tests.search.encoders.tiny import make_model
from tests.search.test_faults import (  # noqa: F401  (fixtures)
    OwnRedis,
    Worker,
    all_done,
    make_products,
    own_redis,
    start_worker,
    wait_for,
)

pytestmark = pytest.mark.django_db(transaction=True)

PRODUCTS = 120
# An export, on a busy machine.
SECONDS = 240.0


@pytest.mark.timeout(900)
def test_a_model_is_built_through_a_killed_worker_and_an_emptied_redis(
    start_worker: Callable[..., Worker],  # noqa: F811
    own_redis: OwnRedis,  # noqa: F811
    tmp_path: Path,
) -> None:
    make_products(PRODUCTS)
    reference = make_model(tmp_path / "tiny", "causal")
    preparing.ask_for(reference)
    # Killed while it exports.
    worker = start_worker(queues="embeddings,celery")
    wait_for(lambda: ModelBuild.objects.filter(attempts=1).exists(), SECONDS)
    worker.kill()
    own_redis.empty()
    assert not EmbeddingModel.objects.filter(reference=reference).exists()

    # Killed while it embeds.
    worker = start_worker(queues="embeddings,celery")
    wait_for(lambda: EmbeddingModel.objects.filter(reference=reference).exists(), SECONDS)
    model = EmbeddingModel.objects.get(reference=reference)
    rows = Embedding.objects.filter(model=model)
    wait_for(lambda: rows.filter(status="done").exists(), SECONDS)
    worker.kill()
    own_redis.empty()
    assert not all_done()

    start_worker(queues="embeddings,celery")
    wait_for(all_done, SECONDS)
    wait_for(lambda: readiness(model).ready, SECONDS)

    assert rows.filter(status="done").count() == 2 * PRODUCTS
    assert not ModelBuild.objects.exists()
    assert model.dimension != EmbeddingModel.objects.get(state="live").dimension
