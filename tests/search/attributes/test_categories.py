"""Guessing a category, and leaving out what is judged."""

import numpy as np

from search.attributes.categories import SHRINKAGE, learn_categories, softmax
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

    # By definition: its category's mean without it, and the covariance without its residual.
    residuals = np.delete(categories.residuals, left, axis=0)
    count, dimension = categories.vectors.shape
    covariance = residuals.T @ residuals / count
    spread = np.square(categories.residuals).sum() / count / dimension
    shrunk = (1 - SHRINKAGE) * covariance + SHRINKAGE * spread * np.eye(dimension)
    precision = np.linalg.inv(shrunk)
    means = categories.means.copy()
    means[categories.tree.own[left]] = known.vectors[left] - categories.residuals[left]
    logits = means @ precision @ known.vectors[left]
    logits -= 0.5 * (means @ precision * means).sum(axis=1)
    logits[~categories.tree.direct] = -np.inf
    assert np.allclose(guess, softmax(categories.sharpness * logits), atol=1e-3)


def test_nothing_is_known_of_an_empty_shop() -> None:
    categories = learn_categories(np.empty((0, 4), np.float32), Tree.of([]))

    directions, offsets = categories.directions()

    assert np.isfinite(directions).all()
    assert offsets.tolist() == [-np.inf]


def test_one_product_is_enough_not_to_fail() -> None:
    categories = learn_categories(shops.axes(1, 4), Tree.of(["0001"]))

    assert np.isfinite(categories.precision).all()
    assert np.allclose(categories.guesses(np.array([0])).sum(axis=1), 1)
