"""What prices there were: the lowest of the 30 days before a reduction (directive 98/6/EC, 6a)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from decimal import Decimal

from django.db import connection

from shop.catalog.models import Variant
from shop.pricing.models import PriceRecord, SalePrice

DAYS = 30

# The prices in force at some moment of the time: those that began in it, and the one before them.
LOWEST = """
SELECT asked.variant_id, min(found.price)
  FROM unnest(%s::bigint[], %s::timestamptz[], %s::timestamptz[])
       AS asked (variant_id, "from", before)
  CROSS JOIN LATERAL (
      SELECT price FROM pricing_pricerecord record
       WHERE record.variant_id = asked.variant_id
         AND record.since > asked."from" AND record.since < asked.before
      UNION ALL
      (SELECT price FROM pricing_pricerecord record
        WHERE record.variant_id = asked.variant_id AND record.since <= asked."from"
        ORDER BY record.since DESC, record.id DESC LIMIT 1)
  ) found
 GROUP BY asked.variant_id
"""


def lowest_prices(before: Mapping[int, datetime], *, days: int = DAYS) -> dict[int, Decimal]:
    """The lowest price of each variant (by id) in the `days` before its moment; one query.

    A variant that has no price recorded before then is left out. One that is on sale for fewer
    days has the lowest of those.
    """
    if not before:
        return {}
    span = timedelta(days=days)
    first = [moment - span for moment in before.values()]
    with connection.cursor() as cursor:
        cursor.execute(LOWEST, [list(before), first, list(before.values())])
        return dict(cursor.fetchall())


def lowest_price(
    variant: Variant, *, days: int = DAYS, before: datetime | None = None
) -> Decimal | None:
    """The lowest price of the `days` before the variant's reduction; None if none is recorded.

    `before` is when the reduction began, unless given: the start of its sale, else its last change
    of price.
    """
    moment = before or reduced_since([variant]).get(variant.pk)
    return lowest_prices({variant.pk: moment}, days=days).get(variant.pk) if moment else None


def reduced_since(variants: Iterable[Variant]) -> dict[int, datetime]:
    """When the reduction of each variant began, by id: with its sale, else with its price.

    The price of a sale that has just begun may be recorded a moment before its start, where the
    clocks of two machines differ: that record is no price before the reduction.
    """
    ids = [variant.pk for variant in variants]
    since = dict(
        PriceRecord.objects.filter(variant__in=ids)
        .order_by("variant", "-since", "-pk")
        .distinct("variant")
        .values_list("variant", "since")
    )
    sales = SalePrice.objects.in_force().filter(variant__in=ids)
    for variant_id, starts_at in sales.values_list("variant", "starts_at"):
        since[variant_id] = min(since.get(variant_id, starts_at), starts_at)
    return since
