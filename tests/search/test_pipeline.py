"""Whatever is pending, every sound picture and text gets its own vector, and nothing is lost."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import numpy as np
import pytest
from django.db import connection
from django.test.utils import override_settings
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from search import claims, pipeline
from search.models import Embedding, EmbeddingModel
from shop.catalog.models import Category, Product
from tests.factories import CategoryFactory, ProductFactory, ProductImageFactory, picture_bytes
from tests.search.vectors import DIMENSION, make_model, unit

pytestmark = pytest.mark.django_db(transaction=True)

POISON = 33  # the width of pictures, and the last word of texts, that the encoder cannot read


class Encoder:
    """A vector tells which picture or text it is of: the size of one, the digits of the other."""

    reference, dimension, checksum, causal_text = "by-hand", DIMENSION, "0" * 64, True

    def __init__(self) -> None:
        self.running: list[int] = []  # how many rows ran in all, each time it was called

    def encode_texts(self, texts: Sequence[str]) -> np.ndarray:
        self._look()
        return np.stack([self._vector(int(text.split(".")[0]), 0) for text in texts])

    def encode_images(self, images: Sequence[Image.Image]) -> np.ndarray:
        return self.encode_pixels(np.stack([self.preprocess(image) for image in images]))

    def preprocess(self, image: Image.Image) -> np.ndarray:
        pixels = np.zeros((3, 64, 64), dtype=np.float32)
        pixels[:2, 0, 0] = image.size
        return pixels

    def encode_pixels(self, batch: np.ndarray) -> np.ndarray:
        self._look()
        return np.stack([self._vector(*pixels[:2, 0, 0]) for pixels in batch])

    def _vector(self, first: float, second: float) -> np.ndarray:
        if first == POISON:
            raise ValueError("cannot read this")
        return unit(1, first, second)

    def _look(self) -> None:
        """Not in the thread of the pipeline: a connection of its own, and its end."""
        self.running.append(Embedding.objects.filter(status="running").count())
        connection.close()


def run(model: EmbeddingModel, encoder: Encoder) -> list[pipeline.Finished]:
    return list(pipeline.run(lambda: {model: encoder}))


@contextmanager
def emptied() -> Iterator[None]:
    """Examples of one test share a database that really commits."""
    try:
        yield
    finally:
        Product.objects.all().delete()
        EmbeddingModel.objects.all().delete()
        Category.objects.all().delete()


@given(
    pictures=st.lists(st.sampled_from(["sound", "missing", "damaged", "poison"]), max_size=9),
    texts=st.lists(st.booleans(), min_size=1, max_size=9),
    batch=st.integers(1, 5),
)
@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_whatever_is_pending_every_sound_one_gets_its_own_vector(
    pictures: list[str], texts: list[bool], batch: int
) -> None:
    with emptied(), override_settings(EMBEDDING_BATCH=batch):
        model = make_model()
        category = CategoryFactory()
        products = [
            ProductFactory(category=category, title=str(POISON if poison else 100 + n))
            for n, poison in enumerate(texts)
        ]
        expected: dict[int, np.ndarray | None] = {
            product.embeddings.get().pk: None if poison else unit(1, 100 + n, 0)
            for n, (product, poison) in enumerate(zip(products, texts, strict=True))
        }
        for n, state in enumerate(pictures):
            size = POISON if state == "poison" else 40 + n, 50
            image = ProductImageFactory(product=products[0], data=picture_bytes(size, seed=n))
            storage, name = image.image.storage, image.image.name
            if state in ("missing", "damaged"):
                storage.delete(name)
            if state == "damaged":
                with storage.open(name, "wb") as file:
                    file.write(b"\xff\xd8\xff not a picture")
            expected[image.embeddings.get().pk] = unit(1, *size) if state == "sound" else None

        for _ in range(Embedding.MAX_ATTEMPTS):
            run(model, Encoder())
            Embedding.objects.update(retry_at=None)

        for row in Embedding.objects.all():
            wanted = expected.pop(row.pk)
            if wanted is None:
                assert (row.status, row.attempts, row.vector) == ("failed", 3, None)
                assert "read" in row.error
            else:
                assert (row.status, row.attempts, row.claim, row.error) == ("done", 0, None, "")
                assert row.vector == pytest.approx(wanted.astype(np.float16).tolist(), rel=1e-6)
        assert not expected


def test_some_batches_are_ahead_and_no_more() -> None:
    model, encoder = make_model(), Encoder()
    category = CategoryFactory()
    for n in range(12):
        ProductFactory(category=category, title=str(n))

    with override_settings(EMBEDDING_BATCH=2):
        finished = run(model, encoder)

    assert finished == [pipeline.Finished(2, 2)] * 6
    assert max(encoder.running) <= 2 * pipeline.AHEAD


def test_what_was_tried_before_is_alone() -> None:
    model, encoder = make_model(), Encoder()
    category = CategoryFactory()
    for n in range(7):
        ProductFactory(category=category, title=str(n))
    Embedding.objects.filter(product__title__in=["0", "1", "2"]).update(attempts=1)

    with override_settings(EMBEDDING_BATCH=2):
        finished = run(model, encoder)

    assert [batch.claimed for batch in finished] == [2, 2, 1, 1, 1]
    assert encoder.running[-3:] == [1, 1, 1]


def test_an_interruption_gives_back_all_that_was_claimed() -> None:
    model = make_model()
    category = CategoryFactory()
    for n in range(8):
        ProductFactory(category=category, title=str(n))

    with override_settings(EMBEDDING_BATCH=2):
        running = pipeline.run(lambda: {model: Encoder()})
        next(running)
        running.close()

    states = list(Embedding.objects.order_by("pk").values_list("status", "attempts", "claim"))
    assert (
        states == [("done", 0, None)] * 2 + [("pending", 1, None)] * 4 + [("pending", 0, None)] * 2
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'")
        assert cursor.fetchone() == (0,)


def test_when_the_time_is_spent_nothing_more_is_claimed() -> None:
    model = make_model()
    ProductFactory(title="1")

    assert list(pipeline.run(lambda: {model: Encoder()}, budget_seconds=0)) == []
    assert Embedding.objects.get().attempts == 0


def test_without_an_encoder_no_attempt_is_spent() -> None:
    make_model(reference="local-dir:nowhere")
    ProductFactory()

    assert list(pipeline.run()) == []
    assert Embedding.objects.get().attempts == 0


def test_a_claim_that_cannot_be_made_keeps_no_lock() -> None:
    model = make_model()

    assert claims.claim_batch({model.pk: model}) is None
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'")
        assert cursor.fetchone() == (0,)
