"""Which of the shop's own words for colours a picture is sold as.

The colours of a picture are read by its pixels (`search.colors`). What the shop calls them it says
itself, on pictures whose colour is known; two things tell what such a word looks like:

    names    which named colours the word means ("Navy", "Weinrot": `search.colors.words`)
    seen     how near the picture's main colour is, in CIE Lab, to those that are sold under it (a
             kernel density: Parzen, "On Estimation of a Probability Density Function", 1962)

with how common the word is. Weighed by what the shop's own pictures show, each judged without those
of its product.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from search.attributes.categories import softmax
from search.attributes.fitting import fit_weights
from search.attributes.tree import Floats, Numbers
from search.colors.lab import lab_of
from search.colors.names import INDEX, NAMES
from search.colors.words import color_of_value

EXPECTED = np.array([1.5, 0.5, 0.5])
# The width of a kernel, in units of CIE94: colours so near are called the same.
WIDTH = 5.0
LIGHTNESS = 1.4  # as in `search.colors.naming`
# Of so many pictures of each word it is remembered what they looked like.
SEEN = 64
FITTED = 2_000
# A picture that has nothing of a colour may still be sold as it.
LEAST_ANSWER, LEAST_DENSITY = 0.02, 1e-6


@dataclass(frozen=True)
class Coloured:
    """n pictures whose colours are known: shares of the named colours, (n, 14) float32 of sum 1,
    and the main colour, (n, 3) Lab."""

    shares: Floats
    main: Floats

    @classmethod
    def of(cls, shares: Sequence[Sequence[int]], main: Sequence[int]) -> Coloured:
        """As `PictureColors` has them: thousandths, and sRGB as a number."""
        rows = np.zeros((len(shares), len(NAMES)), np.float32)
        for row, told in zip(rows, shares, strict=True):
            row[: len(told)] = told
        rows /= np.maximum(rows.sum(axis=1, keepdims=True), 1)
        numbers = np.array(main, np.int64)
        parts = [(numbers >> shift) & 255 for shift in (16, 8, 0)]
        rgb = np.stack(parts, axis=-1).astype(np.uint8).reshape(-1, 3)
        return cls(rows, lab_of(rgb))


@dataclass(frozen=True)
class ColourReader:
    """V words for colours: `values`, (V,) keys; `meanings`, (V, 14), which named colours answer
    each; `counts`, (V,) pictures of each; `seen`, (m, 3) Lab, main colours of pictures, and the
    place of each one's word, `words`, (m,). `weights`: (3,)."""

    values: Numbers
    meanings: Floats
    counts: Floats
    seen: Floats
    words: Numbers
    weights: Floats

    def shares(self, pictures: Coloured) -> Floats:
        """(n, V), rows of sum 1: how likely each word is."""
        if not len(self.values):
            return np.zeros((len(pictures.main), 0), np.float32)
        near = np.exp(-0.5 * (distances(pictures.main, self.seen) / WIDTH) ** 2)
        others = np.ones_like(near)
        evidence = self.evidence(pictures.shares, near, others, self.counts[None])
        return softmax(evidence @ self.weights)

    def evidence(self, shares: Floats, near: Floats, others: Floats, counts: Floats) -> Floats:
        """(n, V, 3). `near`: (n, m), of each picture and each that was seen; `others`: (n, m), 1
        where it counts, else 0; `counts`: (n, V) or (1, V), pictures of each word."""
        names = np.log(shares @ self.meanings.T + LEAST_ANSWER)
        there = np.zeros((len(self.seen), len(self.values)), np.float32)
        there[np.arange(len(self.seen)), self.words] = 1
        near = near * others
        base = near.sum(axis=1, keepdims=True) / np.maximum(others.sum(axis=1, keepdims=True), 1)
        density = np.log((near @ there + base) / (others @ there + 1) + LEAST_DENSITY)
        priors = np.broadcast_to(np.log(counts + 0.5), names.shape)
        return np.stack([names, density, priors], axis=2).astype(np.float32)


def learn(
    pictures: Coloured, products: Numbers, words: Numbers, values: Sequence[tuple[int, str]]
) -> tuple[ColourReader, Floats]:
    """From n pictures of products, (n,) keys, that are sold as `words`, (n,) places in `values`
    (key and name); and what each would be read as without those of its product, (n, V)."""
    meanings = np.zeros((len(values), len(NAMES)), np.float32)
    for row, (_, name) in zip(meanings, values, strict=True):
        if mention := color_of_value(name):
            for named, weight in mention.weights.items():
                row[INDEX[named]] = weight
    counts = np.bincount(words, minlength=len(values)).astype(np.float32)
    seen = _some_of_each(words, len(values))
    keys = np.array([key for key, _ in values], np.int64)
    reader = ColourReader(
        keys, meanings, counts, pictures.main[seen], words[seen], EXPECTED.astype(np.float32)
    )
    if not len(words) or not len(values):
        return reader, np.zeros((len(words), len(values)), np.float32)
    evidence = []
    for start in range(0, len(words), FITTED):
        some = np.arange(start, min(start + FITTED, len(words)))
        near = np.exp(-0.5 * (distances(pictures.main[some], pictures.main[seen]) / WIDTH) ** 2)
        others = (products[some][:, None] != products[seen][None]).astype(np.float32)
        left = np.repeat(counts[None], len(some), axis=0)
        left[np.arange(len(some)), words[some]] -= 1
        evidence.append(reader.evidence(pictures.shares[some], near, others, left))
    found = np.concatenate(evidence)
    fitted = np.random.default_rng(0).permutation(len(words))[:FITTED]
    right = np.zeros((len(fitted), len(values)), np.bool_)
    right[np.arange(len(fitted)), words[fitted]] = True
    weights = fit_weights(found[fitted], right, EXPECTED)
    learnt = ColourReader(
        keys, meanings, counts, reader.seen, reader.words, weights.astype(np.float32)
    )
    return learnt, softmax(found @ weights)


def distances(ours: Floats, theirs: Floats) -> Floats:
    """(n, m): CIE94 between colours, (n, 3) and (m, 3) Lab, with chroma between the two."""
    lightness, a, b = (ours[:, None, axis] - theirs[None, :, axis] for axis in range(3))
    mine, others = np.hypot(ours[:, 1], ours[:, 2])[:, None], np.hypot(theirs[:, 1], theirs[:, 2])
    chroma, mean = mine - others[None], np.sqrt(mine * others[None])
    hue = np.maximum(a * a + b * b - chroma * chroma, 0)
    squared = (
        (lightness / LIGHTNESS) ** 2
        + (chroma / (1 + 0.045 * mean)) ** 2
        + hue / (1 + 0.015 * mean) ** 2
    )
    return np.asarray(np.sqrt(squared), dtype=np.float32)


def _some_of_each(words: Numbers, count: int) -> Numbers:
    """The places of at most `SEEN` pictures of each word, by chance."""
    order = np.random.default_rng(0).permutation(len(words))
    chosen = [order[words[order] == word][:SEEN] for word in range(count)]
    return np.sort(np.concatenate(chosen)) if chosen else np.empty(0, np.int64)
