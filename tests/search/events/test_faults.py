"""Redis stopped, frozen, full or emptied: searches answer, events are dropped and counted."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from search import metrics
from search.events import buffer, storing, tasks
from search.events.models import Click, LoggedQuery
from shop.catalog.models import Product
from tests.factories import ProductFactory
from tests.search.events.conftest import record, stored
from tests.search.test_faults import OwnRedis
from tests.search.test_metrics import value

pytestmark = pytest.mark.django_db

# What events may add to a request while Redis is hurt: one time-out, and a good deal of spare.
ANSWER_SECONDS = 0.5


@pytest.fixture
def own_redis(tmp_path: Path, settings: Any) -> Iterator[OwnRedis]:
    """Events go to a Redis of the test's own; the cache stays where it is."""
    server = OwnRedis(tmp_path)
    settings.REDIS_URL = server.url
    buffer.forget_connection()
    yield server
    server.thaw()
    server.stop()
    buffer.forget_connection()


@pytest.fixture
def boots() -> Product:
    return ProductFactory(title="Boots", slug="boots")


def counted(kind: str, outcome: str) -> float:
    return value("vitrine_events_total", type=kind, outcome=outcome)


@pytest.mark.parametrize("hurt", ["stop", "freeze"])
def test_searches_and_clicks_go_on_without_redis(
    own_redis: OwnRedis, boots: Product, shopper: Client, hurt: str
) -> None:
    query_id = record({"q": "boots"})
    stored()
    getattr(own_redis, hurt)()
    dropped = counted("query", "dropped"), counted("click", "dropped")

    started = time.monotonic()
    without = record({"q": "boots"})
    elapsed = time.monotonic() - started
    page = shopper.get(boots.get_absolute_url(), {"from": query_id})

    assert without == ""
    assert elapsed < ANSWER_SECONDS
    assert page.status_code == 200
    assert (counted("query", "dropped"), counted("click", "dropped")) == (
        dropped[0] + 1,
        dropped[1] + 1,
    )


def test_a_frozen_redis_costs_one_time_out_and_not_one_a_search(
    own_redis: OwnRedis, boots: Product
) -> None:
    own_redis.freeze()
    record({"q": "boots"})

    started = time.monotonic()
    buffer.append([{"type": "click"}] * 100)
    elapsed = time.monotonic() - started

    assert elapsed < buffer.TIMEOUT_SECONDS


def test_an_app_is_told_to_send_again_later(
    own_redis: OwnRedis, boots: Product, client: Client
) -> None:
    query_id = record({"q": "boots"})
    stored()
    own_redis.stop()
    click = {"type": "click", "query_id": query_id, "handle": "boots", "position": 1}

    answer = client.post("/api/v1/events/", {"events": [click]}, content_type="application/json")

    assert answer.status_code == 503
    assert answer.json()["detail"] == "Events cannot be kept right now. Send them again later."


def test_all_goes_on_once_redis_is_back(
    own_redis: OwnRedis, boots: Product, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(buffer, "PAUSE_SECONDS", 0.1)
    own_redis.stop()
    assert record({"q": "boots"}) == ""
    tasks.store()  # is not disturbed

    own_redis.start()
    time.sleep(0.2)

    assert record({"q": "boots"}) != ""
    tasks.store()
    assert LoggedQuery.objects.count() == 1


def test_an_emptied_redis_loses_what_waited_and_nothing_else(
    own_redis: OwnRedis, boots: Product, shopper: Client
) -> None:
    lost = record({"q": "boots"})
    own_redis.empty()
    kept = record({"q": "boots"})

    for query_id in (lost, kept):
        assert shopper.get(boots.get_absolute_url(), {"from": query_id}).status_code == 200
    stored()

    assert [query.pk.hex for query in LoggedQuery.objects.all()] == [kept]
    assert Click.objects.get().query_id.hex == kept


def test_a_list_that_nobody_empties_is_bounded(
    boots: Product, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(buffer, "MOST", 3)
    accepted, dropped = counted("query", "accepted"), counted("query", "dropped")

    for _ in range(5):
        record({"q": "boots"})

    assert buffer.waiting() is None  # it is left alone for a while
    buffer.forget_connection()
    assert buffer.waiting() == 3
    assert counted("query", "accepted") - accepted == 3
    assert counted("query", "dropped") - dropped == 2
    monkeypatch.setattr(storing, "BATCH", 100)
    assert storing.store_waiting() == 3


def test_how_many_wait_is_told(boots: Product) -> None:
    record({"q": "boots"})

    assert value("vitrine_events_waiting") == 1
    assert b"vitrine_events_total" in metrics.exposition()


def test_without_redis_metrics_tell_the_rest(own_redis: OwnRedis) -> None:
    own_redis.stop()

    told = metrics.exposition()

    assert b"vitrine_events_waiting" not in told
    assert b"vitrine_embeddings" in told
