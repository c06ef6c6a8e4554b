"""Ordering again: what is still sold goes into the cart, and the shopper hears what does not."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.http import HttpRequest
from django.utils.translation import gettext as _

from shop.cart.models import MOST_OF_ONE
from shop.cart.services import NotAdded, add_to_cart
from shop.orders.models import Order


@dataclass
class Reordered:
    """How many units went into the cart, and a sentence for each line that did not in full."""

    quantity: int = 0
    problems: list[str] = field(default_factory=list)


def reorder(*, request: HttpRequest, order: Order) -> Reordered:
    """Put what was ordered into the cart of who asks, at today's prices."""
    done = Reordered()
    for line in order.lines.select_related("variant"):
        if line.variant is None:
            done.problems.append(_("“%(title)s” is no longer sold.") % {"title": line.title})
            continue
        quantity = min(line.quantity, MOST_OF_ONE)
        try:
            added = add_to_cart(request=request, sku=line.variant.sku, quantity=quantity)
        except NotAdded as problem:
            done.problems.append(f"“{line.title}”: {problem}")
            continue
        done.quantity += added.quantity
        if added.message:
            done.problems.append(added.message)
    return done
