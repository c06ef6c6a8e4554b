"""Starts the pip-installed PostgreSQL and Redis when the environment names none.

`configure()` comes first in `manage.py`, `shop/wsgi.py`, `shop/celery.py` and the tests: with
`DATABASE_URL` and `REDIS_URL` set it does nothing, and that is production. Without them it sees
that the servers run (in the data folder, `VITRINE_DATA`, by default `.data/`) and puts their
addresses into the environment.

Who stops them: every process that uses them holds a shared lock on one file. When a process ends,
it lets go and tries for the exclusive lock; who gets it was the last one, and stops the servers.
The kernel drops the locks of a process that is killed, so nothing has to be counted or cleaned:
servers that a killed process left are used again by the next one, or repaired.

    python -m shop.embedded start     starts them, prints their addresses, and leaves them running
    python -m shop.embedded stop      stops them, whoever uses them
    python -m shop.embedded status
"""

import atexit
import os
import sys
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from shop.embedded_place import EmbeddedError, Place, write_private
from shop.embedded_servers import Postgres, Redis, Server

if sys.platform != "win32":
    import fcntl

PROJECT = Path(__file__).resolve().parent.parent

_used: list[tuple["Servers", list[type[Server]]]] = []


def configure(environ: MutableMapping[str, str] = os.environ, *, start: bool = True) -> None:
    """Put `DATABASE_URL` and `REDIS_URL` into `environ`, with servers behind them.

    Those that are set stay, and nothing is started for them. With `start` off nothing is started
    at all: the addresses are those that the servers have, or will have.
    """
    wanted: list[type[Server]] = []
    if not environ.get("DATABASE_URL"):
        wanted.append(Postgres)
    if not environ.get("REDIS_URL"):
        wanted.append(Redis)
    if not wanted:
        return
    servers = Servers(data_folder(environ))
    try:
        if start:
            servers.use(wanted)
            _used.append((servers, wanted))
        for server in servers.chosen(wanted):
            name = "DATABASE_URL" if isinstance(server, Postgres) else "REDIS_URL"
            environ[name] = servers.url(server)
    except PermissionError as error:
        raise EmbeddedError(
            f"{error.filename or servers.place.data} belongs to another user: {error.strerror}. "
            "Set VITRINE_DATA to a folder of your own, or DATABASE_URL and REDIS_URL."
        ) from error
    if Postgres in wanted:
        environ["VITRINE_EMBEDDED"] = "1"  # settings: this is no production machine


def revive() -> None:
    """Start again what has died under this process; for one that runs long, the demo's say."""
    for servers, wanted in _used:
        servers.start(wanted)


def data_folder(environ: MutableMapping[str, str] = os.environ) -> Path:
    """Where everything is kept that this project writes by default."""
    return Path(environ.get("VITRINE_DATA") or PROJECT / ".data").absolute()


class Servers:
    """Both servers of one data folder, and the locks around them."""

    def __init__(self, data: Path) -> None:
        if sys.platform == "win32":
            raise EmbeddedError(
                "There are no embedded servers for Windows: set DATABASE_URL and REDIS_URL."
            )
        self.place = Place(data)
        self.all: list[Server] = [Postgres(self.place), Redis(self.place)]
        self._users: IO[str] | None = None
        self._kept = self.place.folder / "kept"

    def chosen(self, wanted: list[type[Server]]) -> list[Server]:
        return [server for server in self.all if type(server) in wanted]

    def use(self, wanted: list[type[Server]]) -> None:
        """Have them run until the last process that called this has ended."""
        self.place.prepare()
        # Opened close-on-exec, so no program started from here holds it; a forked worker does,
        # and should: it uses the servers too.
        self._users = (self.place.folder / "users.lock").open("a")
        owner = os.getpid()
        atexit.register(lambda: self.leave() if os.getpid() == owner else None)
        fcntl.flock(self._users, fcntl.LOCK_SH)  # waits while the last user stops them
        self.start(wanted)

    def start(self, wanted: list[type[Server]]) -> None:
        if all(server.ready() for server in self.chosen(wanted)):
            return
        with self._starting():
            self.place.settle()
            for server in self.chosen(wanted):
                if not server.ready():
                    server.start()

    def url(self, server: Server) -> str:
        """Its address; port and password are made here if it never ran."""
        self.place.prepare()
        with self._starting():
            return server.url

    def leave(self) -> None:
        """Stop the servers if nobody else uses them. The servers' data stays."""
        if self._users is None:
            return
        # A new description of the lock: the old one is shared with forked children, whose hold
        # on it would be taken over together with ours.
        self._users.close()
        self._users = None
        with (self.place.folder / "users.lock").open("a") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return  # somebody still uses them
            try:
                if not self._are_kept():
                    self._stop_all()
            except KeyboardInterrupt:
                pass  # they have been told; they end without being watched
            except EmbeddedError as error:
                sys.stderr.write(f"vitrine: {error}\n")

    def keep(self) -> None:
        """Leave them running when the last user ends (until `stop`, or until they are killed)."""
        write_private(self._kept, self._pids())

    def stop(self) -> None:
        """Stop them, whoever uses them."""
        self.place.prepare()
        with self._starting():
            self._kept.unlink(missing_ok=True)
            self._stop_all()

    def _stop_all(self) -> None:
        for server in reversed(self.all):
            server.stop()

    def _pids(self) -> str:
        return " ".join(str(server.pid()) for server in self.all)

    def _are_kept(self) -> bool:
        # By pid: a wish from before a crash or a reboot does not hold of later servers.
        return self._kept.exists() and self._kept.read_text() == self._pids()

    @contextmanager
    def _starting(self) -> Iterator[None]:
        """One process at a time starts or stops; the others wait and find the work done."""
        with (self.place.folder / "start.lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def main(arguments: list[str]) -> int:
    """The command line of this module."""
    command = arguments[0] if len(arguments) == 1 else ""
    try:
        servers = Servers(data_folder())
        if command == "start":
            servers.use([Postgres, Redis])
            servers.keep()
            for name, server in zip(("DATABASE_URL", "REDIS_URL"), servers.all, strict=True):
                print(f"{name}={server.url}")
            print("VITRINE_EMBEDDED=1")  # settings: these are no production servers
        elif command == "stop":
            servers.stop()
        elif command == "status":
            for server in servers.all:
                pid = server.pid()
                state = (
                    f"runs, pid {pid}, port {server.port}, {server.folder}" if pid else "is down"
                )
                print(f"{server.name} {state}")
        else:
            print("usage: python -m shop.embedded start|stop|status", file=sys.stderr)
            return 2
    except EmbeddedError as error:
        print(f"vitrine: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
