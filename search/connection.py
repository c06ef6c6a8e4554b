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
from pgvector.psycopg.halfvec import HalfVectorBinaryDumper
from psycopg.types import TypeInfo

SETTINGS = {
    # How many candidates a walk through the graph keeps.
    "hnsw.ef_search": "200",
    # Where that is not enough for a LIMIT, the walk goes on.
    "hnsw.iterative_scan": "relaxed_order",
    # Compiling a statement takes longer than any of ours.
    "jit": "off",
}
# Earlier ones can corrupt an HNSW index in vacuum.
MINIMUM_VERSION = (0, 8, 4)


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
            f"SELECT extversion, {current} FROM pg_extension WHERE extname = 'vector'"  # noqa: S608
        )
        row = cursor.fetchone()
    info = TypeInfo.fetch(raw, "halfvec")
    assert row is not None and info is not None  # noqa: S101  (only for the type: it is there)
    version, *values = row
    found = dict(zip(SETTINGS, values, strict=True))
    check(version, found)
    # In binary: half the bytes of text, and none of its parsing. Only what is sent; what Django
    # reads stays as it is.
    info.register(raw)
    dumper = type("HalfVectorDumper", (HalfVectorBinaryDumper,), {"oid": info.oid})
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
