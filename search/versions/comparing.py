"""Two models asked the same: how far each knows the shop, how far they agree, and which is right.

    coverage   what each has seen of the shop
    overlap    of the first ten products of one, how many are among the other's
    selves     does a picture of the shop, changed as by a shopper, find its own product?
    lab        queries judged by rule from what the shop says of its products
               (`search.evaluation.rules`)
    samples    what both find, to look at

Everything is asked of the shop's own search, as a shopper asks it, of both models in turn;
differences are paired, with the lab's intervals. On a machine that is slow, fewer questions are
asked: how many it were stands beside the figures.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

import numpy as np
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_noop
from PIL import Image

from search import counts, retrieval, router
from search.answering import answered_by
from search.asked import SearchUnavailable
from search.encoders import EncoderUnavailable, for_queries
from search.evaluation import graded
from search.evaluation.asking import NotAsked, ask, unsampled
from search.evaluation.catalogue import Catalogue, read_catalogue
from search.evaluation.comparing import difference
from search.evaluation.judgements import RIGHT, JudgedQuery
from search.evaluation.measures import PerQuery, interval
from search.evaluation.pictures import changed
from search.evaluation.rules import judge_by_rule
from search.filters import Filters
from search.models import Embedding, EmbeddingModel, ModelComparison
from search.query import Leg, SearchQuery
from search.ranking import first_of
from search.retrieval import Target
from search.versions import samples
from shop.catalog.models import Product, ProductImage

FIRST = 10  # of what is found, for the overlap
PICTURES, QUERIES = 60, 60  # for the overlap, each
SELVES = 40  # pictures that are changed, in each way
CHANGES = ("crop", "rotate", "jpeg")
PER_KIND = 12  # judged queries of each kind
# To judge by rule, all products are read: of more it would take minutes, and much memory.
JUDGED_PRODUCTS = 30_000
WORDS_SHOWN, PICTURES_SHOWN, SHOWN = 6, 6, 6
DIGITS = 4
TOO_MANY = gettext_noop("Too many products to judge them all beside the shop's work.")
LOCK = "compare-models"
# For each of the four parts; all of them stay well below a task's limit.
PART_SECONDS = 120.0
DIED = gettext_noop("The worker ended each time that it compared these models.")

PRESENT, NEW = "present", "new"
Progress = Callable[[float], None]


@dataclass(frozen=True)
class Pair:
    """The model that is looked at, and the one that it is compared with: mostly the live one."""

    new: EmbeddingModel
    present: EmbeddingModel

    def items(self) -> list[tuple[str, EmbeddingModel]]:
        return [(PRESENT, self.present), (NEW, self.new)]


def ask_for(model: EmbeddingModel, *, by: Any = None) -> ModelComparison | None:
    """Have `model` compared with the live one in the background, anew if it was; None if it is the
    live one."""
    live = EmbeddingModel.objects.live()
    if live is None or live.pk == model.pk:
        return None
    asked, _ = ModelComparison.objects.update_or_create(
        model=model,
        defaults={
            "against": live,
            "asked_at": timezone.now(),
            "asked_by": by,
            "attempts": 0,
            "share": 0.0,
            "finished_at": None,
            "error": "",
            "figures": None,
        },
    )
    return asked


def keep(model: EmbeddingModel, live: EmbeddingModel, figures: dict[str, Any]) -> None:
    """Keep what was made elsewhere than in the background, for the page."""
    ModelComparison.objects.update_or_create(
        model=model,
        defaults={
            "against": live,
            "asked_at": timezone.now(),
            "share": 1.0,
            "finished_at": timezone.now(),
            "error": "",
            "figures": figures,
        },
    )


class Stopped(Exception):
    """Nobody wants the comparison any more that is being made."""


def unfinished() -> QuerySet[ModelComparison]:
    """What was asked for and is not made yet, the first first. One of a model that is being deleted
    is of no use to anybody."""
    dropping = EmbeddingModel.State.DROPPING
    asked = ModelComparison.objects.filter(finished_at=None)
    return asked.exclude(Q(model__state=dropping) | Q(against__state=dropping)).order_by("asked_at")


def stop(model: EmbeddingModel) -> bool:
    """Have `model` compared with no other any more; whether it was. A worker that does it notices
    within a second or two. What was compared before stays."""
    of_model = Q(model=model) | Q(against=model)
    return bool(ModelComparison.objects.filter(of_model, finished_at=None).delete()[0])


def is_due() -> bool:
    """Whether a comparison was asked for and is not made yet."""
    return unfinished().exists()


def compare_next() -> ModelComparison | None:
    """Make the comparison that was asked for first; None if there is none, or nobody wants it any
    more. Hold `try_lock(LOCK)`. One that is cut off is made anew, from the beginning."""
    asked = unfinished().select_related("model", "against").first()
    if asked is None:
        return None
    if asked.attempts >= ModelComparison.MAX_ATTEMPTS:
        asked.error, asked.finished_at = DIED, timezone.now()
        asked.save(update_fields=["error", "finished_at"])
        return asked
    # Asked for anew meanwhile, it is another.
    mine = unfinished().order_by().filter(pk=asked.pk, asked_at=asked.asked_at)
    mine.update(attempts=F("attempts") + 1)
    told = time.monotonic()

    def tell(share: float) -> None:
        nonlocal told
        if time.monotonic() - told > 1:
            told = time.monotonic()
            if not mine.update(share=share):
                raise Stopped

    try:
        figures, error = compare(Pair(asked.model, asked.against), progress=tell), ""
    except (EncoderUnavailable, SearchUnavailable, NotAsked) as failure:
        figures, error = None, str(failure)
    except Stopped:
        return None
    if not mine.update(figures=figures, error=error, share=1.0, finished_at=timezone.now()):
        return None
    asked.refresh_from_db()
    return asked


def compare(pair: Pair, *, progress: Progress = lambda share: None) -> dict[str, Any]:
    """All figures, in JSON's types; a minute or two. Raises `EncoderUnavailable` and
    `SearchUnavailable`."""
    for model in (pair.new, pair.present):
        model.encoder()  # now rather than after a minute
    # Counted, not COUNT(*): a few more than can be judged say as much as all.
    few = len(Product.objects.published().values("pk")[: JUDGED_PRODUCTS + 1]) <= JUDGED_PRODUCTS
    catalogue = read_catalogue() if few else None
    judged = judge_by_rule(catalogue, limit=PER_KIND, photos=False) if catalogue else []
    random.Random(0).shuffle(judged)  # noqa: S311  (should time end some, it is some of each kind)
    asked = samples.words(QUERIES, others=[query.words for query in judged[::3]])
    with unsampled():
        total = len(judged) + len(asked) + SELVES * len(CHANGES) + PICTURES
        steps = _Steps(progress, total)
        figures = {
            "models": {
                side: {"name": model.name, "dimension": model.dimension, "pk": model.pk}
                for side, model in pair.items()
            },
            "coverage": {side: _coverage(model) for side, model in pair.items()},
            "overlap_at_10": {
                "words": _overlap_of_words(pair, asked, steps),
                "pictures": _overlap_of_pictures(pair, steps),
            },
            "self": _selves(pair, steps),
            "lab": _lab(pair, catalogue, judged, steps),
            "milliseconds": {side: _milliseconds(model, asked) for side, model in pair.items()},
            "samples": [*_shown_words(pair, asked), *_shown_pictures(pair)],
        }
    progress(1.0)
    return figures


class _Steps:
    """Counts searches, and tells how far they are."""

    def __init__(self, progress: Progress, total: int) -> None:
        self._progress, self._total, self._done = progress, max(1, total), 0

    def each(self, things: Sequence[Any]) -> Iterator[Any]:
        """All of them, or as many as there is time for, and the first anyway."""
        end = time.monotonic() + PART_SECONDS
        for number, thing in enumerate(things):
            if number and time.monotonic() > end:
                self._done += len(things) - number
                return
            yield thing
            self._done += 1
            self._progress(min(1.0, self._done / self._total))


def _coverage(model: EmbeddingModel) -> dict[str, dict[str, int]]:
    """By kind, how many are done, failed and waiting."""
    return {
        kind: {
            "done": found["done"],
            "failed": found["failed"],
            "waiting": found["pending"] + found["running"],
        }
        for kind, found in counts.by_kind_and_status([model]).items()
    }


def _overlap_of_words(pair: Pair, asked: Sequence[str], steps: _Steps) -> dict[str, Any]:
    shares = []
    for said in steps.each(asked):
        present, new = (found[:FIRST] for found in _both_find(pair, said))
        if present or new:
            shares.append(_shared(present, new))
    return _mean(np.array(shares, np.float64))


def _both_find(pair: Pair, said: str) -> list[list[str]]:
    """The handles that each finds for words, the present model first."""
    found = []
    for _, model in pair.items():
        with answered_by(model):
            found.append(ask(said).handles)
    return found


def _overlap_of_pictures(pair: Pair, steps: _Steps) -> dict[str, Any]:
    """By the leg of pictures alone, with the stored vectors of the shop's own pictures."""
    products = samples.products(PICTURES)
    first = {
        image.product_id: image
        for image in ProductImage.objects.filter(product__in=products).order_by("-position", "-pk")
    }
    shares = []
    for product in steps.each(products):
        if product.pk not in first:
            continue
        sides = [_nearest(first[product.pk], model) for _, model in pair.items()]
        if all(sides):
            shares.append(_shared(*sides))
    return _mean(np.array(shares, np.float64))


