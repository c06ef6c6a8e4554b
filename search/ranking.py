"""From what is asked (`search.asked`) to one order: candidates, their scores by every leg, the cut.

candidates      what each leg finds by itself, some hundreds
scores          of every candidate by every leg
order           by the weighted sum (`search.fusion`), after the lane of SKUs and what the shop
                pinned (`search.arranging`)
cut             nothing, if nothing is close; else without the tail (`search.evidence`)
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from django.utils.translation import gettext_lazy as _

from search import kinds, recall_samples, retrieval, router, sku
from search.arranging import arrange
from search.asked import Asked, ask
from search.colors.reading import shares_of
from search.diversity import spread
from search.evidence import TAIL, Evidence
from search.facts import Facts
from search.fusion import Ranked, nearest_first, nearest_of, order, totals, trusted
from search.query import PAGE_SIZE, WINDOW, Leg, SearchQuery
from search.router import Matching
from search.words import leg as words_leg
from search.words.analysis import Words
from search.words.options import left_to_variants

# Products that each leg gives of thousands. Few shoppers go further: for those who do, where the
# last that a leg gave was not cut, legs are asked for all of the window.
DEPTH = 3 * PAGE_SIZE
# Where no word finds any, facets have these alone to count.
DEPTH_WITHOUT_WORDS = 10 * PAGE_SIZE
# The first of them are looked at for near-equal pictures.
SPREAD = 3 * PAGE_SIZE
# Of those that hold words, so many with the highest shares become candidates.
WORDED = 400
# What is not wanted takes so much away, where a product has all of its words.
UNWANTED_WORDS = 1.5

# The way of the leg of words; those of vectors are `router.Way`.
FULL_TEXT = "full-text"

NOT_READY = _("There is nothing to compare with yet, so these are the newest products.")


@dataclass(frozen=True)
class Bar:
    """What products have to reach to be shown: a `total`. It is measured by the best of a search;
    with a filter more the same search keeps it as long as anything reaches it, so that to choose a
    facet shows what was counted, and never more. `held`: what the best held of the words;
    `evidence`: that what was found is what was meant; `nearest`: the products that look most like a
    photo."""

    total: float
    held: float
    evidence: Evidence
    nearest: frozenset[int]


@dataclass(frozen=True)
class Ranking:
    """`ranked`: best first, cut. `cut`: whether products that were found were left out, so that
    these are all there are; unless it `goes_on`: later pages find more. `complete`: whether what
    matches and was not ranked may follow. `close`: whether anything found is what was meant. `bar`:
    what products had to reach. `buried`: what the shop wants last; it follows all others."""

    ranked: list[Ranked] = field(default_factory=list)
    complete: bool = True
    cut: bool = False
    goes_on: bool = False
    close: bool = True
    confidence: float = 1.0
    notice: str = ""
    bar: Bar | None = None
    buried: list[Ranked] = field(default_factory=list)

    @property
    def found(self) -> list[int]:
        """The keys of all that it shows, as far as it goes."""
        return [one.product_id for one in (*self.ranked, *self.buried)]


def rank(
    query: SearchQuery,
    asked: Asked,
    matching: Matching,
    facts: Facts,
    *,
    bar: Bar | None = None,
    sampled: bool = False,
) -> Ranking:
    """One order of what the legs find among what matches, as deep as the page asked for needs.

    `bar`: that of the same search with fewer filters, if there was one. If `sampled`, chance may
    keep the search for the check of recall.
    """
    if not query.ranks:
        return Ranking(complete=asked.complete)
    lane = sku.lane(asked.intent.wanted, query.filters)
    weights = dict(query.weights)
    weights.setdefault(Leg.WORDS, 1.0)
    depth = DEPTH if asked.words.held else DEPTH_WITHOUT_WORDS
    if matching.few:  # all of them: then how many reach the bar is the same on every page
        depth = WINDOW
    found = _fused(asked, matching, weights, depth, lane, facts, bar, sampled=sampled)
    ranked = found.ranked
    goes_on = found.goes_on
    # To be sorted, all has to be there; and what is buried makes room for others.
    needed = (query.page + 1) * PAGE_SIZE + len(query.arranged.buried)
    further = query.sort or needed > len(ranked)
    if depth < WINDOW and goes_on and further:
        # The first pages stay what they were; what they did not show follows in the deeper order.
        pages_shown = (len(ranked) - len(query.arranged.buried)) // PAGE_SIZE - 1
        first = found.ranked[: max(depth, pages_shown * PAGE_SIZE)]
        shown = {one.product_id for one in first}
        found, goes_on = _fused(asked, matching, weights, WINDOW, lane, facts, bar), False
        ranked = first + [one for one in found.ranked if one.product_id not in shown]
    whole = asked.complete and found.all_kept
    ranked, buried = arrange(ranked, query.arranged, lane, matching, whole=whole)
    compared = asked.targets or asked.words.terms or lane.products
    ready = compared or not asked.complete or not matching.count
    notice = asked.notice if ready else str(NOT_READY)
    return Ranking(
        ranked,
        asked.complete,
        cut=not found.all_kept,
        goes_on=goes_on and depth < WINDOW,
        # What the shop pinned it meant.
        close=found.close or bool(ranked),
        confidence=found.confidence,
        notice=notice,
        bar=found.bar,
        buried=buried,
    )


def first_of(query: SearchQuery, most: int) -> list[Ranked]:
    """The `most` that `query` finds first, for those who show no page of it: counted nowhere, and
    never kept for the check of recall. Raises `SearchUnavailable`."""
    matching = router.match(query.filters)
    asked = ask(query, matching, Facts())
    return rank(query, asked, matching, Facts()).ranked[:most]


def spread_out(ranking: Ranking, asked: Asked, facts: Facts) -> Ranking:
    """The same, without near-equal pictures side by side."""
    looks = asked.targets.get(Leg.IMAGE)
    if looks is None:
        return ranking
    with facts.stage("spread"):
        first, rest = ranking.ranked[:SPREAD], ranking.ranked[SPREAD:]
        return replace(ranking, ranked=spread(first, looks.model) + rest)


@dataclass(frozen=True)
class _Found:
    ranked: list[Ranked]
    all_kept: bool
    goes_on: bool
    close: bool
    confidence: float
    bar: Bar | None


def _fused(
    asked: Asked,
    matching: Matching,
    weights: Mapping[Leg, float],
    depth: int,
    lane: sku.Lane,
    facts: Facts,
    bar: Bar | None,
    *,
    sampled: bool = False,
) -> _Found:
    """The candidates of all legs, each as far as `depth`, scored by all, in one order, cut."""
    images: dict[int, int] = {}
    cosines: dict[Leg, dict[int, float]] = {}
    last: set[int] = set()
    for leg, target in asked.targets.items():
        with facts.stage(leg):
            nearest = router.nearest(target, matching, depth=depth)
        facts.ways[leg] = nearest.way
        if sampled:
            recall_samples.offer(target, matching.filters, nearest.way)
        cosines[leg] = {hit.product_id: hit.score for hit in nearest.hits}
        last |= {hit.product_id for hit in nearest.hits[depth - 1 :]}
        images |= {hit.product_id: hit.image_id for hit in nearest.hits if hit.image_id}
    held: dict[int, words_leg.Held] = {}
    naming = asked.kind.terms
    first: list[int] = []
    if asked.words.held or naming:
        with facts.stage(Leg.WORDS):
            looked_up = Words((*asked.words.terms, *naming))
            holders = words_leg.candidates(looked_up, matching.filters, matching.known)
            held = words_leg.scores(asked.words, holders)
            worth = words_leg.scores(looked_up, holders) if naming else held
            first = sorted(worth, key=lambda product: (-worth[product].score, product))
            if asked.targets:
                most = WORDED if depth < WINDOW else WINDOW
                last |= set(first[most - 1 : most])
                first = first[:most]
        facts.ways[Leg.WORDS] = FULL_TEXT
    with facts.stage("fuse"):
        products = list(dict.fromkeys([*first, *(p for found in cosines.values() for p in found)]))
        for leg, target in asked.targets.items():
            missing = [product for product in products if product not in cosines[leg]]
            for hit in retrieval.best_of(target, matching.filters, missing) if missing else ():
                cosines[leg][hit.product_id] = hit.score
                if hit.image_id:
                    images[hit.product_id] = hit.image_id
        if asked.words.held:
            rest = [product for product in products if product not in held]
            held |= words_leg.scores(asked.words, rest)
        scores = {
            leg: asked.background.standard(
                asked.queries[leg],
                asked.targets[leg].kind,
                np.array([found.get(product, np.nan) for product in products]),
            )
            for leg, found in cosines.items()
            if products
        }
        if asked.colors and weights.get(Leg.COLOR):
            scores[Leg.COLOR] = _colored(asked.colors, products, matching)
        if asked.words.terms:
            shares = [held[product].score if product in held else 0.0 for product in products]
            # Beside a photo, words say how it is to differ: they are meant, whoever holds them.
            scores[Leg.WORDS] = (
                np.array(shares)
                if asked.kind
                else trusted(np.array(shares), bar.held if bar else max(shares, default=0.0))
            )
        if asked.kind:
            alike = kinds.likeness(asked.kind, products)
            scores[Leg.KIND] = np.array([alike.get(product, 0.0) for product in products])
        total = totals(scores, weights) - _unwanted(asked, products, weights)
        total += _shifted(asked, matching, products)
        total, alike_most = _first_by_looks(asked, products, total, scores, weights, bar)
    scored = _Scored(products, total, scores, images, held, alike_most, last)
    return _cut(asked, scored, weights, lane, bar)


def _first_by_looks(
    asked: Asked,
    products: Sequence[int],
    total: np.ndarray,
    scores: Mapping[Leg, np.ndarray],
    weights: Mapping[Leg, float],
    bar: Bar | None,
) -> tuple[np.ndarray, frozenset[int]]:
    """(n,) totals, and the products that come first whatever they are, since they look most like a
    photo alone; with a filter more, those of them that pass it."""
    alone = asked.photographed and not (asked.words.terms or asked.shifts)
    if not (alone and asked.kind and Leg.IMAGE in scores):
        return total, frozenset()
    looks = weights[Leg.IMAGE] * np.nan_to_num(scores[Leg.IMAGE])
    places = (
        nearest_of(looks)
        if bar is None
        else [n for n, product in enumerate(products) if product in bar.nearest]
    )
    return nearest_first(total, looks, places), frozenset(products[n] for n in places)


@dataclass(frozen=True)
class _Scored:
    """Candidates, n of them. `total`, and `scores` by leg: (n,). `images`: the picture that matched
    of each product. `held`: what they hold of the words. `nearest`: those that come first by looks
    alone. `last`: the last that each leg gave, where it would have given more."""

    products: list[int]
    total: np.ndarray
    scores: Mapping[Leg, np.ndarray]
    images: Mapping[int, int]
    held: Mapping[int, words_leg.Held]
    nearest: frozenset[int]
    last: Collection[int]


def _cut(
    asked: Asked,
    scored: _Scored,
    weights: Mapping[Leg, float],
    lane: sku.Lane,
    bar: Bar | None,
) -> _Found:
    """The candidates in one order, those that reach the bar."""
    products, total = scored.products, scored.total
    places = order(products, total)
    best_total = float(total[places[0]]) if len(places) else 0.0
    best_held = max((one.score for one in scored.held.values()), default=0.0)
    evidence, threshold = _evidence(asked, best_held), TAIL * best_total
    # The nearest lamps to a picture of a shoe may be meant, those to the word are not.
    if bar and bar.total > 0 and (best_total >= bar.total or not asked.pictured):
        evidence, threshold = bar.evidence, bar.total
    kept = places
    if len(places) and (asked.background.pairs or not asked.targets):
        kept = places[total[places] >= threshold] if best_total > 0 else places[:0]
    if not evidence.close:
        kept = places[:0]
    highest = float(total[kept[0]]) if len(kept) else 1.0
    legs = [str(leg) for leg in scored.scores]
    parts = [
        (weights[leg] * np.nan_to_num(values[kept])).tolist()
        for leg, values in scored.scores.items()
    ]
    ranked = [
        Ranked(
            products[n],
            evidence.confidence * max(0.0, value / highest) if highest > 0 else 0.0,
            scored.images.get(products[n]),
            value,
            dict(zip(legs, given, strict=True)),
        )
        for n, value, *given in zip(kept.tolist(), total[kept].tolist(), *parts, strict=True)
    ]
    if lane.products:
        by_product = {one.product_id: one for one in ranked}
        first = [
            Ranked(product, 1.0, by_product[product].image_id if product in by_product else None)
            for product in lane.products
        ]
        others = [one for one in ranked if one.product_id not in set(lane.products)]
        ranked = first if lane.alone else first + others
    close = bool(lane.products) or (evidence.close and bool(ranked or not products))
    all_kept = len(kept) == len(places) and not lane.alone
    own = Bar(threshold, bar.held if bar else best_held, evidence, scored.nearest)
    goes_on = any(products[n] in scored.last for n in kept)
    return _Found(ranked, all_kept, goes_on, close, evidence.confidence, own)


def _evidence(asked: Asked, best_held: float) -> Evidence:
    """That what was found is what was meant; a picture is believed, whatever is said beside it."""
    if asked.pictured:
        return Evidence()
    if asked.background.nonsense is not None:
        return replace(asked.sense, held=best_held) if asked.words.terms else asked.sense
    if asked.words.terms and not asked.targets:
        has = 1.0 if best_held else 0.0
        return Evidence(has, 0.0, has, has, has)
    return Evidence()


def _colored(
    colors: Mapping[str, float], products: Sequence[int], matching: Matching
) -> np.ndarray:
    """(n,): the share of these colours in each product's best picture of them, in [0, 1]."""
    shares = shares_of(products, colors, filters=matching.filters)
    return np.array([shares[one].share if one in shares else 0.0 for one in products])


