"""The cart against the catalogue as it is now: prices and stock change while a cart waits."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from shop.cart.models import Cart, CartLine
from shop.cart.services import lock_cart
from shop.catalog.models import Product, Variant
from shop.money import formatted
from shop.store.current import current_store


@dataclass(frozen=True)
class Change:
    """Something about a line that changed since the shopper last saw it; `text` tells them."""

    text: str
    product: Product | None = None


def review_cart(*, cart: Cart) -> list[Change]:
    """Bring the cart in step with the catalogue: what changed, to be said aloud, each once.

    What is gone or sold out is taken out; of what is short the rest is left; prices are told.
    """
    changes: list[Change] = []
    with transaction.atomic():
        cart = lock_cart(cart)
        lines = list(cart.lines.select_related("variant__product"))
        on_sale = set(
            Variant.objects.for_sale()
            .filter(pk__in=[line.variant_id for line in lines])
            .values_list("pk", flat=True)
        )
        gone, changed = [], []
        for line in lines:
            variant, product = line.variant, line.variant.product
            named = {"title": product.title}
            if variant.pk not in on_sale:
                changes.append(Change(_("%(title)s is no longer sold, and was taken out.") % named))
                gone.append(line.pk)
                continue
            if not variant.in_stock:
                changes.append(
                    Change(_("%(title)s is sold out by now, and was taken out.") % named, product)
                )
                gone.append(line.pk)
                continue
            found = _changes_of(line)
            if found:
                changed.append(line)
                changes += [Change(text, product) for text in found]
        if gone:
            CartLine.objects.filter(pk__in=gone).delete()
        if changed:
            CartLine.objects.bulk_update(changed, ["quantity", "price_seen"])
    return changes


def _changes_of(line: CartLine) -> list[str]:
    """What changed of a line that can still be bought, in words; the line is brought in step."""
    variant, title = line.variant, line.variant.product.title
    currency = current_store().currency
    found = []
    if line.quantity > variant.stock:
        found.append(
            ngettext(
                "Only %(left)d of %(title)s is left: the quantity was lowered.",
                "Only %(left)d of %(title)s are left: the quantity was lowered.",
                variant.stock,
            )
            % {"left": variant.stock, "title": title}
        )
        line.quantity = variant.stock
    if line.price_seen != variant.price:
        words = (
            _("%(title)s now costs %(now)s, which is less than before (%(before)s).")
            if variant.price < line.price_seen
            else _("%(title)s now costs %(now)s, which is more than before (%(before)s).")
        )
        found.append(
            words
            % {
                "title": title,
                "now": formatted(variant.price, currency),
                "before": formatted(line.price_seen, currency),
            }
        )
        line.price_seen = variant.price
    return found
