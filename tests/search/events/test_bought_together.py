"""What is bought together: counted from orders, fading, bounded, and said only with support."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from search.events import bought_together
from search.events.bought_together import HALF_LIFE_DAYS, count, goes_with, weight_on
from search.events.models import BoughtTogether
from tests.factories import ProductFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def products() -> list[int]:
    return [ProductFactory().pk for _ in range(4)]


def today() -> date:
    return timezone.now().date()


def test_without_orders_nothing_goes_with_anything(products: list[int]) -> None:
    assert goes_with(products[0]) == []


def test_what_three_orders_had_together_goes_together(products: list[int]) -> None:
    boots, socks, mug, _ = products

    count([[boots, socks]] * 2 + [[boots, mug]], today())
    assert goes_with(boots) == []
    count([[socks, boots]], today())

    assert goes_with(boots) == [socks]
    assert goes_with(socks) == [boots]
    assert goes_with(mug) == []


def test_what_everybody_buys_does_not_go_with_everything(products: list[int]) -> None:
    boots, socks, bag, _ = products
    count([[boots, socks, bag]] * 4 + [[boots, bag]] + [[bag]] * 60, today())

    assert goes_with(boots) == [socks, bag]
    assert goes_with(boots, limit=1) == [socks]


def test_old_orders_fade(products: list[int]) -> None:
    boots, socks, mug, _ = products
    long_ago = today() - timedelta(days=2 * HALF_LIFE_DAYS)
    count([[boots, socks]] * 7, long_ago)  # weigh less than two today
    assert goes_with(boots) == []

    count([[boots, socks]] + [[boots, mug]] * 5, today())

    assert goes_with(boots) == [mug, socks]


def test_what_is_no_longer_on_sale_is_left_out(products: list[int]) -> None:
    draft = ProductFactory(published=False).pk

    count([[products[0], draft, products[1]]] * 3, today())

    assert goes_with(products[0]) == [products[1]]


def test_long_orders_and_many_others_are_bounded(
    products: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bought_together, "MOST_IN_ORDER", 3)
    monkeypatch.setattr(bought_together, "MOST_OTHERS", 2)
    boots, socks, mug, bag = sorted(products)
    count([[boots, socks]] * 3 + [[boots, mug]] * 2, today())

    count([[bag, mug, socks, boots]], today())  # the bag is beyond the third
    count([[boots, bag]], today())  # a third other, with the least weight

    kept = BoughtTogether.objects.filter(product=boots)
    assert set(kept.values_list("other", flat=True)) == {boots, socks, mug}


def test_a_product_twice_in_an_order_is_once_in_it(products: list[int]) -> None:
    count([[products[0], products[0], products[1]]], today())

    weights = list(BoughtTogether.objects.values_list("weight", flat=True))
    assert weights == [pytest.approx(weight_on(today()))] * 4


@given(st.lists(st.lists(st.integers(1, 5), max_size=4), max_size=8))
def test_counts_are_those_of_the_orders(orders: list[list[int]]) -> None:
    BoughtTogether.objects.all().delete()
    # In two goes, as they come.
    count(orders[:3], today())
    count(orders[3:], today())

    expected = {
        (one, other): sum({one, other} <= set(order) for order in orders)
        for one in range(1, 6)
        for other in range(1, 6)
    }
    scale = weight_on(today())
    found = {
        (row.product_id, row.other_id): row.weight / scale for row in BoughtTogether.objects.all()
    }
    assert found == {pair: pytest.approx(times) for pair, times in expected.items() if times}
