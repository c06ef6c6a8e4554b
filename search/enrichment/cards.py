"""What waits for a decision, product by product, surest first.

A product's place is that of its surest suggestion: pages are read along an index, and a suggestion
is passed over if its product has a surer one. Nothing is counted but what a page tells, and that
only so far.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from typing import Any

from django.db import connection
from django.db.models import Prefetch
from django.utils import timezone

from search.attributes.models import AttributeSuggestion
from search.enrichment.decisions import ATTRIBUTE, Keys, Suggestion
from search.enrichment.models import Kind, ProductSuggestion, SuggestionAction
from shop.catalog.models import Category, Product, ProductImage
from shop.keys import key_of

ON_A_PAGE = 20
# Of a product with a hundred pictures, so many suggestions are shown at once.
OF_A_PRODUCT = 12
# What is more is not counted.
COUNTED = 1_000
DECIDED_SHOWN = 100
UNDONE_TOLD = timedelta(days=1)


@dataclass(frozen=True)
class Filters:
    """`kind`: of `Kind`, "attribute", or "attribute-" and a key; `category`: key, with all below it
    (of the product, or suggested); `at_least`: confidence. Empty or 0: all. `unseen`: only what may
    be accepted without a look, which is no category above those that products are in."""

    kind: str = ""
    category: int = 0
    at_least: float = 0.0
    unseen: bool = False

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True)
class Card:
    """A product with what is suggested for it, surest first. `more`: how many are not shown."""

    product: Product
    suggestions: list[Suggestion]
    more: int


@dataclass(frozen=True)
class CardPage:
    """`after`: where the next page begins; None where this is the last."""

    cards: list[Card] = field(default_factory=list)
    after: tuple[float, int] | None = None


@dataclass(frozen=True)
class _Table:
    """One of the two tables, as SQL asks it."""

    model: type[Suggestion]
    kind: str


_TABLES = (
    _Table(AttributeSuggestion, f"'{ATTRIBUTE}'::text"),
    _Table(ProductSuggestion, "{row}.kind::text"),
)


def page_of(filters: Filters, *, after: tuple[float, int] | None = None) -> CardPage:
    """The cards of a page, in a fixed number of statements. `after`: of the page before."""
    parameters = _parameters(filters)
    beyond = ""
    if after is not None:
        parameters |= {"sure": after[0], "product": after[1]}
        beyond = " AND (mine.calibrated, mine.product_id) < (%(sure)s, %(product)s)"
    # Nothing surer of the same product: looked up for one after the other, as far as need be.
    beyond += (
        f" AND (SELECT 1 FROM ({_open(filters, row='own', of_product='mine.product_id')}) other"  # noqa: S608
        " WHERE (other.calibrated, other.kind, other.id)"
        " > (mine.calibrated, {kind}, mine.id) LIMIT 1) IS NULL"
    )
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT product_id, calibrated FROM ({_surest(filters, beyond, ON_A_PAGE + 1)}) one"  # noqa: S608
            f" ORDER BY calibrated DESC, product_id DESC LIMIT {ON_A_PAGE + 1}",
            parameters,
        )
        leaders = cursor.fetchall()
    shown = leaders[:ON_A_PAGE]
    more = len(leaders) > ON_A_PAGE
    return CardPage(
        cards_of([product for product, _ in shown], filters),
        (shown[-1][1], shown[-1][0]) if more else None,
    )


def cards_of(products: Sequence[int], filters: Filters) -> list[Card]:
    """What is open for these products (keys), in their order."""
    pictures = ProductImage.objects.order_by("position", "pk")
    rows = (
        Product.objects.select_related("category")
        .prefetch_related(Prefetch("images", pictures))
        .in_bulk(products)
    )
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT kind, id, product_id FROM ({_open(filters)}) one"  # noqa: S608
            " WHERE product_id = ANY(%(products)s) ORDER BY calibrated DESC, kind, id",
            {**_parameters(filters), "products": list(products)},
        )
        found = cursor.fetchall()
    by_product: dict[int, list[tuple[str, int]]] = {}
    for kind, key, product in found:
        by_product.setdefault(product, []).append((kind, key))
    wanted = [one for some in by_product.values() for one in some[:OF_A_PRODUCT]]
    known = suggestions_of(wanted)
    return [
        Card(
            rows[product],
            [known[one] for one in by_product[product][:OF_A_PRODUCT] if one in known],
            max(0, len(by_product[product]) - OF_A_PRODUCT),
        )
        for product in products
        if product in rows and product in by_product
    ]


def suggestions_of(wanted: Sequence[tuple[str, int]]) -> Mapping[tuple[str, int], Suggestion]:
    """Suggestions by kind and key, with what is told of them."""
    attributes = AttributeSuggestion.objects.select_related(
        "value__attribute", "chosen_value", "decided_by", "product", "action"
    ).in_bulk([key for kind, key in wanted if kind == ATTRIBUTE])
    completions = ProductSuggestion.objects.select_related(
        "category", "value__attribute", "image", "chosen_category", "chosen_value", "decided_by",
        "product", "action",
    ).in_bulk([key for kind, key in wanted if kind != ATTRIBUTE])  # fmt: skip
    found: dict[tuple[str, int], Suggestion] = {}
    for key, attribute in attributes.items():
        found[ATTRIBUTE, key] = attribute
    for key, completion in completions.items():
        found[completion.kind, key] = completion
    return found


def count(filters: Filters, *, most: int | None = None) -> int:
    """How many suggestions are open, at most `most`."""
    limit = "" if most is None else f"LIMIT {int(most)}"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT count(*) FROM (SELECT 1 FROM ({_open(filters)}) one {limit}) counted",  # noqa: S608
            _parameters(filters),
        )
        return int(cursor.fetchone()[0])


def counts_by_kind(filters: Filters) -> dict[str, int]:
    """How many of each kind are open; not more than `COUNTED` and one are counted."""
    return {
        kind: count(Filters(kind, filters.category, filters.at_least), most=COUNTED + 1)
        for kind in (*map(str, Kind), ATTRIBUTE)
    }


def totals_by_kind(filters: Filters) -> dict[str, int]:
    """How many of each kind are open, all counted: before they are accepted at once."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT kind, count(*) FROM ({_open(filters)}) one GROUP BY kind",  # noqa: S608
            _parameters(filters),
        )
        return dict(cursor.fetchall())


