"""What a product's page says of delivery: how long it takes, and what it costs."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from shop.delivery.models import DeliveryMethod
from shop.delivery.offers import methods_to
from shop.money import formatted


def delivery_words(*, country: str, currency: str) -> list[str]:
    """A line for each way of delivery to `country` (ISO 3166-1 alpha-2), in the merchant's order.

    "Standard: 2–4 working days, from $4.90, free from $50.00". Two queries; none goes there: [].
    """
    return [_line(method, currency) for method in methods_to(country)]


def days_words(method: DeliveryMethod) -> str:
    """How long it takes: "2–4 working days"."""
    if method.days_min == method.days_max:
        return ngettext("%(days)d working day", "%(days)d working days", method.days_max) % {
            "days": method.days_max
        }
    return _("%(least)d–%(most)d working days") % {
        "least": method.days_min,
        "most": method.days_max,
    }


def _line(method: DeliveryMethod, currency: str) -> str:
    told = [days_words(method)]
    prices = sorted({rate.price for rate in method.rates.all()})
    if prices and prices[-1] == 0:
        told.append(_("free"))
    elif len(prices) == 1:
        told.append(formatted(prices[0], currency))
    elif prices:
        told.append(_("from %(price)s") % {"price": formatted(prices[0], currency)})
    if method.free_from is not None and prices and prices[-1] > 0:
        told.append(_("free from %(total)s") % {"total": formatted(method.free_from, currency)})
    return f"{method.name}: {', '.join(told)}"
