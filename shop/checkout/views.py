"""The steps of a checkout, each a page: address, delivery, payment, review.

Each is shown when those before it are complete, and can be gone back to; each POST keeps what was
said and redirects, so going back and reloading do no harm.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from shop.checkout import paying, typed
from shop.checkout.address_forms import AddressForms
from shop.checkout.forms import DeliveryForm, PaymentForm, TermsForm, problems_of
from shop.checkout.limits import seconds_until_placing, too_many_unpaid
from shop.checkout.placing import Changed, Incomplete, NotPlaced, place_order
from shop.checkout.services import choose_delivery, choose_gateway, keep_in_account, say_where
from shop.checkout.steps import Step, marks
from shop.checkout.under_way import UnderWay, begin, last_order, own_checkout
from shop.delivery.offers import countries_served
from shop.delivery.words import days_words
from shop.orders.links import remember
from shop.orders.models import Order
from shop.store.models import LegalPage

# In the session, for the page that follows: what changed; why an order was not placed, which is
# said where that page finds no change itself.
CHANGES = "checkout_changes"
REASON = "checkout_reason"

StepView = Callable[[HttpRequest, UnderWay], HttpResponse]


def step_page(step: Step) -> Callable[[StepView], Callable[[HttpRequest], HttpResponse]]:
    """The page of a step: for a checkout that has come so far, else a redirect that says why."""

    def decorate(view: StepView) -> Callable[[HttpRequest], HttpResponse]:
        @wraps(view)
        @require_http_methods(["GET", "HEAD", "POST"])
        @never_cache
        def page(request: HttpRequest) -> HttpResponse:
            under_way = begin(request)
            if not isinstance(under_way, UnderWay):
                return _nothing_to_check_out(request, under_way)
            if under_way.changes:
                # Told on the page that is shown next, be it this one or another.
                told = request.session.get(CHANGES, [])
                request.session[CHANGES] = [*told, *under_way.changes]
            if step > under_way.first_open:
                request.session.pop(REASON, None)
                messages.warning(request, _why_not_yet(under_way))
                return redirect(under_way.first_open.url)
            if step not in under_way.steps:
                return redirect(under_way.first_open.url)
            return view(request, under_way)

        return page

    return decorate


@step_page(Step.ADDRESS)
def address(request: HttpRequest, under_way: UnderWay) -> HttpResponse:
    """Who orders, where it goes, and where the invoice goes."""
    checkout = under_way.checkout
    user = request.user if request.user.is_authenticated else None
    served = countries_served()
    data = typed.data_of(request, Step.ADDRESS)
    forms = AddressForms(data, checkout=checkout, user=user, served=served)
    if request.method == "POST":
        if not forms.is_valid():
            return _again(request, Step.ADDRESS)
        say_where(
            checkout=checkout,
            email=forms.email,
            shipping=forms.shipping.address(),
            billing=forms.invoice_address,
        )
        if user is not None and (wished := forms.address_to_keep):
            keep_in_account(user=user, address=wished)
        return _on(request, Step.DELIVERY)
    context = {"forms": forms, "served": served, "problems": forms.problems}
    return _render(request, under_way, Step.ADDRESS, context)


@step_page(Step.DELIVERY)
def delivery(request: HttpRequest, under_way: UnderWay) -> HttpResponse:
    """How it is delivered: the ways with price and days for this address and these goods."""
    quote = under_way.quote
    chosen = quote.offer or next(iter(quote.offers), None)
    data = typed.data_of(request, Step.DELIVERY)
    form = DeliveryForm(
        data,
        offers=quote.offers,
        initial={"method": str(chosen.method.pk) if chosen is not None else ""},
    )
    if request.method == "POST":
        if not form.is_valid():
            return _again(request, Step.DELIVERY)
        choose_delivery(checkout=under_way.checkout, method_id=int(form.cleaned_data["method"]))
        return _on(request, Step.PAYMENT if len(under_way.gateways) > 1 else Step.REVIEW)
    shipping = under_way.checkout.shipping_address
    context = {
        "form": form,
        "choices": [
            (radio, offer, days_words(offer.method))
            for radio, offer in zip(form["method"], quote.offers, strict=True)
        ],
        "shipping_lines": shipping.lines() if shipping is not None else [],
        "problems": problems_of([form]),
    }
    return _render(request, under_way, Step.DELIVERY, context)


@step_page(Step.PAYMENT)
def payment(request: HttpRequest, under_way: UnderWay) -> HttpResponse:
    """How it is paid, where there is a choice."""
    names = list(under_way.gateways)
    chosen = under_way.checkout.gateway
    data = typed.data_of(request, Step.PAYMENT)
    form = PaymentForm(
        data,
        labels=under_way.gateways,
        initial={"gateway": chosen if chosen in names else names[0]},
    )
    if request.method == "POST":
        if not form.is_valid():
            return _again(request, Step.PAYMENT)
        choose_gateway(checkout=under_way.checkout, gateway=form.cleaned_data["gateway"])
        return _on(request, Step.REVIEW)
    context = {"form": form, "problems": problems_of([form])}
    return _render(request, under_way, Step.PAYMENT, context)


def review(request: HttpRequest) -> HttpResponse:
    """All that was said, and the button that orders."""
    return _place(request) if request.method == "POST" else _review(request)


@step_page(Step.REVIEW)
def _review(request: HttpRequest, under_way: UnderWay) -> HttpResponse:
    checkout, total = under_way.checkout, under_way.quote.totals.total
    terms = TermsForm(typed.data_of(request, Step.REVIEW))
    shipping, billing = checkout.shipping_address, checkout.billing_address
    pages = {page.kind: page for page in LegalPage.objects.shown().in_language()}
    return _render(
        request,
        under_way,
        Step.REVIEW,
        {
            "shipping_lines": shipping.lines() if shipping is not None else [],
            "billing_lines": billing.lines() if checkout.billing and billing is not None else [],
            "gateway_label": under_way.gateways.get(checkout.gateway, ""),
            "cannot_pay": bool(total) and not under_way.gateways,
            "days": days_words(under_way.quote.offer.method) if under_way.quote.offer else "",
            "key": str(checkout.key),
            "total": f"{total} {under_way.quote.totals.currency}",
            "legal": pages,
            "terms": terms if LegalPage.Kind.TERMS in pages else None,
            "problems": problems_of([terms]),
        },
    )


@never_cache
def _place(request: HttpRequest) -> HttpResponse:
    """Place the order of the checkout that the form names, at the total that it showed."""
    checkout = own_checkout(request, request.POST.get("key", ""))
    if checkout is None:
        return _nothing_to_check_out(request, [])
    if checkout.order is not None:
        return _to_payment(request, checkout.order)
    if wait := seconds_until_placing(request):
        messages.error(
            request,
            ngettext(
                "That was often. Nothing is lost: place the order again in %(number)d second.",
                "That was often. Nothing is lost: place the order again in %(number)d seconds.",
                wait,
            )
            % {"number": wait},
        )
        return redirect(Step.REVIEW.url)
    if waiting := too_many_unpaid(request, checkout):
        messages.error(
            request,
            ngettext(
                "%(number)d order of yours waits to be paid. Pay it or cancel it, then order more.",
                "%(number)d orders of yours wait to be paid. Pay or cancel one, then order more.",
                waiting,
            )
            % {"number": waiting},
        )
        return redirect(Step.REVIEW.url)
    has_terms = LegalPage.objects.shown().filter(kind=LegalPage.Kind.TERMS).exists()
    if has_terms and not TermsForm(request.POST).is_valid():
        return _again(request, Step.REVIEW)
    try:
        total, currency = _total(request)
        order = place_order(key=checkout.key, total=total, currency=currency, request=request)
    except Incomplete as why:
        messages.warning(request, str(why))
        return redirect(Step.REVIEW.url)  # which leads to the step that is open
    except Changed as why:
        request.session[REASON] = str(why)
        return redirect(Step.REVIEW.url)
    except NotPlaced as why:
        messages.warning(request, str(why))
        return redirect("cart:page")
    return _to_payment(request, order)


def _on(request: HttpRequest, step: Step) -> HttpResponse:
    """What was said is kept: on to a step, or to the first open one before it."""
    typed.forget(request)
    return redirect(step.url)


def _again(request: HttpRequest, step: Step) -> HttpResponse:
    """Something is not right: the same page, which says so."""
    typed.keep(request, step)
    return redirect(step.url)


def _to_payment(request: HttpRequest, order: Order) -> HttpResponse:
    typed.forget(request)
    remember(request, order.number)
    return redirect(paying.address_to_pay(request, order))


def _total(request: HttpRequest) -> tuple[Decimal, str]:
    """The total that the form showed, and its currency.

    What no form of ours sends is no total that could fit.
    """
    amount, _space, currency = request.POST.get("total", "").partition(" ")
    try:
        total = Decimal(amount)
    except InvalidOperation:
        return Decimal(-1), currency
    return (total if total.is_finite() else Decimal(-1)), currency


def _nothing_to_check_out(request: HttpRequest, changes: list[str]) -> HttpResponse:
    """To the order, if it was placed; else to the cart, with words."""
    order = last_order(request)
    if order is not None:
        remember(request, order.number)
        return redirect(order)
    changes = _to_be_told(request, changes)
    for words in changes:
        messages.warning(request, words)
    if not changes:
        messages.info(
            request,
            _(
                "There is nothing to check out. If you have ordered already: the mail that "
                "confirms the order has a link to it."
            ),
        )
    return redirect("cart:page")


def _to_be_told(request: HttpRequest, more: list[str]) -> list[str]:
    changes = [*request.session.pop(CHANGES, []), *more]
    reason = request.session.pop(REASON, "")
    return changes or ([reason] if reason else [])


def _why_not_yet(under_way: UnderWay) -> str:
    if under_way.first_open is Step.DELIVERY and under_way.checkout.delivery_method_id:
        return _("The delivery that you chose is no longer offered for this order. Choose again.")
    return {
        Step.ADDRESS: _("First say where the order goes."),
        Step.DELIVERY: _("First choose how the order is delivered."),
        Step.PAYMENT: _("First choose how to pay."),
    }.get(under_way.first_open, "")


def _render(
    request: HttpRequest, under_way: UnderWay, step: Step, context: dict[str, Any]
) -> HttpResponse:
    offer, checkout = under_way.quote.offer, under_way.checkout
    framed = {
        "checkout": checkout,
        "items": under_way.lines,
        "totals": under_way.quote.totals,
        "voucher_code": _voucher_code(under_way),
        "delivery_name": offer.method.name if offer is not None else "",
        "delivery_open": _("chosen in the next step")
        if step is Step.ADDRESS
        else _("not chosen yet"),
        "is_estimate": offer is None,
        "changes": _to_be_told(request, []),
        "marks": marks(under_way.steps, current=step, first=under_way.first_open),
        "step": step,
        "offer": offer,
        "back_url": _before(under_way.steps, step),
    }
    return render(request, f"checkout/{step.name.lower()}.html", framed | context)


def _before(steps: list[Step], step: Step) -> str:
    place = steps.index(step)
    return steps[place - 1].url if place else reverse("cart:page")


def _voucher_code(under_way: UnderWay) -> str:
    voucher = under_way.quote.voucher
    return voucher.code if voucher is not None and not under_way.quote.voucher_problem else ""
