"""Whoever writes an article's number gets that article."""

import pytest

from search.filters import Filters
from search.sku import MOST, Lane, lane, products_with
from search.words import lexicon
from shop.catalog.models import Product
from tests.factories import ProductFactory

pytestmark = pytest.mark.django_db


def stocked(*skus: str, **values: object) -> Product:
    return ProductFactory(variants=[{"sku": sku} for sku in skus], **values)


def found(text: str, filters: Filters = Filters()) -> list[int]:  # noqa: B008
    return products_with(text, filters)


@pytest.mark.parametrize("text", ["BT-100", "bt-100", "  bt-100 "])
def test_an_sku_finds_its_product_whatever_its_case(text: str) -> None:
    boots = stocked("BT-100")
    stocked("BT-200")

    assert found(text) == [boots.pk]


def test_the_exact_one_comes_first_then_what_begins_so_by_sku() -> None:
    longer, longest = stocked("BT-10-B"), stocked("BT-10-C")
    exact, shorter = stocked("BT-10"), stocked("BT-10-A")

    assert found("BT-10") == [exact.pk, shorter.pk, longer.pk, longest.pk]


def test_a_product_of_many_variants_is_found_once_and_by_its_exact_one() -> None:
    other = stocked("BT-10-A")
    boots = stocked("BT-10-Z", "BT-10")

    assert found("BT-10") == [boots.pk, other.pk]


@pytest.mark.parametrize("text", ["", "BT", "BT 100", "BT-1" * 26, "T-100", "100"])
def test_what_is_no_sku_and_begins_none_finds_nothing(text: str) -> None:
    stocked("BT-100")

    assert found(text) == []


def test_a_word_of_the_shop_begins_no_sku_but_may_be_one() -> None:
    stocked("RED-1", title="Red boots")
    exact = stocked("RED", title="Mug")
    lexicon.update()

    assert found("red") == [exact.pk]


def test_letters_that_are_no_word_of_the_shop_begin_an_sku() -> None:
    boots = stocked("QRX1", title="Boots")
    lexicon.update()

    assert found("qrx") == [boots.pk]


@pytest.mark.parametrize("text", ["B_-100", "B%100", "%-%", "___", "BT-1%", "BT\\-100"])
def test_patterns_are_taken_as_they_are_written(text: str) -> None:
    stocked("BT-100")

    assert found(text) == []


def test_signs_that_patterns_have_are_found() -> None:
    boots = stocked("A_1%X")
    stocked("AB1YX")

    assert found("a_1%") == [boots.pk]


def test_only_what_is_on_sale_and_passes_the_filters_is_found() -> None:
    stocked("BT-1", published=False)
    ProductFactory(variants=[{"sku": "BT-2", "published": False}, {"sku": "MUG-1"}])
    sold_out = ProductFactory(variants=[{"sku": "BT-3", "stock": 0}])
    boots = stocked("BT-4")

    assert found("BT-") == [sold_out.pk, boots.pk]
    assert found("BT-", Filters(in_stock=True)) == [boots.pk]


def test_the_variant_itself_must_pass() -> None:
    ProductFactory(variants=[{"sku": "BT-1", "stock": 0}, {"sku": "MUG-1", "stock": 3}])

    assert found("BT-1", Filters(in_stock=True)) == []


def test_a_beginning_of_many_finds_so_many() -> None:
    stocked(*(f"BT-{n:02}" for n in range(3)))
    for n in range(MOST + 1):
        stocked(f"BT-1{n:02}")

    assert len(found("BT-")) == MOST


@pytest.mark.parametrize(
    "text", ["SKU BT-100", "sku: bt-100", "BT-100 in black", "article (BT-100)", "bt-100 please"]
)
def test_a_number_among_words_is_meant_as_one_and_alone(text: str) -> None:
    boots = stocked("BT-100")

    assert lane(text, Filters()) == Lane([boots.pk], alone=True)


def test_the_beginning_of_a_number_among_words_is_long() -> None:
    stocked("USB3-100", title="Cable")
    boots = stocked("CHE0833-37-BLACK")

    assert lane("usb3 hub", Filters()) == Lane()
    assert lane("che0833 37 black", Filters()).products == [boots.pk]


def test_what_may_be_something_else_is_followed_by_it() -> None:
    boots = stocked("100-A", title="Boots")

    assert lane("100", Filters()) == Lane([boots.pk], alone=False)


def test_words_without_a_number_have_no_lane() -> None:
    stocked("RED")

    assert lane("red boots", Filters()) == Lane()
