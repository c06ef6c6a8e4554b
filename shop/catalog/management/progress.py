"""How far a long command has come."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import Any, Protocol

from tqdm import tqdm


class Progress(Protocol):
    def __call__(self, done: int, total: int) -> None: ...

    def close(self) -> None: ...


def progress_on(write: Callable[[str], Any]) -> Progress:
    """A bar on a terminal, and a line every few seconds elsewhere."""
    return _Bar() if sys.stderr.isatty() else _Lines(write)


class _Bar:
    def __init__(self) -> None:
        self._bar = tqdm(unit=" products", file=sys.stderr, leave=False)

    def __call__(self, done: int, total: int) -> None:
        self._bar.total = total
        self._bar.update(done - self._bar.n)

    def close(self) -> None:
        self._bar.close()


class _Lines:
    SECONDS = 5.0

    def __init__(self, write: Callable[[str], Any]) -> None:
        self._write = write
        self._started = self._last = time.monotonic()

    def __call__(self, done: int, total: int) -> None:
        now = time.monotonic()
        if now - self._last >= self.SECONDS:
            self._last = now
            rate = done / (now - self._started)
            self._write(f"{done} of {total} products, {rate:.1f} a second")

    def close(self) -> None:
        pass