def _nearest(image: ProductImage, model: EmbeddingModel) -> list[int]:
    _, vectors = retrieval.vectors_of_images([image.pk], model)
    if not len(vectors):
        return []
    target = Target(vectors[0], Embedding.Kind.IMAGE, model)
    hits = router.nearest(target, router.match(Filters()), depth=FIRST + 1).hits
    return [hit.product_id for hit in hits if hit.product_id != image.product_id][:FIRST]


def _shared(one: Sequence[Any], other: Sequence[Any]) -> float:
    """Of the longer of two lists, the share that both have."""
    return len(set(one) & set(other)) / max(len(one), len(other), 1)


def _selves(pair: Pair, steps: _Steps) -> dict[str, Any]:
    """Whether changed pictures find their own product first, and how far up it is."""
    products = samples.products(SELVES)
    ranks: dict[str, list[float]] = {PRESENT: [], NEW: []}
    for product, change in steps.each([(one, how) for one in products for how in CHANGES]):
        image = ProductImage.objects.filter(product=product).order_by("position", "pk").first()
        if image is None:
            continue
        with image.image.open("rb") as stream:
            photo = changed(Image.open(stream).convert("RGB"), change, image.pk)
        for side, model in pair.items():
            with answered_by(model):
                found = ask("", photo, Leg.IMAGE).handles
            at = found.index(product.slug) + 1 if product.slug in found else np.inf
            ranks[side].append(at)
    arrays = {side: np.array(found, np.float64) for side, found in ranks.items()}
    return _both(
        {
            side: {"r_at_1": (found == 1).astype(np.float64), "mrr": 1 / found}
            for side, found in arrays.items()
        }
    )


