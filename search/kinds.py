"""What a photo shows, in the shop's own words: what the products are called that look most like it.

Words beside a photo ("in red") move the search away from it, and what the photo shows is soon lost:
the red things that look most like a blue mug are not mugs. But what is near the photo itself mostly
is, and says so. The words that the nearest products' titles share, and their categories' names,
become a query of their own: pseudo-relevance feedback (Rocchio, "Relevance feedback in information
retrieval", 1971; weighted by how near they are, as in Lavrenko and Croft, "Relevance-based language
models", 2001). A model that was trained on other things than the shop sells gains most.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from django.conf import settings
from django.db import connection

from search.colors.words import mentions
from search.intent import JOINS
from search.words import language, lexicon
from search.words.analysis import Alternative, Term, documents, quoted, stems_of

# Products that are asked what they are called.
NEAREST = 30
# What a deviation further away is worth: e to the minus this.
SHARPNESS = 1.5
# A word that fewer of them share says nothing; so many of the best are taken.
SHARED, MOST = 0.15, 5
# ... and so many of them name the kind well enough to find more of it.
NAMING = 2
# The noun of a title, which names the thing, says so many times what its other words say.
NOUN = 3.0
# How much titles say, and categories.
TITLES, CATEGORIES = 2 / 3, 1 / 3
# What follows the name of a thing: in brackets, how much of it, or after a comma or dash.
_ASIDE = re.compile(r"\([^)]*\)|\[[^]]*\]|\d\S*\s*\w*\s*$|[,;|].*|\s[-–—]\s.*")
_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")


@dataclass(frozen=True)
class Kind:
    """Stems, and what each says of what a thing is: of titles, and of categories' names; each of
    the two sums to 1, or is empty."""

    titles: Mapping[str, float] = field(default_factory=dict)
    categories: Mapping[str, float] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.titles or self.categories)

    @property
    def terms(self) -> tuple[Term, ...]:
        """The stems of titles that say most, to find others of the kind by."""
        counts = lexicon.frequencies(set(list(self.titles)[:NAMING]))
        return tuple(
            Term(stem, (Alternative(stem, (stem,)),), counted.products, 1.0)
            for stem, counted in counts.items()
        )


def of_products(products: Sequence[int], deviations: Sequence[float]) -> Kind:
    """What `products` are, together: (n,) keys and how near each is, in deviations above the
    background, best first."""
    if not products:
        return Kind()
    nearness = np.exp(SHARPNESS * (np.asarray(deviations) - max(deviations)))
    shares = dict(zip(products, (nearness / nearness.sum()).tolist(), strict=True))
    titles, categories = _called(products)
    nouns = {product: noun(title) for product, title in titles.items()}
    stems = stems_of({*titles.values(), *categories.values(), *nouns.values()})
    counts = lexicon.frequencies({stem for several in stems.values() for stem in several})
    shop = documents()
    kinds = []
    for said in (titles, categories):
        found: dict[str, float] = {}
        for product, text in said.items():
            for stem in set(stems[text]):
                named = said is categories or stem in stems[nouns[product]]
                found[stem] = found.get(stem, 0.0) + shares[product] * (1 if named else 1 / NOUN)
        worth = {
            stem: share * math.log(1 + shop / max(counts[stem].products, 1))
            for stem, share in found.items()
            if share >= SHARED and stem in counts
        }
        best = sorted(worth, key=lambda stem: (-worth[stem], stem))[:MOST]
        whole = sum(worth[stem] for stem in best)
        kinds.append({stem: worth[stem] / whole for stem in best} if whole else {})
    return Kind(*kinds)


def likeness(kind: Kind, products: Collection[int]) -> dict[int, float]:
    """How far each of `products` is of that kind, in [0, 1]; those that are not are left out."""
    places = (("A", TITLES, kind.titles), ("C", CATEGORIES, kind.categories))
    parameters: dict[str, Any] = {"products": list(products)}
    terms = []
    for place, weight, stems in places:
        for n, (stem, worth) in enumerate(stems.items()):
            parameters[f"{place}{n}"] = f"{quoted(stem)}:{place}"
            terms.append(
                f"CASE WHEN words @@ %({place}{n})s::tsquery THEN {weight * worth:.6f} ELSE 0 END"
            )
    if not terms or not products:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            # Rounded, they may sum to a little more than 1.
            f"SELECT product_id, LEAST(1, {' + '.join(terms)})::float8"  # noqa: S608
            " FROM search_document"
            " WHERE product_id = ANY(%(products)s::bigint[])",
            parameters,
        )
        return {product: share for product, share in cursor if share > 0}


def _called(products: Sequence[int]) -> tuple[dict[int, str], dict[int, str]]:
    """The titles, and the names of the categories, of each; without colours, which words are to
    change."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT product.id, product.title, string_agg(category.name, ' / ')
              FROM catalog_product product
              JOIN search_listing listing ON listing.product_id = product.id
              LEFT JOIN LATERAL generate_series(1, length(listing.path) / 4) n ON true
              LEFT JOIN catalog_category category ON category.path = left(listing.path, n * 4)
             WHERE product.id = ANY(%s) GROUP BY product.id
            """,
            [list(products)],
        )
        rows = cursor.fetchall()
    titles = {product: _colorless(title) for product, title, _ in rows}
    return titles, {product: names or "" for product, _, names in rows}


def noun(title: str) -> str:
    """The word of a title that says what the thing is, in lower case: "Alder Ankle Boots with Laces
    (2 pairs)" are boots, where the shop's language says how before what; empty if it has none."""
    words = _WORD.findall(_ASIDE.sub(" ", title.casefold()))
    joins = next((n for n, word in enumerate(words) if n and word in JOINS), len(words))
    first = language.nouns_come_first(settings.SHOP_LANGUAGE)
    return "".join(words[:1] if first else words[:joins][-1:])


def _colorless(title: str) -> str:
    for mention in reversed([one for one in mentions(title) if one.certain]):
        title = f"{title[: mention.start]} {title[mention.end :]}"
    return title
