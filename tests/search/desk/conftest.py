from collections.abc import Iterator

import pytest

from search.desk import live


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    """What a process keeps of the desk is of no other test."""
    live.forget()
    yield
    live.forget()
