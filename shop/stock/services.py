"""The one module that changes stock.

Whoever takes several variants locks their rows in the order of their primary keys, and only then
changes them, in one statement; the triggers that follow lock products, again in order. So two
orders for the same things wait for each other and never in a circle.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from django.contrib.auth.models import User
from django.db import connection, transaction

from shop.catalog.models import Variant
from shop.stock.models import Movement, Reservation
from shop.stock.signals import restocked

Reason = Movement.Reason


class OutOfStock(Exception):
    """Some of what was to be taken is not there. Nothing was taken.

    `left` says for each variant (by primary key) of which too few are there how many there are; 0
    for one that is gone from the catalogue.
    """

    def __init__(self, left: Mapping[int, int]) -> None:
        super().__init__(f"Too few of the variants {sorted(left)}.")
        self.left = dict(left)


@contextmanager
def because(
    *, reason: Reason, reference: str = "", actor: User | None = None, note: str = ""
) -> Iterator[None]:
    """Have the ledger say why the stock changes within the block, however it is changed there."""
    with transaction.atomic():
        before = _told()
        _tell([reason.value, reference, str(actor.pk) if actor is not None else "", note[:200]])
        yield
        _tell(before)


def reserve(*, reference: str, quantities: Mapping[int, int]) -> None:
    """Take units of variants (by primary key) for the order `reference`, until it is paid.

    Raises `OutOfStock`, and takes nothing, where one is short.
    """
    wanted = {pk: quantity for pk, quantity in quantities.items() if quantity}
    if any(quantity < 0 for quantity in wanted.values()):
        raise ValueError("Quantities are not negative.")
    with because(reason=Reason.RESERVED, reference=reference):
        there = _lock(wanted)
        short = {pk: there.get(pk, 0) for pk in wanted if there.get(pk, 0) < wanted[pk]}
        if short:
            raise OutOfStock(short)
        _change({pk: -quantity for pk, quantity in wanted.items()})
        Reservation.objects.bulk_create(
            Reservation(variant_id=pk, reference=reference, quantity=quantity)
            for pk, quantity in sorted(wanted.items())
        )


def settle(*, reference: str) -> None:
    """The order is paid: what was held for it is sold. Doing so twice does no harm."""
    Reservation.objects.filter(reference=reference).delete()


def release(*, reference: str, reason: Reason = Reason.RELEASED) -> None:
    """Put back what is still held for an order. Doing so twice does no harm."""
    rows = Reservation.objects.filter(reference=reference).order_by("pk")
    with transaction.atomic():
        # Variants first, as those do who reserve them, and who delete them.
        _lock(dict.fromkeys(rows.values_list("variant", flat=True), 0))
        held = list(rows.select_for_update())
        put_back(
            quantities={one.variant_id: one.quantity for one in held},
            reason=reason,
            reference=reference,
        )
        Reservation.objects.filter(pk__in=[one.pk for one in held]).delete()


def put_back(
    *,
    quantities: Mapping[int, int],
    reason: Reason,
    reference: str = "",
    actor: User | None = None,
    note: str = "",
) -> None:
    """Add units to variants (by primary key). Variants that are gone are left out."""
    more = {pk: quantity for pk, quantity in quantities.items() if quantity}
    if any(quantity < 0 for quantity in more.values()):
        raise ValueError("Quantities are not negative.")
    if not more:
        return
    with because(reason=reason, reference=reference, actor=actor, note=note):
        before = _lock(more)
        _change(more)
        _tell_restocked({pk: stock for pk, stock in before.items() if stock == 0})


def set_stock(
    *,
    variant_id: int,
    stock: int,
    reason: Reason = Reason.COUNTED,
    actor: User | None = None,
    note: str = "",
) -> None:
    """Say how many there are, as counted. `ValueError` for less than none."""
    if stock < 0:
        raise ValueError("There cannot be fewer than none.")
    with because(reason=reason, actor=actor, note=note):
        before = _lock({variant_id: 0})
        Variant.objects.filter(pk=variant_id).update(stock=stock)
        if stock:
            _tell_restocked({pk: former for pk, former in before.items() if former == 0})


def adjust(*, variant_id: int, by: int, actor: User | None = None, note: str = "") -> int:
    """Change the stock by so many, whatever was sold meanwhile, but not below zero; the new stock.

    What a form means where somebody read 5 and wrote 8: three have come.
    """
    with because(reason=Reason.EDITED, actor=actor, note=note):
        before = _lock({variant_id: 0})
        if variant_id not in before:
            raise OutOfStock({variant_id: 0})
        after = max(0, before[variant_id] + by)
        Variant.objects.filter(pk=variant_id).update(stock=after)
        if after:
            _tell_restocked({pk: former for pk, former in before.items() if former == 0})
    return after


def _lock(variants: Mapping[int, int]) -> dict[int, int]:
    """Lock the rows in the order of their keys; the stock of each that there is."""
    rows = Variant.objects.filter(pk__in=variants).order_by("pk")
    # Not against those who only refer to the row, as a new order line does.
    return dict(rows.select_for_update(no_key=True).values_list("pk", "stock"))


def _change(by: Mapping[int, int]) -> None:
    """Add to (or take from) the stock of locked variants, in one statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            UPDATE catalog_variant variant SET stock = variant.stock + change.delta
              FROM unnest(%s::bigint[], %s::int[]) AS change (id, delta)
             WHERE variant.id = change.id
            """,
            [list(by), list(by.values())],
        )


# What the trigger of the ledger reads: settings of the transaction, gone with it.
SETTINGS = ("stock_reason", "stock_reference", "stock_actor", "stock_note")


def _tell(told: Sequence[str]) -> None:
    calls = ", ".join(f"set_config('vitrine.{name}', %s, true)" for name in SETTINGS)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {calls}", told)


def _told() -> Sequence[str]:
    calls = ", ".join(f"coalesce(current_setting('vitrine.{name}', true), '')" for name in SETTINGS)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {calls}")
        told: Sequence[str] = cursor.fetchone()
    return told


def _tell_restocked(variants: Mapping[int, int]) -> None:
    if variants:
        restocked.send_robust(sender=Variant, variant_ids=sorted(variants))
