"""How much less a result is looked at for standing lower, estimated from clicks alone.

A click is taken for two things: that the position was looked at, with a probability p(k) that the
position k alone decides, and that the product was what the words meant (the position-based model:
Craswell, Zoeter, Taylor, Ramsey 2008). p(k) = k ^ -eta, the propensity of Joachims, Swaminathan and
Schnabel (2017, "Unbiased Learning-to-Rank with Biased Feedback").

eta comes from what stood at several positions for the same words, over time (stock, new products
and other weights see to that): how its clicks divide among those positions says nothing of how good
it is, and all of how they are looked at (intervention harvesting: Agarwal, Zaitsev, Wang, Li,
Najork, Joachims 2019). Given a pair's clicks in all, they fall on position k with the probability
n(k) p(k) / sum of n p, n(k) being how often it stood there; the likelihood of that is concave in
eta, and is maximised together with a weak prior.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

# Where few clicks tell anything: eta is about 1, "twice as far is looked at half as often".
PRIOR_MEAN, PRIOR_DEVIATION = 1.0, 0.5
BOUNDS = 0.0, 3.0
_STEPS = 30
_PRECISE = 1e-6


@dataclass(frozen=True)
class Propensities:
    """`eta`; and how many clicks on results that stood at several positions it rests on."""

    eta: float
    clicks: int

    def at(self, positions: np.ndarray) -> np.ndarray:
        """How likely each position (1, 2, ...) is looked at, against the first: shape as given."""
        return np.asarray(positions, np.float64) ** -self.eta


def estimate(
    pairs: np.ndarray, positions: np.ndarray, shown: np.ndarray, clicks: np.ndarray
) -> Propensities:
    """All of shape (rows,): the number of a pair of words and product, from 0; a position, from 1;
    how often the pair stood there; how many clicks came of it."""
    count = int(pairs.max()) + 1 if len(pairs) else 0
    places = np.bincount(pairs, minlength=count)
    several = places[pairs] > 1
    pairs, clicks = pairs[several], clicks[several].astype(np.float64)
    logs, weights = np.log(positions[several]), shown[several].astype(np.float64)
    totals = np.bincount(pairs, clicks, count)
    observed = float(clicks @ logs)
    eta = PRIOR_MEAN
    for _ in range(_STEPS):  # Newton's method; the prior keeps the curvature from zero
        chance = weights * np.exp(-eta * logs)
        chance /= np.bincount(pairs, chance, count)[pairs]
        mean = np.bincount(pairs, chance * logs, count)
        variance = np.bincount(pairs, chance * logs**2, count) - mean**2
        slope = float(totals @ mean) - observed - (eta - PRIOR_MEAN) / PRIOR_DEVIATION**2
        curvature = float(totals @ variance) + 1 / PRIOR_DEVIATION**2
        step = slope / curvature
        eta = float(np.clip(eta + step, *BOUNDS))
        if abs(step) < _PRECISE:
            break
    return Propensities(eta, int(clicks.sum()))
