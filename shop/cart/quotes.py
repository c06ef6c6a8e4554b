"""What a cart would cost, delivered to a country: for the estimate, the checkout and the order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from shop.cart.models import CartLine
from shop.cart.totals import Item, Totals, add_up
from shop.delivery.offers import Offer, offers_for
from shop.money import rounded
from shop.promotions.models import Voucher
from shop.promotions.services import (
    NOTHING,
    Customer,
    Reduction,
    VoucherRejected,
    check_voucher,
    reduction,
)
from shop.store.current import current_store
from shop.taxes.models import TaxRate


@dataclass(frozen=True)
class Quote:
    """Totals with the ways of delivery. `offer` is the chosen one, None where there is none.

    `voucher_problem` says why the voucher takes nothing off, and is empty where it does.
    """

    totals: Totals
    tax_rates: tuple[Decimal, ...]  # of the lines, in percent
    delivery_rate: Decimal
    offers: tuple[Offer, ...]
    offer: Offer | None
    voucher: Voucher | None
    voucher_problem: str
    weight: int  # grams


def quote(
    *,
    lines: Sequence[CartLine],
    country: str,
    method_id: int | None = None,
    cheapest: bool = False,
    voucher: Voucher | None = None,
    customer: Customer | None = None,
) -> Quote:
    """The price of lines (with their variants and products read) that go to `country`.

    Delivery is that of the method with the key `method_id`, or the `cheapest`; where none is
    chosen, or it is not offered for these goods, `offer` is None and delivery costs nothing yet.
    `customer=None` takes the voucher as one that was checked already.
    """
    store = current_store()
    currency: str = store.currency
    prices = [rounded(line.variant.price, currency) for line in lines]
    subtotal = sum(
        (price * line.quantity for price, line in zip(prices, lines, strict=True)), Decimal(0)
    )
    weight = sum(line.variant.weight * line.quantity for line in lines)
    off, problem = _reduction(voucher, subtotal, currency, customer)
    offers = tuple(
        Offer(one.method, Decimal(0) if off.free_delivery else rounded(one.price, currency))
        for one in offers_for(country=country, weight=weight, total=subtotal - off.amount)
    )
    offer = next((one for one in offers if one.method.pk == method_id), None)
    if cheapest:
        offer = min(offers, key=lambda one: one.price, default=None)
    rates = TaxRate.objects.of_country(country)
    delivery_rate = rates[offer.method.tax_category] if offer else Decimal(0)
    tax_rates = tuple(rates[line.variant.product.tax_category] for line in lines)
    totals = add_up(
        [
            Item(price, line.quantity, rate)
            for price, line, rate in zip(prices, lines, tax_rates, strict=True)
        ],
        currency=currency,
        prices_include_tax=store.prices_include_tax,
        discount=off.amount,
        delivery=offer.price if offer else Decimal(0),
        delivery_rate=delivery_rate,
    )
    return Quote(
        totals=totals,
        tax_rates=tax_rates,
        delivery_rate=delivery_rate,
        offers=offers,
        offer=offer,
        voucher=voucher,
        voucher_problem=problem,
        weight=weight,
    )


def _reduction(
    voucher: Voucher | None, subtotal: Decimal, currency: str, customer: Customer | None
) -> tuple[Reduction, str]:
    if voucher is None:
        return NOTHING, ""
    if customer is None:
        return reduction(voucher=voucher, subtotal=subtotal, currency=currency), ""
    try:
        found = check_voucher(
            voucher=voucher, subtotal=subtotal, currency=currency, customer=customer
        )
    except VoucherRejected as problem:
        return NOTHING, str(problem)
    return found, ""
