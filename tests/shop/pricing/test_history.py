"""Every price is recorded, and the lowest of the 30 days before a reduction is found."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shop.catalog.models import Variant
from shop.pricing.history import lowest_price, lowest_prices
from shop.pricing.models import PriceRecord, SalePrice
from shop.pricing.services import end_due, start_due
from tests.factories import ProductFactory, VariantFactory
from tests.shop.pricing.factories import SalePriceFactory

DAY = timedelta(days=1)


def recorded(variant: Variant) -> list[Decimal]:
    return list(variant.price_records.order_by("since", "pk").values_list("price", flat=True))


def give_history(variant: Variant, *records: tuple[datetime, Decimal]) -> None:
    PriceRecord.objects.filter(variant=variant).delete()
    PriceRecord.objects.bulk_create(
        PriceRecord(variant=variant, price=price, since=since) for since, price in records
    )


# --- The trigger --------------------------------------------------------------------------------


@pytest.mark.django_db
def test_no_path_escapes_the_history() -> None:
    variant = VariantFactory(price=Decimal(1))
    variant.price = Decimal(2)
    variant.save()
    Variant.objects.update(price=Decimal(3))
    variant.price = Decimal(4)
    Variant.objects.bulk_update([variant], ["price"])
    with connection.cursor() as cursor:
        cursor.execute("UPDATE catalog_variant SET price = 5")
    Variant.objects.bulk_create([Variant(product=variant.product, sku="bulk", price=6)])

    assert recorded(variant) == [1, 2, 3, 4, 5]
    assert recorded(Variant.objects.get(sku="bulk")) == [6]


@pytest.mark.django_db
def test_what_leaves_the_price_is_not_recorded() -> None:
    variant = VariantFactory(price=Decimal(1))
    variant.stock = 3
    variant.save()
    Variant.objects.update(stock=2, price=Decimal(1))

    assert recorded(variant) == [1]


@pytest.mark.django_db
def test_the_history_goes_with_its_variant_by_whatever_path() -> None:
    product = ProductFactory(variants=[{}, {}, {}])
    first, second, _ = product.variants.all()
    first.delete()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM catalog_variant WHERE id = %s", [second.pk])

    assert PriceRecord.objects.count() == 1


# --- The lowest price ---------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("records", "lowest"),
    [
        ([(-90, 10)], 10),
        ([(-90, 7), (-40, 10)], 10),  # over before the 30 days began
        ([(-90, 7), (-20, 10)], 7),  # reached into them
        ([(-90, 10), (-20, 6), (-10, 9)], 6),
        ([(-5, 9)], 9),  # new: a shorter time
        ([(1, 9)], None),  # nothing known of before
    ],
)
def test_the_lowest_price_of_the_30_days_before(
    records: list[tuple[int, int]], lowest: int | None
) -> None:
    start = timezone.now()
    variant = VariantFactory()
    give_history(variant, *((start + day * DAY, Decimal(price)) for day, price in records))

    assert lowest_price(variant, before=start) == lowest


@pytest.mark.django_db
def test_the_price_of_the_sale_is_not_one_before_it() -> None:
    sale = SalePriceFactory(starts_at=timezone.now() - DAY, ends_at=None)
    give_history(sale.variant, (timezone.now() - 10 * DAY, Decimal("9.50")))
    start_due()

    assert lowest_price(sale.variant) == Decimal("9.50")


@pytest.mark.django_db
def test_a_reduction_by_hand_began_with_its_price() -> None:
    variant = VariantFactory()
    now = timezone.now()
    give_history(variant, (now - 50 * DAY, Decimal(10)), (now - 40 * DAY, Decimal(12)))
    Variant.objects.update(price=Decimal(8), compare_at_price=Decimal(14))

    assert lowest_price(variant) == Decimal(12)


@pytest.mark.django_db
def test_one_query_for_many(django_assert_num_queries: Any) -> None:
    product = ProductFactory(variants=[{} for _ in range(10)])
    later = timezone.now() + DAY
    asked = {variant.pk: later for variant in product.variants.all()}
    with django_assert_num_queries(1):
        assert lowest_prices(asked) == dict.fromkeys(asked, Decimal(10))


moments = st.integers(min_value=0, max_value=120)
amounts = st.integers(min_value=1, max_value=30).map(Decimal)


@pytest.mark.django_db
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    records=st.dictionaries(moments, amounts, max_size=12),
    before=moments,
    days=st.integers(min_value=1, max_value=60),
)
def test_lowest_is_what_brute_force_finds(
    records: dict[int, Decimal], before: int, days: int
) -> None:
    epoch = datetime(2026, 1, 1, tzinfo=timezone.get_default_timezone())
    variant = Variant.objects.first() or VariantFactory()
    give_history(variant, *((epoch + at * DAY, price) for at, price in records.items()))

    # Each half day of the time: the price in force then is that of the last record before.
    in_force = []
    for half in range(2 * (before - days), 2 * before):
        past = [at for at in records if 2 * at <= half]
        if past:
            in_force.append(records[max(past)])

    found = lowest_price(variant, days=days, before=epoch + before * DAY)
    assert found == min(in_force, default=None)


# --- Whatever happens ---------------------------------------------------------------------------

steps = st.one_of(
    st.tuples(st.just("regular"), amounts),
    st.tuples(st.just("sale"), st.tuples(amounts, st.integers(0, 4), st.integers(1, 5))),
    st.tuples(st.just("wait"), st.integers(1, 3)),
    st.tuples(st.just("apply"), st.none()),
    st.tuples(st.just("start only"), st.none()),
)


@pytest.mark.django_db
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(steps, max_size=14))
def test_the_regular_price_survives_whatever_happens(actions: list[tuple[str, Any]]) -> None:
    SalePrice.objects.all().delete()
    variant = Variant.objects.first() or VariantFactory()
    Variant.objects.update(price=Decimal(20), compare_at_price=None)
    PriceRecord.objects.all().delete()
    now = timezone.now()
    regular = Decimal(20)
    written = []
    for action, value in actions:
        variant.refresh_from_db()
        before = variant.price
        if action == "regular":
            # As a merchant edits it: beside the sale price, where there is one.
            if variant.compare_at_price is not None and value > variant.price:
                Variant.objects.update(compare_at_price=value)
            else:
                Variant.objects.update(price=value, compare_at_price=None)
            regular = value
        elif action == "sale":
            price, starts, lasts = value
            start = now + starts * DAY
            end = start + lasts * DAY
            if not SalePrice.objects.overlapping(starts_at=start, ends_at=end).exists():
                SalePriceFactory(variant=variant, price=price, starts_at=start, ends_at=end)
        elif action == "wait":
            now += value * DAY
        elif action == "apply":
            end_due(now=now)
            start_due(now=now)
        else:
            start_due(now=now)
        variant.refresh_from_db()
        if variant.price != before:
            written.append(variant.price)
        assert variant.compare_at_price is None or variant.price < variant.compare_at_price
        if variant.compare_at_price is not None:
            assert variant.compare_at_price == regular

    end_due(now=now + 100 * DAY)
    start_due(now=now + 100 * DAY)
    variant.refresh_from_db()

    assert (variant.price, variant.compare_at_price) == (regular, None)
    assert not SalePrice.objects.exclude(state=SalePrice.State.ENDED).exists()
    assert recorded(variant)[: len(written)] == written
