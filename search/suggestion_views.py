"""`/search/suggestions/`: the options below the search field while something is typed in it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.views.decorators.http import require_safe

from search.suggestions import suggest
from shop.throttles import seconds_to_wait

# The shop's words and prices change seldom, and people type the same beginnings again.
CACHE_SECONDS = 60


@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """The options as HTML; nothing where there are none."""
    if wait := seconds_to_wait(request, scope="suggestions"):
        return HttpResponse(status=429, headers={"Retry-After": str(wait)})
    found = suggest(request.GET.get("q", ""))
    response = render(request, "search/_suggestions.html", {"suggestions": found})
    patch_cache_control(response, private=True, max_age=CACHE_SECONDS)
    patch_vary_headers(response, ["Accept-Language", "Cookie"])
    return response
