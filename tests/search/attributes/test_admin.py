"""Attributes from pictures in the shop's admin."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from search.attributes import stored, vocabulary
from search.attributes.models import AttributeSuggestion, VisualAttribute, VisualValue
from shop.catalog.models import AttributeValue, Product
from tests.factories import CategoryFactory, ProductFactory, attribute_value
from tests.search.attributes.shops import Shop
from tests.shop.catalog.test_admin import form, rows

pytestmark = pytest.mark.django_db
ATTRIBUTES = "/admin/search/visualattribute/"
VALUES = "/admin/search/visualvalue/"


@pytest.fixture
def staff(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("admin"))
    return client


def suggestion(
    product: Product, value: AttributeValue | None = None, *, confidence: float = 0.93
) -> AttributeSuggestion:
    """An open suggestion, of "Striped" unless told otherwise."""
    value = value or attribute_value("pattern", "Striped")
    return AttributeSuggestion.objects.create(
        product=product,
        attribute=value.attribute,
        value=value,
        confidence=confidence,
        calibrated=confidence,
        margin=0.5,
        source="prototypes",
        model_name="vitrine-mini",
        version=3,
        suggested_at=timezone.now(),
    )


def make_vocabulary() -> VisualAttribute:
    for pattern in ("Plain", "Striped"):
        ProductFactory(attributes={"pattern": pattern})
    vocabulary.complete()
    return VisualAttribute.objects.get(attribute__slug="pattern")


# --- A product's suggestions --------------------------------------------------------------------


def test_a_product_shows_what_its_pictures_suggest_and_where_that_is_from(staff: Client) -> None:
    product = ProductFactory()
    suggestion(product)

    page = staff.get(f"/admin/catalog/product/{product.pk}/change/").content.decode()

    for text in (
        "Pattern: Striped",
        "93%",
        "of your products that have it",
        "vitrine-mini, version 3",
    ):
        assert text in page


def test_a_product_without_suggestions_shows_no_part_for_them(staff: Client) -> None:
    product = ProductFactory()
    suggestion(product).delete()

    page = staff.get(f"/admin/catalog/product/{product.pk}/change/").content.decode()

    assert "suggestions-TOTAL_FORMS" not in page
    assert (
        "suggestions-TOTAL_FORMS" not in staff.get("/admin/catalog/product/add/").content.decode()
    )


@pytest.mark.parametrize(
    ("decision", "state", "values"),
    [("accept", "accepted", ["Striped"]), ("reject", "rejected", []), ("", "suggested", [])],
)
def test_each_is_decided_when_the_product_is_saved(
    staff: Client, decision: str, state: str, values: list[str]
) -> None:
    product = ProductFactory()
    one = suggestion(product)
    data = form(product) | rows("suggestions", {"id": one.pk, "decision": decision}, initial=1)

    response = staff.post(f"/admin/catalog/product/{product.pk}/change/", data)

    assert response.status_code == 302
    one.refresh_from_db()
    assert one.state == state
    assert (one.decided_by is not None) == bool(decision)
    assert [value.value for value in product.attributes.all()] == values


def test_what_is_chosen_in_the_same_form_goes_before_the_suggestion(staff: Client) -> None:
    product, plain = ProductFactory(), attribute_value("pattern", "Plain")
    one = suggestion(product)
    data = form(product) | rows("suggestions", {"id": one.pk, "decision": "accept"}, initial=1)

    staff.post(
        f"/admin/catalog/product/{product.pk}/change/", data | {"product-attributes": [plain.pk]}
    )

    one.refresh_from_db()
    assert one.state == "superseded"
    assert list(product.attributes.all()) == [plain]


def test_a_page_may_be_sent_after_its_suggestions_were_decided_elsewhere(staff: Client) -> None:
    product = ProductFactory()
    one = suggestion(product)
    AttributeSuggestion.objects.update(state="rejected")
    data = form(product) | rows("suggestions", {"id": one.pk, "decision": "accept"}, initial=1)

    response = staff.post(f"/admin/catalog/product/{product.pk}/change/", data, follow=True)

    assert "No suggestion was open any more." in response.content.decode()
    assert not product.attributes.exists()


def test_a_suggestion_that_came_meanwhile_keeps_no_page_from_being_saved(staff: Client) -> None:
    product = ProductFactory()
    suggestion(product)

    response = staff.post(f"/admin/catalog/product/{product.pk}/change/", form(product))

    assert response.status_code == 302


# --- The vocabulary -----------------------------------------------------------------------------


def test_the_list_says_what_is_read_where_and_why_not(staff: Client) -> None:
    make_vocabulary()
    attribute_value("size", "M")
    vocabulary.complete()

    page = staff.get(ATTRIBUTES).content.decode()

    assert "Plain, Striped" in page
    assert "everywhere" in page
    assert "No picture shows a size." in page


def test_the_list_says_which_values_are_ever_sure(staff: Client, shop: Shop) -> None:
    staff.get(ATTRIBUTES)
    stored.learn_if_due(shop.model)

    page = staff.get(ATTRIBUTES).content.decode()

    assert page.count("Plain, Striped") == 2  # what is looked for, and what is sure


def test_the_list_of_wordings_counts_products(staff: Client) -> None:
    make_vocabulary()
    ProductFactory(attributes={"pattern": "Striped"})

    response = staff.get(VALUES)

    counts = {one.value.value: one.having for one in response.context["cl"].result_list}
    assert counts == {"Plain": 1, "Striped": 2}


def test_what_an_admin_decides_is_kept(staff: Client) -> None:
    pattern, boots = make_vocabulary(), CategoryFactory(name="Boots")

    staff.post(
        f"{ATTRIBUTES}{pattern.pk}/change/",
        {"enabled": "on", "categories": [boots.pk], "floor": "0.8", "margin": "0.2"},
    )
    vocabulary.decide_all()

    (terms,) = vocabulary.terms()
    assert (terms.within, terms.floor, terms.margin) == ((boots.path,), 0.8, 0.2)
    pattern.refresh_from_db()
    assert pattern.by_hand


def test_how_sure_it_must_be_is_no_decision_on_where(staff: Client) -> None:
    pattern = make_vocabulary()

    staff.post(
        f"{ATTRIBUTES}{pattern.pk}/change/", {"enabled": "on", "floor": "0.8", "margin": "0.1"}
    )

    pattern.refresh_from_db()
    assert (pattern.by_hand, pattern.floor) == (False, 0.8)


def test_it_is_learnt_from_the_catalogue_anew(staff: Client) -> None:
    pattern = make_vocabulary()
    VisualValue.objects.filter(value__slug="striped").update(enabled=False, wordings="stripes")

    staff.post(ATTRIBUTES, {"action": "learn_from_catalogue", "_selected_action": [pattern.pk]})

    (terms,) = vocabulary.terms()
    assert [value.wordings for value in terms.values] == [("Plain",), ("Striped",)]


def test_wordings_are_edited_and_checked(staff: Client) -> None:
    make_vocabulary()
    striped = VisualValue.objects.get(value__slug="striped")
    address = f"{VALUES}{striped.pk}/change/"

    refused = staff.post(address, {"enabled": "on", "wordings": "—"}).content.decode()
    assert "has no letter or digit" in refused

    staff.post(address, {"enabled": "on", "wordings": "striped\nwith stripes"})
    (terms,) = vocabulary.terms()
    assert terms.values[1].wordings == ("striped", "with stripes")
    assert "with stripes" in staff.get(VALUES).content.decode()


@pytest.mark.parametrize("address", [ATTRIBUTES, VALUES])
def test_forms_and_searches_open(staff: Client, address: str) -> None:
    make_vocabulary()

    assert staff.get(f"{address}add/").status_code == 200
    assert staff.get(address, {"q": "pattern"}).status_code == 200
