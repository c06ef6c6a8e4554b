"""Suggestions for some products: made by what was learnt, any number of times.

What is as it was is left alone, and no decision is ever changed. What nothing speaks for any more
is deleted. Where somebody gave a product its category while one was suggested, that is a decision
on the suggestion, too.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from search.attributes.examples import Pictured, pictures_of
from search.attributes.models import VisualAttribute
from search.enrichment import alt_text
from search.enrichment.alt_text import Known
from search.enrichment.catalogue import (
    PictureFacts,
    ProductFacts,
    colour_attribute,
    facts_of,
    uncategorised,
)
from search.enrichment.categories import DOUBTFUL
from search.enrichment.colours import Coloured
from search.enrichment.enricher import category_groups, guess_groups, stems_of_titles
from search.enrichment.models import Kind, ProductSuggestion, State
from search.enrichment.stored import Loaded
from search.models import EmbeddingModel
from shop.catalog.models import Attribute, AttributeValue, Category

Source = ProductSuggestion.Source

# A sentence from what is known is taken for right so often, until decisions tell.
ALT_SCORE = 0.92
# A colour less likely than this is not suggested.
LIKELY = 0.5
# A move's score beside that of the same guess for what has no category: somebody put the product
# where it is.
MOVE_SCORE = 0.6
DECIDED = [State.ACCEPTED, State.CORRECTED, State.REJECTED]


@dataclass(frozen=True)
class Wanted:
    """A suggestion as it should be. `target`: key of a category or value, or the text."""

    product: int
    kind: Kind
    score: float
    calibrated: float
    source: str
    category: int | None = None
    value: int | None = None
    text: str = ""
    image: int | None = None
    evidence: int = 0
    rough: bool = False

    @property
    def decided(self) -> tuple[int, str, int | None, int | None, int | None]:
        """What a decision on it says no to for ever."""
        return self.product, str(self.kind), self.image, self.category, self.value


def suggest(products: Collection[int], model: EmbeddingModel, loaded: Loaded) -> int:
    """Make the suggestions of `products` (keys) what they should be; how many are new or changed.
    Joins the transaction that it is called in."""
    colour = colour_attribute()
    facts = facts_of(products, colour)
    decided = _decided(products)
    maker = _Maker(model, loaded, colour)
    wanted = [one for one in maker.make(facts) if one.decided not in decided]
    with transaction.atomic(), connection.cursor() as cursor:
        parameters = _parameters(products, wanted, model, loaded)
        # In the order in which decisions lock them, too.
        cursor.execute(_LOCK, parameters)
        cursor.execute(_DECIDED_ELSEWHERE, {**parameters, "without": uncategorised()})
        cursor.execute(_FORGET, parameters)
        cursor.execute(_SUGGEST, parameters)
        return int(cursor.rowcount)


class _Maker:
    """Makes the suggestions of products under one model."""

    def __init__(self, model: EmbeddingModel, loaded: Loaded, colour: Attribute | None) -> None:
        self.model, self.loaded, self.colour = model, loaded, colour
        self.without = set(uncategorised())
        guesser = loaded.enricher.guesser
        self.keys = dict(zip(guesser.paths, guesser.keys.tolist(), strict=True))
        self.names = dict(Category.objects.values_list("pk", "name"))
        visual = VisualAttribute.objects.filter(enabled=True).select_related("attribute")
        self.visual = {one.attribute_id: one.attribute.name for one in visual}
        values = colour.values.all() if colour else AttributeValue.objects.none()
        self.colours = dict(values.values_list("pk", "value"))

    def make(self, facts: Sequence[ProductFacts]) -> Iterable[Wanted]:
        yield from self._categories(facts)
        yield from self._colours(facts)
        for product in facts:
            yield from self._alts(product)

    # --- Categories -----------------------------------------------------------------------------

    def _categories(self, facts: Sequence[ProductFacts]) -> Iterable[Wanted]:
        enricher = self.loaded.enricher
        asked = [
            one
            for one in facts
            if one.category_id in self.without or one.pk not in enricher.learnt_from
        ]
        by_key = {one.pk: one for one in facts}
        for key, (node, share) in enricher.doubts.items():
            if key in by_key and by_key[key].category_id not in self.without:
                yield from self._move(by_key[key], node, share)
        pictured = pictures_of([one.pk for one in asked], self.model)
        if not len(pictured.products):
            return
        guesses = self.guess(pictured)
        for key, guess in zip(pictured.products.tolist(), guesses, strict=True):
            product = by_key[key]
            if guess is None:
                continue
            node, share, by_title = guess
            if product.category_id in self.without:
                yield self._category(product, Kind.CATEGORY, node, share, by_title)
            else:
                yield from self._move(product, node, share)

    def guess(self, pictured: Pictured) -> list[tuple[int, float, bool] | None]:
        """For each product the node of a category, its share, and whether the title had a say."""
        guesser = self.loaded.enricher.guesser
        titles = stems_of_titles(pictured.products.tolist())
        shares = guesser.shares(pictured.vectors, titles)
        known = [any(stem in guesser.words.places for stem in stems) for stems in titles]
        return [
            None if one is None else (*one, title)
            for one, title in zip(guesser.choose(shares), known, strict=True)
        ]

    def _category(
        self, product: ProductFacts, kind: Kind, node: int, share: float, by_title: bool
    ) -> Wanted:
        guesser = self.loaded.enricher.guesser
        count = int(guesser.counts[node])
        source = Source.TITLE if by_title else Source.LIKE
        return Wanted(
            product=product.pk,
            kind=kind,
            score=share,
            calibrated=self.loaded.confidence(
                str(Kind.CATEGORY), share, guess_groups(guesser, node)
            ),
            source=str(source if count else Source.NAMES),
            category=int(guesser.keys[node]),
            evidence=count,
            rough=guesser.is_rough(node),
        )

    def _move(self, product: ProductFacts, node: int, share: float) -> Iterable[Wanted]:
        """A likelier category than the product's own: neither it, nor above or below it."""
        path = self.loaded.enricher.guesser.paths[node]
        if share < DOUBTFUL or path.startswith(product.path) or product.path.startswith(path):
            return
        one = self._category(product, Kind.MOVE, node, share, True)
        groups = category_groups(path, self.keys)
        sure = self.loaded.confidence(str(Kind.MOVE), MOVE_SCORE * share, groups)
        yield Wanted(**{**vars(one), "score": MOVE_SCORE * share, "calibrated": sure})

    # --- Colours --------------------------------------------------------------------------------

    def _colours(self, facts: Sequence[ProductFacts]) -> Iterable[Wanted]:
        reader = self.loaded.enricher.reader
        asked: list[tuple[ProductFacts, PictureFacts, bool]] = []
        for product in facts:
            if product.own_colours or not self._colourful(product):
                continue
            shown = [one for one in product.pictures if one.variants]
            if len(shown) > 1:
                asked += [
                    (product, one, True)
                    for one in shown
                    if not one.colours and one.main is not None
                ]
            elif not product.colours and product.pictures:
                first = (shown or product.pictures)[0]
                if first.main is not None:
                    asked.append((product, first, False))
        if not asked or not len(reader.values):
            return
        pictures = Coloured.of(
            [one.shares or [] for _, one, _ in asked], [one.main or 0 for _, one, _ in asked]
        )
        shares = reader.shares(pictures)
        for (product, picture, of_variants), row in zip(asked, shares, strict=True):
            best = int(row.argmax())
            value, share = int(reader.values[best]), float(row[best])
            if share < LIKELY or value not in self.colours:
                continue
            groups = [*category_groups(product.path, self.keys), f"value:{value}"]
            yield Wanted(
                product=product.pk,
                kind=Kind.COLOUR,
                score=share,
                calibrated=self.loaded.confidence(str(Kind.COLOUR), share, groups),
                source=str(Source.PIXELS),
                value=value,
                image=picture.pk if of_variants else None,
                evidence=int(reader.counts[best]),
            )

    def _colourful(self, product: ProductFacts) -> bool:
        """Whether products of its category have colours: as far up as one is known."""
        colourful, known = self.loaded.enricher.colourful, set(self.keys)
        if product.category_id in self.without:
            return bool(colourful)
        path = product.path
        while path and path not in known:
            path = path[: -Category.steplen]
        return path in colourful

    # --- Alternative texts ----------------------------------------------------------------------

    def _alts(self, product: ProductFacts) -> Iterable[Wanted]:
        """What has no category yet has no title to go by either."""
        if product.category_id in self.without:
            return
        attributes = [
            (self.visual[attribute], ", ".join(values))
            for attribute, values in product.values.items()
            if attribute in self.visual
        ]
        groups = category_groups(product.path, self.keys)
        sure = self.loaded.confidence(str(Kind.ALT), ALT_SCORE, groups)
        for number, picture in enumerate(product.pictures, start=1):
            if picture.alt.strip():
                continue
            colours = picture.colours or product.own_colours or product.colours
            colour = next(iter(colours)) if len(colours) == 1 else None
            text = alt_text.sentence(
                Known(
                    title=product.title,
                    kind=self.names.get(product.category_id, ""),
                    colour=self.colours.get(colour, "") if colour else "",
                    attributes=attributes,
                    number=number,
                    count=len(product.pictures),
                )
            )
            yield Wanted(
                product=product.pk,
                kind=Kind.ALT,
                score=ALT_SCORE,
                calibrated=sure,
                source=str(Source.KNOWN),
                text=text,
                image=picture.pk,
            )


