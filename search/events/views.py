"""`/for-you/`: picks from what a visitor looked at; where they turn it on, off, and forget."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from search.events import recent_views
from search.events.for_you import MIN_VIEWS, picked_for
from shop.catalog.models import Product

PAGE_PICKS = 24
ACTIONS = {
    "on": recent_views.turn_on,
    "off": recent_views.turn_off,
    "forget": recent_views.forget,
}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def for_you_page(request: HttpRequest) -> HttpResponse:
    """GET shows what is remembered and the picks. POST does what its `action` says."""
    if request.method == "POST":
        act = ACTIONS.get(request.POST.get("action", ""))
        if act is None:
            return HttpResponseBadRequest(
                gettext("action: one of %(names)s.") % {"names": ", ".join(ACTIONS)}
            )
        act(request)
        return HttpResponseRedirect(reverse("for-you:page"), status=303)
    picked = picked_for(request, PAGE_PICKS)
    viewed = picked.viewed if picked else _viewed(request)
    context = {
        "is_on": recent_views.is_on(request),
        "picked": picked,
        "viewed": viewed,
        "missing": max(0, MIN_VIEWS - len(viewed)),
    }
    return render(request, "search/for_you/page.html", context)


def _viewed(request: HttpRequest) -> list[Product]:
    keys = recent_views.recent_views(request)
    products = Product.objects.published().for_cards().in_bulk(keys)
    return [products[key] for key in keys if key in products]
