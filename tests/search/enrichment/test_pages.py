"""The page of all suggestions in the shop's admin."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from search.attributes.models import AttributeSuggestion
from search.enrichment import cards, pages
from search.enrichment.cards import Filters
from search.enrichment.models import ProductSuggestion, SuggestionAction
from shop.catalog.models import Category, Product
from tests.factories import CategoryFactory, ProductFactory, attribute_value
from tests.search.attributes.test_admin import suggestion as attribute_suggestion
from tests.search.enrichment.shops import completion
from tests.shop.accounts.factories import make_user
from tests.shop.catalog.test_admin import form, rows

pytestmark = pytest.mark.django_db
PAGE = "/admin/search/productsuggestion/"


@pytest.fixture(autouse=True)
def time_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is decided for many is done within the request."""
    monkeypatch.setattr(pages, "AT_ONCE_SECONDS", 60.0)


@pytest.fixture
def staff(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("anna"))
    return client


@pytest.fixture
def without() -> Category:
    return CategoryFactory(name="Uncategorised")


@pytest.fixture
def boots() -> Category:
    return CategoryFactory(name="Boots", parent=CategoryFactory(name="Shoes"))


def decide(client: Client, one: ProductSuggestion | AttributeSuggestion, **data: str) -> Any:
    kind = one.kind if isinstance(one, ProductSuggestion) else "attribute"
    return client.post(f"{PAGE}{kind}/{one.pk}/decide/", data, follow=True)


def test_it_shows_every_kind_by_product_with_what_it_is_known_from(
    staff: Client, without: Category, boots: Category
) -> None:
    product = ProductFactory(title="Alder", category=without, images=1)
    picture = product.images.get()
    completion(product, category=boots)
    completion(product, kind="colour", value=attribute_value("color", "Navy"), source="pixels")
    completion(product, kind="alt", image=picture, text="Alder in navy.", source="known")
    attribute_suggestion(product)

    page = staff.get(PAGE).content.decode()

    for text in (
        "Shoes › Boots", "93% sure", "Its pictures are like those of 12 products there.",
        "Navy", "12 of your pictures are sold under this name", "Alder in navy.", "Striped",
        "vitrine-mini, version 3", "Uncategorised",
    ):  # fmt: skip
        assert text in page
    _, own = page.split('<div class="suggestions"')  # without the navigation
    for jargon in ("vector", "embedding", "threshold"):
        assert jargon not in own.casefold()


def test_a_product_stands_where_its_surest_suggestion_does_and_pages_go_on(
    staff: Client, without: Category, boots: Category
) -> None:
    products = [ProductFactory(category=without) for _ in range(cards.ON_A_PAGE + 2)]
    for place, product in enumerate(products):
        completion(product, category=boots, calibrated=0.5 + place / 100)
        attribute_suggestion(product, confidence=0.4)
    attribute_suggestion(products[0], attribute_value("material", "Wool"), confidence=0.99)

    first = cards.page_of(Filters())
    assert first.after is not None
    second = cards.page_of(Filters(), after=first.after)

    order = [card.product for card in first.cards + second.cards]
    assert order == [products[0], *reversed(products[1:])]
    assert second.after is None
    assert [len(card.suggestions) for card in first.cards[:2]] == [3, 2]
    assert staff.get(PAGE).content.decode().count("More products") == 1


def test_filters_by_kind_category_and_how_sure(without: Category, boots: Category) -> None:
    mugs = CategoryFactory(name="Mugs")
    one, other = ProductFactory(category=without), ProductFactory(category=mugs)
    completion(one, category=boots, calibrated=0.95)
    completion(other, kind="colour", value=attribute_value("color", "Red"), calibrated=0.6)
    striped = attribute_suggestion(other, confidence=0.8)

    def shown(**filters: Any) -> list[Product]:
        return [card.product for card in cards.page_of(Filters(**filters)).cards]

    assert shown() == [one, other]
    assert shown(kind="category") == [one]
    assert shown(kind="attribute") == shown(kind=f"attribute-{striped.attribute_id}") == [other]
    assert shown(kind="attribute-0") == []
    assert shown(category=boots.pk) == [one]  # suggested to be there
    assert shown(category=mugs.pk) == [other]
    assert shown(at_least=0.9) == [one]


def test_the_page_has_a_fixed_number_of_queries(
    staff: Client, without: Category, boots: Category, django_assert_max_num_queries: Any
) -> None:
    def add(count: int) -> None:
        for _ in range(count):
            product = ProductFactory(category=without)
            completion(product, category=boots)
            completion(product, kind="colour", value=attribute_value("color", "Red"))
            attribute_suggestion(product)

    add(1)
    with django_assert_max_num_queries(40) as few:
        staff.get(f"{PAGE}?above=90")
    add(18)
    with django_assert_max_num_queries(len(few)):
        staff.get(f"{PAGE}?above=90")


