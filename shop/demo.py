"""`make demo`: the whole shop on one machine, until Ctrl-C.

This process starts the others and watches them; it holds no Django itself, so it costs little while
it waits. The steps before the start are `shop.demo_setup`, in a process of their own that gives its
memory back. All it writes is in the data folder (`.data/`); the second start finds it there.

Everything may be interrupted at any time: each step is done whole or found undone by the next run.
"""

import ctypes
import fcntl
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections import deque
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import IO

from shop import embedded
from shop.embedded_place import EmbeddedError, write_private

HOST = "127.0.0.1"
STOP_SECONDS = 10.0  # the worker finishes a batch of pictures in that, usually
HEALTHY_SECONDS = 90.0
RESTARTS, RESTART_WINDOW = 5, 300.0
REVIVE_SECONDS = 30.0
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
LOG_BYTES = 10 * 1024 * 1024


class DemoError(RuntimeError):
    """The demo cannot go on; the message says why and what to do."""


class Stopped(BaseException):
    """Ctrl-C, or a signal that means the same."""


def main() -> int:
    """Run the demo until it is stopped; 0 if it was stopped by the user."""
    for number in STOP_SIGNALS:
        signal.signal(number, _stop)
    demo: Demo | None = None
    try:
        demo = Demo(embedded.data_folder())
        demo.run()
    except Stopped:
        print("\nstopping ...", flush=True)
        return 0
    except (DemoError, EmbeddedError) as error:
        print(f"\nvitrine: {error}", file=sys.stderr, flush=True)
        return 1
    finally:
        if demo is not None:
            demo.stop()
        # The servers stop now, at exit; impatience must not leave them behind.
        for number in STOP_SIGNALS:
            signal.signal(number, signal.SIG_IGN)
    return 0


def _stop(number: int, frame: FrameType | None) -> None:
    raise Stopped


class Child:
    """One of the processes of the shop, in a session of its own, with its log.

    A session of its own: a Ctrl-C in the terminal then reaches this program alone, which stops the
    others in order. Should this program be killed, the kernel ends them (on Linux).
    """

    def __init__(self, name: str, command: list[str], log: Path, env: dict[str, str]) -> None:
        self.name, self.command, self.log, self.env = name, command, log, env
        self.process: subprocess.Popen[bytes] | None = None
        self.ends: deque[float] = deque(maxlen=RESTARTS)
        self.due = 0.0

    def start(self) -> None:
        with self.log.open("ab") as log:
            self.process = spawn(self.command, self.env, log)

    def tail(self, lines: int = 20) -> str:
        text = self.log.read_text(errors="replace").splitlines()[-lines:]
        return "\n".join("    " + line for line in text)

    def watch(self) -> None:
        """Start it again if it died, a bounded number of times and ever more slowly."""
        now = time.monotonic()
        if self.process is None:
            if now >= self.due:
                self.start()
            return
        code = self.process.poll()
        if code is None:
            return
        kill_group(self.process)
        self.process = None
        self.ends.append(now)
        recent = [end for end in self.ends if now - end < RESTART_WINDOW]
        print(f"\nThe {self.name} ended ({describe(code)}); from {self.log}:\n{self.tail()}")
        if len(recent) == RESTARTS:
            raise DemoError(f"The {self.name} ended {RESTARTS} times: giving up.")
        self.due = now + 2.0 ** len(recent) - 1
        print(f"Starting the {self.name} again ...", flush=True)


