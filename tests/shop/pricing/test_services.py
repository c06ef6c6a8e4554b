"""Sales begin, end and give the regular price back."""

from __future__ import annotations

import threading
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from shop.catalog.models import Variant
from shop.catalog.signals import product_changed
from shop.pricing import services
from shop.pricing.models import SalePrice
from shop.pricing.services import SalePlan, end_due, end_now, preview_sale, start_due
from shop.pricing.tasks import apply_sales
from tests.factories import ProductFactory, VariantFactory
from tests.shop.pricing.factories import SalePriceFactory

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def prices(variant: Variant) -> tuple[Decimal, Decimal | None]:
    variant.refresh_from_db()
    return variant.price, variant.compare_at_price


def test_a_sale_begins_and_ends() -> None:
    now = timezone.now()
    sale = SalePriceFactory(starts_at=now, ends_at=now + DAY)

    assert start_due(now=now - timedelta(seconds=1)) == 0
    assert start_due(now=now) == 1
    assert prices(sale.variant) == (Decimal(8), Decimal(10))
    assert end_due(now=now + DAY) == 1
    assert prices(sale.variant) == (Decimal(10), None)
    sale.refresh_from_db()
    assert sale.state == SalePrice.State.ENDED


def test_again_changes_nothing() -> None:
    now = timezone.now()
    sale = SalePriceFactory(starts_at=now)

    assert [start_due(now=now), start_due(now=now)] == [1, 0]
    assert prices(sale.variant) == (Decimal(8), Decimal(10))
    assert [end_due(now=now + DAY), end_due(now=now + DAY)] == [1, 0]


def test_the_former_price_from_before_the_sale_comes_back() -> None:
    variant = VariantFactory(price=Decimal(10), compare_at_price=Decimal(15))
    sale = SalePriceFactory(variant=variant)

    start_due()
    assert prices(variant) == (Decimal(8), Decimal(10))
    end_due(now=sale.ends_at)

    assert prices(variant) == (Decimal(10), Decimal(15))


@pytest.mark.parametrize(
    ("edited", "afterwards"),
    [
        ({"compare_at_price": Decimal(12)}, (Decimal(12), None)),  # the regular price
        ({"price": Decimal(7)}, (Decimal(10), None)),  # deeper, for the time of the sale
        ({"price": Decimal(11), "compare_at_price": None}, (Decimal(11), None)),
        ({"compare_at_price": None}, (Decimal(8), None)),
    ],
)
def test_edits_by_hand_meanwhile_are_respected(edited: dict[str, Any], afterwards: Any) -> None:
    sale = SalePriceFactory()
    start_due()

    Variant.objects.filter(pk=sale.variant_id).update(**edited)
    end_due(now=sale.ends_at)

    assert prices(sale.variant) == afterwards


def test_a_sale_that_is_no_reduction_any_more_changes_nothing() -> None:
    sale = SalePriceFactory()
    Variant.objects.update(price=Decimal(8))

    start_due()
    assert prices(sale.variant) == (Decimal(8), None)
    end_due(now=sale.ends_at)

    assert prices(sale.variant) == (Decimal(8), None)


def test_a_sale_whose_whole_time_was_missed_never_begins() -> None:
    sale = SalePriceFactory()
    start_due(now=sale.ends_at + DAY)

    sale.refresh_from_db()
    assert (sale.state, sale.applied) == (SalePrice.State.ENDED, False)
    assert prices(sale.variant) == (Decimal(10), None)


def test_one_sale_follows_another_at_once() -> None:
    now = timezone.now()
    variant = VariantFactory()
    SalePriceFactory(variant=variant, starts_at=now - 2 * DAY, ends_at=now)
    SalePriceFactory(variant=variant, starts_at=now, ends_at=now + DAY, price=Decimal(7))
    start_due(now=now - DAY)

    apply_sales.apply().get()

    assert prices(variant) == (Decimal(7), Decimal(10))


