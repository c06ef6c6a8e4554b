"""What Prometheus reads of the search (`/metrics`).

Searches are counted in the process that answers them: some ten histograms take a number each, tens
of microseconds in all. gunicorn's processes share what they counted by files (`gunicorn.conf.py`),
so that whichever is asked answers for all. What the database knows is read when asked.

Requests by view and status are not counted here: proxies and access logs know them.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator

from django.core.cache import cache
from django.db import DatabaseError
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from search import counts, indexing, query_vectors, recall_history
from search.board import reading
from search.board.reasons import REASONS
from search.events import buffer
from search.facts import Facts
from search.models import Embedding
from search.query_vectors import Source

logger = logging.getLogger(__name__)

# A count of all embeddings reads an index over all of them: once a minute is enough.
COUNT_SECONDS = 60

_counted = CollectorRegistry()
_seconds = Histogram(
    "vitrine_search_seconds",
    "Time of a stage of a search. Legs have a way: exact, graph, signatures, full-text.",
    ["stage", "way"],
    buckets=(0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0),
    registry=_counted,
)
_results = Histogram(
    "vitrine_search_results",
    'Products that matched, as far as they are counted. le="0.0" are searches that found none.',
    buckets=(0, 1, 5, 24, 100, 1_000, 9_999),
    registry=_counted,
)
_vectors = Counter(
    "vitrine_query_vectors",
    "Vectors of queries, by where they came from: process, redis, encoder.",
    ["source"],
    registry=_counted,
)
_events = Counter(
    "vitrine_events",
    "Events (query, impression, click, cart, purchase, order) that were kept for storing, or "
    "dropped since Redis was down or nothing stored them.",
    ["type", "outcome"],
    registry=_counted,
)


def connect() -> None:
    """Count where query vectors come from, and events."""
    query_vectors.observers.append(_count_vector)
    buffer.observers.append(_count_event)


def observe(facts: Facts) -> None:
    """Count one search that was answered."""
    for stage, milliseconds in facts.milliseconds.items():
        _seconds.labels(stage, facts.ways.get(stage, "")).observe(milliseconds / 1000)
    _results.observe(facts.found)


def exposition() -> bytes:
    """All of it, in Prometheus's text format."""
    counted = _counted
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        counted = CollectorRegistry()
        MultiProcessCollector(counted)
    return generate_latest(counted) + generate_latest(_stored)


def _count_vector(source: Source) -> None:
    _vectors.labels(source.value).inc()


def _count_event(kind: str, outcome: str) -> None:
    _events.labels(kind, outcome).inc()


class _StoredCollector(Collector):
    """What the database knows, read at each scrape. Without a database the rest is still told."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        waiting = buffer.waiting()
        if waiting is not None:
            yield GaugeMetricFamily(
                "vitrine_events_waiting", "Events that wait to be stored.", value=waiting
            )
        try:
            yield from (_embeddings(), *_board(), *_recall())
        except DatabaseError as error:
            logger.warning("Metrics without what the database knows: %s", error)

    def describe(self) -> Iterator[GaugeMetricFamily]:
        """Nothing, so that registering reads nothing."""
        return iter(())


_stored = CollectorRegistry()
_stored.register(_StoredCollector())


def _embeddings() -> GaugeMetricFamily:
    family = GaugeMetricFamily(
        "vitrine_embeddings", "Embeddings of models in use, by status.", labels=["status"]
    )
    found = cache.get_or_set("metrics:embeddings", counts.by_status, COUNT_SECONDS) or {}
    for status, count in found.items():
        family.add_metric([status], count)
    return family


def _board() -> Iterator[GaugeMetricFamily]:
    """What the board shows (`search.board`). Models are those in use, and reasons are few."""
    found = reading.board()
    unfinished = GaugeMetricFamily(
        "vitrine_embeddings_unfinished",
        "Embeddings that are pending, running or failed, by model and by what they are of.",
        labels=["model", "kind", "status"],
    )
    rate = GaugeMetricFamily(
        "vitrine_embeddings_per_second",
        f"Embeddings that were made lately, of the last {indexing.RATE_SECONDS} seconds.",
        labels=["model"],
    )
    oldest = GaugeMetricFamily(
        "vitrine_embeddings_oldest_waiting_seconds",
        "For how long what has waited longest has been pending; 0 where nothing is.",
        labels=["model"],
    )
    for one in found.models:
        name = f"{one.pk}:{one.name}"  # two may be called the same
        for kind, counted in one.counts.items():
            for status, count in counted.items():
                if status != Embedding.Status.DONE:
                    unfinished.add_metric([name, kind, status], count)
        rate.add_metric([name], one.progress.rate)
        since = one.oldest.since if one.oldest else found.read_at
        oldest.add_metric([name], (found.read_at - since).total_seconds())
    failed = GaugeMetricFamily(
        "vitrine_embeddings_failed",
        f"Pictures and texts that failed, by reason; of the first {reading.TOLD_APART}.",
        labels=["reason"],
    )
    by_reason = {group.reason.name: group.total for group in reading.groups()}
    for reason in REASONS:
        failed.add_metric([reason.name], by_reason.get(reason.name, 0))
    yield from (unfinished, rate, oldest, failed)
    if found.worker_seen is not None:
        yield GaugeMetricFamily(
            "vitrine_embeddings_worker_seen_timestamp_seconds",
            "When a worker last began to look for something to embed.",
            value=found.worker_seen.timestamp(),
        )


def _recall() -> Iterator[GaugeMetricFamily]:
    latest = recall_history.latest()
    if latest is None:
        return
    recall = GaugeMetricFamily(
        "vitrine_search_recall",
        "Of the first products of an exact search, the share that the search shows, by way.",
        labels=["way"],
    )
    for check in latest.checks:
        recall.add_metric([check.way], check.recall)
    yield recall
    yield GaugeMetricFamily(
        "vitrine_search_recall_checked_timestamp_seconds",
        "When that was checked.",
        value=latest.checked_at.timestamp(),
    )