def _lab(
    pair: Pair, catalogue: Catalogue | None, judged: Sequence[JudgedQuery], steps: _Steps
) -> dict[str, Any]:
    """The lab's measures; without its library those that need none."""
    if catalogue is None:
        return {"unavailable": TOO_MANY, "queries": 0}
    if not judged:
        return {"unavailable": "", "queries": 0}
    both = [_both_find(pair, query.words) for query in steps.each(judged)]
    judged = judged[: len(both)]
    values = {}
    for place, (side, _) in enumerate(pair.items()):
        rankings = [found[place] for found in both]
        values[side] = {"right_in_10": _right_in_ten(judged, rankings)}
        try:
            values[side] |= graded.measure(judged, rankings)
        except graded.LibraryMissing:
            values[side]["p_at_1"] = _first_is_right(judged, rankings)
    kinds = list(dict.fromkeys(query.kind for query in judged))
    return {
        **_both(values),
        "queries": len(judged),
        "kinds": {
            kind: _both(
                {
                    side: {"right_in_10": of["right_in_10"][[q.kind == kind for q in judged]]}
                    for side, of in values.items()
                }
            )["right_in_10"]
            for kind in kinds
        },
    }


def _right_in_ten(judged: Sequence[JudgedQuery], rankings: Sequence[Sequence[str]]) -> PerQuery:
    """Of the first ten, or of as many as there are right ones, the share that is right."""
    return np.array(
        [
            sum(query.grades.get(handle, 0) >= RIGHT for handle in handles[:FIRST])
            / min(FIRST, sum(grade >= RIGHT for grade in query.grades.values()))
            for query, handles in zip(judged, rankings, strict=True)
        ],
        np.float64,
    )


