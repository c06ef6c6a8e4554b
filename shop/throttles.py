"""Limits on forms that cost: so many of one kind from one address in a time.

The rates stand in the settings (`DEFAULT_THROTTLE_RATES`), by kind. Without the cache nobody waits.
"""

from __future__ import annotations

import math
from typing import Any, cast

from django.http import HttpRequest
from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle
from rest_framework.views import APIView


class _Throttle(SimpleRateThrottle):
    def __init__(self, scope: str) -> None:
        self.scope = scope
        super().__init__()

    def get_cache_key(self, request: Any, view: Any) -> str:
        return self.cache_format % {"scope": self.scope, "ident": self.get_ident(request)}


def seconds_to_wait(request: HttpRequest, *, scope: str) -> int:
    """0 if the sender may do one more of `scope` now, else how long to wait; counts the try."""
    throttle = _Throttle(scope)
    # DRF asks for its own request and a view, and looks at neither.
    if throttle.allow_request(cast(Request, request), cast(APIView, None)):
        return 0
    return max(1, math.ceil(throttle.wait() or 1))
