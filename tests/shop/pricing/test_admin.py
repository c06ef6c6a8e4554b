"""Sale prices in the admin."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.utils import timezone

from shop.catalog.models import Variant
from shop.pricing.models import SalePrice
from shop.pricing.services import start_due
from tests.factories import CategoryFactory, ProductFactory, VariantFactory
from tests.shop.pricing.factories import SalePriceFactory

pytestmark = pytest.mark.django_db
SALES = "/admin/pricing/saleprice/"


@pytest.fixture
def staff(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("admin"))
    return client


def moment(days: int) -> dict[str, str]:
    when = timezone.localtime() + timedelta(days=days)
    return {"0": when.strftime("%Y-%m-%d"), "1": when.strftime("%H:%M:%S")}


def form(**changes: Any) -> dict[str, Any]:
    data = {"price": "8"}
    for name, when in (("starts_at", moment(0)), ("ends_at", moment(2))):
        data |= {f"{name}_{part}": value for part, value in when.items()}
    return data | changes


def errors(response: Any) -> str:
    assert response.status_code == 200, response.headers
    return str(response.context["adminform"].form.errors)


def plan(**changes: Any) -> dict[str, Any]:
    starts = timezone.localtime()
    return {
        "products": "",
        "percent": "20",
        "starts_at": starts.strftime("%Y-%m-%dT%H:%M"),
        "ends_at": (starts + timedelta(days=7)).strftime("%Y-%m-%dT%H:%M"),
        **changes,
    }


def test_a_sale_is_added_by_sku(staff: Client) -> None:
    variant = VariantFactory(sku="BOOT")

    assert staff.post(f"{SALES}add/", form(sku="BOOT")).status_code == 302

    sale = SalePrice.objects.get()
    assert (sale.variant, sale.price, sale.state) == (variant, Decimal(8), "scheduled")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"sku": "NONE"}, "No variant has this SKU"),
        ({"price": "10"}, "lower than the regular price, which is 10.00"),
        ({"ends_at_0": "2020-01-01"}, "That time is over"),
        ({}, "Another sale of this variant"),
    ],
)
def test_what_is_wrong_is_said(staff: Client, changes: dict[str, str], message: str) -> None:
    variant = VariantFactory(sku="BOOT")
    if not changes:
        SalePriceFactory(variant=variant)

    assert message in errors(staff.post(f"{SALES}add/", form(sku="BOOT") | changes))


def test_of_a_running_sale_only_the_end_changes(staff: Client) -> None:
    sale = SalePriceFactory()
    start_due()

    staff.post(f"{SALES}{sale.pk}/change/", form(price="1", ends_at_0=moment(9)["0"]))

    before, sale = sale, SalePrice.objects.get()
    assert (sale.price, sale.starts_at) == (before.price, before.starts_at)
    assert sale.ends_at > before.ends_at
    assert staff.get(f"{SALES}{sale.pk}/delete/").status_code == 403


def test_sales_are_ended_by_hand_and_it_is_kept_who_did(staff: Client) -> None:
    sale = SalePriceFactory()
    start_due()

    staff.post(SALES, {"action": "end_sales", "_selected_action": [sale.pk]})

    assert Variant.objects.get().price == Decimal(10)
    assert LogEntry.objects.get().get_change_message() == "Ended by hand."


def test_a_category_is_put_on_sale_with_a_preview(staff: Client) -> None:
    shoes = CategoryFactory(name="Shoes")
    boots = CategoryFactory(name="Boots", parent=shoes)
    ProductFactory(title="Red boots", category=boots, variants=[{"price": "50"}])
    ProductFactory(title="Mug", variants=[{"price": "5"}])

    asked = staff.post(
        "/admin/catalog/category/",
        {"action": "put_categories_on_sale", "_selected_action": [shoes.pk]},
    )
    assert f'<option value="{shoes.pk}" selected>' in asked.content.decode()

    shown = staff.post(f"{SALES}plan/", plan(categories=[shoes.pk])).content.decode()
    assert "Red boots" in shown and "$40.00" in shown and "Mug" not in shown
    assert not SalePrice.objects.exists()

    staff.post(f"{SALES}plan/", plan(categories=[shoes.pk], apply="1"))
    assert [(sale.variant.product.title, sale.price) for sale in SalePrice.objects.all()] == [
        ("Red boots", Decimal(40))
    ]
    assert LogEntry.objects.count() == 1


def test_chosen_products_are_put_on_sale(staff: Client) -> None:
    chosen, other = ProductFactory(variants=[{}, {}]), ProductFactory()

    asked = staff.post(
        "/admin/catalog/product/",
        {"action": "put_products_on_sale", "_selected_action": [chosen.pk]},
    )
    assert f'name="products" value="{chosen.pk}"' in asked.content.decode()

    staff.post(f"{SALES}plan/", plan(products=str(chosen.pk), apply="1"))
    assert SalePrice.objects.count() == 2
    assert not SalePrice.objects.filter(variant__product=other).exists()


@pytest.mark.parametrize(
    "changes", [{"percent": "0"}, {"percent": "100"}, {"products": "x"}, {"products": ""}]
)
def test_a_plan_that_cannot_be_is_refused(staff: Client, changes: dict[str, str]) -> None:
    product = ProductFactory()
    staff.post(f"{SALES}plan/", plan(products=str(product.pk), apply="1") | changes)
    assert not SalePrice.objects.exists()


def test_who_may_not_plan_sales_cannot(client: Client) -> None:
    user = User.objects.create_user("clerk", is_staff=True)
    user.user_permissions.add(
        *Permission.objects.filter(codename__in=["view_saleprice", "change_product"])
    )
    client.force_login(user)
    product, sale = ProductFactory(), SalePriceFactory()

    assert client.get(SALES).status_code == 200
    assert client.get(f"{SALES}plan/").status_code == 403
    assert (
        client.post(f"{SALES}plan/", plan(products=str(product.pk), apply="1")).status_code == 403
    )
    action = {"action": "put_products_on_sale", "_selected_action": [product.pk]}
    assert client.post("/admin/catalog/product/", action).status_code == 403
    client.post(SALES, {"action": "end_sales", "_selected_action": [sale.pk]})
    assert SalePrice.objects.get().state == "scheduled"


def test_the_list_costs_the_same_however_long(
    staff: Client, django_assert_max_num_queries: Any
) -> None:
    for _ in range(12):
        SalePriceFactory()
    with django_assert_max_num_queries(14):
        assert staff.get(SALES).status_code == 200
    for page in ("add/", f"{SalePrice.objects.first().pk}/change/", "plan/"):  # type: ignore[union-attr]
        assert staff.get(SALES + page).status_code == 200
