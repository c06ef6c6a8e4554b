"""Tells a running import or export when to pause or stop, and its row how far it is."""

from __future__ import annotations

import time

from django.utils import timezone

from shop.exchange.models import Run

EVERY_SECONDS = 0.5


class Watch:
    """For one slice of a run. Called between two products: whether to stop there.

    After `seconds` it says so, too, counted from the first product, so that each slice does some;
    a slice is never shorter than five times what it took to open the file again. None: no end.
    """

    def __init__(self, run: Run, seconds: float | None = None) -> None:
        self._rows = type(run)._default_manager.filter(pk=run.pk)
        self._seconds = seconds
        self._opened = time.monotonic()
        self._first: float | None = None
        self._looked = self._saved = 0.0
        self._done_before = 0
        self.stopped = False

    def __call__(self) -> bool:
        now = time.monotonic()
        if self._first is None:
            self._first = now
            if self._seconds is not None:
                self._seconds = max(self._seconds, 5 * (now - self._opened))
        if now - self._looked > EVERY_SECONDS:
            self._looked = now
            self.stopped = self._rows.filter(stop_requested=True).exists()
        return self.stopped or (self._seconds is not None and now - self._first > self._seconds)

    def rate(self, done: int) -> float:
        """Products a second in this slice, in which so many were done."""
        if self._first is None:
            return 0.0
        return done / max(time.monotonic() - self._first, 0.001)

    def progress(self, done: int, total: int) -> None:
        """Write down how far it is, now and then."""
        now = time.monotonic()
        if now - self._saved > EVERY_SECONDS or done == total:
            self._saved = now
            self._rows.update(done=done, total=total, rate=self.rate(done), seen_at=timezone.now())
