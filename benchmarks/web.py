"""What a web process costs that searches: memory, time, and whether torch got in."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
from typing import Any

from django.conf import settings
from django.db import connection

from benchmarks.scratch import scratch_shop
from search import model_versions, vector_indexes
from search.tasks import sweep

PROCESS = """
import io, json, sys, time
from shop.wsgi import application  # as gunicorn loads it
from django.test import Client
from django.core.files.uploadedfile import SimpleUploadedFile
import psutil
from benchmarks.scratch import drawing

client = Client(headers={"host": "localhost"})
memory = lambda: psutil.Process().memory_info().rss / 2**20
started, times = memory(), []
for n in range(100):
    begun = time.perf_counter()
    if n % 2:
        answer = client.get("/api/v1/search/", {"q": f"red thing {n}"})
    else:
        photo = SimpleUploadedFile("photo.jpg", drawing(n))
        answer = client.post("/api/v1/search/", {"image": photo})
    assert answer.status_code == 200 and answer.json()["results"], answer.content
    times.append((time.perf_counter() - begun) * 1000)
print(json.dumps({
    "started": started, "after": memory(), "words": times[1::2], "photos": times[::2],
    "torch": [m for m in ("torch", "open_clip", "torchvision") if m in sys.modules],
}))
"""


def run(*, products: int) -> dict[str, Any]:
    with scratch_shop(products) as media:
        model_versions.build("vitrine-mini")
        sweep()
        list(vector_indexes.update())
        url = os.environ["DATABASE_URL"].rpartition("/")[0] + "/" + connection.settings_dict["NAME"]
        done = subprocess.run(
            [sys.executable, "-c", PROCESS],
            env={**os.environ, "DATABASE_URL": url, "MEDIA_ROOT": str(media)},
            cwd=settings.BASE_DIR,
            capture_output=True,
            text=True,
        )
    if done.returncode:
        raise SystemExit(done.stderr)
    found = json.loads(done.stdout.splitlines()[-1])
    return {
        "products": products,
        "memory at the start, MB": found["started"],
        "memory after 100 searches, MB": found["after"],
        "by words, median ms": statistics.median(found["words"]),
        "by photo, median ms": statistics.median(found["photos"]),
        "torch in sys.modules": bool(found["torch"]),
    }
