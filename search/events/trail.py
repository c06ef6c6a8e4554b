"""Which search led this visitor to which product: for carts and orders that follow.

It is in the visitor's own session, for hours, bounded, and nowhere else: no event says whose it is.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest

SESSION = "search-trail"
# From the click, and again from the cart, as far as an order is taken for what came of it.
KEEP_SECONDS = 4 * 3600
MOST = 20


@dataclass(frozen=True)
class Step:
    """A result that this visitor opened."""

    query_id: UUID
    product_id: int
    position: int


def add(request: HttpRequest, step: Step) -> None:
    """Remember the step; for a product that is remembered, the newest search counts."""
    rest = [row for row in _rows(request) if row[1] != step.product_id]
    row = [step.query_id.hex, step.product_id, step.position, int(time.time())]
    request.session[SESSION] = [row, *rest][:MOST]


def find(request: HttpRequest, product_id: int) -> Step | None:
    """The search that led to the product, if one did lately."""
    for query_id, product, position, _ in _rows(request):
        if product == product_id:
            return Step(UUID(query_id), product, position)
    return None


def forget(request: HttpRequest) -> None:
    """Leave nothing."""
    if has_session(request):
        request.session.pop(SESSION, None)


def has_session(request: HttpRequest) -> bool:
    """Whether this visitor has a session, or has just been given one. Without one nothing is read
    of it, so that the page is everybody's, and stays without `Vary: Cookie`."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES or request.session.modified


def _rows(request: HttpRequest) -> list[list[Any]]:
    if not has_session(request):
        return []
    oldest = time.time() - KEEP_SECONDS
    return [row for row in request.session.get(SESSION, []) if row[3] >= oldest]
