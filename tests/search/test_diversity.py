"""Near-equal pictures do not fill a page."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search import diversity, retrieval
from search.fusion import Ranked
from search.models import EmbeddingModel
from search.query import PAGE_SIZE
from tests.search.vectors import random_unit

DIMENSION = 64
MODEL = EmbeddingModel(dimension=DIMENSION)


def ranked(count: int) -> list[Ranked]:
    return [Ranked(n, 1.0, image_id=n) for n in range(1, count + 1)]


def look(monkeypatch: pytest.MonkeyPatch, looks: dict[int, int]) -> None:
    """Pictures by the number of what they show."""
    vectors = {
        image: random_unit(np.random.default_rng(shown), DIMENSION)
        for image, shown in looks.items()
    }
    monkeypatch.setattr(
        retrieval,
        "vectors_of_images",
        lambda images, model: (
            list(vectors),
            np.array(list(vectors.values())).reshape(-1, DIMENSION),
        ),
    )


def test_what_is_nearly_the_same_follows_on_the_next_page(monkeypatch) -> None:
    # given thirty pictures of one design, and thirty of others
    look(monkeypatch, {n: 0 if n <= 30 else n for n in range(1, 61)})

    placed = diversity.spread(ranked(60), MODEL)

    first = [one.product_id for one in placed[:PAGE_SIZE]]
    assert [n for n in first if n <= 30] == [1, 2, 3, 4]


def test_what_differs_keeps_its_order(monkeypatch) -> None:
    look(monkeypatch, {n: n for n in range(1, 8)})

    assert diversity.spread(ranked(7), MODEL) == ranked(7)


@settings(deadline=None)
@given(st.lists(st.integers(0, 3), max_size=80))
def test_whatever_looks_alike_every_product_stays_once(shown: list[int]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        look(patch, dict(enumerate(shown, 1)))

        placed = diversity.spread(ranked(len(shown)), MODEL)

    assert sorted(one.product_id for one in placed) == list(range(1, len(shown) + 1))
