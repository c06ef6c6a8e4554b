"""What a search asks of a database connection: pgvector's settings, and its vectors in binary form.

A setting that pgvector does not know is only a warning to PostgreSQL, and the search would quietly
be another one. So each connection is asked, at its first search, what it really has.
"""

from __future__ import annotations

from typing import Any
from weakref import WeakSet

import psycopg
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from pgvector import HalfVector
from psycopg.adapt import Dumper
from psycopg.pq import Format

SETTINGS = {
    # How many candidates a walk through the graph keeps: recall .99 and more (benchmarks).
    "hnsw.ef_search": "200",
    # Where that is not enough for a LIMIT, the walk goes on.
    "hnsw.iterative_scan": "relaxed_order",
    # Compiling a statement takes longer than any of ours.
    "jit": "off",
}
# Earlier ones can corrupt an HNSW index in vacuum.
MINIMUM_VERSION = (0, 8, 4)


class HalfVectorDumper(Dumper):
    """Half the bytes of text, and none of its parsing."""

    format = Format.BINARY

    def dump(self, obj: HalfVector) -> bytes:
        return bytes(obj.to_binary())


_prepared: WeakSet[psycopg.Connection[Any]] = WeakSet()


def raw_connection() -> psycopg.Connection[Any]:
    """psycopg's own connection behind Django's, prepared for searches.

    Raises `ImproperlyConfigured` where the server cannot do what searches rely on.
    """
    connection.ensure_connection()
    raw = connection.connection
    if raw not in _prepared:
        _prepare(raw)
        _prepared.add(raw)
    return raw


def _prepare(raw: psycopg.Connection[Any]) -> None:
    settings = ", ".join(f"set_config('{name}', %s, false)" for name in SETTINGS)
    with psycopg.Cursor(raw) as cursor:
        # The first use of a type loads the library; before that any setting is accepted.
        cursor.execute("SELECT '[1]'::halfvec")
        cursor.execute(f"SELECT {settings}", list(SETTINGS.values()))
        current = ", ".join(f"current_setting('{name}')" for name in SETTINGS)
        cursor.execute(
            f"SELECT 'halfvec'::regtype::oid, extversion, {current}"  # noqa: S608  (constants only)
            " FROM pg_extension WHERE extname = 'vector'"
        )
        row = cursor.fetchone()
    assert row is not None  # noqa: S101  (only for the type: the extension is there)
    oid, version, *values = row
    found = dict(zip(SETTINGS, values, strict=True))
    check(version, found)
    dumper = type("HalfVectorDumper", (HalfVectorDumper,), {"oid": oid})
    raw.adapters.register_dumper(HalfVector, dumper)


def check(version: str, settings: dict[str, str]) -> None:
    """Raises `ImproperlyConfigured` for a pgvector that is too old, or settings not taken."""
    numbers = tuple(int(part) for part in version.split(".")[:3])
    if numbers < MINIMUM_VERSION:
        raise ImproperlyConfigured(
            f"This database has pgvector {version}, and {'.'.join(map(str, MINIMUM_VERSION))} is "
            "needed. Install it, then run ALTER EXTENSION vector UPDATE."
        )
    if settings != SETTINGS:
        wrong = {name: value for name, value in settings.items() if value != SETTINGS[name]}
        raise ImproperlyConfigured(
            f"This database does not take the settings that searches rely on: {wrong}, where "
            f"{ ({name: SETTINGS[name] for name in wrong}) } is needed. Is the library of pgvector "
            f"{version} the one that the server has loaded?"
        )
