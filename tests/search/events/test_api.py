"""`POST /api/v1/events/`: what it takes, what it refuses, and that a refusal keeps nothing."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from search.events import buffer
from search.events.api import MOST_BYTES, MOST_EVENTS, EventsThrottle
from search.events.models import Click, Impression
from shop.catalog.models import Product
from tests.factories import ProductFactory
from tests.search.events.conftest import record, stored

pytestmark = pytest.mark.django_db

URL = "/api/v1/events/"


@pytest.fixture
def boots() -> Product:
    return ProductFactory(title="Boots", slug="boots")


@pytest.fixture
def query_id(boots: Product) -> str:
    ProductFactory(title="Boots, too", slug="boots-too")
    found = record({"q": "boots"})
    stored()
    return found


def click(query_id: str, **values: Any) -> dict[str, Any]:
    told = {"type": "click", "query_id": query_id, "handle": "boots", "position": 1}
    return told | values


def impression(query_id: str, *positions: int) -> dict[str, Any]:
    return {"type": "impression", "query_id": query_id, "positions": list(positions)}


def send(client: Client, *events: Any, **options: Any) -> Any:
    return client.post(
        URL, json.dumps({"events": list(events)}), content_type="application/json", **options
    )


def test_clicks_and_impressions_are_kept(client: Client, query_id: str, boots: Product) -> None:
    answer = send(client, impression(query_id, 2, 1), click(query_id))

    assert answer.status_code == 202
    assert answer.json() == {"accepted": 2}
    stored()
    row = Click.objects.get()
    assert (row.product_id, row.position, row.kind) == (boots.pk, 1, "click")
    assert Impression.objects.get().seen == [1, 2]


def test_they_may_come_before_the_search_is_stored(client: Client, boots: Product) -> None:
    query_id = record({"q": "boots"})

    assert send(client, click(query_id)).status_code == 202
    stored()
    assert Click.objects.count() == 1


def test_what_is_sent_again_counts_once(client: Client, query_id: str) -> None:
    for _ in range(3):
        assert send(client, click(query_id), click(query_id)).status_code == 202

    assert buffer.waiting() == 1
    stored()
    assert Click.objects.count() == 1


UNKNOWN = "00078f3a5b1c8d2e8f00c1d2e3f4a5b6"


@pytest.mark.parametrize(
    ("event", "field", "words"),
    [
        (click(UNKNOWN), "query_id", "no such search"),
        (click("x"), "query_id", "no such search"),
        (click("x" * 33), "query_id", "no more than 32 characters"),
        (click("", position=3), "position", "showed positions 1 to 2, not 3"),
        (click("", position=0), "position", "greater than or equal to 1"),
        (click("", position="first"), "position", "valid integer"),
        (click("", position=2), "position", "“boots” was not shown at position 2"),
        (click("", handle="nowhere"), "position", "“nowhere” was not shown at position 1"),
        (click("", type="purchase"), "type", "not a valid choice"),
        ({"type": "click", "query_id": "", "position": 1}, "handle", "needs it"),
        (impression("", 1, 3), "positions", "showed positions 1 to 2, not 3"),
        (impression(""), "positions", "at least one"),
        (impression("", *range(1, 200)), "positions", "no more than 100 elements"),
        ({"type": "impression", "query_id": "", "positions": "1"}, "positions", "list of items"),
        ("click", "", "dictionary"),
    ],
)
def test_what_is_not_right_is_named_and_nothing_is_kept(
    client: Client, query_id: str, event: Any, field: str, words: str
) -> None:
    if isinstance(event, dict) and not event["query_id"]:
        event = event | {"query_id": query_id}

    answer = send(client, click(query_id), event)

    assert answer.status_code == 400
    problem = answer.json()
    (path,) = problem["errors"]
    assert path == f"events.1.{field}".rstrip(".")
    assert words in " ".join(problem["errors"][path])
    assert buffer.waiting() == 0


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("", 400),
        ("[]", 400),
        ("{}", 400),
        ('{"events": []}', 400),
        ('{"events": {}}', 400),
        ('{"events": ', 400),
        ('{"events": [null]}', 400),
        ("[" * 50_000, 400),
        (json.dumps({"events": [click("x")] * (MOST_EVENTS + 1)}), 400),
        (json.dumps({"events": [], "more": "x" * MOST_BYTES}), 413),
    ],
)
def test_bodies_that_cannot_be_taken(client: Client, body: str, status: int) -> None:
    answer = client.post(URL, body, content_type="application/json")

    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["detail"]
    assert buffer.waiting() == 0


def test_no_form_of_another_site_can_send_any(client: Client) -> None:
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data"):
        assert client.post(URL, "{}", content_type=kind).status_code == 415


def test_a_flood_is_told_to_wait(
    client: Client, query_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(EventsThrottle, "rate", "3/min", raising=False)

    answers = [send(client, click(query_id)) for _ in range(5)]

    assert [answer.status_code for answer in answers] == [202, 202, 202, 429, 429]
    assert int(answers[-1]["Retry-After"]) > 0


@pytest.mark.parametrize("headers", [{"DNT": "1"}, {"Sec-GPC": "1"}, {"User-Agent": "SomeBot/1"}])
def test_who_is_not_to_be_counted_is_not(
    client: Client, query_id: str, headers: dict[str, str]
) -> None:
    answer = send(client, click(query_id), headers=headers)

    assert answer.json() == {"accepted": 0}
    assert buffer.waiting() == 0


def test_with_events_off_none_is_kept(client: Client, query_id: str, settings: Any) -> None:
    settings.EVENTS = False

    assert send(client, click(query_id)).json() == {"accepted": 0}
    assert buffer.waiting() == 0


def test_it_needs_no_session_and_makes_none(client: Client, query_id: str) -> None:
    answer = send(client, click(query_id))

    assert not answer.cookies
    assert "Cookie" not in answer.get("Vary", "")


def test_only_post(client: Client) -> None:
    assert client.get(URL).status_code == 405


def test_a_batch_costs_the_same_statements_however_long(
    client: Client, query_id: str, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(1):
        send(client, *[click(query_id)] * 50)


def test_it_is_documented(client: Client) -> None:
    schema = client.get("/api/v1/schema/?format=json").json()

    operation = schema["paths"][URL]["post"]
    assert set(operation["responses"]) == {"202", "400", "413", "415", "429", "503"}
    assert "query_id" in schema["components"]["schemas"]["Event"]["properties"]
    assert {"get", "post", "delete"} <= set(schema["paths"]["/api/v1/for-you/"])
