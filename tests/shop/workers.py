"""A real worker with its scheduler, to be killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection

from tests.e2e.servers import ROOT, with_path


class Workers:
    """Starts workers of two processes that take one queue, with a scheduler that is in a hurry.

    Each works on the database of the test, and on a Redis database of its own (`redis_url`), which
    the test may empty.
    """

    def __init__(self, log: Path, queue: str, redis_url: str, environ: dict[str, str]) -> None:
        self.log, self.queue = log, queue
        self.environ = {
            **os.environ,
            "DATABASE_URL": with_path(os.environ["DATABASE_URL"], connection.settings_dict["NAME"]),
            "REDIS_URL": redis_url,
            "SWEEP_SECONDS": "0.5",
            **environ,
        }
        self.started: list[subprocess.Popen[bytes]] = []

    def __call__(self) -> subprocess.Popen[bytes]:
        with self.log.open("ab") as log:
            worker = subprocess.Popen(
                [
                    *(sys.executable, "-m", "celery", "-A", "shop", "worker", "--beat"),
                    *("--scheduler", "celery.beat:Scheduler", "--concurrency", "2"),
                    *("--queues", self.queue, "--without-mingle", "--without-gossip"),
                ],
                cwd=ROOT,
                env=self.environ,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self.started.append(worker)
        return worker


@contextmanager
def workers(log: Path, queue: str, redis_url: str, **environ: str) -> Iterator[Workers]:
    """Gives a starter of workers; all that it started are killed at the end."""
    starter = Workers(log, queue, redis_url, environ)
    try:
        yield starter
    finally:
        for worker in starter.started:
            kill(worker)


def kill(worker: subprocess.Popen[bytes]) -> None:
    """SIGKILL for the worker, its children and its scheduler: a power cut."""
    try:
        os.killpg(worker.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
    worker.wait()
