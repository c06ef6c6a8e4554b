"""How often orders may be placed: by one session, and from one address of the network; and how many
may wait to be paid, for each holds stock that others would buy."""

from __future__ import annotations

import math
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle
from rest_framework.views import APIView

from shop.checkout.models import Checkout
from shop.orders.models import SESSION_KEY, Order
from shop.orders.states import State

# More than anybody forgets to pay within half an hour.
MOST_UNPAID = 3


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


def too_many_unpaid(request: HttpRequest, checkout: Checkout) -> int:
    """How many orders of this session, account or e-mail wait to be paid, if these are too many."""
    mine = Q(number__in=request.session.get(SESSION_KEY, [])) | Q(email__iexact=checkout.email)
    if checkout.user_id is not None:
        mine |= Q(user=checkout.user_id)
    waiting = Order.objects.filter(mine, state=State.PLACED).count()
    return waiting if waiting >= MOST_UNPAID else 0
