"""What events cost: a search that is recorded, storing, room, and reading them.

`SEARCHES` searches by words (some asked often, most hardly ever) are recorded as the page does it,
and stored as the worker does it; one in five has a result opened, near the top most times. Then the
merchant's questions are asked of them, and the lab's. Orders are counted for what is bought
together.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import replace
from statistics import median, quantiles
from typing import Any
from urllib.parse import urlsplit, urlunsplit
from uuid import UUID

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.http import HttpRequest
from django.test import RequestFactory
from django.test.utils import override_settings
from django.utils import timezone
from tqdm import tqdm

from benchmarks.scratch import scratch_shop
from search.events import bought_together, buffer, insights, judgements, recording, storing
from search.events.models import Click
from search.forms import SearchForm
from search.service import search

SEARCHES = 200_000
WORDS = 5_000
CLICKED = 0.2
BEFORE_STORING = storing.BATCH
ORDERS = 20_000
READS = 5
BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
TABLES = ("search_loggedquery", "search_impression", "search_click")


def run(*, products: int) -> dict[str, Any]:
    """Milliseconds, events a second, bytes."""
    chance = random.Random(0)
    # In a database of Redis of its own: a worker that runs would take what waits in the other.
    own = urlunsplit(urlsplit(settings.REDIS_URL)._replace(path="/9"))
    with scratch_shop(products), override_settings(REDIS_URL=own):
        buffer.forget_connection()
        buffer.clear()
        figures = _write(chance) | _read()
        figures |= _orders(chance, products)
    return figures


def _write(chance: random.Random) -> dict[str, Any]:
    form = SearchForm({"category": "things"})
    if not form.is_valid():
        raise SystemExit(form.errors)
    page = search(form.query)
    made = _request()
    recorded: list[float] = []
    clicked: list[float] = []
    stored, seconds = 0, 0.0
    for number in tqdm(range(SEARCHES), mininterval=1, leave=False):
        words = f"thing {int(chance.paretovariate(0.6)) % WORDS}"
        results = chance.sample(page.results, len(page.results))
        query = replace(form.query, text=words, category=None)
        answered = replace(page, results=results, total=chance.choice([0, 24, 24, 900]))
        began = time.perf_counter()
        query_id = recording.record_search(query, answered, request=made)
        recorded.append((time.perf_counter() - began) * 1000)
        if query_id and chance.random() < CLICKED:
            place = min(int(chance.paretovariate(1)), len(results))
            key = results[place - 1].product.pk
            click = recording.clicked(UUID(query_id), key, place, Click.Kind.CLICK)
            began = time.perf_counter()
            recording.keep([click])
            clicked.append((time.perf_counter() - began) * 1000)
        if (number + 1) % BEFORE_STORING == 0:
            began = time.perf_counter()
            while batch := storing.store_waiting():
                stored += batch
            seconds += time.perf_counter() - began
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sum(pg_total_relation_size(name::regclass)) FROM unnest(%s::text[]) name",
            [list(TABLES)],
        )
        room = int(cursor.fetchone()[0])
    return {
        "searches": SEARCHES,
        "recording a search, p50 ms": median(recorded),
        "recording a search, p99 ms": quantiles(recorded, n=100)[98],
        "recording a click, p50 ms": median(clicked),
        "stored, events a second": stored / seconds,
        "a search in the tables, bytes": room / SEARCHES,
    }


def _read() -> dict[str, Any]:
    period = insights.Period.of_days(1)
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {', '.join(TABLES)}")
    readers: dict[str, Callable[[], Any]] = {
        "rates by position": lambda: insights.by_position(period),
        "rates by kind": lambda: insights.by_kind(period),
        "words in vain": lambda: insights.in_vain(period),
        "never found": lambda: insights.never_found(period),
        "judgements": lambda: list(judgements.judgements(period)),
    }
    return {f"{name}, ms": _timed(read) for name, read in readers.items()}


def _orders(chance: random.Random, products: int) -> dict[str, Any]:
    keys = list(range(1, products + 1))
    orders = [chance.sample(keys, chance.randint(1, 6)) for _ in range(ORDERS)]
    today = timezone.now().date()
    began = time.perf_counter()
    for start in range(0, ORDERS, 10):
        bought_together.count(orders[start : start + 10], today)
    seconds = time.perf_counter() - began
    return {
        "an order counted, ms": seconds / ORDERS * 1000,
        "goes with, ms": _timed(lambda: bought_together.goes_with(keys[0])),
    }


def _timed(read: Callable[[], Any]) -> float:
    """Median milliseconds."""
    times = []
    for _ in range(READS):
        began = time.perf_counter()
        read()
        times.append((time.perf_counter() - began) * 1000)
    return median(times)


def _request() -> HttpRequest:
    made = RequestFactory().get("/search/", headers={"User-Agent": BROWSER})
    made.session = SessionStore()
    return made
