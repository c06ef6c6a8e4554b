"""The checkout of who asks, with all that its pages show, brought in step with the shop."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field

from django.http import HttpRequest
from django.utils.translation import gettext as _

from shop.cart.estimates import country_of
from shop.cart.lines import LineShown, lines_shown
from shop.cart.models import Cart
from shop.cart.quotes import Quote, quote
from shop.cart.review import review_cart
from shop.cart.services import cart_of, remove_voucher
from shop.checkout import paying
from shop.checkout.models import Checkout
from shop.checkout.placing import checkout_for
from shop.checkout.services import choose_gateway
from shop.checkout.steps import Step, first_open, steps_of
from shop.orders.models import Order
from shop.promotions.services import Customer

# In the session: the key of the checkout that it last began, which finds its order afterwards.
SESSION_KEY = "checkout"


@dataclass(frozen=True)
class UnderWay:
    """A checkout with its lines and what they cost; `changes` are to be said aloud."""

    checkout: Checkout
    lines: list[LineShown]
    quote: Quote
    gateways: dict[str, str]  # names and labels
    steps: list[Step]
    first_open: Step
    changes: list[str] = field(default_factory=list)


def begin(request: HttpRequest) -> UnderWay | list[str]:
    """The checkout of the cart of who asks; where that is empty, what changed in it.

    The cart is brought in step with the catalogue first. A voucher that takes nothing off any more
    is taken out.
    """
    cart = cart_of(request)
    if cart is None:
        return []
    changes = [change.text for change in review_cart(cart=cart)]
    cart = Cart.objects.select_related("voucher").get(pk=cart.pk)
    lines = list(cart.lines.in_full())
    if not lines:
        return changes
    user = request.user if request.user.is_authenticated else None
    checkout = checkout_for(cart=cart, user=user)
    if request.session.get(SESSION_KEY) != str(checkout.key):
        request.session[SESSION_KEY] = str(checkout.key)
    address = checkout.shipping_address
    email = checkout.email or (user.email if user is not None else "")
    found = quote(
        lines=lines,
        country=address.country if address is not None else country_of(cart),
        method_id=checkout.delivery_method_id,
        voucher=cart.voucher,
        customer=Customer(user=user, email=email),
    )
    if found.voucher_problem:
        remove_voucher(cart=cart)
        changes.append(_("%(reason)s It was taken off.") % {"reason": found.voucher_problem})
    gateways = paying.labels()
    if len(gateways) == 1 and checkout.gateway not in gateways:
        choose_gateway(checkout=checkout, gateway=next(iter(gateways)))
    names = list(gateways)
    return UnderWay(
        checkout=checkout,
        lines=lines_shown(lines, found.totals),
        quote=found,
        gateways=gateways,
        steps=steps_of(found, names),
        first_open=first_open(checkout, found, names),
        changes=changes,
    )


def own_checkout(request: HttpRequest, key: str) -> Checkout | None:
    """The checkout with this key, if it is of who asks: of their session or account.

    Also one whose order they may see, though another was begun since.
    """
    try:
        wanted = uuid.UUID(key)
    except ValueError:
        return None
    found = Checkout.objects.select_related("order", "cart").filter(pk=wanted).first()
    if found is None:
        return None
    if request.user.is_authenticated and found.user_id == request.user.pk:
        return found
    if request.session.get(SESSION_KEY) == str(found.key):
        return found
    if found.order is None:
        return None
    seen = Order.objects.visible_to(request).filter(pk=found.order.pk)
    return found if seen.exists() else None


def last_order(request: HttpRequest) -> Order | None:
    """The order that the session's last checkout became."""
    checkout = own_checkout(request, request.session.get(SESSION_KEY, ""))
    return checkout.order if checkout is not None else None