def test_one_is_accepted_changed_or_rejected(
    staff: Client, without: Category, boots: Category
) -> None:
    products = [ProductFactory(category=without) for _ in range(3)]
    suggested = [completion(product, category=boots) for product in products]
    tops = CategoryFactory(name="Tops", parent=CategoryFactory(name="Clothing"))

    decide(staff, suggested[0], decision="accept")
    decide(staff, suggested[1], decision="correct", to="clothing > tops")
    decide(staff, suggested[2], decision="reject")

    kept = [Product.objects.get(pk=product.pk).category for product in products]
    assert kept == [boots, tops, without]
    rows = list(ProductSuggestion.objects.order_by("pk"))
    assert [one.state for one in rows] == ["accepted", "corrected", "rejected"]
    assert {one.decided_by.username for one in rows if one.decided_by} == {"anna"}
    assert rows[1].chosen_category == tops
    logged = LogEntry.objects.filter(object_id=str(products[1].pk)).get()
    assert "Clothing › Tops" in logged.change_message


@pytest.mark.parametrize(
    ("kind", "to", "told"),
    [
        ("category", "Bots", "There is no category “Bots”. Choose one of the list."),
        ("category", "Twin", "There are several categories “Twin”."),
        ("colour", "Blu", "“Blu” is none of the values of Color."),
        ("alt", " ", "Write what the picture shows"),
        ("alt", "x" * 251, "At most 250 characters, and this has 251."),
    ],
)
def test_what_cannot_be_chosen_says_why_and_changes_nothing(
    staff: Client, without: Category, boots: Category, kind: str, to: str, told: str
) -> None:
    for _ in range(2):
        CategoryFactory(name="Twin", slug=f"twin-{_}")
    product = ProductFactory(category=without, images=1)
    values: dict[str, Any] = {
        "category": {"category": boots},
        "colour": {"value": attribute_value("color", "Red")},
        "alt": {"image": product.images.get(), "text": "Alder."},
    }[kind]
    one = completion(product, kind=kind, **values)

    page = decide(staff, one, decision="correct", to=to).content.decode()

    assert told in page
    one.refresh_from_db()
    assert one.state == "suggested"


def test_who_comes_second_is_told_so(staff: Client, without: Category, boots: Category) -> None:
    one = completion(ProductFactory(category=without), category=boots)
    decide(staff, one, decision="reject")

    page = decide(staff, one, decision="accept").content.decode()

    assert "Somebody has decided on this meanwhile" in page
    assert Product.objects.get().category == without


def test_what_is_another_suggestion_by_now_is_not_accepted_unseen(
    staff: Client, without: Category, boots: Category
) -> None:
    suggestion = completion(ProductFactory(category=without), category=boots)
    mugs = CategoryFactory(name="Mugs")
    shown = {"decision": "accept", "shown": "Boots"}
    address = reverse("admin:suggestions_decide", args=["category", suggestion.pk])
    ProductSuggestion.objects.filter(pk=suggestion.pk).update(category=mugs)  # as a worker does

    again = staff.post(address, shown, headers={"X-Requested-With": "fetch"})

    assert again.status_code == 409
    suggestion.product.refresh_from_db()
    assert suggestion.product.category == without
    assert staff.post(address, {**shown, "shown": "Mugs"}).status_code == 302
    suggestion.product.refresh_from_db()
    assert suggestion.product.category == mugs


def test_all_above_are_counted_accepted_at_once_and_taken_back(
    staff: Client, without: Category, boots: Category
) -> None:
    sure, unsure, rough = (ProductFactory(category=without) for _ in range(3))
    completion(sure, category=boots, calibrated=0.97)
    striped = attribute_suggestion(sure, confidence=0.96)
    completion(unsure, category=boots, calibrated=0.5)
    completion(rough, category=Category.objects.get(name="Shoes"), calibrated=0.99, rough=True)

    counted = staff.get(f"{PAGE}?above=95").content.decode()
    assert "2 suggestions would be accepted" in counted
    assert not ProductSuggestion.objects.exclude(state="suggested").exists()

    page = staff.post(f"{PAGE}accept-all/", {"above": "95"}, follow=True).content.decode()
    assert "2 suggestions accepted." in page
    assert [p.category for p in Product.objects.order_by("pk")] == [boots, without, without]
    assert list(sure.attributes.all()) == [striped.value]

    action = SuggestionAction.objects.get()
    page = staff.post(f"{PAGE}undo/{action.pk}/", follow=True).content.decode()
    assert "2 suggestions are open again." in page
    assert {p.category for p in Product.objects.all()} == {without}
    assert not sure.attributes.exists()
    assert not ProductSuggestion.objects.exclude(state="suggested").exists()