def _decided(
    products: Collection[int],
) -> set[tuple[int, str, int | None, int | None, int | None]]:
    rows = ProductSuggestion.objects.filter(product__in=products, state__in=DECIDED)
    return set(rows.values_list("product_id", "kind", "image_id", "category_id", "value_id"))


def _parameters(
    products: Collection[int], wanted: Sequence[Wanted], model: EmbeddingModel, loaded: Loaded
) -> dict[str, Any]:
    return {
        "products": sorted(products),
        "product": [one.product for one in wanted],
        "image": [one.image for one in wanted],
        "kind": [str(one.kind) for one in wanted],
        "category": [one.category for one in wanted],
        "value": [one.value for one in wanted],
        "text": [one.text for one in wanted],
        "score": [one.score for one in wanted],
        "calibrated": [one.calibrated for one in wanted],
        "source": [one.source for one in wanted],
        "evidence": [one.evidence for one in wanted],
        "rough": [one.rough for one in wanted],
        "model": model.pk,
        "model_name": model.name,
        "version": loaded.enricher.version,
    }


_LOCK = """
    SELECT FROM search_productsuggestion WHERE product_id = ANY(%(products)s)
     ORDER BY product_id, id FOR UPDATE
"""

# Somebody has given the product a category meanwhile, by other ways.
_DECIDED_ELSEWHERE = """
    UPDATE search_productsuggestion old
       SET state = 'superseded', decided_at = now(), chosen_category_id = product.category_id
      FROM catalog_product product
     WHERE product.id = old.product_id AND old.product_id = ANY(%(products)s)
       AND old.state = 'suggested' AND old.kind = 'category'
       AND product.category_id <> ALL(%(without)s::bigint[])
"""

