"""The indexes over one model's vectors, and the thresholds of its signatures.

Models differ in dimension, so each has indexes of its own, made once it has vectors enough:

    exact       B-tree (kind, path, product_id) with the vector in it: a category's vectors lie side
                by side, and are compared without a visit to the table
    signatures  the same with the signature: 3/16 of the bytes, for categories that are large
    hnsw        one a kind (Malkov and Yashunin, 2016): where nothing is filtered; and one a kind
                for each large category (`search.category_graphs`)

Only what is on sale is in them. None has a price or a stock, so none is touched when one changes.
An index that is made after a bulk load is made in a fraction of the time that a million insertions
take: `ensure` waits until little is pending.

A model that was replaced keeps its indexes until the next is: going back to it takes no time then.
"""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import numpy as np
import psycopg
from django.conf import settings
from django.db import OperationalError, connection
from pgvector import HalfVector

from search import category_graphs, counts
from search.models import Embedding, EmbeddingModel
from search.retrieval import inside
from shop.catalog.models import Category

logger = logging.getLogger(__name__)

# A mean of so many vectors is known to a few per cent of its deviation.
THRESHOLDS_FROM, THRESHOLDS_OF = 1_000, 20_000
# A small shop's vectors are found as fast without.
INDEXES_FROM = 2_000
# Fewer vectors are compared exactly in the time that a walk through the graph takes.
HNSW_FROM = 20_000
# A B-tree's entry is at most 2,704 bytes; a halfvec has two a dimension.
COVERING_DIMENSIONS = 1_280
# Links of a node, and candidates while building. With 64, pgvector's default, targets from another
# category found .84 of the first 24 at a breadth of 200, and .984 at 1,000; with 128 .90 and .993.
# Building takes 1.7 times as long (70,000 products).
HNSW_LINKS, HNSW_CANDIDATES = 16, 128
# What the graph takes of memory while it is built, for each vector besides the vector itself
# (measured in pgvector 0.8.5, with that many links).
HNSW_NODE_BYTES = 720

# One process at a time makes indexes: a lock of the session, freed by PostgreSQL if it dies.
_LOCK = 0x76697472  # "vitr"

PURPOSES = ("exact", "signatures", *Embedding.Kind.values)
_KINDS = "|".join(Embedding.Kind.values)
_NAME = re.compile(rf"embedding_(\d+)_((?:{'|'.join(PURPOSES)})|(?:{_KINDS})_[0-9a-z]{{4,40}})")
# How long a process believes what it knows of the graphs of categories.
KEEP_SECONDS = 60.0

_category_graphs: dict[int, tuple[float, set[str]]] = {}


class BeingMade(Exception):
    """Another process makes indexes; the message is for whoever started this one."""


def name(model_id: int, purpose: str) -> str:
    """The name of a model's index; `purpose`: one of `PURPOSES`, a kind for its graph; or a kind
    and the path of a category ("image_0004") for the category's."""
    return f"embedding_{model_id}_{purpose.lower()}"


def graph_around(model: EmbeddingModel, kind: str, path: str) -> str:
    """The path of the smallest category that has a graph and holds the one at `path`; "" for the
    graph of the whole shop. What graphs there are is asked anew once a minute."""
    asked_at, known = _category_graphs.get(model.pk, (-KEEP_SECONDS, set()))
    if time.monotonic() - asked_at >= KEEP_SECONDS:
        known = _purposes(model)
        _category_graphs[model.pk] = (time.monotonic(), known)
    ends = range(len(path), 0, -Category.steplen)
    return next((path[:end] for end in ends if f"{kind}_{path[:end]}" in known), "")


def update() -> Iterator[str]:
    """Make what models in use should have by now and have not, and drop what no model needs any
    more; says what was done, after each.

    Hours for millions of vectors. Nobody waits for it: indexes are made and dropped concurrently,
    except inside a transaction. One process at a time; another does nothing meanwhile. If this one
    dies, PostgreSQL goes on with the index that it was making.
    """
    with _alone() as alone:
        if not alone:
            return
        for model in EmbeddingModel.objects.embedding():
            yield from _make(model)
        while useless := _useless():  # asked anew each time: a model may just have been taken up
            _drop(useless[0])
            yield f"dropped {useless[0]}"


def update_due() -> bool:
    """Whether `update` would do something now. Milliseconds, and in a large shop the time that it
    takes to read the paths of all listings."""
    if _being_made():
        return False
    return bool(_useless()) or any(
        _without_thresholds(model) or missing(model) for model in EmbeddingModel.objects.embedding()
    )


def ensure(model: EmbeddingModel) -> Iterator[str]:
    """`update` for one model, and nothing dropped; gives the name of each when it is made."""
    with _alone() as alone:
        if alone:
            yield from _make(model)


