"""Results in the order that is asked for: by price, or newest first.

Held against brute force over variants, for each way in which a search finds: by vectors, by words,
and by filters alone.
"""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search import ranking, router
from search.forms import SORTS, SearchForm
from search.service import PageNotFound, SearchPage, search
from shop.catalog.models import Product
from tests.factories import ProductFactory, VariantFactory
from tests.search.test_promise import (
    COLORS,
    SIZES,
    MadeProduct,
    MadeVariant,
    brute_force,
    filters,
    make,
    passes,
    products,
    undone,
)
from tests.search.vectors import embed_image, make_model, unit

pytestmark = pytest.mark.django_db


def ask(**data: str) -> SearchPage:
    form = SearchForm(data)
    assert form.is_valid(), form.errors
    return search(form.query)


def all_pages(**data: str) -> list[SearchPage]:
    pages = [ask(**data)]
    while pages[-1].has_next:
        pages.append(ask(**data, page=str(len(pages) + 1)))
    return pages


def prices(page: SearchPage) -> list[Decimal]:
    return [result.variant.price for result in page.results]


def titles(page: SearchPage) -> list[str]:
    return [result.product.title for result in page.results]


def price_by_brute_force(product: MadeProduct, asked: dict[str, str]) -> int:
    passing = [variant for variant in product.variants if passes(variant, product, asked)]
    buyable = [variant for variant in passing if variant.stock > 0]
    return min(variant.price for variant in buyable or passing)


@given(
    catalogue=st.lists(products, max_size=60),
    asked=filters,
    way=st.sampled_from(["like", "words", "browse"]),
    sort=st.sampled_from(["price", "-price", "newest"]),
    seed=st.integers(0, 2**32 - 1),
)
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_pages_are_in_order_as_brute_force_says(
    catalogue: list[MadeProduct], asked: dict[str, str], way: str, sort: str, seed: int
) -> None:
    with undone():
        like, made = make(catalogue, seed)
        if way == "like":
            said = {"like": like.slug}
        else:
            said = {"q": "product", "legs": "words"} if way == "words" else {}
            pairs = zip(COLORS, SIZES, strict=True)
            offers = [MadeVariant(3, 1, True, *pair, None) for pair in pairs]
            made[like.pk] = MadeProduct(2, True, offers, [frozenset()], True)
        expected = brute_force(made, asked)

        pages = all_pages(**said, **asked, sort=sort)

        shown = [result.product for page in pages for result in page.results]
        assert len(shown) == len(expected)
        assert {product.pk for product in shown} == expected
        if sort == "newest":
            times = [product.created_at for product in shown]
            assert times == sorted(times, reverse=True)
        else:
            by_hand = {pk: price_by_brute_force(made[pk], asked) for pk in expected}
            found = [result.variant.price for page in pages for result in page.results]
            assert found == [by_hand[product.pk] for product in shown]
            assert found == sorted(by_hand.values(), reverse=sort == "-price")
        if said or asked:
            unsorted = ask(**said, **asked)
            assert all(page.total == unsorted.total for page in pages)
            assert all(page.facets == unsorted.facets for page in pages)


def test_a_search_that_goes_on_is_sorted_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    # The cheapest are found by the deeper search alone.
    monkeypatch.setattr(router, "EXACT_PRODUCTS", 70)
    monkeypatch.setattr(ranking, "DEPTH_WITHOUT_WORDS", 24)
    model = make_model()
    asked = ProductFactory(images=1)
    embed_image(asked.images.get(), model, unit(1))
    for n in range(72):
        product = ProductFactory(images=1, variants=[{"price": 100 - n}])
        embed_image(product.images.get(), model, unit(1, n / 50))

    pages = all_pages(like=asked.slug, sort="price")

    assert [price for page in pages for price in prices(page)] == [*range(29, 101)]
    assert [page.total for page in pages] == [page.total for page in all_pages(like=asked.slug)]


