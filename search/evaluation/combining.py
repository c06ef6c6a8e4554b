"""Every way to combine what a shop knows of its products, and what a query says, into one score.

"Concatenate, average or sum the two embeddings?" is asked wherever picture and text vectors meet.
Here each answer is a few lines of numpy over the shop's own vectors, by brute force: what differs
between two ways is the way, and no index or candidate list.

A query has a vector to compare with pictures (`looks`: of its photo, or else of its words), one to
compare with texts (`says`: of its words, or else of its photo), and what the full-text leg found.
A way gives every product a score, higher is better, -inf for what it does not find.

The legs, each a way by itself:

- words: the shop's own full-text search, as it orders and scores
- text: cosine of `says` and the product's text
- image: the best cosine of `looks` and one of its pictures
- image mean: cosine of `looks` and the mean of its pictures
- composed: as image, with the normalised sum of photo and words in place of the photo; for a query
  without one of them it is image

The ways that make one vector of two, or one score of several, are below, each with its source.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from search.encoders.base import Vectors
from search.evaluation.stored import Scores, Stored

# Of reciprocal-rank fusion: Cormack, Clarke and Büttcher, 2009.
RRF_K = 60
# Hits of each leg that are fused by rank or by distribution, as a shop would fetch them.
DEPTH = 100
LEGS = ("words", "text", "image", "image mean", "composed")
# What score fusions combine: each source once.
FUSED = ("composed", "text", "words")


@dataclass(frozen=True)
class Asked:
    """A query, as vectors of length one ((dimension,) float32) and as what words found.

    `found`: (products,) float64, the full-text leg's scores, -inf for what it did not find.
    """

    photo: Vectors | None
    words: Vectors | None
    found: Scores

    @property
    def looks(self) -> Vectors:
        return self._either(self.photo, self.words)

    @property
    def says(self) -> Vectors:
        return self._either(self.words, self.photo)

    @property
    def form(self) -> str:
        """As `JudgedQuery.form`."""
        if self.photo is None:
            return "words"
        return "photo" if self.words is None else "photo and words"

    @staticmethod
    def _either(first: Vectors | None, second: Vectors | None) -> Vectors:
        vector = second if first is None else first
        if vector is None:
            raise ValueError("A query needs a photo or words.")
        return vector


class Combiner:
    """All ways but the learned one (`search.evaluation.learned`), over one shop's vectors."""

    def __init__(self, stored: Stored) -> None:
        self.stored = stored
        self.ways: Mapping[str, Callable[[Asked], Scores]] = {
            **{leg: lambda asked, leg=leg: self.legs(asked)[leg] for leg in LEGS},  # type: ignore[misc]
            "concatenated": self.concatenated,
            "averaged": self.averaged,
            "summed": self.summed,
            "concatenated, PCA": self.reduced,
            "z-scores summed": self.standardised,
            "RRF": self.reciprocal_ranks,
            "DBSF": self.distributions,
        }

    def legs(self, asked: Asked) -> dict[str, Scores]:
        """Each leg's scores, (products,) float64."""
        stored = self.stored
        looks, both = asked.looks, unit(asked.looks + asked.says)
        return {
            "words": asked.found,
            "text": np.where(stored.has_text, _cosines(stored.texts, asked.says), -np.inf),
            "image": stored.best(_cosines(stored.pictures, looks)),
            "image mean": np.where(stored.has_picture, _cosines(stored.means, looks), -np.inf),
            "composed": stored.best(_cosines(stored.pictures, both)),
        }

    # One vector of two. Each picture is joined with its product's text; the best picture counts.

    def concatenated(self, asked: Asked) -> Scores:
        """Cosine of [looks, says] and [picture, text]. With both halves of length one it is half
        the sum of their cosines: the same order as `summed`, at twice the numbers to store."""
        query = _halved(np.concatenate([asked.looks, asked.says]))
        return self._best_and_bare(_cosines(self._joined, query), _cosines(self._bare, query))

    def averaged(self, asked: Asked) -> Scores:
        """Cosine of `looks` and `says`, averaged, and picture and text, averaged: one vector of the
        model's own length. A product without one of them is averaged over the other."""
        query = unit(asked.looks + asked.says)
        return self._best_and_bare(
            _cosines(self._averages, query), _cosines(self.stored.texts, query)
        )

    def reduced(self, asked: Asked) -> Scores:
        """`concatenated` on its principal components, as many as the model has dimensions, so that
        it costs what one vector costs (Pearson, 1901; fitted to the shop's own vectors)."""
        mean, axes = self._components
        joined, bare = self._reduced
        query = unit((_halved(np.concatenate([asked.looks, asked.says])) - mean) @ axes)
        return self._best_and_bare(_cosines(joined, query), _cosines(bare, query))

    # One score of several.

    def summed(self, asked: Asked) -> Scores:
        """Cosine with the best picture and cosine with the text, as they are."""
        legs = self.legs(asked)
        return _sum(_or_zero(legs["image"]), _or_zero(legs["text"]))

    def standardised(self, asked: Asked) -> Scores:
        """Each leg's scores less their mean, by their deviation, over all products; summed."""
        return _sum(*(standard(leg) for leg in self._fused(asked).values()))

    def reciprocal_ranks(self, asked: Asked) -> Scores:
        """The sum of 1 / (60 + rank) over the first `DEPTH` of each leg."""
        total = np.zeros(len(self.stored))
        for scores in self._fused(asked).values():
            first = ranked(scores)[:DEPTH]
            total[first] += 1 / (RRF_K + 1 + np.arange(len(first)))
        return np.where(total > 0, total, -np.inf)

    def distributions(self, asked: Asked) -> Scores:
        """Distribution-based score fusion: the first `DEPTH` of each leg on a scale from three
        deviations below their mean to three above; summed (Mazzeschi, 2023; as Qdrant has it)."""
        total = np.zeros(len(self.stored))
        for scores in self._fused(asked).values():
            first = ranked(scores)[:DEPTH]
            hits = scores[first]
            deviation = hits.std() if len(hits) else 0.0
            scaled = 0.5 if deviation == 0 else (hits - hits.mean()) / (6 * deviation) + 0.5
            total[first] += scaled
        return np.where(total != 0, total, -np.inf)

    def _fused(self, asked: Asked) -> dict[str, Scores]:
        """The legs that say something of this query."""
        legs = self.legs(asked)
        return {leg: legs[leg] for leg in FUSED if np.isfinite(legs[leg]).any()}

    @cached_property
    def _joined(self) -> Vectors:
        """(pictures, 2 * dimension): each picture and its product's text; length one where there
        is a text."""
        texts = self.stored.texts[self.stored.owners]
        return _halved(np.concatenate([self.stored.pictures, texts], axis=1))

    @cached_property
    def _bare(self) -> Vectors:
        """(products, 2 * dimension): the texts alone, for products without a picture."""
        texts = self.stored.texts
        return _halved(np.concatenate([np.zeros_like(texts), texts], axis=1))

    @cached_property
    def _averages(self) -> Vectors:
        """(pictures, dimension): each picture and its product's text, averaged, length one."""
        return unit(self.stored.pictures + self.stored.texts[self.stored.owners])

    @cached_property
    def _reduced(self) -> tuple[Vectors, Vectors]:
        """`_joined` and `_bare` on the principal components, rows of length one."""
        mean, axes = self._components
        return unit((self._joined - mean) @ axes), unit((self._bare - mean) @ axes)

    @cached_property
    def _components(self) -> tuple[Vectors, Vectors]:
        """The mean, (2 * dimension,), and the axes, (2 * dimension, components): as many as the
        model has dimensions, or as there are pictures, if they are fewer."""
        mean = self._joined.mean(axis=0)
        centred = self._joined.astype(np.float64) - mean
        if len(centred) < centred.shape[1]:
            _, _, rows = np.linalg.svd(centred, full_matrices=False)
            axes = rows.T
        else:
            _, ascending = np.linalg.eigh(centred.T @ centred)
            axes = ascending[:, ::-1]
        return mean, np.asarray(axes[:, : self.stored.dimension], np.float32)

    def _best_and_bare(self, by_picture: Scores, bare: Scores) -> Scores:
        """A product's best picture, or else its text alone, or else nothing."""
        rest = np.where(self.stored.has_text, bare, -np.inf)
        return np.where(self.stored.has_picture, self.stored.best(by_picture), rest)


