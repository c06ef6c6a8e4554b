"""The wishlist, and asking to be told when something is back in stock."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shop.cart.services import NotAdded, add_to_cart
from shop.catalog.choices import address_of
from shop.catalog.models import Variant
from shop.throttles import seconds_to_wait
from shop.wishes import back_in_stock, wishlist
from shop.wishes.forms import BackInStockForm


@require_safe
@never_cache
def wishes(request: HttpRequest) -> HttpResponse:
    return render(request, "wishes/list.html", {"wishes": wishlist.wishlist_of(request)})


@require_POST
def add(request: HttpRequest) -> HttpResponse:
    """Put a product on the list, with the variant that is chosen."""
    variant = _variant(request.POST.get("variant", ""))
    try:
        wishlist.add_wish(request=request, variant=variant)
    except wishlist.WishlistFull:
        words = _("Your wishlist is full: it holds %(number)d products. Take something off it.")
        messages.error(request, words % {"number": wishlist.MOST})
    return HttpResponseRedirect(_next(request))


@require_POST
def remove(request: HttpRequest) -> HttpResponse:
    wishlist.remove_wish(request=request, key=request.POST.get("wish", ""))
    return HttpResponseRedirect(_next(request))


@require_POST
def move(request: HttpRequest) -> HttpResponse:
    """Put a wish into the cart and take it off the list."""
    key = request.POST.get("wish", "")
    wish = next((one for one in wishlist.wishlist_of(request) if one.key == key), None)
    if wish is None or wish.variant is None:
        messages.error(request, _("That is no longer on your wishlist."))
        return redirect("wishes:list")
    try:
        add_to_cart(request=request, sku=wish.variant.sku)
    except NotAdded as reason:
        messages.error(request, str(reason))
        return redirect("wishes:list")
    wishlist.remove_wish(request=request, key=key)
    told = _("%(title)s is in the cart.") % {"title": wish.title}
    link = reverse("cart:page")
    messages.success(
        request, format_html('{} <a href="{}">{}</a>', told, link, _("Go to the cart"))
    )
    return redirect("wishes:list")


# --- Back in stock ------------------------------------------------------------------------------


@require_POST
@never_cache
def ask(request: HttpRequest) -> HttpResponse:
    """Someone wants to be told. The answer is the same whoever asked before."""
    variant = _variant(request.POST.get("variant", ""))
    form = BackInStockForm(request.POST, auto_id="back-in-stock-%s")
    context = {"back_in_stock_form": form, "variant": variant, "product": variant.product}
    if not form.is_valid():
        return render(request, "wishes/ask.html", context, status=400)
    if wait := seconds_to_wait(request, scope="back_in_stock"):
        form.add_error(None, _("That was often. Please wait a while, then try again."))
        response = render(request, "wishes/ask.html", context, status=429)
        response["Retry-After"] = str(wait)
        return response
    to_confirm = True
    if not form.is_of_a_machine:
        to_confirm = back_in_stock.ask_to_be_told(
            variant=variant,
            email=form.cleaned_data["email"],
            user=request.user,
            language=get_language() or "",
        )
    if to_confirm:
        words = _("We have written to %(email)s. Open the link in that mail, and you will be told.")
    else:
        words = _("We will write to %(email)s as soon as it is back.")
    messages.success(request, words % {"email": form.cleaned_data["email"]})
    return redirect(address_of(variant.product, variant))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The link of a mail asks again: machines open links, too."""
    if request.method == "POST":
        found = back_in_stock.confirm(token)
        if found is None:
            raise Http404(_("This link is no longer valid. Ask on the product's page once more."))
        words = _("Thank you. We will write to %(email)s as soon as it is back.")
        messages.success(request, words % {"email": found.email})
        return redirect(address_of(found.variant.product, found.variant))
    found = back_in_stock.find(token)
    if found is None:
        raise Http404(_("This link is no longer valid. Ask on the product's page once more."))
    return _private(render(request, "wishes/confirm.html", {"found": found}))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """No mail after all. Doing so twice does no harm."""
    if request.method == "POST":
        back_in_stock.stop(token)
        return render(request, "wishes/stopped.html")
    found = back_in_stock.find(token)
    if found is None:
        return render(request, "wishes/stopped.html")
    return _private(render(request, "wishes/stop.html", {"found": found}))


def _variant(sku: str) -> Variant:
    if "\0" in sku:  # which no SKU holds, and PostgreSQL refuses
        raise Http404
    return get_object_or_404(Variant.objects.for_sale().select_related("product"), sku=sku)


def _next(request: HttpRequest) -> str:
    """Where to go on: an address of this shop, else the wishlist."""
    address = request.POST.get("next", "")
    hosts = {request.get_host()}
    if url_has_allowed_host_and_scheme(address, hosts, require_https=request.is_secure()):
        return address
    return reverse("wishes:list")


def _private(response: HttpResponse) -> HttpResponse:
    """The address holds a key, which no page that is linked there shall be told."""
    response["Referrer-Policy"] = "no-referrer"
    return response
