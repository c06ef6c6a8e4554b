"""Signed links, by which whoever has an order's mail sees it without an account."""

from __future__ import annotations

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest
from django.urls import reverse

from shop.orders.models import SESSION_KEY, Order

# A session is read with each page: it remembers so many orders, the newest.
MOST_REMEMBERED = 50

SALT = "shop.orders.links"


def signed_url(order: Order) -> str:
    """The absolute address at which a guest may open the order."""
    return f"{settings.SHOP_URL}{signed_path(order)}"


def signed_path(order: Order) -> str:
    return reverse("orders:signed", args=[order.number, Signer(salt=SALT).signature(order.number)])


def verify(number: str, signature: str) -> bool:
    """Whether we signed this number (with this key, or with one of SECRET_KEY_FALLBACKS)."""
    try:
        return Signer(salt=SALT).unsign(f"{number}:{signature}") == number
    except BadSignature:
        return False


def remember(request: HttpRequest, number: str) -> None:
    """Let this session see the order."""
    others = [one for one in request.session.get(SESSION_KEY, []) if one != number]
    request.session[SESSION_KEY] = [*others, number][-MOST_REMEMBERED:]
