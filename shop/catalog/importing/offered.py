"""What a new product is sold as, in a line: 3 variants, $9.99 to $12.00, stock 7 (SKU A, B, C)."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from shop.catalog.models import Variant
from shop.formats import number
from shop.money import formatted
from shop.store.current import current_store

# So many SKUs are named.
NAMED = 3


def offered(variants: Sequence[Variant]) -> str:
    """Of the rows as they are or will be written, at least one; asks the database nothing."""
    prices = [variant.price for variant in variants]
    currency = current_store().currency
    price = formatted(min(prices), currency)
    if max(prices) > min(prices):
        price = _("%(lowest)s to %(highest)s") % {
            "lowest": price,
            "highest": formatted(max(prices), currency),
        }
    skus = ", ".join(variant.sku for variant in variants[:NAMED])
    return ngettext(
        "%(count)s variant, %(price)s, stock %(stock)s (SKU %(skus)s)",
        "%(count)s variants, %(price)s, stock %(stock)s (SKU %(skus)s)",
        len(variants),
    ) % {
        "count": number(len(variants)),
        "price": price,
        "stock": number(sum(variant.stock for variant in variants)),
        "skus": f"{skus}, …" if len(variants) > NAMED else skus,
    }
