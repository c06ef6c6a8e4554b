"""Which category a product is of, by its pictures and its title.

Four kinds of evidence, for each category that products are in, or could be:

    pictures   which category's pictures they are like (Fisher's discriminant over the tree, as
               `search.attributes.categories` has it)
    words      which category's titles have such words (`title_words`)
    texts      how near the pictures are to the category's name (zero-shot: Radford et al.,
               "Learning Transferable Visual Models From Natural Language Supervision", 2021)
    prior      how many products are in it

Weighed by what the shop's own products show, each judged without itself. Where no category is more
likely than not, one above it may be: what is below adds up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from search.attributes.categories import Categories, learn_categories, softmax
from search.attributes.fitting import fit_weights
from search.attributes.learning import UNKNOWN_SCALE
from search.attributes.tree import Floats, Numbers, Tree
from search.enrichment.title_words import Stems, TitleWords, learn_words
from shop.catalog.models import Category

# What counts how much without examples: titles say their words together, not each by itself.
EXPECTED = np.array([1.0, 0.5, 1.0, 1.0])
# Examples that weights are fitted to: as many as make so many numbers with all categories.
FITTED, NUMBERS = 2_000, 2_000_000
# What is less likely than not is not worth a merchant's time.
LIKELY = 0.5
# A category seems wrong where another one is so much likelier than the product's own.
DOUBTFUL, LEFT = 0.95, 0.02


@dataclass(frozen=True)
class CategoryGuesser:
    """`paths`: of N nodes, parents first, "" being the whole shop; `keys`: (N,) of categories, 0
    for the shop; `counts`: (N,) products in each or below it. `candidates`: (C,) places of the
    nodes that a product may be in. `directions`, (C, d), and `offsets`, (C,): vectors times the
    first, plus the second, is the evidence of pictures, texts and prior, weighed; that of words
    counts `word_weight` times."""

    paths: list[str]
    keys: Numbers
    counts: Numbers
    candidates: Numbers
    directions: Floats
    offsets: Floats
    words: TitleWords
    word_weight: float

    def shares(self, vectors: Floats, titles: Sequence[Stems]) -> Floats:
        """(n, C), rows of sum 1: how likely each candidate is, for products with these pictures,
        (n, d) of norm 1, and stems of titles."""
        logits = vectors @ self.directions.T + self.offsets
        logits += self.word_weight * self.words.likelihoods(titles, self.candidates)
        return softmax(logits)

    def choose(self, shares: Floats) -> list[tuple[int, float] | None]:
        """For each row of `shares`, (n, C): the place of the likeliest category and its share, or
        those of one above it; None where nothing but the shop as a whole is likely."""
        return [self._choose(row) for row in shares]

    def is_rough(self, place: int) -> bool:
        """Whether the node at `place` is above those that a product may be in."""
        return place not in set(self.candidates.tolist())

    def below(self, place: int) -> npt.NDArray[np.bool_]:
        """(C,): which candidates are the node at `place`, or below it."""
        path = self.paths[place]
        return np.array([self.paths[node].startswith(path) for node in self.candidates])

    def _choose(self, row: Floats) -> tuple[int, float] | None:
        if not len(row):
            return None
        best = int(row.argmax())
        place, share = int(self.candidates[best]), float(row[best])
        while share < LIKELY:
            path = self.paths[place][: -Category.steplen]
            if not path:
                return None
            place = self.paths.index(path)
            share = float(row[self.below(place)].sum())
        return place, min(share, 1.0)


@dataclass(frozen=True)
class Judged:
    """What would be guessed of n products that are known, each without itself: shares, (n, C), and
    the place of each product's own category among the candidates, (n,)."""

    shares: Floats
    own: Numbers


