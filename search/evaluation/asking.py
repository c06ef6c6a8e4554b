"""The shop's own search, asked as a shopper asks it: through the form, with nothing left out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
from django.conf import settings

from search.evaluation.catalogue import Catalogue
from search.evaluation.stored import Scores
from search.forms import SearchForm
from search.query import Leg
from search.results import Result
from search.service import search
from shop.catalog.images import TakenImage


class NotAsked(Exception):
    """The search form refuses a query; the message says why."""


@dataclass(frozen=True)
class Answer:
    """The first page: products best first, and whether the search itself says that nothing in the
    shop is near."""

    results: list[Result]
    nothing_close: bool

    @property
    def handles(self) -> list[str]:
        return [result.product.slug for result in self.results]


# Of words that are refused, what is shown: they may be refused for their length.
SHOWN = 60


def require_askable(words: str) -> None:
    """Raises `NotAsked` for words that the search form refuses."""
    _form(words, None, ())


def ask(words: str = "", photo: TakenImage | None = None, *legs: Leg) -> Answer:
    """The first page of a search, by all legs or by some. Raises `NotAsked`, and
    `SearchUnavailable` as the search does."""
    page = search(_form(words, photo, legs).query, facets=False)
    return Answer(page.results, page.nothing_close)


def found_by_words(words: str, catalogue: Catalogue, depth: int) -> Scores:
    """(products,) float64: the scores of what the full-text leg finds, as far as `depth` products,
    and -inf for all others."""
    scores = np.full(len(catalogue), -np.inf)
    number, left, more = 1, depth, bool(words)
    while more and left > 0:
        page = search(_form(words, None, [Leg.WORDS], page=number).query, facets=False)
        for result in page.results:
            row = catalogue.row_of.get(result.product.pk)
            if row is not None:
                # Scores may tie; the order that the search gave them is kept.
                scores[row] = result.score - 1e-6 * (depth - left)
                left -= 1
        number, more = number + 1, page.has_next
    return scores


@contextmanager
def unsampled() -> Iterator[None]:
    """The lab's searches are no shoppers': none of them is kept for checks of recall."""
    rate = settings.RECALL_SAMPLE_RATE
    settings.RECALL_SAMPLE_RATE = 0.0
    try:
        yield
    finally:
        settings.RECALL_SAMPLE_RATE = rate


def _form(
    words: str, photo: TakenImage | None, legs: tuple[Leg, ...] | list[Leg], *, page: int = 1
) -> SearchForm:
    form = SearchForm({"q": words, "legs": ",".join(legs), "page": str(page)}, photo=photo)
    if not form.is_valid():
        reasons = [str(reason) for reasons in form.errors.values() for reason in reasons]
        shown = words if len(words) <= SHOWN else f"{words[:SHOWN]}…"
        raise NotAsked(f"“{shown}” is no query: {' '.join(reasons)}")
    return form
