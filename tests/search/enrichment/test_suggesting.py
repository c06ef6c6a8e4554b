"""Suggestions for products, made by what was learnt of a shop of known vectors."""

from __future__ import annotations

import numpy as np
import pytest
from django.contrib.auth.models import User

from search.enrichment import categories, decisions, guessing, suggesting
from search.enrichment.decisions import Keys
from search.enrichment.models import ProductSuggestion
from shop.catalog.models import Product, ProductImage
from tests.factories import CategoryFactory, VariantFactory, attribute_value
from tests.search.enrichment.shops import Shop

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff() -> User:
    return User.objects.create_superuser("anna")


def suggest(shop: Shop, *products: Product) -> int:
    return suggesting.suggest([one.pk for one in products], shop.model, shop.learn())


def open_ones(product: Product, kind: str) -> list[ProductSuggestion]:
    return list(product.completions.filter(kind=kind, state="suggested").order_by("pk"))


def test_what_has_no_category_gets_the_one_that_it_looks_like(shop: Shop) -> None:
    product = shop.add(1, seed=900, category=shop.without, title="Untold 7")

    suggest(shop, product)

    (one,) = open_ones(product, "category")
    assert one.category == shop.kinds[1]
    assert one.calibrated > 0.8
    assert (one.source, one.evidence, one.model, one.rough) == ("like", 20, shop.model, False)


def test_a_title_has_a_say_where_pictures_say_nothing(shop: Shop) -> None:
    product = shop.add(2, seed=901, category=shop.without, title="Second Mug", noise=30.0)

    suggest(shop, product)

    (one,) = open_ones(product, "category")
    assert (one.category, one.source) == (shop.kinds[1], "title")


def test_a_new_category_is_known_by_its_name(shop: Shop) -> None:
    kettles = CategoryFactory(name="Kettles")
    product = shop.add(2, seed=902, category=shop.without, title="Kettle", noise=30.0)

    loaded = shop.learn()
    node = loaded.enricher.guesser.keys.tolist().index(kettles.pk)

    assert node in loaded.enricher.guesser.candidates
    assert "kettl" in loaded.enricher.guesser.words.places
    assert guessing.guess_categories([product.pk]).keys() <= {product.pk}


def test_where_no_category_is_likely_one_above_it_may_be(shop: Shop) -> None:
    guesser = shop.learn().enricher.guesser
    place = {guesser.keys[node]: number for number, node in enumerate(guesser.candidates)}
    boots, mugs, lamps = (place[kind.pk] for kind in shop.kinds)
    shares = [0.0] * len(guesser.candidates)
    shares[boots], shares[mugs], shares[lamps] = 0.45, 0.43, 0.12
    ((node, share),) = guesser.choose(np.array([shares], np.float32))  # type: ignore[misc]

    assert guesser.paths[node] == shop.kinds[0].path[:4]  # things
    assert round(share, 2) == 0.88
    assert guesser.is_rough(node)


def test_a_colour_is_told_in_the_shops_own_words(shop: Shop) -> None:
    product = shop.add(0, seed=903, colour="blue")

    suggest(shop, product)

    (one,) = open_ones(product, "colour")
    assert one.value is not None
    assert one.value.value == "Ocean"  # what the shop calls blue
    assert (one.image, one.source) == (None, "pixels")


def test_colours_of_variants_are_told_by_their_own_pictures(shop: Shop, staff: User) -> None:
    product = shop.add(0, seed=904, colour="red", sold_as="Red")
    second = ProductImage(product=product, image="b.jpg", content_hash="b", alt="b", position=1)
    ProductImage.objects.bulk_create([second])
    shop.picture(second, 0, seed=905)
    shop.colours(second, "green")
    variants = [VariantFactory(product=product, image=second) for _ in range(2)]

    suggest(shop, product)
    (one,) = open_ones(product, "colour")
    decisions.accept(keys=Keys(completions=[one.pk]), by=staff)

    assert one.image == second
    for variant in variants:
        assert [value.value for value in variant.options.all()] == ["Green"]
    assert not product.attributes.exists()


