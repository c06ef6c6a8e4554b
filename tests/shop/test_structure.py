"""Which part of the shop imports which: those above it in INSTALLED_APPS; and none the search."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

SHOP = Path(__file__).resolve().parent.parent.parent / "shop"
PARTS = [name.removeprefix("shop.") for name in settings.INSTALLED_APPS if "shop." in name]

# The one door for picture bytes, and the field behind it: they know nothing of the catalogue.
GATE = ("shop.catalog.images.", "shop.catalog.fields.")


def imports(folder: Path) -> Iterator[tuple[str, str]]:
    """(file, module) for each import below a folder, also those within functions."""
    for path in sorted(folder.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            names = []
            if isinstance(node, ast.ImportFrom):
                names = [f"{node.module}.{alias.name}" for alias in node.names]
            elif isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            for name in names:
                yield str(path.relative_to(SHOP)), name


@pytest.mark.parametrize("part", PARTS)
def test_a_part_imports_only_those_above_it(part: str) -> None:
    below = {f"shop.{name}" for name in PARTS[PARTS.index(part) + 1 :]}

    wrong = [
        (file, name)
        for file, name in imports(SHOP / part)
        if ".".join(name.split(".")[:2]) in below
        and not name.startswith(GATE)
        and "migrations" not in file
    ]

    assert wrong == []


def test_the_shop_imports_nothing_of_search() -> None:
    # Its addresses are included by name where it is installed.
    known = {("urls.py", "search.metrics_page.metrics_page")}

    found = {(file, name) for file, name in imports(SHOP) if name.split(".")[0] == "search"}

    assert found <= known
