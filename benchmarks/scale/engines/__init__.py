"""Engines that search a shop's pictures within filters, behind one protocol.

All answer with the nearest products, each once, by its best picture. Engines that know pictures
alone are asked for `PICTURES` times as many, and the best of each product is kept: no product has
more pictures, so an engine that answers in full gives a full page.
"""

from __future__ import annotations

import importlib
import importlib.util
import json
import logging
import shutil
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from benchmarks.scale.catalogue import PICTURE_COUNTS
from benchmarks.scale.filtering import Filter, Shop

PICTURES = len(PICTURE_COUNTS)

# Where each engine's class is, and the package that it needs.
ENGINES = {
    "vitrine": ("vitrine:Vitrine", ""),
    "pgvector": ("postgres:Plain", ""),
    "pgvector-iterative": ("postgres:Iterative", ""),
    "qdrant": ("qdrant:Qdrant", "qdrant_edge"),
    "lancedb": ("lance:Lance", "lancedb"),
    "faiss-hnsw": ("faisses:FaissHNSW", "faiss"),
    "faiss-flat": ("faisses:FaissFlat", "faiss"),
    "hnswlib": ("hnsw:Hnswlib", "hnswlib"),
}


class Engine(Protocol):
    """A way of searching."""

    def build(self, shop: Shop, folder: Path) -> None:
        """Index `shop` into the empty `folder` (or elsewhere), so that `open` needs not."""

    def open(self, shop: Shop, folder: Path) -> None:
        """Be ready to search what `build` left."""

    def prepare(self, asked: Filter, *, across: bool) -> Any:
        """The engine's own form of a filter; `across`: queries will be made from words, not
        pictures. Not timed."""

    def search(self, vector: np.ndarray, prepared: Any, limit: int) -> list[int]:
        """Numbers of the nearest products that pass, best first, at most `limit`.

        `vector`: float32, (dimension,), norm 1.
        """

    def size(self, folder: Path) -> int:
        """Bytes of the index, with the vectors it holds, once it is open."""


@dataclass(frozen=True)
class Built:
    """An engine that is ready, what building it took, and its size."""

    engine: Engine
    seconds: float
    size: int


def make(name: str) -> Engine | None:
    """The engine of that name; None, with a line that says what to install, without its package."""
    place, package = ENGINES[name]
    module, _, cls = place.partition(":")
    if package and importlib.util.find_spec(package) is None:
        print(f"  {name} is left out: pip install -r requirements-benchmarks.txt", flush=True)
        return None
    # Some tell on import which CPU they found.
    logging.getLogger(package or __name__).setLevel(logging.WARNING)
    engine: Engine = getattr(importlib.import_module(f"{__name__}.{module}"), cls)()
    return engine


def ready(name: str, engine: Engine, shop: Shop, folder: Path) -> Built:
    """`engine`, built if `folder` does not hold it yet. Building takes minutes, so it is kept."""
    note = folder / "built.json"
    seconds = None
    if not note.exists():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        print(f"  building {name}", flush=True)
        began = time.perf_counter()
        engine.build(shop, folder)
        seconds = time.perf_counter() - began
    engine.open(shop, folder)
    if seconds is not None:
        note.write_text(json.dumps({"seconds": seconds, "bytes": engine.size(folder)}))
    built = json.loads(note.read_text())
    return Built(engine, built["seconds"], built["bytes"])


def first_of_each(products: Iterable[int], limit: int) -> list[int]:
    """The first `limit` different ones, in order."""
    return list(dict.fromkeys(products))[:limit]


def folder_size(folder: Path) -> int:
    """Bytes on disk of all files in `folder`; what was set aside but not written does not count."""
    return sum(file.stat().st_blocks * 512 for file in folder.rglob("*") if file.is_file())
