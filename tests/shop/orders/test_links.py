"""Signed links, and what a session may see by them."""

from __future__ import annotations

import pytest
from django.conf import LazySettings
from django.core import mail
from django.test import Client

from shop.mail.models import OutgoingMail
from shop.orders import links
from shop.orders.models import SESSION_KEY
from tests.shop.orders.factories import OrderFactory

pytestmark = pytest.mark.django_db


def test_a_signed_link_opens_the_order_and_leaves_no_signature(client: Client) -> None:
    order = OrderFactory()

    response = client.get(links.signed_path(order))

    assert response.status_code == 302
    assert response["Location"] == f"/orders/{order.number}/"
    assert response["Referrer-Policy"] == "no-referrer"
    assert "no-store" in response["Cache-Control"]
    assert client.get(order.get_absolute_url()).status_code == 200


def test_the_link_in_mails_is_absolute(settings: LazySettings) -> None:
    settings.SHOP_URL = "https://shop.example"
    order = OrderFactory()

    url = links.signed_url(order)

    assert url == "https://shop.example" + links.signed_path(order)
    assert links.verify(order.number, url.rstrip("/").rpartition("/")[2])


def test_a_link_outlives_a_change_of_the_secret_key(client: Client, settings: LazySettings) -> None:
    order = OrderFactory()
    path = links.signed_path(order)

    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another"

    assert client.get(path).status_code == 302
    assert links.signed_path(order) != path


@pytest.mark.parametrize("signature", ["x" * 43, "0" * 43, "-" * 43])
def test_a_wrong_signature_is_not_found(client: Client, signature: str) -> None:
    order = OrderFactory()

    assert client.get(f"/orders/{order.number}/{signature}/").status_code == 404
    assert client.get(order.get_absolute_url()).status_code == 404


def test_the_signature_of_one_order_opens_no_other(client: Client) -> None:
    mine, other = OrderFactory(), OrderFactory()
    signature = links.signed_path(mine).rstrip("/").rpartition("/")[2]

    assert client.get(f"/orders/{other.number}/{signature}/").status_code == 404


def test_an_order_that_is_not_there_is_not_found(client: Client) -> None:
    order = OrderFactory()
    path = links.signed_path(order)
    order.delete()

    assert client.get(path).status_code == 404


def test_a_session_remembers_the_newest_orders(client: Client) -> None:
    order = OrderFactory()
    session = client.session
    session[SESSION_KEY] = [f"AAAA-AAAA-{number:02d}" for number in range(links.MOST_REMEMBERED)]
    session.save()

    client.get(links.signed_path(order))
    client.get(links.signed_path(order))

    kept = client.session[SESSION_KEY]
    assert len(kept) == links.MOST_REMEMBERED
    assert kept[-1] == order.number
    assert kept[0] == "AAAA-AAAA-01"


# --- Finding an order ---------------------------------------------------------------------------


def test_a_guest_is_mailed_the_link_to_their_order(client: Client) -> None:
    order = OrderFactory(email="Ada@example.com")
    letters = order.number.replace("-", "").lower()

    response = client.post("/orders/find/", {"number": letters, "email": "ada@EXAMPLE.com"})

    assert response.status_code == 200
    sent = OutgoingMail.objects.get()
    assert sent.to == "Ada@example.com"
    assert links.signed_url(order) in sent.text
    assert links.signed_url(order) in sent.html


def test_nobody_learns_whether_there_is_such_an_order(client: Client) -> None:
    order = OrderFactory()
    asked = {"number": order.number, "email": "ada@example.com"}

    known = client.post("/orders/find/", asked)
    unknown = client.post("/orders/find/", asked | {"number": "2222-2222-22"})
    wrong = client.post("/orders/find/", {"number": order.number, "email": "eve@example.com"})

    assert known.content == unknown.content
    assert wrong.content == known.content.replace(b"ada@", b"eve@")
    assert OutgoingMail.objects.count() == 1


def test_asking_again_at_once_mails_once(client: Client) -> None:
    order = OrderFactory()

    for _ in range(3):
        client.post("/orders/find/", {"number": order.number, "email": order.email})

    assert OutgoingMail.objects.count() == 1
    assert not mail.outbox


def test_who_asks_often_must_wait(client: Client) -> None:
    asked = {"number": "2222-2222-22", "email": "ada@example.com"}

    codes = [client.post("/orders/find/", asked).status_code for _ in range(12)]

    assert codes == [200] * 10 + [429] * 2


def test_a_number_that_is_none_is_said_beside_its_field(client: Client) -> None:
    response = client.post("/orders/find/", {"number": "17", "email": "nobody"})

    page = response.content.decode()
    assert response.status_code == 400
    assert "ten letters and digits" in page
    assert 'aria-invalid="true"' in page
    assert 'value="17"' in page
