"""Judged queries asked of the shop in every way that there is, and what came of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from search import query_vectors
from search.evaluation import graded
from search.evaluation.asking import ask, found_by_words, unsampled
from search.evaluation.catalogue import Catalogue
from search.evaluation.combining import DEPTH, LEGS, Asked, Combiner, ranked
from search.evaluation.comparing import Difference, difference
from search.evaluation.judgements import JudgedQuery
from search.evaluation.learned import Pool, learned_rankings, pool
from search.evaluation.measures import PerQuery, interval
from search.evaluation.stored import Scores, Stored
from search.models import EmbeddingModel
from search.query import PAGE_SIZE

# Shows how far it is: gives back what it gets, one by one; the second argument names it.
Progress = Callable[[Sequence[Any], str], Iterable[Any]]

OURS, LEARNED = "ours", "learned"
MAIN = "ndcg_at_10"
DIGITS = 4
WORST = 20


@dataclass(frozen=True)
class CatalogueReport:
    """What came of `queries`. `rankings`: by way, for each query the handles of the first page.
    `values`: by way and measure, (queries,) float64. `weights`: of the learned combiner, by form
    of query and leg."""

    queries: Sequence[JudgedQuery]
    catalogue: Catalogue
    model: str
    seed: int
    rankings: Mapping[str, Sequence[Sequence[str]]]
    values: Mapping[str, Mapping[str, PerQuery]]
    weights: Mapping[str, Mapping[str, float]]

    @property
    def ways(self) -> list[str]:
        """Ours, then the others by nDCG, best first."""
        others = [way for way in self.values if way != OURS]
        return [OURS, *sorted(others, key=lambda way: (-self.mean(way), way))]

    @property
    def best_leg(self) -> str:
        return max(LEGS, key=self.mean)

    @property
    def kinds(self) -> list[str]:
        """Of queries, in the order in which they came."""
        return list(dict.fromkeys(query.kind or query.form for query in self.queries))

    def mean(self, way: str, measure: str = MAIN) -> float:
        return float(self.values[way][measure].mean())

    def interval(self, way: str, measure: str = MAIN) -> tuple[float, float]:
        return interval(self.values[way][measure], seed=self.seed)

    def against(self, way: str, measure: str = MAIN) -> Difference:
        """Ours less the other way."""
        return difference(self.values[OURS][measure], self.values[way][measure], seed=self.seed)

    def of_kind(self, kind: str) -> np.ndarray:
        """(queries,) bool."""
        return np.array([(query.kind or query.form) == kind for query in self.queries])

    def worst(self, count: int = WORST) -> list[int]:
        """The queries that ours does worst, by nDCG; first those that another way does well."""
        ours = self.values[OURS][MAIN]
        best = np.max([self.values[way][MAIN] for way in self.values if way != OURS], axis=0)
        return np.lexsort((-best, np.round(ours, 3)))[:count].tolist()

    def as_json(self) -> dict[str, Any]:
        """As `manage.py evaluate catalogue --json` prints it."""
        return {
            **{name: round(self.mean(OURS, name), DIGITS) for name in graded.MEASURES},
            "intervals": {name: _ends(self.interval(OURS, name)) for name in graded.MEASURES},
            "queries": len(self.queries),
            "products": len(self.catalogue),
            "model": self.model,
            "seed": self.seed,
            "best_leg": self.best_leg,
            "against_best_leg": self.against(self.best_leg).as_json(DIGITS),
            "ways": {
                way: {
                    **{name: round(self.mean(way, name), DIGITS) for name in graded.MEASURES},
                    "intervals": {
                        name: _ends(self.interval(way, name)) for name in graded.MEASURES
                    },
                    **({} if way == OURS else {"ours_less_it": self.against(way).as_json(DIGITS)}),
                }
                for way in self.ways
            },
            "kinds": {
                kind: {
                    "queries": int(self.of_kind(kind).sum()),
                    **{
                        way: round(float(self.values[way][MAIN][self.of_kind(kind)].mean()), DIGITS)
                        for way in self.ways
                    },
                }
                for kind in self.kinds
            },
            "learned_weights": {
                form: {leg: round(weight, DIGITS) for leg, weight in weights.items()}
                for form, weights in self.weights.items()
            },
            "by_query": {
                "queries": [
                    {"query": query.words, "picture": query.picture, "kind": query.kind}
                    for query in self.queries
                ],
                "ways": {
                    way: {
                        name: [round(float(value), DIGITS) for value in values]
                        for name, values in self.values[way].items()
                    }
                    for way in self.ways
                },
            },
        }


def evaluate_catalogue(
    queries: Sequence[JudgedQuery],
    *,
    catalogue: Catalogue,
    stored: Stored,
    model: EmbeddingModel,
    seed: int = 0,
    progress: Progress,
) -> CatalogueReport:
    """Every query in every way.

    Each way is cut at the shop's first page, so that MRR compares like with like. Raises
    `LibraryMissing`, `EncoderUnavailable`, `NotAsked`, `UnusablePicture` and `SearchUnavailable`.
    """
    graded.require_library()
    combiner = Combiner(stored)
    rankings: dict[str, list[list[str]]] = {OURS: [], **{way: [] for way in combiner.ways}}
    pools: list[Pool] = []
    with unsampled():
        for query in progress(queries, "asking"):
            photo = query.photo(catalogue)
            rankings[OURS].append(ask(query.words, photo).handles)
            asked = Asked(
                photo=query_vectors.of_photo(photo, model) if photo else None,
                words=query_vectors.of_text(query.words, model) if query.words else None,
                found=found_by_words(query.words, catalogue, DEPTH),
            )
            for way, combine in combiner.ways.items():
                rankings[way].append(_handles(ranked(combine(asked)), catalogue))
            pools.append(pool(query, combiner.legs(asked), _grades(query, catalogue)))
    by_rows, weights = learned_rankings(pools, seed=seed)
    rankings[LEARNED] = [_handles(rows, catalogue) for rows in by_rows]
    return CatalogueReport(
        queries=queries,
        catalogue=catalogue,
        model=model.name,
        seed=seed,
        rankings=rankings,
        values={way: graded.measure(queries, found) for way, found in rankings.items()},
        weights=weights,
    )


def _handles(rows: np.ndarray, catalogue: Catalogue) -> list[str]:
    return [catalogue.items[row].handle for row in rows[:PAGE_SIZE].tolist()]


def _grades(query: JudgedQuery, catalogue: Catalogue) -> Scores:
    grades = np.zeros(len(catalogue))
    for handle, grade in query.grades.items():
        grades[catalogue.rows[handle]] = grade
    return grades


def _ends(ends: tuple[float, float]) -> list[float]:
    return [round(end, DIGITS) for end in ends]


def evaluate_search(
    queries: Sequence[JudgedQuery], catalogue: Catalogue, *, progress: Progress
) -> dict[str, PerQuery]:
    """By measure, (queries,) float64: the shop's search alone, without the other ways. Raises as
    `evaluate_catalogue`."""
    graded.require_library()
    rankings = []
    with unsampled():
        for query in progress(queries, "asking"):
            rankings.append(ask(query.words, query.photo(catalogue)).handles)
    return graded.measure(queries, rankings)
