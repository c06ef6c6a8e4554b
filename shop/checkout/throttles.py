"""How often orders may be placed: by one session, and from one address of the network."""

from __future__ import annotations

import math
from typing import Any

from django.http import HttpRequest
from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle
from rest_framework.views import APIView


class PlacingThrottle(SimpleRateThrottle):
    """Counts by address of the network."""

    scope = "placing"

    def get_cache_key(self, request: Request, view: APIView | None) -> str:
        return self.cache_format % {"scope": self.scope, "ident": self.get_ident(request)}


class SessionPlacingThrottle(PlacingThrottle):
    """Counts by session."""

    scope = "placing-session"

    def get_ident(self, request: Any) -> str:
        return str(request.session.session_key)


def seconds_to_wait(request: HttpRequest) -> int:
    """0 if an order may be placed now, else how long the shopper should wait."""
    for throttle in (SessionPlacingThrottle(), PlacingThrottle()):
        if not throttle.allow_request(request, None):  # type: ignore[arg-type]
            return max(1, math.ceil(throttle.wait() or 1))
    return 0
