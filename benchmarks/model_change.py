"""Another model, of another dimension, while shoppers search: what they notice of it.

Real servers: gunicorn with two processes, and one worker that also schedules, on the same cores.
Searches come at a steady rate, whether the ones before are answered or not, and are timed from the
moment in which they were due: a product's title, its SKU, its title with filters, its own picture
as a photo. Each is answered rightly if the status is 200 and the product is on the
first page. Asked for are products that the model before finds by their picture.

Meanwhile the new model is asked for as on the admin's page: a worker exports it, embeds the
catalogue with it beside the live one, and makes its indexes. Then it is switched to, and gone back
from. Products that are saved during the build are timed until the live model has their vectors.

The new model is the bundled one in 384 dimensions instead of 256 (`benchmarks.wider_model`): it
finds the same, so whatever is missing is missing because of the change.
"""

from __future__ import annotations

import http.client
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import connection, transaction

from benchmarks.asking import OverHTTP, Question, Request, request_for
from benchmarks.scratch import drawing, scratch_shop
from benchmarks.serving import gunicorn
from benchmarks.wider_model import write_wider_model
from search import background, indexing, model_versions, pipeline, vector_indexes
from search.models import Embedding, EmbeddingModel
from search.versions import preparing, tasks
from search.versions.readiness import readiness
from search.words import lexicon
from shop.catalog.models import Category, Product, ProductImage, Variant
from shop.celery import dispatch

A_SECOND = 20
CLIENTS = 24
WARMING = 20.0  # seconds of searches that do not count, while the worker starts
BEFORE, AFTER = 30.0, 20.0  # seconds of searches before the change, and after each switch
SAVED_EVERY = 5.0  # seconds between new products during the build
LATEST = 1800.0
WORKER = [
    *("celery", "--app=shop", "worker", "--loglevel=INFO", "--pool=prefork", "--concurrency=1"),
    *("--beat", "--scheduler=celery.beat:Scheduler", "--without-gossip", "--without-mingle"),
    "--queues=embeddings,celery,pictures,events,mail,payments",
]
PHASES = ("before", "exporting", "building", "switched", "back")


@dataclass(frozen=True)
class Asked:
    """A search that was answered, or not. `took`: milliseconds since it was due."""

    phase: str
    kind: str
    took: float
    failed: str = ""
    missing: bool = False


@dataclass
class Load:
    """Searches at a steady rate, by threads, until it is stopped."""

    port: int
    products: list[tuple[int, str, int]]  # number, slug, price
    phase: str = "warming"
    answers: list[Asked] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._over = threading.Event()
        self._local = threading.local()
        self._visitors = iter(range(1 << 20, 1 << 30, 1 << 12))
        self._thread = threading.Thread(target=self._run)

    def __enter__(self) -> Load:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _run(self) -> None:
        chance = random.Random(0)
        with ThreadPoolExecutor(CLIENTS) as pool:
            due = time.perf_counter()
            while not self._over.is_set():
                number, slug, price = chance.choice(self.products)
                kind = chance.choices(["words", "sku", "filtered", "photo"], weights=[8, 4, 4, 4])[
                    0
                ]
                pool.submit(self._ask, self.phase, kind, number, slug, price, due)
                due += 1 / A_SECOND
                time.sleep(max(0.0, due - time.perf_counter()))
            pool.shutdown(cancel_futures=True)  # what nobody will look at

    def _ask(self, phase: str, kind: str, number: int, slug: str, price: int, due: float) -> None:
        request = _request(kind, number, price)
        failed, missing = "", False
        try:
            answer = self._sender().send(request)
            if answer.status == 200:
                found = [one["handle"] for one in json.loads(answer.content)["results"]]
                missing = slug not in found
            else:
                failed = f"{answer.status}: {answer.content[:200]!r}"
        except (OSError, http.client.HTTPException, ValueError) as error:
            failed = repr(error)
            self._local.sender = None
        took = (time.perf_counter() - due) * 1000
        self.answers.append(Asked(phase, kind, took, failed, missing))

    def _sender(self) -> OverHTTP:
        sender: OverHTTP | None = getattr(self._local, "sender", None)
        if sender is None:
            sender = self._local.sender = OverHTTP(self.port, first_visitor=next(self._visitors))
        return sender


