"""What a model's cosines are where nothing fits: what every score is measured against.

A cosine says nothing by itself: words against words score high, words against pictures low, and
each model in its own way. Measured in the background on a sample of the shop's own vectors:

    pairs      mean and deviation of the cosine of unrelated pairs, by kind of query (text, image,
               or both: mixed) and kind of vector that it is compared with
    nonsense   the direction in which texts lie that mean nothing: whatever the model cannot read
               lands there, and is then near the same few products
    splits     into how many tokens words fall: what nobody writes falls to pieces
"""

from __future__ import annotations

import random
import re
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from django.db import connection
from pgvector import HalfVector

from search.encoders import EncoderUnavailable
from search.encoders.base import token_counter
from search.models import Embedding, EmbeddingModel
from shop.catalog.models import Product

# A mean of so many is known well enough; a shop of fewer has no background.
FEWEST, SAMPLE, TITLES = 20, 2_000, 128
# A deviation that is none.
SAME = 1e-6
# Measured anew when the shop has grown by so much.
GROWN = 1.5
LATER_SECONDS = 3600
# How far words move a picture when both are asked for: norm((1 - a) * picture + a * words).
COMPOSITION = 0.5
_VERSION = 2
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_SYLLABLES = [
    "ba",
    "lo",
    "ti",
    "kra",
    "mu",
    "fen",
    "zo",
    "pli",
    "dar",
    "vex",
    "nu",
    "gri",
    "sha",
    "ono",
    "wem",
    "tus",
]


@dataclass(frozen=True)
class Background:
    """`pairs`: (mean, deviation) by "text-image" and the like. `nonsense`: (dimension,) float32,
    norm 1, and the cosines with it of nonsense and of the shop's titles: (mean, mean). `splits`:
    how far words fall to pieces (`split`), of nonsense and of titles: (mean, mean); None where the
    model does not say."""

    pairs: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    nonsense: np.ndarray | None = None
    nonsense_scale: tuple[float, float] = (1.0, 0.0)
    splits: tuple[float, float] | None = None

    def standard(self, query: str, kind: str, cosines: np.ndarray) -> np.ndarray:
        """Deviations above what unrelated pairs have. Without a background: above the mean of
        `cosines`, (n,), themselves."""
        known = self.pairs.get(f"{query}-{kind}")
        if known is None and np.isnan(cosines).all():
            return cosines
        mean, deviation = known or (float(np.nanmean(cosines)), float(np.nanstd(cosines)))
        # Equal cosines deviate by what rounding leaves, which says nothing.
        return (cosines - mean) / (deviation if deviation > SAME else 1.0)

    def meaning(self, vector: np.ndarray) -> float:
        """How much a text means to the model, by its vector: about 1 for a product's title, about 0
        for nonsense; 1 where that is not known."""
        if self.nonsense is None:
            return 1.0
        nonsense, titles = self.nonsense_scale
        share = (nonsense - float(vector @ self.nonsense)) / (nonsense - titles or 1.0)
        return float(np.clip(share, 0.0, 1.0))

    def readable(self, word: str, count_tokens: Callable[[str], int] | None) -> float:
        """How much a word is written as words are, whatever it means: about 1 for one of a title,
        about 0 for nonsense; 1 where that is not known."""
        if self.splits is None or count_tokens is None:
            return 1.0
        nonsense, titles = self.splits
        share = (nonsense - split(word, count_tokens)) / (nonsense - titles or 1.0)
        return float(np.clip(share, 0.0, 1.0))


def split(word: str, count_tokens: Callable[[str], int]) -> float:
    """How far a word falls to pieces: 0 where it is one token, 1 where each letter is."""
    return (count_tokens(word) - 1) / (len(word) - 1) if len(word) > 1 else 0.0


_known: dict[int, tuple[object, Background]] = {}


def of(model: EmbeddingModel) -> Background:
    """The model's background, as far as it was measured; this process remembers it."""
    stamp = model.background.get("measured_at")
    kept = _known.get(model.pk)
    if kept is None or kept[0] != stamp:
        kept = stamp, _read(model)
        _known[model.pk] = kept
    return kept[1]


def _read(model: EmbeddingModel) -> Background:
    said = model.background
    if said.get("version") != _VERSION:
        return Background()
    nonsense = EmbeddingModel.objects.filter(pk=model.pk).values_list("nonsense", flat=True).first()
    return Background(
        {pair: (mean, deviation) for pair, (mean, deviation) in said["pairs"].items()},
        None if nonsense is None else _unit(np.asarray(nonsense, dtype=np.float32)),
        tuple(said["nonsense_scale"]),
        tuple(said["splits"]) if said["splits"] else None,
    )


