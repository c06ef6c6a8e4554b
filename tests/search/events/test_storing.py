"""From the list into the tables: once, in bulk, whatever happens meanwhile."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
import redis
from django.db import connection
from django.test.utils import CaptureQueriesContext

from search.events import buffer, recording, storing, tasks
from search.events.models import Click, FoundProduct, Impression, LoggedQuery
from shop.catalog.models import Product
from shop.locks import try_lock
from tests.factories import CategoryFactory, ProductFactory
from tests.search.events.conftest import asked, record, stored

pytestmark = pytest.mark.django_db


def lines(*events: dict[str, Any]) -> list[bytes]:
    return [json.dumps(event).encode() for event in events]


def test_a_thousand_events_take_a_few_statements() -> None:
    products = [ProductFactory().pk for _ in range(3)]
    queries = [asked("boots", products) for _ in range(20)]
    recording.keep(
        [recording.clicked(q.pk, p, 1, Click.Kind.CLICK) for q in queries for p in products]
    )
    for _ in range(20):
        record({"q": "boots"})

    with CaptureQueriesContext(connection) as statements:
        count = storing.store_waiting()

    assert count == 80
    assert Click.objects.count() == 60
    assert len(statements) < 15


def test_what_comes_twice_is_one_row() -> None:
    product = ProductFactory(title="Boots")
    record({"q": "boots"})
    waiting = buffer.take(10)
    query_id = json.loads(waiting[0])["id"]
    click = {"type": "click", "id": query_id, "product": product.pk, "position": 1}
    seen = {"type": "impression", "id": query_id, "positions": [1]}

    for _ in range(2):
        storing.store([*waiting, *lines(click, click, seen, seen)])

    assert LoggedQuery.objects.count() == Impression.objects.count() == 1
    assert Click.objects.get().kind == "click"
    assert Impression.objects.get().seen == [1]


def test_clicks_of_queries_that_were_lost_are_lost_with_them() -> None:
    query = asked(products=[5])
    kept = recording.clicked(query.pk, 5, 1, Click.Kind.CART)
    query_id = "00078f3a5b1c8d2e8f00c1d2e3f4a5b6"
    lost = {"type": "click", "id": query_id, "product": 5, "position": 1}

    storing.store(lines(kept, lost))

    assert [click.query_id for click in Click.objects.all()] == [query.pk]


def test_positions_seen_add_up_and_stay_within_what_was_shown() -> None:
    query = asked(products=[7, 8, 9], first=25)

    storing.store(lines(recording.seen(query.pk, [26])))
    storing.store(lines(recording.seen(query.pk, [25, 26, 28, 1])))

    assert Impression.objects.get().seen == [25, 26]


def test_one_impossible_event_does_not_hold_up_the_others() -> None:
    query = asked(products=[5])
    good = recording.clicked(query.pk, 5, 1, Click.Kind.CLICK)
    too_far = recording.clicked(query.pk, 6, 99_999, Click.Kind.CLICK)  # no smallint

    storing.store([*lines(too_far, good), b"not JSON", *lines({"type": "other"}, {"id": 3})])

    assert [click.product_id for click in Click.objects.all()] == [5]


def test_the_day_on_which_a_search_showed_a_product() -> None:
    found = ProductFactory(title="Boots", category=CategoryFactory(name="Shoes"))
    ProductFactory(title="Mug", category=CategoryFactory(name="Kitchen"))
    record({"q": "boots"})
    record({"category": "kitchen"})  # browsing is no search
    stored()
    row = FoundProduct.objects.get()
    assert row.product_id == found.pk
    today = row.day
    FoundProduct.objects.update(day=date(2020, 1, 1))

    record({"q": "boots"})
    stored()

    assert FoundProduct.objects.get().day == today


def test_events_of_a_product_that_is_deleted_hold_up_nothing() -> None:
    product = ProductFactory(title="Boots")
    query_id = record({"q": "boots"})
    stored()
    query = LoggedQuery.objects.get(pk=query_id)
    storing.store(lines(recording.clicked(query.pk, product.pk, 1, Click.Kind.CLICK)))

    product.delete()

    assert not Product.objects.exists()
    assert Click.objects.count() == 1


def test_what_is_taken_stays_until_it_is_stored(monkeypatch: pytest.MonkeyPatch) -> None:
    record({"q": "boots"})

    def fails(batch: object) -> None:
        raise redis.ConnectionError("a worker dies here")

    with monkeypatch.context() as patched:
        patched.setattr(storing, "_store", fails)
        tasks.store()
    assert buffer.waiting() == 1

    tasks.store()

    assert buffer.waiting() == 0
    assert LoggedQuery.objects.count() == 1


def test_one_process_stores_at_a_time() -> None:
    record({"q": "boots"})
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(hashtextextended('search-events', 0))")

    assert storing.store_waiting() == 0
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_unlock(hashtextextended('search-events', 0))")
    other.close()

    with try_lock("something else"):
        assert storing.store_waiting() == 1


def test_the_task_stores_batch_after_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storing, "BATCH", 2)
    for _ in range(5):
        record({"q": "boots"})

    tasks.store()

    assert LoggedQuery.objects.count() == 5
