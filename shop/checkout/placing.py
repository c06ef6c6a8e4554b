"""Placing an order: once, at the price that was shown, of things that are there.

Everything happens in one transaction. It takes its locks in one order - the checkout, the cart, the
voucher, the variants by their keys - so two of them wait for each other and never in a circle; what
else changes the same rows may still make a circle with them, which PostgreSQL ends, and the placing
is tried again.
"""

from __future__ import annotations

import random
import time
import uuid
from collections.abc import Callable, Iterable
from datetime import timedelta
from decimal import Decimal
from typing import TypeVar

from django.contrib.auth.models import User
from django.db import OperationalError, transaction
from django.http import HttpRequest
from django.utils.timezone import now
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from shop.cart.models import Cart, CartLine
from shop.cart.quotes import Quote, quote
from shop.checkout.models import Checkout
from shop.orders.models import Order, OrderEvent, OrderLine
from shop.orders.pictures import keep_picture
from shop.orders.services import transition
from shop.orders.signals import state_changed
from shop.orders.states import State
from shop.promotions.services import Customer, VoucherRejected, use_voucher
from shop.signals import order_placed
from shop.stock import services as stock
from shop.store.current import current_store

T = TypeVar("T")

ATTEMPTS = 5
PAUSE = 0.05  # seconds before the second attempt; doubled for each further, by chance up to that
AGAIN = {"40P01", "40001"}  # deadlock detected, serialization failure


class NotPlaced(Exception):
    """The order cannot be placed as things are; the message says why, and nothing is lost."""


class Changed(NotPlaced):
    """Something is not as it was shown: prices, stock, the voucher, the ways of delivery.

    The shopper is to look at it again.
    """


class Incomplete(NotPlaced):
    """Something that an order needs was not said yet."""


def place_order(
    *,
    key: uuid.UUID,
    total: Decimal,
    currency: str | None = None,
    request: HttpRequest | None = None,
) -> Order:
    """The order of the checkout `key`, placed now unless it was before; stock is held for it.

    `total` is what the shopper was shown, in `currency` (None: in whichever the shop has). The same
    key again gives the same order, however often and however many at once. Raises `Changed`,
    `Incomplete` or `NotPlaced`.
    """
    pictures = _keep_pictures(key)
    return _again_after_deadlock(lambda: _place(key, total, currency, request, pictures))


def _place(
    key: uuid.UUID,
    total: Decimal,
    currency: str | None,
    request: HttpRequest | None,
    pictures: dict[int, str],
) -> Order:
    with transaction.atomic():
        checkout = Checkout.objects.select_for_update(of=("self",)).filter(pk=key).first()
        if checkout is None:
            raise NotPlaced(_("This checkout is over. Please start again from the cart."))
        if checkout.order is not None:
            return checkout.order
        if checkout.cart_id is None:
            raise NotPlaced(_("The cart is empty."))
        cart = Cart.objects.select_for_update().get(pk=checkout.cart_id)
        lines = list(cart.lines.in_full())
        if not lines:
            raise NotPlaced(_("The cart is empty."))
        _check_catalogue(lines)
        order = _create(checkout, cart, lines, total, currency, pictures)
        cart.lines.all().delete()
        cart.voucher = None
        cart.save(update_fields=["voucher", "updated_at"])
        checkout.order, checkout.cart = order, None
        checkout.save(update_fields=["order", "cart", "updated_at"])
        state_changed.send(
            sender=Order, order=order, before=None, after=State.PLACED, actor=order.user, note=""
        )
        order_placed.send_robust(
            sender=Order,
            request=request,
            product_ids=list(dict.fromkeys(line.variant.product_id for line in lines)),
        )
        if not order.total:
            order = transition(order_id=order.pk, to=State.PAID, note=_("Nothing to pay."))
    return order


