"""What was sold and has not left the house yet."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.db.models import F, Sum

from shop.orders.models import OrderLine
from shop.orders.states import State


def units_to_send(variant_ids: Collection[int]) -> Mapping[int, int]:
    """Units of variants that are paid or packed, and were not taken off their orders."""
    lines = OrderLine.objects.filter(
        variant__in=variant_ids, order__state__in=[State.PAID, State.PACKED]
    ).order_by()
    sums = lines.values("variant").annotate(units=Sum(F("quantity") - F("returned")))
    return dict(sums.values_list("variant", "units"))
