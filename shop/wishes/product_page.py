"""What the page of a product shows of wishes: the heart, and the form for what is sold out."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from shop.catalog.models import Product, Variant
from shop.wishes.forms import BackInStockForm
from shop.wishes.wishlist import key_of


def load(request: HttpRequest, product: Product, variant: Variant) -> dict[str, Any]:
    """`wish_key`, None if it is not wished; `back_in_stock_form` if the variant is sold out."""
    form = None if variant.in_stock else BackInStockForm.for_request(request, variant)
    return {"wish_key": key_of(request, product), "back_in_stock_form": form}
