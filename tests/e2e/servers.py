"""A real web process and a real worker on the database of the tests."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from django.db import connection

ROOT = Path(__file__).resolve().parent.parent.parent
MODEL = "vitrine-mini"


class Servers:
    """Starts programs of the shop with one environment, and stops them. Logs go to `folder`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self._environ = {
            **os.environ,
            "DATABASE_URL": with_path(os.environ["DATABASE_URL"], connection.settings_dict["NAME"]),
            # Another database of Redis than the test process has, which empties its own.
            "REDIS_URL": with_path(os.environ["REDIS_URL"], "1"),
            "STATIC_ROOT": str(folder / "static"),
            "ENCODER_THREADS": "1",
            # Machines that run tests are busy: at the back of the queue it would get nowhere.
            "WORKER_NICE": "0",
            # What is sent is read in the mailbox.
            "MAILBOX": "1",
            "SHOP_URL": self.url,
        }

    def run(self, *lines: str) -> None:
        """Run lines of Python in the shop, as somebody at its other end would change it."""
        if "inside" not in self._running:
            environ = {"DJANGO_SETTINGS_MODULE": "shop.settings"}
            self._start("inside", "tests.e2e.inside", listens=True, **environ)
        inside = self._running["inside"]
        assert inside.stdin and inside.stdout
        inside.stdin.write(json.dumps("\n".join(lines)).encode() + b"\n")
        inside.stdin.flush()
        answer = inside.stdout.readline()
        assert answer, (self.folder / "inside.log").read_text()[-4000:]
        wrong = json.loads(answer)
        assert not wrong, wrong

    def start_web(self) -> None:
        self._start(
            "web",
            *("gunicorn", "shop.wsgi", "--bind", f"127.0.0.1:{self.port}"),
            ENCODER_EXPORTS="false",
        )
        self.wait("web", self._answers)

    def start_worker(self) -> None:
        self._start(
            "worker",
            *("celery", "-A", "shop", "worker", "--concurrency", "1", "--loglevel", "INFO"),
            *(
                "--queues",
                "embeddings,celery,pictures,events,mail,payments",
                "--without-mingle",
                "--without-gossip",
            ),
        )

    def wait(self, name: str, ready: Callable[[], bool], seconds: float = 180) -> None:
        """Until `ready`; fails, with the log of the program, when that is long or it has ended."""
        end = time.monotonic() + seconds
        while not ready():
            ended = self._running[name].poll() is not None
            if ended or time.monotonic() > end:
                log = (self.folder / f"{name}.log").read_text()[-4000:]
                raise AssertionError(f"The {name} {'ended' if ended else 'is late'}:\n{log}")
            time.sleep(0.1)

    def stop(self) -> None:
        for process in self._running.values():
            process.send_signal(signal.SIGTERM)
        for process in self._running.values():
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def _start(self, name: str, *arguments: str, listens: bool = False, **environ: str) -> None:
        with (self.folder / f"{name}.log").open("wb") as log:
            self._running[name] = subprocess.Popen(
                [sys.executable, "-m", *arguments],
                cwd=ROOT,
                env=self._environ | environ,
                stdin=subprocess.PIPE if listens else None,
                stdout=subprocess.PIPE if listens else log,
                stderr=log,
            )

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/healthz", timeout=1) as response:
                return bool(response.status == 200)
        except OSError:
            return False


def with_path(url: str, path: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=f"/{path}"))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