def missing(model: EmbeddingModel) -> list[str]:
    """The purposes for which `model` should have an index by now and has none that is whole."""
    made = _purposes(model)
    unmade = [purpose for purpose in PURPOSES if purpose not in made]
    wanted = [purpose for purpose in unmade if purpose not in Embedding.Kind.values]
    if wanted and not counts.at_least(INDEXES_FROM, model):
        wanted = []
    graphs = [
        kind
        for kind in Embedding.Kind.values
        if kind in unmade and counts.at_least(HNSW_FROM, model, kind)
    ]
    if graphs:  # else a large shop's embeddings are not counted every time
        found = counts.by_kind_and_status([model])
        waiting = sum(of_kind["pending"] + of_kind["running"] for of_kind in found.values())
        # While much is still to come, each vector would be put into the graph one by one.
        wanted += [kind for kind in graphs if waiting <= found[kind]["done"] // 10]
    # Those of categories once there is one of the whole.
    whole = [kind for kind in Embedding.Kind.values if kind in made]
    if whole and not wanted:
        of_categories = sorted(category_graphs.wanted(_paths(made)))
        wanted = [f"{kind}_{path}" for kind in whole for path in of_categories]
    return [purpose for purpose in wanted if purpose not in made]


def sizes(model: EmbeddingModel) -> dict[str, int]:
    """The bytes of each index that there is, by name."""
    names = [name(model.pk, purpose) for purpose in sorted(_purposes(model))]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, pg_relation_size(name::regclass) FROM unnest(%s::text[]) name", [names]
        )
        return dict(cursor.fetchall())


def drop(model: EmbeddingModel) -> None:
    """Drop the indexes of a model; its vectors stay. Raises `BeingMade` while another process makes
    indexes."""
    with _alone() as alone:
        if not alone:
            raise BeingMade("Another process is making indexes. Try again when it is done.")
        for index in _found():
            if _model_of(index) == model.pk:
                _drop(index)


def _make(model: EmbeddingModel) -> Iterator[str]:
    for index, whole in _found().items():
        if not whole and _model_of(index) == model.pk:
            _drop(index)
    # Before the indexes: they change every signature.
    for kind in _without_thresholds(model):
        set_thresholds(model, kind)
        yield f"thresholds of {kind} vectors"
    while purposes := missing(model):
        for purpose in purposes:
            _create(model, purpose)
            yield name(model.pk, purpose)


def _without_thresholds(model: EmbeddingModel) -> list[str]:
    """The kinds whose thresholds could be known by now, and are not."""
    return [
        kind
        for kind in Embedding.Kind.values
        if getattr(model, f"{kind}_thresholds") is None
        and counts.at_least(THRESHOLDS_FROM, model, kind)
    ]


def _useless() -> list[str]:
    """The indexes of models that are gone, or were replaced before the last was; the graphs of
    categories that are gone, or hold little any more; and what was cut off in the making, which
    nothing reads and every change writes to."""
    kept = set(EmbeddingModel.objects.indexed().values_list("pk", flat=True))
    found = _found()
    useless = [index for index, whole in found.items() if not whole or _model_of(index) not in kept]
    # As `missing` asks: of each model by itself. What one wants because it has it, another may not.
    graphs: dict[int, list[str]] = {}
    for index in found:
        if index not in useless and _paths([_purpose_of(index)]):
            graphs.setdefault(_model_of(index), []).append(index)
    for own in graphs.values():
        wanted = category_graphs.wanted(_paths(map(_purpose_of, own)))
        useless += [index for index in own if not _paths([_purpose_of(index)]) <= wanted]
    return useless


def set_thresholds(model: EmbeddingModel, kind: str) -> None:
    """Three thresholds a dimension from a sample of vectors: the mean, and a deviation (over all
    dimensions) to either side.

    With signs alone, category by category, .76 to .93 of the first 24 were among the best 800; with
    three bits .97 to .99 (200,000 products). Taken once: later ones would change every row for
    little.
    """
    sample = Embedding.objects.filter(model=model, kind=kind, vector__isnull=False)
    vectors = np.array(
        [np.asarray(vector) for vector in sample.values_list("vector", flat=True)[:THRESHOLDS_OF]],
        dtype=np.float32,
    )
    mean = vectors.mean(axis=0)
    deviation = np.sqrt(np.square(vectors - mean).mean())
    thresholds = np.concatenate([mean - deviation, mean, mean + deviation])
    setattr(model, f"{kind}_thresholds", HalfVector(thresholds))
    model.save(update_fields=[f"{kind}_thresholds"])


def _found() -> dict[str, bool]:
    """The indexes of all models, and whether each is whole: one whose making was cut off is not."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT class.relname, index.indisvalid
              FROM pg_index index JOIN pg_class class ON class.oid = index.indexrelid
             WHERE index.indrelid = 'search_embedding'::regclass
            """
        )
        return {index: whole for index, whole in cursor if _NAME.fullmatch(index)}


