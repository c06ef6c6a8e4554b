"""Clients that ask at once, in a process of their own: `benchmarks.clients` starts it.

Reads {"port", "clients", "asked": [[words, path of a photo or ""], ...]} from stdin, as JSON;
writes {"seconds", "milliseconds": [of each]}.
"""

from __future__ import annotations

import json
import sys
import threading
import time
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from django.conf import settings

from benchmarks.asking import OverHTTP, Question, Request, ask, request_for


def main() -> None:
    settings.configure()  # Django's defaults: a client knows nothing of the shop
    given: dict[str, Any] = json.load(sys.stdin)
    waiting = deque(
        request_for("API", Question(words, Path(photo).read_bytes() if photo else b""))
        for words, photo in given["asked"]
    )
    ready = threading.Barrier(given["clients"] + 1)
    with ThreadPoolExecutor(given["clients"]) as pool:
        # Visitors of other numbers, so that each request comes from an address of its own.
        clients = [
            pool.submit(_client, OverHTTP(given["port"], first_visitor=n << 20), waiting, ready)
            for n in range(given["clients"])
        ]
        ready.wait()
        began = time.perf_counter()
        milliseconds = [took for client in clients for took in client.result()]
        seconds = time.perf_counter() - began
    json.dump({"seconds": seconds, "milliseconds": milliseconds}, sys.stdout)


def _client(sender: OverHTTP, waiting: deque[Request], ready: threading.Barrier) -> list[float]:
    """Asks until nothing waits; gives the milliseconds of each request."""
    found: list[float] = []
    ready.wait()
    while True:
        try:
            request = waiting.popleft()
        except IndexError:
            return found
        began = time.perf_counter()
        ask(sender, request)
        found.append((time.perf_counter() - began) * 1000)


if __name__ == "__main__":
    main()
