"""Graded measures of rankings, by ir-measures.

nDCG is Järvelin and Kekäläinen's (2002), as trec_eval computes it: a product's gain is its grade,
divided by log2(1 + rank). The library wraps trec_eval itself, so figures can be compared with
anybody's. Of the two that were looked at it is the lighter: ir-measures 0.4.3 with
pytrec_eval-terrier is 1 MB and installs scipy (113 MB) without importing it; ranx 0.3.21 wants
numba, llvmlite, pandas, matplotlib and seaborn, 32 packages. Neither belongs in a shop, so it is
a requirement of the lab alone.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from search.evaluation.judgements import RIGHT, JudgedQuery
from search.evaluation.measures import PerQuery

# By our names, as ir-measures writes them. What has grade 2 or 3 is right.
MEASURES = {
    "ndcg_at_10": "nDCG@10",
    "mrr": f"RR(rel={RIGHT})",
    "r_at_10": f"R(rel={RIGHT})@10",
    "p_at_1": f"P(rel={RIGHT})@1",
}
TITLES = {"ndcg_at_10": "nDCG@10", "mrr": "MRR", "r_at_10": "R@10", "p_at_1": "P@1"}


class LibraryMissing(Exception):
    """The lab's own requirements are not installed; the message says how to."""


def require_library() -> None:
    """Raises `LibraryMissing` now rather than after minutes of searching."""
    try:
        import ir_measures  # noqa: F401
    except ImportError as error:
        raise LibraryMissing(
            f"{error}: graded measures need the lab's own requirements. Install them with "
            "`.venv/bin/pip install -r requirements-lab.txt`."
        ) from error


def measure(
    queries: Sequence[JudgedQuery], rankings: Sequence[Sequence[str]]
) -> dict[str, PerQuery]:
    """For each of `MEASURES`, a figure in [0, 1] for each query, (queries,) float64.

    `rankings`: for each query the handles of what was found, best first; each handle once. A query
    that found nothing has 0. Raises `LibraryMissing`.
    """
    require_library()
    import ir_measures

    names = {ir_measures.parse_measure(text): name for name, text in MEASURES.items()}
    judged = {str(number): query.grades for number, query in enumerate(queries)}
    # By rank rather than by score: trec_eval breaks ties by name, and rankings have none.
    run = {
        str(number): {handle: -float(rank) for rank, handle in enumerate(handles)}
        for number, handles in enumerate(rankings)
    }
    values = {name: np.zeros(len(queries)) for name in MEASURES}
    for found in ir_measures.iter_calc(list(names), judged, run):
        values[names[found.measure]][int(found.query_id)] = found.value
    return values
