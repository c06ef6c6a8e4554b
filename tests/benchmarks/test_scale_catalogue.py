"""The generator: the same catalogue from the same seed, with the shares and geometry it says."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pytest

from benchmarks.scale import geometry
from benchmarks.scale.catalogue import COLOURS, Catalogue, Facts
from benchmarks.scale.filtering import (
    Filter,
    Shop,
    brand_holding,
    category_holding,
    colour_holding,
    prices_holding,
)

PRODUCTS, DIMENSION = 2_000, 64


@pytest.fixture(scope="module")
def shop() -> Shop:
    return Shop(Catalogue(PRODUCTS, dimension=DIMENSION))


def test_the_same_seed_gives_the_same_catalogue(shop: Shop) -> None:
    again = Shop(Catalogue(PRODUCTS, dimension=DIMENSION))
    other = Shop(Catalogue(PRODUCTS, dimension=DIMENSION, seed=2))
    assert np.array_equal(shop.vectors, again.vectors)
    for field in fields(Facts):
        assert np.array_equal(getattr(shop.facts, field.name), getattr(again.facts, field.name))
    assert not np.array_equal(shop.facts.price, other.facts.price)


def test_the_first_products_of_a_large_catalogue_are_those_of_a_small_one(shop: Shop) -> None:
    large = next(Catalogue(9_000, dimension=DIMENSION).chunks())
    small = next(shop.catalogue.chunks())
    assert np.array_equal(large.facts.first(PRODUCTS).price, small.facts.price)
    assert np.array_equal(large.pictures[: len(small.pictures)], small.pictures)
    assert np.array_equal(large.texts[:PRODUCTS], small.texts)


def test_chunks_follow_each_other() -> None:
    chunks = list(Catalogue(20_000, dimension=8).chunks())
    picture = product = 0
    for chunk in chunks:
        assert (chunk.first_product, chunk.first_picture) == (product, picture)
        assert chunk.facts.picture_product[0] == product
        product += len(chunk.facts.leaf)
        picture += len(chunk.pictures)
    assert product == 20_000


def test_shares(shop: Shop) -> None:
    facts = shop.facts
    assert facts.published.mean() == pytest.approx(0.7, abs=0.04)
    assert len(facts.picture_product) / PRODUCTS == pytest.approx(2.5, abs=0.1)
    assert (facts.stock == 0).mean() == pytest.approx(0.25, abs=0.02)
    assert facts.variant_published[:, 0].all()
    assert (facts.price > 0).all()
    # A variant names a picture of its own product, of its own colour.
    named = facts.variant_picture >= 0
    product, variant = np.nonzero(named)
    picture = facts.variant_picture[named]
    assert np.array_equal(facts.picture_product[picture], product)
    assert np.array_equal(facts.picture_colour[picture], facts.colour[product, variant])
    assert 0.2 < named.mean() < 0.4


def test_filters_of_every_share() -> None:
    shop = Shop(Catalogue(50_000, dimension=8))
    published = shop.facts.published.sum()

    def share(asked: Filter) -> float:
        return float(shop.matching_products(asked).sum() / published)

    for wanted in (0.001, 0.01, 0.1, 0.5):
        path, prices = category_holding(shop, wanted), prices_holding(shop, wanted)
        assert share(Filter(path=path)) == pytest.approx(wanted, rel=0.2)
        assert share(Filter(price=prices)) == pytest.approx(wanted, rel=0.2)
    assert share(Filter(colour=colour_holding(shop, 0.1))) == pytest.approx(0.1, rel=0.2)
    assert share(Filter(brand=brand_holding(shop, 0.01))) == pytest.approx(0.01, rel=0.2)


def test_geometry() -> None:
    found = geometry.measure(Catalogue(8_192, dimension=128))
    assert found["cosine, pictures of two departments"] == pytest.approx(0.5, abs=0.03)
    assert found["deviation, pictures of two departments"] == pytest.approx(0.1, abs=0.03)
    assert found["cosine, pictures of a leaf category"] == pytest.approx(0.7, abs=0.04)
    assert 0.85 < found["cosine, pictures of a product"] < 0.95
    assert found["cosine, a picture and its product's text"] == pytest.approx(0.3, abs=0.03)
    assert found["cosine, a picture and another department's text"] == pytest.approx(0.15, abs=0.03)
    assert 15 < found["participation ratio"] < 60


def test_queries_are_near_what_they_show(shop: Shop) -> None:
    path = category_holding(shop, 0.1)
    within = shop.catalogue.leaves_below(path)
    rows = np.isin(shop.facts.leaf[shop.products], within)
    vectors = shop.vectors.astype(np.float32)
    for kind in ("image", "text"):
        queries = shop.catalogue.queries(20, among=within, kind=kind)
        assert np.linalg.norm(queries, axis=1) == pytest.approx(1, abs=1e-5)
        similarity = vectors @ queries.T
        assert similarity[rows].mean() > similarity[~rows].mean() + 0.05
    with pytest.raises(ValueError, match="no kind 'sound'"):
        shop.catalogue.queries(1, among=within, kind="sound")


def test_an_odd_dimension_is_refused() -> None:
    with pytest.raises(ValueError, match="must be even"):
        Catalogue(64, dimension=63).vectors()


def test_colours_are_spread_by_rank(shop: Shop) -> None:
    counts = np.bincount(shop.facts.colour.ravel(), minlength=len(COLOURS))
    assert counts[0] > 2 * counts[-1] > 0
