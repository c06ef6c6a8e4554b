"""What a visitor put into the cart before logging in goes along into the account."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import ngettext

from shop.cart.models import MOST_LINES, Cart
from shop.cart.services import SESSION_KEY


def merge_at_login(*, request: HttpRequest, user: User) -> str:
    """Bring what the session held into the account's cart: of each thing the larger number.

    A message that tells the shopper, "" where the account had nothing else.
    """
    token = request.session.pop(SESSION_KEY, None)
    if not token:
        return ""
    with transaction.atomic():
        guest = Cart.objects.select_for_update().filter(token=token, user=None).first()
        if guest is None:
            return ""
        own = Cart.objects.select_for_update().filter(user=user).first()
        if own is None:
            guest.user = user
            guest.save(update_fields=["user", "updated_at"])
            return ""
        more = merge_carts(into=own, other=guest)
    if not more:
        return ""
    return ngettext(
        "%(number)d thing that you put into the cart earlier is in it again.",
        "%(number)d things that you put into the cart earlier are in it again.",
        more,
    ) % {"number": more}


def merge_carts(*, into: Cart, other: Cart) -> int:
    """Move what `other` holds into `into`. Of each thing the larger number counts. `other` is empty
    then, and deleted once this is committed: its checkout, which knows it, may be placing an order,
    and waits for it while others wait for the checkout.

    How many lines of `into` differ from what `other` held: what the shopper may have forgotten.
    Within a transaction that holds both carts' rows.
    """
    held = {line.variant_id: line for line in into.lines.all()}
    forgotten = dict(held)
    for line in other.lines.order_by("-pk"):
        own = held.get(line.variant_id)
        if own is None:
            if len(held) < MOST_LINES:
                line.cart = into
                line.save(update_fields=["cart"])
                held[line.variant_id] = line
            continue
        if line.quantity >= own.quantity:
            forgotten.pop(line.variant_id)
        if line.quantity > own.quantity:
            own.quantity = line.quantity
            own.save(update_fields=["quantity"])
    into.voucher = other.voucher or into.voucher
    into.country = other.country or into.country
    into.save(update_fields=["voucher", "country", "updated_at"])
    other.lines.all().delete()
    transaction.on_commit(Cart.objects.filter(pk=other.pk, user=None).delete, robust=True)
    return len(forgotten)
