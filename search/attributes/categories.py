"""Where a product stands among those of its category, and which category a photo shows.

Pictures of one category differ in many ways at once, above all in colour. Their differences from
the category's mean, the *residuals*, are what tells of attributes; their covariance tells which
differences are common and say little. Both by Fisher's linear discriminant analysis with a
shrunken covariance (Friedman, "Regularized Discriminant Analysis", 1989): a category's prior
knowledge never walls a photo in, for every category keeps its share.

Whatever is said about an example that was learnt from is said without it: its category's mean
leaves it out, and so does the covariance, by the formula of Sherman and Morrison.

Which category a picture is of, is told by another covariance than attributes are: that of
deviations from the plain means of categories. Without one of k products at distance u from their
mean, the sum of their squares is less by k / (k - 1) uu', and by nothing else. Of residuals, each
of which leaves out its own product alone, the others' would still tell where a product is: of 8
categories of 5 pictures in 256 dimensions all would be guessed right, of which in truth 8 of 10
are.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from search.attributes.tree import Floats, Numbers, Tree

# The share of the covariance that is replaced by the same for all directions. It hardly matters:
# the first guess was right for .355, .349, .342 of the demo's pictures at .02, .1, .4, and .534,
# .523, .505 of Luma's (by cross-validation; 100 and 16 categories).
SHRINKAGE = 0.1
# How sharply a guess decides, of which the best is chosen. Below 1 where pictures of a category are
# less alike than one covariance for all says.
SHARPNESS = np.geomspace(0.0002, 2, 60)
# So many examples settle it.
JUDGED = 2_000


@dataclass(frozen=True)
class Precision:
    """What n rows say of differences that are common. `inverse`: (d, d), of their covariance.
    `pulls`: (n, d), what each row adds to that, times the inverse. `downdates`: (n,), by how much a
    row's own pull has to be taken out of the inverse."""

    inverse: Floats
    pulls: Floats
    downdates: Floats


@dataclass(frozen=True)
class Categories:
    """What n products teach about the categories of a shop.

    `vectors`: (n, d) float32, the pictures of each as one vector of norm 1. `means`: (N, d), of
    every node of `tree`. `residuals`: (n, d), a product's vector less its category's mean without
    it, and their `precision`. `within`: that of deviations, by which categories are told apart.
    """

    @cached_property
    def sharpness(self) -> float:
        """Of guesses: under which products are most likely in the categories that they are in; the
        least that is as good but for a factor e, for where all are right the sharpest is as good as
        any, and would tell the category of what is like nothing that is known."""
        count = len(self.vectors)
        if count == 0:
            return 1.0
        judged = np.random.default_rng(0).permutation(count)[:JUDGED]
        logits, own = self._logits(judged), self.tree.own[judged]
        likely = np.array(
            [
                np.log(softmax(sharpness * logits)[np.arange(len(judged)), own] + 1e-12).sum()
                for sharpness in SHARPNESS
            ]
        )
        return float(SHARPNESS[int(np.argmax(likely >= likely.max() - 1))])

    def only(self, examples: Numbers) -> Categories:
        """As if these products were all that there are; of the same nodes."""
        return learn_categories(self.vectors[examples], self.tree.only(examples))

    tree: Tree
    vectors: Floats
    means: Floats
    residuals: Floats
    precision: Precision
    within: Precision

    def directions(self) -> tuple[Floats, Floats]:
        """(N, d) and (N,): vectors times the first, plus the second, are the logits of a guess;
        that of a node without products of its own is minus infinity."""
        directed = np.asarray(self.sharpness * self.means @ self.within.inverse, dtype=np.float32)
        offsets = np.asarray(-0.5 * (directed * self.means).sum(axis=1), dtype=np.float32)
        offsets[~self.tree.direct] = -np.inf
        return directed, offsets

    def guesses(self, examples: Numbers) -> Floats:
        """(m, N), rows of sum 1: what would be thought of these products' categories if they were
        not among the examples."""
        return softmax(self.sharpness * self._logits(examples))

    def _logits(self, examples: Numbers) -> Floats:
        """As `guesses`, before sharpening: with m the mean of a category, x the product and P the
        precision, m·Px - m·Pm / 2; where P has so much of the product's own pull g taken out."""
        places = np.flatnonzero(self.tree.direct)
        rows, pulls = self.vectors[examples], self.within.pulls[examples]
        down, along = self.within.downdates[examples], (pulls * rows).sum(axis=1)
        inverse, means = self.within.inverse, self.means[places]
        directed = rows @ inverse
        pulled: npt.NDArray[np.floating] = pulls @ means.T
        logits = np.full((len(examples), len(self.tree.paths)), -np.inf, np.float32)
        logits[:, places] = directed @ means.T - 0.5 * (means @ inverse * means).sum(axis=1)
        logits[:, places] += down[:, None] * (pulled * along[:, None] - 0.5 * pulled**2)
        # Its own category's mean is without it.
        own = rows - self.residuals[examples]
        pulled = np.asarray((pulls * own).sum(axis=1))
        mine: npt.NDArray[np.floating] = (directed * own).sum(axis=1) - 0.5 * (
            own @ inverse * own
        ).sum(axis=1)
        mine += down * (pulled * along - 0.5 * pulled**2)
        logits[np.arange(len(examples)), self.tree.own[examples]] = mine
        return logits


