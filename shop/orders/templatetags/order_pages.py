"""What pages and mails of orders need beside filters of the shop."""

from __future__ import annotations

from decimal import Decimal

from django import template
from django.contrib.auth.models import User
from django.core.files.storage import default_storage
from django.templatetags.static import static

from shop.addresses import PostalAddress
from shop.orders.amounts import rate_words
from shop.orders.models import Order, OrderLine
from shop.orders.states import State

LATEST = 3  # orders on the account's first page

register = template.Library()


@register.filter
def picture_url(line: OrderLine) -> str:
    """The address of the line's own picture, or of the one that stands for none."""
    return default_storage.url(line.picture) if line.picture else static("img/no-picture.svg")


@register.filter
def percent(rate: Decimal) -> str:
    """19, 8.1: a rate without zeros at its end."""
    return rate_words(rate)


@register.filter
def negative(amount: Decimal) -> Decimal:
    return -amount


@register.filter
def address_lines(address: PostalAddress) -> list[str]:
    """As on a letter, in the active language."""
    return address.lines()


@register.filter
def taken_back(line: OrderLine) -> int:
    """How many of an order that goes on are not sent, or were sent back."""
    order = line.order
    goes_on = order.shipped_at is not None or order.state in (State.PAID, State.PACKED)
    return line.returned if goes_on else 0


@register.simple_tag
def latest_orders(user: User) -> list[Order]:
    """The last few orders of an account, with their lines."""
    return list(Order.objects.of_user(user).prefetch_related("lines")[:LATEST])


@register.filter
def left_to_refund(order: Order) -> Decimal:
    """What was paid and not given back."""
    return order.total - order.refunded
