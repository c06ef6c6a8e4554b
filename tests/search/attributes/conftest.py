from __future__ import annotations

from collections.abc import Iterator

import pytest

from search.attributes import stored
from search.models import EmbeddingModel
from tests.search.attributes.shops import Shop, make_shop


@pytest.fixture(autouse=True)
def no_reader_of_another_test() -> Iterator[None]:
    """A process keeps readers for a while, whatever the database says."""
    stored.forget()
    yield
    stored.forget()


@pytest.fixture
def shop(vitrine_mini: EmbeddingModel) -> Shop:
    """Forty plain and forty striped products, known to be; the pictures are vectors by hand."""
    return make_shop(vitrine_mini)
