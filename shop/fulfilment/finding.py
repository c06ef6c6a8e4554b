"""Finding orders by what a merchant has at hand: a number, an e-mail, a name, a SKU, a parcel.

Each way has an index of its own (migration 0001), so the expressions here are those of the indexes;
the ways are united as sets of keys, for PostgreSQL would answer an OR across them by reading all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.db.models import Q, QuerySet, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Lower, Upper

from shop.orders.models import Order, OrderLine

# As in the index fulfilment_order_names.
NAMES = """to_tsvector('simple',
    coalesce(shipping ->> 'name', '') || ' ' || coalesce(shipping ->> 'company', '') || ' ' ||
    coalesce(billing ->> 'name', '') || ' ' || coalesce(billing ->> 'company', ''))
    @@ to_tsquery('simple', %s)"""


def find_orders(orders: QuerySet[Order], text: str) -> QuerySet[Order]:
    """Those of `orders` that `text` may mean. Nothing typed finds all."""
    text = text.strip()
    if not text:
        return orders
    keys = [*_by_text(text)]
    return orders.filter(pk__in=keys[0].union(*keys[1:]))


def _by_text(text: str) -> Iterable[QuerySet]:
    """For each way the keys of the orders that begin as `text` does."""
    every = Order.objects.order_by()
    numbers = Q(number__startswith=text.upper())
    if bare := _as_number(text):
        numbers |= Q(number=bare)
    yield every.filter(numbers).values("pk")
    yield every.annotate(found=Lower("email")).filter(found__startswith=text.lower()).values("pk")
    tracked = every.exclude(tracking_number="").annotate(found=Upper("tracking_number"))
    yield tracked.filter(found__startswith=_without_blanks(text).upper()).values("pk")
    lines = OrderLine.objects.order_by().annotate(found=Upper("sku"))
    yield lines.filter(found__startswith=text.upper()).values("order")
    words = re.findall(r"\w+", text)
    if words:
        query = " & ".join(f"'{word}':*" for word in words)
        named = every.annotate(named=RawSQL(NAMES, [query]))  # noqa: S611  (no text but a value)
        yield named.filter(named=Value(True)).values("pk")


def _as_number(text: str) -> str:
    """The number of an order as it is kept, of one read out without its dashes; "" for no such."""
    bare = re.sub(r"[\s-]", "", text).upper()
    return f"{bare[:4]}-{bare[4:8]}-{bare[8:]}" if len(bare) == 10 else ""


def _without_blanks(text: str) -> str:
    return "".join(text.split())
