"""Suggestions for products: made from readings of their pictures, decided by an admin.

Making them may happen any number of times: what is as it was is left alone, and no decision is ever
changed. A suggestion that a newer reader does not make any more, or whose attribute the product has
got by other ways, is *superseded*.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from search.attributes.examples import pictures_of
from search.attributes.models import AttributeSuggestion
from search.attributes.reader import Found
from search.attributes.reading import source_of
from search.attributes.stored import Loaded
from search.models import EmbeddingModel
from shop.catalog.models import Product
from shop.catalog.signals import announce

State = AttributeSuggestion.State

# Suggestions that are decided in one transaction.
AT_ONCE = 500

# The attributes that products have, by themselves or by a variant's options.
_HAVING = """
    SELECT own.product_id, value.attribute_id FROM catalog_product_attributes own
      JOIN catalog_attributevalue value ON value.id = own.attributevalue_id
     WHERE own.product_id = ANY(%(products)s)
    UNION
    SELECT variant.product_id, value.attribute_id FROM catalog_variant variant
      JOIN catalog_variant_options option ON option.variant_id = variant.id
      JOIN catalog_attributevalue value ON value.id = option.attributevalue_id
     WHERE variant.product_id = ANY(%(products)s)
"""

_LOCK = """
    SELECT FROM search_attributesuggestion WHERE product_id = ANY(%(products)s)
     ORDER BY product_id, value_id FOR UPDATE
"""

# What is not wanted any more goes first: a product has one open suggestion an attribute.
_SUPERSEDE = """
    UPDATE search_attributesuggestion old
       SET state = 'superseded', decided_at = now()
     WHERE old.product_id = ANY(%(products)s) AND old.state = 'suggested'
       AND NOT EXISTS (
           SELECT FROM unnest(%(product)s::bigint[], %(value)s::bigint[]) wanted (product, value)
            WHERE wanted.product = old.product_id AND wanted.value = old.value_id
       )
"""

_SUGGEST = """
    INSERT INTO search_attributesuggestion AS old (product_id, attribute_id, value_id, confidence,
           margin, source, model_id, model_name, version, state, suggested_at)
    SELECT product.id, value.attribute_id, value.id, new.confidence, new.margin, new.source,
           %(model)s, %(model_name)s, %(version)s, 'suggested', now()
      FROM unnest(%(product)s::bigint[], %(value)s::bigint[], %(confidence)s::float8[],
                  %(margin)s::float8[], %(source)s::text[])
           new (product, value, confidence, margin, source)
      JOIN catalog_product product ON product.id = new.product
      JOIN catalog_attributevalue value ON value.id = new.value
     ORDER BY product.id, value.id
        ON CONFLICT (product_id, value_id) DO UPDATE
       SET confidence = excluded.confidence, margin = excluded.margin, source = excluded.source,
           model_id = excluded.model_id, model_name = excluded.model_name,
           version = excluded.version, state = 'suggested', decided_at = NULL,
           suggested_at = CASE WHEN old.state = 'suggested' THEN old.suggested_at ELSE now() END
     WHERE old.state IN ('suggested', 'superseded')
       AND (old.state, old.version, old.model_id)
           IS DISTINCT FROM ('suggested', excluded.version, excluded.model_id)
