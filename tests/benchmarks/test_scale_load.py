"""The loader: what COPY wrote is what the generator drew, and a valid shop."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest
from django.db import connection

from benchmarks.scale.catalogue import COLOURS, SIZES
from benchmarks.scale.filtering import (
    Filter,
    Shop,
    category_holding,
    colour_holding,
    prices_holding,
)
from search.models import Embedding, EmbeddingModel
from shop.catalog.models import Category, Product, ProductImage, Variant

pytestmark = pytest.mark.django_db


def test_the_tree_is_sound(loaded: Shop) -> None:
    assert Category.objects.find_problems() == ([], [], [], [], [])
    names = [node.name for node in Category.objects.filter(depth=1).order_by("path")]
    assert names == sorted(names)
    assert [Category.objects.filter(depth=depth).count() for depth in (1, 2, 3)] == [8, 64, 512]


def test_rows_are_those_of_the_generator(loaded: Shop) -> None:
    facts, catalogue = loaded.facts, loaded.catalogue
    assert Product.objects.count() == 2_000
    assert Variant.objects.count() == 8_000
    assert ProductImage.objects.count() == len(facts.picture_product)
    for n in (0, 7, 1_999):
        product = Product.objects.get(pk=n + 1)
        assert product.published == facts.published[n]
        assert product.category.path == catalogue.leaves[facts.leaf[n]].path
        assert product.attributes.count() == 2
        variants = list(product.variants.order_by("position"))
        assert [v.price for v in variants] == [Decimal(int(p)) / 100 for p in facts.price[n]]
        assert [v.stock for v in variants] == facts.stock[n].tolist()
        assert [(v.image_id or 0) - 1 for v in variants] == facts.variant_picture[n].tolist()
        options = {o.attribute.slug: o.value for o in variants[1].options.all()}
        assert options.pop("color") == COLOURS[facts.colour[n, 1]]
        size = facts.size[n, 1]
        assert options == ({} if size < 0 else {"size": SIZES[size]})


def test_vectors_are_those_of_the_generator(loaded: Shop) -> None:
    chunk = next(loaded.catalogue.chunks())
    model = EmbeddingModel.objects.live()
    assert model is not None and model.dimension == 64
    assert Embedding.objects.count() == len(chunk.pictures) + 2_000
    for kind, vectors, of in (
        (Embedding.Kind.IMAGE, chunk.pictures, "image"),
        (Embedding.Kind.TEXT, chunk.texts, "product"),
    ):
        for n in (0, 5, len(vectors) - 1):
            row = Embedding.objects.get(kind=kind, **{of: n + 1})
            assert np.array_equal(np.asarray(row.vector, dtype=np.float16), vectors[n])
            assert row.status == Embedding.Status.DONE


def test_the_next_row_does_not_collide(loaded: Shop) -> None:
    category = Category.objects.get(slug="shoes-basic-long")
    product = Product.objects.create(category=category, title="New", slug="new")
    assert product.pk > 2_000
    Variant.objects.create(product=product, sku="NEW", price=1)
    product.delete()
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('search_embedding', 'id'))")
        assert cursor.fetchone()[0] > Embedding.objects.count()


@pytest.mark.parametrize("kind", ["none", "category", "price", "stock", "colour", "all"])
def test_filters_mean_what_the_shop_means(loaded: Shop, kind: str) -> None:
    path, price = category_holding(loaded, 0.3), prices_holding(loaded, 0.5)
    colour = colour_holding(loaded, 0.1)
    asked = Filter(
        path=path if kind in ("category", "all") else None,
        price=price if kind in ("price", "all") else None,
        in_stock=kind in ("stock", "all"),
        colour=colour if kind in ("colour", "all") else None,
    )
    low, high = (Decimal(bound) / 100 for bound in price)
    variants = Variant.objects.published()
    if asked.price is not None:
        variants = variants.priced(at_least=low, at_most=high)
    if asked.in_stock:
        variants = variants.in_stock()
    if asked.colour is not None:
        variants = variants.filter(options__value=COLOURS[colour])
    products = Product.objects.filter(published=True, variants__in=variants).distinct()
    if asked.path is not None:
        products = products.in_category(Category.objects.get(path=path))
    found = sorted(products.order_by().values_list("pk", flat=True))
    assert found == (np.flatnonzero(loaded.matching_products(asked)) + 1).tolist()
    assert found
