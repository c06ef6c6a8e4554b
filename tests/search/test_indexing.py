"""What is pending, claimed, done and failed."""

import time
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta

import numpy as np
import psycopg
import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection, transaction
from django.utils import timezone
from PIL import Image

from search import claims, indexing, pipeline
from search.models import Embedding, EmbeddingModel
from shop.catalog.models import Product, ProductImage, Variant
from tests.factories import CategoryFactory, ProductFactory, ProductImageFactory
from tests.search.vectors import DIMENSION, make_model, unit

pytestmark = pytest.mark.django_db(transaction=True)


class Encoder:
    """Says what it was given; fails on the texts that it is told to fail on."""

    reference, dimension, checksum, causal_text = "by-hand", DIMENSION, "0" * 64, True

    def __init__(self, *, poison: str = "") -> None:
        self.poison = poison
        self.calls: list[int] = []

    def encode_texts(self, texts: Sequence[str]) -> np.ndarray:
        self.calls.append(len(texts))
        if self.poison and any(self.poison in text for text in texts):
            raise ValueError("cannot read this text")
        return np.stack([unit(1, len(text)) for text in texts])

    def encode_images(self, images: Sequence[Image.Image]) -> np.ndarray:
        return self.encode_pixels(np.stack([self.preprocess(image) for image in images]))

    def preprocess(self, image: Image.Image) -> np.ndarray:
        return np.array([image.width, image.height, 1], dtype=np.float32).reshape(3, 1, 1)

    def encode_pixels(self, batch: np.ndarray) -> np.ndarray:
        self.calls.append(len(batch))
        return np.stack([unit(*pixels.flatten()) for pixels in batch])


def embed_all(model: EmbeddingModel, encoder: Encoder) -> list[pipeline.Finished]:
    return list(pipeline.run(lambda: {model: encoder}))


def statuses(**filters: object) -> list[str]:
    return sorted(Embedding.objects.filter(**filters).values_list("status", flat=True))


def test_a_saved_product_is_pending_and_then_embedded() -> None:
    model = make_model()

    product = ProductFactory(images=2)

    assert statuses(product=product) == ["pending"] * 3
    embed_all(model, Encoder())
    assert statuses(product=product) == ["done"] * 3
    assert len(product.images.first().embeddings.get().vector) == DIMENSION


def test_products_are_locked_in_the_order_in_which_new_prices_lock_them() -> None:
    first, second = ProductFactory(), ProductFactory()
    Product.objects.filter(pk=first.pk).update(title="Now it lies behind the second")
    make_model()

    indexing.mark_pending()

    added = Embedding.objects.order_by("pk").values_list("product", flat=True)
    assert list(added) == [first.pk, second.pk]


def test_embedding_again_does_nothing() -> None:
    model, encoder = make_model(), Encoder()
    ProductFactory(images=1)
    embed_all(model, encoder)
    encoder.calls.clear()

    assert indexing.mark_pending() == 0
    embed_all(model, encoder)

    assert encoder.calls == []


def test_changed_words_are_embedded_again_and_stay_findable_meanwhile() -> None:
    model = make_model()
    product = ProductFactory(title="Mug")
    embed_all(model, Encoder())
    before = product.embeddings.get().vector

    product.title = "A much longer name for a mug"
    product.save()

    row = product.embeddings.get()
    assert (row.status, row.vector) == ("pending", before)
    embed_all(model, Encoder())
    row.refresh_from_db()
    assert row.status == "done"
    assert row.vector != before


def test_a_renamed_category_changes_the_words_of_its_products() -> None:
    model = make_model()
    category = CategoryFactory(name="Boots")
    product = ProductFactory(category=category)
    embed_all(model, Encoder())

    category.name = "Wellingtons"
    category.save()

    assert statuses(product=product) == ["pending"]


def test_price_and_stock_touch_no_embedding() -> None:
    model = make_model()
    product = ProductFactory()
    embed_all(model, Encoder())
    before = product.embeddings.get().updated_at

    Variant.objects.filter(product=product).update(price=5)
    variant = product.variants.get()
    variant.stock = 0
    variant.save()

    assert product.embeddings.get().updated_at == before


