"""The search page: words, photo, filters in; results out. Works without JavaScript."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import NON_FIELD_ERRORS, RequestDataTooBig
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import Truncator, get_text_list
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods
from django_htmx.http import HttpResponseClientRedirect

from search import crops, photos
from search.asked import SearchUnavailable
from search.choices import choices, filters_in_force, wishes
from search.events import recording
from search.forms import SearchForm
from search.refinements import refinements
from search.service import PageNotFound, SearchPage, search
from search.throttles import seconds_to_wait, too_many_searches
from shop.catalog.images import TakenImage

# Of the query, besides what it looks for and within what: how it is to be answered.
REFINING = ("more", "less", "legs", "weights")


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
        data["like"] = data["crop"] = ""
    kept = photos.find(request, data.get("photo", ""))
    form = SearchForm(data, request.FILES, photo=kept)
    if request.method == "GET" and not any(name in data for name in (*_parameters(form), "page")):
        if request.htmx:  # type: ignore[attr-defined]
            # The last thing asked for was taken back: there are no results to show in their place.
            return HttpResponseClientRedirect(reverse("search:page"))
        return _render(request, SearchForm(), None)
    if wait := seconds_to_wait(request):
        return _too_many(request, wait)
    lost = bool(data.get("photo")) and kept is None
    if not form.is_valid():
        if lost and form.has_error(NON_FIELD_ERRORS, "empty"):  # there was nothing but the photo
            return _render(request, SearchForm(), None, lost=True)
        return _render(request, form, None, photo=kept, status=400)
    photo = form.query.photo
    if request.method == "POST":
        token = data.get("photo", "") if photo is not None else ""
        if request.FILES.get("image") and photo is not None:
            photo = photos.shrunk(photo)
            token = photos.keep(request, photo)
        if photo is None or token:
            return HttpResponseRedirect(_address(form, photo=token), status=303)
        # The cache is down: the photo cannot be kept, but it can be answered.
    try:
        page = search(replace(form.query, photo=photo))
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


def _too_many(request: HttpRequest, wait: int) -> HttpResponse:
    form = SearchForm({"q": request.GET.get("q", "")})
    form.full_clean()
    form.add_error(None, too_many_searches(wait))
    response = _render(request, form, None, status=429)
    response["Retry-After"] = str(wait)
    return response


def _parameters(form: SearchForm) -> list[str]:
    """What says which search it is, in the order of addresses: the form's fields, with the token of
    a kept photo in the place of the photo. The page's number is none of it."""
    names = [name for name in form.fields if name not in ("page", "explain", "describe")]
    return ["photo" if name == "image" else name for name in names]


def _address(form: SearchForm, **changes: Any) -> str:
    """The address of the form's search with `changes`; a value of "" leaves a parameter out."""
    names = _parameters(form)
    values = {name: form.data.get(name, "") for name in names} | changes
    pairs = [(name, str(values[name])) for name in (*names, "page") if values.get(name)]
    return reverse("search:page") + ("?" + urlencode(pairs) if pairs else "")


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
    context: dict[str, Any] = {
        "form": form,
        "query": _shown_query(form, photo),
        "heading": _heading(form, photo),
        "page": page,
        "photo_url": photos.as_data_url(photo) if photo is not None else "",
        "photo_lost": lost,
        "remove_photo_url": _address(form, photo="", crop=""),
        "clear_url": _address(form, **dict.fromkeys(form.filters, "")),
        "active_filters": [
            (label, _address(form, **{name: ""})) for name, label in filters_in_force(form).items()
        ],
        "wishes": [(wish.label, _address(form, **{wish.name: wish.rest})) for wish in wishes(form)],
        "kept": _kept(form, ("looks", "about", *REFINING)),
        # New words of the bar take the place of those for pictures and for descriptions.
        "other_filters": _kept(
            form, (*REFINING, *(name for name in form.attributes if name not in form.base_fields))
        ),
        "next_url": "",
        "previous_url": "",
        "query_id": query_id,
        "first_position": recording.first_position(page) if page is not None else 1,
    }
    context |= choices(form, page)  # they follow the search, beside the results
    shown = {facet.name for facet in context["facets"]}
    context["kept_filters"] = _kept(
        form, [name for name in ("brand", "picture_color", *form.attributes) if name not in shown]
    )
    context |= _without_what_is_wrong(form)
    for band in context["price_bands"]:
        low, high = ("", "") if band["chosen"] else (band["low"], band["high"])
        band["url"] = _address(form, price_min=low, price_max=high)
    if page is not None:
        context |= _beside_the_picture(form, page, photo)
    if page is not None and page.corrected:
        said, meant = page.corrected, form.data.get("q", "")
        words = [said.get(word.casefold(), word) for word in meant.split()]
        context["corrected_to"] = " ".join(words)
        quoted = [gettext("“%(words)s”") % {"words": word} for word in page.corrected]
        context["corrected_words"] = ", ".join(quoted)
    if page is not None and (photo is None or form.data.get("photo")):
        context["next_url"] = _address(form, page=page.number + 1) if page.has_next else ""
        if page.number > 1:
            context["previous_url"] = _address(form, page=page.number - 1)
    template = "search/_results.html" if request.htmx else "search/page.html"  # type: ignore[attr-defined]
    response = render(request, template, context, status=status)
    # The same address answers with a whole page or with a part of it.
    response["Vary"] = "HX-Request, Cookie"
    if photo is not None:  # it is in the page, and nobody else's
        response["Cache-Control"] = "private, no-store"
    if page is not None:
        # For everybody: it tells nothing that a stopwatch and the page's own numbers do not.
        response["Server-Timing"] = page.facts.server_timing()
    return response


