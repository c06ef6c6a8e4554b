from __future__ import annotations

import pytest

from search.models import EmbeddingModel
from tests.search.vectors import make_model


@pytest.fixture
def model(db: None) -> EmbeddingModel:
    """Live, without an encoder behind it."""
    return make_model()