def _first_is_right(judged: Sequence[JudgedQuery], rankings: Sequence[Sequence[str]]) -> PerQuery:
    return np.array(
        [
            float(bool(handles) and query.grades.get(handles[0], 0) >= RIGHT)
            for query, handles in zip(judged, rankings, strict=True)
        ],
        np.float64,
    )


def _milliseconds(model: EmbeddingModel, asked: Sequence[str]) -> dict[str, float]:
    """What a query takes to be understood here, the median: of words, and of a photo."""
    encoder = for_queries(model.encoder())
    photo = Image.new("RGB", (512, 512), "white")
    return {
        "words": _median(encoder.encode_query_text, list(asked[:9])),
        "photo": _median(encoder.encode_query_image, [photo] * 5),
    }


def _median(encode: Callable[[Any], object], asked: Sequence[Any]) -> float:
    took = []
    for one in asked[:1]:  # loads what is not loaded
        encode(one)
    for one in asked:
        began = time.perf_counter()
        encode(one)
        took.append((time.perf_counter() - began) * 1000)
    return round(median(took), 1) if took else 0.0


def _shown_words(pair: Pair, asked: Sequence[str]) -> Iterator[dict[str, Any]]:
    for said in asked[:WORDS_SHOWN]:
        found: dict[str, Any] = {"words": said}
        for side, model in pair.items():
            with answered_by(model):
                found[side] = [one.product.pk for one in ask(said).results[:SHOWN]]
        yield found


def _shown_pictures(pair: Pair) -> Iterator[dict[str, Any]]:
    for product in samples.products(PICTURES_SHOWN):
        found: dict[str, Any] = {"product": product.pk}
        for side, model in pair.items():
            with answered_by(model):
                hits = first_of(SearchQuery(like=product), SHOWN)
            found[side] = [one.product_id for one in hits]
        yield found


def _both(values: dict[str, dict[str, PerQuery]]) -> dict[str, Any]:
    """By measure: both means with their intervals, and the new model's less the present one's."""
    report = {}
    for name in values[PRESENT]:
        one, other = values[NEW][name], values[PRESENT][name]
        if not len(one):
            continue
        report[name] = {
            PRESENT: _mean(other),
            NEW: _mean(one),
            **difference(one, other).as_json(DIGITS),
        }
    return report


def _mean(values: PerQuery) -> dict[str, Any]:
    if not len(values):
        return {"mean": None, "interval": None, "queries": 0}
    ends = [round(end, DIGITS) for end in interval(values)]
    return {"mean": round(float(values.mean()), DIGITS), "interval": ends, "queries": len(values)}
