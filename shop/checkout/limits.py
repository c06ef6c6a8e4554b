"""How often orders may be placed: by one session, and from one address of the network; and how many
may wait to be paid, for each holds stock that others would buy."""

from __future__ import annotations

from django.db.models import Q
from django.http import HttpRequest

from shop.checkout.models import Checkout
from shop.orders.models import SESSION_KEY, Order
from shop.orders.states import State
from shop.throttles import seconds_to_wait

# More than anybody forgets to pay within half an hour.
MOST_UNPAID = 3


def seconds_until_placing(request: HttpRequest) -> int:
    """0 if an order may be placed now, else how long the shopper should wait."""
    session = str(request.session.session_key)
    return seconds_to_wait(request, scope="placing-session", who=session) or seconds_to_wait(
        request, scope="placing"
    )


def too_many_unpaid(request: HttpRequest, checkout: Checkout) -> int:
    """How many orders of this session, account or e-mail wait to be paid, if these are too many."""
    mine = Q(number__in=request.session.get(SESSION_KEY, [])) | Q(email__iexact=checkout.email)
    if checkout.user_id is not None:
        mine |= Q(user=checkout.user_id)
    waiting = Order.objects.filter(mine, state=State.PLACED).count()
    return waiting if waiting >= MOST_UNPAID else 0
