"""All that makes suggestions, as one whole: learnt from the shop's own products, kept as bytes."""

from __future__ import annotations

import io
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from search.attributes import prompts
from search.attributes.examples import Pictured, pictures_of
from search.attributes.terms import AttributeTerms, ValueTerms
from search.attributes.tree import Floats, Numbers, Tree
from search.encoders.base import logit_scale
from search.enrichment import calibration, categories, colours
from search.enrichment.calibration import Outcomes
from search.enrichment.catalogue import (
    SoldAs,
    colour_attribute,
    coloured_pictures,
    having_colours,
    uncategorised,
)
from search.enrichment.categories import CategoryGuesser
from search.enrichment.colours import Coloured, ColourReader
from search.enrichment.models import Kind
from search.enrichment.title_words import Stems, TitleWords
from search.models import EmbeddingModel
from search.words.analysis import stems_of
from shop.catalog.models import Category, Product

# At most so many products, and pictures that are sold as a colour, are learnt from.
SAMPLE = 20_000
# All that the shop's own products show of scores counts as so many decisions at most, so that
# decisions have the last word.
EXAMPLES_COUNT = 400.0
# Colours are suggested in a category of whose products at least this share has one.
COLOURFUL = 0.2
# The group of suggestions of a category above those that products are in.
ROUGH = "rough"


@dataclass(frozen=True)
class Enricher:
    """All that suggests. `doubts`: for products that it was learnt from, and whose category looks
    wrong without them: the place of the likelier one, and its share. `learnt_from`: all of those.
    `colourful`: paths of categories whose products have colours. `outcomes`: by kind, how scores
    came out on the shop's own products, with the category of each."""

    version: int
    guesser: CategoryGuesser
    reader: ColourReader
    doubts: Mapping[int, tuple[int, float]]
    learnt_from: frozenset[int]
    colourful: frozenset[str]
    outcomes: Mapping[str, Outcomes]

    def to_bytes(self) -> bytes:
        """Everything, in half precision where a vector is concerned."""
        guesser, reader = self.guesser, self.reader
        facts = {
            "paths": guesser.paths,
            "word_weight": guesser.word_weight,
            "stems": list(guesser.words.places),
            "colourful": sorted(self.colourful),
            "groups": {kind: list(map(list, one.groups)) for kind, one in self.outcomes.items()},
        }
        arrays: dict[str, npt.NDArray[Any]] = {
            "facts": np.array(json.dumps(facts)),
            "keys": guesser.keys,
            "counts": guesser.counts,
            "candidates": guesser.candidates,
            "directions": guesser.directions.astype(np.float16),
            "offsets": guesser.offsets,
            "words": guesser.words.logs.astype(np.float16),
            "doubts": np.array(
                [(product, place) for product, (place, _) in self.doubts.items()], np.int64
            ).reshape(-1, 2),
            "doubt_shares": np.array([share for _, share in self.doubts.values()], np.float32),
            "learnt_from": np.array(sorted(self.learnt_from), np.int64),
            **{f"colour.{name}": value for name, value in vars(reader).items()},
        }
        for kind, one in self.outcomes.items():
            arrays[f"outcome.{kind}.scores"] = one.scores.astype(np.float32)
            arrays[f"outcome.{kind}.right"] = one.right
            arrays[f"outcome.{kind}.weights"] = one.weights.astype(np.float32)
        kept = io.BytesIO()
        np.savez_compressed(kept, allow_pickle=False, **arrays)
        return kept.getvalue()

    @classmethod
    def from_bytes(cls, content: bytes, version: int) -> Enricher:
        """As `to_bytes` wrote it."""
        with np.load(io.BytesIO(content), allow_pickle=False) as kept:
            arrays = {name: kept[name] for name in kept.files}
        facts = json.loads(str(arrays.pop("facts")))
        places = {stem: place for place, stem in enumerate(facts["stems"])}
        guesser = CategoryGuesser(
            paths=facts["paths"],
            keys=arrays["keys"],
            counts=arrays["counts"],
            candidates=arrays["candidates"],
            directions=arrays["directions"].astype(np.float32),
            offsets=arrays["offsets"],
            words=TitleWords(places, arrays["words"].astype(np.float32)),
            word_weight=facts["word_weight"],
        )
        names = ("values", "meanings", "counts", "seen", "words", "weights")
        doubts = zip(arrays["doubts"].tolist(), arrays["doubt_shares"].tolist(), strict=True)
        outcomes = {
            kind: Outcomes(
                arrays[f"outcome.{kind}.scores"].astype(np.float64),
                arrays[f"outcome.{kind}.right"],
                arrays[f"outcome.{kind}.weights"].astype(np.float64),
                groups,
            )
            for kind, groups in facts["groups"].items()
        }
        return cls(
            version=version,
            guesser=guesser,
            reader=ColourReader(**{name: arrays[f"colour.{name}"] for name in names}),
            doubts={product: (place, share) for (product, place), share in doubts},
            learnt_from=frozenset(arrays["learnt_from"].tolist()),
            colourful=frozenset(facts["colourful"]),
            outcomes=outcomes,
        )


