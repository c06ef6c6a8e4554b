"""What the templates of the search page show, of a form and the page that it found."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.text import Truncator, get_text_list
from django.utils.translation import gettext

from search.addresses import address, has_address, kept, parameters
from search.choices import choices, filters_in_force, wishes
from search.events import recording
from search.forms import SearchForm
from search.lens import lens_context
from search.query import MOST_EXAMPLES, PAGE_SIZE, WINDOW, SearchQuery
from search.results import Result
from search.service import SearchPage
from search.ways_out import ways_out
from shop.catalog.images import TakenImage

# Of the query, besides what it looks for and within what: how it is to be answered.
REFINING = ("more", "less", "legs", "weights")


@dataclass(frozen=True)
class Shown:
    """A result on the page. The addresses add it to the search: find more like it, or less like it;
    "" where that cannot be."""

    result: Result
    more_url: str
    less_url: str


def page_context(
    form: SearchForm,
    page: SearchPage | None,
    photo: TakenImage | None,
    *,
    lost: bool,
    query_id: str,
) -> dict[str, Any]:
    """All that the page shows. `photo`: the shopper's, whole; `lost`: it is no longer kept."""
    active = filters_in_force(form)
    context: dict[str, Any] = {
        "form": form,
        "query": _shown_query(form, photo),
        "heading": _heading(form, photo),
        "page": page,
        "photo_url": "",
        "photo_lost": lost,
        "clear_url": address(form, **dict.fromkeys(form.filters, "")),
        "active_filters": [(label, address(form, **{name: ""})) for name, label in active.items()],
        "wishes": [(wish.label, address(form, **{wish.name: wish.rest})) for wish in wishes(form)],
        "kept": kept(form, ("spot", "looks", "about", *REFINING)),
        # New words of the bar take the place of those for pictures and for descriptions.
        "other_filters": kept(
            form,
            (
                *REFINING,
                *(name for name in form.attributes if name not in form.base_fields),
            ),
        ),
    }
    context |= choices(form, page)  # they follow the search, beside the results
    shown = {facet.name for facet in context["facets"]}
    context["kept_filters"] = kept(
        form, [name for name in ("brand", "picture_color", *form.attributes) if name not in shown]
    )
    context |= _without_what_is_wrong(form)
    context |= lens_context(form, page, photo)
    if page is None:
        return context
    context |= more_context(form, page, photo, query_id=query_id)
    if page.corrected:
        said, meant = page.corrected, form.data.get("q", "")
        words = [said.get(word.casefold(), word) for word in meant.split()]
        context["corrected_to"] = " ".join(words)
        quoted = [gettext("“%(words)s”") % {"words": word} for word in page.corrected]
        context["corrected_words"] = ", ".join(quoted)
    if not page.results:
        context["ways_out"] = ways_out(form, page)
    return context


def more_context(
    form: SearchForm, page: SearchPage, photo: TakenImage | None, *, query_id: str
) -> dict[str, Any]:
    """One page of results, and the addresses of those before and after it."""
    context = {
        "page": page,
        "shown": list(_shown(form, page)),
        "query_id": query_id,
        "first_position": recording.first_position(page),
        "left": min(PAGE_SIZE, min(page.total, WINDOW) - page.number * PAGE_SIZE),  # on the next
        "page_url": "",
        "next_url": "",
        "previous_url": "",
    }
    if photo is None or has_address(form):
        context["page_url"] = address(form, page=page.number if page.number > 1 else "")
        if page.has_next:
            context["next_url"] = address(form, page=page.number + 1)
        if page.number > 1:
            context["previous_url"] = address(form, page=page.number - 1 if page.number > 2 else "")
    return context


def _shown(form: SearchForm, page: SearchPage) -> Iterator[Shown]:
    query = form.query
    for result in page.results:
        yield Shown(
            result,
            _with_example(form, "more", query.more, result),
            # Less of something, where nothing is looked for, orders nothing.
            _with_example(form, "less", query.less, result) if query.ranks else "",
        )


def _with_example(form: SearchForm, name: str, examples: tuple[Any, ...], result: Result) -> str:
    slugs = [product.slug for product in examples]
    if len(slugs) >= MOST_EXAMPLES or result.product.slug in slugs:
        return ""
    return address(form, **{name: ",".join([*slugs, result.product.slug])})


def _without_what_is_wrong(form: SearchForm) -> dict[str, Any]:
    """The way on from an error: the same search without what was not right, if that leaves any."""
    wrong = [name for name in form.errors if name in form.fields and name != "q"]
    url = address(form, **dict.fromkeys(wrong, ""))
    mended_otherwise = form.has_error("q") or form.has_error("image") or not wrong
    nothing_left = url == reverse("search:page")
    return {"wrong": wrong, "without_url": "" if mended_otherwise or nothing_left else url}


def _heading(form: SearchForm, photo: TakenImage | None) -> str:
    """What is asked for, in a line."""
    if form.errors:
        return gettext("That search did not work")
    if not form.is_bound:
        return gettext("Search by words or photo")
    query: SearchQuery = form.query
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
        if form.found_spot is None:
            parts.append(gettext("like your photo"))
        else:
            label = gettext("like “%(label)s” in the picture")
            parts.append(label % {"label": form.found_spot.label})
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
    shown = {name: "" if name in wrong else form.data.get(name, "") for name in parameters(form)}
    shown["in_stock"] = "1" if cleaned.get("in_stock") else ""
    return (
        shown
        | {"like": cleaned.get("like"), "category": cleaned.get("category")}
        | ({} if photo is not None else {"photo": ""})
    )