"""


def suggest(products: Collection[int], model: EmbeddingModel, loaded: Loaded) -> int:
    """Read the pictures of `products` (keys), and suggest what they lack and surely show; how many
    suggestions are new or changed. Joins the transaction that it is called in."""
    pictured = pictures_of(products, model)
    having = _having(products)
    decided = _decided(products)
    reader, keys = loaded.reader, pictured.products.tolist()
    wanted: list[tuple[int, Found]] = [
        (keys[place], found)
        for place, found in reader.read(
            pictured.vectors, reader.known(pictured.paths), guessed=False
        )
        if found.sure
        and found.value_id in loaded.values
        and (keys[place], found.attribute_id) not in having
        and (keys[place], found.value_id) not in decided
    ]
    parameters: dict[str, Any] = {
        "products": sorted(products),
        "product": [product for product, _ in wanted],
        "value": [found.value_id for _, found in wanted],
        "confidence": [found.confidence for _, found in wanted],
        "margin": [found.margin for _, found in wanted],
        "source": [str(source_of(found)) for _, found in wanted],
        "model": model.pk,
        "model_name": model.name,
        "version": loaded.version,
    }
    with transaction.atomic(), connection.cursor() as cursor:
        # In the order in which decisions lock them, too.
        cursor.execute(_LOCK, parameters)
        cursor.execute(_SUPERSEDE, parameters)
        cursor.execute(_SUGGEST, parameters)
        return int(cursor.rowcount)


def _having(products: Collection[int]) -> set[tuple[int, int]]:
    """(product, attribute), keys, of all attributes that products have."""
    with connection.cursor() as cursor:
        cursor.execute(_HAVING, {"products": list(products)})
        return {(product, attribute) for product, attribute in cursor}


def _decided(products: Collection[int]) -> set[tuple[int, int]]:
    """(product, value), keys, of what an admin accepted or rejected."""
    rows = AttributeSuggestion.objects.filter(
        product__in=products, state__in=[State.ACCEPTED, State.REJECTED]
    )
    return set(rows.values_list("product_id", "value_id"))


# --- Decisions ----------------------------------------------------------------------------------


def open_suggestions(
    attribute_id: int | None = None, confidence: float = 0.0
) -> QuerySet[AttributeSuggestion]:
    """Those that wait for a decision, of one attribute or of all, at or above a confidence; surest
    first."""
    found = AttributeSuggestion.objects.filter(state=State.SUGGESTED, confidence__gte=confidence)
    if attribute_id is not None:
        found = found.filter(attribute=attribute_id)
    return found.order_by("-confidence", "pk")


@dataclass(frozen=True)
class Decided:
    """How many suggestions became what. `superseded`: the product has the attribute by now."""

    accepted: int = 0
    rejected: int = 0
    superseded: int = 0

    def __add__(self, other: Decided) -> Decided:
        return Decided(
            self.accepted + other.accepted,
            self.rejected + other.rejected,
            self.superseded + other.superseded,
        )


def accept(*, suggestions: Iterable[int], by: AbstractBaseUser | None) -> Decided:
    """Give products the values that were suggested (keys of suggestions); who decided is kept.

    Some at a time, each lot in a transaction. What was decided before is left alone.
    """
    return sum((_accept(lot, by) for lot in _lots(suggestions)), Decided())


def reject(*, suggestions: Iterable[int], by: AbstractBaseUser | None) -> Decided:
    """Turn suggestions (keys) down for good."""
    rejected = 0
    for lot in _lots(suggestions):
        rejected += AttributeSuggestion.objects.filter(pk__in=lot, state=State.SUGGESTED).update(
            state=State.REJECTED, decided_at=timezone.now(), decided_by=by
        )
    return Decided(rejected=rejected)


def _lots(keys: Iterable[int]) -> Iterable[list[int]]:
    keys = list(keys)
    return (keys[start : start + AT_ONCE] for start in range(0, len(keys), AT_ONCE))


@transaction.atomic
def _accept(keys: list[int], by: AbstractBaseUser | None) -> Decided:
    rows = list(
        AttributeSuggestion.objects.filter(pk__in=keys, state=State.SUGGESTED)
        .order_by("product_id", "value_id")
        .select_for_update()
    )
    having = _having({row.product_id for row in rows})
    accepted = [row for row in rows if (row.product_id, row.attribute_id) not in having]
    late = [row for row in rows if (row.product_id, row.attribute_id) in having]
    # In one statement for all; Django's own `add` takes one for each product.
    held = Product.attributes.through
    held.objects.bulk_create(
        [held(product_id=row.product_id, attributevalue_id=row.value_id) for row in accepted],
        ignore_conflicts=True,
    )
    for state, of_state in ((State.ACCEPTED, accepted), (State.SUPERSEDED, late)):
        AttributeSuggestion.objects.filter(pk__in=[row.pk for row in of_state]).update(
            state=state, decided_at=timezone.now(), decided_by=by if of_state is accepted else None
        )
    announce(row.product_id for row in accepted)
    return Decided(accepted=len(accepted), superseded=len(late))
