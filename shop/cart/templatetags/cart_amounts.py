"""How amounts of a cart are written."""

from decimal import Decimal

from babel.numbers import format_percent
from django import template
from django.utils.translation import get_language, to_locale

register = template.Library()


@register.filter
def negative(amount: Decimal) -> Decimal:
    """What is taken off, as it stands in a sum."""
    return -amount


@register.filter
def percent(rate: Decimal) -> str:
    """A rate in percent, as the language writes it: 19%, 8.25%; in German 19 %."""
    locale = to_locale(get_language() or "en")
    return format_percent(rate / 100, locale=locale, decimal_quantization=False)
