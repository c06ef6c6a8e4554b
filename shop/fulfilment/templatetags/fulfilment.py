"""Amounts on the merchant's pages."""

from __future__ import annotations

from decimal import Decimal

from django import template

from shop.money import formatted

register = template.Library()


@register.filter
def in_currency(amount: Decimal | None, currency: str) -> str:
    """An amount as the active language writes it; nothing for no amount."""
    return "" if amount is None else formatted(amount, currency)
