"""A product's form that was left open undoes nothing that happened meanwhile."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from shop.catalog.models import Product, Variant
from shop.stock import services
from shop.stock.models import Movement
from tests.factories import ProductFactory, ProductImageFactory, attribute_value

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("admin"))
    return client


def opened(staff: Client, product: Product) -> dict[str, Any]:
    """What a browser would send of the product's page if nobody touched it."""
    page = staff.get(f"/admin/catalog/product/{product.pk}/change/")
    forms = [page.context["adminform"].form]
    data: dict[str, Any] = {}
    for inline in page.context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.initial_forms]
    for form in forms:
        for bound in form:
            value = bound.value()
            if isinstance(value, bool):
                value = "on" if value else None
            if value not in (None, "", []):
                data[bound.html_name] = value
    # The hidden initial values, as the page itself says them.
    for tag in re.findall(r'<input[^>]*name="initial-[^>]*>', page.content.decode()):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and value and "__prefix__" not in name[1]:
            data.setdefault(name[1], []).append(value[1])
    return data


def save(staff: Client, product: Product, data: dict[str, Any]) -> Any:
    answer = staff.post(f"/admin/catalog/product/{product.pk}/change/", data, follow=True)
    assert answer.redirect_chain, [
        inline.formset.errors for inline in answer.context["inline_admin_formsets"]
    ]
    return answer


@pytest.fixture
def product() -> Product:
    made = ProductFactory(
        title="Boot",
        variants=[
            {"sku": "BOOT-M", "stock": 5, "options": {"size": "M"}},
            {"sku": "BOOT-L", "stock": 7, "options": {"size": "L"}},
        ],
    )
    Variant.objects.update(image=ProductImageFactory(product=made))
    return made


def variant(sku: str) -> Variant:
    return Variant.objects.get(sku=sku)


def test_a_title_is_changed_while_two_are_sold(staff: Client, product: Product) -> None:
    data = opened(staff, product)
    services.reserve(reference="ORDER", quantities={variant("BOOT-M").pk: 2})
    Variant.objects.filter(sku="BOOT-L").update(price=Decimal("8.00"))

    save(staff, product, data | {"title": "Red boot"})

    product.refresh_from_db()
    assert product.title == "Red boot"
    assert variant("BOOT-M").stock == 3
    assert variant("BOOT-L").price == Decimal("8.00")
    assert not Movement.objects.filter(reason="edited").exists()


def test_stock_is_changed_by_what_was_meant(staff: Client, product: Product) -> None:
    data = opened(staff, product)
    services.reserve(reference="ORDER", quantities={variant("BOOT-M").pk: 2})

    answer = save(staff, product, data | {"variants-0-stock": "8"})

    assert variant("BOOT-M").stock == 6  # three have come, two were sold
    assert "it is 6 now, not 8" in answer.content.decode()
    movement = Movement.objects.filter(reason="edited").get()
    assert (movement.delta, movement.actor) == (3, User.objects.get(username="admin"))


def test_stock_never_falls_below_none(staff: Client, product: Product) -> None:
    data = opened(staff, product)
    services.reserve(reference="ORDER", quantities={variant("BOOT-M").pk: 4})

    save(staff, product, data | {"variants-0-stock": "2"})

    assert variant("BOOT-M").stock == 0


def test_one_field_is_changed_and_another_stays(staff: Client, product: Product) -> None:
    data = opened(staff, product)
    Variant.objects.filter(sku="BOOT-M").update(price=Decimal("8.00"), published=False)
    variant("BOOT-M").options.set([attribute_value("size", "S")])

    save(staff, product, data | {"variants-0-sku": "BOOT-MM"})

    changed = variant("BOOT-MM")
    assert (changed.price, changed.published, changed.stock) == (Decimal("8.00"), False, 5)
    assert [one.value for one in changed.options.all()] == ["S"]


def test_all_fields_can_be_changed(staff: Client, product: Product) -> None:
    data = opened(staff, product)
    large = attribute_value("size", "XL")
    data.pop("variants-0-published")

    changes = {
        "variants-0-price": "12.50",
        "variants-0-stock": "0",
        "variants-0-image": "",
        "variants-0-options": [large.pk],
    }
    save(staff, product, data | changes)

    changed = variant("BOOT-M")
    assert (changed.price, changed.stock) == (Decimal("12.50"), 0)
    assert (changed.published, changed.image) == (False, None)
    assert list(changed.options.all()) == [large]


def test_a_former_price_is_checked_against_the_price_of_now(
    staff: Client, product: Product
) -> None:
    data = opened(staff, product)
    Variant.objects.filter(sku="BOOT-M").update(price=Decimal("30.00"))

    changes = data | {"variants-0-compare_at_price": "20.00"}
    answer = staff.post(f"/admin/catalog/product/{product.pk}/change/", changes)

    assert "must be higher than the price" in answer.content.decode()