@dataclass(frozen=True)
class Lesson:
    """What is learnt from: products with pictures and a category, and pictures that are sold as a
    colour (`words`: keys of values with their names)."""

    pictured: Pictured
    titles: list[Stems]
    sold: list[SoldAs]
    words: list[tuple[int, str]]
    having: list[tuple[str, bool]]


def collect(model: EmbeddingModel, *, only: Collection[int] | None = None) -> Lesson:
    """At most `SAMPLE` products that have a category, by chance; or of these (keys) alone."""
    known = Product.objects.exclude(category__in=uncategorised()).extra(
        order_by=["hash"], select={"hash": "hashint8(catalog_product.id)"}
    )
    if only is not None:
        known = known.filter(pk__in=only)
    pictured = pictures_of(list(known.values_list("pk", flat=True)[:SAMPLE]), model)
    colour = colour_attribute()
    sold = coloured_pictures(colour, sample=SAMPLE, only=only) if colour else []
    words = list(colour.values.order_by("pk").values_list("pk", "value")) if colour else []
    having = having_colours(colour, sample=SAMPLE) if colour else []
    return Lesson(pictured, stems_of_titles(pictured.products.tolist()), sold, words, having)


def stems_of_titles(products: Sequence[int]) -> list[Stems]:
    titles = dict(Product.objects.filter(pk__in=products).values_list("pk", "title"))
    stems = stems_of(set(titles.values()))
    return [stems[titles[product]] for product in products]


@dataclass(frozen=True)
class Names:
    """The tree by path: key and stems of the name of each category; the vectors of their names; and
    how sharply the model decides by texts."""

    categories: dict[str, tuple[int, Stems]]
    texts: dict[str, Floats]
    scale: float | None


def names_of(model: EmbeddingModel) -> Names:
    """Of the whole tree but what is for products without a category. Raises
    `EncoderUnavailable`."""
    without = set(uncategorised())
    rows = [
        row
        for row in Category.objects.order_by("path").values_list("path", "pk", "name")
        if row[1] not in without
    ]
    stems = stems_of({name for _, _, name in rows})
    found: dict[str, tuple[int, Stems]] = {path: (key, stems[name]) for path, key, name in rows}
    if not rows:
        return Names({}, {}, None)
    encoder = model.encoder()
    by_path = {path: name for path, _, name in rows}
    terms = AttributeTerms(
        0,
        "",
        tuple(
            ValueTerms(key, (name, f"{by_path.get(path[: -Category.steplen], '')} {name}".strip()))
            for path, key, name in rows
        ),
    )
    vectors = prompts.text_vectors(encoder, terms)
    texts = {path: vector for (path, _, _), vector in zip(rows, vectors, strict=True)}
    return Names(found, texts, logit_scale(encoder))