def test_a_product_that_is_rolled_back_leaves_nothing_pending() -> None:
    make_model()

    with pytest.raises(RuntimeError), transaction.atomic():
        ProductFactory(images=1)
        raise RuntimeError

    assert Embedding.objects.count() == 0


@pytest.mark.parametrize("delete", [Product.delete, lambda p: Product.objects.all().delete()])
def test_a_deleted_product_takes_its_embeddings_with_it(
    delete: Callable[[Product], object],
) -> None:
    model = make_model()
    product = ProductFactory(images=2, variants=[{}, {}])
    embed_all(model, Encoder())

    delete(product)

    assert Embedding.objects.count() == 0


def test_a_deleted_picture_takes_its_embedding_with_it() -> None:
    model = make_model()
    product = ProductFactory(images=2)
    embed_all(model, Encoder())

    product.images.first().delete()

    assert statuses(product=product) == ["done", "done"]


def test_the_sweep_finds_what_came_by_bulk_create() -> None:
    model = make_model()
    category = CategoryFactory()
    products = Product.objects.bulk_create(
        Product(category=category, title=f"Bulk {n}", slug=f"bulk-{n}") for n in range(3)
    )
    picture = ProductImageFactory.build(product=products[0])
    ProductImage.objects.bulk_create([picture])
    assert Embedding.objects.count() == 0

    assert indexing.mark_pending() == 4

    embed_all(model, Encoder())
    assert statuses() == ["done"] * 4


def test_the_sweep_finds_what_raw_sql_changed() -> None:
    model = make_model()
    product = ProductFactory(images=1)
    embed_all(model, Encoder())

    with connection.cursor() as cursor:
        cursor.execute("UPDATE catalog_product SET title = 'Changed' WHERE id = %s", [product.pk])
        cursor.execute("UPDATE catalog_productimage SET content_hash = ''")

    assert indexing.mark_pending() == 2
    embed_all(model, Encoder())
    assert statuses() == ["done", "done"]
    assert len(ProductImage.objects.get().content_hash) == 64
    assert indexing.mark_pending() == 0


def test_two_models_of_different_dimension_live_side_by_side() -> None:
    live = make_model()
    product = ProductFactory(images=1)
    embed_all(live, Encoder())
    wide = make_model(checksum="1" * 64, dimension=1536, state="building")
    wide_encoder = Encoder()
    wide_encoder.dimension = 1536
    wide_encoder.encode_texts = lambda texts: np.stack([unit(1, dimension=1536)] * len(texts))
    wide_encoder.encode_pixels = lambda batch: np.stack([unit(1, dimension=1536)] * len(batch))

    indexing.mark_pending()
    embed_all(wide, wide_encoder)

    dimensions = sorted(len(row.vector) for row in product.embeddings.all())
    assert dimensions == [DIMENSION, DIMENSION, 1536, 1536]


def test_a_vector_of_the_wrong_dimension_is_refused() -> None:
    model = make_model(dimension=DIMENSION + 1)
    product = ProductFactory()

    assert embed_all(model, Encoder()) == [pipeline.Finished(1, 0)]

    row = product.embeddings.get()
    assert row.vector is None
    assert "where the model has 9" in row.error


def test_a_file_that_cannot_be_read_fails_after_three_attempts_with_its_reason() -> None:
    model = make_model()
    product = ProductFactory(images=2)
    broken, sound = product.images.all()
    broken.image.storage.delete(broken.image.name)

    for _ in range(4):
        embed_all(model, Encoder())
        Embedding.objects.update(retry_at=None)

    assert sound.embeddings.get().status == "done"
    row = broken.embeddings.get()
    assert (row.status, row.attempts) == ("failed", 3)
    assert "cannot be read" in row.error