class Demo:
    """The processes of the demo and their order."""

    def __init__(self, data: Path) -> None:
        self.data, self.logs = data, data / "logs"
        self.port = _port()
        self.address = f"http://{HOST}:{self.port}"
        self.children: list[Child] = []
        self.helper: subprocess.Popen[bytes] | None = None
        self.env: dict[str, str] = {}
        self._lock: IO[str] | None = None
        self._revived = time.monotonic()

    def run(self) -> None:
        """Set up, start, announce, watch."""
        began = time.monotonic()
        self.data.mkdir(parents=True, exist_ok=True)
        self._only_one()
        _check_port(self.port)
        print("Starting PostgreSQL and Redis ...", flush=True)
        embedded.configure()
        self.env = self._environment()
        self._help("setup")
        self._start_children()
        self._wait_for_health()
        self._announce(time.monotonic() - began)
        self.helper = self._helper("watch")
        while True:
            self._watch()
            time.sleep(0.5)

    def stop(self) -> None:
        """End every process; a second Ctrl-C ends them at once."""
        impatient: list[int] = []
        for number in STOP_SIGNALS:
            signal.signal(number, lambda number, frame: impatient.append(number))
        processes = [child.process for child in self.children if child.process is not None]
        if self.helper is not None:
            processes.append(self.helper)
        for process in processes:
            if process.poll() is None:
                process.terminate()
        deadline = time.monotonic() + STOP_SECONDS
        while not impatient and time.monotonic() < deadline:
            if all(process.poll() is not None for process in processes):
                break
            time.sleep(0.05)
        for process in processes:
            kill_group(process)
        if self._lock is not None:
            self._lock.close()

    def _only_one(self) -> None:
        self._lock = (self.data / "demo.lock").open("a+")
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self._lock.seek(0)
            raise DemoError(
                f"The demo runs already, at {self._lock.read().strip() or 'some port'}."
            ) from None
        self._lock.truncate(0)
        self._lock.write(self.address)
        self._lock.flush()

    def _environment(self) -> dict[str, str]:
        key = self.data / "secret_key"
        if not key.exists():
            write_private(key, secrets.token_urlsafe(50))
        return {
            **os.environ,
            "DEBUG": "0",
            "VITRINE_DEMO": "1",
            "SHOP_URL": os.environ.get("SHOP_URL") or self.address,
            "VITRINE_DATA": str(self.data),
            "SECRET_KEY": os.environ.get("SECRET_KEY") or key.read_text().strip(),
            "PYTHONUNBUFFERED": "1",
            # glibc keeps freed memory for each arena; decoded pictures make that a lot.
            "MALLOC_ARENA_MAX": "2",
        }

    def _helper(self, part: str) -> "subprocess.Popen[bytes]":
        return spawn([sys.executable, "-m", "shop.demo_setup", part], self.env, None)

    def _help(self, part: str) -> None:
        self.helper = self._helper(part)
        code = self.helper.wait()
        self.helper = None
        if code:
            raise DemoError(f"Setting up failed ({describe(code)}), see above.")

    def _start_children(self) -> None:
        python = [sys.executable, "-m"]
        commands: dict[str, list[str]] = {
            "web": [
                *(*python, "gunicorn", "shop.wsgi", "--bind", f"{HOST}:{self.port}"),
                *("--workers", "1"),
            ],
            "worker": [
                *(*python, "celery", "-A", "shop", "worker", "--loglevel", "INFO"),
                # Two, so that an import goes on while a model is prepared, which takes minutes.
                *("--pool", "prefork", "--concurrency", "2"),
                # One worker for all; it takes from the queues in turn, so that a thousand
                # renditions do not hold up the vectors, which searches wait for. Nor do indexes: a
                # demo's are made in a second.
                *("--queues", "embeddings,celery,pictures,events,mail,payments"),
                *("--without-gossip", "--without-mingle"),
            ],
            "scheduler": [
                *(*python, "celery", "-A", "shop", "beat", "--loglevel", "WARNING"),
                # In memory: what was due while nobody ran is of no interest to a sweep.
                *("--scheduler", "celery.beat:Scheduler", "--pidfile="),
            ],
        }
        print("Starting web, worker and scheduler ...", flush=True)
        for name, command in commands.items():
            log = self.logs / f"{name}.log"
            if log.exists() and log.stat().st_size > LOG_BYTES:
                log.replace(log.with_suffix(".log.1"))
            env = self.env
            if name == "web":  # a web process never loads torch, and so never exports a model
                env = {**env, "ENCODER_EXPORTS": "0"}
            child = Child(name, command, log, env)
            self.children.append(child)
            child.start()

    def _wait_for_health(self) -> None:
        deadline = time.monotonic() + HEALTHY_SECONDS
        problem = "no answer"
        while time.monotonic() < deadline:
            try:
                with urllib.request.urlopen(f"{self.address}/healthz", timeout=5):  # noqa: S310
                    return
            except urllib.error.HTTPError as error:
                problem = f"{error.code} {error.read(500).decode(errors='replace')}"
            except OSError as error:
                problem = str(error)
            self._watch()
            time.sleep(0.1)
        web = self.children[0]
        raise DemoError(f"{self.address}/healthz: {problem}; from {web.log}:\n{web.tail()}")

    def _announce(self, seconds: float) -> None:
        password = self.data / "admin_password"
        known = password.read_text().strip() if password.exists() else "(the one that you set)"
        print(
            f"\n  Vitrine runs at   {self.address}/        (after {seconds:.0f} s)\n"
            f"  Admin             {self.address}/admin/\n"
            f"  User              admin\n"
            f"  Password          {known}\n"
            f"  Logs              {self.logs}\n\n"
            "  Ctrl-C stops it.\n",
            flush=True,
        )

    def _watch(self) -> None:
        for child in self.children:
            child.watch()
        if self.helper is not None and self.helper.poll() is not None:
            kill_group(self.helper)
            self.helper = None
        if time.monotonic() - self._revived > REVIVE_SECONDS:
            self._revived = time.monotonic()
            try:
                embedded.revive()
            except EmbeddedError as error:
                print(f"vitrine: {error}", file=sys.stderr, flush=True)


# --- Processes ----------------------------------------------------------------------------------


def spawn(
    command: list[str], env: dict[str, str], log: IO[bytes] | None
) -> "subprocess.Popen[bytes]":
    """Start `command` in a session of its own; without a log it writes where we do."""
    return subprocess.Popen(
        command,
        cwd=embedded.PROJECT,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=subprocess.STDOUT if log else None,
        start_new_session=True,
        preexec_fn=_tied_to_us(),
    )


def _tied_to_us() -> Callable[[], None] | None:
    """On Linux: have the kernel end a child whose parent was killed, as nobody else would."""
    if sys.platform != "linux":
        return None
    prctl, parent = ctypes.CDLL(None).prctl, os.getpid()
    set_parent_death_signal = 1

    def tie() -> None:
        prctl(set_parent_death_signal, signal.SIGTERM)
        if os.getppid() != parent:  # it died before the line above
            os._exit(1)

    return tie


def kill_group(process: "subprocess.Popen[bytes]") -> None:
    """End whatever is left of a process and its own children."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):  # macOS: not permitted for a group of zombies
        pass
    process.wait()


def describe(code: int) -> str:
    """An exit status in words."""
    return f"signal {signal.Signals(-code).name}" if code < 0 else f"exit status {code}"


# --- The port -----------------------------------------------------------------------------------


def _port() -> int:
    value = os.environ.get("PORT") or "8000"
    if not value.isdecimal() or not 0 < int(value) < 65536:
        raise DemoError(f"PORT={value} is no port: give a number from 1 to 65535.")
    return int(value)


def _check_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise DemoError(
                f"Port {port} cannot be used ({error.strerror}). "
                f"Choose another: make demo PORT={port + 1}"
            ) from None


if __name__ == "__main__":
    sys.exit(main())
