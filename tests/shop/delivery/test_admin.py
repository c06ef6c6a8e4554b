"""Ways of delivery and tax rates in the admin, and what the demo begins with."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from shop.accounts import roles
from shop.delivery.defaults import create_demo_methods
from shop.delivery.models import DeliveryMethod
from shop.delivery.offers import codes_of, offers_for
from shop.delivery.regions import EU
from shop.promotions.defaults import create_demo_voucher
from shop.promotions.models import Voucher
from shop.taxes.defaults import create_demo_rates
from shop.taxes.models import TaxRate
from tests.shop.fulfilment.factories import logged_in
from tests.shop.shopping import delivery

pytestmark = pytest.mark.django_db
METHODS = "/admin/delivery/deliverymethod/"


@pytest.fixture
def staff() -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("admin"))
    return client


def form(*rates: tuple[str, str], **changes: Any) -> dict[str, Any]:
    data = {
        "name": "Parcel",
        "countries": ["US", "DE"],
        "basis": "total",
        "days_min": "2",
        "days_max": "4",
        "tax_category": "standard",
        "active": "on",
        "position": "0",
        "rates-TOTAL_FORMS": len(rates),
        "rates-INITIAL_FORMS": 0,
    }
    for n, (up_to, price) in enumerate(rates):
        data |= {f"rates-{n}-up_to": up_to, f"rates-{n}-price": price}
    return data | changes


def test_a_method_with_rates(staff: Client) -> None:
    answer = staff.post(f"{METHODS}add/", form(("50", "4.90"), ("", "2.90")))

    assert answer.status_code == 302, answer.context["errors"]
    method = DeliveryMethod.objects.get()
    assert codes_of(method) == {"US", "DE"}
    [offer] = offers_for(country="DE", weight=100, total=Decimal(60))
    assert offer.price == Decimal("2.90")


def test_countries_of_a_region_are_added(staff: Client) -> None:
    staff.post(f"{METHODS}add/", form(("", "4.90"), countries=["US"], add_region="eu"))

    assert codes_of(DeliveryMethod.objects.get()) == EU | {"US"}
    assert len(EU) == 27


@pytest.mark.parametrize(
    ("rates", "changes", "message"),
    [
        ([], {}, "at least one rate"),
        ([("", "1"), ("", "2")], {}, "two rates up to this"),
        ([("50", "1"), ("50.00", "2")], {}, "two rates up to this"),
        ([("", "-1")], {}, "greater than or equal"),
        ([("", "1")], {"countries": []}, "at least one country"),
        ([("", "1")], {"countries": ["XX"]}, "XX"),
        ([("", "1")], {"days_min": "5"}, "at most fewer days"),
    ],
)
def test_what_is_wrong_is_said(
    staff: Client, rates: list[tuple[str, str]], changes: dict[str, Any], message: str
) -> None:
    answer = staff.post(f"{METHODS}add/", form(*rates, **changes))

    assert answer.status_code == 200
    assert message in answer.content.decode()
    assert not DeliveryMethod.objects.exists()


def test_prices_are_previewed(staff: Client) -> None:
    by_total = delivery("4.90", free_from=Decimal(75))
    by_weight = delivery("9.90", basis="weight")
    by_weight.rates.update(up_to=Decimal(2000))

    page = staff.get(f"{METHODS}{by_total.pk}/change/").content.decode()
    assert "<td>$75.00</td>" in page
    assert "<td>free</td>" in page
    page = staff.get(f"{METHODS}{by_weight.pk}/change/").content.decode()
    assert "<td>2000 g</td>" in page
    assert "<td>not delivered</td>" in page
    assert staff.get(METHODS).status_code == 200
    assert staff.get(f"{METHODS}add/").status_code == 200


def test_roles() -> None:
    method = delivery()

    for role, status in (
        (roles.OWNER, 200),
        (roles.FULFILMENT, 403),
        (roles.SUPPORT, 403),
        (roles.CATALOGUE, 403),
    ):
        client = logged_in(role)
        seen = 403 if role == roles.CATALOGUE else 200
        assert client.get(METHODS).status_code == seen
        answer = client.post(f"{METHODS}{method.pk}/change/", form())
        assert answer.status_code == status


def test_tax_rates(staff: Client) -> None:
    page = "/admin/taxes/taxrate/"
    assert staff.post(f"{page}add/", {"country": "DE", "category": "standard", "rate": "19"})
    for values, message in [
        ({"country": "DE", "category": "standard", "rate": "7"}, "has a rate for this"),
        ({"country": "", "category": "standard", "rate": "7"}, "required"),
        ({"country": "AT", "category": "standard", "rate": "101"}, "less than or equal"),
        ({"country": "AT", "category": "zero", "rate": "0"}, "zero"),
    ]:
        assert message in staff.post(f"{page}add/", values).content.decode()

    assert [str(one) for one in TaxRate.objects.all()] == ["DE Standard: 19 %"]
    for query, number in (("germ", 1), ("de", 1), ("at", 0), ("", 1)):
        found = staff.get(f"{page}?q={query}").context["cl"].result_list
        assert len(found) == number


def test_the_demo_begins_once() -> None:
    assert create_demo_methods()
    assert create_demo_rates()
    assert create_demo_voucher()

    assert not (create_demo_methods() or create_demo_rates() or create_demo_voucher())

    assert [one.price for one in offers_for(country="US", weight=500, total=Decimal(30))] == [
        Decimal("5.90"),
        Decimal("12.90"),
    ]
    assert Voucher.objects.get().active
