"""What a new price and a new stock cost, and that they touch no vector.

One variant is updated by its key, prepared, in a transaction of its own; the statement (with the
triggers that keep listings in step) and the commit (a write to disk) are timed apart:

- *price*: the product's listing may have another lowest or highest price.
- *stock*: one fewer of several, as an order does; no listing says so.
- *sold out*: the last of a product goes, or comes back; the listing says so.

Beside them the same *without triggers* (`session_replication_role = replica`, and the value that is
there already, so that nothing gets out of step), and *without vector indexes*, which are dropped in
a transaction that is rolled back; so there is no commit to time.

Every value is put back. No index is written but with a row of its table: the run ends with an error
if, by PostgreSQL's own statistics, any row of `search_embedding` was written meanwhile. The blocks
that were so much as looked at in its indexes with vectors are counted as well.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from statistics import median
from typing import Any

import psycopg
from django.db import connection
from psycopg.pq import TransactionStatus

from benchmarks.scale.database import scale_shop
from search import vector_indexes
from search.connection import raw_connection
from search.models import EmbeddingModel

ROUNDS = 5
VARIANTS = 40  # of each kind, in each round
WARM = 10  # updates that are not timed, whenever what there is has changed: plans are made anew

# The column, its new value, and of which variants.
KINDS = {
    "price": ("price", "price + 0.01", "true"),
    "stock": ("stock", "stock - 1", "stock > 5"),
    "sold out": (
        "stock",
        "0",
        """stock > 0 AND published AND NOT EXISTS (
            SELECT FROM catalog_variant other WHERE other.product_id = catalog_variant.product_id
               AND other.id <> catalog_variant.id AND other.stock > 0)""",
    ),
}
WRITTEN, LOOKED_AT, GROWN = (
    "rows of vectors written",
    "blocks of vector indexes looked at",
    "bytes by which vector indexes grew",
)
# Indexes that hold vectors or their signatures.
VECTOR_INDEXES = """
    SELECT indexrelid, relname FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
     WHERE indrelid = 'search_embedding'::regclass
       AND split_part(pg_get_indexdef(indexrelid), ' WHERE ', 1) ~ '(vector|signature)'
"""
WAYS = ("as it is", "without triggers", "without vector indexes")


@dataclass(frozen=True)
class Change:
    """Of one variant."""

    key: int
    column: str
    former: Any
    new: Any


@dataclass(frozen=True)
class Timed:
    """Milliseconds of each update of one kind, in one way."""

    statements: list[float] = field(default_factory=list)
    commits: list[float] = field(default_factory=list)

    def note(self, statement: float, commit: float | None) -> None:
        self.statements.append(statement)
        if commit is not None:
            self.commits.append(commit)


Times = dict[tuple[str, str], Timed]


def run(*, products: int) -> dict[str, Any]:
    """{"rows": one dict for each kind of update and way}, and what the updates touched."""
    times: Times = {(kind, way): Timed() for kind in KINDS for way in WAYS}
    touched: Counter[str] = Counter()
    with scale_shop(products):
        list(vector_indexes.ensure(EmbeddingModel.objects.get(state=EmbeddingModel.State.LIVE)))
        raw = raw_connection()
        changes = {kind: _changes(kind) for kind in KINDS}
        for number in range(ROUNDS):
            first = number * VARIANTS
            chosen = {kind: found[first : first + VARIANTS] for kind, found in changes.items()}
            _measure(raw, chosen, "as it is", times, touched)
            with _without_triggers(raw):
                _measure(raw, chosen, "without triggers", times)
            with _without_vector_indexes(raw):
                _measure(raw, chosen, "without vector indexes", times)
    if touched[WRITTEN]:
        raise SystemExit(f"New prices and stocks have written {touched[WRITTEN]} rows of vectors.")
    rows = [_row(kind, way, timed) for (kind, way), timed in times.items()]
    _print(rows)
    return {"products": products, **touched, "rows": rows}


def _changes(kind: str) -> list[Change]:
    """For all rounds; which variants is chance, but the same each time."""
    column, new, where = KINDS[kind]
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT id, {column}, {new} FROM catalog_variant WHERE {where}
             ORDER BY md5(id::text) LIMIT {ROUNDS * VARIANTS}
            """  # noqa: S608  (constants of ours)
        )
        return [Change(key, column, former, new) for key, former, new in cursor.fetchall()]