def _purposes(model: EmbeddingModel) -> set[str]:
    """For which `model` has an index that is whole."""
    found = _found().items()
    return {_purpose_of(index) for index, whole in found if whole and _model_of(index) == model.pk}


def _paths(purposes: Iterable[str]) -> set[str]:
    """Of the categories among `purposes`."""
    return {path for purpose in purposes if (path := purpose.partition("_")[2])}


def _parts(index: str) -> tuple[int, str]:
    found = _NAME.fullmatch(index)
    assert found is not None  # noqa: S101  (only for the type: it is a name of `_found`)
    return int(found[1]), found[2]


def _model_of(index: str) -> int:
    return _parts(index)[0]


def _purpose_of(index: str) -> str:
    kind, divided, path = _parts(index)[1].partition("_")
    return kind + divided + path.upper()


def _create(model: EmbeddingModel, purpose: str) -> None:
    on_sale = f"model_id = {model.pk} AND listed AND vector IS NOT NULL"
    if purpose == "exact":
        held = "image_id, vector" if model.dimension <= COVERING_DIMENSIONS else "image_id"
        definition = f"(kind, path, product_id) INCLUDE ({held})"
    elif purpose == "signatures":
        definition = "(kind, path, product_id) INCLUDE (image_id, id, signature)"
    else:
        definition = (
            f"USING hnsw ((vector::halfvec({model.dimension})) halfvec_ip_ops)"
            f" WITH (m = {HNSW_LINKS}, ef_construction = {HNSW_CANDIDATES})"
        )
        kind, _, path = purpose.partition("_")
        on_sale += f" AND kind = '{kind}'"
        if path:
            on_sale += f" AND {inside(path)}"
    index = name(model.pk, purpose)
    statement = (
        f"CREATE INDEX {_concurrently()} {index} ON search_embedding {definition} WHERE {on_sale}"
    )
    logger.info("Making the index %s.", index)
    try:
        with _resources(model, workers=settings.INDEX_WORKERS):
            _execute(statement)
    except OperationalError as error:
        # Several processes build a graph in shared memory, which a container may have little of.
        no_room = isinstance(error.__cause__, psycopg.errors.DiskFull | psycopg.errors.OutOfMemory)
        if connection.in_atomic_block or not no_room:
            raise
        logger.warning("Making the index %s in one process: %s", index, error)
        _drop(index)
        with _resources(model, workers=0):
            _execute(statement)
    if not connection.in_atomic_block:
        # So that the index alone answers, and the planner knows how much is in it.
        _execute("VACUUM (ANALYZE) search_embedding")


def memory_needed(vectors: int, dimension: int) -> int:
    """The bytes that a graph of so many vectors takes while it is built. Where they are not there,
    pgvector goes on on disk, many times slower."""
    return vectors * (2 * dimension + HNSW_NODE_BYTES) * 11 // 10


@contextmanager
def _resources(model: EmbeddingModel, *, workers: int) -> Iterator[None]:
    """What a statement inside may use: memory for the larger graph of `model`, but no more than
    `settings.INDEX_MEMORY`, and processes beside its own. Where the server is set to more, that."""
    vectors = max(found["done"] for found in counts.by_kind_and_status([model]).values())
    memory = min(memory_needed(vectors, model.dimension) // 1024, settings.INDEX_MEMORY * 1024)
    local = connection.in_atomic_block  # what is set there ends with the transaction
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT set_config('maintenance_work_mem', greatest(%s,
                       pg_size_bytes(current_setting('maintenance_work_mem')) / 1024) || 'kB', %s),
                   set_config('max_parallel_maintenance_workers', %s, %s)
            """,
            [memory, local, str(workers), local],
        )
    try:
        yield
    finally:
        if not local:
            _execute("RESET maintenance_work_mem")
            _execute("RESET max_parallel_maintenance_workers")


def _drop(index: str) -> None:
    _execute(f"DROP INDEX {_concurrently()} IF EXISTS {index}")


def _concurrently() -> str:
    return "" if connection.in_atomic_block else "CONCURRENTLY"


def _execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def _being_made() -> bool:
    """Whether some process is in `_alone`."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT EXISTS (
                SELECT FROM pg_locks
                 WHERE locktype = 'advisory' AND classid = 0 AND objid = %s AND objsubid = 1
                   AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
            )
            """,
            [_LOCK],
        )
        return bool(cursor.fetchone()[0])


@contextmanager
def _alone() -> Iterator[bool]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [_LOCK])
        alone = bool(cursor.fetchone()[0])
        try:
            yield alone
        finally:
            if alone:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])
