"""A large catalogue in its own database: what loading it took, and what it takes on disk."""

from __future__ import annotations

from typing import Any

from django.db import connection

from benchmarks.scale import geometry
from benchmarks.scale.database import loading, scale_shop


def run(*, products: int) -> dict[str, Any]:
    """Loads it if it is not there. The seconds are those of its last loading."""
    with scale_shop(products) as catalogue:
        took = loading(products)
        figures: dict[str, Any] = {"products": products}
        for step, seconds in took["seconds"].items():
            figures[f"{step}, s"] = seconds
        figures["loaded in, s"] = sum(took["seconds"].values())
        figures["peak of the loading process, MB"] = took["peak MB"]
        with connection.cursor() as cursor:
            cursor.execute(
                """
                SELECT relname, pg_table_size(oid) / 1e6, pg_indexes_size(oid) / 1e6
                  FROM pg_class
                 WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
                   AND pg_total_relation_size(oid) > 1e6
                 ORDER BY pg_total_relation_size(oid) DESC
                """
            )
            for table, rows, indexes in cursor.fetchall():
                figures[f"{table}: rows, MB"] = float(rows)
                figures[f"{table}: indexes, MB"] = float(indexes)
            cursor.execute("SELECT pg_database_size(current_database()) / 1e6")
            figures["database, MB"] = float(cursor.fetchone()[0])
        figures |= geometry.measure(catalogue)
    return figures
