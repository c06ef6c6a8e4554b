"""How often one visitor may search: words and photos have rates of their own.

The page and the API share them, so that neither is a way round the other.
"""

from __future__ import annotations

import math
from typing import Any

from django.http import HttpRequest
from django.utils.translation import ngettext
from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle
from rest_framework.views import APIView


class SearchThrottle(SimpleRateThrottle):
    """Counts by address: a POST, which may carry a photo, as "photo", others as "search"."""

    scope = "search"

    def __init__(self) -> None:
        """Rates are looked up for each request, when its scope is known."""

    def allow_request(self, request: Any, view: APIView | None) -> bool:
        self.scope = "photo" if request.method == "POST" else "search"
        self.rate = self.get_rate()
        self.num_requests, self.duration = self.parse_rate(self.rate)
        return bool(super().allow_request(request, view))  # type: ignore[arg-type]

    def get_cache_key(self, request: Request, view: APIView | None) -> str:
        return self.cache_format % {"scope": self.scope, "ident": self.get_ident(request)}


def seconds_to_wait(request: HttpRequest) -> int:
    """0 if the request may go on, else how long its sender should wait."""
    throttle = SearchThrottle()
    if throttle.allow_request(request, None):
        return 0
    return max(1, math.ceil(throttle.wait() or 1))


def too_many_searches(wait: int) -> str:
    """What is said to somebody who has to wait so many seconds."""
    told = ngettext(
        "That was a lot of searches. Please go on in %(count)d second.",
        "That was a lot of searches. Please go on in %(count)d seconds.",
        wait,
    )
    return told % {"count": wait}
