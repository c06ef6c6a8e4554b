"""How the demo's program treats its processes; the whole of it is run by hand and in e2e."""

import os
import signal
import socket
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from shop import demo, embedded
from shop.embedded_place import command_line


def child(tmp_path: Path, code: str) -> demo.Child:
    command = [sys.executable, "-c", textwrap.dedent(code)]
    return demo.Child("worker", command, tmp_path / "worker.log", dict(os.environ))


def wait_for(condition: Callable[[], bool], seconds: float = 10) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_a_process_that_dies_starts_again_but_not_for_ever(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    worker = child(tmp_path, "print('no such table'); raise SystemExit(3)")
    worker.start()
    starts = 1
    with pytest.raises(demo.DemoError, match="giving up"):
        while True:
            if worker.process is not None:
                worker.process.wait()
                worker.watch()
                worker.due = 0.0  # the pauses between the starts grow: not here
                starts += 1
            else:
                worker.watch()
    assert starts == demo.RESTARTS
    told = capsys.readouterr().out
    assert "The worker ended (exit status 3)" in told
    assert "    no such table" in told


def test_nothing_of_a_process_is_left(tmp_path: Path) -> None:
    """Not even a child of it that does not hear SIGTERM, as a frozen pool process."""
    worker = child(
        tmp_path,
        """
        import signal, subprocess, sys, time
        deaf = "import signal, time; signal.signal(15, signal.SIG_IGN); time.sleep(60)"
        print(subprocess.Popen([sys.executable, "-c", deaf]).pid, flush=True)
        time.sleep(60)
        """,
    )
    worker.start()
    assert worker.process is not None
    wait_for(lambda: worker.log.read_text().strip() != "")
    grandchild = int(worker.log.read_text())
    demo.kill_group(worker.process)
    wait_for(lambda: not command_line(grandchild))


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's doing, on Linux")
def test_processes_end_with_the_program_that_was_killed(tmp_path: Path) -> None:
    code = """
        import os, sys, time
        from shop.demo import spawn
        command = [sys.executable, "-c", "import time; time.sleep(60)"]
        print(spawn(command, dict(os.environ), None).pid, flush=True)
        time.sleep(60)
    """
    program = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(code)],
        cwd=embedded.PROJECT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert program.stdout is not None
    pid = int(program.stdout.readline())
    assert command_line(pid)
    program.send_signal(signal.SIGKILL)
    program.communicate()
    wait_for(lambda: not command_line(pid))


def test_a_port_that_is_taken_is_said_before_anything_starts(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        env = {**os.environ, "PORT": str(port), "VITRINE_DATA": str(tmp_path / "data")}
        for name in ("DATABASE_URL", "REDIS_URL"):
            env.pop(name, None)
        done = subprocess.run(
            [sys.executable, "-m", "shop.demo"],
            cwd=embedded.PROJECT,
            env=env,
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 1
    assert f"Port {port} cannot be used" in done.stderr
    assert f"make demo PORT={port + 1}" in done.stderr
    assert not (tmp_path / "data" / "servers").exists()


def test_a_port_that_is_none(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PORT", "eighty")
    with pytest.raises(demo.DemoError, match="PORT=eighty"):
        demo.Demo(tmp_path)
