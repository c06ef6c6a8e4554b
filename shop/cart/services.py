"""What a shopper does with a cart.

Each change locks the cart's row first, so that two tabs, or a double click, follow each other.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.http import HttpRequest
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from shop.cart.models import MOST_LINES, MOST_OF_ONE, Cart, CartLine
from shop.catalog.models import Variant
from shop.promotions.services import Customer, check_voucher, find_voucher
from shop.signals import cart_added
from shop.store.current import current_store

SESSION_KEY = "cart"


class NotAdded(Exception):
    """Nothing was put in the cart; the message tells the shopper why."""


@dataclass(frozen=True)
class Added:
    """What came of adding: the line, how many were added, and a message where that was fewer."""

    line: CartLine
    quantity: int
    message: str = ""


def cart_of(request: HttpRequest) -> Cart | None:
    """The cart of who asks: their account's, else their session's."""
    if request.user.is_authenticated:
        return Cart.objects.filter(user=request.user).first()
    token = request.session.get(SESSION_KEY)
    return Cart.objects.filter(token=token, user=None).first() if token else None


def cart_or_new(request: HttpRequest) -> Cart:
    """The cart of who asks, a new one where they have none."""
    cart = cart_of(request)
    if cart is None and request.user.is_authenticated:
        cart, _new = Cart.objects.get_or_create(user=request.user)
    elif cart is None:
        cart = Cart.objects.create()
        request.session[SESSION_KEY] = str(cart.token)
    return cart


def count_items(request: HttpRequest) -> int:
    """How many things are in the cart of who asks; without a query where there is none."""
    lines = CartLine.objects.all()
    if request.user.is_authenticated:
        lines = lines.filter(cart__user=request.user)
    elif token := request.session.get(SESSION_KEY):
        lines = lines.filter(cart__token=token, cart__user=None)
    else:
        return 0
    return sum(lines.values_list("quantity", flat=True))


def add_to_cart(*, request: HttpRequest, sku: str, quantity: int = 1) -> Added:
    """Put so many of a variant into the cart of who asks, as many as there are.

    Raises `NotAdded` where there is nothing to put in.
    """
    if quantity < 1:
        raise NotAdded(_("Choose how many: 1 or more."))
    with transaction.atomic():
        variant = Variant.objects.for_sale().select_related("product").filter(sku=sku).first()
        if variant is None:
            raise NotAdded(_("This is no longer sold."))
        title = variant.product.title
        if not variant.in_stock:
            raise NotAdded(_("%(title)s is sold out.") % {"title": title})
        cart = lock_cart(cart_or_new(request))
        line = cart.lines.filter(variant=variant).first()
        if line is None and cart.lines.count() >= MOST_LINES:
            raise NotAdded(_full())
        held = line.quantity if line else 0
        most = min(variant.stock, MOST_OF_ONE)
        after = min(held + quantity, most)
        if after <= held:
            raise NotAdded(_all_held(title, held, variant.stock))
        line = _put(cart, variant, after)
        added = after - held
        cart_added.send_robust(
            sender=Variant,
            request=request,
            product_id=variant.product_id,
            variant_id=variant.pk,
            quantity=added,
        )
    message = "" if added == quantity else _fewer(title, added, variant.stock)
    return Added(line, added, message)


def set_quantity(*, cart: Cart, variant_id: int, quantity: int) -> str:
    """Have so many of a variant in the cart, none for 0; a message where it became fewer.

    A variant that is not in the cart is put into it, as undoing a removal does.
    """
    with transaction.atomic():
        cart = lock_cart(cart)
        if quantity <= 0:
            cart.lines.filter(variant=variant_id).delete()
            return ""
        variant = Variant.objects.for_sale().select_related("product").filter(pk=variant_id).first()
        if variant is None or not variant.in_stock:
            cart.lines.filter(variant=variant_id).delete()
            return _("This is no longer to be had, and was taken out of the cart.")
        held = cart.lines.filter(variant=variant_id).exists()
        if not held and cart.lines.count() >= MOST_LINES:
            return _full()
        after = min(quantity, variant.stock, MOST_OF_ONE)
        _put(cart, variant, after)
        return "" if after == quantity else _fewer(variant.product.title, after, variant.stock)


def apply_voucher(*, cart: Cart, code: str, customer: Customer) -> None:
    """Use a voucher with this cart. Raises `shop.promotions.services.VoucherRejected`."""
    with transaction.atomic():
        cart = lock_cart(cart)
        voucher = find_voucher(code=code)
        lines = cart.lines.select_related("variant")
        subtotal = sum((line.variant.price * line.quantity for line in lines), Decimal(0))
        check_voucher(
            voucher=voucher,
            subtotal=subtotal,
            currency=current_store().currency,
            customer=customer,
        )
        cart.voucher = voucher
        cart.save(update_fields=["voucher", "updated_at"])


def remove_voucher(*, cart: Cart) -> None:
    """Go on without a voucher."""
    Cart.objects.filter(pk=cart.pk).update(voucher=None)


# --- Rows ---------------------------------------------------------------------------------------


def lock_cart(cart: Cart) -> Cart:
    """The cart with its row locked, as it is now. Within a transaction."""
    return Cart.objects.select_for_update().get(pk=cart.pk)


def _put(cart: Cart, variant: Variant, quantity: int) -> CartLine:
    line, _new = CartLine.objects.update_or_create(
        cart=cart,
        variant=variant,
        defaults={"quantity": quantity},
        create_defaults={"quantity": quantity, "price_seen": variant.price},
    )
    Cart.objects.filter(pk=cart.pk).update(updated_at=now())
    return line


def _full() -> str:
    return _("The cart is full: it holds %(number)d different things.") % {"number": MOST_LINES}


def _all_held(title: str, held: int, stock: int) -> str:
    if held >= MOST_OF_ONE:
        return _("%(most)d of one thing is the most that the cart holds.") % {"most": MOST_OF_ONE}
    return ngettext(
        "There is only %(stock)d of %(title)s, and it is in your cart.",
        "There are only %(stock)d of %(title)s, and they are in your cart.",
        stock,
    ) % {"stock": stock, "title": title}


def _fewer(title: str, quantity: int, stock: int) -> str:
    if stock > quantity:
        return _("%(most)d of one thing is the most that the cart holds.") % {"most": MOST_OF_ONE}
    return ngettext(
        "Only %(stock)d of %(title)s is left.", "Only %(stock)d of %(title)s are left.", stock
    ) % {"stock": stock, "title": title}
