"""Which products hold the words, and what that is worth."""

from decimal import Decimal

import pytest

from search.filters import Filters
from search.words import leg, lexicon
from search.words.analysis import analyse
from tests.factories import CategoryFactory, ProductFactory

pytestmark = pytest.mark.django_db


def scores(text: str, filters: Filters = Filters()) -> dict[str, float]:  # noqa: B008
    from shop.catalog.models import Product

    words = analyse(text)
    found = leg.scores(words, leg.candidates(words, filters, None))
    titles = dict(Product.objects.values_list("pk", "title"))
    return {titles[product]: round(held.score, 3) for product, held in found.items()}


def test_where_a_word_stands_says_what_it_is_worth() -> None:
    ProductFactory(title="Boots", brand="", description="")
    ProductFactory(title="In the brand", brand="Boots", description="")
    ProductFactory(title="In the category", category=CategoryFactory(name="Boots"), brand="")
    ProductFactory(title="In the description", brand="", description="Care for boots.")
    lexicon.update()

    found = scores("boots")

    assert found == {
        "Boots": leg.PLACES["A"],
        "In the category": leg.PLACES["C"],
        "In the brand": leg.PLACES["B"],
        "In the description": leg.PLACES["D"],
    }


def test_a_product_has_the_share_of_the_words_that_it_holds() -> None:
    ProductFactory(title="Red boots")
    ProductFactory(title="Boots")
    ProductFactory(title="Mug")
    lexicon.update()

    found = scores("red boots")

    assert found["Red boots"] == 1
    assert 0 < found["Boots"] < 1
    assert "Mug" not in found


def test_only_what_passes_the_filters_is_found() -> None:
    ProductFactory(title="Dear boots", variants=[{"price": Decimal(90)}])
    ProductFactory(title="Cheap boots", variants=[{"price": Decimal(10)}])
    lexicon.update()

    assert set(scores("boots", Filters(price_max=Decimal(20)))) == {"Cheap boots"}


def test_of_many_that_share_a_word_those_that_hold_several_are_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(leg, "EXACT_DOCUMENTS", 1)
    monkeypatch.setattr(leg, "SOME", 2)
    for n in range(6):
        ProductFactory(title=f"Boots {n}")
    ProductFactory(title="Red boots")
    ProductFactory(title="Red mug")
    lexicon.update()

    found = scores("red boots")

    assert found["Red boots"] == 1
    assert "Red mug" in found


def test_it_says_which_word_was_found_where() -> None:
    product = ProductFactory(title="Boots", attributes={"material": "Leather"}, description="")
    lexicon.update()

    (matches,) = leg.matches(analyse("leather botos"), [product.pk]).values()

    assert [(match.said, match.word, match.place) for match in matches] == [
        ("leather", "leather", "category or value"),
        ("botos", "boots", "title"),
    ]
