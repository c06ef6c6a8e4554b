"""Which words the titles of a category have: "Alder Ankle Boots" are boots.

Naive Bayes over the tree (Manning et al., "Introduction to Information Retrieval", 2008, chapter
13): the share of a category's titles that has a word is drawn towards that of the category above
(`search.attributes.tree`), and the name of a category counts as one title more. Words that nobody
else's title has say nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from search.attributes.tree import PARENT_EXAMPLES, Floats, Numbers, Tree

# The commonest are kept.
MOST_WORDS = 4_000
# What no title of a category has is not impossible in it.
LEAST_SHARE = 1e-4

Stems = Collection[str]


@dataclass(frozen=True)
class TitleWords:
    """`places`: of V stems. `logs`: (N, V), how much a stem speaks for each node: the logarithm of
    the share of its titles that have it."""

    places: dict[str, int]
    logs: Floats

    def likelihoods(self, titles: Sequence[Stems], nodes: Numbers) -> Floats:
        """(n, k): for each title, what its known words say of `nodes`, (k,)."""
        found = np.zeros((len(titles), len(nodes)), np.float32)
        for row, stems in enumerate(titles):
            known = [self.places[stem] for stem in stems if stem in self.places]
            if known:
                found[row] = self.logs[np.ix_(nodes, np.array(known))].sum(axis=1)
        return found


def learn_words(
    titles: Sequence[Stems], names: Sequence[Stems], tree: Tree, nodes: Numbers
) -> tuple[TitleWords, Floats]:
    """From the titles of n products in `tree`, and the names of its N nodes; and what each title
    would say of `nodes`, (n, k), if it were not among them."""
    counts = Counter(stem for stems in titles for stem in set(stems))
    named = {stem for stems in names for stem in stems}
    # A word that one title alone has cannot tell of another, unless a category is called so.
    common = [stem for stem, count in counts.most_common() if count > 1 or stem in named]
    kept = [*common[:MOST_WORDS], *sorted(named - set(common))]
    places = {stem: place for place, stem in enumerate(kept)}
    words = [sorted({places[stem] for stem in stems if stem in places}) for stems in titles]
    sums = np.zeros((len(tree.paths), len(kept)), np.float32)
    totals = np.zeros(len(tree.paths), np.float32)
    own_names = [sorted({places[stem] for stem in stems}) for stems in names]
    for node, columns in enumerate(own_names):
        at = node
        while at >= 0:
            sums[at, columns] += 1
            totals[at] += 1
            at = int(tree.parents[at])
    for row, columns in enumerate(words):
        chain = tree.chains[row]
        for node in chain[chain >= 0]:
            sums[node, columns] += 1
            totals[node] += 1
    base = sums[0] / max(1.0, float(totals[0]))
    shares = np.empty_like(sums)
    for node, parent in enumerate(tree.parents):
        above = base if parent < 0 else shares[parent]
        shares[node] = (sums[node] + PARENT_EXAMPLES * above) / (totals[node] + PARENT_EXAMPLES)
    learnt = TitleWords(places, np.log(shares + LEAST_SHARE).astype(np.float32))
    column = {int(node): place for place, node in enumerate(nodes)}
    said = np.zeros((len(titles), len(nodes)), np.float32)
    for row, columns in enumerate(words):
        known = [one for one in columns if sums[0, one] > 1]
        if not known:
            continue
        said[row] = learnt.logs[np.ix_(nodes, np.array(known))].sum(axis=1)
        # Along its own chain, all shares are without it; the others differ by next to nothing.
        without = (sums[0, known] - 1) / max(1.0, float(totals[0] - 1))
        chain = tree.chains[row]
        for node in chain[chain >= 0]:
            left = sums[node, known] - 1 + PARENT_EXAMPLES * without
            without = left / (totals[node] - 1 + PARENT_EXAMPLES)
            if int(node) in column:
                said[row, column[int(node)]] = np.log(without + LEAST_SHARE).sum()
    return learnt, said