def _unwanted(asked: Asked, products: Sequence[int], weights: Mapping[Leg, float]) -> np.ndarray:
    """(n,): what is taken from each product's total for holding words that are not wanted. Of one
    that comes in red and in blue, "not red" means the blue one."""
    if not asked.unwanted.held:
        return np.zeros(len(products))
    has = words_leg.scores(asked.unwanted, products)
    for product in left_to_variants(asked.unwanted, has):
        del has[product]
    share = np.array([has[product].score if product in has else 0.0 for product in products])
    return UNWANTED_WORDS * max(weights.get(Leg.WORDS, 0.0), 1.0) * share


def _shifted(asked: Asked, matching: Matching, products: Sequence[int]) -> np.ndarray:
    """(n,): what products gain, or lose, by looking like examples and like what is not wanted."""
    gained = np.zeros(len(products))
    if not products:
        return gained
    for shift in asked.shifts:
        hits = retrieval.best_of(shift.target, matching.filters, products)
        cosines = {hit.product_id: hit.score for hit in hits}
        looks = asked.background.standard(
            shift.query,
            shift.target.kind,
            np.array([cosines.get(product, np.nan) for product in products]),
        )
        # To be unlike what is not wanted is no merit.
        lowest = 0.0 if shift.weight < 0 else -np.inf
        gained += shift.weight * np.maximum(np.nan_to_num(looks), lowest)
    return gained
