"""Which search led this visitor to which product: for carts and orders that follow.

It is in the cache, for hours, under a secret that only the visitor's session knows; no event says
whose it is. Not in the session itself, whose row stays on a disk, beside an account's key where
there is one, long after its time; and where two pages that are opened at once would overwrite each
other's.
"""

from __future__ import annotations

import hashlib
import secrets
import time
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from search.photos import VISITOR

# From the click, and again from the cart, as far as an order is taken for what came of it.
KEEP_SECONDS = 4 * 3600
MOST = 20


@dataclass(frozen=True)
class Step:
    """A result that this visitor opened."""

    query_id: UUID
    product_id: int
    position: int


# A step as it is kept: query id, product, position, time.
_Row = tuple[str, int, int, int]


def add(request: HttpRequest, step: Step) -> None:
    """Remember the step; for a product that is remembered, the newest search counts."""
    # A secret of ours, in the session's data: a session's own key may be a visitor's invention.
    visitor = request.session.setdefault(VISITOR, secrets.token_urlsafe(18))
    rest = [row for row in _rows(visitor) if row[1] != step.product_id]
    row = (step.query_id.hex, step.product_id, step.position, int(time.time()))
    cache.set(_key(visitor), [row, *rest][:MOST], KEEP_SECONDS)


def find(request: HttpRequest, product_id: int) -> Step | None:
    """The search that led to the product, if one did lately."""
    for query_id, product, position, _ in _rows(_visitor(request)):
        if product == product_id:
            return Step(UUID(query_id), product, position)
    return None


def forget(request: HttpRequest) -> None:
    """Leave nothing."""
    if visitor := _visitor(request):
        cache.delete(_key(visitor))


def has_session(request: HttpRequest) -> bool:
    """Whether this visitor has a session, or has just been given one. Without one nothing is read
    of it, so that the page is everybody's, and stays without `Vary: Cookie`."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES or request.session.modified


def _visitor(request: HttpRequest) -> str:
    visitor: str = request.session.get(VISITOR, "") if has_session(request) else ""
    return visitor


def _rows(visitor: str) -> list[_Row]:
    oldest = time.time() - KEEP_SECONDS
    found: list[_Row] = cache.get(_key(visitor), []) if visitor else []
    return [row for row in found if row[3] >= oldest]


def _key(visitor: str) -> str:
    return f"search-trail:{hashlib.sha256(visitor.encode()).hexdigest()}"
