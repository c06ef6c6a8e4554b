"""Self-retrieval: does a changed picture of the catalogue find its own product? Labels for free.

    a picture of the shop -> cropped, turned, saved poorly, on another ground -> the shop's search

By the shop's own search, by the leg of pictures alone, and exactly, over the stored vectors; what
lies between the two is the indexes' doing.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from PIL import Image

from search import query_vectors
from search.evaluation.asking import ask, unsampled
from search.evaluation.catalogue import Catalogue
from search.evaluation.catalogue_evaluation import DIGITS, Progress
from search.evaluation.combining import ranked
from search.evaluation.measures import PerQuery, interval
from search.evaluation.pictures import CHANGES, changed
from search.evaluation.stored import Stored
from search.models import EmbeddingModel
from search.query import PAGE_SIZE, Leg
from shop.catalog.models import ProductImage

SEARCH, EXACT = "search", "exact"


@dataclass(frozen=True)
class SelfReport:
    """`values`: by way ("search", "exact"), by change, by measure ("r_at_1", "mrr"), a figure for
    each picture, (pictures,) float64. MRR ends with the first page."""

    values: Mapping[str, Mapping[str, Mapping[str, PerQuery]]]
    pictures: int
    seed: int
    model: str

    def as_json(self) -> dict[str, Any]:
        """As `manage.py evaluate self --json` prints it: the search's own means over all changes
        first."""
        everything = {
            way: {
                name: np.concatenate([of[name] for of in by_change.values()])
                for name in ("r_at_1", "mrr")
            }
            for way, by_change in self.values.items()
        }
        return {
            **_figures(everything[SEARCH]),
            "exact": _figures(everything[EXACT]),
            "changes": {
                way: {change: _figures(of) for change, of in by_change.items()}
                for way, by_change in self.values.items()
            },
            "pictures": self.pictures,
            "seed": self.seed,
            "model": self.model,
        }


def evaluate_self(
    catalogue: Catalogue,
    stored: Stored,
    model: EmbeddingModel,
    *,
    pictures: int,
    seed: int = 0,
    progress: Progress,
) -> SelfReport:
    """At most `pictures` pictures that have a vector, drawn with `seed`, under every change. The
    shop has at least one. Raises `EncoderUnavailable` and `SearchUnavailable`."""
    chosen = list(zip(stored.images.tolist(), stored.owners.tolist(), strict=True))
    random.Random(f"self/{seed}").shuffle(chosen)  # noqa: S311
    chosen = sorted(chosen[:pictures])
    ranks: dict[str, dict[str, list[float]]] = {
        way: {change: [] for change in CHANGES} for way in (SEARCH, EXACT)
    }
    with unsampled():
        for key, row in progress(chosen, "asking"):
            image = ProductImage.objects.filter(pk=key).first()
            if image is None:
                continue  # deleted meanwhile
            with image.image.open("rb") as stream:
                picture = Image.open(stream).convert("RGB")
            own = catalogue.items[row].handle
            for change in CHANGES:
                photo = changed(picture, change, seed + key)
                found = ask("", photo, Leg.IMAGE).handles
                rank = found.index(own) + 1 if own in found else np.inf
                ranks[SEARCH][change].append(rank)
                vector = query_vectors.of_photo(photo, model)
                order = ranked(stored.best((stored.pictures @ vector).astype(np.float64)))
                at = int(np.flatnonzero(order == row)[0]) + 1
                ranks[EXACT][change].append(at if at <= PAGE_SIZE else np.inf)
    values = {
        way: {change: _measured(found) for change, found in by_change.items()}
        for way, by_change in ranks.items()
    }
    return SelfReport(values, len(chosen), seed, model.name)


def _measured(ranks: list[float]) -> dict[str, PerQuery]:
    array = np.array(ranks, np.float64)
    return {"r_at_1": (array == 1).astype(np.float64), "mrr": 1 / array}


def _figures(values: Mapping[str, PerQuery]) -> dict[str, Any]:
    return {
        **{name: round(float(each.mean()), DIGITS) for name, each in values.items()},
        "intervals": {
            name: [round(end, DIGITS) for end in interval(each)] for name, each in values.items()
        },
    }
