"""The search page: words, photo, filters in; results out. Works without JavaScript.

htmx gets what stands around the results and the results themselves (`_answer.html`), or one more
page of them (`_page.html`); everybody else the whole page.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, RequestDataTooBig
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods
from django_htmx.http import HttpResponseClientRedirect

from search import photos
from search.addresses import address, parameters
from search.asked import SearchUnavailable
from search.events import recording
from search.forms import SearchForm
from search.page_context import more_context, page_context
from search.service import PageNotFound, SearchPage, search
from search.throttles import seconds_to_wait, too_many_searches
from shop.catalog.images import TakenImage

# Elements of the page that ask for one more page of results, after or before those shown.
NEXT_PAGES = ("pages", "pages-before")


@csrf_exempt  # a search changes nothing; any page may link or post to it
@require_http_methods(["GET", "HEAD", "POST"])
def search_page(request: HttpRequest) -> HttpResponse:
    """GET searches. POST takes a photo, keeps it for this visitor, and redirects to the GET."""
    try:
        data: QueryDict = request.POST if request.method == "POST" else request.GET
    except RequestDataTooBig as error:
        form = SearchForm(request.GET)
        form.full_clean()
        form.add_error("image", str(error))
        return _render(request, form, None, status=413)
    if "image" in request.FILES:  # a new photo takes the place of what was looked like so far
        data = data.copy()
        data["like"] = data["crop"] = data["spot"] = ""
    kept = photos.find(request, data.get("photo", ""))
    form = SearchForm(data, request.FILES, photo=kept)
    if request.method != "POST" and not any(name in data for name in (*parameters(form), "page")):
        if request.htmx:  # type: ignore[attr-defined]
            # The last thing asked for was taken back: there are no results to show in their place.
            return HttpResponseClientRedirect(reverse("search:page"))
        return _render(request, SearchForm(), None)
    if wait := seconds_to_wait(request):
        return _too_many(request, wait)
    lost = bool(data.get("photo")) and kept is None
    if lost and request.htmx:  # type: ignore[attr-defined]
        # What stands beside the results is about a photo that is gone, too; and so are its pages.
        return HttpResponseClientRedirect(address(form))
    if not form.is_valid():
        if lost and form.has_error(NON_FIELD_ERRORS, "empty"):  # there was nothing but the photo
            return _render(request, SearchForm(), None, lost=True)
        status = 404 if form.has_error("spot") else 400
        return _render(request, form, None, photo=kept, status=status)
    kept, photo = form.photo, form.query.photo
    if request.method == "POST":
        token = data.get("photo", "") if photo is not None else ""
        if request.FILES.get("image") and photo is not None:
            photo = photos.shrunk(photo)
            token = photos.keep(request, photo)
        if photo is None or token or data.get("spot"):
            return HttpResponseRedirect(address(form, photo=token), status=303)
        # The cache is down: the photo cannot be kept, but it can be answered.
    try:
        # Filters stand beside the first page already.
        page = search(replace(form.query, photo=photo), facets=not _asks_for_more(request))
    except PageNotFound as error:
        form.add_error("page", str(error))
        return _render(request, form, None, photo=photo, status=404)
    except SearchUnavailable as error:
        form.add_error(None, str(error))
        return _render(request, form, None, photo=photo, status=503)
    query_id = recording.record_search(
        form.query, page, request=request, confident=not page.nothing_close
    )
    lost = lost and photo is None
    return _render(request, form, page, photo=kept or photo, lost=lost, query_id=query_id)


def _asks_for_more(request: HttpRequest) -> bool:
    htmx: Any = request.htmx  # type: ignore[attr-defined]
    return bool(htmx) and htmx.target in NEXT_PAGES


def _too_many(request: HttpRequest, wait: int) -> HttpResponse:
    form = SearchForm({"q": request.GET.get("q", "")})
    form.full_clean()
    form.add_error(None, too_many_searches(wait))
    response = _render(request, form, None, status=429)
    response["Retry-After"] = str(wait)
    return response


def _render(
    request: HttpRequest,
    form: SearchForm,
    page: SearchPage | None,
    *,
    photo: TakenImage | None = None,
    lost: bool = False,
    query_id: str = "",
    status: int = 200,
) -> HttpResponse:
    if page is not None and _asks_for_more(request):
        template = "search/_page.html"
        context = more_context(form, page, photo, query_id=query_id)
    else:
        in_place = bool(request.htmx)  # type: ignore[attr-defined]
        template = "search/_answer.html" if in_place else "search/page.html"
        context = page_context(form, page, photo, lost=lost, query_id=query_id)
        # The photo stays on the page while what it finds is swapped.
        if photo is not None and not in_place:
            context["photo_url"] = photos.as_data_url(photo)
            context["photo_chip_url"] = photos.as_data_url(photo, side=photos.CHIP_SIDE)
    response = render(request, template, context, status=status)
    # The same address answers with a whole page or with a part of it.
    response["Vary"] = "HX-Request, HX-Target, Cookie"
    if photo is not None:  # it is in the page, and nobody else's
        response["Cache-Control"] = "private, no-store"
    if page is not None:
        # For everybody: it tells nothing that a stopwatch and the page's own numbers do not.
        response["Server-Timing"] = page.facts.server_timing()
    return response
