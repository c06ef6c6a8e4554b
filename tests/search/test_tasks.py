"""What the tasks promise the broker, and what a sweep rings for."""

from __future__ import annotations

import pytest
from celery import Task
from django.conf import settings

from search import tasks, vector_indexes
from shop.celery import app
from tests.factories import ProductFactory
from tests.search.vectors import embed_text, make_model, unit

OURS = ["search.tasks.", "search.events.tasks.", "search.versions.tasks.", "shop.catalog.tasks."]


def test_no_message_is_delivered_again_while_its_task_still_runs() -> None:
    app.loader.import_default_modules()
    ours = [task for name, task in app.tasks.items() if name.startswith(tuple(OURS))]

    assert tasks.update_indexes in ours
    for task in ours:
        limit = task.time_limit or settings.CELERY_TASK_TIME_LIMIT
        assert not task.acks_late or limit < settings.CELERY_VISIBILITY_TIMEOUT, task.name
        assert (task.soft_time_limit or settings.CELERY_TASK_SOFT_TIME_LIMIT) < limit, task.name


def test_making_indexes_is_not_in_the_queue_of_embeddings() -> None:
    route = app.amqp.router.route({}, tasks.update_indexes.name)

    assert route["queue"].name == "celery"


@pytest.mark.parametrize("task", [tasks.make_colors, tasks.sweep_colors])
def test_vectors_do_not_wait_for_colours(task: Task) -> None:
    assert app.amqp.router.route({}, task.name)["queue"].name == "pictures"


@pytest.mark.django_db(transaction=True)
def test_a_sweep_rings_for_indexes_only_where_some_are_due(monkeypatch: pytest.MonkeyPatch) -> None:
    list(vector_indexes.update())  # what earlier tests left
    rung: list[object] = []
    others = [tasks.update_statistics]  # which look for themselves whether anything is due
    monkeypatch.setattr(tasks, "dispatch", lambda task: task in others or rung.append(task))
    monkeypatch.setattr(vector_indexes, "INDEXES_FROM", 2)
    model = make_model()
    embed_text(ProductFactory(), model, unit(1))
    tasks.sweep()
    assert rung == []

    embed_text(ProductFactory(), model, unit(1))
    tasks.sweep()
    assert rung == [tasks.update_indexes]

    tasks.update_indexes()
    tasks.sweep()
    assert rung == [tasks.update_indexes]
    assert vector_indexes.missing(model) == []
