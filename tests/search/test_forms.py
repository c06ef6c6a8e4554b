"""The one form: what it reads, and what it says of bad input."""

from decimal import Decimal

import pytest

from search.forms import SearchForm
from search.query import DEFAULT_WEIGHTS, Leg, SearchQuery
from tests.factories import (
    AttributeFactory,
    CategoryFactory,
    ProductFactory,
    attribute_value,
    picture_bytes,
    upload,
)

pytestmark = pytest.mark.django_db


def errors(data: dict, files: dict | None = None) -> dict[str, list[str]]:
    form = SearchForm(data, files)
    assert not form.is_valid()
    return {name: list(messages) for name, messages in form.errors.items()}


def test_words_and_filters_make_a_query() -> None:
    boots = CategoryFactory(name="Boots")
    ProductFactory(category=boots, variants=[{"options": {"color": "Red", "size": "M"}}])

    form = SearchForm(
        {
            "q": "  red   boots ",
            "category": "boots",
            "price_min": "10",
            "price_max": "99.50",
            "in_stock": "on",
            "color": "red",
            "size": "m",
            "page": "2",
        }
    )

    assert form.is_valid(), form.errors
    query = form.query
    assert (query.text, query.category, query.page) == ("red boots", boots, 2)
    assert (query.price_min, query.price_max) == (Decimal(10), Decimal("99.50"))
    assert {name: value.slug for name, value in query.values.items()} == {
        "color": "red",
        "size": "m",
    }
    assert query.in_stock and query.ranks


def test_filters_alone_are_browsing() -> None:
    CategoryFactory(name="Boots")

    form = SearchForm({"category": "boots"})

    assert form.is_valid()
    assert not form.query.ranks


def test_legs_can_be_chosen() -> None:
    form = SearchForm({"q": "boots", "legs": "image"})

    assert form.is_valid()
    assert form.query.weights == {Leg.IMAGE: DEFAULT_WEIGHTS[Leg.IMAGE]}


def test_words_beside_a_picture_weigh_less_than_alone() -> None:
    alone = SearchForm({"q": "in red"})
    beside = SearchForm({"q": "in red"}, {"image": upload()})

    assert alone.is_valid() and beside.is_valid()
    assert beside.query.weights[Leg.WORDS] < alone.query.weights[Leg.WORDS]


def test_a_photo_is_taken_in() -> None:
    form = SearchForm({}, {"image": upload(picture_bytes(format="PNG"), name="x.png")})

    assert form.is_valid(), form.errors
    assert form.query.photo.data.startswith(b"\xff\xd8")


@pytest.mark.parametrize(
    ("data", "field", "words"),
    [
        ({}, "__all__", "Say what you look for"),
        ({"q": "   "}, "__all__", "Say what you look for"),
        ({"q": "x" * 10_000}, "q", "at most 500 characters, not 10000"),
        ({"q": "red\x00boots"}, "q", "Null characters"),
        ({"q": "x", "category": "nowhere"}, "category", "There is no category “nowhere”"),
        ({"q": "x", "category": "x\x00"}, "category", "Null characters"),
        ({"q": "x", "price_min": "-1"}, "price_min", "cannot be below zero"),
        ({"q": "x", "price_max": "cheap"}, "price_max", "such as 25 or 49.90"),
        ({"q": "x", "price_max": "NaN"}, "price_max", "such as 25 or 49.90"),
        ({"q": "x", "price_max": "1e500"}, "price_max", "digits"),
        ({"q": "x", "price_min": "9", "price_max": "1"}, "price_min", "above the highest"),
        ({"q": "x", "page": "1000000000"}, "page", "Pages go from 1 to 42"),
        ({"q": "x", "page": "0"}, "page", "Pages go from 1 to 42"),
        ({"q": "x", "page": "two"}, "page", "a whole number, such as 2"),
        ({"q": "x", "color": "no-such"}, "color", "There is no colour “no-such”"),
        ({"q": "x", "in_stock": "banana"}, "in_stock", "Say true or false"),
        (
            {"q": "x", "picture_color": "reddish"},
            "picture_color",
            "Choose among black, white, grey",
        ),
        ({"q": "x", "legs": "nose"}, "legs", "There is no leg “nose”"),
        ({"like": "no-such"}, "like", "There is no product “no-such”"),
    ],
)
def test_bad_input_says_what_is_wrong(data: dict, field: str, words: str) -> None:
    assert words in " ".join(errors(data)[field])


def test_a_value_that_is_not_there_is_answered_with_what_was_meant_or_with_some_that_are() -> None:
    for color in ("Black", "Blue", "Brown", "Green", "Red", "White"):
        attribute_value("color", color)
    boots = CategoryFactory(name="Ankle boots")
    ProductFactory(brand="Acme", category=boots)
    ProductFactory(brand="Secret", category=boots, published=False)

    said = errors({"q": "x", "color": "balck", "category": "boots-ankle", "brand": "acme"})
    far = errors({"q": "x", "color": "nope", "category": "nope"})

    assert said["color"] == ["There is no color “balck”. Did you mean “black”?"]
    assert said["brand"] == ["There is no brand “acme”. Did you mean “Acme”?"]
    assert far["color"] == [
        "There is no color “nope”. Choose black, blue, brown, green, red or another."
    ]
    assert far["category"] == ["There is no category “nope”. Choose ankle-boots."]
    assert errors({"brand": "zecret"})["brand"] == ["There is no brand “zecret”. Choose Acme."]


