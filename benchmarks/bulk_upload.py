"""500 photos dropped on one page, ten of them broken, the network cut once: what arrives, how fast.

Real processes: gunicorn, a worker and a scheduler as docker-compose.yml starts them, and a browser
that drops the photos. The network is cut for some seconds when a third is stored. *Searchable*: the
picture has its vector, and, once its draft is accepted, a search can show it. All are accepted
in the end, which is timed by itself.

The yardstick is the bare model in batches on pixels in memory, with all cores to itself: for each
photo one picture. **The ratio is the photos a second, from the drop to the last one's vector, to
it**, less the seconds that the network was away. Beside the encoder, the same cores do all else in
that time: the browser reads and sends, the shop decodes, checks and encodes each photo anew (which
is the price of storing nothing that came from outside), stores it, embeds the draft's text, and
makes the smaller sizes and the colours of what is stored.

Twice: with the bundled model, so small that decoding costs as much as encoding, and with one of the
size of CLIP's ViT-B/32 with random weights, where encoding is most of it.
"""

from __future__ import annotations

import os
import secrets
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

import numpy as np
import redis
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import User
from django.contrib.sessions.backends.db import SessionStore
from django.core.management import call_command
from django.db import connection

from benchmarks.embedding import decode_whole
from benchmarks.face.running import browser
from benchmarks.random_model import random_vit
from benchmarks.scratch import drawing, scratch_shop
from search import model_versions
from search.encoders import Encoder
from search.intake_parts import count_found
from search.models import Embedding, Listing
from shop.catalog.models import Category, Product, ProductImage
from shop.intake import accepting, arranging
from shop.intake.models import Batch, File, Way

if TYPE_CHECKING:
    from playwright.sync_api import Page

BROKEN = 10
WARM = 8  # products that are embedded before, so that the worker has loaded its model
CUT_SECONDS = 3.0
LATEST = 1800.0  # seconds
ROUNDS = 3  # of the bare model
PROGRAMS = {
    "web": ["gunicorn", "shop.wsgi", "--workers=2"],
    "worker": [
        *("celery", "--app=shop", "worker", "--pool=prefork", "--concurrency=1"),
        "--queues=embeddings,pictures,events,mail,payments",
    ],
    "scheduler": ["celery", "--app=shop", "beat", "--scheduler=celery.beat:Scheduler"],
}


def run(*, products: int) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="vitrine-benchmark-") as folder:
        photos = _write_photos(Path(folder), products)
        figures = _measure("vitrine-mini", "vitrine-mini", photos)
        with random_vit() as reference:
            figures |= _measure("ViT-B/32", reference, photos)
    return figures


