"""Vectors with the geometry of real CLIP embeddings.

Aimed at, in cosines, as measured of CLIP-like models on catalogue pictures:

    two pictures of unrelated products (other top category)    .5, deviation .1
    two pictures of one leaf category                          .7
    two pictures of one product                                .85 to .95
    two texts of unrelated products                            .5
    a text and a picture of its product                        .3
    a text and a picture of an unrelated product               .15

Pictures and texts lie in two narrow cones: each kind has a strong mean of its own. What remains
is far from isotropic: its variances decay by a power law, so that of 512 dimensions some 20 to 30
do the work (the participation ratio; isotropic noise would have 512). Isotropic vectors, on which
indexes are often measured, have no neighbours worth finding.

How: a picture is a sum of independent parts, whose squared lengths are the shares below: the mean
of all pictures, the centres of its top, middle and leaf category, of its style (a cluster within
a leaf), of its product, of the colour it shows, and a view of its own. Two pictures have the
cosine that the shares of their common parts add up to. A text has the same parts in an orthogonal
image of the space, in which each vector has the cosine `ALIGNMENT` to itself.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

# Shares of a picture's squared length; they add up to 1. So do a text's.
PICTURE = {
    "mean": 0.49,
    "top": 0.09,
    "middle": 0.06,
    "leaf": 0.06,
    "style": 0.08,
    "product": 0.10,
    "colour": 0.02,
    "view": 0.10,
}
TEXT = {
    "mean": 0.50,
    "top": 0.09,
    "middle": 0.06,
    "leaf": 0.06,
    "style": 0.06,
    "product": 0.08,
    "view": 0.15,
}
ALIGNMENT = 0.41  # cosine of a part in a picture and in a text
BETWEEN_MEANS = 0.30  # cosine of the two means
DECAY = 1.0  # the i-th variance is i ** -DECAY
VIEW_SPREAD = 0.3  # deviation of the logarithm of a view's length: some are close-ups
STYLES = 32  # clusters within a leaf category


@dataclass(frozen=True)
class Tree:
    """Which top and middle category a leaf is below: int arrays of shape (leaves,)."""

    top: np.ndarray
    middle: np.ndarray


class Space:
    """The centres of all categories, styles and colours, and the sums that vectors are.

    Deterministic in `seed`. Everything is computed in the axes of the variances, the first two of
    which are kept for the means, and turned into the model's axes at the end.
    """

    def __init__(self, tree: Tree, *, colours: int, dimension: int, seed: int) -> None:
        if dimension < 8 or dimension % 2:
            raise ValueError("The dimension must be even, and 8 or more.")
        self.tree = tree
        self.dimension = dimension
        chance = np.random.default_rng([seed, 0])
        variances = np.arange(1, dimension - 1, dtype=np.float64) ** -DECAY
        self._deviations = np.zeros(dimension, dtype=np.float32)
        self._deviations[2:] = np.sqrt(variances / variances.sum())
        self._axes = _axes(chance, dimension)
        leaves = len(tree.top)
        self._tops = self.draw(chance, int(tree.top.max()) + 1)
        self._middles = self.draw(chance, int(tree.middle.max()) + 1)
        self._leaves = self.draw(chance, leaves)
        self._styles = self.draw(chance, leaves * STYLES).reshape(leaves, STYLES, dimension)
        self._colours = self.draw(chance, colours)

    def draw(self, chance: np.random.Generator, count: int) -> np.ndarray:
        """`count` vectors of mean 0 and expected squared length 1, float32, (count, dimension)."""
        drawn = chance.standard_normal((count, self.dimension), dtype=np.float32)
        drawn *= self._deviations
        return drawn

    def pictures(
        self,
        chance: np.random.Generator,
        leaf: np.ndarray,
        style: np.ndarray,
        product: np.ndarray,
        colour: np.ndarray,
    ) -> np.ndarray:
        """Unit vectors of pictures, float32, (pictures, dimension).

        `leaf`, `style` and `colour` are ints of shape (pictures,); `product` are the products'
        own parts, from `draw`, one row a picture.
        """
        found = self._of(PICTURE, leaf, style, product)
        found += np.sqrt(PICTURE["colour"]) * self._colours[colour]
        found[:, 0] += np.sqrt(PICTURE["mean"])
        length = np.exp(VIEW_SPREAD * chance.standard_normal(len(leaf), dtype=np.float32))
        length *= np.sqrt(PICTURE["view"]) * np.exp(-(VIEW_SPREAD**2))  # the mean square is 1
        view = self.draw(chance, len(leaf))
        view *= length[:, None]
        found += view
        return self._finish(found)

    def texts(
        self, chance: np.random.Generator, leaf: np.ndarray, style: np.ndarray, product: np.ndarray
    ) -> np.ndarray:
        """Unit vectors of texts, float32, (texts, dimension); arguments as for `pictures`."""
        meant = self._of(TEXT, leaf, style, product)
        # A quarter turn in each pair of neighbouring axes is orthogonal to every vector itself.
        turned = np.empty_like(meant)
        turned[:, 0::2] = -meant[:, 1::2]
        turned[:, 1::2] = meant[:, 0::2]
        found = ALIGNMENT * meant + np.sqrt(1 - ALIGNMENT**2) * turned
        found += np.sqrt(TEXT["view"]) * self.draw(chance, len(leaf))
        found[:, 0] += np.sqrt(TEXT["mean"]) * BETWEEN_MEANS
        found[:, 1] += np.sqrt(TEXT["mean"]) * np.sqrt(1 - BETWEEN_MEANS**2)
        return self._finish(found)

    def _of(
        self, shares: dict[str, float], leaf: np.ndarray, style: np.ndarray, product: np.ndarray
    ) -> np.ndarray:
        """The sum of the parts that have a meaning, before the mean and the view."""
        found = np.sqrt(shares["product"]) * product
        found += np.sqrt(shares["style"]) * self._styles[leaf, style]
        leaves = np.sqrt(shares["leaf"]) * self._leaves
        leaves += np.sqrt(shares["middle"]) * self._middles[self.tree.middle]
        leaves += np.sqrt(shares["top"]) * self._tops[self.tree.top]
        found += leaves[leaf]
        return found

    def _finish(self, found: np.ndarray) -> np.ndarray:
        found /= np.linalg.norm(found, axis=1, keepdims=True)
        return found @ self._axes


def _axes(chance: np.random.Generator, dimension: int) -> np.ndarray:
    """A random orthogonal matrix. Its first rows, on which the means lie, have a few coordinates
    that are far larger than the rest, as those of CLIP models have."""
    rows = chance.standard_normal((dimension, dimension))
    rows[:2] = chance.standard_t(2, (2, dimension))
    orthogonal, _ = np.linalg.qr(rows.T)
    return np.ascontiguousarray(orthogonal.T, dtype=np.float32)