def _request(kind: str, number: int, price: int) -> Request:
    if kind == "photo":
        return request_for("API", Question(photo=drawing(number)))
    if kind == "sku":
        return request_for("API", Question(f"T-{number}"))
    request = request_for("API", Question(f"Thing {number}", category="things"))
    if kind == "filtered":
        path = f"{request.path}&price_min={price}&price_max={price}"
        return Request(request.method, path)
    return request


def run(*, products: int) -> dict[str, Any]:
    with (
        scratch_shop(products),
        tempfile.TemporaryDirectory(prefix="vitrine-benchmark-") as folder,
    ):
        before = _first_model()
        reference = write_wider_model(Path(folder, "wider"))
        with _exporting_nothing(), gunicorn(2) as port:
            found = _found_by_their_picture(port)
            print(f"  {len(found):,} of {products:,} are found by their own picture", flush=True)
            with Load(port, found) as load, _worker(Path(folder)):
                figures = _change(load, reference, before)
        rows = _rows(load.answers)
    _print(rows)
    failed = [one for one in load.answers if one.failed]
    for one in failed[:5]:
        print(f"  failed while {one.phase}: {one.kind}: {one.failed}")
    p95 = {row["phase"]: row["p95_ms"] for row in rows if row["kind"] == "all"}
    return {
        "products": products,
        "searches": len(load.answers),
        "failed": len(failed),
        "missing from results": sum(one.missing for one in load.answers),
        **figures,
        "RATIO of p95 while building to before": p95["building"] / p95["before"],
        "RATIO of p95 while exporting to before": p95["exporting"] / p95["before"],
        "RATIO of p95 after the switch to before": p95["switched"] / p95["before"],
        "rows": rows,
    }


def _first_model() -> EmbeddingModel:
    """The bundled model, with all that it has in a shop that has run for a while."""
    print("  preparing the shop", flush=True)
    model = model_versions.build("vitrine-mini")
    indexing.mark_pending()
    for _ in pipeline.run():
        pass
    lexicon.update()
    list(vector_indexes.ensure(model))
    background.measure(model)
    return model


def _found_by_their_picture(port: int) -> list[tuple[int, str, int]]:
    """Number, slug and price of the products that the present model finds by their picture."""
    prices = dict(Variant.objects.values_list("product__slug", "price"))
    sender = OverHTTP(port)
    found = []
    for slug in Product.objects.order_by("pk").values_list("slug", flat=True):
        number = int(slug.rpartition("-")[2])
        answer = sender.send(_request("photo", number, 0))
        if answer.status == 200 and slug in {
            one["handle"] for one in json.loads(answer.content)["results"]
        }:
            found.append((number, slug, int(prices[slug])))
    return found


def _change(load: Load, reference: str, before: EmbeddingModel) -> dict[str, Any]:
    """The whole change, there and back; seconds of each part."""
    time.sleep(WARMING)
    load.phase = "before"
    time.sleep(BEFORE)
    load.phase = "exporting"
    began = time.perf_counter()
    preparing.ask_for(reference)
    dispatch(tasks.prepare_model)
    model = _wait(lambda: EmbeddingModel.objects.filter(reference=reference).first())
    exported = time.perf_counter() - began
    load.phase = "building"
    began = time.perf_counter()
    waits: list[float] = []
    saving = threading.Event()
    saver = threading.Thread(target=_save_products, args=(saving, waits, before))
    saver.start()
    _wait(lambda: readiness(model).ready or None)
    built = time.perf_counter() - began
    saving.set()
    saver.join()
    _wait(lambda: readiness(model).ready or None)
    load.phase = "switched"
    switched = _timed(lambda: model_versions.activate(model))
    time.sleep(AFTER)
    load.phase = "back"
    back = _timed(model_versions.roll_back)
    time.sleep(AFTER)
    assert EmbeddingModel.objects.live() == before  # noqa: S101
    return {
        "exporting, seconds": exported,
        "building, seconds": built,
        "switching, seconds": switched,
        "going back, seconds": back,
        "new products during the build": len(waits),
        "until a new picture is seen, median seconds": median(waits) if waits else 0.0,
        "until a new picture is seen, most seconds": max(waits, default=0.0),
    }


