"""`/metrics`: who may read it, and what it tells."""

from __future__ import annotations

import os
import runpy
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import DatabaseError
from django.test import Client
from django.utils import timezone
from prometheus_client.parser import text_string_to_metric_families

from search import counts, metrics
from search.models import Embedding, EmbeddingModel, RecallCheck
from tests.factories import ProductFactory
from tests.search.vectors import embed_image, make_model, unit

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).resolve().parent.parent.parent
TOKEN = {"Authorization": "Bearer open sesame"}


@pytest.fixture(autouse=True)
def token(settings: Any) -> None:
    settings.METRICS_TOKEN = "open sesame"


def value(name: str, **labels: str) -> float:
    """What `/metrics` tells of one series; 0 if it does not know it."""
    for family in text_string_to_metric_families(metrics.exposition().decode()):
        for sample in family.samples:
            if sample.name == name and sample.labels == labels:
                return float(sample.value)
    return 0.0


def test_whoever_has_the_token_reads_it(client: Client) -> None:
    answer = client.get("/metrics", headers=TOKEN)

    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/plain")
    assert "no-store" in answer["Cache-Control"]
    assert b"vitrine_search_seconds" in answer.content


@pytest.mark.parametrize("sent", ["", "Bearer", "Bearer open", "Basic open sesame", "Bearer öpen"])
def test_nobody_else_does(client: Client, sent: str) -> None:
    answer = client.get("/metrics", headers={"Authorization": sent} if sent else {})

    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == "Bearer"
    assert answer.content == b""


@pytest.mark.parametrize("sent", [TOKEN, {"Authorization": "Bearer "}])
def test_without_a_token_of_the_shop_there_is_no_such_page(
    client: Client, settings: Any, sent: dict[str, str]
) -> None:
    settings.METRICS_TOKEN = ""

    assert client.get("/metrics", headers=sent).status_code == 404


def test_a_search_is_counted_by_stage_and_way(client: Client) -> None:
    model = make_model()
    asked, found = ProductFactory(images=1), ProductFactory(images=1)
    embed_image(asked.images.get(), model, unit(1))
    embed_image(found.images.get(), model, unit(1))
    series = [
        {"stage": "filter", "way": ""},
        {"stage": "image", "way": "exact"},
        {"stage": "total", "way": ""},
    ]
    before = [value("vitrine_search_seconds_count", **labels) for labels in series]

    client.get("/api/v1/search/", {"like": asked.slug})

    after = [value("vitrine_search_seconds_count", **labels) for labels in series]
    assert after == [count + 1 for count in before]


def test_words_alone_are_a_way(client: Client) -> None:
    ProductFactory(title="Boots")
    labels = {"stage": "words", "way": "full-text"}
    before = value("vitrine_search_seconds_count", **labels)

    client.get("/search/", {"q": "boots"})

    assert value("vitrine_search_seconds_count", **labels) == before + 1


def test_searches_that_find_nothing_can_be_told_from_others(client: Client) -> None:
    ProductFactory(title="Red boots")
    nothing = value("vitrine_search_results_bucket", le="0.0")
    all_of_them = value("vitrine_search_results_count")

    client.get("/search/", {"q": "boots"})
    client.get("/search/", {"q": "hovercraft"})

    assert value("vitrine_search_results_bucket", le="0.0") == nothing + 1
    assert value("vitrine_search_results_count") == all_of_them + 2


def test_vectors_are_counted_by_where_they_came_from(
    client: Client, vitrine_mini: EmbeddingModel
) -> None:
    ProductFactory(title="Words of this test alone")
    before = [value("vitrine_query_vectors_total", source=s) for s in ("encoder", "process")]

    client.get("/search/", {"q": "words of this test alone"})
    client.get("/search/", {"q": "words of this test alone"})

    after = [value("vitrine_query_vectors_total", source=s) for s in ("encoder", "process")]
    assert after == [count + 1 for count in before]


def test_embeddings_are_counted_by_status() -> None:
    make_model()
    ProductFactory(images=1)
    Embedding.objects.filter(kind="image").update(status="failed")

    found = {s: value("vitrine_embeddings", status=s) for s in Embedding.Status.values}

    assert found == {"pending": 1, "running": 0, "done": 0, "failed": 1}


def test_the_last_check_of_recall_is_told() -> None:
    now = timezone.now()
    RecallCheck.objects.create(
        model=make_model(),
        way="signatures",
        origin="searches",
        checked_at=now,
        samples=20,
        recall=0.975,
        worst=0.5,
    )

    assert value("vitrine_search_recall", way="signatures") == 0.975
    assert value("vitrine_search_recall_checked_timestamp_seconds") == pytest.approx(
        now.timestamp()
    )


def test_with_the_database_down_it_tells_the_rest(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def down() -> None:
        raise DatabaseError("connection refused")

    monkeypatch.setattr(counts, "by_status", down)

    answer = client.get("/metrics", headers=TOKEN)

    assert answer.status_code == 200
    assert b"vitrine_search_results_count" in answer.content
    assert b"vitrine_embeddings" not in answer.content


def test_a_process_takes_the_lowest_number_that_is_free() -> None:
    hooks = runpy.run_path(str(ROOT / "gunicorn.conf.py"))
    living = {pid: SimpleNamespace(metrics_number=number) for pid, number in ((11, 0), (13, 2))}
    worker = SimpleNamespace()

    hooks["pre_fork"](SimpleNamespace(WORKERS=living), worker)

    assert worker.metrics_number == 1


def test_processes_add_up_and_one_counts_on_where_another_ended(tmp_path: Path) -> None:
    count_in_a_process = """
import runpy, sys
from types import SimpleNamespace
hooks = runpy.run_path("gunicorn.conf.py")
hooks["post_fork"](None, SimpleNamespace(metrics_number=int(sys.argv[1])))
import django
django.setup()
from search import metrics
from search.facts import Facts
metrics.observe(Facts(matching=5, milliseconds={"total": 1.0}))
print(metrics.exposition().decode())
"""
    environ = {
        **os.environ,
        "PROMETHEUS_MULTIPROC_DIR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "shop.settings",
    }

    for number in ("0", "1", "0"):
        told = subprocess.run(
            [sys.executable, "-c", count_in_a_process, number],
            cwd=ROOT,
            env=environ,
            capture_output=True,
            text=True,
            check=True,
        ).stdout

    assert "vitrine_search_results_count 3.0" in told
    assert 'vitrine_search_seconds_count{stage="total",way=""} 3.0' in told
    assert {file.name for file in tmp_path.glob("histogram*")} == {
        "histogram_0.db",
        "histogram_1.db",
    }
