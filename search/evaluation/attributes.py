"""How well attributes are read from pictures: products that have a value, read as if they had none.

Cross-validation by products: a reader is learnt from nine tenths of the shop, weights and floors
included, and reads the last tenth; each product is read once. So every figure is of products that
the reader knew nothing of. With as many folds as products that is leaving one out.

Each is read in two ways: as the shop reads its products (all pictures of one as one, in its known
category), and as a shopper's photo (each picture alone, its category guessed).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from django.db import connection

from search.attributes import examples, prompts, vocabulary
from search.attributes.learning import Evidence, Examples, learn
from search.attributes.models import VisualAttribute
from search.attributes.reader import Found
from search.attributes.terms import AttributeTerms, ValueTerms
from search.attributes.tree import Floats, Numbers
from search.encoders.base import logit_scale
from search.evaluation.measures import interval
from search.models import EmbeddingModel
from shop.catalog.models import Attribute, AttributeValue

FOLDS = 10
PICTURES = 3  # of a product, as photos
BINS = 10
DIGITS = 4

Flags = npt.NDArray[np.bool_]
Progress = Callable[[Sequence[int]], Iterable[int]]

WAYS = ("product", "photo")


@dataclass(frozen=True)
class WayReport:
    """`figures` of n readings, those of `NAMES`; `intervals`: of those that have one."""

    count: int
    figures: dict[str, float]
    intervals: dict[str, tuple[float, float]]


@dataclass(frozen=True)
class AttributeReport:
    """One attribute: how many products have it, and how often the commonest of its values; and how
    it was read, by way. None where no picture could be read."""

    slug: str
    products: int
    values: int
    commonest: float
    ways: dict[str, WayReport]


NAMES = {
    "accuracy": "right",
    "macro_f1": "macro-F1",
    "sure": "share that is sure",
    "sure_accuracy": "right when sure",
    "sure_others": "share that is sure, of other than the commonest value",
    "sure_others_accuracy": "right when sure of other than the commonest value",
    "calibration_error": "expected calibration error",
}


class NothingToEvaluate(Exception):
    """The message says what is missing."""


def chosen_terms(slugs: Collection[str]) -> dict[str, AttributeTerms]:
    """The attributes with these slugs, by slug, whether the shop reads them or not; or else those
    that it reads. Raises `NothingToEvaluate`."""
    vocabulary.complete()
    names = dict(Attribute.objects.values_list("slug", "pk"))
    unknown = sorted(set(slugs) - set(names))
    if unknown:
        raise NothingToEvaluate(
            f"There is no attribute {', '.join(unknown)}. There are: {', '.join(sorted(names))}."
        )
    by_pk = {pk: slug for slug, pk in names.items()}
    read = {by_pk[one.pk]: one for one in vocabulary.terms()}
    if not slugs:
        if not read:
            raise NothingToEvaluate(
                "No attribute is read from pictures: see “Read from pictures” in the admin."
            )
        return read
    return {slug: read.get(slug) or _as_it_is(names[slug]) for slug in sorted(slugs)}


def _as_it_is(attribute: int) -> AttributeTerms:
    """An attribute that is not read, with all values by their own names."""
    values = AttributeValue.objects.filter(attribute=attribute)
    return AttributeTerms(
        pk=attribute,
        name=Attribute.objects.get(pk=attribute).name,
        values=tuple(ValueTerms(one.pk, (one.value,)) for one in values[: vocabulary.VALUES]),
        margin=VisualAttribute._meta.get_field("margin").get_default(),
    )


def evaluate_attributes(
    model: EmbeddingModel,
    terms: dict[str, AttributeTerms],
    *,
    folds: int = FOLDS,
    without: Collection[Evidence] = (),
    progress: Progress = iter,
) -> list[AttributeReport]:
    """A report for each attribute, by slug. `without`: kinds of evidence that are left out.

    Raises `NothingToEvaluate`, and `EncoderUnavailable`.
    """
    vocabulary_read = list(terms.values())
    products, known = examples.collect(model, vocabulary_read)
    if len(products) < 2:
        raise NothingToEvaluate(
            f"{len(products)} products have pictures under {model.name}: at least two are needed."
        )
    encoder = model.encoder()
    texts = {one.pk: prompts.text_vectors(encoder, one) for one in vocabulary_read}
    scale = logit_scale(encoder)
    fold = np.random.default_rng(0).permutation(len(products)) % min(folds, len(products))
    read: dict[tuple[int, str], list[tuple[int, Found]]] = {
        (one.pk, way): [] for one in vocabulary_read for way in WAYS
    }
    for number in progress(range(int(fold.max()) + 1)):
        rest, held = np.flatnonzero(fold != number), np.flatnonzero(fold == number)
        reader = learn(_part(known, rest), vocabulary_read, texts, scale, without=without)
        nodes = reader.known([known.paths[row] for row in held.tolist()])
        for place, found in reader.read(known.vectors[held], nodes, guessed=False):
            read[found.attribute_id, "product"].append((int(held[place]), found))
        owners, pictures = _pictures(products[held], model)
        guesses = reader.guess(pictures)
        for place, found in reader.read(pictures, guesses, guessed=True):
            read[found.attribute_id, "photo"].append((int(held[owners[place]]), found))
    return [
        _report(slug, one, known.values[one.pk], {way: read[one.pk, way] for way in WAYS})
        for slug, one in terms.items()
    ]


def as_json(
    model: EmbeddingModel, folds: int, reports: Sequence[AttributeReport]
) -> dict[str, object]:
    """JSON's own types: figures and intervals by attribute, way and measure."""
    figures: dict[str, float] = {}
    intervals: dict[str, list[float]] = {}
    for report in reports:
        for way, found in report.ways.items():
            for name, value in found.figures.items():
                figures[f"{report.slug}.{way}.{name}"] = round(value, DIGITS)
            for name, ends in found.intervals.items():
                intervals[f"{report.slug}.{way}.{name}"] = [round(end, DIGITS) for end in ends]
    return {
        **figures,
        "intervals": intervals,
        "queries": {
            f"{report.slug}.{way}": found.count
            for report in reports
            for way, found in report.ways.items()
        },
        "attributes": {
            report.slug: {
                "products": report.products,
                "values": report.values,
                "commonest": round(report.commonest, DIGITS),
            }
            for report in reports
        },
        "folds": folds,
        "model": model.name,
    }


