"""The pairs that wait, as pages read them: in a fixed number of queries, however many there are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Max, Min, Q, QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from search.duplicates.models import DuplicatePair, DuplicatePairQuerySet, PictureSignature
from shop.catalog.models import Product, ProductImage, Variant

# Counted as far as that: beyond it a page says "more than".
COUNTED = 1_000
# A product's page says no more of its pictures.
ALSO_ON = 200
ALL, DRAFTS, EXACT, DECIDED = "all", "drafts", "exact", "decided"
LABELS = {
    ALL: _("Waiting"),
    DRAFTS: _("With a draft"),
    EXACT: _("The very same file"),
    DECIDED: _("Decided"),
}


@dataclass(frozen=True)
class Offer:
    """What a product costs, from and to, and how many units of it there are."""

    lowest: Decimal | None
    highest: Decimal | None
    stock: int


@dataclass(frozen=True)
class Side:
    """One of the two pictures, with its product."""

    image: ProductImage
    product: Product
    offer: Offer


@dataclass(frozen=True)
class Shown:
    """A pair with both sides; the product that came first, first."""

    pair: DuplicatePair
    sides: tuple[Side, Side]


def chosen(show: str) -> DuplicatePairQuerySet:
    """The pairs of one of `LABELS`, in the order in which they are shown."""
    if show == DECIDED:
        decided = DuplicatePair.objects.exclude(state=DuplicatePair.State.OPEN)
        return decided.order_by("-decided_at", "-pk")
    waiting = DuplicatePair.objects.waiting().order_by("-pk")
    if show == DRAFTS:
        return waiting.with_drafts()
    return waiting.exact() if show == EXACT else waiting


def count(pairs: QuerySet[DuplicatePair]) -> int:
    """As far as `COUNTED` and one."""
    return pairs.order_by()[: COUNTED + 1].count()


def not_compared() -> int:
    """How many pictures are yet to be compared, as far as `COUNTED` and one."""
    return PictureSignature.objects.filter(due_at__isnull=False)[: COUNTED + 1].count()


def shown(pairs: QuerySet[DuplicatePair]) -> list[Shown]:
    """In two queries."""
    rows = list(pairs.select_related("image__product", "other__product", "decided_by"))
    offers = offers_of({image.product_id for row in rows for image in (row.image, row.other)})
    return [Shown(row, _sides(row, offers)) for row in rows]


def also_on(images: Sequence[int]) -> dict[int, list[tuple[DuplicatePair, Product]]]:
    """By picture of a product (keys): the other products that have it, each with the pair. What was
    found not to be the same is left out."""
    own = set(images)
    pairs = DuplicatePair.objects.across().exclude(state=DuplicatePair.State.DIFFERENT)
    pairs = pairs.filter(Q(image__in=own) | Q(other__in=own)).order_by("pk")
    found: dict[int, list[tuple[DuplicatePair, Product]]] = {}
    for row in pairs.select_related("image__product", "other__product")[:ALSO_ON]:
        here, there = (row.image, row.other) if row.image_id in own else (row.other, row.image)
        found.setdefault(here.pk, []).append((row, there.product))
    return found


def offers_of(products: Iterable[int]) -> dict[int, Offer]:
    """By product (keys)."""
    rows = (
        Variant.objects.filter(product__in=list(products))
        .order_by()
        .values("product")
        .annotate(lowest=Min("price"), highest=Max("price"), units=Sum("stock"))
    )
    return {row["product"]: Offer(row["lowest"], row["highest"], row["units"]) for row in rows}


def _sides(pair: DuplicatePair, offers: dict[int, Offer]) -> tuple[Side, Side]:
    # A draft stands on the right, beside what the shop has already.
    first, second = sorted(
        (pair.image, pair.other), key=lambda image: (not image.product.published, image.product_id)
    )
    nothing = Offer(None, None, 0)
    return (
        Side(first, first.product, offers.get(first.product_id, nothing)),
        Side(second, second.product, offers.get(second.product_id, nothing)),
    )