def test_a_failed_attempt_is_not_repeated_at_once() -> None:
    model = make_model()
    product = ProductFactory(images=1)
    picture = product.images.get()
    picture.image.storage.delete(picture.image.name)

    embed_all(model, Encoder())

    row = picture.embeddings.get()
    assert (row.status, row.attempts) == ("pending", 1)
    assert row.retry_at > timezone.now()


def test_one_text_that_cannot_be_encoded_takes_no_other_with_it() -> None:
    model, encoder = make_model(), Encoder(poison="Poison")
    for n in range(5):
        ProductFactory(title=f"Product {n}")
    poison = ProductFactory(title="Poison")

    for _ in range(4):
        embed_all(model, encoder)
        Embedding.objects.update(retry_at=None)

    assert statuses(status="done") == ["done"] * 5
    assert poison.embeddings.get().error == "The encoder could not read it: cannot read this text"


def test_work_that_is_interrupted_again_and_again_fails_after_three_attempts() -> None:
    model = make_model()
    product = ProductFactory()

    for _ in range(3):
        claims.release(claims.claim_batch({model.pk: model}))

    assert claims.claim_batch({model.pk: model}) is None
    row = product.embeddings.get()
    assert (row.status, row.error) == ("failed", "Embedding it was interrupted.")


def test_failed_rows_get_new_attempts_on_request() -> None:
    model = make_model()
    ProductFactory()
    Embedding.objects.update(status="failed", attempts=3, error="once")

    assert indexing.retry_failed() == 1

    embed_all(model, Encoder())
    assert statuses() == ["done"]


def test_two_workers_never_claim_the_same_row() -> None:
    model = make_model()
    for _ in range(3):
        ProductFactory()

    first = claims.claim_batch({model.pk: model}, limit=2)
    second = claims.claim_batch({model.pk: model}, limit=2)

    claimed = [row.pk for row in first.embeddings + second.embeddings]
    assert len(set(claimed)) == len(claimed) == 3
    claims.release(first)
    claims.release(second)


def test_content_that_changes_during_encoding_is_embedded_again() -> None:
    model = make_model()
    product = ProductFactory(title="Old")
    asked = 0

    def encoders() -> dict[EmbeddingModel, Encoder]:
        nonlocal asked
        asked += 1
        if asked == 2:  # the first claim is made, and nothing of it stored
            product.title = "A new name, and longer"
            product.save()
        return {model: Encoder()}

    finished = list(pipeline.run(encoders))

    assert finished == [pipeline.Finished(1, 0), pipeline.Finished(1, 1)]
    text = f"A new name, and longer. Vitrine. {product.category.name}. A thing to test with."
    assert product.embeddings.get().vector == pytest.approx(unit(1, len(text)), abs=1e-3)


@pytest.fixture
def dying_worker() -> Iterator[psycopg.Connection]:
    """A connection of another process: closed, it is a worker that died."""
    options = settings.DATABASES["default"]
    with psycopg.connect(
        host=options["HOST"],
        port=options["PORT"],
        user=options["USER"],
        password=options["PASSWORD"],
        dbname=connection.settings_dict["NAME"],
        autocommit=True,
    ) as other:
        yield other


def claim_as(other: psycopg.Connection, key: int) -> None:
    other.execute("SELECT pg_advisory_lock(%s)", [key])
    other.execute(
        "UPDATE search_embedding SET status = 'running', claim = %s, attempts = attempts + 1"
        " WHERE status = 'pending'",
        [key],
    )


def die(worker: psycopg.Connection) -> None:
    """Its connection ends, and with it, a moment later, its locks."""
    worker.close()
    for _ in range(100):
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'")
            if cursor.fetchone() == (0,):
                return
        time.sleep(0.02)


def test_what_a_living_worker_claimed_is_left_to_it(dying_worker: psycopg.Connection) -> None:
    make_model()
    ProductFactory()
    claim_as(dying_worker, 4711)

    assert claims.release_abandoned() == 0
    assert statuses() == ["running"]


