"""Every search gives min(24, matching) products, each once, whatever the filters.

Held against brute force in Python over variants: price, stock, colour and size must hold of one
and the same published variant, and the colour in a picture of that variant's.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pgvector import HalfVector

from search.colors.names import INDEX
from search.forms import SearchForm
from search.models import Embedding, PictureColors
from search.query import PAGE_SIZE
from search.service import search
from shop.catalog.models import Product, ProductImage, Variant
from tests.factories import CategoryFactory, attribute_value
from tests.search.vectors import make_model, random_unit

pytestmark = pytest.mark.django_db

COLORS, SIZES = ("Red", "Blue"), ("S", "M")


@dataclass(frozen=True)
class MadeVariant:
    price: int
    stock: int
    published: bool
    color: str
    size: str
    picture: int | None  # its own; of those of its product


@dataclass(frozen=True)
class MadeProduct:
    category: int  # 0: top, 1: below it, 2: another top
    published: bool
    variants: list[MadeVariant]
    pictures: list[frozenset[str]]  # the colours of each
    embedded: bool


variants = st.builds(
    MadeVariant,
    price=st.integers(1, 6),
    stock=st.integers(0, 2),
    published=st.sampled_from([True, True, True, False]),
    color=st.sampled_from(COLORS),
    size=st.sampled_from(SIZES),
    picture=st.sampled_from([None, 0, 1]),
)
products = st.builds(
    MadeProduct,
    category=st.integers(0, 2),
    published=st.sampled_from([True] * 7 + [False] * 3),
    variants=st.lists(variants, min_size=1, max_size=3),
    pictures=st.lists(st.frozensets(st.sampled_from(["red", "green"])), max_size=3),
    embedded=st.sampled_from([True, True, True, False]),
)
filters = st.fixed_dictionaries(
    {},
    optional={
        "category": st.sampled_from(["top", "below", "other"]),
        "price_min": st.integers(1, 6).map(str),
        "price_max": st.integers(1, 6).map(str),
        "in_stock": st.just("on"),
        "color": st.sampled_from(["red", "blue"]),
        "size": st.sampled_from(["s", "m"]),
        "picture_color": st.sampled_from(["red", "green", "pink"]),
    },
).filter(lambda f: int(f.get("price_min", 1)) <= int(f.get("price_max", 6)))


@contextmanager
def undone() -> Iterator[None]:
    """What is written inside is rolled back: examples do not see each other."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def make(catalogue: list[MadeProduct], seed: int) -> tuple[Product, dict[int, MadeProduct]]:
    """The catalogue in the database, with vectors; and one more product, to look alike."""
    chance = np.random.default_rng(seed)
    model = make_model()
    top = CategoryFactory(name="Top")
    categories = [top, CategoryFactory(name="Below", parent=top), CategoryFactory(name="Other")]
    # Asked has every colour and size, so that every filter may be asked for; it is left out.
    asked = MadeProduct(2, True, [], [frozenset()], True)
    asked.variants.extend(
        MadeVariant(3, 1, True, *pair, None) for pair in zip(COLORS, SIZES, strict=True)
    )
    everything = [asked, *catalogue]
    rows = Product.objects.bulk_create(
        Product(
            category_id=categories[product.category].pk,
            title=f"Product {n}",
            slug=f"product-{n}",
            published=product.published,
        )
        for n, product in enumerate(everything)
    )
    pairs = list(zip(rows, everything, strict=True))
    # Pictures without a file behind them: retrieval reads none.
    pictures = ProductImage.objects.bulk_create(
        ProductImage(product=row, position=k, content_hash=f"{row.slug}-{k}")
        for row, product in pairs
        for k in range(len(product.pictures))
    )
    paint(pictures, [colors for _, product in pairs for colors in product.pictures])
    make_variants(pairs, {(one.product_id, one.position): one for one in pictures})
    embedded = {row.pk for row, product in pairs if product.embedded}
    contents = [("image", picture.product_id, picture.pk) for picture in pictures]
    contents += [("text", pk, None) for pk in sorted(embedded)]
    Embedding.objects.bulk_create(
        Embedding(
            model=model,
            kind=kind,
            product_id=product,
            image_id=image,
            vector=HalfVector(random_unit(chance)),
            status="done",
        )
        for kind, product, image in contents
        if product in embedded
    )
    return rows[0], {row.pk: product for row, product in pairs[1:]}


