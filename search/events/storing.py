"""From the list in Redis into the tables: a few statements for a thousand events.

What is read stays in the list until it is committed, so a worker that dies stores nothing or is
followed by one that stores it. An event that comes twice is one row: queries by their id, clicks by
query, product and kind, positions as a set. (Orders alone are counted again, where a worker dies
between its commit and the list.)
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db import DataError, IntegrityError, connection, transaction
from django.utils import timezone

from search.events import bought_together, buffer, query_ids, retention
from search.events.models import Click, Impression, LoggedQuery
from shop.locks import try_lock

logger = logging.getLogger(__name__)

BATCH = 1_000
CLICKS = frozenset(str(kind) for kind in Click.Kind)


@dataclass
class _Batch:
    """Events, sorted by what becomes of them."""

    queries: list[LoggedQuery] = field(default_factory=list)
    impressions: list[Impression] = field(default_factory=list)
    clicks: list[tuple[UUID, int, int, str]] = field(default_factory=list)
    seen: dict[str, set[int]] = field(default_factory=dict)
    orders: list[list[int]] = field(default_factory=list)

    def add(self, event: dict[str, Any]) -> None:
        """Raises `KeyError`, `TypeError` or `ValueError` for an event that is none of ours."""
        kind = event["type"]
        if kind == "query":
            query = _as_query(event)
            shown = Impression(query=query, first=event["first"], products=event["products"])
            self.queries.append(query)
            self.impressions.append(shown)
        elif kind in CLICKS:
            row = UUID(event["id"]), int(event["product"]), int(event["position"]), kind
            self.clicks.append(row)
        elif kind == "impression":
            positions = {int(position) for position in event["positions"]}
            self.seen.setdefault(UUID(event["id"]).hex, set()).update(positions)
        elif kind == "order":
            self.orders.append([int(product) for product in event["products"]])
        else:
            raise ValueError(f"no such type of event: {kind!r}")


def store_waiting(*, batch: int = BATCH) -> int:
    """Store the oldest `batch` events; how many there were. 0 also while another process is at it.

    Raises `RedisError` while Redis is down.
    """
    with try_lock("search-events") as alone:
        if not alone:
            return 0
        lines = buffer.take(batch)
        if lines:
            store(lines)
            buffer.done(len(lines))
        return len(lines)


def store(lines: Sequence[bytes]) -> None:
    """Store events as they wait, all or, where one of them is impossible, each that can be."""
    try:
        _store(lines)
    except (DataError, IntegrityError):
        for line in lines:
            try:
                _store([line])
            except (DataError, IntegrityError) as error:
                logger.warning("An event is not stored: %s", error)


def _store(lines: Iterable[bytes]) -> None:
    batch = _Batch()
    for line in lines:
        try:
            batch.add(json.loads(line))
        except (KeyError, TypeError, ValueError) as error:  # of another version, say
            logger.warning("An event is not stored: %s: %s", type(error).__name__, error)
    today = timezone.now().date()
    if not retention.kept().words_days:
        for query in batch.queries:
            query.words = ""
    with transaction.atomic():
        LoggedQuery.objects.bulk_create(batch.queries, ignore_conflicts=True)
        Impression.objects.bulk_create(batch.impressions, ignore_conflicts=True)
        _store_found(batch, today)
        _store_clicks(batch.clicks)
        _store_seen(batch.seen)
        bought_together.count(batch.orders, today)


def _as_query(event: dict[str, Any]) -> LoggedQuery:
    query_id = UUID(event["id"])
    return LoggedQuery(
        id=query_id,
        hour=query_ids.hour_of(query_id),
        kind=LoggedQuery.Kind(event["kind"]),
        words=event["words"],
        filters=event["filters"],
        traits=event["traits"],
        page=event["page"],
        found=event["found"],
        confident=event["confident"],
        facts=event["facts"],
    )


def _store_found(batch: _Batch, today: date) -> None:
    """The products that searches showed; browsing shows everything in the end."""
    products = {
        product
        for query, shown in zip(batch.queries, batch.impressions, strict=True)
        if query.kind != LoggedQuery.Kind.BROWSE
        for product in shown.products
    }
    if products:
        _execute(
            """
            INSERT INTO search_foundproduct AS found (product_id, day)
            SELECT product, %(today)s FROM unnest(%(products)s::bigint[]) product ORDER BY product
                ON CONFLICT (product_id) DO UPDATE SET day = EXCLUDED.day
             WHERE found.day < EXCLUDED.day
            """,
            {"products": list(products), "today": today},
        )


def _store_clicks(clicks: Sequence[tuple[UUID, int, int, str]]) -> None:
    """Of queries that are stored, in the order they came; what came of one that was lost is lost
    with it."""
    if clicks:
        queries, products, positions, kinds = zip(*clicks, strict=True)
        _execute(
            """
            INSERT INTO search_click (query_id, product_id, position, kind)
            SELECT click.query, click.product, click.position, click.kind
              FROM unnest(
                       %(queries)s::uuid[], %(products)s::bigint[],
                       %(positions)s::smallint[], %(kinds)s::text[]
                   ) WITH ORDINALITY click(query, product, position, kind, turn)
              JOIN search_loggedquery asked ON asked.id = click.query
             ORDER BY click.turn
                ON CONFLICT DO NOTHING
            """,
            {
                "queries": list(queries),
                "products": list(products),
                "positions": list(positions),
                "kinds": list(kinds),
            },
        )


def _store_seen(seen: dict[str, set[int]]) -> None:
    if seen:
        told = [{"query": query, "positions": sorted(places)} for query, places in seen.items()]
        _execute(
            """
            UPDATE search_impression shown
               SET seen = (
                       SELECT array_agg(DISTINCT position ORDER BY position)
                         FROM unnest(coalesce(shown.seen, '{}') || told.positions) position
                        WHERE position BETWEEN shown.first
                                           AND shown.first + cardinality(shown.products) - 1
                   )
              FROM jsonb_to_recordset(%(told)s::jsonb) told(query uuid, positions smallint[])
             WHERE shown.query_id = told.query
            """,
            {"told": json.dumps(told)},
        )


def _execute(statement: str, parameters: dict[str, Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
