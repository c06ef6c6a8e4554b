"""One order of several legs."""

from hypothesis import given
from hypothesis import strategies as st

from search.fusion import fuse
from search.query import DEFAULT_WEIGHTS, Leg
from search.retrieval import Hit

hit_lists = st.lists(
    st.tuples(st.integers(1, 40), st.floats(-1, 1)), max_size=40, unique_by=lambda pair: pair[0]
).map(
    lambda pairs: [
        Hit(product, score) for product, score in sorted(pairs, key=lambda pair: -pair[1])
    ]
)


@given(st.dictionaries(st.sampled_from([Leg.IMAGE, Leg.TEXT]), hit_lists))
def test_whatever_the_legs_find_each_product_comes_once_best_first(found):
    ranked = fuse(found, DEFAULT_WEIGHTS)

    products = [hit.product_id for hit in ranked]
    scores = [hit.score for hit in ranked]
    assert sorted(products) == sorted({hit.product_id for hits in found.values() for hit in hits})
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)


def test_a_leg_alone_keeps_its_order() -> None:
    hits = [Hit(product, 0.9 - product / 100) for product in range(1, 20)]

    ranked = fuse({Leg.IMAGE: hits}, DEFAULT_WEIGHTS)

    assert [hit.product_id for hit in ranked] == list(range(1, 20))


def test_hits_far_above_the_rest_are_not_tied() -> None:
    # given a catalogue of unlike pictures and two that are near the query
    hits = [Hit(1, 0.98), Hit(2, 0.95), *(Hit(product, 0.1) for product in range(3, 100))]

    first, second, third, *_ = fuse({Leg.IMAGE: hits}, DEFAULT_WEIGHTS)

    assert (first.product_id, second.product_id) == (1, 2)
    assert first.score > second.score > third.score


def test_legs_on_different_scales_count_by_their_weight() -> None:
    # given cosines of words against words (high) and of words against pictures (low)
    texts = [Hit(product, 0.80 - product / 1000) for product in range(1, 11)]
    pictures = [Hit(product, 0.30 - (11 - product) / 1000) for product in range(10, 0, -1)]

    ranked = fuse({Leg.TEXT: texts, Leg.IMAGE: pictures}, {Leg.TEXT: 0.2, Leg.IMAGE: 0.8})

    assert [hit.product_id for hit in ranked] == list(range(10, 0, -1))


def test_the_picture_that_matched_is_kept() -> None:
    ranked = fuse({Leg.IMAGE: [Hit(1, 0.5, image_id=7)], Leg.TEXT: [Hit(1, 0.9)]}, DEFAULT_WEIGHTS)

    assert ranked[0].image_id == 7


def test_nothing_found_is_an_empty_order() -> None:
    assert fuse({}, DEFAULT_WEIGHTS) == []
    assert fuse({Leg.IMAGE: []}, DEFAULT_WEIGHTS) == []