def ranked(scores: Scores) -> np.ndarray:
    """The rows of what is found, best first; ties by row. (found,) int64."""
    order = np.argsort(-scores, kind="stable")
    return order[np.isfinite(scores[order])]


def standard(scores: Scores) -> Scores:
    """Less the mean, by the deviation, (n,); what is not found counts as a score of zero, which is
    what it has in common with the query."""
    filled = _or_zero(scores)
    deviation = filled.std()
    return filled - filled.mean() if deviation == 0 else (filled - filled.mean()) / deviation


def unit(vectors: np.ndarray) -> Vectors:
    """Rows, or one vector, of length one, float32; zeros stay."""
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(vectors / np.where(lengths > 0, lengths, 1), dtype=np.float32)


def _halved(joined: np.ndarray) -> Vectors:
    """Two vectors of length one end to end, as one of length one."""
    return np.asarray(joined / np.sqrt(2), dtype=np.float32)


def _cosines(rows: Vectors, vector: Vectors) -> Scores:
    return np.asarray(rows @ vector, dtype=np.float64)


def _or_zero(scores: Scores) -> Scores:
    return np.where(np.isfinite(scores), scores, 0.0)


def _sum(*scores: Scores) -> Scores:
    total: Scores = np.sum(scores, axis=0)
    return total
