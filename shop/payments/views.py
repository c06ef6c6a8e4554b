"""Where shoppers come back from paying, choose again, and where gateways report."""

from __future__ import annotations

import logging
import uuid

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shop.money import formatted
from shop.orders.models import Order
from shop.orders.states import State
from shop.payments import services, webhooks
from shop.payments.gateways import BadSignature, GatewayError, Outcome
from shop.payments.links import addresses
from shop.payments.models import Payment
from shop.payments.registry import available_gateways

logger = logging.getLogger(__name__)

# More than any event is long.
MOST_BYTES = 256 * 1024
# Seconds until the waiting page looks again: at first soon, then less and less often.
FIRST_LOOK, LAST_LOOK = 3, 30


@require_safe
@never_cache
def came_back(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The shopper was sent back: whatever the address says, the gateway is asked."""
    mine = Payment.objects.filter(order__in=Order.objects.visible_to(request))
    payment = get_object_or_404(mine, key=key)
    outcome: Outcome | None = None
    try:
        payment, outcome = services.refresh(payment_id=payment.pk)
    except GatewayError as error:
        logger.warning("Payment %s cannot be asked for: %s", payment.pk, error)
    order = Order.objects.get(pk=payment.order_id)
    if payment.state == Payment.State.MISMATCH:
        return _over(
            request,
            order,
            _("Something is not right with this payment"),
            _("Another amount reached us than was asked for. We look at it and write to you."),
        )
    if order.is_paid and order.state != State.CANCELLED:
        # The order's page says thank you: once.
        return redirect(f"{order.get_absolute_url()}?placed=1")
    if order.state != State.PLACED:
        words = _("This order was cancelled.")
        if payment.state == Payment.State.SUCCEEDED:
            words = _("Your payment came after the order was cancelled. It goes back to you.")
        return _over(request, order, _("This order was cancelled"), words)
    left_the_page = "cancelled" in request.GET and not (outcome and outcome.under_way)
    if payment.is_open and not left_the_page:
        return _waiting(request, order, under_way=bool(outcome and outcome.under_way))
    if payment.is_open:
        heading, words = _("You have not paid yet"), _("Your order is kept for you meanwhile.")
    else:
        heading = _("The payment did not go through")
        words = payment.error or _("It was given up before it was done.")
    return _choose(request, order, heading=heading, words=words)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def retry(request: HttpRequest, number: str) -> HttpResponse:
    """Pay an order that was placed and not paid: choose how, and off to the gateway."""
    order = get_object_or_404(Order.objects.visible_to(request), number=number)
    if not services.is_payable(order):
        return redirect(order)
    if request.method != "POST":
        return _choose(
            request,
            order,
            heading=_("Pay your order"),
            words=_("Your order is kept for you meanwhile."),
        )
    names = [gateway.name for gateway in available_gateways()]
    chosen = request.POST.get("gateway") or order.gateway
    if chosen not in names:
        return _choose(request, order, problem=_("Choose one of these."), status=400)
    try:
        started = services.start_payment(order_id=order.pk, gateway=chosen, **addresses(request))
    except services.NotPayable as error:
        messages.warning(request, str(error))
        return redirect(order)
    except GatewayError as error:
        return _choose(request, order, problem=str(error), status=503)
    return redirect(started.redirect_url or order.get_absolute_url())


@csrf_exempt
@require_POST
def webhook(request: HttpRequest, gateway: str) -> HttpResponse:
    """What a gateway reports is checked and stored, and acted on later."""
    if gateway not in settings.PAYMENT_GATEWAYS:
        raise Http404
    body = request.read(MOST_BYTES + 1)
    if len(body) > MOST_BYTES:
        return HttpResponse(status=413)
    try:
        webhooks.receive(gateway=gateway, body=body, headers=request.headers)
    except BadSignature:
        logger.warning("A webhook for %s was not signed by it.", gateway)
        return HttpResponse(status=400)
    return HttpResponse(status=200)


def _waiting(request: HttpRequest, order: Order, *, under_way: bool) -> HttpResponse:
    tries = request.GET.get("tries", "")
    looked = min(int(tries), 99) if tries.isdecimal() and len(tries) < 4 else 0
    context = {
        "order": order,
        "amount": formatted(order.total, order.currency),
        "under_way": under_way,
        "look_in": min(FIRST_LOOK + looked, LAST_LOOK),
        "tries": looked + 1,
        "slow": looked > 5,
    }
    return render(request, "payments/waiting.html", context)


def _choose(
    request: HttpRequest,
    order: Order,
    *,
    heading: str = "",
    words: str = "",
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    if not services.is_payable(order):
        return _over(
            request,
            order,
            heading or _("This order is not to be paid any more"),
            _("The time to pay this order is over. What was in it is on sale again."),
        )
    gateways = available_gateways()
    names = [gateway.name for gateway in gateways]
    context = {
        "order": order,
        "amount": formatted(order.total, order.currency),
        "gateways": gateways,
        "chosen": order.gateway if order.gateway in names else next(iter(names), ""),
        "heading": heading or _("Pay your order"),
        "words": words,
        "problem": problem,
    }
    return render(request, "payments/choose.html", context, status=status)


def _over(request: HttpRequest, order: Order, heading: str, words: str) -> HttpResponse:
    context = {"order": order, "heading": heading, "words": words}
    return render(request, "payments/over.html", context)