def test_a_sale_ended_by_hand() -> None:
    running, coming = (
        SalePriceFactory(ends_at=None),
        SalePriceFactory(starts_at=timezone.now() + DAY),
    )
    start_due()

    assert end_now(sales=SalePrice.objects.all()) == 2

    assert prices(running.variant) == (Decimal(10), None)
    assert set(SalePrice.objects.values_list("state", flat=True)) == {SalePrice.State.ENDED}
    assert start_due(now=coming.starts_at) == 0


@pytest.mark.parametrize(
    ("starts", "ends", "welcome"),
    [(0, 1, False), (-1, 2, False), (0, None, False), (1, 2, True), (-1, 0, True)],
)
def test_overlapping_sales_of_a_variant_are_refused(
    starts: int, ends: int | None, welcome: bool
) -> None:
    sale = SalePriceFactory()
    values = {
        "variant": sale.variant,
        "starts_at": sale.starts_at + starts * DAY,
        "ends_at": None if ends is None else sale.starts_at + ends * DAY,
    }
    SalePriceFactory(starts_at=values["starts_at"], ends_at=values["ends_at"])  # another variant
    if welcome:
        SalePriceFactory(**values)
    else:
        with pytest.raises(IntegrityError, match="sale_price_no_overlap"), transaction.atomic():
            SalePriceFactory(**values)


def test_others_are_told() -> None:
    told: list[int] = []

    def listen(product_ids: list[int], **_: Any) -> None:
        told.extend(product_ids)

    sale = SalePriceFactory()
    product_changed.connect(listen)
    try:
        start_due()
    finally:
        product_changed.disconnect(listen)

    assert told == [sale.variant.product_id]


def test_queries_do_not_grow_with_the_number_of_sales(django_assert_max_num_queries: Any) -> None:
    product = ProductFactory(variants=[{} for _ in range(40)])
    for variant in product.variants.all():
        SalePriceFactory(variant=variant)
    with django_assert_max_num_queries(25):
        assert start_due() == 40


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_do_each_sale_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "AT_ONCE", 3)
    product = ProductFactory(variants=[{} for _ in range(12)])
    for variant in product.variants.all():
        SalePriceFactory(variant=variant)
    counts: list[int] = []

    def work() -> None:
        try:
            counts.append(start_due())
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert sum(counts) == 12
    assert set(product.variants.values_list("price", "compare_at_price")) == {
        (Decimal(8), Decimal(10))
    }


# --- Many at once -------------------------------------------------------------------------------


def plan(percent: str = "20", **changes: Any) -> SalePlan:
    now = timezone.now()
    values: dict[str, Any] = {"starts_at": now, "ends_at": now + DAY, **changes}
    return SalePlan(percent=Decimal(percent), **values)


def test_a_plan_prices_each_variant_and_says_what_is_left_out() -> None:
    product = ProductFactory(
        variants=[{"sku": "A", "price": "9.99"}, {"sku": "B", "price": "5"}, {"sku": "C"}]
    )
    SalePriceFactory(variant=product.variants.get(sku="B"))
    product.variants.filter(sku="C").update(price=0)

    found = preview_sale(variants=Variant.objects.all(), plan=plan("15"), currency="USD")

    assert [(one.variant.sku, one.price) for one in found] == [
        ("A", Decimal("8.49")),  # 8.4915
        ("B", None),
        ("C", None),
    ]
    assert "Another sale" in found[1].problem and "not be lower" in found[2].problem


def test_a_planned_sale_is_traced_and_takes_effect() -> None:
    variant = VariantFactory()
    actor = User.objects.create_superuser("admin")

    (sale,) = services.plan_sale(
        variants=Variant.objects.all(), plan=plan(), currency="USD", actor=actor
    )
    start_due()

    assert prices(variant) == (Decimal(8), Decimal(10))
    entry = LogEntry.objects.get()
    assert (entry.user, entry.object_id) == (actor, str(sale.pk))
    assert "20 % off" in entry.get_change_message()


def test_a_plan_during_a_sale_goes_from_the_regular_price() -> None:
    sale = SalePriceFactory()
    start_due()

    (found,) = preview_sale(
        variants=Variant.objects.all(),
        plan=plan("10", starts_at=sale.ends_at, ends_at=None),
        currency="USD",
    )

    assert found.price == Decimal(9)