def _save_products(over: threading.Event, waits: list[float], live: EmbeddingModel) -> None:
    """A new product now and then; how long until the live model has its picture's vector."""
    category = Category.objects.get(slug="things")
    number = 1_000_000
    try:
        while not over.wait(SAVED_EVERY):
            number += 1
            with transaction.atomic():
                product = Product.objects.create(
                    category=category, title=f"New {number}", slug=f"new-{number}"
                )
                Variant.objects.create(product=product, sku=f"N-{number}", price=10, stock=1)
                image = ProductImage.objects.create(
                    product=product, image=ContentFile(drawing(number), name=f"{number}.jpg")
                )
            began = time.perf_counter()
            seen = Embedding.objects.filter(image=image, model=live, status="done")
            _wait(lambda seen=seen: seen.exists() or None)  # type: ignore[misc]
            waits.append(time.perf_counter() - began)
    finally:
        connection.close()


def _timed(do: Callable[[], object]) -> float:
    began = time.perf_counter()
    do()
    return time.perf_counter() - began


def _wait(find: Callable[[], Any]) -> Any:
    end = time.monotonic() + LATEST
    while (found := find()) is None:
        if time.monotonic() > end:
            raise SystemExit(f"Not done after {LATEST} seconds.")
        time.sleep(0.25)
    return found


@contextmanager
def _exporting_nothing() -> Iterator[None]:
    """Web processes hold no torch."""
    before = os.environ.get("ENCODER_EXPORTS")
    os.environ["ENCODER_EXPORTS"] = "0"
    try:
        yield
    finally:
        del os.environ["ENCODER_EXPORTS"]
        if before is not None:
            os.environ["ENCODER_EXPORTS"] = before


@contextmanager
def _worker(folder: Path) -> Iterator[None]:
    database = os.environ["DATABASE_URL"].rpartition("/")[0]
    environ = {
        **os.environ,
        "DATABASE_URL": f"{database}/{connection.settings_dict['NAME']}",
        "MEDIA_ROOT": str(settings.MEDIA_ROOT),
        "ENCODER_EXPORTS": "1",
        "SWEEP_SECONDS": "5",
    }
    log = folder / "worker.log"
    with log.open("wb") as file:
        process = subprocess.Popen(
            [sys.executable, "-m", *WORKER],
            cwd=settings.BASE_DIR,
            env=environ,
            stdout=file,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        yield
    except BaseException:
        print(log.read_text(errors="replace")[-4000:])
        raise
    finally:
        process.terminate()
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:  # it exports, or embeds, for nobody
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _rows(answers: list[Asked]) -> list[dict[str, Any]]:
    kinds = ["all", *sorted({one.kind for one in answers})]
    rows = []
    for phase in PHASES:
        for kind in kinds:
            own = [one for one in answers if one.phase == phase and kind in ("all", one.kind)]
            if len(own) < 2:
                continue
            cuts = quantiles([one.took for one in own], n=20)
            rows.append(
                {
                    "phase": phase,
                    "kind": kind,
                    "searches": len(own),
                    "failed": sum(bool(one.failed) for one in own),
                    "missing": sum(one.missing for one in own),
                    "p50_ms": cuts[9],
                    "p95_ms": cuts[18],
                    "most_ms": max(one.took for one in own),
                }
            )
    return rows


def _print(rows: list[dict[str, Any]]) -> None:
    titles = f"{'searches':>9}{'failed':>8}{'missing':>9}{'p50 ms':>9}{'p95 ms':>9}{'most ms':>9}"
    print(f"  {'':22}{titles}")
    for row in rows:
        print(
            f"  {row['phase'] + ', ' + row['kind']:22}{row['searches']:9}{row['failed']:8}"
            f"{row['missing']:9}{row['p50_ms']:9.1f}{row['p95_ms']:9.1f}{row['most_ms']:9.1f}"
        )
