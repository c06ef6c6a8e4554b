"""What is suggested for what is being typed."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from search.suggestions import MOST_CATEGORIES, MOST_PRODUCTS, MOST_WORDS, suggest
from search.words import lexicon
from shop.catalog.models import Product
from tests.factories import CategoryFactory, ProductFactory, VariantFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop() -> None:
    shoes, kitchen = CategoryFactory(name="Shoes"), CategoryFactory(name="Kitchen")
    boots = CategoryFactory(name="Boots", parent=shoes)
    bottles = CategoryFactory(name="Bottles", parent=kitchen)
    for n in range(3):
        ProductFactory(
            title=f"Red boots {n}",
            category=boots,
            description="Made with borax.",
            variants=[{"sku": f"RB-10{n}", "price": 80}, {"sku": f"RB-20{n}", "price": 90}],
        )
    ProductFactory(title="Green bottle", category=bottles, variants=[{"price": 12}])
    ProductFactory(title="Red bowl", category=kitchen)
    ProductFactory(title="Bolero", category=shoes, published=False)
    lexicon.update()


def titles(text: str) -> list[str]:
    return [one.product.title for one in suggest(text).products]


def categories(text: str) -> list[tuple[str, str]]:
    return [(one.category.name, one.within) for one in suggest(text).categories]


def test_the_last_word_is_completed_the_most_common_first(shop: None) -> None:
    assert suggest("bo").words == ["boots", "bottle", "bowl"]


def test_words_that_texts_only_speak_of_are_not_suggested(shop: None) -> None:
    assert suggest("bora").words == []


def test_words_before_the_last_narrow_what_follows(shop: None) -> None:
    found = suggest("red bo")

    assert found.words == ["red boots", "red bowl"]
    assert {one.product.title.split()[1] for one in found.products} == {"boots", "bowl"}


def test_a_word_is_not_said_twice(shop: None) -> None:
    assert suggest("red re").words == []


def test_what_is_called_so_comes_before_what_is_only_described_so(shop: None) -> None:
    ProductFactory(title="Laces", description="Red, for boots.")
    ProductFactory(title="Ankle boots", description="In red.")

    assert titles("red boot")[3:] == ["Ankle boots"]


def test_categories_say_what_they_are_in(shop: None) -> None:
    assert categories("boo") == [("Boots", "Shoes")]
    assert categories("sho") == [("Shoes", "")]


def test_a_category_that_all_words_name_comes_first(shop: None) -> None:
    assert categories("kitchen bo") == [("Bottles", "Kitchen"), ("Boots", "Shoes")]


def test_what_is_not_on_sale_is_not_suggested(shop: None) -> None:
    CategoryFactory(name="Bonnets")

    assert titles("bolero") == []
    assert ("Bonnets", "") not in categories("bo")


def test_a_title_comes_before_a_description(shop: None) -> None:
    ProductFactory(title="Laces", description="For boots.")

    assert titles("boots")[-1] == "Laces"
    assert titles("boots")[:-1] == ["Red boots 2", "Red boots 1", "Red boots 0"]


@pytest.mark.parametrize(("typed", "words"), [("botos", ["boots"]), ("bottel", ["bottle"])])
def test_a_mistyped_beginning_is_forgiven(shop: None, typed: str, words: list[str]) -> None:
    assert suggest(typed).words == words
    assert titles(typed)


def test_a_mistyped_word_before_the_last_is_written_right(shop: None) -> None:
    assert suggest("gren bott").words == ["green bottle"]


def test_an_article_number_by_its_beginning(shop: None) -> None:
    assert titles("rb-10") == ["Red boots 0", "Red boots 1", "Red boots 2"]
    assert titles("RB-201") == ["Red boots 1"]


@pytest.mark.parametrize(
    "typed", ["", "   ", "!?", "zzyzx", "zzyzx boots", "%", "'\\:*&|", "x" * 999]
)
def test_nothing_for_nothing(shop: None, typed: str) -> None:
    assert len(suggest(typed)) == 0


@pytest.mark.parametrize(
    "typed", ["boots'", "red & bo", "bo:*", "t-shirt bo", "100% bo", "bø", "réd"]
)
def test_whatever_is_typed_is_text(shop: None, typed: str) -> None:
    suggest(typed)


def test_the_price_is_that_of_the_cheapest_that_can_be_bought(shop: None) -> None:
    product = Product.objects.get(title="Green bottle")
    VariantFactory(product=product, price=5, stock=0)
    product.variants.filter(price=12).update(stock=4)
    VariantFactory(product=product, price=3, stock=4, published=False)

    (one,) = suggest("green bo").products

    assert (one.variant.price, one.has_dearer) == (12, False)
    assert suggest("red boots 0").products[0].has_dearer


def test_they_are_few(shop: None) -> None:
    for n in range(20):
        for name in ("Bag", "Basket", "Band", "Ball"):
            ProductFactory(title=f"{name} {n}", category=CategoryFactory(name=f"{name}s {n}"))
    lexicon.update()

    found = suggest("ba")

    assert len(found.words) == MOST_WORDS
    assert len(found.categories) == MOST_CATEGORIES
    assert len(found.products) == MOST_PRODUCTS
    assert len(found) <= 9


def test_the_number_of_queries_does_not_grow_with_the_shop(shop: None) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            suggest("red bo")
        return len(captured)

    before = queries()
    for n in range(10):
        ProductFactory(title=f"Red bottle {n}", images=2, variants=[{}, {}])
    lexicon.update()

    assert queries() == before <= 12


# --- The address ---------------------------------------------------------------------------------


def test_the_options_are_links_that_lead_where_they_say(client: Client, shop: None) -> None:
    response = client.get(reverse("search:suggestions"), {"q": "red boo"})

    html = response.content.decode()
    assert html.count('role="option"') == 5
    assert 'href="/search/?q=red%20boots"' in html
    assert 'data-words="red boots"' in html
    assert 'href="/product/' in html
    assert "style=" not in html
    assert response["Cache-Control"] == "private, max-age=60"
    assert {"Accept-Language", "Cookie"} <= set(response["Vary"].split(", "))


def test_nothing_is_an_empty_answer(client: Client, shop: None) -> None:
    for query in ({}, {"q": ""}, {"q": "zzyzx"}):
        response = client.get(reverse("search:suggestions"), query)

        assert (response.status_code, response.content.strip()) == (200, b"")


def test_what_is_typed_is_shown_as_text(client: Client) -> None:
    ProductFactory(title="<b>Bold</b> boots")
    lexicon.update()

    html = client.get(reverse("search:suggestions"), {"q": "bo"}).content.decode()

    assert "<b>" not in html and "&lt;b&gt;" in html


def test_too_many_are_told_when_to_come_back(client: Client, monkeypatch) -> None:
    from rest_framework.throttling import SimpleRateThrottle

    monkeypatch.setitem(SimpleRateThrottle.THROTTLE_RATES, "suggestions", "2/min")

    answers = [client.get(reverse("search:suggestions")) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert 0 < int(answers[-1]["Retry-After"]) <= 60


def test_it_only_reads(client: Client) -> None:
    assert client.post(reverse("search:suggestions")).status_code == 405
    assert client.head(reverse("search:suggestions")).status_code == 200


def test_every_page_has_the_panel_once(client: Client) -> None:
    for address in ("/", "/search/", "/cart/"):
        html = client.get(address).content.decode()

        assert html.count('id="bar-suggestions"') == 1
        assert html.count("data-suggestions=") == 1
