"""From vectors and labels to figures: exact, by brute force, in numpy alone.

Precision at 10 and average precision are trec_eval's `P_10` and `map` (Manning, Raghavan and
Schütze, "Introduction to Information Retrieval", 2008, section 8.4). They are written here and not
taken from a library, because each one weighs far more than the two lines that it would save:
ir-measures 0.4.3 brings scipy, 143 MB that it does not even import here, and wants every cosine as
an entry of a dict (341 queries against 3,068 pictures: 2.0 s and 360 MB, here 0.05 s); ranx brings
numba, pandas and matplotlib. On random vectors these agree with ir-measures to 1e-5 for a query,
which is `COSINE_STEP`'s doing, and to 4e-7 in the mean.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from search.encoders.base import Vectors

Numbers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
PerQuery = npt.NDArray[np.float64]

# float32 vectors say no more about a cosine.
COSINE_STEP = 1e-6
# What is in memory at once: cosines of a block of queries, or draws of the bootstrap.
CELLS_AT_ONCE = 4_000_000
RESAMPLES = 2000
# Fewer values tell nothing at 95%: even where all lie on one side of zero, chance does that in one
# of 16 cases or more (the sign test), and the bootstrap would call it certain.
FEWEST = 6


@dataclass(frozen=True)
class Labelled:
    """n labelled vectors. `vectors`: (n, dimension) float32, rows of length one. `labels`: (n,)
    int64. `files`: (n,) int64, the same number for the very same file, on either side; or None
    where there is none."""

    vectors: Vectors
    labels: Numbers
    files: Numbers | None = None

    def __len__(self) -> int:
        return len(self.labels)

    def part(self, start: int, stop: int) -> Labelled:
        """Those from `start` to before `stop`."""
        files = None if self.files is None else self.files[start:stop]
        return Labelled(self.vectors[start:stop], self.labels[start:stop], files)


def ranked_hits(queries: Labelled, index: Labelled) -> Flags:
    """(queries, index) bool: for each query, best first, whether what is at that rank has its
    label. The query's own file comes last, and is none.

    Cosines are rounded to `COSINE_STEP`, and among equals the wrong label comes first: a tie is
    not won, and the order of the index changes nothing.
    """
    # In float32, the place of a picture in the index would move the last digits.
    cosines = queries.vectors.astype(np.float64) @ index.vectors.astype(np.float64).T
    hits = queries.labels[:, None] == index.labels
    # One integer for each pair, which sorts by cosine downwards and carries the hit as its last
    # bit: sorting needs no indices, and a tie is settled with it.
    keys = np.rint(cosines * (-1 / COSINE_STEP)).astype(np.int32) * 2 + hits.astype(np.int32)
    if queries.files is not None and index.files is not None:
        keys[queries.files[:, None] == index.files] = np.iinfo(np.int32).max - 1
    keys.sort(axis=1)
    return (keys & 1).astype(np.bool_)


def retrieval(queries: Labelled, index: Labelled) -> dict[str, PerQuery]:
    """How each query fares in the index, of which each has at least one; (queries,) float64 in
    [0, 1] for each of

    - `nearest_neighbour`: 1 if the nearest picture has the query's label, else 0
    - `top_5`: 1 if one of the five nearest has
    - `p_at_10`: the share of the ten nearest that have. A label with fewer than ten pictures
      cannot reach 1
    - `map`: the average precision over the whole index: the mean, over all pictures with the
      label, of the precision down to each. 0 only for a query whose label no picture has

    A picture of the index that is the query's own file is left out.
    """
    at_once = max(1, CELLS_AT_ONCE // max(1, len(index)))
    blocks = [
        _scores(ranked_hits(queries.part(start, start + at_once), index))
        for start in range(0, len(queries), at_once)
    ]
    return {name: np.concatenate([block[name] for block in blocks]) for name in blocks[0]}


def zero_shot(queries: Labelled, texts: Labelled) -> PerQuery:
    """(queries,) float64: 1 if the nearest of the labels' texts is the query's, else 0."""
    return retrieval(queries, texts)["nearest_neighbour"]


def _scores(hits: Flags) -> dict[str, PerQuery]:
    precisions = hits.cumsum(axis=1) / np.arange(1, hits.shape[1] + 1)
    return {
        "nearest_neighbour": hits[:, 0].astype(np.float64),
        "top_5": hits[:, :5].any(axis=1).astype(np.float64),
        "p_at_10": hits[:, :10].sum(axis=1) / 10,
        "map": (precisions * hits).sum(axis=1) / np.maximum(hits.sum(axis=1), 1),
    }


def interval(
    values: PerQuery,
    *,
    bounds: tuple[float, float] = (0.0, 1.0),
    resamples: int = RESAMPLES,
    seed: int = 0,
) -> tuple[float, float]:
    """The 95% interval of the mean of `values`, (n,) float64 with n > 0, none outside `bounds`.

    Percentile bootstrap over queries (Efron and Tibshirani, "An Introduction to the Bootstrap",
    1993, chapter 13): what the mean would be with other queries of the same kind. The same values
    and seed give the same interval. It knows only the queries it is given, so where all are right
    it has no width. Fewer than `FEWEST` values tell nothing: the interval is all of `bounds`.
    """
    if len(values) < FEWEST:
        return bounds
    chance = np.random.default_rng(seed)
    at_once = max(1, CELLS_AT_ONCE // len(values))
    means = np.empty(resamples)
    for start in range(0, resamples, at_once):
        block = means[start : start + at_once]
        block[:] = values[chance.integers(len(values), size=(len(block), len(values)))].mean(axis=1)
    low, high = np.quantile(means, [0.025, 0.975])
    return float(low), float(high)
