"""Suggestions of attributes, and what an admin decides of them."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from search.attributes import stored, suggestions
from search.attributes.models import AttributeSuggestion, ReadingDue
from search.attributes.stored import Loaded
from search.enrichment import decisions
from search.enrichment.decisions import Keys, Outcome
from search.listings import differences
from shop.catalog.models import Product
from tests.factories import VariantFactory, attribute_value
from tests.search.attributes.shops import Shop

pytestmark = pytest.mark.django_db


@pytest.fixture
def loaded(shop: Shop) -> Loaded:
    stored.learn_if_due(shop.model)
    loaded = stored.load(shop.model)
    assert loaded is not None
    return loaded


@pytest.fixture
def lacking(shop: Shop) -> list[Product]:
    return shop.add(4, striped=True, known=False, seed=3)


@pytest.fixture
def admin() -> User:
    return User.objects.create_superuser("admin")


def suggest(shop: Shop, loaded: Loaded, products: list[Product]) -> int:
    return suggestions.suggest([product.pk for product in products], shop.model, loaded)


def accept(keys: list[int], admin: User) -> Outcome:
    return decisions.accept(keys=Keys(attributes=keys), by=admin)[1]


def reject(keys: list[int], admin: User) -> Outcome:
    return decisions.reject(keys=Keys(attributes=keys), by=admin)[1]


def states() -> dict[str, str]:
    return dict(AttributeSuggestion.objects.values_list("product__slug", "state"))


def test_accepting_gives_the_product_the_value_and_keeps_where_it_came_from(
    shop: Shop, lacking: list[Product], loaded: Loaded, admin: User
) -> None:
    suggest(shop, loaded, lacking)
    one = AttributeSuggestion.objects.get(product=lacking[0])

    decided = accept([one.pk], admin)

    assert decided == Outcome(done=1)
    assert list(lacking[0].attributes.all()) == [shop.striped]
    one.refresh_from_db()
    assert (one.state, one.decided_by, one.model) == ("accepted", admin, shop.model)
    assert one.decided_at is not None
    # Searches know it, and others are told.
    assert differences()["listings"] == 0
    assert ReadingDue.objects.filter(product=lacking[0]).exists()


def test_what_was_rejected_is_not_suggested_again(
    shop: Shop, lacking: list[Product], loaded: Loaded, admin: User
) -> None:
    suggest(shop, loaded, lacking)
    keys = list(AttributeSuggestion.objects.values_list("pk", flat=True))

    reject(keys, admin)
    suggest(shop, loaded, lacking)

    assert set(states().values()) == {"rejected"}
    assert not lacking[0].attributes.exists()


def test_what_was_accepted_and_taken_off_again_is_not_suggested_again(
    shop: Shop, lacking: list[Product], loaded: Loaded, admin: User
) -> None:
    suggest(shop, loaded, lacking)
    accept(list(AttributeSuggestion.objects.values_list("pk", flat=True)), admin)

    lacking[0].attributes.clear()
    suggest(shop, loaded, lacking)

    assert set(states().values()) == {"accepted"}


def test_a_product_that_got_the_attribute_otherwise_keeps_what_it_got(
    shop: Shop, lacking: list[Product], loaded: Loaded, admin: User
) -> None:
    suggest(shop, loaded, lacking)
    dotted = attribute_value("pattern", "Dotted")
    lacking[0].attributes.add(dotted)
    keys = list(AttributeSuggestion.objects.values_list("pk", flat=True))

    decided = accept(keys, admin)

    assert decided == Outcome(done=3, late=1)
    assert list(lacking[0].attributes.all()) == [dotted]
    assert states()[lacking[0].slug] == "superseded"


def test_a_suggestion_goes_when_the_product_has_the_attribute(
    shop: Shop, lacking: list[Product], loaded: Loaded
) -> None:
    suggest(shop, loaded, lacking)
    lacking[0].attributes.add(shop.plain)

    suggest(shop, loaded, lacking)

    assert states()[lacking[0].slug] == "superseded"
    assert states()[lacking[1].slug] == "suggested"


def test_an_option_of_a_variant_counts_as_having_the_attribute(
    shop: Shop, lacking: list[Product], loaded: Loaded
) -> None:
    VariantFactory(product=lacking[0], options={"pattern": "Plain"})

    suggest(shop, loaded, lacking)

    assert lacking[0].slug not in states()


def test_suggesting_twice_changes_nothing(
    shop: Shop, lacking: list[Product], loaded: Loaded
) -> None:
    assert suggest(shop, loaded, lacking) == 4
    before = list(AttributeSuggestion.objects.values())

    assert suggest(shop, loaded, lacking) == 0
    assert list(AttributeSuggestion.objects.values()) == before


def test_a_newer_reader_renews_what_is_open_and_since_when_stays(
    shop: Shop, lacking: list[Product], loaded: Loaded
) -> None:
    suggest(shop, loaded, lacking)
    before = AttributeSuggestion.objects.get(product=lacking[0])

    newer = Loaded(loaded.version + 1, loaded.reader, loaded.values)
    assert suggest(shop, newer, lacking) == 4

    after = AttributeSuggestion.objects.get(product=lacking[0])
    assert (after.pk, after.version) == (before.pk, before.version + 1)
    assert after.suggested_at == before.suggested_at


def test_a_product_whose_pictures_are_gone_has_nothing_suggested(
    shop: Shop, lacking: list[Product], loaded: Loaded
) -> None:
    suggest(shop, loaded, lacking)

    lacking[0].images.all().delete()
    suggest(shop, loaded, lacking)

    assert states()[lacking[0].slug] == "superseded"


def test_deciding_what_was_decided_changes_nothing(
    shop: Shop, lacking: list[Product], loaded: Loaded, admin: User
) -> None:
    suggest(shop, loaded, lacking)
    keys = list(AttributeSuggestion.objects.values_list("pk", flat=True))
    accept(keys, admin)

    assert reject(keys, admin) == Outcome()
    assert accept(keys, admin) == Outcome()
    assert set(states().values()) == {"accepted"}


def test_many_are_accepted_in_a_bounded_number_of_statements(
    shop: Shop, loaded: Loaded, admin: User, django_assert_max_num_queries: pytest.FixtureRequest
) -> None:
    many = shop.add(100, striped=True, known=False, seed=9)
    suggest(shop, loaded, many)
    keys = list(AttributeSuggestion.objects.values_list("pk", flat=True))

    with django_assert_max_num_queries(24):
        accept(keys, admin)

    assert shop.striped.products.count() == 140
