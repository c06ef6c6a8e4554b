"""What the embedded servers stand on: processes, folders, the user that they run as.

A server is recognised by its command line, which carries a token made of its folder, never by a pid
alone: after a `kill -9` or a reboot the pid in a stale file may belong to anybody. (Its working
directory would say the same, but root inside a container may not read that of another user.)
"""

import hashlib
import os
import secrets
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path


class EmbeddedError(RuntimeError):
    """An embedded server cannot be had; the message says what to do."""


def say(message: str) -> None:
    """Tell the user what takes so long; on stderr, for stdout may be some command's JSON."""
    sys.stderr.write(f"vitrine: {message}\n")
    sys.stderr.flush()


# --- Processes ----------------------------------------------------------------------------------


def command_lines() -> Iterator[tuple[int, str]]:
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
            yield int(entry.name), command_line(int(entry.name))


def command_line(pid: int) -> str:
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


def gone(pid: int, token: str, seconds: float) -> bool:
    """Wait until `pid` has ended."""
    deadline = time.monotonic() + seconds
    while True:
        try:  # if it is a child of this process, it stays a zombie until it is waited for
            os.waitpid(pid, os.WNOHANG)
        except ChildProcessError:
            pass
        if token not in command_line(pid):
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
        new = not self._note.exists() and not (self.folder / "postgres").exists()
        if new and os.geteuid() == 0 and not self._passable(self.folder):
            # A name of its own each time: who deletes the data folder wants to start anew, and
            # the cluster that was left outside has a password that is gone.
            parent = next(p for p in map(Path, ("/var/lib", "/var/tmp")) if p.is_dir())  # noqa: S108
            write_private(self._note, str(parent / f"vitrine-{secrets.token_hex(6)}"))
        base = self.base
        if base != self.folder and not base.exists():
            base.mkdir()
            base.chmod(0o711)
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
                target.mkdir(parents=True, exist_ok=True)
                for made in (target, target.parent):
                    made.chmod(0o755)
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


def digest(path: Path) -> str:
    return hashlib.sha256(str(path.resolve()).encode()).hexdigest()[:12]


def write_private(path: Path, text: str) -> None:
    """Write a file that only its owner reads, whole or not at all."""
    half = path.with_name(f"{path.name}.{os.getpid()}.half")
    half.unlink(missing_ok=True)
    with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
    half.replace(path)
