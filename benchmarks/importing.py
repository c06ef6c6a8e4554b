"""How fast a catalogue comes in from a CSV with pictures, and until all of it can be found.

Real processes: `manage.py import_catalog`, by itself first; then into an empty shop again beside a
worker as docker-compose.yml starts it, which embeds what comes and makes the smaller sizes of its
pictures. Each product has two variants, a picture of 800 pixels, and attributes. The worker has
loaded its model before.

The yardstick is the bare model (vitrine-mini) in batches, on pixels and texts in memory, as of
`python -m benchmarks embedding`: for each product a picture and a text, and nothing else.
"""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
import redis
from django.conf import settings
from django.db import connection

from benchmarks.embedding import decode_whole, product_texts
from benchmarks.scratch import drawing, scratch_shop
from search import model_versions
from search.encoders import Encoder
from search.models import Embedding
from shop.catalog.models import ProductImage

WARM = 8  # products that come first, so that the worker has loaded its model
ROUNDS = 3  # of the bare model
LATEST = 1800  # seconds
WORKER = [
    *("celery", "--app=shop", "worker", "--loglevel=INFO", "--pool=prefork", "--concurrency=1"),
    "--queues=embeddings,celery,pictures",
]


def run(*, products: int) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="vitrine-benchmark-") as folder:
        few, all_of_it = Path(folder, "few.csv"), Path(folder, "all.csv")
        _write(few, range(WARM))
        _write(all_of_it, range(WARM, WARM + products))
        with scratch_shop(0) as media, _environment(media) as environ:
            alone = _import(all_of_it, environ)
        with scratch_shop(0) as media, _environment(media) as environ:
            encoder = model_versions.build("vitrine-mini").encoder()
            with _worker(environ):
                _import(few, environ)
                _wait(_all_embedded)
                _wait(_all_rendered)
                began = time.perf_counter()
                beside = _import(all_of_it, environ)
                embedded = _wait(_all_embedded) - began
                rendered = _wait(_all_rendered) - began
            bare = median(_bare_seconds(encoder, products) for _ in range(ROUNDS))
    return {
        "products": products,
        "import alone, products a second": products / alone,
        "import beside a worker, products a second": products / beside,
        "until all is embedded, products a second": products / embedded,
        "until all sizes are made, products a second": products / rendered,
        "bare model, products a second": products / bare,
        "RATIO of import alone to bare": bare / alone,
        "RATIO of embedded to bare": bare / embedded,
    }


def _write(file: Path, numbers: range) -> None:
    """The CSV, and its pictures beside it."""
    columns = [
        *("Handle", "Title", "Body (HTML)", "Vendor", "Product Category", "Tags"),
        *("Option1 Name", "Option1 Value", "Variant SKU", "Variant Price"),
        *("Variant Inventory Qty", "Image Src"),
    ]
    with file.open("w", newline="") as opened:
        rows = csv.DictWriter(opened, columns)
        rows.writeheader()
        for n in numbers:
            picture = f"{n}.jpg"
            (file.parent / picture).write_bytes(drawing(n))
            variant = {"Variant Price": f"{10 + n % 90}.00", "Variant Inventory Qty": n % 7}
            product = {
                "Title": f"Thing {n}",
                "Body (HTML)": "<p>A thing that a benchmark made, of no use but to be found.</p>",
                "Vendor": f"Brand {n % 30}",
                "Product Category": f"Things > Of kind {n % 20}",
                "Tags": "material:Wood, pattern:Plain",
                "Option1 Name": "Size",
                "Image Src": picture,
            }
            for size, more in (("S", product), ("M", {})):
                rows.writerow(
                    {"Handle": f"thing-{n}", "Option1 Value": size, "Variant SKU": f"{n}-{size}"}
                    | variant
                    | more
                )


@contextmanager
def _environment(media: Path) -> Iterator[dict[str, str]]:
    """For processes on Django's present database, with a Redis database that is emptied after."""
    database = os.environ["DATABASE_URL"].rpartition("/")[0]
    broker = os.environ["REDIS_URL"].rpartition("/")[0] + "/2"
    try:
        yield {
            **os.environ,
            "DATABASE_URL": f"{database}/{connection.settings_dict['NAME']}",
            "REDIS_URL": broker,
            "MEDIA_ROOT": str(media),
        }
    finally:
        redis.Redis.from_url(broker).flushdb()


def _import(file: Path, environ: dict[str, str]) -> float:
    """Seconds, as the import itself reports them; the process's start is not in it."""
    done = subprocess.run(
        [sys.executable, "manage.py", "import_catalog", str(file), "--json"],
        cwd=settings.BASE_DIR,
        env=environ,
        capture_output=True,
        text=True,
    )
    report = json.loads(done.stdout) if done.returncode == 0 else {}
    if report.get("problems", True):
        raise SystemExit(f"{done.stdout}{done.stderr}")
    return float(report["seconds"])


@contextmanager
def _worker(environ: dict[str, str]) -> Iterator[None]:
    process = subprocess.Popen(
        [sys.executable, "-m", *WORKER],
        cwd=settings.BASE_DIR,
        env=environ,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield
    finally:
        process.terminate()
        process.wait()


def _wait(done: Callable[[], bool]) -> float:
    """Until `done`; gives the time by `time.perf_counter`."""
    end = time.perf_counter() + LATEST
    while not done():
        if time.perf_counter() > end:
            raise SystemExit(f"The worker is not done after {LATEST} seconds.")
        time.sleep(0.1)
    return time.perf_counter()


def _all_embedded() -> bool:
    return not Embedding.objects.exclude(status=Embedding.Status.DONE).exists()


def _all_rendered() -> bool:
    return not ProductImage.objects.filter(renditions_ready=False).exists()


def _bare_seconds(encoder: Encoder, count: int) -> float:
    """For `count` pictures and texts, in batches."""
    size = settings.EMBEDDING_BATCH
    pictures = [decode_whole(drawing(n)) for n in range(size)]
    pixels = np.stack([encoder.preprocess(picture) for picture in pictures])
    texts = product_texts(size)
    began = time.perf_counter()
    for first in range(0, count, size):
        encoder.encode_pixels(pixels[: count - first])
        encoder.encode_texts(texts[: count - first])
    return time.perf_counter() - began