def test_what_was_undone_is_told_of_for_a_day(
    staff: Client, without: Category, boots: Category
) -> None:
    completion(ProductFactory(category=without), category=boots, calibrated=0.97)
    staff.post(f"{PAGE}accept-all/", {"above": "90"})
    action = SuggestionAction.objects.get()
    staff.post(f"{PAGE}undo/{action.pk}/")
    assert "Undone:" in staff.get(PAGE).content.decode()

    SuggestionAction.objects.update(undone_at=timezone.now() - timedelta(hours=25))

    assert "Undone:" not in staff.get(PAGE).content.decode()
    assert "Undone:" not in staff.get(f"{PAGE}decided/").content.decode()


def test_a_sentence_that_ends_with_a_time_has_one_full_stop(
    staff: Client, without: Category
) -> None:
    product = ProductFactory(category=without, images=1)
    completion(product, kind="colour", value=attribute_value("color", "Navy"), source="pixels")
    ProductSuggestion.objects.update(suggested_at=datetime(2026, 11, 27, 23, 17, tzinfo=UTC))

    page = staff.get(PAGE).content.decode()

    assert re.search(r"Found on [^<]*p\.m\.<", page)


def test_undoing_leaves_what_was_changed_since(
    staff: Client, without: Category, boots: Category
) -> None:
    products = [ProductFactory(category=without) for _ in range(2)]
    for product in products:
        completion(product, category=boots, calibrated=0.97)
    staff.post(f"{PAGE}accept-all/", {"above": "90"})
    mugs = CategoryFactory(name="Mugs")
    Product.objects.filter(pk=products[0].pk).update(category=mugs)

    page = staff.post(f"{PAGE}undo/{SuggestionAction.objects.get().pk}/", follow=True)

    assert "1 stays, for the product was changed since." in page.content.decode()
    assert [p.category for p in Product.objects.order_by("pk")] == [mugs, without]


@pytest.mark.parametrize("above", ["", "0", "101", "nine"])
def test_a_confidence_that_is_none_is_refused_with_a_reason(
    staff: Client, without: Category, boots: Category, above: str
) -> None:
    completion(ProductFactory(category=without), category=boots, calibrated=0.99)

    shown = staff.get(PAGE, {"above": above}).content.decode()
    sent = staff.post(f"{PAGE}accept-all/", {"above": above}, follow=True).content.decode()

    assert "a number from 1 to 100" in shown
    assert "a number from 1 to 100" in sent
    assert ProductSuggestion.objects.get().state == "suggested"


def test_the_decisions_can_be_looked_up(staff: Client, without: Category, boots: Category) -> None:
    one = completion(ProductFactory(title="Alder", category=without), category=boots)
    decide(staff, one, decision="accept")

    page = staff.get(f"{PAGE}decided/").content.decode()

    for text in ("Alder", "Shoes › Boots", "Accepted", "anna", "12 products there"):
        assert text in page


def test_who_may_not_change_products_sees_and_decides_nothing(
    client: Client, without: Category, boots: Category
) -> None:
    client.force_login(User.objects.create_user("clerk", is_staff=True))
    one = completion(ProductFactory(category=without), category=boots)

    assert client.get(PAGE).status_code == 403
    assert client.get(f"{PAGE}decided/").status_code == 403
    assert decide(client, one, decision="accept").status_code == 403
    assert client.post(f"{PAGE}accept-all/", {"above": "90"}).status_code == 403
    assert client.post(f"{PAGE}undo/1/").status_code == 403


def test_nonsense_in_the_address_shows_everything(staff: Client) -> None:
    for asked in ("after=nan_1", "after=x", "category=-3", "at_least=7", "kind=attribute-x"):
        assert staff.get(f"{PAGE}?{asked}").status_code == 200
    assert decide(staff, completion_of_nothing(), decision="accept").status_code == 200


def completion_of_nothing() -> ProductSuggestion:
    return ProductSuggestion(pk=0, kind="category")


def test_a_product_shows_its_own_beside_its_fields(
    staff: Client, without: Category, boots: Category
) -> None:
    product = ProductFactory(category=without)
    one = completion(product, category=boots)

    page = staff.get(f"/admin/catalog/product/{product.pk}/change/").content.decode()
    assert "Category: Shoes › Boots" in page
    data = form(product) | rows("completions", {"id": one.pk, "decision": "accept"}, initial=1)
    staff.post(f"/admin/catalog/product/{product.pk}/change/", data)

    assert Product.objects.get().category == boots


def test_a_product_is_still_deleted_with_its_suggestions(client: Client) -> None:
    client.force_login(make_user(role="Catalogue"))
    one = completion(ProductFactory(), category=CategoryFactory())

    refused = client.post(f"/admin/search/productsuggestion/{one.pk}/delete/", {"post": "yes"})
    client.post(f"/admin/catalog/product/{one.product_id}/delete/", {"post": "yes"})

    assert refused.status_code == 403
    assert not ProductSuggestion.objects.exists()
