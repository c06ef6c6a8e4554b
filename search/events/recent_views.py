"""What this visitor looked at, where they asked the shop to remember it.

It is in the visitor's own session and nowhere else: nothing before they turn it on, at most `MOST`
products, none longer than `KEEP_DAYS`; "forget" deletes it in that request.
"""

from __future__ import annotations

import time
from typing import Any

from django.http import HttpRequest

from search.events.trail import has_session

SESSION = "recent-views"  # absent: off; else a list of [product, time], newest first
MOST = 30
KEEP_DAYS = 30


def is_on(request: HttpRequest) -> bool:
    """Whether this visitor has asked to be remembered."""
    return has_session(request) and SESSION in request.session


def turn_on(request: HttpRequest) -> None:
    """Remember what is looked at from now on."""
    request.session.setdefault(SESSION, [])


def turn_off(request: HttpRequest) -> None:
    """Remember nothing from now on, and forget what there is."""
    if is_on(request):
        del request.session[SESSION]


def forget(request: HttpRequest) -> None:
    """Forget what there is; what is looked at from now on is remembered, if it was before."""
    if is_on(request):
        request.session[SESSION] = []


def add(request: HttpRequest, product_id: int) -> None:
    """The visitor looks at a product; nothing where nothing is to be remembered."""
    if is_on(request):
        rest = [row for row in _rows(request) if row[0] != product_id]
        request.session[SESSION] = [[product_id, int(time.time())], *rest][:MOST]


def recent_views(request: HttpRequest) -> list[int]:
    """The keys of the products looked at, each once, the last one first; none where it is off."""
    return [row[0] for row in _rows(request)] if is_on(request) else []


def _rows(request: HttpRequest) -> list[list[Any]]:
    oldest = time.time() - KEEP_DAYS * 24 * 3600
    return [row for row in request.session[SESSION] if row[1] >= oldest]
