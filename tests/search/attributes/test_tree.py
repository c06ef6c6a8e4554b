"""Means over the category tree, against what they are by definition."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from search.attributes.tree import PARENT_EXAMPLES, Tree

PATHS = ("0001", "00010001", "00010002", "0002", "000200010001")


def drawn_towards_parents(rows: np.ndarray, paths: list[str], path: str, base: float) -> float:
    """The mean of a node, level by level, as the module says."""
    mean = base
    for end in range(0, len(path) + 1, 4):
        inside = [
            row for row, other in zip(rows, paths, strict=True) if other.startswith(path[:end])
        ]
        mean = (sum(inside) + PARENT_EXAMPLES * mean) / (len(inside) + PARENT_EXAMPLES)
    return mean


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from(PATHS), st.floats(-1, 1)), min_size=1, max_size=12))
def test_means_are_drawn_towards_the_parent_and_leave_each_example_out(
    products: list[tuple[str, float]],
) -> None:
    paths = [path for path, _ in products]
    rows = np.array([[value] for _, value in products], np.float32)
    base = np.array([0.5], np.float32)

    tree = Tree.of(paths)
    means, without = tree.means(rows, np.arange(len(rows)), base, base)

    for node, path in enumerate(tree.paths):
        expected = drawn_towards_parents(rows[:, 0], paths, path, 0.5)
        assert np.isclose(means[node, 0], expected, atol=1e-5)
    for place, path in enumerate(paths):
        others = [other for number, other in enumerate(paths) if number != place]
        expected = drawn_towards_parents(np.delete(rows[:, 0], place), others, path, 0.5)
        assert np.isclose(without[place, 0], expected, atol=1e-5)


def test_only_the_examples_that_are_given_count() -> None:
    tree = Tree.of(["0001", "0001", "0002"])
    zero = np.zeros(1, np.float32)

    means, without = tree.means(np.array([[4.0]], np.float32), np.array([1]), zero, zero)

    shop = 4 / (1 + PARENT_EXAMPLES)
    assert np.isclose(means[tree.node("0001"), 0], (4 + 3 * shop) / 4)
    assert np.isclose(means[tree.node("0002"), 0], shop)
    assert without[0, 0] == 0


def test_a_category_without_products_is_the_next_above() -> None:
    tree = Tree.of(["00010002"])

    assert tree.paths[tree.node("000100020003")] == "00010002"
    assert tree.paths[tree.node("00010009")] == "0001"
    assert tree.paths[tree.node("0003")] == ""


def test_inside_is_a_category_and_all_below() -> None:
    tree = Tree.of(["00010001", "0002"])

    inside = dict(zip(tree.paths, tree.inside(["0001"]), strict=True))

    assert inside == {"": False, "0001": True, "0002": False, "00010001": True}
    assert tree.inside([]).all()


def test_a_shop_without_products_is_one_node() -> None:
    tree = Tree.of([])

    assert tree.paths == [""]
    assert not tree.direct.any()