def next_of(action: SuggestionAction, limit: int) -> Keys:
    """The next suggestions that an action on all above a confidence is about."""
    filters = Filters(**{**action.chosen, "at_least": action.above or 0.0, "unseen": True})
    with connection.cursor() as cursor:
        before = " AND mine.suggested_at <= %(before)s"
        cursor.execute(
            f"SELECT kind, id FROM ({_surest(filters, before, limit)}) one"  # noqa: S608
            f" ORDER BY calibrated DESC, product_id DESC LIMIT {int(limit)}",
            {**_parameters(filters), "before": action.made_at},
        )
        found = cursor.fetchall()
    return Keys(
        [key for kind, key in found if kind == ATTRIBUTE],
        [key for kind, key in found if kind != ATTRIBUTE],
    )


def decided(filters: Filters) -> list[Suggestion]:
    """What was decided, or came too late, latest first: at most `DECIDED_SHOWN`."""
    parts = []
    for table in _tables(filters):
        row = "mine"
        parts.append(
            f"(SELECT {table.kind.format(row=row)} AS kind, {row}.id, {row}.decided_at"  # noqa: S608
            f" FROM {table.model._meta.db_table} {row}"
            f" WHERE {row}.decided_at IS NOT NULL AND {row}.state <> 'superseded'"
            f" {_conditions(table, filters, row)}"
            f" ORDER BY {row}.decided_at DESC LIMIT {DECIDED_SHOWN})"
        )
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT kind, id FROM ({' UNION ALL '.join(parts)}) latest"  # noqa: S608
            f" ORDER BY decided_at DESC LIMIT {DECIDED_SHOWN}",
            _parameters(filters),
        )
        keys = cursor.fetchall()
    known = suggestions_of(keys)
    return [known[key] for key in keys if key in known]


