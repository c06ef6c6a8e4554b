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
    def __init__(self, scope: str, who: str) -> None:
        self.scope, self.who = scope, who
        super().__init__()

    def get_cache_key(self, request: Any, view: Any) -> str:
        ident = self.who or self.get_ident(request)
        return self.cache_format % {"scope": self.scope, "ident": ident}


def seconds_to_wait(request: HttpRequest, *, scope: str, who: str = "") -> int:
    """0 if the sender may do one more of `scope` now, else how long to wait; counts the try.

    The sender is told by their address, or by `who` (the key of a session, say).
    """
    throttle = _Throttle(scope, who)
    # DRF asks for its own request and a view, and looks at neither.
    if throttle.allow_request(cast(Request, request), cast(APIView, None)):
        return 0
    return max(1, math.ceil(throttle.wait() or 1))
