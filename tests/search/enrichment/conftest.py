from __future__ import annotations

from collections.abc import Iterator

import pytest

from search.attributes import stored as attributes
from search.enrichment import stored
from search.models import EmbeddingModel
from tests.search.enrichment.shops import Shop, make_shop


@pytest.fixture(autouse=True)
def nothing_learnt_by_another_test() -> Iterator[None]:
    """A process keeps what was learnt for a while, whatever the database says."""
    stored.forget()
    attributes.forget()
    yield
    stored.forget()
    attributes.forget()


@pytest.fixture
def shop(vitrine_mini: EmbeddingModel) -> Shop:
    """Twenty boots, mugs and lamps each; the pictures are vectors by hand."""
    return make_shop(vitrine_mini)
