"""A search was answered, a result was opened or seen: what requests tell, in one round trip each.

Nothing here raises for a store that is down, and nothing that a request says of its sender is read
but whether it may be counted (`search.events.countable`).
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from rest_framework.request import Request

from search.events import buffer, query_ids, words
from search.events.buffer import Event, Shown
from search.events.countable import countable
from search.events.models import Click, Impression, LoggedQuery
from search.query import PAGE_SIZE, SearchQuery
from search.seen import traits_of
from search.service import SearchPage

logger = logging.getLogger(__name__)

MOST_TRAITS = 2_000  # characters of JSON


def record_search(
    query: SearchQuery,
    page: SearchPage,
    *,
    request: HttpRequest | Request,
    confident: bool | None = None,
    traits: Mapping[str, Any] | None = None,
) -> str:
    """Keep that `query` was answered with `page`; gives its query id, 32 hexadecimal digits.

    The id goes with the results: links as `?from=`, the API's object as `query_id`, and the page
    as `data-query-id` beside `data-first-position`. It is "" where nothing is kept: events are off,
    the request is not to be counted, or Redis is down.

    `confident`: False where the search says that nothing is close; None where it does not judge.
    `traits`: what was read from a photo, as JSON's own types; not given: as `search.seen` sees it.
    """
    if not countable(request):
        return ""
    query_id = query_ids.new(timezone.now())
    # A search that cannot be recorded is a search all the same.
    try:
        if traits is None:
            # Later pages are the same search.
            traits = traits_of(query.photo) if query.photo and query.page == 1 else {}
        event, shown = _as_event(query_id, query, page, confident, traits)
        return query_id.hex if buffer.append([event], shown=(query_id, shown)) else ""
    except Exception:
        logger.exception("A search could not be recorded.")
        return ""


def _as_event(
    query_id: UUID,
    query: SearchQuery,
    page: SearchPage,
    confident: bool | None,
    traits: Mapping[str, Any],
) -> tuple[Event, Shown]:
    shown = Shown(first_position(page), [result.product.pk for result in page.results])
    if len(json.dumps(traits)) > MOST_TRAITS:
        logger.warning("What was read from a photo is not kept: more than %d.", MOST_TRAITS)
        traits = {}
    event = {
        "type": "query",
        "id": query_id.hex,
        "kind": kind_of(query),
        "words": words.normalised(query.text),
        "filters": _filters(query),
        "traits": dict(traits),
        "page": query.page,
        "found": page.total,
        "confident": confident,
        "facts": {
            "ways": {str(leg): str(way) for leg, way in page.facts.ways.items()},
            "ms": round(page.facts.milliseconds.get("total", 0.0), 1),
        },
        "first": shown.first,
        "products": shown.products,
    }
    return event, shown


def first_position(page: SearchPage) -> int:
    """The position of the page's first result; the best of all pages has 1."""
    return (page.number - 1) * PAGE_SIZE + 1


def kind_of(query: SearchQuery) -> LoggedQuery.Kind:
    if query.like is not None:
        return LoggedQuery.Kind.LIKE
    if query.photo is not None:
        return LoggedQuery.Kind.BOTH if query.text else LoggedQuery.Kind.PHOTO
    return LoggedQuery.Kind.WORDS if query.text else LoggedQuery.Kind.BROWSE


def _filters(query: SearchQuery) -> dict[str, str]:
    """Those in force, by name, as an address says them."""
    filters = {
        "like": query.like.slug if query.like else "",
        "category": query.category.slug if query.category else "",
        "brand": query.brand,
        "price_min": "" if query.price_min is None else str(query.price_min),
        "price_max": "" if query.price_max is None else str(query.price_max),
        "in_stock": "1" if query.in_stock else "",
        "picture_color": query.picture_color,
        # Sorted by price, places say nothing of matches: with a filter, nobody learns from them.
        "sort": query.sort,
        **{name: value.slug for name, value in query.values.items()},
    }
    return {name: value for name, value in filters.items() if value}


# --- What came of it ----------------------------------------------------------------------------


def shown_by(query_id: UUID) -> Shown | None:
    """What a search showed; None if there is no such search, or if nobody knows any more."""
    found = buffer.shown(query_id)
    if found is None:
        rows = Impression.objects.filter(pk=query_id).values_list("first", "products")
        stored = rows.first()
        found = Shown(*stored) if stored else None
    return found


def clicked(query_id: UUID, product_id: int, position: int, kind: Click.Kind) -> Event:
    """The event that a result was opened, put in the cart or bought."""
    return {
        "type": str(kind),
        "id": query_id.hex,
        "product": product_id,
        "position": position,
    }


def seen(query_id: UUID, positions: Sequence[int]) -> Event:
    """The event that these positions came into view."""
    return {"type": "impression", "id": query_id.hex, "positions": sorted(set(positions))}


def keep(events: Sequence[Event]) -> bool:
    """Keep what came of searches: each event once, whoever tells it how often. False while they
    cannot be kept."""
    by_query: dict[str, list[Event]] = {}
    for event in events:
        by_query.setdefault(event["id"], []).append(event)
    fresh = []
    for query_id, told in by_query.items():
        names = [_name(event) for event in told]
        new = buffer.is_new(UUID(query_id), names)
        fresh += [event for event, is_new in zip(told, new, strict=True) if is_new]
    return buffer.append(fresh) if fresh else True


def _name(event: Event) -> str:
    about = event["product"] if "product" in event else event["positions"]
    return f"{event['type']}:{about}"
