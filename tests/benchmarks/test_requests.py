"""What `python -m benchmarks requests` compares: whole requests, and their legs' statements."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.asking import PATHS, InProcess, Question, ask, request_for
from benchmarks.bare_sql import RANKING, recording, replay
from benchmarks.scale.filtering import Shop, category_holding
from search import router
from search.filters import Filters
from search.models import EmbeddingModel
from search.retrieval import Target
from search.words import leg
from search.words.analysis import analyse
from tests.factories import picture_bytes

pytestmark = pytest.mark.django_db


def test_bare_sql_is_the_legs_and_finds_the_same(loaded: Shop) -> None:
    model = EmbeddingModel.objects.get()
    vector = loaded.catalogue.queries(1, among=loaded.facts.leaf)[0]
    filters = Filters(path=category_holding(loaded, 0.1))

    with recording() as statements:
        found = router.nearest(Target(vector, "image", model), router.match(filters), depth=24)
        asked = analyse("striped")
        held = leg.scores(asked, leg.candidates(asked, filters, None))
    images, holders, worths = replay(statements)

    assert len(statements) == 3  # and not what counts the products that match
    assert all(any(mark in statement.sql for mark in RANKING) for statement in statements)
    assert list(dict.fromkeys(product for product, *_ in images))[:24] == [
        hit.product_id for hit in found.hits
    ]
    assert {product for (product,) in holders} == {product for product, _ in worths} == set(held)
    assert np.isclose(-images[0][2], found.hits[0].score)


def test_nothing_is_recorded_afterwards(loaded: Shop) -> None:
    with recording() as statements:
        pass

    leg.candidates(analyse("striped"), Filters(), None)

    assert not statements


@pytest.mark.parametrize("face", PATHS)
def test_a_whole_request_says_its_stages(face: str, loaded: Shop) -> None:
    """Its model has no encoder, so words alone answer."""
    answer = ask(InProcess(), request_for(face, Question("striped")))

    assert b"striped" in answer.content
    assert {"filter", "words", "products", "total"} <= answer.stages().keys()


@pytest.mark.parametrize("face", PATHS)
def test_an_answer_without_results_is_an_error(face: str, loaded: Shop) -> None:
    request = request_for(face, Question(photo=picture_bytes()))

    with pytest.raises(AssertionError, match="503"):
        ask(InProcess(), request)
