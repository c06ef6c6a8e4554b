"""The indexes of a model: when they are made, made anew, and dropped; and what making them uses."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import psycopg
import pytest
from django.conf import LazySettings
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from django.utils import timezone

from search import vector_indexes
from search.models import Embedding, EmbeddingModel
from tests.factories import ProductFactory
from tests.search.vectors import embed_image, embed_text, make_model, unit

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def no_indexes_of_earlier_tests(transactional_db: None) -> None:
    assert all(index.startswith("dropped ") for index in vector_indexes.update())


@pytest.fixture(autouse=True)
def low_thresholds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vector_indexes, "INDEXES_FROM", 4)
    monkeypatch.setattr(vector_indexes, "HNSW_FROM", 3)
    monkeypatch.setattr(vector_indexes, "THRESHOLDS_FROM", 2)


def embed(model: EmbeddingModel, products: int) -> None:
    """As many pictures and texts."""
    for n in range(products):
        product = ProductFactory(images=1)
        embed_image(product.images.get(), model, unit(1, n))
        embed_text(product, model, unit(n, 1))


def model_with_indexes(reference: str = "live", **values: object) -> EmbeddingModel:
    model = make_model(reference=reference, **values)
    embed(model, 3)
    list(vector_indexes.ensure(model))
    assert len(indexes(model)) == 4
    return model


def indexes(model: EmbeddingModel) -> list[str]:
    """Those that are whole."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class JOIN pg_index ON indexrelid = oid"
            " WHERE indisvalid AND relname LIKE %s ORDER BY relname",
            [f"embedding\\_{model.pk}\\_%"],
        )
        return [name for (name,) in cursor]


def cut_off(index: str) -> None:
    """Leave `index` as it is after a CREATE INDEX CONCURRENTLY that did not end."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE pg_index SET indisvalid = false WHERE indexrelid = %s::regclass", [index]
        )


def retire(model: EmbeddingModel, *, days_ago: int) -> None:
    model.state = EmbeddingModel.State.RETIRED
    model.retired_at = timezone.now() - timedelta(days=days_ago)
    model.save()


@contextmanager
def another_process_making_indexes() -> Iterator[None]:
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [vector_indexes._LOCK])
    try:
        yield
    finally:
        # Closing alone frees it, but not before the server has seen it.
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [vector_indexes._LOCK])
        other.close()


def test_nothing_is_made_for_few_vectors() -> None:
    model = make_model()
    embed(model, 1)

    assert not vector_indexes.update_due()
    assert list(vector_indexes.update()) == []


def test_indexes_are_made_once_there_are_vectors_enough() -> None:
    model = make_model()
    embed(model, 3)

    assert vector_indexes.update_due()
    made = list(vector_indexes.update())

    names = [vector_indexes.name(model.pk, purpose) for purpose in vector_indexes.PURPOSES]
    assert made == ["thresholds of image vectors", "thresholds of text vectors", *names]
    assert indexes(model) == sorted(names)
    assert not vector_indexes.update_due()
    assert list(vector_indexes.update()) == []


def test_the_graph_waits_until_little_is_pending() -> None:
    model = make_model()
    embed(model, 3)
    ProductFactory(images=1)

    assert vector_indexes.missing(model) == ["exact", "signatures"]
    Embedding.objects.filter(status="pending").delete()
    assert vector_indexes.missing(model) == list(vector_indexes.PURPOSES)


def test_an_index_whose_making_was_cut_off_is_made_anew() -> None:
    model = model_with_indexes()
    graph = vector_indexes.name(model.pk, "image")
    cut_off(graph)
    assert vector_indexes.missing(model) == ["image"]

    assert vector_indexes.update_due()
    assert list(vector_indexes.update()) == [graph]

    assert len(indexes(model)) == 4


def test_one_process_at_a_time_makes_indexes() -> None:
    model = make_model()
    embed(model, 3)

    with another_process_making_indexes():
        assert not vector_indexes.update_due()
        assert list(vector_indexes.update()) == []
    assert vector_indexes.update_due()


def test_nothing_is_dropped_while_another_process_makes_indexes() -> None:
    model = model_with_indexes()

    with another_process_making_indexes(), pytest.raises(CommandError, match="Another process"):
        call_command("index", "rebuild", drop=True)

    assert len(indexes(model)) == 4


def test_the_last_model_that_was_retired_keeps_its_indexes_and_older_ones_do_not() -> None:
    older, last = (model_with_indexes(name, state="building") for name in ("older", "last"))
    live = model_with_indexes("live")
    retire(older, days_ago=2)
    retire(last, days_ago=1)

    assert vector_indexes.update_due()
    done = list(vector_indexes.update())

    assert sorted(done) == sorted(
        f"dropped {vector_indexes.name(older.pk, purpose)}" for purpose in vector_indexes.PURPOSES
    )
    assert [len(indexes(model)) for model in (older, last, live)] == [0, 4, 4]
    assert not vector_indexes.update_due()


def test_indexes_of_a_model_that_is_gone_are_dropped() -> None:
    gone = model_with_indexes()
    pk = gone.pk
    gone.delete()

    assert len(list(vector_indexes.update())) == 4

    assert indexes(EmbeddingModel(pk=pk)) == []


def test_a_cut_off_index_of_a_retired_model_is_dropped() -> None:
    last = model_with_indexes()
    retire(last, days_ago=1)
    graph = vector_indexes.name(last.pk, "image")
    cut_off(graph)

    assert list(vector_indexes.update()) == [f"dropped {graph}"]


# --- What making one uses -----------------------------------------------------------------------


@pytest.fixture
def statements(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[tuple[str, int, int]]]:
    """Each CREATE INDEX, with the memory (kB) and the processes that it may use."""
    kept: list[tuple[str, int, int]] = []
    execute = vector_indexes._execute

    def keep(statement: str) -> None:
        if statement.startswith("CREATE"):
            kept.append((statement, *resources()))
        execute(statement)

    monkeypatch.setattr(vector_indexes, "_execute", keep)
    yield kept


def resources() -> tuple[int, int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_size_bytes(current_setting('maintenance_work_mem')) / 1024,"
            " current_setting('max_parallel_maintenance_workers')::int"
        )
        return cursor.fetchone()


@contextmanager
def own_memory(kilobytes: int) -> Iterator[None]:
    """The server's own `maintenance_work_mem`, for this database."""
    database = connection.ops.quote_name(connection.settings_dict["NAME"])
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER DATABASE {database} SET maintenance_work_mem = '{kilobytes}kB'")
        connection.close()
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"ALTER DATABASE {database} RESET maintenance_work_mem")
        connection.close()


