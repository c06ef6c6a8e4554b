"""The board: what is seen, waits and failed; and trying again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from search import indexing, metrics
from search.board import heartbeat, reading
from search.board.reading import State
from search.board.reasons import REASONS
from search.models import Embedding, EmbeddingModel
from tests.factories import ProductFactory
from tests.search.test_metrics import value
from tests.search.vectors import embed_image, embed_text, make_model, unit
from tests.shop.accounts.factories import make_user

pytestmark = pytest.mark.django_db
PAGE = "/admin/search/embedding/"


@pytest.fixture
def staff(client: Client) -> Client:
    client.force_login(get_user_model().objects.create_superuser("admin", "a@example.com", "x"))
    return client


def fail(error: str, count: int = 1) -> list[Embedding]:
    """Pictures that failed for a reason."""
    products = [ProductFactory(images=1) for _ in range(count)]
    rows = Embedding.objects.filter(product__in=products, kind="image")
    rows.update(status="failed", attempts=3, error=error)
    return list(rows)


def finish(product: Any, model: EmbeddingModel) -> None:
    embed_text(product, model, unit(1))
    for image in product.images.all():
        embed_image(image, model, unit(1))


def long_ago(**changes: Any) -> None:
    Embedding.objects.update(updated_at=timezone.now() - timedelta(hours=2), **changes)


def test_counts_by_kind_and_the_oldest_that_waits() -> None:
    model = make_model()
    finish(ProductFactory(images=2), model)
    first = ProductFactory(title="Grey shawl", images=1)
    long_ago()
    ProductFactory(images=1)

    (one,) = reading.board().models

    assert one.live
    assert one.counts["image"]["done"] == 2
    assert one.counts["image"]["pending"] == one.counts["text"]["pending"] == 2
    assert one.oldest is not None
    assert (one.oldest.product_id, one.oldest.title) == (first.pk, "Grey shawl")


@pytest.mark.parametrize(
    ("state", "arrange"),
    [
        (State.SEEN, lambda: Embedding.objects.update(status="failed")),
        (State.STARTING, lambda: None),
        (State.STOPPED, long_ago),
        (State.LATER, lambda: long_ago(retry_at=timezone.now() + timedelta(minutes=1))),
    ],
)
def test_how_things_stand(state: State, arrange: Callable[[], Any]) -> None:
    make_model()
    ProductFactory(images=1)
    arrange()

    assert reading.board().state is state


def test_a_worker_that_looks_for_work_is_seen() -> None:
    make_model()
    ProductFactory(images=1)
    long_ago()
    task = type("Task", (), {"name": "search.tasks.sweep"})()

    heartbeat._beat(sender=task)

    assert reading.board().state is State.BUSY
    assert heartbeat.last_seen() is not None


def test_it_is_working_while_some_are_finished() -> None:
    model = make_model()
    finish(ProductFactory(images=1), model)
    ProductFactory(images=1)

    assert reading.board().state is State.WORKING


def test_what_failed_is_told_apart_by_what_can_be_done() -> None:
    make_model()
    fail("The picture file cannot be read: No such file or directory.", 2)
    fail("The picture file cannot be read: image file is truncated (3 bytes not processed).")
    fail("The worker died while embedding it, 3 times.")
    fail("The encoder could not read it: out of memory")
    fail("Nobody has seen this before.")

    found = {group.reason.name: group.pictures for group in reading.groups()}

    assert found == {"missing": 2, "broken": 1, "stopped": 1, "encoder": 1, "other": 1}


def test_two_models_fail_at_one_picture() -> None:
    make_model()
    EmbeddingModel.objects.create(
        name="next", reference="local-dir:x", checksum="1" * 64, dimension=4
    )
    product = ProductFactory(images=1)
    indexing.mark_pending([product.pk])
    Embedding.objects.filter(kind="image").update(status="failed", error="The encoder broke.")

    (group,) = reading.groups()

    assert (group.pictures, len(group.samples)) == (1, 1)


def test_one_is_tried_again(staff: Client) -> None:
    make_model()
    row, _other = fail("The encoder broke.", 2)

    answer = staff.post(f"{PAGE}retry/", {"embedding": row.pk}, follow=True)

    states = Embedding.objects.filter(kind="image").order_by("pk")
    assert list(states.values_list("status", "attempts", "error")) == [
        ("pending", 0, ""),
        ("failed", 3, "The encoder broke."),
    ]
    assert "1 picture or text is tried again." in answer.content.decode()
    assert LogEntry.objects.get().object_id == str(row.product_id)


def test_a_group_is_tried_again_and_then_all(staff: Client) -> None:
    make_model()
    fail("The encoder broke.", 2)
    fail("The picture file cannot be read: No such file or directory.")

    staff.post(f"{PAGE}retry/", {"reason": "missing"})
    after_group = Embedding.objects.filter(status="failed").count()
    staff.post(f"{PAGE}retry/")

    assert after_group == 2
    assert not Embedding.objects.filter(status="failed").exists()
    assert LogEntry.objects.count() == 2


def test_lots_are_tried_again_to_the_last(monkeypatch: pytest.MonkeyPatch, staff: Client) -> None:
    monkeypatch.setattr("search.board.retrying.AT_ONCE", 2)
    make_model()
    fail("The encoder broke.", 5)

    staff.post(f"{PAGE}retry/", {"reason": "encoder"})

    assert not Embedding.objects.filter(status="failed").exists()


def test_the_page_asks_as_often_for_many_as_for_one(
    staff: Client, django_assert_max_num_queries: Any
) -> None:
    make_model()
    fail("The encoder broke.", 12)
    fail("The picture file cannot be read: No such file or directory.", 3)

    with django_assert_max_num_queries(40):
        page = staff.get(PAGE).content.decode()

    assert page.count("The encoder broke.") == reading.SAMPLES
    assert "Show all 12" in page
    assert "picture’s file is not there any more" in page


def test_all_of_a_group_are_shown_page_by_page(
    monkeypatch: pytest.MonkeyPatch, staff: Client, django_assert_max_num_queries: Any
) -> None:
    monkeypatch.setattr("search.board.admin.PER_PAGE", 3)
    make_model()
    rows = fail("The encoder broke.", 5)

    with django_assert_max_num_queries(20):
        first = staff.get(f"{PAGE}failed/encoder/").content.decode()
    second = staff.get(f"{PAGE}failed/encoder/", {"after": rows[2].pk}).content.decode()

    assert first.count("The encoder broke.") == 3
    assert f"?after={rows[2].pk}" in first
    assert second.count("The encoder broke.") == 2
    assert staff.get(f"{PAGE}failed/nothing/").status_code == 404


def test_numbers_follow_and_what_failed_only_where_it_changed(staff: Client) -> None:
    make_model()
    fail("The encoder broke.")
    page = staff.get(PAGE)
    state = page.context["failed_state"]

    same = staff.get(f"{PAGE}live/", {"failed": state}).content.decode()
    fail("The encoder broke.")
    other = staff.get(f"{PAGE}live/", {"failed": state}).content.decode()

    assert 'data-moving="' in same
    assert "board-failed" not in same
    assert 'hx-swap-oob="true"' in other


@pytest.mark.parametrize(
    ("role", "sees", "retries"),
    [("Owner", 200, 302), ("Catalogue", 200, 302), ("Support", 403, 403), ("Fulfilment", 403, 403)],
)
def test_who_may_look_and_try_again(client: Client, role: str, sees: int, retries: int) -> None:
    client.force_login(make_user(role=role))

    assert client.get(PAGE).status_code == sees
    assert client.post(f"{PAGE}retry/").status_code == retries
    assert client.get(f"{PAGE}retry/").status_code == 405


def test_a_product_is_still_deleted_with_what_was_seen_of_it(client: Client) -> None:
    client.force_login(make_user(role="Catalogue"))
    make_model()
    product = ProductFactory(images=1)

    client.post(f"/admin/catalog/product/{product.pk}/delete/", {"post": "yes"})

    assert not Embedding.objects.exists()


def test_prometheus_reads_the_same_numbers() -> None:
    model = make_model()
    fail("The encoder broke.", 2)
    long_ago()
    name = f"{model.pk}:by-hand"

    def unfinished(kind: str, status: str) -> float:
        return value("vitrine_embeddings_unfinished", model=name, kind=kind, status=status)

    assert unfinished("image", "failed") == 2
    assert unfinished("text", "pending") == 2
    assert value("vitrine_embeddings_failed", reason="encoder") == 2
    assert value("vitrine_embeddings_oldest_waiting_seconds", model=name) > 7_000
    told = metrics.exposition().decode()
    assert told.count("vitrine_embeddings_failed{") == len(REASONS)


def test_a_board_is_read_once_for_many_who_look(django_assert_num_queries: Any) -> None:
    make_model()
    reading.board()

    with django_assert_num_queries(0):
        reading.board()
    reading.forget()

    assert cache.get("search.board:read") is None
