"""Drafts: the unpublished products in which photos wait."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from functools import cache
from pathlib import PurePosixPath

from django.conf import settings
from django.utils.translation import gettext, override

from shop.catalog.models import Category, Product
from shop.catalog.services import create_category
from shop.intake.models import Batch, Draft, File, Way
from shop.intake.names import title_of

TO_SORT = "Uncategorised"  # as imports call it
UNNAMED = "draft-"  # how the slug of a product begins until it is accepted


def unsorted_category() -> Category:
    """The category of what nobody has sorted yet; made if need be."""
    slug = TO_SORT.lower()
    found = Category.objects.filter(depth=1, slug=slug).first()
    return found or create_category(name=TO_SORT, slug=slug)


def title_for(way: str, file: File | None) -> str:
    """What a draft is called until somebody says."""
    title = ""
    if file is not None:
        if way == Way.FOLDER and file.folder:
            title = title_of(f"{PurePosixPath(file.folder).name}.jpg")
        title = title or title_of(file.name, file.folder)
    return title or gettext("New product")


def is_untitled(title: str) -> bool:
    """Whether it is what a draft is called that nobody and no name gave a title, in whatever
    language it was called so."""
    return title.strip() in _untitled()


@cache
def _untitled() -> frozenset[str]:
    found = {""}
    for language, _name in settings.LANGUAGES:
        with override(language):
            found.add(gettext("New product"))
    return frozenset(found)


def new_products(titles: Sequence[str]) -> list[Product]:
    """Unpublished products without photos; whoever gives them some announces both."""
    if not titles:
        return []
    category = unsorted_category()
    return Product.objects.bulk_create(
        [
            Product(
                category=category,
                title=title,
                slug=f"{UNNAMED}{secrets.token_hex(8)}",
                published=False,
            )
            for title in titles
        ]
    )


def new_drafts(batch: Batch, wanted: Sequence[tuple[File | None, str, int | None]]) -> list[Draft]:
    """Make drafts, without photos yet: of a first file, what is common, and a target each."""
    products = new_products([title_for(batch.way, file) for file, _common, _target in wanted])
    return Draft.objects.bulk_create(
        [
            Draft(batch=batch, product=product, common=common, target_id=target)
            for product, (_file, common, target) in zip(products, wanted, strict=True)
        ]
    )