def _measure(
    raw: psycopg.Connection[Any],
    chosen: dict[str, list[Change]],
    way: str,
    times: Times,
    touched: Counter[str] | None = None,
) -> None:
    """Each change made and taken back; where there are no triggers, nothing changes."""
    for kind, changes in chosen.items():
        for change in changes[:WARM]:
            _update(raw, change, change.former)
        before = _statistics()
        for change in changes:
            new = change.former if way == "without triggers" else change.new
            try:
                times[kind, way].note(*_update(raw, change, new))
            finally:
                times[kind, way].note(*_update(raw, change, change.former))
        if touched is not None:
            after = _statistics()
            touched.update({what: after[what] - before[what] for what in after})


def _update(raw: psycopg.Connection[Any], change: Change, value: Any) -> tuple[float, float | None]:
    """Milliseconds of the statement, and of the commit, if the transaction is its own."""
    alone = raw.info.transaction_status == TransactionStatus.IDLE
    statement = f"UPDATE catalog_variant SET {change.column} = %s WHERE id = %s"  # noqa: S608
    with psycopg.Cursor(raw) as cursor:
        if alone:
            cursor.execute("BEGIN")
        began = time.perf_counter()
        cursor.execute(statement, [value, change.key], prepare=True)
        updated = time.perf_counter()
        if not alone:
            return (updated - began) * 1000, None
        cursor.execute("COMMIT")
        return (updated - began) * 1000, (time.perf_counter() - updated) * 1000


@contextmanager
def _without_triggers(raw: psycopg.Connection[Any]) -> Iterator[None]:
    raw.execute("SET session_replication_role = replica")
    try:
        yield
    finally:
        raw.execute("RESET session_replication_role")


@contextmanager
def _without_vector_indexes(raw: psycopg.Connection[Any]) -> Iterator[None]:
    """All that is done inside is undone, too."""
    raw.execute("BEGIN")
    try:
        for (name,) in raw.execute(
            f"SELECT relname FROM ({VECTOR_INDEXES}) indexes"  # noqa: S608
        ).fetchall():
            raw.execute(f"DROP INDEX {name}")
        yield
    finally:
        raw.execute("ROLLBACK")


def _statistics() -> dict[str, int]:
    """Counts that only grow, and the size of the indexes in bytes."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_force_next_flush()")
        cursor.execute(
            f"""
            SELECT (SELECT n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_user_tables
                     WHERE relname = 'search_embedding'),
                   sum(idx_blks_read + idx_blks_hit)::bigint,
                   sum(pg_relation_size(indexrelid))::bigint
              FROM ({VECTOR_INDEXES}) indexes
              JOIN pg_statio_user_indexes USING (indexrelid)
            """  # noqa: S608
        )
        return dict(zip((WRITTEN, LOOKED_AT, GROWN), cursor.fetchone(), strict=True))


def _row(kind: str, way: str, timed: Timed) -> dict[str, Any]:
    return {
        "update": kind,
        "way": way,
        "updates": len(timed.statements),
        "statement_p50_ms": median(timed.statements),
        "commit_p50_ms": median(timed.commits) if timed.commits else None,
    }


def _print(rows: list[dict[str, Any]]) -> None:
    print(f"  {'p50, milliseconds':38}{'statement':>10}{'commit':>9}")
    for row in rows:
        commit = row["commit_p50_ms"]
        print(
            f"  {row['update'] + ', ' + row['way']:38}{row['statement_p50_ms']:10.3f}"
            + ("" if commit is None else f"{commit:9.3f}")
        )
