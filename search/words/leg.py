"""The statements of the leg of words: which products hold the terms, and what that is worth.

A product has the share of the terms that it holds, each by its weight, by where it stands (a title
says what a thing is, a description what it goes with) and by how surely it was meant; 1 holds
all of them in its title. That is bounded where BM25 is not, and can be told to a shopper: which
word was found where. Documents of products are short, and their length says little.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from django.db import connection

from search.filters import Filters
from search.words.analysis import Term, Words

# What a word is worth, by where it stands: title, categories and values, brand, description.
PLACES: Mapping[str, float] = {"A": 1.0, "C": 0.8, "B": 0.6, "D": 0.4}
PLACE_NAMES = {"A": "title", "B": "brand", "C": "category or value", "D": "description"}
# Documents with any of the terms are all looked at up to so many; beyond, those with several.
EXACT_DOCUMENTS = 4_000
# ... and so many of each kind; of those that hold one term, chosen among so many.
SOME, LOOKED_AT = 400, 2_000
# In the text of what finds and scores, for whoever reads the statements of a search.
MARK = "/* words */ "


@dataclass(frozen=True)
class Held:
    """What a product holds of the terms. `score`: in (0, 1]. `terms`: what each term is worth in
    it, in [0, 1], in their order."""

    score: float
    terms: tuple[float, ...]


@dataclass(frozen=True)
class Match:
    """One term found in a product: what was `said`, the `word` it was found as, and its `place`, of
    `PLACE_NAMES`."""

    said: str
    word: str
    place: str


def matches(words: Words, products: Sequence[int]) -> dict[int, list[Match]]:
    """For each of `products` the terms that it holds, each in its best place."""
    ways = [(term.said, one) for term in words.held for one in term.alternatives]
    if not ways or not products:
        return {}
    values: dict[str, Any] = {"products": list(products)}
    columns = []
    for n, (_, one) in enumerate(ways):
        values[f"way_{n}"] = one.tsquery()
        values |= {f"way_{n}_{place}": one.tsquery(place) for place in PLACES}
        whens = " ".join(
            f"WHEN words @@ %(way_{n}_{place})s::tsquery THEN '{place}'" for place in PLACES
        )
        columns.append(
            f"CASE WHEN words @@ %(way_{n})s::tsquery THEN CASE {whens} ELSE 'D' END END"
        )
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT product_id, {', '.join(columns)} FROM search_document"  # noqa: S608
            " WHERE product_id = ANY(%(products)s::bigint[])",
            values,
        )
        rows = cursor.fetchall()
    found: dict[int, list[Match]] = {}
    for product, *places in rows:
        best: dict[str, tuple[float, Match]] = {}
        for (said, one), place in zip(ways, places, strict=True):
            if place is None:
                continue
            worth = PLACES[place] * one.worth
            if said not in best or worth > best[said][0]:
                best[said] = worth, Match(said, one.word, PLACE_NAMES[place])
        found[product] = [match for _, match in best.values()]
    return found


def candidates(words: Words, filters: Filters, products: Collection[int] | None) -> list[int]:
    """Products that hold terms, to be scored; among `products`, if they are given (they pass then),
    else among those that pass.

    All that hold any term, while they are few. Else those that hold all of them, those that hold
    several, and some of those that hold one: what a term shared by thousands says of one of
    them, it says of every other, and vectors tell them apart.
    """
    held = words.held
    if not held:
        return []
    any_of_them = " | ".join(f"({term.tsquery()})" for term in held)
    if products is not None:
        return _found(
            [(any_of_them, None)],
            "product_id = ANY(%(products)s::bigint[])",
            {"products": list(products)},
        )
    passing = "true"
    if filters.any:
        passing = f"""EXISTS (SELECT FROM search_listing listing
            WHERE listing.product_id = document.product_id
              AND {filters.listing()} AND {filters.offered("listing")})"""
    if sum(term.products for term in held) <= EXACT_DOCUMENTS:
        return _found([(any_of_them, None)], passing, filters.parameters())
    rarest = sorted(held, key=lambda term: term.products)[:4]
    together: list[Sequence[Term]] = [held] if len(held) > 2 else []
    together += combinations(rarest, 2)
    found = _found([(_all_of(terms), SOME) for terms in together], passing, filters.parameters())
    if len(found) < SOME:  # else what holds one alone is not among the first
        found += _holding_one(rarest, passing, filters.parameters())
    return list(dict.fromkeys(found))


def _all_of(terms: Sequence[Term]) -> str:
    return " & ".join(f"({term.tsquery()})" for term in terms)


def _holding_one(terms: Sequence[Term], passing: str, parameters: Mapping[str, Any]) -> list[int]:
    """Of each term some that hold it, in their titles if any of the first `LOOKED_AT` do: where a
    word stands is in no statistics, and to look for titles alone may read the whole shop."""
    parts = []
    values = dict(parameters)
    for n, term in enumerate(terms):
        values[f"term_{n}"] = term.tsquery()
        values[f"title_{n}"] = " | ".join(f"({one.tsquery('A')})" for one in term.alternatives)
        parts.append(
            f"""(SELECT product_id FROM (
                     SELECT product_id, words FROM search_document document
                      WHERE words @@ %(term_{n})s::tsquery AND {passing} LIMIT {LOOKED_AT}
                 ) holders
                 ORDER BY words @@ %(title_{n})s::tsquery DESC LIMIT {SOME})"""  # noqa: S608
        )
    with connection.cursor() as cursor:
        cursor.execute(MARK + " UNION ".join(parts), values)
        return [product for (product,) in cursor]


def _found(
    wanted: Sequence[tuple[str, int | None]], passing: str, parameters: Mapping[str, Any]
) -> list[int]:
    if not wanted:
        return []
    parts = []
    values = dict(parameters)
    for n, (tsquery, limit) in enumerate(wanted):
        values[f"words_{n}"] = tsquery
        bounded = f"LIMIT {limit}" if limit else ""
        parts.append(
            f"(SELECT product_id FROM search_document document"  # noqa: S608
            f" WHERE words @@ %(words_{n})s::tsquery AND {passing} {bounded})"
        )
    with connection.cursor() as cursor:
        cursor.execute(MARK + " UNION ".join(parts), values)
        return [product for (product,) in cursor]


def scores(words: Words, products: Sequence[int]) -> dict[int, Held]:
    """What each of `products` holds; those that hold nothing are left out."""
    held = words.held
    if not held or not products:
        return {}
    values: dict[str, Any] = {"products": list(products)}
    columns = []
    for n, term in enumerate(held):
        found = []
        for m, one in enumerate(term.alternatives):
            name = f"term_{n}_{m}"
            values[name] = one.tsquery()
            for place in PLACES:
                values[f"{name}_{place}"] = one.tsquery(place)
            whens = " ".join(
                f"WHEN words @@ %({name}_{place})s::tsquery THEN {worth * one.worth}"
                for place, worth in PLACES.items()
            )
            # Words of which some stand in one place and some in another.
            found.append(
                f"CASE WHEN NOT words @@ %({name})s::tsquery THEN 0 {whens}"
                f" ELSE {PLACES['D'] * one.worth} END"
            )
        columns.append(f"GREATEST({', '.join(found)})")
    with connection.cursor() as cursor:
        cursor.execute(
            f"{MARK}SELECT product_id, {', '.join(columns)} FROM search_document"  # noqa: S608
            " WHERE product_id = ANY(%(products)s::bigint[])",
            values,
        )
        rows = cursor.fetchall()
    whole = words.weight
    result = {}
    for product, *worths in rows:
        terms = tuple(float(worth) for worth in worths)
        score = sum(term.weight * worth for term, worth in zip(held, terms, strict=True)) / whole
        if score > 0:
            result[product] = Held(score, terms)
    return result
