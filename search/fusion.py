"""One order of what several legs found.

Distribution-based score fusion: each leg's scores are laid on a common scale by their own mean and
deviation (three deviations below the mean is 0, three above is 1), then summed with weights. Raw
cosines are not comparable: words against words score high, words against pictures low. Nothing is
clipped: a best hit beyond three deviations widens the scale, for clipping would tie the very hits
that matter. A leg of a handful of hits has no distribution: there the rank counts, as in
reciprocal-rank fusion (Cormack et al., 2009).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from search.query import Leg
from search.retrieval import Hit

ENOUGH = 5  # hits, to speak of a distribution
RRF_K = 60


@dataclass(frozen=True)
class Ranked:
    """A product with its fused score in [0, 1] and the picture that matched, if one did."""

    product_id: int
    score: float
    image_id: int | None


def fuse(found: Mapping[Leg, Sequence[Hit]], weights: Mapping[Leg, float]) -> list[Ranked]:
    """Best first; ties by product, so that pages never overlap."""
    total = sum(weights[leg] for leg in found) or 1.0
    scores: dict[int, float] = {}
    pictures: dict[int, int] = {}
    for leg, hits in found.items():
        for hit, score in zip(hits, _normalised(leg, hits), strict=True):
            scores[hit.product_id] = scores.get(hit.product_id, 0.0) + weights[leg] / total * score
            if hit.image_id is not None:
                pictures[hit.product_id] = hit.image_id
    order = sorted(scores, key=lambda product: (-scores[product], product))
    return [Ranked(product, scores[product], pictures.get(product)) for product in order]


def _normalised(leg: Leg, hits: Sequence[Hit]) -> list[float]:
    if leg is Leg.WORDS:
        return [hit.score for hit in hits]  # the share of the words is a scale of its own
    if len(hits) < ENOUGH:
        return [(RRF_K + 1) / (RRF_K + rank) for rank in range(1, len(hits) + 1)]
    scores = np.array([hit.score for hit in hits])
    mean, deviation = scores.mean(), scores.std()
    if deviation == 0:
        return [0.5] * len(hits)
    low = min(mean - 3 * deviation, scores.min())
    high = max(mean + 3 * deviation, scores.max())
    return list(((scores - low) / (high - low)).tolist())
