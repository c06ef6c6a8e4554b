"""The embedded servers, with real ones in folders of their own.

Each "user" here is a process of its own that calls `configure()` and then does what it is told
over its standard input, since what is tested is what remains when processes end or are killed.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import textwrap
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from shop import embedded
from shop.embedded_place import EmbeddedError, command_line, command_lines
from shop.embedded_servers import Postgres, Redis, Server

PROJECT = Path(embedded.__file__).resolve().parent.parent

USER = textwrap.dedent("""
    import os, select, signal, sys, time
    # A shell's background job ignores it, and so would this.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for name in ("DATABASE_URL", "REDIS_URL"):
        os.environ.pop(name, None)
    from shop import embedded
    began = time.perf_counter()
    embedded.configure()
    took = time.perf_counter() - began
    print(took, os.environ["DATABASE_URL"], os.environ["REDIS_URL"], flush=True)
    # Not one long read: a signal that comes just before it would wait for its end.
    while not select.select([sys.stdin], [], [], 0.05)[0]:
        pass
""")


class User:
    """A process that uses the servers until it is told to leave."""

    def __init__(self, data: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", USER],
            cwd=PROJECT,
            env={**os.environ, "VITRINE_DATA": str(data), "VITRINE_EMBEDDED_FSYNC": "off"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def wait(self) -> "User":
        assert self.process.stdout
        took, self.database, self.redis = self.process.stdout.readline().split()
        self.took = float(took)
        return self

    def leave(self) -> None:
        self.process.communicate()
        assert self.process.returncode == 0


@pytest.fixture
def data() -> Iterator[Path]:
    """A data folder that root's servers can enter (pytest's own `tmp_path` is closed to them)."""
    folder = Path(tempfile.mkdtemp(prefix="vitrine-test-"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        servers = embedded.Servers(folder)
        servers.stop()
        outside = servers.place.base
        for each in {folder, outside}:
            shutil.rmtree(each, ignore_errors=True)


@pytest.fixture
def user(data: Path) -> Iterator[Callable[[], User]]:
    made: list[User] = []

    def make() -> User:
        made.append(User(data))
        return made[-1]

    yield make
    for each in made:
        each.process.kill()
        each.process.communicate()


def servers(data: Path) -> list[Server]:
    """Fresh objects: what they say comes from the machine, not from memory."""
    return embedded.Servers(data).all


def pids(data: Path) -> list[int | None]:
    return [server.pid() for server in servers(data)]


def execute(url: str, query: str) -> object:
    with psycopg.connect(url) as connection:
        row = connection.execute(query).fetchone() if "SELECT" in query else None
        if row is None:
            connection.execute(query)
        return row and row[0]


def test_the_last_user_stops_them_and_the_data_stays(data: Path, user: Callable[[], User]) -> None:
    first = user().wait()
    assert execute(first.database, "SELECT extversion FROM pg_extension WHERE extname = 'vector'")
    execute(first.database, "CREATE TABLE kept AS VALUES (42)")
    running = pids(data)
    assert None not in running

    second = user().wait()
    assert second.took < 0.05
    assert (second.database, second.redis) == (first.database, first.redis)

    # A Ctrl-C in the terminal of a user reaches its process group, and not the servers.
    os.killpg(second.process.pid, signal.SIGINT)
    second.process.wait()
    assert pids(data) == running

    first.leave()
    assert pids(data) == [None, None]
    assert no_process_of(data)

    began = time.monotonic()
    third = user().wait()
    assert time.monotonic() - began < 3
    assert third.database == first.database  # the same port and password
    assert execute(third.database, "SELECT column1 FROM kept") == 42


def test_a_killed_user_leaves_nothing_for_good(data: Path, user: Callable[[], User]) -> None:
    first = user().wait()
    execute(first.database, "CREATE TABLE kept AS VALUES (42)")
    running = pids(data)
    first.process.kill()
    first.process.wait()
    assert pids(data) == running  # nobody was there to stop them

    second = user().wait()
    assert second.took < 0.05
    assert pids(data) == running

    # Everything at once, a backend with a session among it.
    with psycopg.connect(second.database):
        postgres, redis = running
        assert postgres and redis
        for pid in (second.process.pid, postgres, redis):
            os.kill(pid, signal.SIGKILL)
        second.process.wait()
        wait_for(lambda: not command_line(postgres))
        # The stale file names a process that lives: pids come round again.
        stale = embedded.Servers(data).all[0].folder / "postmaster.pid"
        lines = stale.read_text().splitlines()
        stale.write_text("\n".join([str(os.getpid()), *lines[1:]]) + "\n")

        third = user().wait()
    assert None not in pids(data)
    assert pids(data) != running
    assert execute(third.database, "SELECT column1 FROM kept") == 42
    third.leave()
    assert no_process_of(data)


def test_two_first_starts_at_once(data: Path, user: Callable[[], User]) -> None:
    # What a first start leaves that was cut off in the middle.
    half = data / "servers" / "postgres.half-0"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18")
    data.joinpath("servers").chmod(0o711)

    one, two = user(), user()
    assert one.wait().database == two.wait().database
    assert execute(one.database, "SELECT 1") == 1
    assert not half.exists()
    for path in data.glob("servers/*.password"):
        assert path.stat().st_mode & 0o777 == 0o600
    one.leave()
    assert None not in pids(data)
    two.leave()
    assert pids(data) == [None, None]


def test_a_port_that_somebody_took(data: Path, user: Callable[[], User]) -> None:
    import socket

    place = embedded.Servers(data).place
    place.prepare()
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        for name in ("postgres", "redis"):
            (place.folder / f"{name}.port").write_text(str(port))
        first = user().wait()
    assert str(port) not in first.database + first.redis
    first.leave()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root's servers run as somebody else")
def test_a_closed_folder_is_left_closed(data: Path, user: Callable[[], User]) -> None:
    data.chmod(0o700)
    first = user().wait()
    base = embedded.Servers(data).place.base
    assert data not in base.parents
    assert data.stat().st_mode & 0o777 == 0o700
    assert (base / "postgres").stat().st_uid != 0
    first.leave()


def test_named_servers_start_nothing(tmp_path: Path) -> None:
    environ = {
        "DATABASE_URL": "postgres://shop@database/shop",
        "REDIS_URL": "redis://broker",
        "VITRINE_DATA": str(tmp_path / "data"),
    }
    before = dict(environ)
    embedded.configure(environ)
    assert environ == before
    assert not (tmp_path / "data").exists()


def test_addresses_without_a_start(tmp_path: Path) -> None:
    environ = {"VITRINE_DATA": str(tmp_path / "data")}
    embedded.configure(environ, start=False)
    again = {"VITRINE_DATA": str(tmp_path / "data")}
    embedded.configure(again, start=False)
    assert environ == again
    assert environ["DATABASE_URL"].startswith("postgres://vitrine:")
    assert pids(tmp_path / "data") == [None, None]


def test_a_folder_that_is_no_cluster_is_not_touched(data: Path) -> None:
    place = embedded.Servers(data).place
    place.prepare()
    (place.folder / "postgres").mkdir()
    (place.folder / "postgres" / "novel.txt").write_text("chapter one")
    with pytest.raises(EmbeddedError, match="move it away"):
        Postgres(place).start()
    assert (place.folder / "postgres" / "novel.txt").exists()


def test_an_error_shows_the_log(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = embedded.Servers(data).place
    place.prepare()
    place.settle()
    monkeypatch.setattr(Redis, "password", "two words make no directive")
    with pytest.raises(EmbeddedError, match=r"(?s)did not start.*requirepass"):
        Redis(place).start()


def no_process_of(data: Path) -> bool:
    tokens = [server.token for server in servers(data)]
    return not [line for _, line in command_lines() if any(token in line for token in tokens)]


def wait_for(condition: Callable[[], bool], seconds: float = 5) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)