def test_what_costs_the_same_stays_best_match_first() -> None:
    model = make_model()
    asked = ProductFactory(images=1)
    embed_image(asked.images.get(), model, unit(1))
    for title, unlike, price in (("Far", 2, 5), ("Near", 0.1, 5), ("Cheap", 0.2, 4)):
        product = ProductFactory(title=title, images=1, variants=[{"price": price}])
        embed_image(product.images.get(), model, unit(1, unlike))

    assert titles(ask(like=asked.slug)) == ["Near", "Cheap", "Far"]
    assert titles(ask(like=asked.slug, sort="price")) == ["Cheap", "Near", "Far"]
    assert titles(ask(like=asked.slug, sort="-price")) == ["Near", "Far", "Cheap"]


def test_what_is_cut_stays_cut_however_cheap_it_is() -> None:
    ProductFactory(title="Red boots", variants=[{"price": 80}])
    ProductFactory(title="Green mug", variants=[{"price": 1}])

    page = ask(q="boots", legs="words", sort="price")

    assert titles(page) == ["Red boots"]


def test_a_product_counts_by_what_can_be_bought_at_that_price() -> None:
    cheap_but_gone = ProductFactory(title="From 40", variants=[])
    VariantFactory(product=cheap_but_gone, price=10, stock=0)
    VariantFactory(product=cheap_but_gone, price=40, stock=3, sku="in-stock")
    VariantFactory(product=cheap_but_gone, price=5, stock=3, published=False)
    ProductFactory(title="From 30", variants=[{"price": 30, "stock": 1}])
    ProductFactory(title="Sold out at 35", variants=[{"price": 35, "stock": 0}])

    page = ask(sort="price", brand="Vitrine")

    assert titles(page) == ["From 30", "Sold out at 35", "From 40"]
    assert page.results[-1].variant.sku == "in-stock"
    assert titles(ask(sort="-price", brand="Vitrine")) == titles(page)[::-1]


def test_newest_orders_what_words_found() -> None:
    for title, days in (("Old boots", 9), ("New boots", 1), ("Middling boots", 5)):
        product = ProductFactory(title=title)
        Product.objects.filter(pk=product.pk).update(
            created_at=timezone.now() - timedelta(days=days)
        )

    page = ask(q="boots", legs="words", sort="newest")

    assert titles(page) == ["New boots", "Middling boots", "Old boots"]


def test_everything_can_be_browsed_in_an_order() -> None:
    for price in (3, 1, 2):
        ProductFactory(variants=[{"price": price}])

    assert prices(ask(sort="price")) == [1, 2, 3]
    with pytest.raises(PageNotFound):
        ask(sort="price", page="2")


def test_sorting_takes_one_query_more_than_not_sorting() -> None:
    for n in range(30):
        ProductFactory(title=f"Boots {n}", variants=[{"price": n}, {"price": n + 1}])
    counts = {}
    for sort in ("", "price", "-price", "newest"):
        with CaptureQueriesContext(connection) as queries:
            ask(q="boots", legs="words", sort=sort)
        counts[sort] = len(queries)

    assert {counts[sort] for sort in ("price", "-price", "newest")} == {counts[""] + 1}


@pytest.mark.parametrize("wrong", ["cheapest", "PRICE", "price,newest", "\udc80" * 3, "x" * 300])
def test_an_order_that_is_none_names_those_that_are(wrong: str) -> None:
    form = SearchForm({"q": "boots", "sort": wrong})

    (message,) = form.errors["sort"]

    if "\udc80" not in wrong:
        assert message.endswith("Choose among price, -price, newest.")
    assert len(message) < 200


def test_the_orders_have_labels() -> None:
    assert [value for value, _ in SearchForm().fields["sort"].choices] == [
        "",
        "price",
        "-price",
        "newest",
    ]
    assert SearchForm().fields["sort"].choices == SORTS
