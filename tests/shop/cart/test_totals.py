"""Lines, discount, tax and delivery against the total, to the cent."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from shop.cart.totals import Item, Totals, add_up
from shop.money import rounded

RATES = ["0", "5.5", "7", "8.875", "19", "25"]
prices = st.integers(0, 100_000).map(lambda n: Decimal(n) / 100)
items = st.builds(
    Item,
    unit_price=prices,
    quantity=st.integers(1, 99),
    tax_rate=st.sampled_from(RATES).map(Decimal),
)
carts = st.fixed_dictionaries(
    {
        "items": st.lists(items, max_size=8),
        "currency": st.sampled_from(["USD", "EUR", "JPY", "BHD"]),
        "prices_include_tax": st.booleans(),
        "discount": prices,
        "delivery": prices,
        "delivery_rate": st.sampled_from(RATES).map(Decimal),
    }
)


def total_of(cart: dict) -> Totals:
    return add_up(cart["items"], **{name: cart[name] for name in cart if name != "items"})


@given(carts)
def test_the_total_is_the_sum_of_its_parts(cart: dict) -> None:
    found = total_of(cart)

    assert found.subtotal == sum(item.amount for item in found.items)
    assert found.discount == sum(item.discount for item in found.items)
    assert found.tax == sum(item.tax for item in found.items) + found.delivery_tax
    assert found.tax == sum(rate.tax for rate in found.rates)
    on_top = Decimal(0) if found.prices_include_tax else found.tax
    assert found.total == found.subtotal - found.discount + found.delivery + on_top


@given(carts)
def test_the_rates_say_what_was_taxed(cart: dict) -> None:
    found = total_of(cart)

    untaxed = sum(
        item.amount - item.discount
        for item, given_ in zip(found.items, cart["items"], strict=True)
        if not given_.tax_rate
    ) + (Decimal(0) if cart["delivery_rate"] else found.delivery)
    net = sum((rate.net for rate in found.rates), Decimal(0)) + untaxed
    assert net + found.tax == found.total
    for rate in found.rates:
        exact = (
            (rate.net + rate.tax) * rate.rate / (100 + rate.rate)
            if found.prices_include_tax
            else rate.net * rate.rate / 100
        )
        assert rate.tax == rounded(exact, found.currency)


@given(carts)
def test_no_amount_is_negative_or_finer_than_the_currency(cart: dict) -> None:
    found = total_of(cart)

    amounts = [found.subtotal, found.discount, found.delivery, found.tax, found.total]
    for item in found.items:
        assert item.discount <= item.amount
        amounts += [item.amount, item.discount, item.tax]
    assert all(amount >= 0 and amount == rounded(amount, found.currency) for amount in amounts)


def test_tax_in_the_price() -> None:
    found = add_up(
        [Item(Decimal("119.00"), 1, Decimal(19)), Item(Decimal("10.70"), 2, Decimal(7))],
        currency="EUR",
        prices_include_tax=True,
        delivery=Decimal("5.95"),
        delivery_rate=Decimal(19),
    )

    assert found.total == Decimal("146.35")
    assert [(rate.rate, rate.net, rate.tax) for rate in found.rates] == [
        (Decimal(7), Decimal("20.00"), Decimal("1.40")),
        (Decimal(19), Decimal("105.00"), Decimal("19.95")),
    ]


def test_tax_on_top_is_rounded_once_for_a_rate_and_not_for_each_line() -> None:
    found = add_up(
        [Item(Decimal("0.05"), 1, Decimal(10))] * 10, currency="USD", prices_include_tax=False
    )

    # Line by line it would be ten times .005, each rounded to a cent.
    assert found.tax == Decimal("0.05")
    assert sum(item.tax for item in found.items) == Decimal("0.05")
    assert found.total == Decimal("0.55")


def test_a_discount_takes_off_no_more_than_the_goods_cost() -> None:
    found = add_up(
        [Item(Decimal("10"), 1)],
        currency="USD",
        prices_include_tax=True,
        discount=Decimal(50),
        delivery=Decimal(4),
    )

    assert (found.discount, found.total) == (Decimal(10), Decimal(4))
