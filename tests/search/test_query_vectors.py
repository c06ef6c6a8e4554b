"""The vector of a query: computed once, kept exactly, bounded, and shared by who asks at once."""

from __future__ import annotations

import io
import os
import threading
import time
from collections.abc import Iterator, Sequence

import numpy as np
import pytest
from django.core.cache import cache
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from search import query_vectors
from search.encoders import EncoderUnavailable
from search.models import EmbeddingModel
from search.query_vectors import ENTRY_BYTES, Source, VectorMemory, of_photo, of_text
from shop.catalog.images import TakenImage, take_in

DIMENSION = 6


class Encoder:
    """Reads words without their case; counts what it is asked, and may be held or out of order."""

    reference, checksum, dimension, causal_text = "by-hand", "0" * 64, DIMENSION, False

    def __init__(self) -> None:
        self.int8: frozenset[str] = frozenset()
        self.texts: list[str] = []
        self.images = 0
        self.go = threading.Event()
        self.go.set()
        self.error: Exception | None = None

    def query_key(self, text: str) -> bytes:
        return " ".join(text.lower().split()).encode()

    def encode_query_text(self, text: str) -> np.ndarray:
        self.texts.append(text)
        assert self.go.wait(20)
        if self.error:
            raise self.error
        return self._row(self.query_key(text))

    def encode_query_image(self, image: Image.Image) -> np.ndarray:
        self.images += 1
        return self._row(image.tobytes())

    @staticmethod
    def _row(content: bytes) -> np.ndarray:
        row = np.random.default_rng(list(content)).normal(size=DIMENSION).astype(np.float32)
        return row / np.linalg.norm(row)


@pytest.fixture
def encoder() -> Encoder:
    return Encoder()


@pytest.fixture
def model(encoder: Encoder, monkeypatch: pytest.MonkeyPatch) -> EmbeddingModel:
    monkeypatch.setattr(EmbeddingModel, "encoder", lambda self: encoder)
    return EmbeddingModel(pk=7, reference="by-hand", checksum="0" * 64, dimension=DIMENSION)


@pytest.fixture(autouse=True)
def empty() -> Iterator[None]:
    query_vectors.forget()
    cache.clear()
    yield
    query_vectors.forget()
    cache.clear()


@pytest.fixture
def sources(monkeypatch: pytest.MonkeyPatch) -> list[Source]:
    """Where each answer came from."""
    told: list[Source] = []
    monkeypatch.setattr(query_vectors, "observers", [told.append])
    return told


def photo(colour: str) -> TakenImage:
    file = io.BytesIO()
    Image.new("RGB", (20, 20), colour).save(file, "PNG")
    return take_in(file.getvalue())


def test_the_process_then_redis_then_the_encoder_answer(
    model: EmbeddingModel, encoder: Encoder, sources: list[Source]
) -> None:
    computed = of_text("red boots", model)
    again = of_text("red boots", model)
    query_vectors.forget()
    from_redis = of_text("red boots", model)
    after = of_text("red boots", model)

    assert sources == [Source.ENCODER, Source.PROCESS, Source.REDIS, Source.PROCESS]
    assert encoder.texts == ["red boots"]
    expected = encoder._row(b"red boots")
    for vector in (computed, again, from_redis, after):
        assert vector.dtype == np.float32
        assert vector.shape == (DIMENSION,)
        np.testing.assert_array_equal(vector, expected)
        # it is shared: nobody may change it
        assert not vector.flags.writeable


def test_texts_share_a_vector_where_the_encoder_cannot_tell_them_apart(
    model: EmbeddingModel, encoder: Encoder
) -> None:
    for text in ("Red  boots", "red boots", " RED BOOTS\n", "red boot", "redboots"):
        of_text(text, model)

    assert encoder.texts == ["Red  boots", "red boot", "redboots"]


def test_a_photo_is_known_by_its_content(
    model: EmbeddingModel, encoder: Encoder, sources: list[Source]
) -> None:
    red = of_photo(photo("red"), model)
    np.testing.assert_array_equal(of_photo(photo("red"), model), red)
    assert not np.array_equal(of_photo(photo("blue"), model), red)

    assert sources == [Source.ENCODER, Source.PROCESS, Source.ENCODER]
    assert encoder.images == 2


