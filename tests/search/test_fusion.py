"""One order of several legs."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from search.fusion import NEAREST, nearest_first, nearest_of, order, totals, trusted
from search.query import Leg

numbers = st.floats(-5, 5)


@given(
    st.integers(1, 30).flatmap(
        lambda n: st.fixed_dictionaries(
            {leg: st.lists(numbers | st.just(float("nan")), min_size=n, max_size=n) for leg in Leg}
        )
    ),
    st.fixed_dictionaries({leg: st.floats(0, 30) for leg in Leg}),
)
def test_whatever_the_legs_say_each_product_has_one_place_best_first(scores, weights):
    given_ = {leg: np.array(values) for leg, values in scores.items()}

    total = totals(given_, weights)
    places = order(range(len(total)), total)

    assert sorted(places) == list(range(len(total)))
    assert np.all(np.isfinite(total))
    assert np.all(np.diff(total[places]) <= 0)


def test_what_a_leg_does_not_know_counts_as_its_background() -> None:
    scores = {Leg.IMAGE: np.array([np.nan, -1.0, 1.0]), Leg.TEXT: np.array([1.0, 1.0, 1.0])}

    assert list(totals(scores, {Leg.IMAGE: 2.0, Leg.TEXT: 1.0})) == [1.0, -1.0, 3.0]


def test_ties_go_by_product_so_that_pages_never_overlap() -> None:
    assert list(order([9, 3, 7], np.array([1.0, 1.0, 2.0]))) == [2, 1, 0]


def test_no_leg_is_an_empty_order() -> None:
    assert list(order([], totals({}, {}))) == []


@given(st.lists(st.floats(0, 1), max_size=30))
def test_whatever_is_held_never_counts_more_and_keeps_its_order(shares) -> None:
    held = np.sort(shares)

    counted = trusted(held, max(shares, default=0.0))

    assert np.all((counted >= 0) & (counted <= held))
    assert np.all(np.diff(counted) >= 0)


def test_words_lose_their_say_as_the_best_product_holds_fewer() -> None:
    assert list(trusted(np.array([1.0, 0.5]), 1.0)) == [1.0, 0.5]
    assert list(trusted(np.array([0.5, 0.25]), 0.5)) == [0.125, 0.0625]


@given(st.lists(st.tuples(numbers, numbers), max_size=30))
def test_whatever_the_sum_says_what_looks_most_like_it_is_first_in_that_order(pairs) -> None:
    total, looks = np.array(pairs).reshape(-1, 2).T

    first = nearest_first(total, looks, nearest_of(looks))

    nearest = nearest_of(looks)
    places = list(np.argsort(-first, kind="stable"))
    rest = [place for place in np.argsort(-total, kind="stable") if place not in nearest]
    assert set(places[:NEAREST]) == set(nearest)
    assert np.all(np.diff(first[nearest]) <= 0)
    assert places[NEAREST:] == rest
