"""A database of its own for each size, beside the shop's, kept between runs."""

from __future__ import annotations

import ast
import hashlib
import json
import resource
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.management import call_command
from django.db import connection

from benchmarks.scale import catalogue, space
from benchmarks.scale.catalogue import Catalogue
from benchmarks.scale.load import load, settle
from shop import embedded


@contextmanager
def scale_shop(products: int, *, dimension: int = 512) -> Iterator[Catalogue]:
    """Django's database is `vitrine_scale_<products>`, migrated and loaded; gives its catalogue.

    It is loaded anew when the generator's source, what it was called with, or a migration that
    it has, has changed; new migrations are applied to what is there.
    """
    drawn = Catalogue(products, dimension=dimension)
    name = f"vitrine_scale_{products}"
    before = connection.settings_dict["NAME"]
    wanted = fingerprint(drawn)
    kept = _note(name)
    fresh = kept.get("fingerprint") == wanted and _applies(kept.get("migrations", {}))
    if not fresh:
        print(f"  loading the database {name}", flush=True)
        with connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {name}")
            cursor.execute(f"CREATE DATABASE {name}")
    _switch(name)
    try:
        call_command("migrate", verbosity=0)
        if not fresh:
            seconds = load(drawn) | settle()
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
            kept = {"fingerprint": wanted, "seconds": seconds, "peak MB": peak}
        note = json.dumps({**kept, "migrations": _migrations()})
        with connection.cursor() as cursor:
            cursor.execute(f"COMMENT ON DATABASE {name} IS '{note}'")
        yield drawn
    finally:
        _switch(before)


def loading(products: int) -> dict[str, Any]:
    """What loading that database took: "seconds" by step, and "peak MB" of the process."""
    return _note(f"vitrine_scale_{products}")


def index_folder(drawn: Catalogue) -> Path:
    """Where engines keep their indexes of this catalogue; those of former ones are deleted."""
    kept = embedded.data_folder() / "benchmarks" / f"scale-{drawn.products}"
    folder = kept / fingerprint(drawn)[:16]
    for old in kept.glob("*"):
        if old != folder:
            shutil.rmtree(old)
    return folder


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


def _migrations() -> dict[str, str]:
    """The checksum of each migration's file."""
    return {
        f"{label}.{file.stem}": hashlib.sha256(file.read_bytes()).hexdigest()[:16]
        for label in ("catalog", "search")
        for file in (Path(apps.get_app_config(label).path) / "migrations").glob("0*.py")
    }


def _applies(applied: dict[str, str]) -> bool:
    """Whether the migrations that a database has are still the same."""
    return applied.items() <= _migrations().items()


def _switch(name: str) -> None:
    connection.close()
    connection.settings_dict["NAME"] = name


def _note(name: str) -> dict[str, Any]:
    """What a database's comment says, or nothing."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s",
            [name],
        )
        row = cursor.fetchone()
    note: dict[str, Any] = json.loads(row[0]) if row and row[0] else {}
    return note