def learn(lesson: Lesson, names: Names, *, version: int = 1) -> Enricher:
    """From what the shop knows of its own products."""
    pictured = lesson.pictured
    guesser, judged = categories.learn(
        pictured.vectors,
        pictured.paths,
        lesson.titles,
        categories=names.categories,
        texts=names.texts,
        scale=names.scale,
    )
    place = {key: number for number, (key, _) in enumerate(lesson.words)}
    sold = [one for one in lesson.sold if one.value in place]
    words = np.array([place[one.value] for one in sold], np.int64)
    reader, read = colours.learn(
        Coloured.of([one.shares for one in sold], [one.main for one in sold]),
        np.array([one.product for one in sold], np.int64),
        words,
        lesson.words,
    )
    keys = {path: key for path, (key, _) in names.categories.items()}
    outcomes = {
        str(Kind.CATEGORY): _category_outcomes(guesser, judged),
        str(Kind.COLOUR): _colour_outcomes(reader, read, words, [one.path for one in sold], keys),
    }
    return Enricher(
        version=version,
        guesser=guesser,
        reader=reader,
        doubts=_doubts(guesser, judged, pictured.products),
        learnt_from=frozenset(pictured.products.tolist()),
        colourful=_colourful(lesson.having),
        outcomes=outcomes,
    )


def _category_outcomes(guesser: CategoryGuesser, judged: categories.Judged) -> Outcomes:
    chosen = guesser.choose(judged.shares)
    rows = [row for row, one in enumerate(chosen) if one is not None]
    scores, right, groups = [], [], []
    for row in rows:
        node, share = chosen[row]  # type: ignore[misc]
        own = guesser.paths[guesser.candidates[judged.own[row]]]
        scores.append(share)
        right.append(own.startswith(guesser.paths[node]))
        groups.append(guess_groups(guesser, node))
    return _outcomes(scores, right, groups)


def _colour_outcomes(
    reader: ColourReader,
    read: Floats,
    words: Numbers,
    paths: Sequence[str],
    keys: Mapping[str, int],
) -> Outcomes:
    if not read.size:
        return calibration.no_outcomes()
    best = read.argmax(axis=1)
    groups = [
        [*category_groups(path, keys), f"value:{reader.values[word]}"]
        for path, word in zip(paths, best, strict=True)
    ]
    return _outcomes(read.max(axis=1).tolist(), (best == words).tolist(), groups)


def _outcomes(
    scores: Sequence[float], right: Sequence[bool], groups: Sequence[Sequence[str]]
) -> Outcomes:
    """Examples: together they count as `EXAMPLES_COUNT` at most."""
    weight = min(1.0, EXAMPLES_COUNT / max(1, len(scores)))
    return Outcomes(
        np.array(scores, np.float64),
        np.array(right, np.bool_),
        np.full(len(scores), weight),
        groups,
    )


def category_groups(path: str, keys: Mapping[str, int]) -> list[str]:
    """The groups of a category and of all above it, by their keys."""
    step = Category.steplen
    ways = [path[:end] for end in range(step, len(path) + 1, step)]
    return [f"category:{keys[way]}" for way in ways if keys.get(way)]


def guess_groups(guesser: CategoryGuesser, node: int) -> list[str]:
    """The groups of a suggestion of the category at a node. Those above what products are in are
    right more often than they are likely."""
    keys = dict(zip(guesser.paths, guesser.keys.tolist(), strict=True))
    rough = [ROUGH] if guesser.is_rough(node) else []
    return [*category_groups(guesser.paths[node], keys), *rough]


def _doubts(
    guesser: CategoryGuesser, judged: categories.Judged, products: Numbers
) -> dict[int, tuple[int, float]]:
    """Products that are probably in another category than their own."""
    if not judged.shares.size:
        return {}
    rows = np.arange(len(judged.own))
    best = judged.shares.argmax(axis=1)
    share, left = judged.shares[rows, best], judged.shares[rows, judged.own]
    doubtful = np.flatnonzero((share >= categories.DOUBTFUL) & (left <= categories.LEFT))
    return {
        int(products[row]): (int(guesser.candidates[best[row]]), float(share[row]))
        for row in doubtful
    }


def _colourful(having: Sequence[tuple[str, bool]]) -> frozenset[str]:
    """The categories, by path, whose products have colours; those that have too few products to
    tell are as the category above."""
    if not having:
        return frozenset()
    tree = Tree.of([path for path, _ in having])
    told = np.array([[has] for _, has in having], np.float32)
    base = told.mean(axis=0)
    shares, _ = tree.means(told, np.arange(len(told)), base, base)
    return frozenset(
        path for path, share in zip(tree.paths, shares[:, 0], strict=True) if share >= COLOURFUL
    )