def test_other_weights_and_other_arithmetic_have_vectors_of_their_own(
    model: EmbeddingModel, encoder: Encoder
) -> None:
    of_text("red", model)
    of_text("red", EmbeddingModel(pk=8, checksum="0" * 64))
    of_text("red", EmbeddingModel(pk=7, checksum="1" * 64))
    encoder.int8 = frozenset({"text"})
    of_text("red", model)

    assert len(encoder.texts) == 4


def test_an_encoder_without_a_query_side_answers_too(
    model: EmbeddingModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Plain:
        def encode_texts(self, texts: Sequence[str]) -> np.ndarray:
            return np.stack([Encoder._row(text.encode()) for text in texts])

        def encode_images(self, images: Sequence[Image.Image]) -> np.ndarray:
            return np.stack([Encoder._row(image.tobytes()) for image in images])

    monkeypatch.setattr(EmbeddingModel, "encoder", lambda self: Plain())

    np.testing.assert_array_equal(of_text("Red", model), Encoder._row(b"Red"))
    assert of_photo(photo("red"), model).shape == (DIMENSION,)


def test_who_asks_the_same_at_once_waits_for_the_first(
    model: EmbeddingModel, encoder: Encoder, sources: list[Source]
) -> None:
    encoder.go.clear()
    vectors: list[np.ndarray] = []
    threads = [
        threading.Thread(target=lambda: vectors.append(of_text("red boots", model)))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    deadline = time.monotonic() + 20
    while not encoder.texts and time.monotonic() < deadline:
        time.sleep(0.001)
    encoder.go.set()
    for thread in threads:
        thread.join(20)

    assert encoder.texts == ["red boots"]
    assert len(vectors) == 8
    assert all(np.array_equal(vector, vectors[0]) for vector in vectors)
    assert sorted(sources) == [Source.ENCODER] + 7 * [Source.PROCESS]


def test_a_failure_is_not_kept(model: EmbeddingModel, encoder: Encoder) -> None:
    encoder.error = EncoderUnavailable("no weights")
    with pytest.raises(EncoderUnavailable):
        of_text("red", model)

    encoder.error = None

    assert of_text("red", model).shape == (DIMENSION,)
    assert not query_vectors._asked


def test_without_redis_the_process_remembers(
    model: EmbeddingModel, encoder: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given what the forgiving cache answers while Redis is down
    monkeypatch.setattr(cache, "get", lambda key: None)
    monkeypatch.setattr(cache, "set", lambda *args: None)

    of_text("red", model)
    of_text("red", model)

    assert encoder.texts == ["red"]


def test_a_forked_child_starts_anew(model: EmbeddingModel, encoder: Encoder) -> None:
    # given locks that threads of the parent hold at the moment of the fork
    of_text("red", model)
    with query_vectors._asking, query_vectors._memory._lock:
        child = os.fork()
        if not child:
            known = query_vectors._memory.get("anything")
            with query_vectors._asking:
                os._exit(0 if known is None and not query_vectors._asked else 1)

    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


@given(
    limit=st.integers(0, 6 * (ENTRY_BYTES + 40)),
    asked=st.lists(st.tuples(st.sampled_from("abcdefgh"), st.integers(1, 20)), max_size=40),
)
def test_memory_is_bounded_and_keeps_what_was_used_last(
    limit: int, asked: list[tuple[str, int]]
) -> None:
    memory = VectorMemory(limit)
    latest: dict[str, np.ndarray] = {}

    for key, size in asked:
        vector = np.zeros(size, dtype=np.float32)
        memory.put(key, vector)
        latest.pop(key, None)
        latest[key] = vector
        kept = {k: v for k, v in latest.items() if memory.get(k) is v}
        total = sum(ENTRY_BYTES + v.nbytes for v in kept.values())
        assert total <= limit
        assert total == memory._size
        # what is kept is what was put last: no older one where a newer one is missing
        assert list(kept) == list(latest)[len(latest) - len(kept) :]


def test_what_is_read_stays_longer() -> None:
    entry = ENTRY_BYTES + 4
    memory = VectorMemory(2 * entry)
    memory.put("a", np.zeros(1, dtype=np.float32))
    memory.put("b", np.zeros(1, dtype=np.float32))
    assert memory.get("a") is not None

    memory.put("c", np.zeros(1, dtype=np.float32))

    assert memory.get("a") is not None
    assert memory.get("b") is None
