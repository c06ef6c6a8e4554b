"""What the cart knows of a customer."""

from typing import Any

from django.contrib.auth.models import User

from shop.accounts import personal_data
from shop.cart.models import Cart, CartLine


def register() -> None:
    personal_data.register("cart", export=export_cart, erase=erase_cart)


def export_cart(user: User) -> list[dict[str, Any]]:
    lines = CartLine.objects.filter(cart__user=user).select_related("variant__product")
    return [
        {
            "product": line.variant.product.title,
            "sku": line.variant.sku,
            "quantity": line.quantity,
            "added": line.added_at.isoformat(),
        }
        for line in lines
    ]


def erase_cart(user: User) -> None:
    Cart.objects.filter(user=user).delete()
