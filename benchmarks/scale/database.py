"""A database of its own for each size, beside the shop's, kept between runs."""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.management import call_command
from django.db import connection

from benchmarks.scale import catalogue, space
from benchmarks.scale.catalogue import Catalogue
from benchmarks.scale.load import load


@contextmanager
def scale_shop(products: int, *, dimension: int = 512) -> Iterator[Catalogue]:
    """Django's database is `vitrine_scale_<products>`, migrated and loaded; gives its catalogue.

    It is loaded anew when the generator's source, or what it was called with, has changed.
    """
    drawn = Catalogue(products, dimension=dimension)
    name = f"vitrine_scale_{products}"
    before = connection.settings_dict["NAME"]
    wanted = fingerprint(drawn)
    if _comment(name) != wanted:
        print(f"  making the database {name}", flush=True)
        with connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {name}")
            cursor.execute(f"CREATE DATABASE {name}")
    _switch(name)
    try:
        call_command("migrate", verbosity=0)
        if _comment(name) != wanted:
            load(drawn)
            with connection.cursor() as cursor:
                cursor.execute(f"COMMENT ON DATABASE {name} IS '{wanted}'")
        yield drawn
    finally:
        _switch(before)


def fingerprint(drawn: Catalogue) -> str:
    """Of what decides what is in the database: code, without comments and docstrings, and
    parameters."""
    parts = [f"{drawn.products} {drawn.dimension} {drawn.seed}"]
    for module in (catalogue, space):
        tree = ast.parse(Path(module.__file__ or "").read_text())
        for node in ast.walk(tree):
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and (
                ast.get_docstring(node) is not None
            ):
                node.body.pop(0)
        parts.append(ast.dump(tree))
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _switch(name: str) -> None:
    connection.close()
    connection.settings_dict["NAME"] = name


def _comment(name: str) -> str | None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s",
            [name],
        )
        row = cursor.fetchone()
    return row[0] if row else None