def learn_categories(vectors: Floats, tree: Tree) -> Categories:
    """From the vectors of n products, (n, d) float32 of norm 1. For n = 0 nothing is known."""
    count = len(vectors)
    total = vectors.sum(axis=0)
    base = total / max(1, count)
    without_each = (total - vectors) / max(1, count - 1)
    means, without = tree.means(vectors, np.arange(count), base, without_each)
    residuals = vectors - without
    return Categories(
        tree, vectors, means, residuals, _precision(residuals, count), _within(vectors, tree)
    )


def _precision(rows: Floats, freedom: int, alone: Floats | None = None) -> Precision:
    """Of a shrunken covariance: the sum of squares of `rows`, (n, d), over `freedom`. `alone`:
    (n, d), the square of which each row adds to the sum, if that is not its own."""
    dimension = rows.shape[1]
    covariance = rows.T @ rows / max(1, freedom)
    spread = float(np.trace(covariance)) / dimension or 1.0
    shrunk = (1 - SHRINKAGE) * covariance + SHRINKAGE * spread * np.eye(dimension, dtype=np.float32)
    inverse = np.linalg.inv(shrunk.astype(np.float64)).astype(np.float32)
    alone = rows if alone is None else alone
    pulls = np.asarray(alone @ inverse, dtype=np.float32)
    leverage = (pulls * alone).sum(axis=1)
    downdates = (1 - SHRINKAGE) / np.maximum(max(1, freedom) - (1 - SHRINKAGE) * leverage, 1e-3)
    return Precision(inverse, pulls, downdates.astype(np.float32))


def _within(vectors: Floats, tree: Tree) -> Precision:
    """Of deviations from the plain mean of each node's own products."""
    own = tree.own
    sums = np.zeros((len(tree.paths), vectors.shape[1]), np.float32)
    np.add.at(sums, own, vectors)
    counts = np.bincount(own, minlength=len(tree.paths))[own]
    apart = np.asarray(vectors - sums[own] / counts[:, None], dtype=np.float32)
    alone = apart * np.sqrt(counts / np.maximum(counts - 1, 1), dtype=np.float32)[:, None]
    return _precision(apart, len(own) - len(set(own.tolist())), alone)


def softmax(logits: npt.NDArray[np.floating]) -> Floats:
    """Along the last axis; a row of minus infinity alone gives zeros."""
    highest = logits.max(axis=-1, keepdims=True)
    powers = np.exp(logits - np.where(np.isfinite(highest), highest, 0))
    total = powers.sum(axis=-1, keepdims=True)
    return np.asarray(powers / np.where(total > 0, total, 1), dtype=np.float32)
