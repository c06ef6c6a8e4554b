"""Judgements for the lab, from what shoppers did: words, a product, and a grade from 0 to 3.

    3  bought after such a search
    2  put in the cart, or opened about as often as the best for these words
    1  opened, clearly less often
    0  looked at often enough, and hardly opened

"As often" is by how often a result was looked at, not shown: `search.events.position_bias` says
how much less the lower ones are. What was looked at too little has no grade. Only searches by words
without filters count, for the lab asks just these words.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from django.db import connection

from search.events.insights import POSITIONS, Period
from search.events.position_bias import Propensities, estimate

# Searches of the same words, and looks at a result, below which nothing is said.
MIN_SEARCHES = 3
MIN_LOOKS = 3.0
# Of the best rate for the words: from there on a result is as good, or good at all.
AS_GOOD, GOOD = 0.5, 0.15
# Looks at the average rate that every result is given beforehand: one click of three is no third.
PRIOR_LOOKS = 5.0


@dataclass(frozen=True)
class Judgement:
    """What shoppers did with a product after searching for `query`. `looks`: how often it was
    shown, each time by the chance that its position is looked at; `rate`: clicks by looks, drawn
    towards the average where looks are few."""

    query: str
    product: str  # its handle
    sku: str  # of its first variant
    grade: int
    shown: int
    clicks: int
    carts: int
    purchases: int
    looks: float
    rate: float

    def as_data(self) -> dict[str, Any]:
        """JSON's own types."""
        return asdict(self) | {"looks": round(self.looks, 2), "rate": round(self.rate, 4)}


@dataclass(frozen=True)
class _Evidence:
    """A row for each words, product and position: arrays of shape (rows,)."""

    words: list[str]
    handles: list[str]
    skus: list[str]
    pairs: np.ndarray  # the number of the words and product, from 0, ascending
    positions: np.ndarray
    counts: np.ndarray  # (rows, 4): shown, clicks, carts, purchases

    @property
    def starts(self) -> np.ndarray:
        """The first row of each pair."""
        return np.flatnonzero(np.diff(self.pairs, prepend=-1))


def propensities(period: Period) -> Propensities:
    """How positions were looked at in this period."""
    return _propensities(_evidence(period))


def judgements(period: Period) -> Iterator[Judgement]:
    """By words, the best first."""
    evidence = _evidence(period)
    if not evidence.words:
        return
    starts = evidence.starts
    chances = _propensities(evidence).at(evidence.positions)
    totals = np.add.reduceat(evidence.counts, starts)
    looks = np.add.reduceat(evidence.counts[:, 0] * chances, starts)
    average = totals[:, 1].sum() / looks.sum()
    rates = (totals[:, 1] + PRIOR_LOOKS * average) / (looks + PRIOR_LOOKS)
    words = np.array([evidence.words[start] for start in starts], dtype=object)
    for _, group in _groups(words):
        best = rates[group].max()
        graded = [
            Judgement(
                query=evidence.words[starts[n]],
                product=evidence.handles[starts[n]],
                sku=evidence.skus[starts[n]],
                grade=grade,
                shown=int(totals[n, 0]),
                clicks=int(totals[n, 1]),
                carts=int(totals[n, 2]),
                purchases=int(totals[n, 3]),
                looks=float(looks[n]),
                rate=float(rates[n]),
            )
            for n in group
            if (grade := _grade(totals[n], looks[n], rates[n] / best)) is not None
        ]
        yield from sorted(graded, key=lambda one: (-one.grade, -one.rate, one.product))


def _grade(totals: np.ndarray, looks: float, share: float) -> int | None:
    """`share`: of the best rate for the words."""
    _, clicks, carts, purchases = totals
    if purchases:
        return 3
    if carts:
        return 2
    if looks < MIN_LOOKS and clicks < 2:
        return None
    if clicks >= 2 and share >= AS_GOOD:
        return 2
    return 1 if clicks and share >= GOOD else 0


def _propensities(evidence: _Evidence) -> Propensities:
    shown, clicks = evidence.counts[:, 0], evidence.counts[:, 1]
    return estimate(evidence.pairs, evidence.positions, shown, clicks)


def _groups(words: np.ndarray) -> Iterator[tuple[str, range]]:
    """Runs of equal words: which, and where."""
    start = 0
    for end in range(1, len(words) + 1):
        if end == len(words) or words[end] != words[start]:
            yield words[start], range(start, end)
            start = end


_EVIDENCE = """
    WITH asked AS MATERIALIZED (
        SELECT id, page, words FROM search_loggedquery
         WHERE id >= %(since)s AND kind = 'words' AND words <> '' AND filters = '{}'
         ORDER BY id DESC LIMIT %(most)s
    ), often AS (
        SELECT words FROM asked WHERE page = 1 GROUP BY words HAVING count(*) >= %(searches)s
    ), shown AS (
        SELECT asked.id, asked.words, stood.product, impression.first + stood.place - 1 AS position
          FROM asked JOIN often USING (words)
          JOIN search_impression impression ON impression.query_id = asked.id
         CROSS JOIN unnest(impression.products) WITH ORDINALITY stood(product, place)
         WHERE impression.seen IS NULL OR impression.first + stood.place - 1 = ANY(impression.seen)
            -- A click says that it was seen, whoever did not tell.
            OR EXISTS (SELECT FROM search_click click
                        WHERE click.query_id = asked.id AND click.product_id = stood.product)
    ), counted AS (
        SELECT shown.words, shown.product, shown.position, count(*) AS shown,
               count(click.id) AS clicks, count(cart.id) AS carts, count(purchase.id) AS purchases
          FROM shown
          LEFT JOIN search_click click ON click.query_id = shown.id
           AND click.product_id = shown.product AND click.kind = 'click'
          LEFT JOIN search_click cart ON cart.query_id = shown.id
           AND cart.product_id = shown.product AND cart.kind = 'cart'
          LEFT JOIN search_click purchase ON purchase.query_id = shown.id
           AND purchase.product_id = shown.product AND purchase.kind = 'purchase'
         WHERE shown.position <= %(positions)s
         GROUP BY shown.words, shown.product, shown.position
    )
    SELECT counted.words, product.slug, coalesce(variant.sku, ''),
           dense_rank() OVER (ORDER BY counted.words, product.id) - 1, counted.position,
           counted.shown, counted.clicks, counted.carts, counted.purchases
      FROM counted JOIN catalog_product product ON product.id = counted.product
      LEFT JOIN LATERAL (
          SELECT sku FROM catalog_variant WHERE product_id = product.id
           ORDER BY position, id LIMIT 1
      ) variant ON true
     ORDER BY 4, counted.position
"""


def _evidence(period: Period) -> _Evidence:
    with connection.cursor() as cursor:
        cursor.execute(_EVIDENCE, period.parameters(searches=MIN_SEARCHES, positions=POSITIONS))
        rows = cursor.fetchall()
    words, handles, skus, pairs, positions, *counts = zip(*rows, strict=True) if rows else [()] * 9
    return _Evidence(
        list(words),
        list(handles),
        list(skus),
        np.array(pairs, np.int64),
        np.array(positions, np.int64),
        np.array(counts, np.int64).T.reshape(-1, 4),
    )
