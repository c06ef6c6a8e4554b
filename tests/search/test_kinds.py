"""What a photo shows, in the words of the products that look most like it."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search import kinds
from search.filters import Filters
from search.kinds import Kind, likeness, of_products
from search.words import leg, lexicon
from search.words.analysis import Words
from shop.catalog.models import Category, Product
from tests.factories import CategoryFactory, ProductFactory

pytestmark = pytest.mark.django_db


def stock(*titles: str, category: Category | None = None) -> list[int]:
    category = category or Category.objects.filter(name="Things").first()
    category = category or CategoryFactory(name="Things")
    return [
        ProductFactory(title=title, category=category, brand="", description="").pk
        for title in titles
    ]


def test_it_is_what_their_titles_share() -> None:
    mugs = stock("Alder mug", "Birk mug", "Calla mug", "Dune mug")
    stock("Alder lamp", "Birk boots")

    kind = of_products(mugs, [3.0, 3.0, 3.0, 3.0])

    assert next(iter(kind.titles)) == "mug"
    assert sum(kind.titles.values()) == pytest.approx(1)
    assert list(kind.titles.values()) == sorted(kind.titles.values(), reverse=True)


def test_what_the_nearer_are_called_says_more() -> None:
    mug, lamp = stock("Mug", "Lamp")

    assert list(of_products([mug, lamp], [3.0, 2.5]).titles) == ["mug", "lamp"]
    assert list(of_products([mug, lamp], [3.0, 0.0]).titles) == ["mug"]


def test_a_word_that_few_of_them_have_says_nothing() -> None:
    mugs = stock(*(f"{name} mug" for name in ("Alder", "Birk", "Calla", "Dune", "Elva", "Fjord")))
    stock(*("Lamp",) * 50)
    mug_and_bowl = stock("Mug", "Bowl", "Mug")

    assert list(of_products(mugs + mug_and_bowl, [3.0] * 9).titles) == ["mug"]


def test_a_word_that_all_of_the_shop_has_says_less() -> None:
    mugs = stock("Vitrine mug", "Vitrine mug")
    stock(*("Vitrine lamp",) * 5)

    kind = of_products(mugs, [3.0, 3.0])

    assert kind.titles["mug"] > kind.titles["vitrin"] > 0


def test_the_noun_says_more_than_what_is_said_of_it() -> None:
    mugs = stock("Striped mug", "Striped mug")
    stock("Striped lamp", "Plain mug")

    titles = of_products(mugs, [3.0, 3.0]).titles

    assert titles["mug"] == pytest.approx(kinds.NOUN * titles["stripe"])


@pytest.mark.parametrize(
    ("title", "noun"),
    [
        ("Alder Ankle Boots", "boots"),
        ("Boots with Laces", "boots"),
        ("Endurance Tee (Crew-Neck)", "tee"),
        ("Stasis Ball 55 cm", "ball"),
        ("Olivia 1/4 Zip Light Jacket", "jacket"),
        ("Mug, 2 pieces", "mug"),
        ("Mug – Stoneware", "mug"),
        ("Striped T-shirt", "t-shirt"),
        ("With", "with"),
        ("東京", "東京"),
        ("501", ""),
        ("", ""),
    ],
)
def test_a_title_says_what_the_thing_is_last(title: str, noun: str) -> None:
    assert kinds.noun(title) == noun


def test_where_nouns_come_first_a_title_begins_with_what_it_is(settings) -> None:
    settings.SHOP_LANGUAGE = "fr"

    assert kinds.noun("Bottes rouges en cuir") == "bottes"


def test_colours_are_no_part_of_what_it_is_called() -> None:
    mugs = stock("Dark blue mug", "Navy mug", "Mug, blue")

    assert set(of_products(mugs, [3.0] * 3).titles) == {"mug"}


def test_categories_above_it_say_what_it_is_too() -> None:
    kitchen = CategoryFactory(name="Kitchen")
    mugs = stock("Alder", "Birk", category=CategoryFactory(name="Mugs", parent=kitchen))

    kind = of_products(mugs, [3.0, 3.0])

    assert set(kind.categories) == {"mug", "kitchen"}
    assert sum(kind.categories.values()) == pytest.approx(1)


def test_nothing_near_is_of_no_kind() -> None:
    assert not of_products([], [])
    assert not Kind()


def test_what_is_no_longer_on_sale_says_nothing() -> None:
    draft = ProductFactory(title="Mug", published=False)

    assert not of_products([draft.pk], [3.0])


@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    st.lists(
        st.tuples(
            st.lists(
                st.sampled_from(["red", "mug", "lamp", "it's", "a\\b", "%s", "the", "'", "東京"]),
                min_size=1,
            ).map(" ".join),
            st.floats(-50, 50),
        ),
        max_size=6,
    )
)
def test_whatever_titles_and_deviations_say_its_parts_are_shares(near) -> None:
    products = stock(*(title for title, _ in near))

    kind = of_products(products, [deviation for _, deviation in near])

    for part in (kind.titles, kind.categories):
        assert not part or sum(part.values()) == pytest.approx(1)
        assert len(part) <= kinds.MOST
    assert "red" not in kind.titles
    alike = likeness(kind, products)
    assert set(alike) <= set(products)
    assert all(0 < share <= 1 for share in alike.values())


def test_likeness_is_how_much_of_it_a_product_is_called() -> None:
    mugs = CategoryFactory(name="Mugs")
    (both,) = stock("Mug", category=mugs)
    (by_category,) = stock("Alder", category=mugs)
    (by_title,) = stock("Camping mug")
    (other,) = stock("Lamp")
    described = ProductFactory(title="Shelf", brand="Mug", description="For your mug.").pk

    alike = likeness(
        Kind({"mug": 1.0}, {"mug": 1.0}), [both, by_category, by_title, other, described]
    )

    assert alike == {
        both: pytest.approx(1),
        by_title: pytest.approx(kinds.TITLES, abs=1e-6),
        by_category: pytest.approx(kinds.CATEGORIES, abs=1e-6),
    }


def test_nothing_is_more_than_all_of_a_kind() -> None:
    (mug,) = stock("Mug", category=CategoryFactory(name="Tall steel"))

    assert likeness(Kind({"mug": 1.0}, {"tall": 0.5, "steel": 0.5}), [mug]) == {mug: 1}


def test_nothing_is_like_no_kind() -> None:
    assert likeness(Kind(), stock("Mug")) == {}
    assert likeness(Kind({"mug": 1.0}), []) == {}


def test_its_terms_find_others_of_the_kind() -> None:
    mugs = stock("Tall mug", "Tall mug", "Tall mug")
    other, _ = stock("Small mug", "Lamp")
    lexicon.update()

    words = Words(of_products(mugs, [3.0] * 3).terms)

    assert set(leg.candidates(words, Filters(), None)) == {*mugs, other}
    assert {term.said: term.products for term in words.terms} == {"mug": 4, "tall": 3}


def test_only_the_words_that_say_most_are_its_terms() -> None:
    stock("Tall steel mug")
    kind = Kind({"mug": 0.5, "steel": 0.3, "tall": 0.2})

    assert {term.said for term in kind.terms} == {"mug", "steel"}


def test_a_word_that_is_gone_from_the_shop_is_no_term() -> None:
    assert Kind({"mug": 1.0}).terms == ()
    assert Product.objects.count() == 0
