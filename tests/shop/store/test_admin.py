"""The shop's settings in the admin: one page."""

from typing import Any

import pytest
from django.test import Client

from shop.store.currencies import codes
from shop.store.current import current_store
from shop.store.models import LegalPage, Store
from tests.factories import picture_bytes, upload

pytestmark = pytest.mark.django_db
PAGE = "/admin/store/store/1/change/"
VALUES = {
    "name": "Ann’s",
    "currency": "USD",
    "language": "en",
    "country": "DE",
    "payment_minutes": "30",
    "prices_include_tax": "on",
}


def save(client: Client, **values: Any) -> Any:
    return client.post(PAGE, {**VALUES, **values})


def test_there_is_one_page_and_no_list(admin_client: Client) -> None:
    answer = admin_client.get("/admin/store/store/")

    assert (answer.status_code, answer.url) == (302, PAGE)  # type: ignore[attr-defined]
    assert admin_client.get(PAGE).status_code == 200
    assert admin_client.get("/admin/store/store/add/").status_code == 403
    assert admin_client.post("/admin/store/store/1/delete/", {"post": "yes"}).status_code == 403
    assert Store.objects.count() == 1


def test_what_is_saved_is_shown_everywhere(admin_client: Client, client: Client) -> None:
    answer = save(admin_client, name="Renamed", sender_email="shop@example.com")

    assert answer.status_code == 302 and answer.url == PAGE
    assert "Renamed" in client.get("/").content.decode()
    assert "Renamed" in admin_client.get("/admin/").content.decode()
    assert current_store().sender_email == "shop@example.com"


def test_another_currency_takes_a_second_tick(admin_client: Client) -> None:
    current_store()

    refused = save(admin_client, currency="EUR")
    assert refused.status_code == 200
    assert "Tick this to change the currency" in refused.content.decode()
    assert Store.objects.get().currency == "USD"

    assert save(admin_client, currency="EUR", currency_confirmed="on").status_code == 302
    assert Store.objects.get().currency == "EUR"


def test_the_rest_is_saved_without_it(admin_client: Client) -> None:
    assert save(admin_client, phone="123").status_code == 302
    assert Store.objects.get().phone == "123"


def test_only_money_that_prices_fit_into(admin_client: Client) -> None:
    assert {"USD", "EUR", "JPY", "CHF"} <= set(codes())
    assert not {"KWD", "DEM", "XAU"} & set(codes())

    answer = save(admin_client, currency="KWD", currency_confirmed="on")
    assert answer.status_code == 200


def test_a_logo_is_uploaded_and_shown(admin_client: Client, client: Client) -> None:
    assert save(admin_client, logo=upload(picture_bytes((300, 60)))).status_code == 302

    html = client.get("/").content.decode()
    assert 'class="site-logo" src="/media/store/' in html
    assert 'alt="Ann’s" width="300" height="60"' in html


def test_what_is_no_picture_is_refused_beside_the_field(admin_client: Client) -> None:
    answer = save(admin_client, logo=upload(b"<svg/>", name="logo.svg"))

    assert answer.status_code == 200
    assert "This is an SVG drawing, not a picture we can read." in answer.content.decode()


def test_legal_texts_are_written_here(admin_client: Client, client: Client) -> None:
    answer = admin_client.post(
        "/admin/store/legalpage/add/",
        {"kind": "imprint", "language": "de", "text": "Wir.", "published": "on"},
    )

    assert answer.status_code == 302
    page = LegalPage.objects.get()
    assert "Wir." in client.get(page.get_absolute_url()).content.decode()
    assert admin_client.get("/admin/store/legalpage/").status_code == 200
    again = {"kind": "imprint", "language": "de", "text": "Ihr.", "published": "on"}
    refused = admin_client.post("/admin/store/legalpage/add/", again)
    assert "This text is there already in this language." in refused.content.decode()