def test_what_a_dead_worker_claimed_is_tried_again_one_by_one(
    dying_worker: psycopg.Connection,
) -> None:
    model = make_model()
    for _ in range(4):
        ProductFactory()
    claim_as(dying_worker, 4711)
    die(dying_worker)

    assert claims.release_abandoned() == 4

    encoder = Encoder()
    embed_all(model, encoder)
    assert encoder.calls == [1, 1, 1, 1]
    assert statuses() == ["done"] * 4


def test_three_dead_workers_are_enough(dying_worker: psycopg.Connection) -> None:
    make_model()
    product = ProductFactory()
    Embedding.objects.update(attempts=2)
    claim_as(dying_worker, 4711)
    die(dying_worker)

    claims.release_abandoned()

    row = product.embeddings.get()
    assert (row.status, row.error) == ("failed", "The worker died while embedding it, 3 times.")


def test_every_status_is_counted() -> None:
    make_model()
    ProductFactory(images=1)

    counts = indexing.progress().counts

    assert counts == {"pending": 2, "running": 0, "done": 0, "failed": 0}


def finish(row: Embedding, *, seconds_ago: float) -> None:
    Embedding.objects.filter(pk=row.pk).update(
        status="done",
        vector=[1] * DIMENSION,
        updated_at=timezone.now() - timedelta(seconds=seconds_ago),
    )


def test_rate_and_time_left_are_those_of_the_last_minute() -> None:
    make_model()
    rows = [ProductFactory().embeddings.get() for _ in range(9)]
    finish(rows[0], seconds_ago=3600)
    finish(rows[1], seconds_ago=40)
    for row in rows[2:6]:
        finish(row, seconds_ago=20)

    progress = indexing.progress()

    # Four since the batch of 40 seconds ago, and three are left.
    assert progress.rate == pytest.approx(4 / 40, rel=0.1)
    assert progress.seconds_left == pytest.approx(30, rel=0.1)


def test_while_nothing_is_done_nothing_tells_the_time_left() -> None:
    make_model()
    ProductFactory()

    progress = indexing.progress()

    assert (progress.rate, progress.seconds_left) == (0, None)


def test_when_nothing_is_left_no_time_is_left() -> None:
    make_model()

    assert indexing.progress().seconds_left == 0


def shop_of_three_slices(monkeypatch: pytest.MonkeyPatch) -> None:
    """Five products, all embedded, and then all changed by raw SQL; two products are a slice."""
    model = make_model()
    category = CategoryFactory()
    for _ in range(5):
        ProductFactory(category=category, images=1)
    embed_all(model, Encoder())
    monkeypatch.setattr(indexing, "SLICE", 2)
    Product.objects.update(title="Changed")
    ProductImage.objects.update(content_hash="")


def test_as_many_sweeps_as_slices_find_all_that_raw_sql_changed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shop_of_three_slices(monkeypatch)

    marked = [indexing.mark_some_pending() for _ in range(3)]

    assert marked == [4, 4, 2]


def test_sweeps_of_a_cache_that_forgets_leave_nothing_out(monkeypatch: pytest.MonkeyPatch) -> None:
    shop_of_three_slices(monkeypatch)

    for _ in range(200):
        indexing.mark_some_pending()
        cache.clear()

    assert statuses() == ["pending"] * 10


def test_every_sweep_looks_at_all_of_a_small_shop() -> None:
    model = make_model()
    products = [ProductFactory() for _ in range(3)]
    embed_all(model, Encoder())

    for product in products:
        Product.objects.filter(pk=product.pk).update(title="Changed")
        assert indexing.mark_some_pending() == 1


def test_every_sweep_finds_all_that_has_no_embedding(monkeypatch: pytest.MonkeyPatch) -> None:
    make_model()
    monkeypatch.setattr(indexing, "SLICE", 1)
    category = CategoryFactory()
    Product.objects.bulk_create(
        Product(category=category, title=f"Bulk {n}", slug=f"bulk-{n}") for n in range(5)
    )

    assert indexing.mark_some_pending() == 5
