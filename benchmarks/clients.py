"""How many searches a second the production command answers to many clients at once.

gunicorn with as many processes as docker-compose.yml gives it by default, and clients in a process
of their own, on the same cores: each waits for an answer and asks again at once. `NEW` of the
words, and of the photos, nobody asked before, so they are encoded; the others' vectors are cached.
The encoder is as large as CLIP's ViT-B/32. An answer that is not 200 with results ends the run.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import quantiles
from typing import Any

from django.conf import settings
from tqdm import tqdm

from benchmarks.asking import PATHS, Question
from benchmarks.scratch import drawing
from benchmarks.serving import gunicorn, serving_shop

PROCESSES = 2
CLIENTS = (1, 8, 32)
REQUESTS = 400  # by words, at each number of clients; a quarter as many by photo
NEW = 0.5
KNOWN = 20  # different questions that are asked again and again


def run(*, products: int) -> dict[str, Any]:
    """{"rows": one dict for each kind of question and number of clients}."""
    kinds: dict[str, tuple[int, Callable[[int], Question]]] = {
        "words": (REQUESTS, lambda n: Question(f"driftwood kayak {n}")),
        "photo": (REQUESTS // 4, lambda n: Question(photo=drawing(n))),
    }
    rows = []
    with serving_shop(products), gunicorn(PROCESSES) as port:
        for kind, (count, make) in tqdm(kinds.items(), leave=False):
            known = [make(n) for n in range(KNOWN)]
            # Every process meets every known question, and has its model loaded.
            _ask(port, PROCESSES * 4, known * PROCESSES * 2)
            following = KNOWN
            for clients in CLIENTS:
                questions = []
                for n in range(count):
                    new = int((n + 1) * NEW) > int(n * NEW)
                    questions.append(make(following) if new else known[n % KNOWN])
                    following += new
                rows.append({"query": kind, **_ask(port, clients, questions)})
    _print(rows)
    return {"products": products, "processes": PROCESSES, "share of new queries": NEW, "rows": rows}


def _ask(port: int, clients: int, questions: list[Question]) -> dict[str, Any]:
    """Have the API asked by so many clients, and wait."""
    with tempfile.TemporaryDirectory(prefix="vitrine-benchmark-") as folder:
        asked = []
        for n, question in enumerate(questions):
            photo = Path(folder, f"{n}.jpg")
            if question.photo:
                photo.write_bytes(question.photo)
            asked.append([question.text, str(photo) if question.photo else ""])
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.client_process"],
            input=json.dumps({"port": port, "clients": clients, "asked": asked}),
            cwd=settings.BASE_DIR,
            capture_output=True,
            text=True,
        )
    if done.returncode:
        raise SystemExit(done.stderr)
    found = json.loads(done.stdout)
    cuts = quantiles(found["milliseconds"], n=20)
    return {
        "clients": clients,
        "requests": len(questions),
        "a_second": len(questions) / found["seconds"],
        "p50_ms": cuts[9],
        "p95_ms": cuts[18],
    }


def _print(rows: list[dict[str, Any]]) -> None:
    print(f"  {PATHS['API']:24}{'clients':>9}{'a second':>10}{'p50 ms':>9}{'p95 ms':>9}")
    for row in rows:
        print(
            f"  {'by ' + row['query']:24}{row['clients']:9}{row['a_second']:10.1f}"
            f"{row['p50_ms']:9.1f}{row['p95_ms']:9.1f}"
        )
