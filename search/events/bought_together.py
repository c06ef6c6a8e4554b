"""What goes with a product because others bought both.

Pairs are counted as orders are placed, and older orders count less: their share halves every
`HALF_LIFE_DAYS`. Nothing has to be counted down for that: an order of a later day weighs more, by
2 ^ (days / half-life), and only the scale of today is divided out where it matters (forward decay:
Cormode, Shkapenyuk, Srivastava, Xu 2009). Pairs are ranked by c(a,b) / sqrt(c(b)), the cosine of
Linden, Smith and York (2003) for a fixed a, so that what everybody buys is not what goes with
everything.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from django.db import connection
from django.utils import timezone

HALF_LIFE_DAYS = 90.0
# A day of about now: weights stay near 1 for years, and within a double for centuries. Of use only
# as long as nobody changes it, nor the half-life: both are in every stored weight.
EPOCH = date(2026, 1, 1)
# Orders, by today's weight, that both have to be in; more than so many. Three lately, or more
# that are older.
SUPPORT = 2.0
# Products of one order that are paired: a pair for each two of them. The rest of a longer order is
# left out.
MOST_IN_ORDER = 30
# Others that are kept of each product, those it was bought with most.
MOST_OTHERS = 200


def weight_on(day: date) -> float:
    """What one order of that day weighs."""
    return float(2.0 ** ((day - EPOCH).days / HALF_LIFE_DAYS))


def count(orders: Iterable[Sequence[int]], day: date) -> None:
    """Count orders of that day: of each, the keys of its products."""
    pairs: Counter[tuple[int, int]] = Counter()
    for order in orders:
        products = sorted(set(order))[:MOST_IN_ORDER]
        # Each with itself, too: how many orders it was in at all.
        pairs.update((one, other) for one in products for other in products)
    if not pairs:
        return
    products = sorted({one for one, _ in pairs})
    # In one order, so that two who count the same wait for each other and not in a circle.
    rows = sorted(pairs.items())
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO search_boughttogether AS pair (product_id, other_id, weight)
            SELECT * FROM unnest(%(ones)s::bigint[], %(others)s::bigint[], %(weights)s::float8[])
                ON CONFLICT (product_id, other_id)
                DO UPDATE SET weight = pair.weight + EXCLUDED.weight
            """,
            {
                "ones": [one for (one, _), _ in rows],
                "others": [other for (_, other), _ in rows],
                "weights": [times * weight_on(day) for _, times in rows],
            },
        )
        cursor.execute(
            """
            DELETE FROM search_boughttogether WHERE id IN (
                SELECT id FROM (
                    SELECT id, row_number() OVER (
                               PARTITION BY product_id ORDER BY weight DESC, id
                           ) AS place
                      FROM search_boughttogether
                     WHERE product_id = ANY(%(products)s) AND other_id <> product_id
                ) pair WHERE place > %(most)s
            )
            """,
            {"products": products, "most": MOST_OTHERS},
        )


def goes_with(product_id: int, limit: int = 8) -> list[int]:
    """The keys of products on sale that were bought together with this one, best first; none
    while fewer than `SUPPORT` orders say so."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT pair.other_id
              FROM search_boughttogether pair
              JOIN search_boughttogether alone
                ON alone.product_id = pair.other_id AND alone.other_id = pair.other_id
              JOIN search_listing listing ON listing.product_id = pair.other_id
             WHERE pair.product_id = %(product)s AND pair.other_id <> pair.product_id
               AND pair.weight > %(support)s
             ORDER BY pair.weight / sqrt(alone.weight) DESC, pair.other_id
             LIMIT %(limit)s
            """,
            {
                "product": product_id,
                "support": SUPPORT * weight_on(timezone.now().date()),
                "limit": limit,
            },
        )
        return [other for (other,) in cursor]
