"""From a query to one order: targets, legs, candidates, their scores by every leg, the cut.

what is asked   words (`search.words`), vectors of words and photo, what is not wanted
candidates      what each leg finds by itself, some hundreds
scores          of every candidate by every leg
order           by the weighted sum (`search.fusion`), after the lane of SKUs
cut             nothing, if nothing is close; else without the tail (`search.evidence`)
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from search import asked as asking
from search import kinds, recall_samples, retrieval, router, sku
from search.asked import Asked
from search.colors.reading import shares_of
from search.diversity import spread
from search.encoders import EncoderUnavailable
from search.evidence import TAIL, Evidence
from search.facts import Facts
from search.fusion import Ranked, nearest_first, order, totals, trusted
from search.intent import Intent
from search.models import EmbeddingModel
from search.query import PAGE_SIZE, WINDOW, Leg, SearchQuery
from search.router import Matching
from search.words import leg as words_leg
from search.words.analysis import Words

logger = logging.getLogger(__name__)

# Products that each leg gives for the first pages. Few shoppers go further: for those who do, and
# where the cut leaves all of them, legs are asked for all of the window.
DEPTH = 3 * PAGE_SIZE
# The first of them are looked at for near-equal pictures.
SPREAD = 3 * PAGE_SIZE
# Of those that hold words, so many with the highest shares become candidates.
WORDED = 400
# What is not wanted takes so much away, where a product has all of its words.
UNWANTED_WORDS = 1.5

# The way of the leg of words; those of vectors are `router.Way`.
FULL_TEXT = "full-text"

WORDS_ONLY = (
    "Search by looks is not available right now, so these are the products that hold your words."
)
NOT_READY = "There is nothing to compare with yet, so these are the newest products."


class SearchUnavailable(Exception):
    """The search cannot be answered now, not even by words. The message is for shoppers."""


@dataclass(frozen=True)
class Ranking:
    """`ranked`: best first, cut. `cut`: whether products that were found were left out, so that
    these are all there are. `complete`: whether what matches and was not ranked may follow.
    `close`: whether anything found is what was meant. `intent`, `words`: what the text was taken
    for."""

    ranked: list[Ranked] = field(default_factory=list)
    complete: bool = True
    cut: bool = False
    close: bool = True
    confidence: float = 1.0
    notice: str = ""
    intent: Intent = field(default_factory=Intent)
    words: Words = field(default_factory=Words)


def rank(query: SearchQuery, matching: Matching, facts: Facts, *, sampled: bool = True) -> Ranking:
    """One order of what the legs find among what matches, as deep as the page asked for needs.

    Without an encoder it answers by words alone and says so; raises `SearchUnavailable` if there
    are none. Unless it is not to be `sampled`, chance may keep it for the check of recall.
    """
    complete = query.legs != {Leg.WORDS} or not query.said
    if not query.ranks:
        return Ranking(complete=complete)
    asked = asking.read(query, facts)
    notice = ""
    model = EmbeddingModel.objects.live()
    try:
        if model is None:
            raise EncoderUnavailable("no model is live: run `manage.py model build`")
        asked = asking.look(asked, query, model, matching, facts)
        if not query.weights.get(Leg.WORDS):
            asked = replace(asked, words=Words())
    except EncoderUnavailable as error:
        logger.warning("Searching by words alone: %s", error)
        if not query.said:
            raise SearchUnavailable(
                "Search by photo is not available right now. Try words, or come back soon."
            ) from error
        complete, notice = False, WORDS_ONLY
    lane = sku.products_with(query.for_texts, query.filters)
    weights = dict(query.weights)
    weights.setdefault(Leg.WORDS, 1.0)
    found = _fused(asked, matching, weights, DEPTH, lane, facts, sampled=sampled)
    wanted = query.page * PAGE_SIZE
    if (wanted > DEPTH or (found.all_kept and matching.few)) and found.candidates >= DEPTH:
        # The first pages stay what they were; what they did not show follows in the deeper order.
        first = found.ranked[:DEPTH]
        shown = {one.product_id for one in first}
        found = _fused(asked, matching, weights, WINDOW, lane, facts)
        ranked = first + [one for one in found.ranked if one.product_id not in shown]
    else:
        ranked = found.ranked
    if model is not None and Leg.IMAGE in asked.targets:
        with facts.stage("spread"):
            ranked = spread(ranked[:SPREAD], model) + ranked[SPREAD:]
    if not (asked.targets or asked.words.terms or lane) and matching.count and complete:
        notice = NOT_READY
    return Ranking(
        ranked,
        complete,
        cut=not found.all_kept,
        close=found.close,
        confidence=found.confidence,
        notice=notice,
        intent=asked.intent,
        words=asked.words,
    )


@dataclass(frozen=True)
class _Found:
    ranked: list[Ranked]
    candidates: int
    all_kept: bool
    close: bool
    confidence: float


def _fused(
    asked: Asked,
    matching: Matching,
    weights: Mapping[Leg, float],
    depth: int,
    lane: Sequence[int],
    facts: Facts,
    *,
    sampled: bool = False,
) -> _Found:
    """The candidates of all legs, each as far as `depth`, scored by all, in one order, cut."""
    images: dict[int, int] = {}
    cosines: dict[Leg, dict[int, float]] = {}
    for leg, target in asked.targets.items():
        with facts.stage(leg):
            nearest = router.nearest(target, matching, depth=depth)
        facts.ways[leg] = nearest.way
        if sampled:
            recall_samples.offer(target, matching.filters, nearest.way)
        cosines[leg] = {hit.product_id: hit.score for hit in nearest.hits}
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
            first = first if depth > DEPTH or not asked.targets else first[:WORDED]
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
            scores[Leg.WORDS] = np.array(shares) if asked.kind else trusted(np.array(shares))
        if asked.kind:
            alike = kinds.likeness(asked.kind, products)
            scores[Leg.KIND] = np.array([alike.get(product, 0.0) for product in products])
        total = totals(scores, weights) - _unwanted(asked, products, weights)
        total += _shifted(asked, matching, products)
        alone = not (asked.words.terms or asked.shifts)
        if asked.kind and alone and Leg.IMAGE in scores:
            total = nearest_first(total, weights[Leg.IMAGE] * np.nan_to_num(scores[Leg.IMAGE]))
        return _cut(asked, products, total, scores, weights, images, held, lane)


def _cut(
    asked: Asked,
    products: list[int],
    total: np.ndarray,
    scores: Mapping[Leg, np.ndarray],
    weights: Mapping[Leg, float],
    images: Mapping[int, int],
    held: Mapping[int, words_leg.Held],
    lane: Sequence[int],
) -> _Found:
    places = order(products, total)
    evidence = Evidence()
    if asked.words.terms and asked.background.nonsense is not None:
        best = max((one.score for one in held.values()), default=0.0)
        evidence = replace(asked.sense, held=best)
    elif asked.words.terms and not asked.targets:
        has = 1.0 if held else 0.0
        evidence = Evidence(has, 0.0, has, has, has)
    kept = places
    if len(places) and (asked.background.pairs or not asked.targets):
        best_total = float(total[places[0]])
        kept = places[total[places] >= TAIL * best_total] if best_total > 0 else places[:0]
    if not evidence.close:
        kept = places[:0]
    highest = float(total[kept[0]]) if len(kept) else 1.0
    parts = {leg: weights[leg] * np.nan_to_num(values) for leg, values in scores.items()}
    ranked = [
        Ranked(
            products[n],
            evidence.confidence * max(0.0, float(total[n]) / highest) if highest > 0 else 0.0,
            images.get(products[n]),
            float(total[n]),
            {str(leg): float(values[n]) for leg, values in parts.items()},
        )
        for n in kept
    ]
    if lane:
        by_product = {one.product_id: one for one in ranked}
        first = [
            Ranked(product, 1.0, by_product[product].image_id if product in by_product else None)
            for product in lane
        ]
        ranked = first + [one for one in ranked if one.product_id not in set(lane)]
    close = bool(lane) or (evidence.close and bool(ranked or not products))
    return _Found(ranked, len(products), len(kept) == len(places), close, evidence.confidence)


def _colored(
    colors: Mapping[str, float], products: Sequence[int], matching: Matching
) -> np.ndarray:
    """(n,): the share of these colours in each product's best picture of them, in [0, 1]."""
    shares = shares_of(products, colors, filters=matching.filters)
    return np.array([shares[one].share if one in shares else 0.0 for one in products])


def _unwanted(asked: Asked, products: Sequence[int], weights: Mapping[Leg, float]) -> np.ndarray:
    """(n,): what is taken from each product's total for holding words that are not wanted."""
    if not asked.unwanted.held:
        return np.zeros(len(products))
    has = words_leg.scores(asked.unwanted, products)
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