def _create(
    checkout: Checkout,
    cart: Cart,
    lines: list[CartLine],
    total: Decimal,
    currency: str | None,
    pictures: dict[int, str],
) -> Order:
    """The rows of the order, its voucher used and its stock held."""
    shipping, billing = checkout.shipping_address, checkout.billing_address
    if not checkout.email or shipping is None or billing is None:
        raise Incomplete(_("Say where the order goes."))
    store = current_store()
    customer = Customer(user=checkout.user, email=checkout.email)
    found = quote(
        lines=lines,
        country=shipping.country,
        method_id=checkout.delivery_method_id,
        voucher=cart.voucher,
        customer=customer,
    )
    if found.voucher_problem:
        raise Changed(found.voucher_problem)
    if found.offer is None:
        raise (Changed if checkout.delivery_method_id else Incomplete)(
            _("Choose how the order is delivered.")
        )
    if found.totals.total != total or currency not in (None, found.totals.currency):
        raise Changed(_("The total has changed. Please look at it once more."))
    if found.totals.total and not checkout.gateway:
        raise Incomplete(_("Choose how to pay."))
    totals = found.totals
    order = Order.objects.create(
        idempotency_key=checkout.key,
        user=checkout.user,
        email=checkout.email,
        language=get_language() or "en",
        currency=totals.currency,
        prices_include_tax=totals.prices_include_tax,
        subtotal=totals.subtotal,
        discount=totals.discount,
        delivery=totals.delivery,
        delivery_tax=totals.delivery_tax,
        delivery_tax_rate=found.delivery_rate,
        tax=totals.tax,
        total=totals.total,
        voucher_code=cart.voucher.code if cart.voucher else "",
        delivery_method=found.offer.method,
        delivery_name=found.offer.method.name,
        weight=found.weight,
        country=shipping.country,
        shipping=shipping.as_dict(),
        billing=billing.as_dict(),
        gateway=checkout.gateway if totals.total else "",
        pay_until=now() + timedelta(minutes=store.payment_minutes),
    )
    if cart.voucher_id is not None:
        try:
            use_voucher(
                voucher_id=cart.voucher_id,
                subtotal=totals.subtotal,
                currency=totals.currency,
                customer=customer,
                reference=order.number,
            )
        except VoucherRejected as problem:  # its last use went while we were getting here
            raise Changed(str(problem)) from problem
    try:
        stock.reserve(
            reference=order.number,
            quantities={line.variant_id: line.quantity for line in lines},
        )
    except stock.OutOfStock as short:
        raise Changed(_short(lines, short.left)) from short
    OrderLine.objects.bulk_create(_lines(order, lines, found, pictures))
    OrderEvent.objects.create(
        order=order, kind=OrderEvent.Kind.STATE, after=State.PLACED, actor=checkout.user
    )
    return order


def _lines(
    order: Order, lines: list[CartLine], found: Quote, pictures: dict[int, str]
) -> Iterable[OrderLine]:
    for line, item, rate in zip(lines, found.totals.items, found.tax_rates, strict=True):
        variant = line.variant
        yield OrderLine(
            order=order,
            product=variant.product,
            variant=variant,
            title=variant.product.title,
            sku=variant.sku,
            options=[[one.attribute.name, one.value] for one in variant.options.all()],
            picture=pictures.get(variant.pk, ""),
            unit_price=item.amount / line.quantity,
            quantity=line.quantity,
            amount=item.amount,
            discount=item.discount,
            tax_rate=rate,
            tax=item.tax,
        )


def _check_catalogue(lines: list[CartLine]) -> None:
    for line in lines:
        variant, title = line.variant, line.variant.product.title
        if not (variant.published and variant.product.published):
            raise Changed(_("%(title)s is no longer sold.") % {"title": title})
        if variant.price != line.price_seen:
            raise Changed(_("The price of %(title)s has changed.") % {"title": title})


def _short(lines: list[CartLine], left: dict[int, int]) -> str:
    """What there is too little of, in words."""
    told = []
    for line in lines:
        if line.variant_id in left:
            named = {"title": line.variant.product.title, "left": left[line.variant_id]}
            told.append(
                _("Of %(title)s only %(left)d are left.") % named
                if named["left"]
                else _("%(title)s has just been sold out.") % named
            )
    return " ".join(told)


def _keep_pictures(key: uuid.UUID) -> dict[int, str]:
    """Copies of the lines' pictures, by variant. Files take a while, and no lock waits for them."""
    lines = CartLine.objects.filter(cart__checkout=key).in_full()
    kept = {}
    for line in lines:
        images = line.variant.product.images.all()
        kept[line.variant_id] = keep_picture(line.variant.image or next(iter(images), None))
    return kept


def _again_after_deadlock(do: Callable[[], T]) -> T:
    for attempt in range(1, ATTEMPTS + 1):
        try:
            return do()
        except OperationalError as error:
            sqlstate = getattr(error.__cause__, "sqlstate", None)
            nested = transaction.get_connection().in_atomic_block
            if sqlstate not in AGAIN or attempt == ATTEMPTS or nested:
                raise
            time.sleep(random.uniform(0, PAUSE * 2**attempt))  # noqa: S311  (no secret)
    raise AssertionError("unreachable")


def checkout_for(*, cart: Cart, user: User | None) -> Checkout:
    """The checkout of a cart, begun now unless it was before."""
    checkout, _new = Checkout.objects.get_or_create(cart=cart)
    if checkout.user != user:
        checkout.user = user
        checkout.save(update_fields=["user", "updated_at"])
    return checkout
