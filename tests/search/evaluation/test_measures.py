"""The measures, held to values worked out by hand and to what they promise of whatever they get."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.evaluation import measures
from search.evaluation.measures import Labelled, interval, ranked_hits, retrieval, zero_shot

NAMES = ["nearest_neighbour", "top_5", "p_at_10", "map"]


def labelled(vectors: np.ndarray, labels: list[int], files: list[int] | None = None) -> Labelled:
    rows = np.asarray(vectors, dtype=np.float32)
    return Labelled(
        rows / np.linalg.norm(rows, axis=1, keepdims=True),
        np.array(labels, dtype=np.int64),
        None if files is None else np.array(files, dtype=np.int64),
    )


def index_of(labels: list[int], files: list[int] | None = None) -> Labelled:
    """Pictures with these labels, from the nearest to `QUERY` to the farthest."""
    angles = np.linspace(0.1, 3, len(labels))
    return labelled(np.stack([np.cos(angles), np.sin(angles)], axis=1), labels, files)


QUERY = labelled([[1, 0]], [1])


@st.composite
def collections(draw: st.DrawFn) -> tuple[Labelled, Labelled]:
    """Queries and an index with vectors of few values, so that ties are common. Some queries are
    pictures of the index."""
    few = st.integers(-2, 2)
    vector = st.tuples(few, few, few).filter(any)
    pictures = draw(st.lists(st.tuples(vector, st.integers(0, 3)), min_size=1, max_size=25))
    others = draw(st.lists(st.tuples(vector, st.integers(0, 4)), min_size=1, max_size=6))
    own = draw(st.lists(st.integers(0, len(pictures) - 1), max_size=4))
    vectors, labels = zip(*pictures, strict=True)
    index = labelled(vectors, list(labels), list(range(len(pictures))))
    asked = [*others, *(pictures[row] for row in own)]
    files = [*range(-len(others), 0), *own]
    return labelled([v for v, _ in asked], [label for _, label in asked], files), index


# --- Worked out by hand -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        # right at ranks 1 and 3: precisions 1 and 2/3
        ([1, 0, 1, 0], {"nearest_neighbour": 1, "top_5": 1, "p_at_10": 0.2, "map": 5 / 6}),
        # right at ranks 2 and 5: 1/2 and 2/5
        ([0, 1, 0, 0, 1], {"nearest_neighbour": 0, "top_5": 1, "p_at_10": 0.2, "map": 0.45}),
        # right at rank 6 alone
        ([0, 0, 2, 0, 0, 1], {"nearest_neighbour": 0, "top_5": 0, "p_at_10": 0.1, "map": 1 / 6}),
        # right at ranks 1 to 10 and 12: ten times 1, then 11/12
        (
            [1] * 10 + [0, 1],
            {"nearest_neighbour": 1, "top_5": 1, "p_at_10": 1, "map": (10 + 11 / 12) / 11},
        ),
        # right nowhere
        ([0, 2], {"nearest_neighbour": 0, "top_5": 0, "p_at_10": 0, "map": 0}),
    ],
)
def test_one_query(labels: list[int], expected: dict[str, float]) -> None:
    found = retrieval(QUERY, index_of(labels))

    assert {name: values[0] for name, values in found.items()} == pytest.approx(expected)


def test_the_querys_own_file_is_left_out() -> None:
    # given a query that is the nearest picture itself, behind which a wrong and a right one come
    query = labelled([[1, 0]], [1], [7])
    index = index_of([1, 0, 1], [7, 8, 9])

    found = retrieval(query, index)

    assert (found["nearest_neighbour"][0], found["map"][0]) == (0, 0.5)


def test_a_picture_alone_in_the_index_does_not_find_itself() -> None:
    query = labelled([[1, 0]], [1], [7])

    found = retrieval(query, index_of([1], [7]))

    assert [found[name][0] for name in NAMES] == [0, 0, 0, 0]


def test_a_tie_is_not_won() -> None:
    # given two equal pictures with different labels, in either order
    for labels in ([1, 0], [0, 1]):
        index = labelled([[1, 1], [1, 1]], labels)

        assert retrieval(QUERY, index)["nearest_neighbour"][0] == 0


def test_zero_shot_is_the_nearest_text() -> None:
    texts = labelled([[1, 0], [0, 1]], [0, 1])
    pictures = labelled([[5, 1], [1, 5], [5, 1]], [0, 1, 1])

    assert zero_shot(pictures, texts).tolist() == [1, 1, 0]


def test_blocks_of_queries_give_what_all_at_once_give(monkeypatch: pytest.MonkeyPatch) -> None:
    # given more queries than fit in a block, some of them pictures of the index
    chance = np.random.default_rng(5)
    index = labelled(chance.normal(size=(30, 4)), list(chance.integers(0, 3, 30)), list(range(30)))
    queries = labelled(index.vectors[:11], list(index.labels[:11]), list(range(11)))
    whole = retrieval(queries, index)
    monkeypatch.setattr(measures, "CELLS_AT_ONCE", 100)

    blocks = retrieval(queries, index)

    for name in NAMES:
        np.testing.assert_array_equal(blocks[name], whole[name])


# --- Whatever they get --------------------------------------------------------------------------


@settings(deadline=None)
@given(collections())
def test_every_measure_is_from_zero_to_one(given_sides: tuple[Labelled, Labelled]) -> None:
    queries, index = given_sides

    found = retrieval(queries, index)

    assert list(found) == NAMES
    for values in found.values():
        assert values.shape == (len(queries),)
        assert values.dtype == np.float64
        assert ((values >= 0) & (values <= 1)).all()


@settings(deadline=None)
@given(collections())
def test_ranks_are_those_of_plain_sorting(given_sides: tuple[Labelled, Labelled]) -> None:
    queries, index = given_sides

    hits = ranked_hits(queries, index)

    for row, vector in enumerate(queries.vectors.astype(np.float64)):
        others = [n for n in range(len(index)) if index.files[n] != queries.files[row]]
        right = {n: bool(index.labels[n] == queries.labels[row]) for n in others}
        cosines = {n: round(float(index.vectors[n].astype(np.float64) @ vector), 6) for n in others}
        ranked = sorted(others, key=lambda n: (-cosines[n], right[n]))
        left_out = [False] * (len(index) - len(others))
        assert hits[row].tolist() == [right[n] for n in ranked] + left_out


@settings(deadline=None)
@given(collections(), st.randoms())
def test_the_order_of_the_index_changes_nothing(
    given_sides: tuple[Labelled, Labelled], chance
) -> None:
    queries, index = given_sides
    order = list(range(len(index)))
    chance.shuffle(order)
    shuffled = Labelled(index.vectors[order], index.labels[order], index.files[order])

    before, after = retrieval(queries, index), retrieval(queries, shuffled)

    for name in NAMES:
        np.testing.assert_array_equal(after[name], before[name])


@settings(deadline=None)
@given(st.integers(1, 30), st.integers(0, 30))
def test_a_perfect_ranking_gives_one(right: int, wrong: int) -> None:
    # given all pictures with the label before all others
    found = retrieval(QUERY, index_of([1] * right + [0] * wrong))

    # then precision at 10 is what so many pictures can give
    assert [found[name][0] for name in NAMES] == [1, 1, min(right, 10) / 10, 1]


@settings(deadline=None)
@given(collections())
def test_average_precision_is_zero_only_where_nothing_is_to_be_found(
    given_sides: tuple[Labelled, Labelled],
) -> None:
    queries, index = given_sides
    right = queries.labels[:, None] == index.labels
    there = (right & (queries.files[:, None] != index.files)).any(axis=1)

    found = retrieval(queries, index)

    np.testing.assert_array_equal(found["map"] > 0, there)


# --- Intervals ----------------------------------------------------------------------------------


@settings(deadline=None)
@given(st.lists(st.floats(0, 1), min_size=measures.FEWEST, max_size=50))
def test_an_interval_lies_within_the_values_and_is_the_same_again(values: list[float]) -> None:
    low, high = interval(np.array(values))

    assert min(values) - 1e-9 <= low <= high <= max(values) + 1e-9
    assert interval(np.array(values)) == (low, high)


def test_an_interval_is_as_wide_as_theory_says() -> None:
    # given 400 queries of which a half are right: 1.96 * sqrt(.25 / 400) is .049
    values = np.repeat([0.0, 1.0], 200)

    low, high = interval(values)

    assert (low, high) == pytest.approx((0.451, 0.549), abs=0.006)


def test_an_interval_drawn_in_blocks_is_of_as_many_draws(monkeypatch: pytest.MonkeyPatch) -> None:
    values = np.repeat([0.0, 1.0], 200)
    monkeypatch.setattr(measures, "CELLS_AT_ONCE", 1000)

    assert interval(values) == pytest.approx((0.451, 0.549), abs=0.006)


def test_where_all_are_right_an_interval_has_no_width() -> None:
    assert interval(np.ones(10)) == (1, 1)


def test_few_values_tell_nothing() -> None:
    few = np.ones(measures.FEWEST - 1)

    assert interval(few) == (0, 1)
    assert interval(few, bounds=(-1, 1)) == (-1, 1)
