"""Ways out of a search that finds nothing: fewer filters, fewer words, and how many would come."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from search import facets
from search.addresses import address
from search.asked import SearchUnavailable
from search.choices import filters_in_force
from search.forms import SearchForm
from search.query import SearchQuery
from search.service import SearchPage, search

# Each is a search of its own, though only counted, and though no vector is made twice: so many of a
# kind are tried, and none once they took so long. Who found nothing has waited for that already.
MOST_TRIED = 4
MOST_SECONDS = 0.6
# A sentence is not made of words that stand for themselves.
MOST_WORDS = 6


@dataclass(frozen=True)
class Way:
    """A search that finds something: what is left out of this one, or the words that stay."""

    label: str
    url: str
    total: int


@dataclass(frozen=True)
class WaysOut:
    """`filters`: without one filter. `words`: with fewer words. `unfiltered`: without any filter,
    where leaving out one is not enough."""

    filters: list[Way]
    words: list[Way]
    unfiltered: Way | None = None

    @property
    def any(self) -> bool:
        return bool(self.filters or self.words or self.unfiltered)


def ways_out(form: SearchForm, page: SearchPage) -> WaysOut:
    """What leads on from `page`, which holds nothing."""
    query = form.query
    active = filters_in_force(form)
    end = time.monotonic() + MOST_SECONDS
    filters = _tried(
        (
            (label, address(form, **{name: ""}), _without(query, name))
            for name, label in list(active.items())[:MOST_TRIED]
        ),
        end,
    )
    unfiltered = None
    if len(active) > 1 and not filters:
        bare = query
        for name in active:
            bare = _without(bare, name)
        url = address(form, **dict.fromkeys(form.filters, ""))
        unfiltered = next(iter(_tried([("", url, bare)], end)), None)
    words = _tried(
        (
            (fewer, address(form, q=fewer), replace(query, text=fewer, page=1))
            for fewer in _fewer(query.text)
        ),
        end,
    )
    return WaysOut(filters, words, unfiltered)


def _tried(ways: Iterable[tuple[str, str, SearchQuery]], end: float) -> list[Way]:
    """Those that find something, of those that can be begun before `end`."""
    found = []
    for label, url, query in ways:
        if time.monotonic() >= end:
            break
        if not query.ranks and not query.filters.any:
            continue  # nothing is asked for any more
        if query.only_denies or (query.ranks and not query.compares):
            continue  # nor does it say what is wanted
        try:
            total = search(query, facets=False, results=False).total
        except SearchUnavailable:
            continue
        if total:
            found.append(Way(label, url, total))
    return found


def _without(query: SearchQuery, name: str) -> SearchQuery:
    """The query without one field of the form that filters."""
    match name:
        case "price_min":
            return replace(query, page=1, price_min=None)
        case "price_max":
            return replace(query, page=1, price_max=None)
        case "in_stock":
            return replace(query, page=1, in_stock=False)
    return facets.without(query, name)


def _fewer(text: str) -> Iterator[str]:
    """The words of a text without one of them, each once."""
    words = text.split()
    if not 1 < len(words) <= MOST_WORDS:
        return
    shorter = (" ".join(words[:place] + words[place + 1 :]) for place in range(len(words)))
    yield from list(dict.fromkeys(shorter))[:MOST_TRIED]
