"""The demo's products: remembering which they are, and removing them (and the demo's home page).

A product that the merchant changed since stays, unless told otherwise. Orders keep what they say
of a product in their own lines, so nothing of them is lost.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from shop.catalog.models import Product, ProductImage, Variant
from shop.catalog.services import delete_empty_categories
from shop.onboarding.demo_blocks import remove_blocks
from shop.onboarding.models import DemoProduct, DemoRemoval

# Products that are removed in one transaction: half a second, in which buyers of them wait.
BATCH = 20
READ_AT_ONCE = 500


@dataclass(frozen=True)
class RemovalPlan:
    """What a removal would do: so many products go, these stay because they were edited."""

    products: int
    edited: list[Product]

    def as_json(self) -> dict[str, Any]:
        return {"products": self.products, "edited": [product.slug for product in self.edited]}


def remember_demo(slugs: Iterable[str]) -> int:
    """Remember the products with these slugs as the demo's, as they are now; how many are new."""
    before = DemoProduct.objects.count()
    products = _in_full(Product.objects.filter(slug__in=list(slugs), demo=None))
    DemoProduct.objects.bulk_create(
        [DemoProduct(product=one, fingerprint=fingerprint_of(one)) for one in products],
        batch_size=READ_AT_ONCE,
        ignore_conflicts=True,
    )
    return DemoProduct.objects.count() - before


def plan_removal() -> RemovalPlan:
    """What `start_removal` would remove, and what it would keep."""
    edited = [
        one.product for one in _demo_products() if fingerprint_of(one.product) != one.fingerprint
    ]
    return RemovalPlan(products=DemoProduct.objects.count() - len(edited), edited=edited)


def start_removal(*, with_edited: bool = False, actor: Any = None) -> DemoRemoval:
    """Begin to remove, or find the removal that has begun and has not finished."""
    begun = DemoRemoval.objects.filter(finished_at=None).first()
    if begun is not None:
        return begun
    try:
        with transaction.atomic():
            return DemoRemoval.objects.create(
                with_edited=with_edited, total=DemoProduct.objects.count(), actor=actor
            )
    except IntegrityError:  # somebody else began in this moment
        return DemoRemoval.objects.get(finished_at=None)


def continue_removal(*, seconds: float) -> DemoRemoval | None:
    """Go on for some time with the removal that has begun; None once there is nothing to do.

    One process at a time: hold `try_lock("remove-demo")`. Each step is committed with how far it
    came, so a process that is killed loses nothing.
    """
    end = time.monotonic() + seconds
    while True:
        removal = DemoRemoval.objects.filter(finished_at=None).first()
        if removal is None or _step(removal):
            return None
        if time.monotonic() > end:
            return removal


def _step(removal: DemoRemoval) -> bool:
    """Look at the next products, and remove those that go; whether these were the last."""
    with transaction.atomic():
        batch = list(_demo_products(after=removal.after, most=BATCH))
        ids = [one.pk for one in batch]
        # In the order of their keys, as everybody locks them.
        list(
            Variant.objects.filter(product__in=ids)
            .order_by("pk")
            .select_for_update()
            .values_list("pk", flat=True)
        )
        going = [
            one
            for one in batch
            if removal.with_edited or fingerprint_of(one.product) == one.fingerprint
        ]
        Product.objects.filter(pk__in=[one.pk for one in going]).delete()
        removal.removed += len(going)
        removal.kept += len(batch) - len(going)
        removal.after = max(ids, default=removal.after)
        removal.categories = sorted(
            {*removal.categories, *(one.product.category_id for one in going)}
        )
        if done := len(batch) < BATCH:
            delete_empty_categories(removal.categories)
            remove_blocks(with_edited=removal.with_edited)
            removal.finished_at = timezone.now()
        removal.save()
    return done


def fingerprint_of(product: Product) -> str:
    """Of what a merchant edits: not of stock, which orders change, nor of sales that come and go.

    Nor of attributes, which are also read from pictures.
    """
    variants = [
        [
            variant.sku,
            # While a sale runs, the struck price is the regular one.
            str(variant.compare_at_price or variant.price),
            variant.weight,
            variant.published,
            sorted(value.pk for value in variant.options.all()),
        ]
        for variant in product.variants.all()
    ]
    pictures = [[image.content_hash, image.alt] for image in product.images.all()]
    told = [
        product.title,
        product.slug,
        product.brand,
        product.description,
        product.published,
        product.category_id,
        product.tax_category,
        sorted(variants, key=str),
        sorted(pictures),
    ]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def _demo_products(*, after: int = 0, most: int | None = None) -> QuerySet[DemoProduct]:
    rows = DemoProduct.objects.filter(pk__gt=after).order_by("pk")
    return rows.prefetch_related(Prefetch("product", queryset=_in_full(Product.objects.all())))[
        :most
    ]


def _in_full(products: QuerySet[Product]) -> QuerySet[Product]:
    """With what `fingerprint_of` reads, in a fixed number of queries."""
    variants = Variant.objects.order_by("pk").prefetch_related("options")
    return products.prefetch_related(
        Prefetch("variants", queryset=variants),
        Prefetch("images", queryset=ProductImage.objects.order_by("pk")),
    )
