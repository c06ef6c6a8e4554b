"""Listings, documents, places and signatures are in step with the catalogue after every statement,
whatever path a change takes: forms and models, bulk updates, raw SQL, COPY, cascades, TRUNCATE.

Held against what Python makes of the catalogue's rows, read through the ORM.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import numpy as np
import psycopg
import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pgvector import HalfVector

from search import listings
from search.models import Embedding, EmbeddingModel, Listing
from shop.catalog.models import Attribute, AttributeValue, Category, Product, ProductImage, Variant
from tests.factories import CategoryFactory, ProductFactory, attribute_value
from tests.search.vectors import DIMENSION, make_model, random_unit

pytestmark = pytest.mark.django_db

IN_STEP = {"listings": 0, "documents": 0, "places": 0, "signatures": 0}


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def make_catalogue() -> None:
    """Four products in a small tree, two of them embedded, with thresholds for their signatures."""
    chance = np.random.default_rng(0)
    make_model(image_thresholds=HalfVector(random_unit(chance, 3 * DIMENSION) / 2))
    top = CategoryFactory(name="Top")
    below = CategoryFactory(name="Below", parent=top)
    CategoryFactory(name="Other")
    for n, (category, options) in enumerate(
        [(top, "Red"), (below, "Blue"), (below, "Red"), (top, "Blue")]
    ):
        product = ProductFactory(
            category=category,
            slug=f"p{n}",
            attributes={"material": "Wool"} if n % 2 else None,
            variants=[
                {"sku": f"p{n}a", "price": 10 + n, "options": {"color": options, "size": "S"}},
                {"sku": f"p{n}b", "price": 20 + n, "stock": 0, "options": {"size": "M"}},
            ],
        )
        pictures = ProductImage.objects.bulk_create(
            ProductImage(product=product, position=k, content_hash=f"{n}/{k}") for k in range(2)
        )
        if n < 2:
            store_vectors(product, pictures)


def store_vectors(product: Product, pictures: list[ProductImage]) -> None:
    chance = np.random.default_rng(product.pk)
    model = EmbeddingModel.objects.get()
    Embedding.objects.filter(product=product).delete()
    Embedding.objects.bulk_create(
        Embedding(
            model=model,
            kind=kind,
            product=product,
            image=picture,
            vector=HalfVector(random_unit(chance)),
            status="done",
        )
        for kind, picture in [("text", None), *(("image", picture) for picture in pictures)]
    )


def stems_of_documents() -> dict[int, set[str]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT product_id, tsvector_to_array(words) FROM search_document")
        return {product: set(stems) for product, stems in cursor}


def stems_of(product: int, listing: dict) -> set[str]:
    """Of all that the words of a listed product are looked for in."""
    found = Product.objects.get(pk=product)
    ends = range(Category.steplen, len(listing["path"]) + 1, Category.steplen)
    above = Category.objects.filter(path__in=[listing["path"][:end] for end in ends])
    values = AttributeValue.objects.filter(pk__in=listing["value_ids"])
    said = [found.title, found.brand, found.description]
    said += [category.name for category in above] + [value.value for value in values]
    with connection.cursor() as cursor:
        cursor.execute("SELECT tsvector_to_array(to_tsvector('english', %s))", [" / ".join(said)])
        return set(cursor.fetchone()[0])


def assert_in_step() -> None:
    expected = {}
    for product in Product.objects.filter(published=True).select_related("category"):
        variants = list(product.variants.filter(published=True))
        if not variants:
            continue
        values = {value.pk for value in product.attributes.all()}
        values |= {value.pk for variant in variants for value in variant.options.all()}
        expected[product.pk] = {
            "path": product.category.path,
            "brand": product.brand,
            "prices": {int(variant.price * 100) for variant in variants},
            "prices_in_stock": {int(v.price * 100) for v in variants if v.stock > 0},
            "in_stock": any(variant.stock > 0 for variant in variants),
            "value_ids": sorted(values),
        }
    columns = ("path", "brand", "prices", "prices_in_stock", "in_stock", "value_ids")
    found = {row.pop("product_id"): row for row in Listing.objects.values("product_id", *columns)}
    for row in found.values():
        for column in ("prices", "prices_in_stock"):
            row[column] = {n for part in row[column] for n in range(part.lower, part.upper)}
    assert found == expected
    assert stems_of_documents() == {key: stems_of(key, row) for key, row in expected.items()}

    thresholds = {
        model.pk: {"image": model.image_thresholds, "text": model.text_thresholds}
        for model in EmbeddingModel.objects.all()
    }
    for embedding in Embedding.objects.all():
        listing = expected.get(embedding.product_id)
        assert embedding.listed == (listing is not None)
        assert listing is None or embedding.path == listing["path"]
        signature = None
        if embedding.vector is not None:
            vector = np.asarray(embedding.vector, dtype=np.float32)
            above = thresholds[embedding.model_id][embedding.kind]
            if above is not None:
                # As the database subtracts: in half precision, where a tie is a tie.
                vector = np.tile(vector, 3) - np.asarray(above, dtype=np.float32)
                vector = vector.astype(np.float16)
            signature = "".join("1" if value > 0 else "0" for value in vector)
        assert embedding.signature == signature
    assert listings.differences() == IN_STEP


def sql(statement: str) -> Callable[[], None]:
    def run() -> None:
        with connection.cursor() as cursor:
            # What is checked at the end of a transaction stands in the way of TRUNCATE.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
            cursor.execute(statement)

    run.__name__ = statement
    return run


def copied() -> None:
    """A variant by COPY, which knows neither signals nor defaults."""
    product = Product.objects.first()
    if product is None:
        return
    sku = f"copied-{Variant.objects.count()}"
    with (
        connection.cursor() as cursor,
        cursor.copy(
            "COPY catalog_variant (product_id, sku, price, stock, published, position) FROM STDIN"
        ) as copy,
    ):
        copy.write_row((product.pk, sku, 3, 1, True, 9))


def saved() -> None:
    product = Product.objects.last()
    if product is not None:
        product.brand = f"{product.brand}!"[-100:]
        product.save()


def moved() -> None:
    """A subtree, which treebeard moves by SQL of its own."""
    below, other = (Category.objects.get(slug=slug) for slug in ("below", "other"))
    Category.objects.move(below, other, "last-child")


def given_a_value() -> None:
    product = Product.objects.first()
    if product is not None:
        product.attributes.add(attribute_value("material", "Silk"))


def value_deleted() -> None:
    AttributeValue.objects.filter(slug="red").delete()


def options_cleared() -> None:
    for variant in Variant.objects.all()[:2]:
        variant.options.clear()


def product_deleted() -> None:
    Product.objects.order_by("pk")[:1].get().delete() if Product.objects.exists() else None


def embedded() -> None:
    for product in Product.objects.filter(embeddings__vector__isnull=True)[:1]:
        store_vectors(product, list(product.images.all()))


def thresholds_changed() -> None:
    thresholds = HalfVector(random_unit(np.random.default_rng(7), 3 * DIMENSION) / 3)
    EmbeddingModel.objects.update(text_thresholds=thresholds)


CHANGES: list[Callable[[], None]] = [
    copied,
    saved,
    moved,
    given_a_value,
    value_deleted,
    options_cleared,
    product_deleted,
    embedded,
    thresholds_changed,
    lambda: Variant.objects.update(price=7),
    lambda: Product.objects.update(published=False),
    lambda: Variant.objects.bulk_update(
        [Variant(pk=row.pk, stock=row.pk % 2) for row in Variant.objects.all()], ["stock"]
    ),
    lambda: Attribute.objects.filter(slug="size").delete() and None,
    sql("UPDATE catalog_variant SET price = price + 1 WHERE sku LIKE '%a'"),
    sql("UPDATE catalog_variant SET stock = 0"),
    sql("UPDATE catalog_variant SET stock = stock + 1 WHERE id % 2 = 0"),
    sql("UPDATE catalog_variant SET published = NOT published WHERE sku LIKE '%b'"),
    sql("UPDATE catalog_variant SET published = false WHERE product_id % 2 = 0"),
    sql(
        "UPDATE catalog_variant SET product_id = (SELECT min(id) FROM catalog_product)"
        " WHERE sku = 'p3b'"
    ),
    sql("UPDATE catalog_product SET title = 'Renamed ' || id, description = 'Told anew'"),
    sql("UPDATE catalog_category SET name = 'Upper' WHERE depth = 1"),
    sql("UPDATE catalog_attributevalue SET value = value || ' indeed'"),
    sql("UPDATE catalog_product SET published = NOT published WHERE id % 2 = 0"),
    sql("UPDATE catalog_product SET published = true"),
    sql("UPDATE catalog_product SET category_id = (SELECT max(id) FROM catalog_category)"),
    sql("UPDATE catalog_product SET created_at = created_at - interval '1 day'"),
    sql("DELETE FROM catalog_variant_options WHERE id % 2 = 0"),
    sql(
        "UPDATE catalog_variant_options SET variant_id = (SELECT max(id) FROM catalog_variant)"
        " WHERE id = (SELECT min(id) FROM catalog_variant_options)"
        " AND NOT EXISTS (SELECT FROM catalog_variant_options a JOIN catalog_variant_options b"
        " USING (attributevalue_id) WHERE a.id = (SELECT min(id) FROM catalog_variant_options)"
        " AND b.variant_id = (SELECT max(id) FROM catalog_variant))"
    ),
    sql(
        "INSERT INTO catalog_product_attributes (product_id, attributevalue_id)"
        " SELECT product.id, value.id FROM catalog_product product, catalog_attributevalue value"
        " ON CONFLICT DO NOTHING"
    ),
    sql(
        "UPDATE catalog_product_attributes SET attributevalue_id ="
        " (SELECT id FROM catalog_attributevalue WHERE slug = 'blue')"
        " WHERE id = (SELECT min(id) FROM catalog_product_attributes) AND NOT EXISTS (SELECT FROM"
        " catalog_product_attributes JOIN catalog_attributevalue value ON value.id ="
        " attributevalue_id WHERE value.slug = 'blue')"
    ),
    sql("DELETE FROM catalog_product_attributes"),
    sql("TRUNCATE catalog_variant_options"),
    sql("TRUNCATE catalog_product_attributes"),
    sql("TRUNCATE catalog_variant CASCADE"),
    sql("TRUNCATE search_embedding CASCADE"),
    sql("TRUNCATE catalog_product CASCADE"),
    sql("DELETE FROM search_embedding WHERE kind = 'text'"),
    sql("UPDATE search_embedding SET vector = vector + vector WHERE id % 2 = 0"),
    sql("UPDATE search_embedding SET status = 'pending', vector = NULL WHERE id % 3 = 0"),
    sql(
        "UPDATE search_embedding SET product_id = (SELECT min(id) FROM catalog_product)"
        " WHERE kind = 'image' AND EXISTS (SELECT FROM catalog_product)"
    ),
]


@given(changes=st.lists(st.sampled_from(CHANGES), min_size=1, max_size=6))
@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_no_path_escapes(changes: list[Callable[[], None]]) -> None:
    with undone():
        make_catalogue()
        for change in changes:
            change()
            assert_in_step()


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__[:60])
def test_each_path_alone(change: Callable[[], None]) -> None:
    make_catalogue()

    change()

    assert_in_step()


def test_a_rebuild_mends_what_went_past_the_triggers() -> None:
    make_catalogue()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("UPDATE catalog_variant SET price = 99, stock = 0 WHERE sku LIKE 'p0%'")
        cursor.execute("UPDATE catalog_product SET published = false WHERE slug = 'p1'")
        cursor.execute("UPDATE search_embedding SET signature = NULL WHERE kind = 'text'")
        cursor.execute("UPDATE search_embedding SET path = 'elsewhere' WHERE kind = 'image'")
        cursor.execute("UPDATE search_document SET words = '' WHERE product_id % 2 = 0")
        cursor.execute(
            "INSERT INTO search_listing (product_id, path, brand, prices, prices_in_stock,"
            " in_stock, value_ids, created_at)"
            " VALUES (99999999, '1', '', '{[1,2)}', '{}', false, '{}', now())"
        )
        cursor.execute("SET LOCAL session_replication_role = origin")
    found = listings.differences()
    assert all(found.values()), found

    total = listings.rows()
    looked_at = list(listings.rebuild())

    assert 0 < looked_at[-1] <= total
    assert_in_step()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("change", ["stock = 0", "published = false"])
def test_two_transactions_on_two_variants_of_one_product_lose_nothing(change: str) -> None:
    product = ProductFactory(variants=[{"sku": "a", "stock": 1}, {"sku": "b", "stock": 1}])
    with other_connection() as first, other_connection() as second:
        first.execute(f"UPDATE catalog_variant SET {change} WHERE sku = 'a'")  # noqa: S608
        # It waits for the first, in a thread of the server; we only send it.
        second.pgconn.send_query(
            f"UPDATE catalog_variant SET {change} WHERE sku = 'b'".encode()  # noqa: S608
        )
        wait_until_blocked(first)

        first.commit()
        second.pgconn.get_result()
        while second.pgconn.get_result() is not None:
            pass
        second.commit()

    assert not Listing.objects.filter(product=product, in_stock=True).exists()
    assert listings.differences() == IN_STEP


@pytest.mark.django_db(transaction=True)
def test_an_embedding_that_is_added_while_its_product_moves_knows_the_new_place() -> None:
    model = make_model()
    product = ProductFactory(variants=[{"sku": "a"}])
    other = CategoryFactory(name="Other")
    Embedding.objects.all().delete()
    with other_connection() as shopkeeper, other_connection() as worker:
        shopkeeper.execute("UPDATE catalog_product SET category_id = %s", [other.pk])
        worker.pgconn.send_query(
            "INSERT INTO search_embedding (model_id, kind, product_id, content_hash, status,"  # noqa: S608
            " attempts, error, updated_at)"
            f" VALUES ({model.pk}, 'text', {product.pk}, '', 'pending', 0, '', now())".encode()
        )
        wait_until_blocked(shopkeeper)

        shopkeeper.commit()
        while worker.pgconn.get_result() is not None:
            pass
        worker.commit()

    assert Embedding.objects.get().path == other.path


PUT_INTO_MUGS = {
    "added": "INSERT INTO catalog_product (category_id, title, slug, brand, description, published,"
    " created_at, updated_at) SELECT id, 'T', 'tall-mug', '', '', true, now(), now()"
    " FROM catalog_category WHERE slug = 'mugs'",
    "moved": "UPDATE catalog_product SET category_id = (SELECT id FROM catalog_category"
    " WHERE slug = 'mugs')",
}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("put", PUT_INTO_MUGS.values(), ids=PUT_INTO_MUGS)
def test_a_product_that_is_put_into_a_category_while_that_moves_is_listed_at_the_new_place(
    put: str,
) -> None:
    CategoryFactory(name="Mugs")
    ProductFactory(category=CategoryFactory(name="Things"))
    with other_connection() as importer, other_connection() as shopkeeper:
        importer.execute(put)
        importer.execute(
            "INSERT INTO catalog_variant (product_id, sku, price, stock, published, position)"
            " SELECT max(id), 'tall', 1, 1, true, 1 FROM catalog_product"
        )
        shopkeeper.pgconn.send_query(
            b"UPDATE catalog_category SET path = '000Z' WHERE slug = 'mugs'"
        )
        wait_until_blocked(importer)

        importer.commit()
        while shopkeeper.pgconn.get_result() is not None:
            pass
        shopkeeper.commit()

    assert "000Z" in Listing.objects.values_list("path", flat=True)
    assert listings.differences() == IN_STEP


def other_connection() -> psycopg.Connection:
    parameters = connection.get_connection_params()
    known = {name: parameters[name] for name in ("dbname", "user", "password", "host", "port")}
    return psycopg.connect(**known)


def wait_until_blocked(observer: psycopg.Connection) -> None:
    for _ in range(200):
        waiting = observer.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
        ).fetchone()
        if waiting and waiting[0]:
            return
        observer.execute("SELECT pg_sleep(0.02)")
    raise AssertionError("Nobody waits.")