def paint(pictures: list[ProductImage], painted: list[frozenset[str]]) -> None:
    rows = PictureColors.objects.in_bulk([picture.pk for picture in pictures])
    for picture, colors in zip(pictures, painted, strict=True):
        rows[picture.pk].main = sorted(INDEX[name] for name in colors)
        rows[picture.pk].shares = [200] * len(INDEX)
    PictureColors.objects.bulk_update(rows.values(), ["main", "shares"])


def make_variants(
    pairs: list[tuple[Product, MadeProduct]], pictures: dict[tuple[int, int], ProductImage]
) -> None:
    values = {name: attribute_value("color", name) for name in COLORS} | {
        name: attribute_value("size", name) for name in SIZES
    }
    made = [
        (row, k, variant) for row, product in pairs for k, variant in enumerate(product.variants)
    ]
    stored = Variant.objects.bulk_create(
        Variant(
            product=row,
            sku=f"{row.slug}/{k}",
            price=variant.price,
            stock=variant.stock,
            published=variant.published,
            image=pictures.get((row.pk, -1 if variant.picture is None else variant.picture)),
        )
        for row, k, variant in made
    )
    Variant.options.through.objects.bulk_create(
        Variant.options.through(variant=row, attributevalue=values[name])
        for row, (_, _, variant) in zip(stored, made, strict=True)
        for name in (variant.color, variant.size)
    )


def passes(variant: MadeVariant, product: MadeProduct, asked: dict[str, str]) -> bool:
    owned = {one.picture for one in product.variants}
    seen = {
        color
        for k, colors in enumerate(product.pictures)
        if k == variant.picture or k not in owned
        for color in colors
    }
    return (
        asked.get("picture_color") in {None, *seen}
        and variant.published
        and variant.price >= Decimal(asked.get("price_min", 0))
        and variant.price <= Decimal(asked.get("price_max", 100))
        and (variant.stock > 0 or "in_stock" not in asked)
        and asked.get("color", variant.color.lower()) == variant.color.lower()
        and asked.get("size", variant.size.lower()) == variant.size.lower()
    )


def brute_force(made: dict[int, MadeProduct], asked: dict[str, str]) -> set[int]:
    within = {"top": {0, 1}, "below": {1}, "other": {2}, None: {0, 1, 2}}[asked.get("category")]
    return {
        pk
        for pk, product in made.items()
        if product.published
        and product.category in within
        and any(passes(variant, product, asked) for variant in product.variants)
    }


@given(catalogue=st.lists(products, max_size=40), asked=filters, seed=st.integers(0, 2**32 - 1))
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_a_page_is_as_full_as_brute_force_says(
    catalogue: list[MadeProduct], asked: dict[str, str], seed: int
) -> None:
    with undone():
        like, made = make(catalogue, seed)
        expected = brute_force(made, asked)
        form = SearchForm({"like": like.slug, **asked})
        assert form.is_valid(), form.errors

        page = search(form.query)

        shown = [result.product.pk for result in page.results]
        assert page.total == len(expected)
        assert len(shown) == min(PAGE_SIZE, len(expected))
        assert len(set(shown)) == len(shown)
        assert set(shown) <= expected
        for result in page.results:
            product = made[result.product.pk]
            _, position = result.variant.sku.split("/")
            assert passes(product.variants[int(position)], product, asked)
            if "picture_color" in asked:
                shown = product.pictures[result.image.position]
                assert asked["picture_color"] in shown


@given(catalogue=st.lists(products, min_size=20, max_size=60), seed=st.integers(0, 2**32 - 1))
@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_pages_follow_each_other_without_gap_or_repetition(
    catalogue: list[MadeProduct], seed: int
) -> None:
    with undone():
        like, made = make(catalogue, seed)
        seen: list[int] = []
        number = 1
        while True:
            form = SearchForm({"like": like.slug, "page": str(number)})
            assert form.is_valid()
            page = search(form.query)
            seen += [result.product.pk for result in page.results]
            if not page.has_next:
                break
            number += 1

        assert len(seen) == len(set(seen))
        assert set(seen) == brute_force(made, {})