def test_what_has_a_colour_or_could_have_none_is_left_alone(shop: Shop) -> None:
    own = shop.add(0, seed=906, colour="blue")
    own.attributes.add(attribute_value("color", "Red"))
    plain = CategoryFactory(name="Videos")
    colourless = [shop.add(0, seed=910 + n, category=plain, colour="blue") for n in range(40)]

    suggest(shop, own, *colourless)

    assert not ProductSuggestion.objects.filter(kind="colour").exists()


def test_pictures_without_a_description_get_a_sentence_and_written_ones_stay(
    shop: Shop, staff: User
) -> None:
    product = shop.add(0, seed=907, title="Alder Boots", colour="red", sold_as="Red", alt="")
    suggest(shop, product)
    (one,) = open_ones(product, "alt")
    assert one.text == "Alder Boots in red."

    product.images.update(alt="My own words")
    _, outcome = decisions.accept(keys=Keys(completions=[one.pk]), by=staff)

    assert outcome.done == 0
    assert product.images.get().alt == "My own words"


def test_what_has_no_category_is_not_described_by_the_name_of_a_file(shop: Shop) -> None:
    product = shop.add(0, seed=908, category=shop.without, title="IMG 2034", alt="")

    suggest(shop, product)

    assert not open_ones(product, "alt")


def test_suggesting_twice_changes_nothing(shop: Shop) -> None:
    product = shop.add(1, seed=909, category=shop.without, alt="")
    loaded = shop.learn()
    assert suggesting.suggest([product.pk], shop.model, loaded) > 0
    before = list(ProductSuggestion.objects.values())

    assert suggesting.suggest([product.pk], shop.model, loaded) == 0
    assert list(ProductSuggestion.objects.values()) == before


def test_what_was_rejected_is_not_suggested_again(shop: Shop, staff: User) -> None:
    product = shop.add(1, seed=911, category=shop.without)
    suggest(shop, product)
    (one,) = open_ones(product, "category")
    decisions.reject(keys=Keys(completions=[one.pk]), by=staff)

    suggest(shop, product)

    assert not open_ones(product, "category")


def test_a_category_given_by_other_ways_is_a_decision_too(shop: Shop) -> None:
    product = shop.add(1, seed=912, category=shop.without)
    suggest(shop, product)
    Product.objects.filter(pk=product.pk).update(category=shop.kinds[2])

    suggest(shop, product)

    one = product.completions.get(kind="category")
    assert (one.state, one.chosen_category) == ("superseded", shop.kinds[2])


def test_what_stands_in_a_wrong_category_is_doubted_less_urgently(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A small shop is never as sure as a large one.
    monkeypatch.setattr(categories, "DOUBTFUL", 0.7)
    monkeypatch.setattr(categories, "LEFT", 0.2)
    monkeypatch.setattr(suggesting, "DOUBTFUL", 0.7)
    product = shop.add(2, seed=913, category=shop.kinds[0], title="Odd Lamp")

    suggest(shop, product)

    (one,) = open_ones(product, "move")
    assert one.category == shop.kinds[2]
    assert one.calibrated < 0.9  # nothing to be accepted unseen


def test_what_is_being_made_gets_a_guess_with_how_sure_it_is(shop: Shop) -> None:
    product = shop.add(1, seed=914, category=shop.without, title="Untold 7")
    shop.learn()

    category, sure = guessing.guess_categories([product.pk, 10**9])[product.pk]

    assert category == shop.kinds[1].pk
    assert 0.8 < sure <= 1
    assert not ProductSuggestion.objects.exists()


def test_nothing_is_guessed_before_anything_was_learnt(shop: Shop) -> None:
    assert guessing.guess_categories([shop.products[0].pk]) == {}


def test_a_shop_that_has_sorted_nothing_yet_goes_by_the_names_of_its_categories(
    shop: Shop,
) -> None:
    Product.objects.update(category=shop.without)
    attribute_value("color", "Red").attribute.delete()

    suggest(shop, *shop.products[:3])

    assert set(ProductSuggestion.objects.values_list("kind", "source")) <= {("category", "names")}
