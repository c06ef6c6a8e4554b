"""What may be refined beside a photo or a product, and what each link changes."""

from decimal import Decimal

import pytest

from search.forms import SearchForm
from search.refinements import refinements
from search.service import search
from shop.catalog.images import TakenImage, take_in
from tests.factories import ProductFactory, picture_bytes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vitrine_mini")]


def photo_of(color: str) -> TakenImage:
    return take_in(picture_bytes((64, 64), color=color))


def asked(said: str = "", photo: TakenImage | None = None, **data: str) -> dict[str, list]:
    form = SearchForm({"q": said, **data}, photo=photo)
    assert form.is_valid(), form.errors
    groups = refinements(form.query, said, photo, search(form.query))
    return {group.label: group.refinements for group in groups}


def test_words_alone_have_none() -> None:
    ProductFactory(title="Boots", images=1)

    assert asked("boots") == {}


def test_a_photo_s_own_colour_is_seen_in_it_and_no_other_colour() -> None:
    ProductFactory(images=1)

    groups = asked(photo=photo_of("#c8232c"))

    assert "red" in [one.color for one in groups["Seen in it"]]
    assert "red" not in [one.color for one in groups["In another colour"]]


def test_another_colour_takes_the_place_of_the_one_that_was_said() -> None:
    ProductFactory(images=1)

    groups = asked("with stripes in green", photo=photo_of("#c8232c"))
    others = {one.color: one for one in groups["In another colour"]}

    assert others["blue"].changes == {"q": "with stripes in blue"}
    assert others["green"].chosen
    assert others["green"].changes == {"q": "with stripes"}


def test_cheaper_is_below_the_price_of_the_product_itself() -> None:
    product = ProductFactory(images=1, variants=[{"price": Decimal("40.00")}])
    ProductFactory(images=1, variants=[{"price": Decimal("12.00")}])

    (cheaper,) = asked(like=product.slug)["Price"]

    assert cheaper.changes == {"price_max": "39.99"}
    assert "$40.00" in cheaper.label


def test_cheaper_is_not_offered_beside_a_filter_of_prices() -> None:
    product = ProductFactory(images=1)
    ProductFactory(images=1)

    assert "Price" not in asked(like=product.slug, price_max="100")