def _part(known: Examples, rows: Numbers) -> Examples:
    return Examples(
        known.vectors[rows],
        [known.paths[row] for row in rows.tolist()],
        {pk: values[rows] for pk, values in known.values.items()},
    )


def _pictures(products: Numbers, model: EmbeddingModel) -> tuple[Numbers, Floats]:
    """The first `PICTURES` of each product alone: (n,), the place of its product among `products`,
    and (n, d) float32, rows of norm 1."""
    place = {product: number for number, product in enumerate(products.tolist())}
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT product_id, vector_send(vector::vector) FROM (
                SELECT e.product_id, e.vector, row_number() OVER (
                           PARTITION BY e.product_id ORDER BY image.position, image.id) AS number
                  FROM search_embedding e JOIN catalog_productimage image ON image.id = e.image_id
                 WHERE e.product_id = ANY(%s) AND e.model_id = %s AND e.kind = 'image'
                   AND e.vector IS NOT NULL
            ) pictures WHERE number <= %s ORDER BY product_id, number
            """,
            [list(place), model.pk, PICTURES],
        )
        found = cursor.fetchall()
    owners = np.array([place[product] for product, _ in found], np.int64)
    return owners, examples.vectors_of([sent for _, sent in found], model.dimension)


def _report(
    slug: str,
    terms: AttributeTerms,
    right: Flags,
    read: dict[str, list[tuple[int, Found]]],
) -> AttributeReport:
    having: Flags = np.asarray(right.any(axis=1))
    counts = right.sum(axis=0)
    commonest = int(counts.argmax())
    column = {value.pk: number for number, value in enumerate(terms.values)}
    ways = {}
    for way, readings in read.items():
        known = [(row, found) for row, found in readings if having[row]]
        if known:
            rows = np.array([row for row, _ in known])
            values = np.array([column[found.value_id] for _, found in known])
            confidence = np.array([found.confidence for _, found in known])
            sure = np.array([found.sure for _, found in known])
            ways[way] = _way(right[rows], values, confidence, sure, commonest)
    total = max(1, int(having.sum()))
    return AttributeReport(
        slug, int(having.sum()), int((counts > 0).sum()), float(counts[commonest] / total), ways
    )


def _way(
    right: Flags,
    values: Numbers,
    confidence: npt.NDArray[np.float64],
    sure: Flags,
    commonest: int,
) -> WayReport:
    hits = right[np.arange(len(values)), values].astype(np.float64)
    others = sure & (values != commonest)
    figures = {
        "accuracy": float(hits.mean()),
        "macro_f1": macro_f1(right, values),
        "sure": float(sure.mean()),
        "sure_others": float(others.mean()),
        "calibration_error": calibration_error(confidence, hits),
    }
    intervals = {"accuracy": interval(hits)}
    for name, chosen in (("sure_accuracy", sure), ("sure_others_accuracy", others)):
        if chosen.any():
            figures[name] = float(hits[chosen].mean())
            intervals[name] = interval(hits[chosen])
    return WayReport(len(values), figures, intervals)


def macro_f1(right: Flags, values: Numbers) -> float:
    """The mean, over the values that products have, of the harmonic mean of precision and recall.

    `right`: (n, V) bool, the values that each has; `values`: (n,), the one that was read. Of
    several that a product has, the one that was read counts as the right one, else the first.
    """
    rows = np.arange(len(values))
    truth = np.where(right[rows, values], values, right.argmax(axis=1))
    scores = []
    for value in np.unique(truth):
        both = ((values == value) & (truth == value)).sum()
        scores.append(2 * both / ((values == value).sum() + (truth == value).sum()))
    return float(np.mean(scores))


def calibration_error(confidence: npt.NDArray[np.float64], hits: npt.NDArray[np.float64]) -> float:
    """By how much confidence, (n,) in [0, 1], and the share that is right differ, over `BINS` bins
    of equal width, each weighing what is in it (Guo et al., "On Calibration of Modern Neural
    Networks", 2017)."""
    bins = np.minimum((confidence * BINS).astype(np.int64), BINS - 1)
    return float(
        sum(
            (bins == one).mean() * abs(hits[bins == one].mean() - confidence[bins == one].mean())
            for one in np.unique(bins)
        )
    )
