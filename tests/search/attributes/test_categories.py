"""Guessing a category, and leaving out what is judged."""

import numpy as np

from search.attributes.categories import SHRINKAGE, Categories, learn_categories, softmax
from search.attributes.tree import Tree
from tests.search.attributes import shops


def test_a_photo_is_guessed_to_be_where_pictures_like_it_are() -> None:
    known = shops.examples()
    categories = learn_categories(known.vectors, Tree.of(known.paths))
    directions, offsets = categories.directions()
    photos = shops.vectors_of(np.array([0, 1]), np.array([True, False]), seed=7)

    guesses = softmax(photos @ directions.T + offsets)

    found = [categories.tree.paths[place] for place in guesses.argmax(axis=1)]
    assert found == [shops.BOOTS, shops.MUGS]
    assert np.allclose(guesses.sum(axis=1), 1)
    # Nothing is a wall; what has no products of its own is not guessed.
    assert (guesses[:, categories.tree.direct] > 0).all()
    assert (guesses[:, ~categories.tree.direct] == 0).all()


def test_an_example_is_guessed_as_if_it_had_not_been_there() -> None:
    known = shops.examples(24)
    categories = learn_categories(known.vectors, Tree.of(known.paths))
    left = 5

    guess = categories.guesses(np.array([left]))[0]

    # By definition: its category's mean without it, and the covariance of the others.
    precision = precision_without(categories, left)
    means = categories.means.copy()
    means[categories.tree.own[left]] = known.vectors[left] - categories.residuals[left]
    logits = means @ precision @ known.vectors[left]
    logits -= 0.5 * (means @ precision * means).sum(axis=1)
    logits[~categories.tree.direct] = -np.inf
    assert np.allclose(guess, softmax(categories.sharpness * logits), atol=1e-3)


def test_guesses_are_as_often_right_as_they_would_be_of_new_products() -> None:
    """Few products in many dimensions, some in wrong categories: each category learnt anew."""
    chance = np.random.default_rng(1)
    kinds, dimension = np.arange(40) % 8, 128
    rows = axes_of(kinds, dimension) + chance.normal(scale=0.15, size=(40, dimension))
    vectors = np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), np.float32)
    kinds[:4] = [1, 2, 3, 0]
    tree = Tree.of([f"0001{kind + 1:04}" for kind in kinds])
    categories = learn_categories(vectors, tree)

    guessed = categories.guesses(np.arange(40)).argmax(axis=1)

    anew = []
    for left in range(40):
        others = categories.only(np.delete(np.arange(40), left))
        directions, offsets = others.directions()
        anew.append(int((directions @ vectors[left] + offsets).argmax()))
    assert (guessed == tree.own).sum() == (np.array(anew) == tree.own).sum() < 37
    assert (guessed == anew).sum() >= 38


def test_nothing_is_known_of_an_empty_shop() -> None:
    categories = learn_categories(np.empty((0, 4), np.float32), Tree.of([]))

    directions, offsets = categories.directions()

    assert np.isfinite(directions).all()
    assert offsets.tolist() == [-np.inf]


def test_one_product_is_enough_not_to_fail() -> None:
    categories = learn_categories(shops.axes(1, 4), Tree.of(["0001"]))

    assert np.isfinite(categories.within.inverse).all()
    assert np.allclose(categories.guesses(np.array([0])).sum(axis=1), 1)


def axes_of(kinds: np.ndarray, dimension: int) -> np.ndarray:
    return shops.axes(8, dimension)[kinds]


def precision_without(categories: Categories, left: int) -> np.ndarray:
    """Of all products but one, about the means of their categories."""
    own, count = categories.tree.own, len(categories.vectors)
    everyone = np.arange(count)
    scatters = []
    for rows in (everyone, np.delete(everyone, left)):
        vectors, nodes = categories.vectors[rows], own[rows]
        apart = [vectors[nodes == node] - vectors[nodes == node].mean(axis=0) for node in set(own)]
        scatters.append(sum(one.T @ one for one in apart) / (count - len(set(own))))
    whole, others = scatters
    dimension = len(whole)
    spread = np.trace(whole) / dimension
    return np.linalg.inv((1 - SHRINKAGE) * others + SHRINKAGE * spread * np.eye(dimension))
