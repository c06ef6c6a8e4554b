"""What tests of events share: a browser's requests, searches that were answered and recorded."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.utils import timezone

from search.events import buffer, query_ids, recording, storing
from search.events.buffer import Shown
from search.events.models import Impression, LoggedQuery
from search.forms import SearchForm
from search.service import search

BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"

Record = Callable[..., str]


@pytest.fixture(autouse=True)
def fresh_connection() -> None:
    """Each test connects anew: an earlier one may have left a pause, or another Redis."""
    buffer.forget_connection()


@pytest.fixture
def shopper() -> Client:
    """A browser."""
    return Client(headers={"User-Agent": BROWSER})


def request(path: str = "/search/", *, method: str = "GET", **headers: str) -> HttpRequest:
    """A browser's request with an empty session; `headers` by name, "_" for "-"."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    made = RequestFactory().generic(method, path, headers={"User-Agent": BROWSER, **named})
    made.session = SessionStore()
    return made


def record(data: dict[str, Any], made: HttpRequest | None = None, **options: Any) -> str:
    """Search for `data`, as a form has it, and record the answer; the query id."""
    form = SearchForm(data)
    assert form.is_valid(), form.errors
    page = search(form.query)
    return recording.record_search(form.query, page, request=made or request(), **options)


def stored() -> int:
    """Store all that waits; how many events there were."""
    count = 0
    while batch := storing.store_waiting():
        count += batch
    return count


def asked(
    words: str = "boots",
    products: Sequence[int] = (),
    *,
    at: datetime | None = None,
    first: int = 1,
    seen: Sequence[int] | None = None,
    **values: Any,
) -> LoggedQuery:
    """A search that is in the tables, with the products that it showed."""
    query_id = query_ids.new(at or timezone.now())
    query = LoggedQuery.objects.create(
        **{
            "id": query_id,
            "hour": query_ids.hour_of(query_id),
            "kind": LoggedQuery.Kind.WORDS,
            "words": words,
            "found": len(products),
            **values,
        }
    )
    Impression.objects.create(query=query, first=first, products=list(products), seen=seen)
    return query


def shown(query_id: str) -> Shown | None:
    return recording.shown_by(UUID(query_id))
