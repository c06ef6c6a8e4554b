"""Concurrent queries of one process share a model run.

A query that finds the model free runs at once, alone: nobody waits for company. Those that come
while it is busy form the next batch, and one of them runs it. No thread but the callers' own.
"""

import threading
from collections import deque
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


class _Ticket(Generic[Item, Result]):
    """One caller's place: what it asks, and how it is answered."""

    def __init__(self, item: Item) -> None:
        self.item = item
        self.woken = threading.Event()
        self.results: list[Result] = []
        # Set where this caller is to run a batch: its own ticket first.
        self.batch: list[_Ticket[Item, Result]] = []


class Batcher(Generic[Item, Result]):
    """Calls `run` with the items of many threads at a time.

    `run` takes one to `at_once` items and gives a result for each, in their order; it is called
    by at most `lanes` threads at a time. Who comes first is served first. Calling a batcher with
    an item gives the item's result, or raises what `run` raises for it: where `run` fails for
    several items, each is run again alone, by its own caller, so that a bad one fails nobody else.

    Threads that wait do not survive a fork: a child makes its own batcher.
    """

    def __init__(
        self, run: Callable[[list[Item]], Sequence[Result]], *, at_once: int, lanes: int
    ) -> None:
        self._run = run
        self._at_once = at_once
        self._free = lanes
        self._waiting: deque[_Ticket[Item, Result]] = deque()
        self._lock = threading.Lock()

    def __call__(self, item: Item) -> Result:
        ticket: _Ticket[Item, Result] = _Ticket(item)
        with self._lock:
            if self._free:
                self._free -= 1
                ticket.batch = [ticket]
            else:
                self._waiting.append(ticket)
        if not ticket.batch:
            try:
                ticket.woken.wait()
            except BaseException:
                self._leave(ticket)
                raise
        if ticket.batch:
            self._lead(ticket.batch)
        # Nothing came of the batch: alone, the error is this item's own.
        return ticket.results[0] if ticket.results else self._run([item])[0]

    def _lead(self, batch: list[_Ticket[Item, Result]]) -> None:
        """Runs a batch, lets the next one begin, and wakes those who waited for this one."""
        try:
            results = self._run([ticket.item for ticket in batch])
            for ticket, result in zip(batch, results, strict=True):
                ticket.results.append(result)
        except Exception:
            if len(batch) == 1:
                raise
            for ticket in batch:
                ticket.results.clear()
        finally:
            self._hand_over()
            for ticket in batch[1:]:
                ticket.woken.set()

    def _hand_over(self) -> None:
        """Makes the first who waits the leader of the next batch, or frees the lane."""
        with self._lock:
            size = min(self._at_once, len(self._waiting))
            following = [self._waiting.popleft() for _ in range(size)]
            if not following:
                self._free += 1
                return
            following[0].batch = following
        following[0].woken.set()

    def _leave(self, ticket: _Ticket[Item, Result]) -> None:
        """A caller is interrupted while it waits: nobody may wait for it."""
        with self._lock:
            if ticket in self._waiting:
                self._waiting.remove(ticket)
            batch = ticket.batch
        if batch:
            self._hand_over()
            for other in batch[1:]:
                other.woken.set()
