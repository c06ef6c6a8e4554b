"""Each way to combine gives the order that its definition says."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from search.evaluation.combining import Asked, Combiner, ranked, standard, unit
from search.evaluation.stored import Scores, Stored
from tests.search.evaluation.items import stored

NOTHING = -np.inf


def asked(
    photo: tuple[float, ...] | None = None,
    words: tuple[float, ...] | None = None,
    found: list[float] | None = None,
    count: int = 3,
) -> Asked:
    return Asked(
        photo=None if photo is None else unit(np.array(photo)),
        words=None if words is None else unit(np.array(words)),
        found=np.array([NOTHING] * count if found is None else found),
    )


def order(combiner: Combiner, way: str, query: Asked) -> list[int]:
    return ranked(combiner.ways[way](query)).tolist()


@pytest.fixture
def shop() -> Stored:
    """Three products: 0 looks right, 1 reads right, 2 is a little of both."""
    return stored(
        {0: [(0, 1), (1, 0)], 1: [(0, 1)], 2: [(1, 1)]},
        {0: (0, 1), 1: (1, 0), 2: (1, 1)},
        3,
    )


def test_each_leg_is_a_way_of_its_own(shop: Stored) -> None:
    combiner, query = Combiner(shop), asked(words=(1, 0), found=[NOTHING, 0.2, 0.9])

    assert order(combiner, "words", query) == [2, 1]
    assert order(combiner, "text", query) == [1, 2, 0]
    assert order(combiner, "image", query) == [0, 2, 1]
    # 0's first picture is as wrong as its second is right
    assert combiner.legs(query)["image mean"][0] == pytest.approx(np.sqrt(0.5))


def test_a_photo_is_compared_with_pictures_and_words_with_texts(shop: Stored) -> None:
    legs = Combiner(shop).legs(asked(photo=(1, 0), words=(0, 1)))

    assert ranked(legs["image"])[0] == 0
    assert ranked(legs["text"])[0] == 0
    assert ranked(legs["composed"])[0] == 2


def test_the_middle_wins_where_both_count(shop: Stored) -> None:
    combiner, query = Combiner(shop), asked(words=(1, 0))

    assert order(combiner, "summed", query)[0] == 2
    # the mean of opposites is the middle, too: an average forgets what it is made of
    assert combiner.averaged(query)[:2] == pytest.approx(np.sqrt([0.5, 0.5]), abs=1e-6)


vectors = arrays.arrays(
    np.float64, (4, 3), elements=st.floats(-1, 1).filter(lambda x: abs(x) > 1e-3)
)


@given(vectors, vectors, arrays.arrays(np.float64, (2, 3), elements=st.floats(0.01, 1)))
@settings(max_examples=50)
def test_concatenating_is_summing(pictures: Scores, texts: Scores, query: Scores) -> None:
    """Whatever the vectors: with both halves of length one, it is half the sum of the cosines;
    also of a product that lacks one of them."""
    made = stored(
        {0: [pictures[0], pictures[1]], 1: [pictures[2]], 2: [pictures[3]]},
        {0: texts[0], 1: texts[1], 3: texts[3]},
        4,
        3,
    )
    combiner = Combiner(made)
    given = Asked(unit(query[0]), unit(query[1]), np.full(4, NOTHING))

    together, added = combiner.concatenated(given), combiner.summed(given)

    assert together == pytest.approx(added / 2, abs=1e-5)


def test_a_product_without_a_picture_is_found_by_its_text_and_without_both_never() -> None:
    combiner = Combiner(stored({0: [(1, 0)]}, {0: (1, 0), 1: (1, 0)}, 3))
    query = asked(words=(1, 0))

    for way in ("concatenated", "averaged", "concatenated, PCA"):
        assert set(order(combiner, way, query)) == {0, 1}


def test_reciprocal_ranks_are_of_what_each_leg_found(shop: Stored) -> None:
    scores = Combiner(shop).reciprocal_ranks(asked(words=(1, 0), found=[NOTHING, NOTHING, 0.5]))

    assert scores[2] == pytest.approx(1 / 61 + 2 / 62)  # first by words, second by both others


def test_distributions_lay_each_leg_on_its_own_scale(shop: Stored) -> None:
    combiner = Combiner(shop)

    few = combiner.distributions(asked(words=(1, 0), found=[NOTHING, NOTHING, 0.5]))
    more = combiner.distributions(asked(words=(1, 0), found=[NOTHING, NOTHING, 0.9]))

    assert few.tolist() == more.tolist()  # a single hit has no scale but its own
    assert ranked(few)[0] == 2


def test_what_has_no_spread_says_nothing() -> None:
    assert standard(np.array([0.3, 0.3, 0.3])).tolist() == [0, 0, 0]


def test_what_is_not_found_is_not_ranked_and_ties_keep_the_shops_order() -> None:
    assert ranked(np.array([0.5, NOTHING, 0.7, 0.5])).tolist() == [2, 0, 3]


def test_principal_components_keep_the_order_of_a_small_space(shop: Stored) -> None:
    """With as many components as there is variation, nothing is lost but the mean."""
    combiner = Combiner(shop)
    mean, axes = combiner._components

    assert axes.shape == (4, 2)
    assert np.allclose(axes.T @ axes, np.eye(2), atol=1e-5)
    assert np.allclose(mean, combiner._joined.mean(axis=0))


def test_a_query_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="a photo or words"):
        _ = asked().looks
