"""Nobody is in the events: what a visitor brings along is planted, and looked for in every table
and in all that Redis holds."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings as django_settings
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client

from search.events import buffer
from search.events.models import (
    BoughtTogether,
    Click,
    EventRetention,
    FoundProduct,
    Impression,
    LoggedQuery,
)
from search.photos import VISITOR
from shop.catalog.models import Variant
from shop.signals import cart_added, order_placed
from tests.factories import ProductFactory
from tests.search.events.conftest import BROWSER, record, request, stored

pytestmark = pytest.mark.django_db

EVENT_TABLES = [
    model._meta.db_table for model in (LoggedQuery, Impression, Click, FoundProduct, BoughtTogether)
]
# What a visitor brings along, each a string that nothing else has.
ADDRESS = "203.0.113.77"
AGENT = f"{BROWSER} PlantedAgent/7.7"
LANGUAGE = "de-CH-planted"
REFERRER = "https://planted.example/inbox"
EMAIL = "alice.planted@example.com"
TELEPHONE = "+41 79 555 66 77"


def everything_in(tables: list[str]) -> str:
    """Each row of the tables, as text."""
    found = []
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"SELECT t::text FROM {table} t")  # noqa: S608  (names of our own)
            found += [row for (row,) in cursor.fetchall()]
    return "\n".join(found)


def everything_in_redis(keys: str = "vitrine:events:*") -> str:
    """Keys and values; those that are kept for events, or others."""
    found = []
    redis = buffer._client()
    for key in redis.scan_iter(keys):
        found.append(key)
        kind = redis.type(key).decode()
        if kind == "list":
            found += redis.lrange(key, 0, -1)
        elif kind == "set":
            found += list(redis.smembers(key))
        else:
            assert kind == "string"
            found.append(redis.get(key))
    return "\n".join(value.decode("latin-1") for value in found)


def test_no_table_and_no_key_of_events_holds_anything_of_a_visitor(
    django_capture_on_commit_callbacks: Any,
) -> None:
    user = get_user_model().objects.create_user("planted-user", EMAIL, "x")
    client = Client(
        REMOTE_ADDR=ADDRESS,
        headers={"User-Agent": AGENT, "Accept-Language": LANGUAGE, "Referer": REFERRER},
    )
    client.force_login(user)
    boots, socks = ProductFactory(title="Boots"), ProductFactory(title="Socks")
    made = request(User_Agent=AGENT, Accept_Language=LANGUAGE, Referer=REFERRER)
    made.META["REMOTE_ADDR"], made.user = ADDRESS, user
    made.session = client.session

    # A visitor searches, opens, sees, puts in the cart, orders.
    query_id = record({"q": f"boots for {EMAIL}, call {TELEPHONE}"}, made)
    client.get(boots.get_absolute_url(), {"from": query_id})
    seen = {"type": "impression", "query_id": query_id, "positions": [1]}
    body = json.dumps({"events": [seen]})
    assert client.post("/api/v1/events/", body, content_type="application/json").status_code == 202
    made.session = client.session
    made.COOKIES[django_settings.SESSION_COOKIE_NAME] = client.session.session_key
    with django_capture_on_commit_callbacks(execute=True):
        cart_added.send_robust(
            sender=Variant, request=made, product_id=boots.pk, variant_id=1, quantity=1
        )
        order_placed.send_robust(sender=object, request=made, product_ids=[boots.pk, socks.pk])
    waiting = everything_in_redis()
    stored()

    kept = everything_in(EVENT_TABLES)
    assert set(Click.objects.values_list("kind", flat=True)) == {"click", "cart", "purchase"}
    assert BoughtTogether.objects.exists() and FoundProduct.objects.exists()
    assert "boots for <e-mail> call <number>" in kept.replace('"', "").replace(",", "")
    planted = [
        *(ADDRESS, "PlantedAgent", "planted", EMAIL, "alice", "555", "79"),
        *(client.session.session_key, user.get_username()),
    ]
    for place, text in {
        "tables": kept,
        "Redis": waiting,
        "Redis later": everything_in_redis(),
    }.items():
        for datum in planted:
            # "79" and "555" may be part of an id or a key: there they are hexadecimal or binary.
            if datum.isdigit():
                words = [q.words for q in LoggedQuery.objects.all()]
                assert not any(datum in one for one in words), datum
            else:
                assert datum.lower() not in text.lower(), f"{datum} in {place}"


def test_these_are_all_tables_of_events_and_none_points_at_a_person() -> None:
    ours = [
        model
        for model in apps.get_models()
        # For how long events are kept is none.
        if model.__module__ == "search.events.models" and model is not EventRetention
    ]

    assert sorted(model._meta.db_table for model in ours) == sorted(EVENT_TABLES)
    for model in ours:
        for field in model._meta.get_fields():
            related = field.related_model
            if related is not None:
                assert related.__module__ in {"search.events.models", "shop.catalog.models"}


def test_the_fields_are_these_and_no_more() -> None:
    fields = {
        model: {field.attname for field in model._meta.concrete_fields}
        for model in (LoggedQuery, Impression, Click, FoundProduct, BoughtTogether)
    }

    assert fields == {
        LoggedQuery: {
            *("id", "hour", "kind", "words", "filters", "traits", "page", "found", "confident"),
            "facts",
        },
        Impression: {"query_id", "first", "products", "seen"},
        Click: {"id", "query_id", "product_id", "position", "kind"},
        FoundProduct: {"product_id", "day"},
        BoughtTogether: {"id", "product_id", "other_id", "weight"},
    }


def test_no_time_is_kept_that_is_finer_than_an_hour() -> None:
    ProductFactory(title="Boots")
    query_id = record({"q": "boots"})
    stored()

    hour = LoggedQuery.objects.get().hour

    assert (hour.minute, hour.second, hour.microsecond) == (0, 0, 0)
    assert int(query_id[:8], 16) * 3600 == int(hour.timestamp())


def test_what_a_visitor_opened_is_in_no_session_and_no_table_but_for_hours(
    shopper: Client,
) -> None:
    boots = ProductFactory(title="Boots")
    query_id = record({"q": "boots"})
    shopper.get(boots.get_absolute_url(), {"from": query_id})
    stored()

    (session,) = Session.objects.all()
    assert list(session.get_decoded()) == [VISITOR]  # a secret, of which nothing else has a word
    secret = session.get_decoded()[VISITOR]
    assert secret not in everything_in(EVENT_TABLES) + everything_in_redis("*")