# --- SQL ----------------------------------------------------------------------------------------


def _open(filters: Filters, *, row: str = "mine", of_product: str = "") -> str:
    """SQL: kind, id, product_id and calibrated of what is open, of both tables."""
    more = f" AND {row}.product_id = {of_product}" if of_product else ""
    return " UNION ALL ".join(_part(table, filters, row) + more for table in _tables(filters))


def _surest(filters: Filters, more: str, limit: int) -> str:
    """SQL: the surest of what is open, of each table, for which `more` holds. Each table is read
    along its index, which PostgreSQL would not do for both together."""
    order = f" ORDER BY mine.calibrated DESC, mine.product_id DESC LIMIT {int(limit)}"
    return " UNION ALL ".join(
        f"({_part(table, filters, 'mine')}"
        f"{more.replace('{kind}', table.kind.format(row='mine'))}{order})"
        for table in _tables(filters)
    )


def _part(table: _Table, filters: Filters, row: str) -> str:
    return (
        f"SELECT {table.kind.format(row=row)} AS kind, {row}.id, {row}.product_id,"  # noqa: S608
        f" {row}.calibrated FROM {table.model._meta.db_table} {row}"
        f" WHERE {row}.state = 'suggested'{_conditions(table, filters, row)}"
    )


def _tables(filters: Filters) -> Sequence[_Table]:
    if not filters.kind:
        return _TABLES
    return _TABLES[:1] if filters.kind.startswith(ATTRIBUTE) else _TABLES[1:]


def _conditions(table: _Table, filters: Filters, row: str) -> str:
    told = ""
    if filters.kind.startswith(f"{ATTRIBUTE}-"):
        told += f" AND {row}.attribute_id = %(attribute)s"
    elif filters.kind and filters.kind != ATTRIBUTE:
        told += f" AND {row}.kind = %(kind)s"
    if filters.unseen and table.model is ProductSuggestion:
        told += f" AND NOT {row}.rough"
    if filters.at_least:
        told += f" AND {row}.calibrated >= %(at_least)s"
    if filters.category:
        inside = (
            f"EXISTS (SELECT FROM catalog_product product WHERE product.id = {row}.product_id"
            " AND product.category_id = ANY(%(categories)s))"
        )
        suggested = f" OR {row}.category_id = ANY(%(categories)s)"
        told += f" AND ({inside}{suggested if table.model is ProductSuggestion else ''})"
    return told


def _parameters(filters: Filters) -> dict[str, Any]:
    found: dict[str, Any] = {"kind": filters.kind, "at_least": filters.at_least}
    if filters.kind.startswith(f"{ATTRIBUTE}-"):
        key = filters.kind.removeprefix(f"{ATTRIBUTE}-")
        found["attribute"] = key_of(key) or 0
    if filters.category:
        paths = Category.objects.filter(pk=filters.category).values_list("path", flat=True)
        below = [Category.objects.filter(path__startswith=path) for path in paths]
        found["categories"] = [key for some in below for key in some.values_list("pk", flat=True)]
    return found


def last_actions(most: int = 3) -> list[SuggestionAction]:
    """What was accepted for many at once lately, and is going on: latest first. What was undone is
    told of for a day."""
    rows = SuggestionAction.objects.filter(above__isnull=False).select_related("made_by")
    rows = rows.exclude(undone_at__lt=timezone.now() - UNDONE_TOLD)
    return list(rows.order_by("-made_at")[:most])