def _write_photos(folder: Path, count: int) -> list[Path]:
    """So many files, of which `BROKEN` are no photos that can be read."""
    good = count - BROKEN
    photos = [folder / f"thing {n:03}-front.jpg" for n in range(good)]
    for n, photo in enumerate(photos):
        photo.write_bytes(drawing(n))
    whole = photos[0].read_bytes()
    broken = {
        "torn.jpg": whole[: len(whole) // 2],
        "torn early.jpg": whole[:700],
        "empty.jpg": b"",
        "notes.jpg": b"Not a picture at all.",
        "catalogue.pdf": b"%PDF-1.7\n",
        "scan.tif": b"II*\0" + bytes(100),
        "page.jpg": b"<!doctype html><title>404</title>",
        "random.jpg": secrets.token_bytes(20_000),
        "head.png": b"\x89PNG\r\n\x1a\n" + bytes(30),
        "huge.jpg": whole + bytes(settings.IMAGE_MAX_BYTES),
    }
    for name, data in broken.items():
        (folder / name).write_bytes(data)
    return [*photos, *(folder / name for name in broken)]


def _measure(name: str, reference: str, photos: list[Path]) -> dict[str, Any]:
    good = len(photos) - BROKEN
    with scratch_shop(WARM) as media:
        print(f"  {name}: preparing the model", flush=True)
        encoder = model_versions.build(reference).encoder()
        with _running(media) as url:
            _warm_up(url)
            timed = _drop(url, photos)
        searchable = count_found(_keys())
        counts = _counts()
        began = time.perf_counter()
        accepted = _accept_all()
        seconds = time.perf_counter() - began
        bare = median(_bare_seconds(encoder, photos[:good]) for _ in range(ROUNDS))
    total = timed["all"] - timed["cut"]
    return {
        f"{name}: photos dropped": len(photos),
        f"{name}: stored": counts[File.State.STORED],
        f"{name}: searchable": searchable,
        f"{name}: refused, each with its reason": counts[File.State.REFUSED],
        f"{name}: stored twice": counts["twice"],
        f"{name}: on sale once accepted": accepted,
        f"{name}: accepting all, s": seconds,
        f"{name}: network away, s": timed["cut"],
        f"{name}: until all is sent, s": timed["sent"],
        f"{name}: until all is searchable, s": timed["all"],
        f"{name}: photos a second, the cut taken off": good / total,
        f"{name}: bare model, photos a second": good / bare,
        f"{name}: RATIO to bare": bare / total,
    }


def _counts() -> dict[str, int]:
    images = ProductImage.objects.all()
    different = images.values("content_hash").distinct().count()
    refused = File.objects.filter(state=File.State.REFUSED).exclude(reason="")
    return {
        File.State.STORED: File.objects.filter(
            state=File.State.STORED, image__isnull=False
        ).count(),
        File.State.REFUSED: refused.count(),
        "twice": images.count() - different,
    }


def _keys() -> list[int]:
    return list(ProductImage.objects.values_list("pk", flat=True))


def _accept_all() -> int:
    """Each photo a product, accepted; how many a search can show."""
    user, category = User.objects.get(), Category.objects.get(slug="things")
    batch = Batch.objects.latest("pk")
    arranging.put_together(batch=batch, way=Way.NOTHING, actor=user)
    batch.drafts.update(category=category, price=10, stock=1)
    accepting.accept(batch=batch, actor=user, published=True)
    with_vector = Embedding.objects.filter(kind="image", status=Embedding.Status.DONE)
    return Listing.objects.filter(product__in=with_vector.values("product")).count()


# --- The browser --------------------------------------------------------------------------------


def _drop(url: str, photos: list[Path]) -> dict[str, float]:
    """Seconds from the drop until all is sent, and until all is found; and those of the cut."""
    # playwright runs an event loop in this thread, in which Django would refuse queries.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    good = len(photos) - BROKEN
    with browser() as started:
        context = started.new_context(base_url=url, viewport={"width": 1280, "height": 900})
        context.add_cookies([{"name": "sessionid", "value": _session(), "url": url}])
        page = context.new_page()
        page.set_default_timeout(LATEST * 1000)
        page.goto("/admin/intake/batch/")
        began = time.perf_counter()
        page.locator("[data-files]").set_input_files(photos)
        _wait_for_stored(page, good // 3)
        cut = time.perf_counter()
        context.set_offline(True)
        page.wait_for_timeout(CUT_SECONDS * 1000)
        context.set_offline(False)
        away = time.perf_counter() - cut
        ended = "document.querySelectorAll('[data-state=stored], [data-state=refused]').length"
        page.wait_for_function(f"{ended} === {len(photos)}")
        sent = time.perf_counter() - began
        _wait(lambda: count_found(_keys()) == good)
        seconds = {"sent": sent, "all": time.perf_counter() - began, "cut": away}
        connection.close()  # inside playwright's loop there is one of its own
        return seconds


def _wait_for_stored(page: Page, count: int) -> None:
    page.wait_for_function(f"document.querySelectorAll('[data-state=stored]').length >= {count}")


def _session() -> str:
    """Of an owner who is logged in."""
    user = User.objects.create_superuser("owner", "owner@example.com", secrets.token_hex())
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return str(session.session_key)


# --- Processes ----------------------------------------------------------------------------------


@contextmanager
def _running(media: Path) -> Iterator[str]:
    """A shop on Django's present database; gives its address. Logs are of the benchmark's folder,
    and gone with it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{probe.getsockname()[1]}"
    database = os.environ["DATABASE_URL"].rpartition("/")[0]
    broker = os.environ["REDIS_URL"].rpartition("/")[0] + "/2"
    redis.Redis.from_url(broker).flushdb()
    environ = {
        **os.environ,
        "DATABASE_URL": f"{database}/{connection.settings_dict['NAME']}",
        "REDIS_URL": broker,
        "MEDIA_ROOT": str(media),
        "MODEL_CACHE": str(settings.MODEL_CACHE),
        "STATIC_ROOT": str(media / "static"),
        "STAFF_SECOND_FACTOR": "0",
    }
    subprocess.run(
        [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity=0"],
        cwd=settings.BASE_DIR,
        env=environ,
        check=True,
    )
    running = []
    try:
        for program, arguments in PROGRAMS.items():
            bind = [f"--bind={address}"] if program == "web" else []
            with (media / f"{program}.log").open("wb") as log:
                running.append(
                    subprocess.Popen(
                        [sys.executable, "-m", *arguments, *bind],
                        cwd=settings.BASE_DIR,
                        env=environ,
                        stdout=log,
                        stderr=subprocess.STDOUT,
                    )
                )
        yield f"http://{address}"
    finally:
        for process in running:
            process.terminate()
        for process in running:
            process.wait()
        redis.Redis.from_url(broker).flushdb()


def _warm_up(url: str) -> None:
    """Until the shop answers, and the worker has its model; what it embedded for that goes."""

    def answers() -> bool:
        try:
            urllib.request.urlopen(f"{url}/healthz", timeout=5).close()
        except OSError:
            return False
        return True

    _wait(answers)
    call_command("embeddings", "sweep", verbosity=0)
    _wait(lambda: not Embedding.objects.exclude(status=Embedding.Status.DONE).exists())
    _wait(lambda: not ProductImage.objects.filter(renditions_ready=False).exists())
    Product.objects.all().delete()


def _wait(done: Callable[[], bool]) -> None:
    end = time.perf_counter() + LATEST
    while not done():
        if time.perf_counter() > end:
            raise SystemExit(f"The worker is not done after {LATEST:.0f} seconds.")
        time.sleep(0.2)


def _bare_seconds(encoder: Encoder, photos: list[Path]) -> float:
    """For the same photos, decoded and resized before, in batches."""
    seconds = 0.0
    for first in range(0, len(photos), settings.EMBEDDING_BATCH):
        files = photos[first : first + settings.EMBEDDING_BATCH]
        pixels = np.stack([encoder.preprocess(decode_whole(one.read_bytes())) for one in files])
        began = time.perf_counter()
        encoder.encode_pixels(pixels)
        seconds += time.perf_counter() - began
    return seconds
