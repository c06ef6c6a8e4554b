"""The cart's page, and what is done on it. Other pages add to the cart by `add`.

Each change is a POST: a form without scripts is answered with a redirect, htmx with the part of the
page that changed.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
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
from shop.cart.models import MOST_OF_ONE, Cart, CartLine
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
from shop.throttles import seconds_to_wait

# In the session: what the page that follows a change has to say.
SAID = "cart_said"


@dataclass(frozen=True)
class Said:
    """What the cart's page says once: of what changed, what was taken out, what was wrong.

    `wrong` has the quantity that was typed, and why not, by SKU; `voucher` the code, and why not.
    """

    told: list[str] = field(default_factory=list)
    removed: dict[str, Any] | None = None
    wrong: dict[str, tuple[str, str]] = field(default_factory=dict)
    voucher: tuple[str, str] = ("", "")
    country: str = ""


@require_safe
@never_cache
def page(request: HttpRequest) -> HttpResponse:
    return _show(request, Said(**request.session.pop(SAID, {})))


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
    if _is_htmx(request):
        context = {"problem": problem, "told": told, "cart_link_swaps": True}
        return render(request, "cart/_added.html", context)
    if problem:
        messages.error(request, problem)
    else:
        link = reverse("cart:page")
        messages.success(
            request, format_html('{} <a href="{}">{}</a>', told, link, _("Go to the cart"))
        )
    return HttpResponseRedirect(_next(request))


@require_POST
@never_cache
def update(request: HttpRequest) -> HttpResponse:
    """Have so many of a line; 0 takes it out."""
    form = QuantityForm(request.POST)
    sku = request.POST.get("variant", "")
    if not form.is_valid():
        typed = request.POST.get("quantity", "")[:20]
        return _done(request, Said(wrong={sku: (typed, form.reason())}))
    quantity = form.cleaned_data["quantity"]
    if quantity == 0:
        return remove(request)
    cart, line = cart_of(request), _line_of(request, sku)
    if cart is None or line is None:
        return _done(request, Said([_("That was no longer in the cart.")]))
    told = set_quantity(cart=cart, variant_id=line.variant_id, quantity=quantity)
    return _done(request, Said([told] if told else []))


@require_POST
@never_cache
def remove(request: HttpRequest) -> HttpResponse:
    """Take a line out; the page that follows offers to put it back."""
    cart, line = cart_of(request), _line_of(request, request.POST.get("variant", ""))
    if cart is None or line is None:
        return _done(request, Said())
    set_quantity(cart=cart, variant_id=line.variant_id, quantity=0)
    title = line.variant.product.title
    removed = {"sku": line.variant.sku, "quantity": line.quantity, "title": title}
    return _done(request, Said(removed=removed))


@require_POST
@never_cache
def undo(request: HttpRequest) -> HttpResponse:
    """Put back what was taken out."""
    form = LineForm(request.POST)
    if not form.is_valid():
        return _done(request, Said())
    variant = Variant.objects.for_sale().filter(sku=form.cleaned_data["variant"]).first()
    if variant is None:
        return _done(request, Said([_("This is no longer sold.")]))
    told = set_quantity(
        cart=cart_or_new(request),
        variant_id=variant.pk,
        quantity=form.cleaned_data["quantity"],
    )
    return _done(request, Said([told] if told else []))


@require_POST
@never_cache
def voucher(request: HttpRequest) -> HttpResponse:
    """Use a voucher; with `remove`, none any more."""
    cart = cart_of(request)
    if cart is None:
        return _done(request, Said())
    if "remove" in request.POST:
        remove_voucher(cart=cart)
        return _done(request, Said())
    form = VoucherForm(request.POST)
    if not form.is_valid():
        return _done(request, Said(voucher=("", str(form.errors["code"][0]))))
    code = form.cleaned_data["code"]
    if seconds_to_wait(request, scope="voucher"):  # codes are not to be guessed
        wait = _("That was often. Please wait a minute, then try again.")
        return _done(request, Said(voucher=(code, wait)))
    try:
        apply_voucher(cart=cart, code=code, customer=_customer(request))
    except VoucherRejected as reason:
        return _done(request, Said(voucher=(code, str(reason))))
    return _done(request, Said())


@require_POST
@never_cache
def country(request: HttpRequest) -> HttpResponse:
    """Estimate delivery and tax for another country."""
    cart = cart_of(request)
    form = CountryForm(request.POST, codes=countries_served())
    if cart is None:
        return _done(request, Said())
    if not form.is_valid():
        return _done(request, Said(country=str(form.errors["country"][0])))
    choose_country(cart=cart, country=form.cleaned_data["country"])
    return _done(request, Said())


def _done(request: HttpRequest, said: Said) -> HttpResponse:
    """After a change: the cart as it is now. Without htmx the page itself is asked for again."""
    if _is_htmx(request):
        return _show(request, said)
    request.session[SAID] = asdict(said)
    return redirect("cart:page")


def _show(request: HttpRequest, said: Said) -> HttpResponse:
    """The page; for htmx its part that changes."""
    context: dict[str, Any] = {"said": said, "most_of_one": MOST_OF_ONE}
    context["cart_link_swaps"] = _is_htmx(request)
    changes = list(said.told)
    cart = cart_of(request)
    if cart is not None:
        changes += [change.text for change in review_cart(cart=cart)]
        context |= _context_of(request, cart, said)
        if context["voucher_problem"] and context["items"]:
            changes.append(context["voucher_problem"])
    context["changes"] = changes
    return render(request, "cart/_answer.html" if _is_htmx(request) else "cart/page.html", context)


def _context_of(request: HttpRequest, cart: Cart, said: Said) -> dict[str, Any]:
    cart = Cart.objects.select_related("voucher").get(pk=cart.pk)
    lines = list(cart.lines.in_full())
    found = estimate(cart=cart, lines=lines, customer=_customer(request))
    codes = countries_served()
    code = country_of(cart)
    return {
        "items": lines_shown(lines, found.totals, said.wrong),
        "totals": found.totals,
        "is_estimate": True,
        "delivery_name": found.offer.method.name if found.offer else "",
        "delivery_open": _why_no_delivery(codes, code),
        "voucher_code": cart.voucher.code if cart.voucher else "",
        "voucher_problem": found.voucher_problem,
        "served": codes,
        "voucher_form": VoucherForm.of(*said.voucher),
        "country_form": CountryForm(
            initial={"country": code if code in codes else ""}, codes=codes
        ),
    }


def _why_no_delivery(served: list[str], country: str) -> str:
    if not served:
        return _("not offered yet")
    if country not in served:
        return _("choose a country")
    return _("not possible for these goods")


def _line_of(request: HttpRequest, sku: str) -> CartLine | None:
    """The line of the variant with this SKU in the cart of who asks."""
    cart = cart_of(request)
    if cart is None or "\0" in sku:  # which no SKU holds, and PostgreSQL refuses
        return None
    return cart.lines.filter(variant__sku=sku).select_related("variant__product").first()


def _is_htmx(request: HttpRequest) -> bool:
    return bool(request.htmx)  # type: ignore[attr-defined]


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
