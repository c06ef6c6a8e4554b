"""Pins first, burials last, whatever the filters and pages."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.desk import curation, judging, live
from search.forms import SearchForm
from search.models import Curation, Synonyms
from search.query import PAGE_SIZE
from search.service import SearchPage, search
from shop.catalog.models import Product
from tests.factories import CategoryFactory, ProductFactory

pytestmark = pytest.mark.django_db


def ask(**data: str) -> SearchPage:
    form = SearchForm(data)
    assert form.is_valid(), form.errors
    return search(form.query)


def titles(page: SearchPage) -> list[str]:
    return [result.product.title for result in page.results]


@pytest.fixture
def owner() -> Any:
    return get_user_model().objects.create_superuser("owner", "o@example.com", "x")


@pytest.fixture
def boots() -> list[Product]:
    return [ProductFactory(title=f"Boots {name}") for name in ("one", "two", "three", "four")]


def test_what_is_pinned_comes_first_in_its_order_and_says_so(
    boots: list[Product], owner: Any
) -> None:
    before = titles(ask(q="boots"))
    curation.pin(words="Boots ", product=boots[2], by=owner)
    curation.pin(words="boots", product=boots[3], by=owner)

    page = ask(q="BOOTS")

    assert titles(page)[:2] == ["Boots three", "Boots four"]
    assert sorted(titles(page)) == sorted(before)
    assert [result.pinned for result in page.results] == [True, True, False, False]
    assert page.total == 4


def test_a_pin_that_no_search_would_find_is_found_and_counted(
    boots: list[Product], owner: Any
) -> None:
    gift = ProductFactory(title="Gift card")
    assert "Gift card" not in titles(ask(q="boots", legs="words"))
    curation.pin(words="boots", product=gift, by=owner)

    page = ask(q="boots")

    assert titles(page)[0] == "Gift card"
    assert len(titles(page)) == page.total == len(set(titles(page)))
    (categories,) = [facet for facet in page.facets if facet.name == "category"]
    assert sum(value.count for value in categories.values) == page.total


def test_a_pin_that_filters_exclude_is_not_shown(boots: list[Product], owner: Any) -> None:
    curation.pin(words="boots", product=boots[2], by=owner)
    hidden = ProductFactory(title="Boots hidden", published=False)
    curation.pin(words="boots", product=hidden, by=owner)

    page = ask(q="boots", category=boots[0].category.slug)

    assert titles(page) == ["Boots one"]
    assert "Boots hidden" not in titles(ask(q="boots"))


def test_what_is_buried_comes_last(boots: list[Product], owner: Any) -> None:
    first = ask(q="boots").results[0].product
    curation.bury(words="boots", product=first, by=owner)

    page = ask(q="boots")

    assert page.results[-1].product == first
    assert page.total == 4


def test_an_article_number_goes_before_pins(owner: Any) -> None:
    numbered = ProductFactory(title="Numbered", variants=[{"sku": "AB-123"}])
    other = ProductFactory(title="Other")
    curation.pin(words="ab-123", product=other, by=owner)

    assert titles(ask(q="AB-123"))[0] == "Numbered"
    assert numbered


def test_a_shopper_who_asks_for_an_order_gets_it(boots: list[Product], owner: Any) -> None:
    for n, product in enumerate(boots):
        product.variants.update(price=10 + n)
    curation.pin(words="boots", product=boots[3], by=owner)

    assert titles(ask(q="boots", sort="price"))[0] == "Boots one"


def test_other_ways_of_asking_are_left_alone(boots: list[Product], owner: Any) -> None:
    curation.pin(words="boots", product=boots[2], by=owner)

    plain = ask(q="boots", legs="words")

    assert not any(result.pinned for result in plain.results)


def test_an_arrangement_has_its_time(boots: list[Product], owner: Any) -> None:
    curation.pin(words="boots", product=boots[2], by=owner)
    row = Curation.objects.get()
    row.active_until = timezone.now() - timedelta(days=1)
    row.save()

    assert not any(result.pinned for result in ask(q="boots").results)


def test_a_shop_without_any_setting_asks_nothing_more(
    boots: list[Product], django_assert_num_queries: Any
) -> None:
    live.live()

    with django_assert_num_queries(0):
        assert live.live().arranged("boots").pinned == ()
        assert SearchForm({"q": "boots"}).is_valid()


@pytest.fixture
def many() -> list[Product]:
    """More than a page, in two categories, every third of which holds no word of the search."""
    categories = [CategoryFactory(name="First"), CategoryFactory(name="Second")]
    kinds = ("Boots", "Boots mug", "Mug")
    return [
        ProductFactory(title=f"{kinds[n % 3]} {n}", category=categories[n % 2])
        for n in range(PAGE_SIZE + 16)
    ]


PLACES = st.lists(st.integers(0, PAGE_SIZE + 15), max_size=5, unique=True)


@given(pins=PLACES, burials=PLACES, category=st.sampled_from(["", "first"]))
@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_pages_show_each_product_once_pins_first_and_burials_last(
    many: list[Product], owner: Any, pins: list[int], burials: list[int], category: str
) -> None:
    pinned, buried = [many[n].pk for n in pins], [many[n].pk for n in burials]
    curation.put_back(words="boots", before=curation.Places(), by=owner)
    plain = _all_pages(category)

    curation.put_back(words="boots", before=curation.Places(tuple(pinned), tuple(buried)), by=owner)
    found = _all_pages(category)

    passing = {one.pk for one in many if not category or one.category.slug == category}
    first = [key for key in pinned if key in passing]
    last = (set(buried) - set(pinned)) & set(found)
    assert len(found) == len(set(found))
    assert set(found) == {*plain, *first}
    assert found[: len(first)] == first
    assert set(found[len(found) - len(last) :]) == last
    middle = [key for key in plain if key not in {*first, *last}]
    assert [key for key in found if key not in {*first, *last}] == middle


def _all_pages(category: str) -> list[int]:
    found: list[int] = []
    number, more = 1, True
    while more:
        form = SearchForm({"q": "boots", "category": category, "page": str(number)})
        assert form.is_valid()
        page = search(form.query, facets=False)
        found += [result.product.pk for result in page.results]
        number, more = number + 1, page.has_next
    assert page.total == len(found)
    return found


def test_products_that_were_deleted_take_up_no_place(
    boots: list[Product], owner: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(curation, "MOST_PINNED", 2)
    for product in boots[:2]:
        curation.pin(words="boots", product=product, by=owner)
    boots[0].delete()

    curation.pin(words="boots", product=boots[2], by=owner)

    assert curation.places("boots").pinned == (boots[1].pk, boots[2].pk)


def test_synonyms_are_added_once_however_often_one_presses(owner: Any) -> None:
    for _ in range(2):
        judging.add_synonyms(row=Synonyms(words="boots, gumboots"), by=owner)

    assert Synonyms.objects.count() == 1
