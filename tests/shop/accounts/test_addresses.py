"""A customer's addresses, and nobody else's."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from shop.accounts import services
from shop.accounts.models import Address
from shop.addresses import AddressForm
from tests.shop.accounts.factories import make_user, postal

pytestmark = pytest.mark.django_db
LIST, ADD = "/account/addresses/", "/account/addresses/add/"


def sent(**values: Any) -> dict[str, Any]:
    return {name: value for name, value in (postal().as_dict() | values).items() if value}


def defaults(user: Any) -> list[tuple[bool, bool]]:
    rows = Address.objects.filter(user=user)
    return list(rows.values_list("is_default_shipping", "is_default_billing"))


def test_addresses_are_added_changed_and_deleted(client: Client) -> None:
    user = make_user()
    client.force_login(user)

    client.post(ADD, sent(city="Bath"))
    client.post(ADD, sent(city="York", default_billing="on"))
    assert defaults(user) == [(True, False), (False, True)]
    first, second = Address.objects.filter(user=user)

    client.post(f"{LIST}{second.pk}/", sent(city="Leeds", default_shipping="on"))
    assert defaults(user) == [(False, False), (True, False)]
    assert "Leeds" in client.get(LIST).content.decode()

    asked = client.get(f"{LIST}{second.pk}/delete/").content.decode()
    assert "Delete this address?" in asked and Address.objects.count() == 2
    client.post(f"{LIST}{second.pk}/delete/")
    assert list(Address.objects.all()) == [first]
    assert defaults(user) == [(True, False)]  # what the other was


def test_the_form_says_what_is_missing_beside_the_field(client: Client) -> None:
    client.force_login(make_user())

    page = client.post(ADD, sent(postcode="")).content.decode()

    assert 'id="id_postcode_error"' in page and "Enter the postcode." in page
    assert 'autocomplete="postal-code"' in page
    assert not Address.objects.exists()


@pytest.mark.parametrize(
    ("country", "postcode", "fits"),
    [
        ("DE", "1234", False),
        ("DE", "12345", True),
        ("DE", "D-12345", True),
        ("GB", "sw1a1aa", True),
        ("GB", "12345", False),
        ("US", "ABC", False),
        ("US", "12345-6789", True),
        ("PT", "anything", True),
        ("IE", "", True),
    ],
)
def test_a_postcode_looks_as_those_of_its_country(country: str, postcode: str, fits: bool) -> None:
    form = AddressForm(
        {"name": "Ada", "line1": "1 Lane", "city": "Town", "country": country, "postcode": postcode}
    )

    assert form.is_valid() is fits
    assert fits or "there they look like" in str(form.errors["postcode"])


@pytest.mark.parametrize("address", ["{}/", "{}/delete/"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_somebody_elses_address_is_not_found(client: Client, address: str, method: str) -> None:
    other = services.save_address(user=make_user(), postal=postal())
    client.force_login(make_user())

    response = getattr(client, method)(LIST + address.format(other.pk), sent(city="Mine"))

    assert response.status_code == 404
    assert Address.objects.get().city == "London"


def test_there_is_one_default_each_whatever_the_code() -> None:
    user = make_user()
    services.save_address(user=user, postal=postal())

    for flag in ("is_default_shipping", "is_default_billing"):
        with pytest.raises(IntegrityError), transaction.atomic():
            Address.objects.create(user=user, **postal().as_dict(), **{flag: True})


def test_no_more_are_kept_than_anybody_needs(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services, "MAX_ADDRESSES", 1)
    client.force_login(make_user())
    client.post(ADD, sent())

    page = client.post(ADD, sent()).content.decode()

    assert "change or delete one" in page and Address.objects.count() == 1


def test_the_way_back_is_of_this_shop(client: Client) -> None:
    client.force_login(make_user())

    assert client.post(ADD, sent(next="/checkout/")).headers["Location"] == "/checkout/"
    assert client.post(ADD, sent(next="//evil.example/")).headers["Location"] == LIST


def test_the_list_costs_the_same_however_long(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    user = make_user()
    client.force_login(user)
    for _ in range(20):
        services.save_address(user=user, postal=postal())
    client.get(LIST)

    with django_assert_max_num_queries(8):
        client.get(LIST)
