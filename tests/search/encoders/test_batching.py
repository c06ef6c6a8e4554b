"""Concurrent queries share runs, and nobody waits for company or suffers from it."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.encoders.batching import Batcher


class Model:
    """Doubles numbers; remembers what it was given, and may be held and let go."""

    def __init__(self) -> None:
        self.batches: list[list[int]] = []
        self.running = 0
        self.most_running = 0
        self.begun = threading.Semaphore(0)
        self.go = threading.Event()
        self.go.set()
        self._lock = threading.Lock()

    def run(self, items: list[int]) -> list[int]:
        with self._lock:
            self.batches.append(items)
            self.running += 1
            self.most_running = max(self.most_running, self.running)
        self.begun.release()
        try:
            assert self.go.wait(20)
            if any(item < 0 for item in items):
                raise ValueError(f"negative: {items}")
            return [2 * item for item in items]
        finally:
            with self._lock:
                self.running -= 1


def until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.001)


def test_a_lone_query_runs_at_once() -> None:
    model = Model()
    batcher = Batcher(model.run, at_once=8, lanes=1)

    assert [batcher(1), batcher(2)] == [2, 4]

    assert model.batches == [[1], [2]]


def test_those_that_come_while_it_runs_are_the_next_batch() -> None:
    # given a first query that is running, and five that came after it
    model = Model()
    batcher = Batcher(model.run, at_once=4, lanes=1)
    model.go.clear()
    with ThreadPoolExecutor(6) as pool:
        answers = [pool.submit(batcher, 1)]
        assert model.begun.acquire(timeout=20)
        for number in range(2, 7):
            answers.append(pool.submit(batcher, number))
            until(lambda number=number: len(batcher._waiting) == number - 1)

        # when
        model.go.set()

        # then they run together, in their order, as many as may
        assert [answer.result(20) for answer in answers] == [2, 4, 6, 8, 10, 12]
    assert model.batches == [[1], [2, 3, 4, 5], [6]]


def test_lanes_run_side_by_side() -> None:
    model = Model()
    batcher = Batcher(model.run, at_once=4, lanes=2)
    model.go.clear()
    with ThreadPoolExecutor(4) as pool:
        answers = [pool.submit(batcher, number) for number in range(4)]
        assert model.begun.acquire(timeout=20) and model.begun.acquire(timeout=20)
        until(lambda: len(batcher._waiting) == 2)
        model.go.set()
        assert [answer.result(20) for answer in answers] == [0, 2, 4, 6]

    assert model.most_running == 2


def test_a_bad_one_fails_alone() -> None:
    # given a batch of three, one of them bad
    model = Model()
    batcher = Batcher(model.run, at_once=4, lanes=1)
    model.go.clear()
    with ThreadPoolExecutor(4) as pool:
        first = pool.submit(batcher, 1)
        assert model.begun.acquire(timeout=20)
        good, bad, other = (pool.submit(batcher, number) for number in (2, -3, 4))
        until(lambda: len(batcher._waiting) == 3)
        model.go.set()

        # then each of its batch has its own answer
        assert (first.result(20), good.result(20), other.result(20)) == (2, 4, 8)
        with pytest.raises(ValueError, match=r"negative: \[-3\]"):
            bad.result(20)

    # and the next one is served
    assert batcher(5) == 10


class Interrupted(BaseException):
    """As a time limit or Ctrl-C, which are no Exception."""


def test_an_interrupted_leader_holds_up_nobody() -> None:
    model = Model()
    running = threading.Event()

    def run(items: list[int]) -> list[int]:
        if items == [0]:
            running.set()
            until(lambda: len(batcher._waiting) == 3)
            raise Interrupted
        return model.run(items)

    batcher = Batcher(run, at_once=2, lanes=1)
    with ThreadPoolExecutor(4) as pool:
        interrupted = pool.submit(batcher, 0)
        assert running.wait(20)
        answers = [pool.submit(batcher, number) for number in (1, 2, 3)]

        assert [answer.result(20) for answer in answers] == [2, 4, 6]
        with pytest.raises(Interrupted):
            interrupted.result(20)


def test_who_is_interrupted_waiting_holds_up_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    # given a caller that is interrupted just when it is made the leader of a batch
    model = Model()
    batcher = Batcher(model.run, at_once=4, lanes=1)
    model.go.clear()
    wait = threading.Event.wait

    def interrupted(event: threading.Event, timeout: float | None = None) -> bool:
        result = wait(event, timeout)
        if threading.current_thread().name == "unlucky":
            raise Interrupted
        return result

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(batcher, 1)
        assert model.begun.acquire(timeout=20)
        monkeypatch.setattr(threading.Event, "wait", interrupted)
        caught: list[type] = []

        def unlucky() -> None:
            try:
                batcher(2)
            except Interrupted as error:
                caught.append(type(error))

        thread = threading.Thread(target=unlucky, name="unlucky")
        thread.start()
        until(lambda: len(batcher._waiting) == 1)
        other = pool.submit(batcher, 3)
        until(lambda: len(batcher._waiting) == 2)

        # when
        model.go.set()
        thread.join(20)

        # then the others have their answers, and so has the next
        assert (first.result(20), other.result(20)) == (2, 6)
    assert caught == [Interrupted]
    assert batcher(4) == 8


@settings(max_examples=25, deadline=None)
@given(
    numbers=st.lists(st.integers(-3, 40), max_size=60),
    at_once=st.integers(1, 9),
    lanes=st.integers(1, 3),
    threads=st.integers(1, 12),
)
def test_every_query_gets_its_own_answer_whatever_comes_together(
    numbers: list[int], at_once: int, lanes: int, threads: int
) -> None:
    model = Model()
    batcher = Batcher(model.run, at_once=at_once, lanes=lanes)

    def ask(number: int) -> int | str:
        try:
            return batcher(number)
        except ValueError as error:
            return str(error)

    with ThreadPoolExecutor(threads) as pool:
        answers = list(pool.map(ask, numbers))

    assert answers == [2 * n if n >= 0 else f"negative: [{n}]" for n in numbers]
    assert all(len(batch) <= at_once for batch in model.batches)
    assert not batcher._waiting
    assert batcher._free == lanes
