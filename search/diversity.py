"""Near-equal pictures do not fill a page.

A shop may sell one design as thirty products, or the same picture under ten names; to a shopper a
page of them is one result. Of pictures that are nearly the same so many keep their places on a
page, and the others follow on the next. The order is otherwise what it was: this is no re-ranking
by novelty (as maximal marginal relevance is: Carbonell and Goldstein, 1998), which would cost
relevance wherever things that were asked for look alike.
"""

from __future__ import annotations

from collections.abc import Sequence

from search import retrieval
from search.fusion import Ranked
from search.models import EmbeddingModel
from search.query import PAGE_SIZE

# Pictures with at least this cosine are nearly the same: crops and other sizes of one picture have
# .97 and more in every model that was tried; two products of a kind and colour seldom .95.
ALIKE = 0.97
ON_A_PAGE = 4


def spread(ranked: Sequence[Ranked], model: EmbeddingModel) -> list[Ranked]:
    """`ranked`, with what is nearly the same as `ON_A_PAGE` others on its page moved behind the
    page. All products stay, and what is pinned keeps its place."""
    images = [one.image_id for one in ranked if one.image_id]
    found, vectors = retrieval.vectors_of_images(images, model)
    alike = vectors @ vectors.T >= ALIKE
    row_of = {image: row for row, image in enumerate(found)}
    left, placed = list(ranked), []
    while left:
        page: list[Ranked] = []
        later: list[Ranked] = []
        shown: list[int] = []
        for one in left:
            row = row_of.get(one.image_id or 0)
            if len(page) == PAGE_SIZE:
                later.append(one)
            elif one.pinned or row is None or int(alike[row, shown].sum()) < ON_A_PAGE:
                page.append(one)
                if row is not None:
                    shown.append(row)
            else:
                later.append(one)
        placed += page
        left = later
    return placed
