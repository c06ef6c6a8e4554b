"""Stock is taken, put back and counted; the ledger and what is held agree with it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, connection, transaction

from shop.catalog.models import Variant
from shop.stock import services as stock
from shop.stock.models import Movement, Reservation
from shop.stock.services import OutOfStock, Reason
from shop.stock.signals import restocked
from tests.factories import VariantFactory

pytestmark = pytest.mark.django_db


def stock_of(*variants: Variant) -> list[int]:
    return [Variant.objects.get(pk=one.pk).stock for one in variants]


def ledger_of(variant: Variant) -> list[tuple[int, str, str]]:
    rows = Movement.objects.filter(variant=variant).order_by("pk")
    return list(rows.values_list("delta", "reason", "reference"))


def test_what_is_reserved_leaves_the_stock() -> None:
    boots, mugs = VariantFactory(stock=5), VariantFactory(stock=2)

    stock.reserve(reference="A", quantities={boots.pk: 3, mugs.pk: 2})

    assert stock_of(boots, mugs) == [2, 0]
    assert Reservation.objects.count() == 2
    assert ledger_of(boots) == [(5, "initial", ""), (-3, "reserved", "A")]


def test_nothing_is_taken_where_one_thing_is_short() -> None:
    boots, mugs = VariantFactory(stock=5), VariantFactory(stock=1)

    with pytest.raises(OutOfStock) as error:
        stock.reserve(reference="A", quantities={boots.pk: 3, mugs.pk: 2, 999_999: 1})

    assert error.value.left == {mugs.pk: 1, 999_999: 0}
    assert stock_of(boots, mugs) == [5, 1]
    assert not Reservation.objects.exists()


def test_released_twice_comes_back_once() -> None:
    boots = VariantFactory(stock=5)
    stock.reserve(reference="A", quantities={boots.pk: 3})

    stock.release(reference="A")
    stock.release(reference="A")

    assert stock_of(boots) == [5]
    assert ledger_of(boots)[-1] == (3, "released", "A")


def test_settled_stays_away() -> None:
    boots = VariantFactory(stock=5)
    stock.reserve(reference="A", quantities={boots.pk: 3})

    stock.settle(reference="A")
    stock.release(reference="A")

    assert stock_of(boots) == [2]


def test_a_thing_of_which_nothing_is_wanted_is_no_part_of_it() -> None:
    boots = VariantFactory(stock=5)

    stock.reserve(reference="A", quantities={boots.pk: 0})

    assert not Reservation.objects.exists()


@pytest.mark.parametrize("change", [stock.reserve, stock.put_back])
def test_less_than_nothing_is_refused(change: object) -> None:
    boots = VariantFactory(stock=5)
    more = {"reason": Reason.RETURNED} if change is stock.put_back else {}

    with pytest.raises(ValueError):
        change(reference="A", quantities={boots.pk: -1}, **more)  # type: ignore[operator]

    assert stock_of(boots) == [5]


def test_counting_says_who_and_why() -> None:
    boots, clerk = VariantFactory(stock=5), User.objects.create_user("clerk")

    stock.set_stock(variant_id=boots.pk, stock=4, actor=clerk, note="One was broken.")

    row = Movement.objects.get(variant=boots, reason=Reason.COUNTED)
    assert (row.delta, row.stock, row.actor, row.note) == (-1, 4, clerk, "One was broken.")


def test_an_adjustment_counts_what_was_sold_meanwhile() -> None:
    boots = VariantFactory(stock=5)
    stock.reserve(reference="A", quantities={boots.pk: 2})

    # The form was opened with 5 and sent with 8.
    assert stock.adjust(variant_id=boots.pk, by=3) == 6


def test_an_adjustment_ends_at_none() -> None:
    assert stock.adjust(variant_id=VariantFactory(stock=1).pk, by=-3) == 0


def test_whatever_changes_the_stock_is_in_the_ledger() -> None:
    boots = VariantFactory(stock=5)

    Variant.objects.filter(pk=boots.pk).update(stock=7)
    boots.stock = 3
    boots.save()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE catalog_variant SET stock = stock + 1 WHERE id = %s", [boots.pk])
    Variant.objects.filter(pk=boots.pk).update(price=1)

    assert [row[0] for row in ledger_of(boots)] == [5, 2, -4, 1]
    assert {row[1] for row in ledger_of(boots)[1:]} == {"edited"}


def test_the_reason_holds_within_its_block_alone() -> None:
    boots = VariantFactory(stock=5)

    with stock.because(reason=Reason.IMPORTED):
        Variant.objects.filter(pk=boots.pk).update(stock=7)
    Variant.objects.filter(pk=boots.pk).update(stock=9)

    assert [row[1] for row in ledger_of(boots)] == ["initial", "imported", "edited"]


def test_a_reason_within_another_leaves_that_one_in_force() -> None:
    boots = VariantFactory(stock=5)

    with stock.because(reason=Reason.IMPORTED):
        stock.put_back(quantities={boots.pk: 1}, reason=Reason.RETURNED)
        Variant.objects.filter(pk=boots.pk).update(stock=9)

    assert [row[1] for row in ledger_of(boots)] == ["initial", "returned", "imported"]


def test_the_database_refuses_less_than_nothing() -> None:
    boots = VariantFactory(stock=5)

    with pytest.raises(IntegrityError), transaction.atomic():
        Variant.objects.filter(pk=boots.pk).update(stock=-1)


def test_it_is_told_when_there_is_some_again() -> None:
    gone, there = VariantFactory(stock=0), VariantFactory(stock=1)
    told: list[list[int]] = []

    def listen(variant_ids: list[int], **_: object) -> None:
        told.append(variant_ids)

    restocked.connect(listen)
    try:
        stock.put_back(quantities={gone.pk: 1, there.pk: 1}, reason=Reason.RETURNED)
    finally:
        restocked.disconnect(listen)

    assert told == [[gone.pk]]


@pytest.mark.django_db(transaction=True)
def test_the_last_units_are_sold_once_and_in_any_order_of_things() -> None:
    """Sixteen at once want two of each of two things, named in either order; there are ten."""
    boots, mugs = VariantFactory(stock=10), VariantFactory(stock=10)
    began = threading.Barrier(16)
    outcomes: list[str] = []

    def buy(number: int) -> None:
        wanted = {boots.pk: 2, mugs.pk: 2}
        if number % 2:
            wanted = dict(reversed(wanted.items()))
        began.wait()
        try:
            stock.reserve(reference=f"A{number}", quantities=wanted)
            outcomes.append("bought")
        except OutOfStock:
            outcomes.append("out of stock")
        except Exception as error:
            outcomes.append(repr(error))
        finally:
            connection.close()

    threads = [threading.Thread(target=buy, args=(number,)) for number in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["bought"] * 5 + ["out of stock"] * 11
    assert stock_of(boots, mugs) == [0, 0]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("act", ["reserve", "put_back"])
def test_variants_are_locked_in_the_order_of_their_keys(act: str) -> None:
    first, second = VariantFactory(stock=5), VariantFactory(stock=5)
    assert first.pk < second.pk
    # Behind the other in the table, so that no order by chance is the right one.
    Variant.objects.filter(pk=first.pk).update(stock=6)
    quantities = {second.pk: 1, first.pk: 1}
    raised: list[BaseException] = []

    def do() -> None:
        try:
            if act == "reserve":
                stock.reserve(reference="A-1", quantities=quantities)
            else:
                stock.put_back(quantities=quantities, reason=Reason.CANCELLED)
        except BaseException as error:
            raised.append(error)
        finally:
            connection.close()

    other = threading.Thread(target=do)
    with transaction.atomic():
        Variant.objects.select_for_update().get(pk=first.pk)
        other.start()
        until(lambda: waiting_for_locks() == 1)
        # Who waits for the first holds the second not yet.
        Variant.objects.select_for_update(nowait=True).get(pk=second.pk)
    other.join()

    assert not raised


def waiting_for_locks() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        return int(cursor.fetchone()[0])


def until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + 10
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.02)
