"""Runs every test, in parts that run beside each other: `python -m tests.parts`.

Each part is a pytest with servers of its own, as many at once as the machine has processors (one,
if the environment names servers, which all would share). Lines show as they come, each with the
name of its part; at the end stands each part's report, with what failed last.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WITHOUT_SEARCH = [
    *("tests/shop/catalog", "tests/shop/cart", "tests/shop/checkout", "tests/shop/editorial"),
    *("tests/shop/installable", "tests/shop/discovery", "tests/shop/test_pages.py"),
]


@dataclass
class Part:
    """A part of the tests, and what its pytest said once the tests were over."""

    name: str
    options: list[str]
    report: list[str] = field(default_factory=list)
    code: int = 0

    def run(self) -> None:
        data = Path(os.environ.get("VITRINE_TEST_DATA", ROOT / ".data" / "test"))
        environ = os.environ | {"VITRINE_TEST_DATA": str(data / self.name.replace(" ", "-"))}
        began = time.monotonic()
        with subprocess.Popen(
            [sys.executable, "-m", "pytest", *self.options],
            cwd=ROOT,
            env=environ | {"PYTHONUNBUFFERED": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        ) as pytest:
            assert pytest.stdout
            self._listen(pytest.stdout)
        self.code = pytest.returncode
        say(self.name, f"over after {time.monotonic() - began:.0f} s")

    def _listen(self, lines: Iterable[str]) -> None:
        for line in lines:
            line = line.rstrip()
            # After its first heading and the tests, pytest writes one for each part of its report.
            if self.report or (line.startswith("====") and "test session starts" not in line):
                self.report.append(line)
            elif line:
                say(self.name, line)


PARTS = [
    # The longest first: what is short fills what is left at the end.
    Part("others", ["--ignore", "tests/e2e"]),
    Part("browser", ["tests/e2e"]),
    Part("without search", ["--ds", "tests.settings_without_search", *WITHOUT_SEARCH]),
]
_one_at_a_time = threading.Lock()


def say(name: str, line: str) -> None:
    with _one_at_a_time:
        print(f"{name:>14} | {line}", flush=True)


def at_once() -> int:
    shared = os.environ.get("DATABASE_URL") or os.environ.get("REDIS_URL")
    return 1 if shared else len(os.sched_getaffinity(0))


def main() -> int:
    with ThreadPoolExecutor(at_once()) as threads:
        list(threads.map(Part.run, PARTS))
    for part in sorted(PARTS, key=lambda part: part.code):
        print(f"\n--- tests, {part.name}: {'failed' if part.code else 'passed'}")
        print("\n".join(part.report))
    return int(any(part.code for part in PARTS))


if __name__ == "__main__":
    sys.exit(main())
