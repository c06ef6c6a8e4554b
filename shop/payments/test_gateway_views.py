"""The page of the test gateway, where a shopper says how paying is to go."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from shop.money import formatted
from shop.orders.models import Order
from shop.payments import test_gateway
from shop.payments.models import Payment, TestCharge

State = TestCharge.State


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def page(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    charge, payment = _find(request, key)
    if charge.state == State.CHALLENGED:
        return redirect("payments:test-confirm", key=key)
    if request.method == "POST":
        return _act(request, charge)
    return render(request, "payments/test_page.html", _context(charge, payment))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def confirm(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The further step: what a bank asks its customers, as by 3-D Secure."""
    charge, payment = _find(request, key)
    if charge.state != State.CHALLENGED:
        return redirect("payments:test", key=key)
    if request.method == "POST":
        if request.POST.get("action") == "confirm":
            test_gateway.pay(charge)
        else:
            test_gateway.decline(charge, error=_("Your bank did not confirm the payment."))
        return redirect(charge.return_url)
    return render(request, "payments/test_confirm.html", _context(charge, payment))


def _act(request: HttpRequest, charge: TestCharge) -> HttpResponse:
    action = request.POST.get("action", "")
    if action == "challenge" and test_gateway.challenge(charge):
        return redirect("payments:test-confirm", key=charge.key)
    if action == "pay":
        charge.refuses_refunds = "refuses_refunds" in request.POST
        charge.save(update_fields=["refuses_refunds"])
        test_gateway.pay(charge)
    elif action == "decline":
        test_gateway.decline(charge)
    elif action == "late":
        test_gateway.take_a_while(charge)
    # "timeout": nothing happens, and nothing is ever told.
    return redirect(charge.return_url)


def _find(request: HttpRequest, key: uuid.UUID) -> tuple[TestCharge, Payment]:
    """The charge of one's own order. Raises `Http404` for any other."""
    if "test" not in settings.PAYMENT_GATEWAYS:
        raise Http404
    mine = Payment.objects.filter(order__in=Order.objects.visible_to(request), gateway="test")
    payment = mine.select_related("order").filter(key=key).first()
    charge = TestCharge.objects.filter(key=key).first()
    if payment is None or charge is None:
        raise Http404
    return charge, payment


def _context(charge: TestCharge, payment: Payment) -> dict[str, object]:
    return {
        "charge": charge,
        "order": payment.order,
        "amount": formatted(charge.amount, charge.currency),
        "open": charge.state in (State.OPEN, State.CHALLENGED),
        "under_way": charge.state == State.PROCESSING,
    }
