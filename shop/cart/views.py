"""The cart's page, and what is done on it. Other pages add to the cart by `add`.

Each change is a POST: a form without scripts is answered with a redirect, htmx with the part of the
page that changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from shop.cart.estimates import choose_country, country_of, estimate
from shop.cart.forms import CountryForm, LineForm, QuantityForm, VoucherForm
from shop.cart.lines import lines_shown
from shop.cart.models import MOST_OF_ONE, Cart
from shop.cart.review import review_cart
from shop.cart.services import (
    NotAdded,
    add_to_cart,
    apply_voucher,
    cart_of,
    cart_or_new,
    remove_voucher,
    set_quantity,
)
from shop.catalog.models import Variant
from shop.delivery.offers import countries_served
from shop.promotions.services import Customer, VoucherRejected

# In the session: what was just taken out, for the page that follows to offer it again.
REMOVED = "cart_removed"


@require_safe
@never_cache
def page(request: HttpRequest) -> HttpResponse:
    return _show(request, removed=request.session.pop(REMOVED, None))


@require_POST
@never_cache
def add(request: HttpRequest) -> HttpResponse:
    """Put a variant into the cart, from any page; back to `next`, which must be of this shop."""
    form = LineForm({"quantity": "1", **request.POST.dict()})
    problem = told = ""
    if not form.is_valid():
        problem = form.reason()
    else:
        try:
            added = add_to_cart(
                request=request,
                sku=form.cleaned_data["variant"],
                quantity=form.cleaned_data["quantity"],
            )
        except NotAdded as reason:
            problem = str(reason)
        else:
            told = _added_words(added.line.variant, added.quantity, added.message)
    if request.htmx:
        context = {"problem": problem, "told": told, "cart_link_swaps": True}
        return render(request, "cart/_added.html", context)
    if problem:
        messages.error(request, problem)
    else:
        link = reverse("cart:page")
        messages.success(
            request, format_html('{} <a href="{}">{}</a>', told, link, _("Go to the cart"))
        )
    return redirect(_next(request))


@require_POST
@never_cache
def update(request: HttpRequest) -> HttpResponse:
    """Have so many of a line; 0 takes it out."""
    form = QuantityForm(request.POST)
    sku = request.POST.get("variant", "")
    if not form.is_valid():
        return _show(request, errors={sku: (request.POST.get("quantity", ""), form.reason())})
    if form.cleaned_data["quantity"] == 0:
        return remove(request)
    cart, variant = cart_of(request), _variant_held(request, sku)
    if cart is None or variant is None:
        return _done(request, [_("That was no longer in the cart.")])
    told = set_quantity(cart=cart, variant_id=variant.pk, quantity=form.cleaned_data["quantity"])
    return _done(request, [told] if told else [])


@require_POST
@never_cache
def remove(request: HttpRequest) -> HttpResponse:
    """Take a line out; the page that follows offers to put it back."""
    cart, variant = cart_of(request), _variant_held(request, request.POST.get("variant", ""))
    removed = None
    if cart is not None and variant is not None:
        line = cart.lines.get(variant=variant)
        removed = {
            "sku": variant.sku,
            "quantity": line.quantity,
            "title": variant.product.title,
        }
        set_quantity(cart=cart, variant_id=variant.pk, quantity=0)
    return _done(request, removed=removed)


@require_POST
@never_cache
def undo(request: HttpRequest) -> HttpResponse:
    """Put back what was taken out."""
    form = LineForm(request.POST)
    if not form.is_valid():
        return _done(request)
    variant = Variant.objects.for_sale().filter(sku=form.cleaned_data["variant"]).first()
    if variant is None:
        return _done(request, [_("This is no longer sold.")])
    told = set_quantity(
        cart=cart_or_new(request),
        variant_id=variant.pk,
        quantity=form.cleaned_data["quantity"],
    )
    return _done(request, [told] if told else [])


@require_POST
@never_cache
def voucher(request: HttpRequest) -> HttpResponse:
    """Use a voucher; without a code, none any more."""
    cart = cart_of(request)
    if cart is None:
        return _done(request)
    if "remove" in request.POST:
        remove_voucher(cart=cart)
        return _done(request)
    form = VoucherForm(request.POST)
    if form.is_valid():
        try:
            apply_voucher(cart=cart, code=form.cleaned_data["code"], customer=_customer(request))
        except VoucherRejected as reason:
            form.add_error("code", str(reason))
        else:
            return _done(request)
    return _show(request, voucher_form=form)


@require_POST
@never_cache
def country(request: HttpRequest) -> HttpResponse:
    """Estimate delivery and tax for another country."""
    cart = cart_of(request)
    form = CountryForm(request.POST, codes=countries_served())
    if cart is None:
        return _done(request)
    if not form.is_valid():
        return _show(request, country_form=form)
    choose_country(cart=cart, country=form.cleaned_data["country"])
    return _done(request)


def _show(
    request: HttpRequest,
    *,
    told: Sequence[str] = (),
    removed: dict[str, Any] | None = None,
    errors: dict[str, tuple[str, str]] | None = None,
    voucher_form: VoucherForm | None = None,
    country_form: CountryForm | None = None,
) -> HttpResponse:
    """The page, for htmx its part. `errors` has what was typed, and why not, by SKU."""
    context: dict[str, Any] = {"removed": removed, "most_of_one": MOST_OF_ONE}
    context["cart_link_swaps"] = bool(request.htmx)
    changes = list(told)
    cart = cart_of(request)
    if cart is not None:
        changes += [change.text for change in review_cart(cart=cart)]
        context |= _context_of(request, cart, errors or {}, voucher_form, country_form)
    context["changes"] = changes
    wrong = any(form is not None for form in (errors, voucher_form, country_form))
    template = "cart/_answer.html" if request.htmx else "cart/page.html"
    # htmx swaps in what is answered with 200.
    return render(request, template, context, status=400 if wrong and not request.htmx else 200)


def _context_of(
    request: HttpRequest,
    cart: Cart,
    errors: dict[str, tuple[str, str]],
    voucher_form: VoucherForm | None,
    country_form: CountryForm | None,
) -> dict[str, Any]:
    cart = Cart.objects.select_related("voucher").get(pk=cart.pk)
    lines = list(cart.lines.in_full())
    found = estimate(cart=cart, lines=lines, customer=_customer(request))
    codes = countries_served()
    code = country_of(cart)
    return {
        "items": lines_shown(lines, found.totals, errors),
        "totals": found.totals,
        "is_estimate": True,
        "delivery_name": found.offer.method.name if found.offer else "",
        "delivery_open": _why_no_delivery(codes, code),
        "voucher_code": cart.voucher.code if cart.voucher else "",
        "voucher_problem": found.voucher_problem,
        "voucher_form": voucher_form or VoucherForm(),
        "country_form": country_form
        or CountryForm(initial={"country": code if code in codes else ""}, codes=codes),
    }


def _why_no_delivery(served: list[str], country: str) -> str:
    if country not in served:
        return _("choose a country")
    return _("not possible for these goods")


def _done(
    request: HttpRequest,
    told: Sequence[str] = (),
    removed: dict[str, Any] | None = None,
) -> HttpResponse:
    """After a change: the cart as it is now. Without htmx the page itself is asked for again."""
    if request.htmx:
        return _show(request, told=told, removed=removed)
    for words in told:
        messages.warning(request, words)
    if removed:
        request.session[REMOVED] = removed
    return redirect("cart:page")


def _variant_held(request: HttpRequest, sku: str) -> Variant | None:
    """The variant with this SKU, if it is in the cart of who asks."""
    cart = cart_of(request)
    if cart is None:
        return None
    line = cart.lines.filter(variant__sku=sku).select_related("variant__product").first()
    return line.variant if line is not None else None


def _customer(request: HttpRequest) -> Customer:
    if request.user.is_authenticated:
        return Customer(user=request.user, email=request.user.email)
    return Customer()


def _next(request: HttpRequest) -> str:
    """Where the form wants to go on, if that is in this shop; else the cart."""
    address = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return address if safe else reverse("cart:page")


def _added_words(variant: Variant, quantity: int, message: str) -> str:
    named = {"title": variant.product.title, "quantity": quantity}
    told = ngettext(
        "“%(title)s” is in your cart.", "%(quantity)d × “%(title)s” are in your cart.", quantity
    )
    return f"{message} {told % named}".strip()
