"""A new price or stock writes no row of the table of vectors, so no index that holds one."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from django.db import connection
from django.db.models import F

from search.models import Embedding, Listing
from shop.catalog.models import Product, Variant
from tests.factories import ProductFactory
from tests.search.vectors import embed_image, embed_text, make_model, random_unit

pytestmark = pytest.mark.django_db


def make_embedded_product() -> Product:
    """Two variants, one of them in stock; a picture and a text with their vectors."""
    chance = np.random.default_rng(0)
    model = make_model()
    product = ProductFactory(
        variants=[{"sku": "a", "price": 10, "stock": 5}, {"sku": "b", "price": 20, "stock": 0}],
        images=1,
    )
    embed_image(product.images.get(), model, random_unit(chance))
    embed_text(product, model, random_unit(chance))
    return product


def row_versions() -> list[tuple[int, str]]:
    """Where each row's present version lies: a row that is written moves."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, ctid::text FROM search_embedding ORDER BY id")
        return cursor.fetchall()


def rows_written() -> int:
    """Rows of the table of vectors that this transaction has written."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables"
            " WHERE relname = 'search_embedding'"
        )
        return int(cursor.fetchone()[0])


def saved(**values: int) -> Callable[[], None]:
    def change() -> None:
        variant = Variant.objects.get(sku="a")
        for name, value in values.items():
            setattr(variant, name, value)
        variant.save()

    return change


def bulk_updated() -> None:
    variants = list(Variant.objects.all())
    for variant in variants:
        variant.price, variant.stock = variant.price + 5, variant.stock + 1
    Variant.objects.bulk_update(variants, ["price", "stock"])


def sql(statement: str) -> Callable[[], None]:
    def change() -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement)

    return change


CHANGES: dict[str, Callable[[], None]] = {
    "saved price": saved(price=7),
    "saved stock": saved(stock=4),
    "sold out": saved(stock=0),
    "updated price": lambda: Variant.objects.update(price=F("price") * 2) and None,
    "updated stock": lambda: Variant.objects.update(stock=0) and None,
    "bulk_update": bulk_updated,
    "SQL price": sql("UPDATE catalog_variant SET price = price + 1"),
    "SQL stock": sql("UPDATE catalog_variant SET stock = 0 WHERE sku = 'a'"),
    "SQL both": sql("UPDATE catalog_variant SET price = 99, stock = 3"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_no_vector_is_touched(change: Callable[[], None]) -> None:
    make_embedded_product()
    versions, written = row_versions(), rows_written()

    change()

    assert Embedding.objects.filter(vector__isnull=False).count() == 2
    assert row_versions() == versions
    assert rows_written() == written


def test_the_listing_follows_meanwhile() -> None:
    product = make_embedded_product()
    written = rows_written()

    Variant.objects.filter(sku="a").update(price=7, stock=0)

    listing = Listing.objects.get(product=product)
    assert [part.lower for part in listing.prices] == [700, 2000]
    assert not listing.prices_in_stock and not listing.in_stock
    assert rows_written() == written


def test_a_product_that_leaves_the_shop_is_written() -> None:
    """The counts see it where a vector's row does change."""
    product = make_embedded_product()
    versions, written = row_versions(), rows_written()

    Product.objects.filter(pk=product.pk).update(published=False)

    assert row_versions() != versions
    assert rows_written() == written + 2