def _kept(form: SearchForm, names: Iterable[str]) -> list[tuple[str, str]]:
    """Fields of the page's own forms that keep those parameters; but what was wrong once would be
    wrong with the next search, too."""
    return [
        (name, form.data[name]) for name in names if form.data.get(name) and name not in form.errors
    ]


def _without_what_is_wrong(form: SearchForm) -> dict[str, Any]:
    """The way on from an error: the same search without what was not right, if that leaves any."""
    wrong = [name for name in form.errors if name in form.fields and name != "q"]
    url = _address(form, **dict.fromkeys(wrong, ""))
    mended_otherwise = form.has_error("q") or form.has_error("image") or not wrong
    nothing_left = url == reverse("search:page")
    return {"wrong": wrong, "without_url": "" if mended_otherwise or nothing_left else url}


def _beside_the_picture(
    form: SearchForm, page: SearchPage, photo: TakenImage | None
) -> dict[str, Any]:
    """The part of the photo that is searched with, or that might be; and links that refine."""
    query = form.query
    groups = refinements(query, form.data.get("q", ""), query.photo or photo, page)
    context: dict[str, Any] = {
        "refinements": [
            (group, [(each, _address(form, **each.changes)) for each in group.refinements])
            for group in groups
        ]
    }
    if photo is None or not form.data.get("photo"):
        return context
    box = form.cleaned_data.get("crop")
    if box is None and (subject := crops.proposed(photo)):
        context["subject_url"] = _address(form, crop=crops.written(subject))
    if box is not None:
        left, top, right, bottom = box
        context["crop"] = {"x": left, "y": top, "width": right - left, "height": bottom - top}
        context["whole_photo_url"] = _address(form, crop="")
    return context


def _heading(form: SearchForm, photo: TakenImage | None) -> str:
    """What is asked for, in a line."""
    if form.errors:
        return gettext("Search")
    if not form.is_bound:
        return gettext("Search by words or photo")
    query = form.query
    said = [(form.data.get("q", ""), gettext("“%(words)s”"))]
    if query.looks or query.about:
        said = [
            (query.for_pictures, gettext("“%(words)s” in pictures")),
            (query.for_texts, gettext("“%(words)s” in texts")),
        ]
    parts = [
        label % {"words": Truncator(words).chars(60)} for words, label in said if words.strip()
    ]
    if photo is not None:
        parts.append(gettext("like your photo"))
    elif query.like is not None:
        label = gettext("like %(title)s") if parts else gettext("more like %(title)s")
        parts.append(label % {"title": query.like.title})
    elif query.more:
        titles = get_text_list([product.title for product in query.more], gettext("and"))
        parts.append(gettext("more like %(title)s") % {"title": titles})
    if not parts:
        return query.category.name if query.category else gettext("All products")
    heading = ", ".join(parts)
    return heading[0].upper() + heading[1:]


def _shown_query(form: SearchForm, photo: TakenImage | None) -> dict[str, Any]:
    cleaned = getattr(form, "cleaned_data", {})
    wrong = form.errors.keys() - {"q"}
    shown = {name: "" if name in wrong else form.data.get(name, "") for name in _parameters(form)}
    shown["in_stock"] = "1" if cleaned.get("in_stock") else ""
    return (
        shown
        | {"like": cleaned.get("like"), "category": cleaned.get("category")}
        | ({} if photo is not None else {"photo": ""})
    )