def learn(
    vectors: Floats,
    paths: Sequence[str],
    titles: Sequence[Stems],
    *,
    categories: dict[str, tuple[int, Stems]],
    texts: dict[str, Floats],
    scale: float | None,
) -> tuple[CategoryGuesser, Judged]:
    """From the pictures, categories and titles of n products.

    `categories`: of the whole tree, by path: key, and the stems of the name. `texts`: vectors of
    their names, (d,), those that there are; `scale`: by what the model multiplies cosines before a
    softmax, None if it does not say.
    """
    everything = Tree.of([*paths, *categories])
    count = len(paths)
    tree = replace(everything.only(np.arange(count)), direct=_candidates(everything, paths))
    candidates = np.flatnonzero(tree.direct)
    known = learn_categories(vectors, tree)
    words, said = learn_words(
        titles,
        [categories[path][1] if path in categories else () for path in tree.paths],
        tree,
        candidates,
    )
    held = np.bincount(tree.own, minlength=len(tree.paths)).astype(np.float32)
    place = {int(node): number for number, node in enumerate(candidates)}
    own = np.array([place[int(node)] for node in tree.own], np.int64)
    named = _names(tree, candidates, texts, vectors.shape[1])
    sharp = scale if scale is not None else UNKNOWN_SCALE
    priors = np.log(held[candidates] + 0.5)
    fitted = min(FITTED, max(1, NUMBERS // max(1, len(candidates))))
    rows = np.random.default_rng(0).permutation(count)[:fitted]
    evidence = _evidence(known, rows, candidates, said, named, sharp, held, own)
    right = np.zeros(evidence.shape[:2], np.bool_)
    right[np.arange(len(rows)), own[rows]] = True
    weights = fit_weights(evidence, right, EXPECTED)
    judged = np.concatenate(
        [
            softmax(_evidence(known, some, candidates, said, named, sharp, held, own) @ weights)
            for some in _slices(count, fitted)
        ]
        or [np.empty((0, len(candidates)), np.float32)]
    )
    by_picture, by_word, by_text, by_prior = (float(weight) for weight in weights)
    directions, offsets = known.directions()
    counts = np.array(
        [held[[path.startswith(above) for path in tree.paths]].sum() for above in tree.paths]
    )
    guesser = CategoryGuesser(
        paths=tree.paths,
        keys=np.array([categories[p][0] if p in categories else 0 for p in tree.paths], np.int64),
        counts=counts.astype(np.int64),
        candidates=candidates,
        directions=np.asarray(
            by_picture * directions[candidates] + by_text * sharp * named, np.float32
        ),
        offsets=np.asarray(by_picture * offsets[candidates] + by_prior * priors, np.float32),
        words=words,
        word_weight=by_word,
    )
    return guesser, Judged(judged.astype(np.float32), own)


def _candidates(tree: Tree, paths: Sequence[str]) -> npt.NDArray[np.bool_]:
    """(N,): the nodes that products are in, and those that have none below them."""
    held = np.isin(tree.paths, sorted(set(paths)))
    parents = set(tree.parents.tolist())
    leaves = np.array([place not in parents for place in range(len(tree.paths))])
    found: npt.NDArray[np.bool_] = held | leaves
    found[0] = False
    return found


def _names(tree: Tree, candidates: Numbers, texts: dict[str, Floats], dimension: int) -> Floats:
    """(C, d): the vectors of the candidates' names; the mean of the others where one is missing, so
    that it says nothing."""
    rows = [texts.get(tree.paths[node]) for node in candidates]
    there = [row for row in rows if row is not None]
    mean = np.mean(there, axis=0) if there else np.zeros(dimension, np.float32)
    return np.array([mean if row is None else row for row in rows], np.float32).reshape(
        len(candidates), dimension
    )


def _slices(count: int, size: int) -> list[Numbers]:
    return [np.arange(start, min(start + size, count)) for start in range(0, count, size)]


def _evidence(
    known: Categories,
    rows: Numbers,
    candidates: Numbers,
    said: Floats,
    named: Floats,
    scale: float,
    held: Floats,
    own: Numbers,
) -> Floats:
    """(m, C, 4): what is there for each candidate, of the products numbered `rows`, (m,), if they
    were not among the examples."""
    pictures = np.log(known.guesses(rows)[:, candidates] + 1e-12)
    texts = scale * known.vectors[rows] @ named.T
    left = np.repeat(held[candidates][None], len(rows), axis=0)
    left[np.arange(len(rows)), own[rows]] -= 1
    return np.stack([pictures, said[rows], texts, np.log(left + 0.5)], axis=2).astype(np.float32)
