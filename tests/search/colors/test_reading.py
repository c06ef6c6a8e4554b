"""What searches and pages read of colours."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search import router
from search.colors import upkeep
from search.colors.names import INDEX, NAMES
from search.colors.reading import count, pictured_in, shares_of, swatches_of
from search.colors.words import color_of_value
from search.filters import Filters
from search.models import PictureColors
from shop.catalog.models import Product, Variant
from tests.factories import ProductFactory, VariantFactory, attribute_value
from tests.search.colors.stored import paint, picture_of

pytestmark = pytest.mark.django_db


def make_all() -> None:
    list(upkeep.make_due())


def test_the_best_picture_of_a_product_counts() -> None:
    product = ProductFactory()
    picture_of(product, "blue")
    best = picture_of(product, "red", seed=1)
    other = ProductFactory()
    picture_of(other, "green")
    make_all()

    found = shares_of([product.pk, other.pk], "red")

    assert found[product.pk].image_id == best.pk
    assert found[product.pk].share > 0.8
    assert found[other.pk].share < 0.05


def test_a_word_of_several_colours_is_answered_by_each() -> None:
    product = ProductFactory(images=1)
    paint(product.images.get(), navy=500, blue=300, white=200)
    blue = color_of_value("blue")
    assert blue is not None

    found = shares_of([product.pk], blue.weights)

    assert found[product.pk].share == pytest.approx(0.9 * 0.5 + 0.3)


def test_what_has_no_colours_yet_is_not_in_it() -> None:
    product = ProductFactory(images=1)

    assert shares_of([product.pk], "red") == {}
    assert shares_of([], "red") == {}
    assert swatches_of([product.pk]) == {}


def test_an_unknown_colour_is_an_error() -> None:
    with pytest.raises(KeyError):
        shares_of([1], "reddish")


def test_a_colour_that_came_later_is_none_of_what_was_seen_before() -> None:
    product = ProductFactory(images=1)
    PictureColors.objects.update(shares=[0, 900])

    assert shares_of([product.pk], NAMES[-1])[product.pk].share == 0


def test_where_values_are_asked_a_picture_of_another_variant_does_not_count() -> None:
    product = ProductFactory(variants=[])
    red, blue = picture_of(product, "red"), picture_of(product, "blue", seed=1)
    VariantFactory(product=product, image=red, options={"size": "S"})
    VariantFactory(product=product, image=blue, options={"size": "M"})
    make_all()

    medium = Filters(values=(attribute_value("size", "M").pk,))

    assert shares_of([product.pk], "red")[product.pk].image_id == red.pk
    found = shares_of([product.pk], "red", filters=medium)
    assert found[product.pk].image_id == blue.pk
    assert found[product.pk].share < 0.05


def pictured(color: str) -> set[int]:
    return set(Variant.objects.filter(pictured_in(color)).values_list("product", flat=True))


def test_products_are_found_by_a_colour() -> None:
    red, blue = ProductFactory(images=1), ProductFactory(images=2)
    paint(red.images.get(), red=700, white=300)
    first, second = blue.images.all()
    paint(first, blue=950, red=50)
    paint(second, grey=750, blue=250)

    assert pictured("red") == {red.pk}
    assert pictured("white") == {red.pk}
    assert pictured("blue") == {blue.pk}
    assert pictured("green") == set()
    assert count([red.pk, blue.pk], Filters()) == {"red": 1, "white": 1, "blue": 1, "grey": 1}


def test_a_picture_of_what_is_no_longer_sold_does_not_count() -> None:
    product = ProductFactory(images=2)
    gone, kept = product.images.order_by("position")
    paint(gone, red=900)
    paint(kept, blue=900)
    VariantFactory(product=product, image=gone, published=False)
    VariantFactory(product=product, image=kept)

    assert count([product.pk], Filters()) == {"blue": 1}
    assert router.match(Filters(picture_color="red")).count == 0
    assert router.match(Filters(picture_color="blue")).products == [product.pk]


@given(
    pictures=st.lists(
        st.lists(st.integers(0, 1000), min_size=3, max_size=3), min_size=1, max_size=8
    ),
    weights=st.dictionaries(st.sampled_from(NAMES[:3]), st.sampled_from([0.3, 0.5, 1.0])),
)
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_whatever_the_shares_the_best_is_found(
    pictures: list[list[int]], weights: dict[str, float]
) -> None:
    product = ProductFactory(images=len(pictures))
    images = list(product.images.order_by("pk"))
    for image, shares in zip(images, pictures, strict=True):
        paint(image, **dict(zip(NAMES[:3], shares, strict=True)))

    found = shares_of([product.pk], weights)[product.pk]

    sums = [
        sum(weight * shares[INDEX[name]] for name, weight in weights.items()) for shares in pictures
    ]
    assert found.share == pytest.approx(min(1, max(sums) / 1000))
    assert found.image_id == images[sums.index(max(sums))].pk


def test_a_product_of_several_colours_shows_that_of_each_variant() -> None:
    product = ProductFactory(variants=[])
    green = picture_of(product, "green", position=0)
    blue = picture_of(product, "blue", position=1, seed=1)
    picture_of(product, "yellow", position=2, seed=2)
    VariantFactory(product=product, image=blue, position=0)
    VariantFactory(product=product, image=blue, position=1)
    VariantFactory(product=product, image=green, position=2)
    make_all()

    shown = swatches_of([product.pk])[product.pk]

    assert [(swatch.name, swatch.image_id) for swatch in shown] == [
        ("blue", blue.pk),
        ("green", green.pk),
    ]
    Variant.objects.filter(image=green).update(published=False)
    assert [swatch.name for swatch in swatches_of([product.pk])[product.pk]] == ["blue"]


def test_pictures_of_one_colour_are_one_colour_that_it_comes_in() -> None:
    product = ProductFactory(images=3)
    front, back, other = product.images.order_by("position")
    for image in (front, back):
        paint(image, red=900, white=100)
    paint(other, navy=1000)
    for position, image in enumerate((front, back, other)):
        VariantFactory(product=product, image=image, position=position + 1)

    shown = swatches_of([product.pk])[product.pk]

    assert [(swatch.name, swatch.image_id) for swatch in shown] == [
        ("red", front.pk),
        ("navy", other.pk),
    ]


def test_a_product_of_one_colour_shows_what_its_first_picture_has() -> None:
    product: Product = ProductFactory()
    first = picture_of(product, "red", "white", position=0)
    picture_of(product, "blue", position=1, seed=1)
    make_all()

    shown = swatches_of([product.pk])[product.pk]

    assert {swatch.image_id for swatch in shown} == {first.pk}
    assert len(shown) == 2
    assert all(swatch.hex.startswith("#") and len(swatch.hex) == 7 for swatch in shown)
    assert sum(swatch.share for swatch in shown) == pytest.approx(1, abs=0.05)
