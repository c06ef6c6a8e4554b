"""Counting stock: what somebody saw on a page, what they counted, and what was true meanwhile."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Sum

from shop.catalog.models import Variant
from shop.stock import parts
from shop.stock.models import Reservation
from shop.stock.services import set_stock


@dataclass(frozen=True)
class Count:
    """A variant's stock as the page showed it, and as it was counted."""

    variant_id: int
    shown: int
    counted: int


def save_counts(*, counts: Sequence[Count], actor: User | None, note: str = "") -> dict[int, int]:
    """Set what was counted; the stock as it is now of those that changed since the page was made.

    Those are left as they are: of two who count, or of a sale meanwhile, none is overwritten.
    """
    changed = {}
    with transaction.atomic():
        now = Variant.objects.filter(pk__in=[one.variant_id for one in counts]).lock()
        for one in sorted(counts, key=lambda one: one.variant_id):
            if now.get(one.variant_id, 0) != one.shown:
                changed[one.variant_id] = now.get(one.variant_id, 0)
            elif one.counted != one.shown:
                set_stock(
                    variant_id=one.variant_id, stock=one.counted, actor=actor, note=note[:200]
                )
    return changed


def put_aside(variant_ids: Collection[int]) -> dict[int, int]:
    """How many units of variants are on the shelf but sold: held while paying, or to be sent."""
    held = Reservation.objects.filter(variant__in=variant_ids).order_by().values("variant")
    found = Counter(dict(held.annotate(sum=Sum("quantity")).values_list("variant", "sum")))
    for sold in parts.sold_and_here:
        found.update(sold(variant_ids))
    return dict(found)
