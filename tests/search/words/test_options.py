"""What variants say by their options."""

import pytest

from search.words.analysis import analyse
from search.words.options import held_by_options, left_to_variants
from shop.catalog.models import Product
from tests.factories import ProductFactory

pytestmark = pytest.mark.django_db


def boots(*options: dict[str, str]) -> Product:
    return ProductFactory(title="Boots", variants=[{"options": one} for one in options])


def test_words_are_held_by_the_variants_whose_options_say_them() -> None:
    product = boots(
        {"color": "Red", "size": "38"}, {"color": "Red", "size": "39"}, {"color": "Dark blue"}
    )
    first, second, third = product.variants.order_by("pk")

    assert held_by_options(analyse("red boots 38"), [product.pk]) == {
        product.pk: {first.pk: 2, second.pk: 1, third.pk: 0}
    }


def test_products_whose_options_say_nothing_of_it_are_left_out() -> None:
    product = boots({"color": "Red"})

    assert held_by_options(analyse("boots"), [product.pk]) == {}
    assert held_by_options(analyse(""), [product.pk]) == {}


def test_a_word_that_only_some_variants_have_is_left_to_them() -> None:
    either, always = boots({"color": "Red"}, {"color": "Blue"}), boots({"color": "Red"})

    assert left_to_variants(analyse("red"), [either.pk, always.pk]) == {either.pk}
