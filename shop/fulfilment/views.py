"""A shopper's own cancelling."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shop.fulfilment.services import BY_SHOPPER, cancel_order
from shop.orders.models import Order
from shop.orders.services import NotPossible
from shop.orders.states import IllegalTransition, State


@require_POST
def cancel(request: HttpRequest, number: str) -> HttpResponse:
    """Cancel one's own order, until it is packed. Twice is as good as once."""
    order = get_object_or_404(Order.objects.visible_to(request), number=number)
    user = request.user if isinstance(request.user, User) else None
    try:
        order = cancel_order(
            order_id=order.pk,
            actor=user,
            note=_("Cancelled by the shopper."),
            only_from=BY_SHOPPER,
        )
    except (IllegalTransition, NotPossible):
        order.refresh_from_db()
        if order.state not in (State.CANCELLED, State.REFUNDED):
            messages.error(
                request,
                _(
                    "The order is being sent and can no longer be cancelled. You can send it back "
                    "when it is there."
                ),
            )
        return redirect(order)
    if order.is_paid and order.total:
        messages.success(request, _("Your order is cancelled. What you paid is given back."))
    else:
        messages.success(request, _("Your order is cancelled."))
    return redirect(order)