def measure(model: EmbeddingModel) -> bool:
    """Measure and keep the model's background; whether there was enough to measure it by.

    Seconds: some two hundred texts are encoded. Raises `EncoderUnavailable`.
    """
    chance = random.Random(model.pk)  # noqa: S311  (a sample, no secret)
    pictures = sample(model, Embedding.Kind.IMAGE)
    texts = sample(model, Embedding.Kind.TEXT)
    titles = _titles()
    if len(titles) < FEWEST or len(texts) < FEWEST:
        return False
    encoder = model.encoder()
    vectors = _done(model)
    asked = encoder.encode_texts(titles)
    pairs = {"text-text": _cosines(asked, texts)}
    if len(pictures) >= FEWEST:
        half = min(TITLES, len(pictures) // 2)
        mixed = np.stack(
            [
                _unit(
                    (1 - COMPOSITION) * pictures[chance.randrange(len(pictures))]
                    + COMPOSITION * one
                )
                for one in asked
            ]
        )
        pairs |= {
            "text-image": _cosines(asked, pictures),
            "image-image": _cosines(pictures[:half], pictures[half:]),
            "mixed-image": _cosines(mixed, pictures),
        }
    made_up = _nonsense(chance)
    said = encoder.encode_texts(made_up)
    counter = token_counter(encoder)
    nonsense = _unit(said.mean(axis=0))
    EmbeddingModel.objects.filter(pk=model.pk).update(
        nonsense=HalfVector(nonsense),
        background={
            "version": _VERSION,
            "measured_at": time.time(),
            "vectors": vectors,
            "pairs": pairs,
            "nonsense_scale": [float((said @ nonsense).mean()), float((asked @ nonsense).mean())],
            "splits": counter and [_splits(made_up, counter), _splits(titles, counter)],
        },
    )
    return True


def measurable(model: EmbeddingModel) -> bool:
    """Whether there is enough to measure the model's background by; reads no more than that."""
    texts = Embedding.objects.filter(
        model=model, kind=Embedding.Kind.TEXT, status=Embedding.Status.DONE, listed=True
    )
    return len(texts.values("pk")[:FEWEST]) == FEWEST


def measure_due() -> list[str]:
    """Measure whatever model in use has none, or one of a shop that was much smaller; their
    names. A model whose encoder cannot be had waits."""
    measured = []
    for model in EmbeddingModel.objects.embedding():
        if not _due(model):
            continue
        try:
            if measure(model):
                measured.append(model.name)
        except EncoderUnavailable:
            continue
    return measured


def _due(model: EmbeddingModel) -> bool:
    said = model.background
    if said.get("version") != _VERSION:
        return (
            Embedding.objects.filter(model=model, vector__isnull=False)[:FEWEST].count() == FEWEST
        )
    # Counting takes a while in a large shop, which grows slowly.
    if said["vectors"] > SAMPLE and time.time() - said["measured_at"] < LATER_SECONDS:
        return False
    ratio = _done(model) / max(said["vectors"], 1)
    return not 1 / GROWN < ratio < GROWN


def _done(model: EmbeddingModel) -> int:
    return Embedding.objects.filter(model=model, status=Embedding.Status.DONE).count()


def _nonsense(chance: random.Random) -> list[str]:
    """Texts that mean nothing in any language, but are pronounced, typed or mashed as words are."""
    mashed = ["".join(chance.choices(_LETTERS, k=chance.randint(4, 11))) for _ in range(40)]
    spoken = ["".join(chance.choices(_SYLLABLES, k=chance.randint(2, 4))) for _ in range(40)]
    return mashed + spoken


def _splits(texts: Sequence[str], count_tokens: Callable[[str], int]) -> float:
    """The mean split of their words; of short ones, which are mostly one token, none."""
    words = {word for text in texts for word in re.findall(r"[^\W\d_]{4,}", text.lower())}
    return float(np.mean([split(word, count_tokens) for word in sorted(words)] or [0.0]))


def _titles() -> list[str]:
    """Of products anywhere in the shop, as shoppers' queries read."""
    keys = list(random_keys("search_listing", "product_id", TITLES))
    return list(Product.objects.filter(pk__in=keys).order_by("pk").values_list("title", flat=True))


def sample(model: EmbeddingModel, kind: str) -> np.ndarray:
    """(n, dimension) float32 of norm 1, n <= `SAMPLE`, in random order; of what is on sale."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT vector::text FROM search_embedding
             WHERE model_id = %s AND kind = %s AND listed AND vector IS NOT NULL
               AND id = ANY(%s) ORDER BY hashint8(id) LIMIT %s
            """,
            [model.pk, kind, list(random_keys("search_embedding", "id", 8 * SAMPLE)), SAMPLE],
        )
        rows = [np.fromstring(row[0][1:-1], sep=",", dtype=np.float32) for row in cursor]
    if not rows:
        return np.zeros((0, model.dimension), np.float32)
    found = np.stack(rows)
    return found / np.linalg.norm(found, axis=1, keepdims=True)


def random_keys(table: str, key: str, count: int) -> list[int]:
    """Keys of about `count` rows anywhere in `table`, or of all if they are fewer."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT greatest(reltuples, 0) FROM pg_class WHERE oid = %s::regclass", [table]
        )
        rows = float(cursor.fetchone()[0])
        share = min(100.0, 100.0 * 1.3 * count / rows) if rows > 4 * count else 100.0
        cursor.execute(
            f"SELECT {key} FROM {table} TABLESAMPLE SYSTEM ({share})"  # noqa: S608
            f" ORDER BY hashint8({key}) LIMIT {int(count)}"
        )
        return [row[0] for row in cursor]


def _cosines(queries: np.ndarray, vectors: np.ndarray) -> tuple[float, float]:
    """Mean and deviation over all pairs: few of them belong together."""
    cosines = queries @ vectors.T
    return float(cosines.mean()), float(cosines.std())


def _unit(vector: np.ndarray) -> np.ndarray:
    return vector / np.linalg.norm(vector)
