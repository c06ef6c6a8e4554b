"""Sales begin, end, and are planned for many variants at once.

While a sale runs, the variant's `compare_at_price` is its regular price, and an edit of it by hand
is an edit of the regular price. At the end of the sale the price becomes what stands there then. A
hand that takes `compare_at_price` away (or an import that brings a price above it) has made the
price regular: it stays.

Rows are locked in this order: sales (those that another worker holds are left to it), variants by
id, and, by the triggers of search, products by id. Some at a time, since shoppers who buy wait for
the same rows.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.contrib.admin.models import ADDITION, LogEntry
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from shop.catalog.models import Variant
from shop.catalog.signals import announce
from shop.money import rounded
from shop.pricing.models import SalePrice, SalePriceQuerySet

AT_ONCE = 200


def start_due(*, now: datetime | None = None) -> int:
    """Start the sales whose time has come; how many began. What is done already stays so."""
    now = now or timezone.now()
    count = 0
    after = 0
    while True:
        with transaction.atomic():
            sales = _locked(SalePrice.objects.to_start(now=now), after=after)
            if not sales:
                return count
            after = sales[-1].pk
            missed = [sale for sale in sales if sale.ends_at is not None and sale.ends_at <= now]
            for sale in missed:
                sale.state = SalePrice.State.ENDED
            SalePrice.objects.bulk_update(missed, ["state"])
            count += _start([sale for sale in sales if sale not in missed])


def end_due(*, now: datetime | None = None) -> int:
    """End the sales whose time is over; how many. What is done already stays so."""
    now = now or timezone.now()
    count = 0
    after = 0
    while True:
        with transaction.atomic():
            sales = _locked(SalePrice.objects.to_end(now=now), after=after)
            if not sales:
                return count
            after = sales[-1].pk
            count += _end(sales)


@transaction.atomic
def end_now(*, sales: QuerySet[SalePrice], now: datetime | None = None) -> int:
    """End these sales before their time, whether they have begun or not; how many."""
    now = now or timezone.now()
    found = list(
        sales.exclude(state=SalePrice.State.ENDED).select_for_update(of=("self",)).order_by("pk")
    )
    begun = [sale for sale in found if sale.state == SalePrice.State.RUNNING]
    _end(begun)
    for sale in begun:
        sale.ends_at = max(now, sale.starts_at + timedelta(microseconds=1))
    for sale in found:
        sale.state = SalePrice.State.ENDED
    SalePrice.objects.bulk_update(found, ["state", "ends_at"])
    return len(found)


def variants_on_sale(variant_ids: Iterable[int]) -> set[int]:
    """Which of these have a lower price than their regular one, because of a sale."""
    sales = SalePrice.objects.in_force().filter(variant__in=list(variant_ids))
    return set(sales.values_list("variant", flat=True))


def _locked(sales: SalePriceQuerySet, *, after: int) -> list[SalePrice]:
    """The next of `sales` behind the id `after`, without those that another worker holds."""
    following = sales.filter(pk__gt=after).order_by("pk")
    return list(following.select_for_update(of=("self",), skip_locked=True)[:AT_ONCE])


def _lock_variants(sales: Iterable[SalePrice]) -> dict[int, Variant]:
    ids = [sale.variant_id for sale in sales]
    # "no_key": what refers to these rows (lines of carts and orders) need not wait.
    rows = Variant.objects.filter(pk__in=ids).select_for_update(no_key=True).order_by("pk")
    return {row.pk: row for row in rows}


def _start(sales: list[SalePrice]) -> int:
    variants = _lock_variants(sales)
    # Read after the locks: a sale before this one may have been ending in another worker.
    busy = set(
        SalePrice.objects.running().filter(variant__in=variants).values_list("variant", flat=True)
    )
    begun, reduced = [], []
    for sale in sales:
        variant = variants[sale.variant_id]
        if sale.variant_id in busy:
            continue  # its time comes with the next round
        busy.add(sale.variant_id)
        sale.state = SalePrice.State.RUNNING
        begun.append(sale)
        if sale.price < variant.price:
            sale.applied, sale.former_compare_at = True, variant.compare_at_price
            variant.price, variant.compare_at_price = sale.price, variant.price
            reduced.append(variant)
    SalePrice.objects.bulk_update(begun, ["state", "applied", "former_compare_at"])
    _write_prices(reduced)
    return len(begun)


def _end(sales: list[SalePrice]) -> int:
    variants = _lock_variants(sales)
    restored = []
    for sale in sales:
        variant = variants[sale.variant_id]
        sale.state = SalePrice.State.ENDED
        if sale.applied and variant.compare_at_price is not None:
            variant.price = variant.compare_at_price
            former = sale.former_compare_at
            variant.compare_at_price = former if former and former > variant.price else None
            restored.append(variant)
    SalePrice.objects.bulk_update(sales, ["state"])
    _write_prices(restored)
    return len(sales)


def _write_prices(variants: list[Variant]) -> None:
    """In one statement, for the triggers' sake, and told to whoever listens."""
    Variant.objects.bulk_update(variants, ["price", "compare_at_price"])
    announce(sorted({variant.product_id for variant in variants}))


# --- Many at once -------------------------------------------------------------------------------


@dataclass(frozen=True)
class PlannedPrice:
    """A variant with the price that it would get, or why it would get none."""

    variant: Variant
    price: Decimal | None
    problem: str = ""


@dataclass(frozen=True)
class SalePlan:
    """So much off the regular prices, for a time."""

    percent: Decimal
    starts_at: datetime
    ends_at: datetime | None


def preview_sale(
    *, variants: QuerySet[Variant], plan: SalePlan, currency: str
) -> list[PlannedPrice]:
    """What `plan_sale` would do, in two queries whatever the number."""
    rows = list(variants.select_related("product").order_by("product__title", "position", "pk"))
    overlapping = SalePrice.objects.overlapping(starts_at=plan.starts_at, ends_at=plan.ends_at)
    taken = set(overlapping.filter(variant__in=rows).values_list("variant", flat=True))
    running = dict(
        SalePrice.objects.in_force()
        .filter(variant__in=rows)
        .values_list("variant", "variant__compare_at_price")
    )
    planned = []
    for row in rows:
        regular = running.get(row.pk) or row.price
        price = rounded(regular * (100 - plan.percent) / 100, currency)
        if row.pk in taken:
            planned.append(PlannedPrice(row, None, _("Another sale falls into that time.")))
        elif price >= regular:
            planned.append(PlannedPrice(row, None, _("The price would not be lower.")))
        else:
            planned.append(PlannedPrice(row, price))
    return planned


@transaction.atomic
def plan_sale(
    *, variants: QuerySet[Variant], plan: SalePlan, currency: str, actor: AbstractBaseUser
) -> list[SalePrice]:
    """Schedule a sale price for each variant that can have one; who did so is kept in the log."""
    ids = list(variants.order_by("pk").values_list("pk", flat=True))
    # Two who plan at once follow each other here, so that none meets the constraint.
    locked = Variant.objects.filter(pk__in=ids).select_for_update(no_key=True).order_by("pk")
    len(locked)
    sales = SalePrice.objects.bulk_create(
        SalePrice(
            variant=one.variant, price=one.price, starts_at=plan.starts_at, ends_at=plan.ends_at
        )
        for one in preview_sale(
            variants=Variant.objects.filter(pk__in=ids), plan=plan, currency=currency
        )
        if one.price is not None
    )
    if sales:
        message = _("%(percent)s %% off") % {"percent": f"{plan.percent.normalize():f}"}
        LogEntry.objects.log_actions(actor.pk, sales, ADDITION, change_message=message)
    return sales
