"""What a shop's own pictures teach about its attributes: examples -> a reader.

Three kinds of evidence, for each value of an attribute:

    texts        how near the picture is to the value's wordings (zero-shot: Radford et al.,
                 "Learning Transferable Visual Models From Natural Language Supervision", 2021)
    prototypes   how much the picture differs from others of its category in the way in which those
                 with the value do (Fisher's discriminant, within categories)
    prior        how common the value is in the category, as far as the shop knows

Their weighted sum is a logit, and the softmax is over the values of one attribute. Weights and
floors are fitted to what every example would have been read as without it (`fitting`).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from search.attributes.categories import Categories, learn_categories, softmax
from search.attributes.fitting import Flags, fit_weights, floors
from search.attributes.reader import PRIOR_LEAST, AttributeReader, Reader
from search.attributes.terms import AttributeTerms
from search.attributes.tree import PARENT_EXAMPLES, Floats, Numbers, Tree

# Examples that weights and floors are fitted to; more would move them by less than they are known.
FITTED = 4_000
# How sharply texts decide where a model does not say: rather too little than too much, so that what
# is read without examples is unsure. (CLIP: 100, vitrine-mini: 15.)
UNKNOWN_SCALE = 15.0
# Fewer examples could not show from where on readings are sure. Without them they are from here on,
# if the model says how sharply its texts decide.
TESTED_FROM, FLOOR_UNTESTED = 30, 0.9
# A product that will be read must not have told what is common among pictures, or what sets it
# apart counts as common: of 60 such products in a test's shop of 140, in 256 dimensions, 28 were
# sure instead of 60. With so many products for each dimension it is one voice of many (the demo,
# half of it known: 301 sure of 418, or 300).
CROWD = 3


@dataclass(frozen=True)
class Examples:
    """n products with pictures. `vectors`: (n, d) float32, the pictures of each as one vector of
    norm 1. `paths`: of their categories. `values`: (n, V) bool for an attribute by its key, with
    its values in the order of the vocabulary; a product of which nothing is known has none."""

    vectors: Floats
    paths: Sequence[str]
    values: Mapping[int, Flags]


class Evidence(StrEnum):
    """In the order of the weights of `fitting`."""

    TEXTS = "texts"
    PROTOTYPES = "prototypes"
    PRIOR = "prior"


def learn(
    examples: Examples,
    vocabulary: Sequence[AttributeTerms],
    texts: Mapping[int, Floats],
    scale: float | None,
    *,
    without: Collection[Evidence] = (),
) -> Reader:
    """A reader for `vocabulary`.

    `texts`: for an attribute by its key, the vectors of its values' wordings, (V, d) float32 of
    norm 1. `scale`: by what the model multiplies cosines before a softmax; None if it does not say.
    `without`: kinds of evidence that do not count, to see what they are worth.
    """
    used = np.array([kind not in without for kind in Evidence], np.float32)
    categories = learn_categories(examples.vectors, Tree.of(examples.paths))
    directions, offsets = categories.directions()
    return Reader(
        nodes=categories.tree.paths,
        directions=directions,
        offsets=offsets,
        attributes=[
            _Lesson(
                categories, attribute, examples.values[attribute.pk], texts[attribute.pk], used
            ).learn(scale)
            for attribute in vocabulary
        ],
    )


class _Lesson:
    """One attribute: m examples that have it, V values, N nodes."""

    def __init__(
        self,
        categories: Categories,
        attribute: AttributeTerms,
        values: Flags,
        texts: Floats,
        used: Floats,
    ) -> None:
        tree = categories.tree
        self.categories, self.attribute, self.texts, self.used = categories, attribute, texts, used
        allowed = [tree.inside(value.within) for value in attribute.values]
        self.allowed = np.array(allowed, np.bool_).reshape(-1, len(tree.paths))
        self.applies = tree.inside(attribute.within)
        known = values & self.allowed[:, tree.own].T & self.applies[tree.own, None]
        self.examples: Numbers = np.flatnonzero(known.any(axis=1))
        self.right: Flags = known[self.examples]
        shares = self.right / np.maximum(1, self.right.sum(axis=1, keepdims=True))
        self.shares = shares.astype(np.float32)
        self.counts = self.shares.sum(axis=0)
        even = np.full(len(attribute.values), 1 / max(1, len(attribute.values)), np.float32)
        priors, self.priors_without = tree.means(self.shares, self.examples, even, even)
        self.priors = priors.T * self.allowed
        # In what a product is unlike others of its category, beside how its values are.
        self.unlike = self.shares - self.priors_without
        # The examples' places among what tells of differences.
        self.space, self.places = categories.only(self.examples), np.arange(len(self.examples))
        if len(categories.vectors) >= CROWD * categories.vectors.shape[1]:
            self.space, self.places = categories, self.examples
        self.residuals = self.space.residuals[self.places]
        self.totals = self.unlike.T @ self.residuals
        means = self.totals / (self.counts + PARENT_EXAMPLES)[:, None]
        self.prototypes: Floats = means @ self.space.precision.inverse

    def learn(self, scale: float | None) -> AttributeReader:
        """The reader of this attribute."""
        sharp = scale or UNKNOWN_SCALE
        judged = np.random.default_rng(0).permutation(len(self.examples))[:FITTED]
        own = self.categories.tree.own[self.examples[judged]]
        nodes = np.zeros((len(judged), len(self.categories.tree.paths)), np.float32)
        nodes[np.arange(len(judged)), own] = 1
        right = self.right[judged]
        evidence = self._evidence(judged, nodes, sharp)
        weights = fit_weights(evidence, right) * self.used
        by_text, by_prototype, by_prior = (float(weight) for weight in weights)
        if len(judged) >= TESTED_FROM:
            guesses = self.categories.guesses(self.examples[judged])
            guessed = softmax(self._evidence(judged, guesses, sharp) @ weights)
            guessed *= (guesses @ self.applies)[:, None]
            known_floors = self._floors(softmax(evidence @ weights), right)
            photo_floors = self._floors(guessed, right)
        else:
            floor = self.attribute.floor
            if floor is None:
                floor = np.inf if scale is None else FLOOR_UNTESTED
            known_floors = photo_floors = np.full(len(self.counts), floor, np.float32)
        return AttributeReader(
            pk=self.attribute.pk,
            value_ids=[value.pk for value in self.attribute.values],
            directions=by_text * sharp * self.texts + by_prototype * self.prototypes,
            offsets=np.asarray(
                by_prototype * self.prototypes @ self.space.means.T, dtype=np.float32
            ),
            priors=self.priors,
            prior_weight=by_prior,
            applies=self.applies,
            floors=known_floors,
            photo_floors=photo_floors,
            margin=self.attribute.margin,
            examples=self.counts,
            from_prototypes=by_prototype > 0,
        )

    def _floors(self, shares: Floats, right: Flags) -> Floats:
        """(V,): as `AttributeReader.floors`, from how (k, V) `shares` of examples came out."""
        if self.attribute.floor is not None:
            return np.full(len(self.counts), self.attribute.floor, np.float32)
        best = shares.argmax(axis=1)
        ordered = np.sort(shares, axis=1)
        clear = ordered[:, -1] - ordered[:, -2:-1].sum(axis=1) >= self.attribute.margin
        rows = np.flatnonzero(clear)
        best = best[rows]
        return floors(best, shares[rows, best], right[rows, best], values=shares.shape[1])

    def _evidence(self, judged: Numbers, nodes: Floats, scale: float) -> Floats:
        """(k, V, 3): what is there for each value of the examples numbered `judged`, (k,), if they
        were in the categories `nodes`, (k, N) with rows of sum 1, and not among the examples."""
        products = self.examples[judged]
        by_text = scale * self.categories.vectors[products] @ self.texts.T
        by_prototype = self._prototypes_without(judged, nodes)
        own = nodes[np.arange(len(judged)), self.categories.tree.own[products]][:, None]
        priors = nodes @ self.priors.T
        mine = self.priors[:, self.categories.tree.own[products]].T
        priors += own * (self.priors_without[judged] - mine)
        by_prior = np.log(np.maximum(priors, PRIOR_LEAST))
        evidence = np.stack([by_text, by_prototype, by_prior], axis=2) * self.used
        return evidence.astype(np.float32)

    def _prototypes_without(self, judged: Numbers, nodes: Floats) -> Floats:
        """(k, V): along the prototypes that there would be without each example, its distance from
        the mean of the categories that it may be in."""
        space, products = self.space, self.places[judged]
        own_node = space.tree.own[products]
        residuals, pulls = self.residuals[judged], space.precision.pulls[products]
        own = nodes[np.arange(len(judged)), own_node][:, None]
        vectors = space.vectors[products]
        # Where it is its own category, that category's mean is without it.
        means = nodes @ space.means
        means += own * (vectors - residuals - space.means[own_node])
        apart = vectors - means
        # The precision without the example is the precision plus this much of its own pull.
        along = space.precision.downdates[products] * (pulls * apart).sum(axis=1)
        directed = apart @ space.precision.inverse + along[:, None] * pulls
        unlike = self.unlike[judged]
        totals = directed @ self.totals.T - unlike * (directed * residuals).sum(axis=1)[:, None]
        left = np.maximum(self.counts - self.shares[judged], 0) + PARENT_EXAMPLES
        return np.asarray(totals / left, dtype=np.float32)
