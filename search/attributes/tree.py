"""Means over a tree of categories: of pictures, and of how common each value is.

What a category has few examples of is drawn towards its parent, and that towards its own, up to the
whole shop (shrinkage, as in hierarchical empirical Bayes: Gelman et al., "Bayesian Data Analysis",
2013, chapter 5). Each mean is also given without one example, for judging that example by what the
others say.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from shop.catalog.models import Category

Floats = npt.NDArray[np.float32]
Numbers = npt.NDArray[np.int64]

# A parent's mean counts as so many examples of its own.
PARENT_EXAMPLES = 3.0


@dataclass(frozen=True)
class Tree:
    """The categories of n products, and all above them.

    `paths`: of N nodes, parents first; the first is "", the whole shop. `parents`: (N,), the node
    above; -1 for the shop. `chains`: (n, levels), the nodes that hold each product from the shop
    down, then -1. `direct`: (N,) bool, whether a product is in the node itself.
    """

    paths: list[str]
    parents: Numbers
    chains: Numbers
    direct: npt.NDArray[np.bool_]

    @classmethod
    def of(cls, paths: Sequence[str]) -> Tree:
        """Of products whose categories have these paths (treebeard's, `Category.path`)."""
        above = {path: _ancestors(path) for path in set(paths)}
        found = sorted({"", *(node for nodes in above.values() for node in nodes)}, key=_by_depth)
        number = {path: place for place, path in enumerate(found)}
        levels = max((len(nodes) for nodes in above.values()), default=1)
        chains = np.full((len(paths), levels), -1, np.int64)
        for row, path in zip(chains, paths, strict=True):
            row[: len(above[path])] = [number[node] for node in above[path]]
        parents = [number[path[: -Category.steplen]] if path else -1 for path in found]
        direct = np.isin(found, list(above))
        return cls(found, np.array(parents, np.int64), chains, direct)

    def only(self, products: Numbers) -> Tree:
        """The same nodes with some of the products."""
        return Tree(self.paths, self.parents, self.chains[products], self.direct)

    def node(self, path: str) -> int:
        """The smallest node that holds the category at `path`."""
        known = {known: place for place, known in enumerate(self.paths)}
        return next(known[path] for path in reversed(_ancestors(path)) if path in known)

    @property
    def own(self) -> Numbers:
        """(n,): the node that each product is in."""
        deepest = (self.chains >= 0).sum(axis=1) - 1
        return np.asarray(self.chains[np.arange(len(self.chains)), deepest])

    def inside(self, paths: Sequence[str]) -> npt.NDArray[np.bool_]:
        """(N,): whether a node is one of the categories at `paths` or below one; all if none is
        given."""
        starts = tuple(paths) or ("",)
        return np.array([path.startswith(starts) for path in self.paths])

    def means(
        self, rows: Floats, examples: Numbers, base: Floats, base_without: Floats
    ) -> tuple[Floats, Floats]:
        """The mean of `rows` in every node, (N, k), and in each example's own node without it,
        (m, k).

        `rows`: (m, k), of the products numbered `examples`, (m,). `base`: (k,), towards which the
        whole shop is drawn; `base_without`: (m, k) or (k,), the same without each example.
        """
        chains = self.chains[examples]
        sums = np.zeros((len(self.paths), rows.shape[1]), np.float32)
        counts = np.zeros(len(self.paths), np.float32)
        for nodes in chains.T:
            there = nodes >= 0
            np.add.at(sums, nodes[there], rows[there])
            counts += np.bincount(nodes[there], minlength=len(counts))
        means = np.empty_like(sums)
        for node, parent in enumerate(self.parents):
            above = base if parent < 0 else means[parent]
            means[node] = (sums[node] + PARENT_EXAMPLES * above) / (counts[node] + PARENT_EXAMPLES)
        without = np.broadcast_to(base_without, rows.shape).astype(np.float32)
        for nodes in chains.T:
            there = nodes >= 0
            total = sums[nodes[there]] - rows[there] + PARENT_EXAMPLES * without[there]
            without[there] = total / (counts[nodes[there]] - 1 + PARENT_EXAMPLES)[:, None]
        return means, without


def _ancestors(path: str) -> list[str]:
    """From the whole shop down to the category itself."""
    return [path[:end] for end in range(0, len(path) + 1, Category.steplen)]


def _by_depth(path: str) -> tuple[int, str]:
    return len(path), path