def test_a_field_is_called_as_the_shop_calls_its_attribute() -> None:
    AttributeFactory(name="Shade", slug="color")

    form = SearchForm({"q": "x", "color": "nope"})

    assert form.fields["color"].label == "Shade"
    assert form.errors["color"] == ["There is no shade “nope”."]
    assert SearchForm({"q": "x"}).fields["color"].label == "Colour"


@pytest.mark.parametrize("name", ["a\x00b", "half of \ud83d"])
def test_a_parameter_that_no_attribute_can_be_called_is_none_of_ours(name: str) -> None:
    form = SearchForm({"q": "boots", name: "1"})

    assert form.is_valid(), form.errors


@pytest.mark.parametrize("said", ["0E999999999999", "-0", "0.00"])
def test_a_price_of_nothing_can_be_written_in_many_ways(said: str) -> None:
    form = SearchForm({"q": "boots", "price_min": said})

    assert form.is_valid(), form.errors
    assert str(form.query.price_min) == "0"


@pytest.mark.parametrize("data", [b"just words", b"", picture_bytes()[:400]])
def test_a_file_that_is_no_picture_is_refused(data: bytes) -> None:
    assert errors({}, {"image": upload(data)})["image"]


@pytest.mark.parametrize("said", ["0", "false", "no", "off", ""])
def test_in_stock_can_be_denied(said: str) -> None:
    form = SearchForm({"q": "x", "in_stock": said})

    assert form.is_valid()
    assert form.query.in_stock is False


def test_a_photo_and_a_product_cannot_both_be_looked_for() -> None:
    product = ProductFactory()

    assert "not by both" in errors({"like": product.slug}, {"image": upload()})["like"][0]


def test_an_unpublished_product_is_not_there_to_be_alike() -> None:
    ProductFactory(slug="secret", published=False)

    assert "There is no product" in errors({"like": "secret"})["like"][0]


def test_a_price_said_in_words_is_a_filter() -> None:
    form = SearchForm({"q": "boots under 50"})

    assert form.is_valid()
    assert (form.query.text, form.query.price_max) == ("boots", Decimal(50))
    assert form.data["price_max"] == "50"


@pytest.mark.parametrize(
    ("sent", "low", "high"),
    [
        ({"q": "mug under 20", "price_max": "50"}, None, 20),
        ({"q": "mug under 20", "price_min": "40"}, None, 20),
        ({"q": "mug between $5 and $20", "price_min": "40", "price_max": "60"}, 5, 20),
        ({"q": "mug", "price_max": "50"}, None, 50),
    ],
)
def test_a_price_that_words_say_takes_the_place_of_one_that_was_said_before(
    sent: dict[str, str], low: int | None, high: int | None
) -> None:
    form = SearchForm(sent)

    assert form.is_valid()
    assert (form.query.text, form.query.price_min, form.query.price_max) == ("mug", low, high)


@pytest.mark.parametrize("said", ["-red", "not red", "without laces", "-red -blue"])
def test_what_only_leaves_out_asks_what_is_looked_for(said: str) -> None:
    assert "Say what you look for, too" in errors({"q": said})["__all__"][0]


def test_what_only_leaves_out_is_enough_beside_a_picture() -> None:
    product = ProductFactory(images=1)

    assert SearchForm({"q": "-red", "like": product.slug}).is_valid()


@pytest.mark.parametrize(
    "sent",
    [
        {"q": "boots", "legs": "color"},
        {"q": "boots", "legs": "kind,color"},
        {"q": "boots", "weights": "image:0,text:0,words:0"},
    ],
)
def test_legs_and_weights_that_compare_nothing_are_refused(sent: dict[str, str]) -> None:
    assert "nothing is compared" in errors(sent)["__all__"][0]


def test_what_a_picture_shows_counts_where_there_is_one() -> None:
    like = ProductFactory()

    assert Leg.KIND not in SearchQuery(text="boots").weights
    alone, beside = SearchQuery(like=like).weights, SearchQuery(text="in red", like=like).weights
    assert 0 < alone[Leg.KIND] < beside[Leg.KIND]


def test_weights_can_be_given() -> None:
    form = SearchForm({"q": "boots", "weights": "image:2, words:0"})

    assert form.is_valid()
    assert form.query.weights == {**DEFAULT_WEIGHTS, Leg.IMAGE: 2.0, Leg.WORDS: 0.0}


@pytest.mark.parametrize("said", ["looks:1", "image:-1", "image:nan", "image", "image:1e9"])
def test_a_weight_that_is_none_is_an_error_that_says_what_is_one(said: str) -> None:
    (message,) = errors({"q": "boots", "weights": said})["weights"]

    assert "Choose among" in message or "from 0 to 1,000" in message


def test_examples_are_products_on_sale_and_few() -> None:
    products = [ProductFactory() for _ in range(6)]
    ProductFactory(slug="secret", published=False)

    form = SearchForm({"more": f"{products[0].slug}, {products[1].slug}", "less": products[2].slug})

    assert form.is_valid()
    assert (form.query.more, form.query.less) == (tuple(products[:2]), (products[2],))
    assert "There is no product" in errors({"more": "secret"})["more"][0]
    assert "at most 5" in errors({"more": ",".join(one.slug for one in products)})["more"][0]
