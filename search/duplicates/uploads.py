"""What uploads of many photos get: groups of those that look like one thing, for the merchant to
accept as one product; and, beside a draft, which product has its picture already."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import Any

from django.apps import apps
from django.http import HttpRequest

from search.duplicates import queue
from search.duplicates.finding import near_equal
from shop.catalog.models import Product, ProductImage


def connect() -> None:
    """Offer it, where the shop has such uploads."""
    if apps.is_installed("shop.intake"):
        parts = import_module("shop.intake.parts")
        parts.groupers.append(group_by_looks)
        parts.draft_parts.append("search/duplicates/draft.html")
        parts.draft_loaders.append(load_also_on)


def load_also_on(request: HttpRequest, drafts: Sequence[Product]) -> dict[str, Any]:
    """Gives each draft `also_on`: pairs with the other product, once each. In two queries."""
    images = dict(ProductImage.objects.filter(product__in=drafts).values_list("pk", "product"))
    found: dict[int, dict[int, tuple[Any, Product]]] = {}
    for image, pairs in queue.also_on(list(images)).items():
        for pair, product in pairs:
            found.setdefault(images[image], {}).setdefault(product.pk, (pair, product))
    for draft in drafts:
        draft.also_on = list(found.get(draft.pk, {}).values())  # type: ignore[attr-defined]
    return {}


def group_by_looks(images: Sequence[int]) -> list[list[int]]:
    """Groups of `images` (keys of pictures), each of two or more, in the order in which they came.

    A picture joins the group whose first it is near to: chains, of which the ends have little in
    common, do not become one.
    """
    near: dict[int, dict[int, float]] = {}
    for one, other, similarity in near_equal(images):
        near.setdefault(one, {})[other] = similarity
        near.setdefault(other, {})[one] = similarity
    groups: list[list[int]] = []
    for image in dict.fromkeys(images):
        nearest = max(
            (group for group in groups if group[0] in near.get(image, {})),
            key=lambda group: near[image][group[0]],
            default=None,
        )
        if nearest is None:
            groups.append([image])
        else:
            nearest.append(image)
    return [group for group in groups if len(group) > 1]
