"""Measures whether vectors have the geometry that `space` aims at."""

from __future__ import annotations

import numpy as np

from benchmarks.scale.catalogue import CHUNK, Catalogue

PAIRS = 100_000  # of each kind


def measure(catalogue: Catalogue) -> dict[str, float]:
    """Mean cosines, and their deviation, by kind of pair; the participation ratio of pictures.

    Of the first products (at most a chunk's). The participation ratio, (sum of variances)² / sum
    of their squares, says how many dimensions of equal variance would spread as far.
    """
    sample = Catalogue(
        min(catalogue.products, CHUNK), dimension=catalogue.dimension, seed=catalogue.seed
    )
    chunk = next(sample.chunks())
    pictures, texts = chunk.pictures.astype(np.float32), chunk.texts.astype(np.float32)
    product, leaf = chunk.facts.picture_product, chunk.facts.leaf
    department = np.array([node.path[:4] for node in catalogue.leaves])[leaf]
    chance = np.random.default_rng(0)
    one, two = chance.integers(0, len(pictures), (2, PAIRS))
    p, q = chance.integers(0, len(texts), (2, PAIRS))
    beside = np.flatnonzero(product[1:] == product[:-1])
    # A leaf's pictures are few: pairs out of pictures in the order of leaves.
    order = np.argsort(leaf[product], kind="stable")
    near = np.arange(len(order) - 20)
    same_leaf = leaf[product[order[near]]] == leaf[product[order[near + 20]]]
    found: dict[str, float] = {}

    def add(kind: str, left: np.ndarray, right: np.ndarray, which: np.ndarray | None) -> None:
        cosines = np.einsum("ij,ij->i", left, right)
        cosines = cosines if which is None else cosines[which]
        found[f"cosine, {kind}"] = float(cosines.mean())
        found[f"deviation, {kind}"] = float(cosines.std())

    apart = department[product[one]] != department[product[two]]
    add("pictures of two departments", pictures[one], pictures[two], apart)
    add(
        "pictures of a leaf category",
        pictures[order[near]],
        pictures[order[near + 20]],
        same_leaf & (product[order[near]] != product[order[near + 20]]),
    )
    add("pictures of a product", pictures[beside], pictures[beside + 1], None)
    add("texts of two departments", texts[p], texts[q], department[p] != department[q])
    add("a picture and its product's text", pictures, texts[product], None)
    apart = department[product[one]] != department[q]
    add("a picture and another department's text", pictures[one], texts[q], apart)
    variances = np.linalg.eigvalsh(np.cov(pictures.T))
    found["participation ratio"] = float(variances.sum() ** 2 / (variances**2).sum())
    return found