@pytest.mark.parametrize(
    ("needed", "allowed", "own", "used"),
    [
        (300 * 2**20, 1024, 65_536, 300 * 1024),  # what the graph needs
        (300 * 2**20, 200, 65_536, 200 * 1024),  # ... but no more than that
        (300 * 2**20, 200, 262_144, 262_144),  # unless the server is set to more
    ],
)
def test_an_index_is_made_in_the_memory_that_its_graph_needs(
    needed: int,
    allowed: int,
    own: int,
    used: int,
    statements: list[tuple[str, int, int]],
    monkeypatch: pytest.MonkeyPatch,
    settings: LazySettings,
) -> None:
    settings.INDEX_MEMORY, settings.INDEX_WORKERS = allowed, 3
    monkeypatch.setattr(vector_indexes, "memory_needed", lambda vectors, dimension: needed)
    with own_memory(own):
        before = resources()
        model_with_indexes()
        after = resources()

    assert [row[1:] for row in statements] == [(used, 3)] * 4
    assert after == before


def test_the_memory_needed_is_what_pgvector_takes() -> None:
    notices: list[str] = []
    with connection.cursor() as cursor:
        connection.connection.add_notice_handler(
            lambda notice: notices.append(notice.message_primary)
        )
        cursor.execute("CREATE TEMPORARY TABLE vectors (vector halfvec(64))")
        cursor.execute(
            """
            INSERT INTO vectors
            SELECT ARRAY(SELECT sin(n * d) FROM generate_series(1, 64) d)::real[]::halfvec
              FROM generate_series(1, 6000) n
            """
        )
        create = "CREATE INDEX ON vectors USING hnsw (vector halfvec_ip_ops) WITH (m = 16)"
        for vectors in (6000, 5000):
            kilobytes = vector_indexes.memory_needed(vectors, 64) // 1024
            cursor.execute(f"SET maintenance_work_mem = '{kilobytes}kB'")
            cursor.execute(create)
            notices.append("--")
        cursor.execute("RESET maintenance_work_mem")

    assert notices[0] == "--", "enough for 6,000"
    assert "no longer fits" in notices[1], "not enough for 1,000 more than it was meant for"


def test_without_room_in_shared_memory_one_process_makes_the_index(
    statements: list[tuple[str, int, int]],
    monkeypatch: pytest.MonkeyPatch,
    settings: LazySettings,
) -> None:
    settings.INDEX_WORKERS = 3
    refuse_parallel(monkeypatch, psycopg.errors.DiskFull("could not resize shared memory segment"))

    model_with_indexes()

    assert [row[2] for row in statements] == [3, 0] * 4


def test_another_failure_is_not_tried_again(
    statements: list[tuple[str, int, int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    refuse_parallel(monkeypatch, psycopg.errors.AdminShutdown("terminating connection"))

    with pytest.raises(OperationalError, match="terminating"):
        model_with_indexes()

    assert len(statements) == 1


def refuse_parallel(monkeypatch: pytest.MonkeyPatch, error: psycopg.Error) -> None:
    execute: Callable[[str], None] = vector_indexes._execute

    def refuse(statement: str) -> None:
        parallel = statement.startswith("CREATE") and resources()[1] > 0
        execute(statement)
        if parallel:
            raise OperationalError(str(error)) from error

    monkeypatch.setattr(vector_indexes, "_execute", refuse)