_FORGET = """
    DELETE FROM search_productsuggestion old
     WHERE old.product_id = ANY(%(products)s) AND old.state = 'suggested'
       AND NOT EXISTS (
           SELECT FROM unnest(%(product)s::bigint[], %(kind)s::text[], %(image)s::bigint[])
                       wanted (product, kind, image)
            WHERE wanted.product = old.product_id AND wanted.kind = old.kind
              AND coalesce(wanted.image, 0) = coalesce(old.image_id, 0)
       )
"""

# Rows that went meanwhile (a product, a picture, a value) are left out.
_SUGGEST = """
    INSERT INTO search_productsuggestion AS old (product_id, image_id, kind, category_id, value_id,
           text, confidence, calibrated, source, evidence, rough, model_id, model_name, version,
           state, suggested_at, chosen_text)
    SELECT product.id, new.image, new.kind, new.category, new.value, new.text, new.score,
           new.calibrated, new.source, new.evidence, new.rough, %(model)s, %(model_name)s,
           %(version)s, 'suggested', now(), ''
      FROM unnest(%(product)s::bigint[], %(image)s::bigint[], %(kind)s::text[],
                  %(category)s::bigint[], %(value)s::bigint[], %(text)s::text[],
                  %(score)s::float8[], %(calibrated)s::float8[], %(source)s::text[],
                  %(evidence)s::int[], %(rough)s::bool[])
           new (product, image, kind, category, value, text, score, calibrated, source, evidence,
                rough)
      JOIN catalog_product product ON product.id = new.product
     WHERE (new.image IS NULL OR EXISTS (SELECT FROM catalog_productimage image
                                          WHERE image.id = new.image
                                            AND image.product_id = new.product))
       AND (new.category IS NULL OR EXISTS (SELECT FROM catalog_category
                                             WHERE id = new.category))
       AND (new.value IS NULL OR EXISTS (SELECT FROM catalog_attributevalue WHERE id = new.value))
     ORDER BY product.id, new.kind, new.image
        ON CONFLICT (product_id, kind, (coalesce(image_id, 0))) WHERE state = 'suggested'
        DO UPDATE
       SET category_id = excluded.category_id, value_id = excluded.value_id,
           text = excluded.text, confidence = excluded.confidence,
           calibrated = excluded.calibrated, source = excluded.source,
           evidence = excluded.evidence, rough = excluded.rough, model_id = excluded.model_id,
           model_name = excluded.model_name, version = excluded.version,
           suggested_at = CASE
               WHEN (old.category_id, old.value_id, old.text)
                    IS DISTINCT FROM (excluded.category_id, excluded.value_id, excluded.text)
               THEN now() ELSE old.suggested_at END
     WHERE (old.category_id, old.value_id, old.text, old.calibrated, old.version, old.model_id)
           IS DISTINCT FROM (excluded.category_id, excluded.value_id, excluded.text,
                             excluded.calibrated, excluded.version, excluded.model_id)
"""
