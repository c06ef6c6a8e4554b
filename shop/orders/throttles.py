"""How often one visitor may have links mailed."""

from __future__ import annotations

from typing import Any

from rest_framework.throttling import SimpleRateThrottle


class FindOrderThrottle(SimpleRateThrottle):
    """By address of the network."""

    scope = "find-order"
    rate = "10/min"

    def get_cache_key(self, request: Any, view: Any) -> str:
        return self.cache_format % {"scope": self.scope, "ident": self.get_ident(request)}
